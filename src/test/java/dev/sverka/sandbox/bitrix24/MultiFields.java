package dev.sverka.sandbox.bitrix24;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Phones and e-mails of a company, contact or lead (bitrix24.md section 6.6): read as a list, written by key. */
final class MultiFields {

    private MultiFields() {
    }

    /** Keys {@code n0}, {@code n1} … add, an id changes, an id with an empty value deletes. */
    static void set(Map<String, Object> item, Map<String, Object> written) {
        List<Map<String, Object>> rows = new ArrayList<>(rows(item));
        written.forEach((key, value) -> {
            Map<String, Object> wanted = Call.asMap(value);
            String text = String.valueOf(wanted.getOrDefault("value", ""));
            if (key.matches("n\\d+")) {
                int next = rows.stream().mapToInt(row -> (Integer) row.get("id")).max().orElse(20100) + 1;
                rows.add(row(next, wanted.getOrDefault("valueType", "WORK"), text, wanted.get("typeId")));
            } else {
                rows.replaceAll(row -> !String.valueOf(row.get("id")).equals(key) ? row
                        : row((Integer) row.get("id"), wanted.getOrDefault("valueType", row.get("valueType")), text,
                                wanted.getOrDefault("typeId", row.get("typeId"))));
            }
        });
        rows.removeIf(row -> row.get("value").equals(""));
        item.put("fm", List.copyOf(rows));
        columns(item, rows);
    }

    /** Whether an item has this phone or e-mail. */
    static boolean holds(Map<String, Object> item, String type, String value) {
        return rows(item).stream().anyMatch(row -> Objects.equals(row.get("typeId"), type)
                && comparable(type, String.valueOf(row.get("value"))).equals(comparable(type, value)));
    }

    private static String comparable(String type, String value) {
        return type.equals("PHONE") ? value.replaceAll("\\D", "") : value.toLowerCase(java.util.Locale.ROOT);
    }

    private static Map<String, Object> row(int id, Object valueType, String value, Object typeId) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", id);
        row.put("valueType", valueType);
        row.put("value", value);
        row.put("typeId", typeId);
        return row;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rows(Map<String, Object> item) {
        return item.get("fm") instanceof List<?> list ? (List<Map<String, Object>>) list : List.of();
    }

    private static void columns(Map<String, Object> item, List<Map<String, Object>> rows) {
        item.put("hasPhone", first(rows, "PHONE", null).isEmpty() ? "N" : "Y");
        item.put("hasEmail", first(rows, "EMAIL", null).isEmpty() ? "N" : "Y");
        item.put("phone", first(rows, "PHONE", null));
        item.put("phoneMobile", first(rows, "PHONE", "MOBILE"));
        item.put("phoneWork", first(rows, "PHONE", "WORK"));
        item.put("phoneMailing", first(rows, "PHONE", "MAILING"));
        item.put("email", first(rows, "EMAIL", null));
        item.put("emailHome", first(rows, "EMAIL", "HOME"));
        item.put("emailWork", first(rows, "EMAIL", "WORK"));
        item.put("emailMailing", first(rows, "EMAIL", "MAILING"));
    }

    private static String first(List<Map<String, Object>> rows, String type, String valueType) {
        return rows.stream().filter(row -> type.equals(row.get("typeId"))
                && (valueType == null || valueType.equals(row.get("valueType"))))
                .map(row -> String.valueOf(row.get("value"))).findFirst().orElse("");
    }
}
