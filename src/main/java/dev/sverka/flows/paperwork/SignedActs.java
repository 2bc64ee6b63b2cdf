package dev.sverka.flows.paperwork;

import dev.sverka.core.connector.Fingerprint;
import dev.sverka.core.journal.FlowSteps;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** What a signed act means for its deal's payments. Routes call it as {@code bean:acts?method=…}. */
@FlowSteps
public class SignedActs {

    private final boolean russian;

    SignedActs(Locale locale) {
        this.russian = !locale.getLanguage().equals("en");
    }

    /**
     * Moves the one planned payment that an act is for to «Счёт выставлен»: the one that names the act, else that of the
     * act's stage, else that of its sum. Where several could be meant none is moved.
     *
     * @param act what was signed: {@code number}, {@code amount} in kopecks, {@code stageItem}
     * @param payments planned ones of the deal
     * @return {@code {id, pipeline, fields, comments}}; no fields and no comments where nothing is to be done
     */
    public Map<String, Object> invoice(Map<String, Object> act, List<Map<String, Object>> payments) {
        List<Map<String, Object>> meant = named(act, payments.stream()
                .filter(one -> "planned".equals(one.get("stage")) && "in".equals(one.get("pipeline"))).toList());
        Map<String, Object> result = new LinkedHashMap<>(Map.of("id", 0L, "fields", Map.of(), "comments", List.of()));
        if (meant.size() != 1) {
            return result;
        }
        long id = PaperItem.number(meant.get(0).get("id"));
        String marker = "sverka:edo:main:" + Fingerprint.ofParts(act.get("paper"), "invoice", id);
        String text = russian ? "Акт № " + act.get("number") + " подписан: счёт можно выставлять"
                : "Act " + act.get("number") + " is signed: it can be invoiced";
        result.put("id", id);
        result.put("pipeline", "in");
        result.put("fields", Map.of("stage", "invoiced"));
        result.put("comments", List.of(Map.of("id", id, "text", text + "\n" + marker, "marker", marker)));
        return result;
    }

    private static List<Map<String, Object>> named(Map<String, Object> act, List<Map<String, Object>> payments) {
        String number = PaperItem.key(PaperItem.text(act.get("number")));
        List<Map<String, Object>> byNumber = of(payments, one -> one.get("actNumbers") instanceof List<?> numbers
                && number != null && numbers.stream().anyMatch(named -> number.equals(PaperItem.key(named.toString()))));
        if (!byNumber.isEmpty()) {
            return byNumber;
        }
        Object stage = act.get("stageItem");
        List<Map<String, Object>> ofStage = stage == null ? List.of()
                : of(payments, one -> Objects.equals(text(stage), text(one.get("stageItem"))));
        if (ofStage.size() == 1) {
            return ofStage;
        }
        BigDecimal sum = act.get("amount") == null ? null
                : BigDecimal.valueOf(PaperItem.number(act.get("amount")), 2);
        return sum == null ? List.of() : of(ofStage.isEmpty() ? payments : ofStage, one -> one.get("amount") != null
                && new BigDecimal(one.get("amount").toString()).compareTo(sum) == 0);
    }

    private static List<Map<String, Object>> of(List<Map<String, Object>> payments,
            Predicate<Map<String, Object>> which) {
        return payments.stream().filter(which).toList();
    }

    private static String text(Object value) {
        return String.valueOf(value);
    }
}
