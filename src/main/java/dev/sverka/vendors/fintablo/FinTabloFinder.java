package dev.sverka.vendors.fintablo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds again what we may have created (fintablo.md section 11): first where it should be, then where a person or the
 * vendor may have moved it. Filters are hints: what they mean exactly is not documented, so markers are compared here.
 */
final class FinTabloFinder {

    private static final int FAR = 45;

    private final FinTabloClient client;

    FinTabloFinder(FinTabloClient client) {
        this.client = client;
    }

    /** @param fields what was sent, as the vendor spells it */
    Optional<Map<String, Object>> find(FinTabloEntity entity, String marker, Map<String, Object> fields) {
        if (entity.marked() == null) {
            return named(entity, fields);
        }
        for (Map<String, String> filter : places(entity, marker, fields)) {
            Optional<Map<String, Object>> found = client.list(entity, filter).stream()
                    .filter(item -> FinTabloMarker.stands(item.get(entity.marked()), marker))
                    .min(Comparator.comparing(item -> String.valueOf(item.get("id"))));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Where there is no text for a marker the name tells, letter case, ё and spaces apart; an account's number too. */
    Optional<Map<String, Object>> named(FinTabloEntity entity, Map<String, Object> fields) {
        return client.list(entity, Map.of()).stream()
                .filter(item -> plain(item.get("name")).equals(plain(fields.get("name")))
                        && plain(item.get("number")).equals(plain(fields.get("number")))).findFirst();
    }

    private static String plain(@Nullable Object name) {
        return name == null ? "" : name.toString().toLowerCase(Locale.ROOT).replace('ё', 'е')
                .replaceAll("[\\s\\u00A0]+", " ").strip();
    }

    private static List<Map<String, String>> places(FinTabloEntity entity, String marker, Map<String, Object> fields) {
        if (entity.name().equals(FinTabloEntity.TRANSACTION)) {
            return days(fields);
        }
        List<Map<String, String>> places = new ArrayList<>();
        if (entity.name().equals(FinTabloEntity.PARTNER)) {
            places.add(Map.of("comment", marker));
        }
        for (String hint : List.of("dealId", "partnerId")) {
            if (fields.get(hint) != null && entity.filters().contains(hint)) {
                places.add(Map.of(hint, fields.get(hint).toString()));
                break;
            }
        }
        places.add(Map.of());
        return places;
    }

    /** There is no text filter: around its day on its account, then farther on any, then confirmed meanwhile. */
    private static List<Map<String, String>> days(Map<String, Object> fields) {
        LocalDate day = (LocalDate) FinTabloKind.DAY.ours().apply(fields.get("date"));
        String plan = fields.get("isPlan").toString();
        Map<String, String> near = new LinkedHashMap<>(between(day, 1, plan));
        near.put("moneybagId", String.valueOf(fields.get("moneybagId")));
        return List.of(near, between(day, FAR, plan), between(day, FAR, plan.equals("1") ? "0" : "1"));
    }

    private static Map<String, String> between(LocalDate day, int days, String plan) {
        return Map.of("isPlan", plan, "dateFrom", FinTabloKind.DAY.theirs().apply(day.minusDays(days)).toString(),
                "dateTo", FinTabloKind.DAY.theirs().apply(day.plusDays(days)).toString());
    }
}
