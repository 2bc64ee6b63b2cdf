package dev.sverka.sandbox.bitrix24;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code batch} (bitrix24.md sections 5 and 14.4): up to 50 commands one after another, no transaction, five maps.
 * What was done before the 60 s cut stays done.
 */
final class Batch {

    /** The server cut the request off (section 3.3). */
    static final class Cut extends RuntimeException {

        Cut() {
            super("60 s are over", null, false, false);
        }
    }

    static final BigDecimal LONGEST = new BigDecimal(60);
    private static final int COMMANDS = 50;
    private static final Pattern REFERENCE = Pattern.compile("\\$result((?:\\[[^\\]]*\\])+)");

    private final Desk desk;
    private final Credential who;
    private final Map<String, Object> results = new LinkedHashMap<>();
    private final Map<String, Object> errors = new LinkedHashMap<>();
    private final Map<String, Object> totals = new LinkedHashMap<>();
    private final Map<String, Object> nexts = new LinkedHashMap<>();
    private final Map<String, Object> times = new LinkedHashMap<>();
    private BigDecimal seconds = BigDecimal.ZERO;

    Batch(Desk desk, Credential who) {
        this.desk = desk;
        this.who = who;
    }

    BigDecimal seconds() {
        return seconds;
    }

    /** @return what stands under {@code result} */
    Map<String, Object> run(Map<String, Object> parameters) {
        boolean halt = List.of("1", "true").contains(String.valueOf(parameters.get("halt")));
        int count = 0;
        for (Map.Entry<String, String> command : commands(parameters.get("cmd")).entrySet()) {
            try {
                if (++count > COMMANDS) {
                    throw new CrmError(400, "ERROR_BATCH_LENGTH_EXCEEDED", "Max batch length exceeded");
                }
                run(command.getKey(), command.getValue());
            } catch (CrmError error) {
                errors.put(command.getKey(), error.body());
                if (halt) {
                    break;
                }
            }
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("result", asPhpWrites(results));
        answer.put("result_error", asPhpWrites(errors));
        answer.put("result_total", asPhpWrites(totals));
        answer.put("result_next", asPhpWrites(nexts));
        answer.put("result_time", asPhpWrites(times));
        return answer;
    }

    private static Map<String, String> commands(Object cmd) {
        Map<String, String> commands = new LinkedHashMap<>();
        if (cmd instanceof List<?> list) {
            list.forEach(line -> commands.put(String.valueOf(commands.size()), String.valueOf(line)));
        } else {
            Call.asMap(cmd).forEach((key, line) -> commands.put(key, String.valueOf(line)));
        }
        return commands;
    }

    private void run(String key, String line) {
        int question = line.indexOf('?');
        String method = (question < 0 ? line : line.substring(0, question)).replaceFirst("\\.json$", "");
        if (method.equals("batch") || desk.methods().isFile(method)) {
            throw new CrmError(405, "ERROR_BATCH_METHOD_NOT_ALLOWED", "Method is not allowed for batch usage");
        }
        Map<String, Object> parameters = new LinkedHashMap<>();
        if (question >= 0) {
            Form.parse(line.substring(question + 1)).forEach((name, value) -> parameters.put(name, resolved(value)));
        }
        Desk.Outcome outcome = desk.inBatch(new Call(method, parameters, who));
        seconds = seconds.add(outcome.seconds());
        if (seconds.compareTo(LONGEST) > 0) {
            throw new Cut();
        }
        results.put(key, outcome.result().result());
        times.put(key, outcome.time());
        if (outcome.result().total() != null) {
            totals.put(key, outcome.result().total());
        }
        if (outcome.result().next() != null) {
            nexts.put(key, outcome.result().next());
        }
    }

    /** Puts values of earlier commands in place of {@code $result[p0][items][49][id]}; a missing one is empty (5.3). */
    private Object resolved(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, inner) -> copy.put(String.valueOf(key), resolved(inner)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(inner -> copy.add(resolved(inner)));
            return copy;
        }
        Matcher reference = REFERENCE.matcher(String.valueOf(value));
        if (reference.matches()) {
            Object found = found(reference.group(1));
            return found instanceof List<?> || found instanceof Map<?, ?> ? found : text(found);
        }
        return reference.replaceAll(one -> Matcher.quoteReplacement(text(found(one.group(1)))));
    }

    private static String text(Object found) {
        return found == null ? "" : found.toString();
    }

    private Object found(String path) {
        Object value = results;
        for (String step : path.substring(1, path.length() - 1).split("\\]\\[")) {
            value = value instanceof Map<?, ?> map ? map.get(step)
                    : value instanceof List<?> list && step.matches("\\d{1,6}") && Integer.parseInt(step) < list.size()
                            ? list.get(Integer.parseInt(step)) : null;
        }
        return value;
    }

    /** PHP writes an empty map as {@code []} and one with the keys 0, 1, 2 … as an array (sections 2.2 and 5.2). */
    private static Object asPhpWrites(Map<String, Object> map) {
        int next = 0;
        for (String key : map.keySet()) {
            if (!key.equals(String.valueOf(next++))) {
                return map;
            }
        }
        return new ArrayList<>(map.values());
    }
}
