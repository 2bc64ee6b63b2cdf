package dev.sverka.vendors.fintablo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
            Optional<Map<String, Object>> found = whole(entity, client.list(entity, filter)).stream()
                    .filter(item -> isMarked(entity, item, marker)).min(Comparator.comparing(FinTabloFinder::id));
            if (found.isPresent()) {
                return found.map(item -> ofPart(entity, item));
            }
        }
        return Optional.empty();
    }

    private static List<Map<String, Object>> whole(FinTabloEntity entity, List<Map<String, Object>> rows) {
        return entity.name().equals(FinTabloEntity.TRANSACTION) ? FinTabloSplits.folded(rows) : rows;
    }

    /** A split operation's parts may repeat its text, and keep it where a person writes over that of the whole. */
    private static boolean isMarked(FinTabloEntity entity, Map<String, Object> item, String marker) {
        return Stream.concat(Stream.of(item), FinTabloSplits.parts(item).stream())
                .anyMatch(one -> FinTabloMarker.stands(one.get(entity.marked()), marker));
    }

    private static long id(Map<String, Object> item) {
        return item.get("id") instanceof Long id ? id : Long.MAX_VALUE;
    }

    /** What we have created is the whole, also where only a part of it is listed. */
    private Map<String, Object> ofPart(FinTabloEntity entity, Map<String, Object> item) {
        boolean isPart = entity.name().equals(FinTabloEntity.TRANSACTION) && item.get("parentId") instanceof Long;
        return isPart ? client.item(entity, (Long) item.get("parentId")).orElse(item) : item;
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
