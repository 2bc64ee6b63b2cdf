package dev.sverka.vendors.fintablo;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Split operations in either form: a parent with {@code subs}, or parts with {@code parentId} beside it (fintablo.md
 * section 8.6). Both are brought into the first, so that nothing counts twice.
 */
final class FinTabloSplits {

    private static final FinTabloEntity TRANSACTION = FinTabloEntity.of(FinTabloEntity.TRANSACTION);
    private static final String SUBS = "subs";
    /** What a part has from its parent. */
    private static final List<String> INHERITED = List.of("date", "group", "description", "isPlan", "moneybagId",
            "partnerId", "factMonth", "nds");

    private FinTabloSplits() {
    }

    /** Parts go into their parents; a part whose parent is not listed stays by itself. */
    static List<Map<String, Object>> folded(List<Map<String, Object>> rows) {
        Map<Object, Map<String, Object>> whole = new LinkedHashMap<>();
        rows.forEach(row -> whole.put(row.get("id"), new LinkedHashMap<>(row)));
        for (Map<String, Object> row : rows) {
            Map<String, Object> parent = whole.get(row.get("parentId"));
            if (parent != null) {
                whole.remove(row.get("id"));
                List<Map<String, Object>> parts = new ArrayList<>(parts(parent));
                if (parts.stream().noneMatch(part -> row.get("id").equals(part.get("id")))) {
                    parts.add(row);
                }
                parent.put(SUBS, parts);
            }
        }
        return List.copyOf(whole.values());
    }

    /** The parts a parent was read with. */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> parts(Map<String, Object> operation) {
        return operation.get(SUBS) instanceof Collection<?> parts
                ? List.copyOf((Collection<Map<String, Object>>) parts) : List.of();
    }

    /** The parts an operation has at the vendor: read by id it may show none, on the list of its day it shows them. */
    static List<Map<String, Object>> parts(FinTabloClient client, Map<String, Object> operation) {
        if (!parts(operation).isEmpty() || !(operation.get("date") instanceof LocalDate day)) {
            return parts(operation);
        }
        return onDay(client, (Long) operation.get("id"), day, operation.getOrDefault("isPlan", 0).toString())
                .map(FinTabloSplits::parts).orElse(List.of());
    }

    /** An operation with its parts, from the list of its day. */
    static Optional<Map<String, Object>> onDay(FinTabloClient client, long id, LocalDate day, String plan) {
        return folded(client.list(TRANSACTION, Map.of("isPlan", plan,
                "dateFrom", FinTabloKind.DAY.theirs().apply(day).toString(),
                "dateTo", FinTabloKind.DAY.theirs().apply(day.plusDays(1)).toString()))).stream()
                .filter(one -> Long.valueOf(id).equals(one.get("id"))).findFirst();
    }

    /** An operation as what it is made of: itself, or its parts with what they have from it. */
    static List<Map<String, Object>> shares(Map<String, Object> operation) {
        List<Map<String, Object>> shares = new ArrayList<>();
        for (Map<String, Object> part : parts(operation)) {
            Map<String, Object> share = new LinkedHashMap<>();
            INHERITED.forEach(key -> {
                if (operation.containsKey(key)) {
                    share.put(key, operation.get(key));
                }
            });
            share.putAll(part);
            share.put("parentId", operation.get("id"));
            shares.add(share);
        }
        return shares.isEmpty() ? List.of(operation) : shares;
    }

    /** Whether the parts are the wanted ones, in any order. */
    static boolean isSplitInto(List<Map<String, Object>> parts, List<Map<String, Object>> wanted) {
        List<Map<String, Object>> left = new ArrayList<>(parts);
        return parts.size() == wanted.size() && wanted.stream().allMatch(part -> left.stream()
                .filter(one -> differing(part, one).isEmpty()).findFirst().map(left::remove).orElse(false));
    }

    private static Set<String> differing(Map<String, Object> wanted, Map<String, Object> part) {
        Set<String> differing = TRANSACTION.differing(wanted, part);
        // a part may have its partner from the whole, and not show it (section 8.6)
        differing.removeIf(key -> key.equals("partnerId") && part.get(key) == null);
        return differing;
    }

    static BigDecimal sum(List<Map<String, Object>> parts) {
        return parts.stream().map(part -> (BigDecimal) part.get("value")).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
