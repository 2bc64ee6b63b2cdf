package dev.sverka.sandbox.fintablo;

import dev.sverka.sandbox.fintablo.FinTabloRules.Resource;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** Lists, and how objects look in answers (fintablo.md sections 5, 7 and 17). */
final class FinTabloListing {

    private static final Set<String> IN_PARTS = Set.of("categoryId", "directionId", "dealId", "partnerId");

    private final FinTabloCompany company;
    private final Random dice = new Random(7);

    FinTabloListing(FinTabloCompany company) {
        this.company = company;
    }

    /** @param query all parameters; unknown ones are ignored without a word */
    List<Map<String, Object>> list(String resource, Map<String, String> query) {
        Resource rule = FinTabloRules.RESOURCES.get(resource);
        FinTabloSwitches switches = company.switches();
        if (switches.emptyLists.contains("list " + resource)) {
            return List.of();
        }
        rule.filters().stream().filter(key -> key.matches("(?i).*date(From|To)") && query.get(key) != null)
                .forEach(key -> FinTabloRules.filterDay(query.get(key)));
        List<Map<String, Object>> rows = new ArrayList<>(company.all(resource).stream().filter(company::isListed)
                .filter(row -> isRow(resource, row, query))
                .filter(row -> rule.filters().stream().filter(key -> query.get(key) != null)
                        .allMatch(key -> fits(resource, row, key, query.get(key)))).toList());
        Collections.reverse(rows);
        if (switches.unstableOrder) {
            Collections.shuffle(rows, dice);
        }
        if (!rows.isEmpty() && switches.rowSkipped.remove("list " + resource)) {
            rows.remove(0);
        }
        if (!rows.isEmpty() && switches.rowTwice.remove("list " + resource)) {
            rows.add(0, rows.get(rows.size() - 1));
        }
        return page(resource, rule, rows, query).stream().map(row -> row(resource, row)).toList();
    }

    private List<Map<String, Object>> page(String resource, Resource rule, List<Map<String, Object>> rows,
            Map<String, String> query) {
        if (rule.page() == 0) {
            return rows;
        }
        int size = rule.page();
        if (resource.equals("transaction") && query.get("pageSize") != null) {
            size = Integer.parseInt(query.get("pageSize"));
            if (size > 1000 && company.switches().largePagesRefused) {
                throw new FinTabloRefusal(400, "Invalid cost value");
            }
            size = Math.min(size, 1000);
        }
        int from = (Integer.parseInt(query.getOrDefault("page", "1")) - 1) * size;
        return from >= rows.size() ? List.of() : rows.subList(from, Math.min(rows.size(), from + size));
    }

    private boolean isRow(String resource, Map<String, Object> row, Map<String, String> query) {
        return !resource.equals("transaction") || row.get("parentId") == null || company.switches().flatSplits
                || query.get("parentId") != null;
    }

    private boolean fits(String resource, Map<String, Object> row, String key, String wanted) {
        if (key.endsWith("From") || key.endsWith("To")) {
            return within(row.get(key.replaceFirst("(From|To)$", "")), key, wanted);
        }
        if (key.equals("name") || key.equals("comment")) {
            String text = String.valueOf(row.get(key));
            return key.equals("comment") && company.switches().commentExact ? text.equals(wanted)
                    : key.equals("comment") || company.switches().nameCaseMatters ? text.contains(wanted)
                    : text.toLowerCase(Locale.ROOT).contains(wanted.toLowerCase(Locale.ROOT));
        }
        List<Map<String, Object>> parts = resource.equals("transaction") && IN_PARTS.contains(key)
                ? company.transactions().parts((Long) row.get("id")) : List.of();
        return parts.isEmpty() ? wanted.equals(String.valueOf(row.get(key)))
                : parts.stream().anyMatch(part -> wanted.equals(String.valueOf(part.get(key))));
    }

    private static boolean within(Object value, String key, String wanted) {
        if (key.startsWith("value")) {
            int compared = new BigDecimal(value.toString()).compareTo(new BigDecimal(wanted));
            return key.endsWith("From") ? compared >= 0 : compared <= 0;
        }
        LocalDate limit = FinTabloRules.filterDay(wanted);
        if (value == null) {
            return false;
        }
        LocalDate day = FinTabloRules.day(value.toString(), true);
        return key.endsWith("From") ? !day.isBefore(limit) : !day.isAfter(limit);
    }

    private Map<String, Object> row(String resource, Map<String, Object> row) {
        List<Map<String, Object>> parts = resource.equals("transaction")
                ? company.transactions().parts((Long) row.get("id")) : List.of();
        if (parts.isEmpty()) {
            return shown(row);
        }
        Map<String, Object> parent = new LinkedHashMap<>(row);
        List.of("categoryId", "directionId", "dealId").forEach(parent::remove);
        if (!company.switches().flatSplits) {
            parent.put("subs", parts.stream().map(part -> {
                Map<String, Object> sub = new LinkedHashMap<>(Map.of("id", part.get("id")));
                Stream.of("value", "categoryId", "partnerId", "directionId", "dealId", "factMonth")
                        .filter(key -> part.get(key) != null).forEach(key -> sub.put(key, part.get(key)));
                return shown(sub);
            }).toList());
        }
        return shown(parent);
    }

    /** One object as an answer has it. A split parent read by its id shows no parts. */
    Map<String, Object> item(String resource, Map<String, Object> item) {
        Map<String, Object> one = row(resource, item);
        one.remove("subs");
        return one;
    }

    private Map<String, Object> shown(Map<String, Object> item) {
        FinTabloSwitches switches = company.switches();
        Map<String, Object> shown = new LinkedHashMap<>();
        item.forEach((key, value) -> {
            if (value != null || !switches.nothingIsMissing) {
                shown.put(key, shown(key, value));
            }
        });
        if (switches.extraFields) {
            shown.putAll(Map.of("externalId", dice.nextInt(1000), "course", 1, "новоеПоле", "?"));
        }
        return shown;
    }

    private Object shown(String key, Object value) {
        FinTabloSwitches switches = company.switches();
        if (value instanceof Collection<?> rows) {
            return rows.stream().map(row -> shown(FinTabloCompany.map(row))).toList();
        }
        if (value != null && FinTabloRules.FLAGS.contains(key) && switches.flagsAsBooleans) {
            return value.toString().equals("1");
        }
        if (key.equals("inn") && switches.innAsNumber && value != null && !value.toString().isEmpty()) {
            return Long.valueOf(value.toString());
        }
        if (FinTabloRules.DAYS.contains(key) && switches.datesWithTime && value != null) {
            return value + " 12:00";
        }
        return switches.numbersAsText && value instanceof Number ? value.toString() : value;
    }
}
