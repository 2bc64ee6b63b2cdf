package dev.sverka.flows.books;

import dev.sverka.core.http.VendorException;
import dev.sverka.flows.books.EntryBook.Entry;
import dev.sverka.flows.payments.SettledOperations.Settled;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The next change that brings FinTablo's operation to what is wanted: pure. What a person has changed there since we
 * wrote stays as it is.
 */
final class BookChange {

    private final boolean writes;

    /** @param writes whether FinTablo's operations are created by us, so that sum and day are ours too */
    BookChange(boolean writes) {
        this.writes = writes;
    }

    /** @param present as FinTablo shows it, with its parts; {@code theirs} its id there */
    Map<String, Object> of(BookWant want, Map<String, Object> present, long theirs) {
        if (writes && want.operation().withdrawn()) {
            return action(want.operation().id(), "delete", Map.of("id", theirs));
        }
        return want.lines().size() > 1 ? split(want, present, theirs) : whole(want, present, theirs);
    }

    Map<String, Object> create(BookWant want) {
        Settled one = want.operation();
        Map<String, Object> fields = new LinkedHashMap<>(Map.of("value", BigDecimal.valueOf(one.amount(), 2),
                "moneybagId", want.moneybag(), "group", one.incoming() ? "income" : "outcome", "date",
                one.bookedOn().toString(), "isPlan", 0, "description", one.purpose()));
        Map<String, Object> written = new LinkedHashMap<>(want.lines().get(0).fields());
        if (want.lines().size() > 1) {
            List<Map<String, Object>> parts = want.lines().stream().map(BookLine::part).toList();
            fields.put("split", parts);
            if (want.partner() != null) {
                fields.put("partnerId", want.partner());
            }
            written = new LinkedHashMap<>(Map.of("split", parts));
        } else {
            fields.putAll(written);
        }
        Map<String, Object> action = action(one.id(), "create", Map.of("marker",
                "sverka:bank-operation:main:" + one.id(), "fields", fields));
        return kept(action, want, Map.of(), written, null);
    }

    private Map<String, Object> whole(BookWant want, Map<String, Object> present, long theirs) {
        Entry entry = want.entry();
        Map<String, Object> target = new LinkedHashMap<>(want.lines().isEmpty() ? entry.before()
                : want.lines().get(0).fields());
        if (isSplit(present)) {
            return unsplit(want, present, theirs);
        }
        Map<String, Object> before = before(entry, present);
        entry.written().forEach((key, value) -> {
            if (!key.equals("split")) {
                target.putIfAbsent(key, before.get(key));
            }
        });
        Map<String, Object> fields = new LinkedHashMap<>();
        target.forEach((key, value) -> {
            boolean byPerson = entry.written().containsKey(key) && !isSame(present.get(key), entry.written().get(key));
            // of a customer's two partners FinTablo's import may name the other: it stays
            boolean named = key.equals("partnerId") && present.get(key) != null && !entry.written().containsKey(key);
            if (!isSame(present.get(key), value) && !byPerson && !named) {
                fields.put(key, value);
            }
        });
        if (writes) {
            fields.putAll(moved(want, present));
        }
        Map<String, Object> action = action(want.operation().id(), fields.isEmpty() ? "none" : "update",
                Map.of("id", theirs, "fields", fields));
        return kept(action, want, before, target, theirs);
    }

    /** Sum and day are ours where we created the operation. */
    private static Map<String, Object> moved(BookWant want, Map<String, Object> present) {
        Map<String, Object> moved = new LinkedHashMap<>();
        BigDecimal value = BigDecimal.valueOf(want.operation().amount(), 2);
        if (!(present.get("value") instanceof BigDecimal stands) || stands.compareTo(value) != 0) {
            moved.put("value", value);
        }
        if (!want.operation().bookedOn().toString().equals(String.valueOf(present.get("date")))) {
            moved.put("date", want.operation().bookedOn().toString());
        }
        return moved;
    }

    private Map<String, Object> split(BookWant want, Map<String, Object> present, long theirs) {
        List<Map<String, Object>> parts = want.lines().stream().map(BookLine::part).toList();
        if (isSplit(present) && !BookParts.isSame(parts, present.get("subs"))) {
            return unsplit(want, present, theirs);
        }
        Entry entry = want.entry();
        Map<String, Object> before = before(entry, present);
        Map<String, Object> action = action(want.operation().id(), isSplit(present) ? "none" : "split",
                Map.of("id", theirs, "split", parts, "date", String.valueOf(present.get("date"))));
        return kept(action, want, before, Map.of("split", parts), theirs);
    }

    /** Only what we split ourselves is joined again; what is wanted then is a further entry's. */
    private Map<String, Object> unsplit(BookWant want, Map<String, Object> present, long theirs) {
        if (!BookParts.isSame(want.entry().written().get("split"), present.get("subs"))) {
            throw refused("split", "операцию " + theirs + " в ФинТабло разбил человек, а разнесена она"
                    + " иначе; поправьте её там и отложите эту запись");
        }
        Object category = want.lines().isEmpty() || want.lines().get(0).category() == null
                ? want.entry().before().get("categoryId") : want.lines().get(0).category();
        if (category == null) {
            throw refused("split", "операцию " + theirs + " нельзя собрать без статьи; задайте categories: in и"
                    + " out в mappings/fintablo.yaml и повторите");
        }
        Map<String, Object> action = action(want.operation().id(), "unsplit", Map.of("id", theirs, "categoryId",
                category));
        kept(action, want, want.entry().before(), Map.of("categoryId", category), theirs);
        action.remove("hash");
        return action;
    }

    static Map<String, Object> standing(Map<String, Object> present) {
        Map<String, Object> standing = new LinkedHashMap<>();
        for (String key : List.of("categoryId", "directionId", "dealId", "partnerId")) {
            if (present.get(key) != null) {
                standing.put(key, present.get(key));
            }
        }
        return standing;
    }

    private static Map<String, Object> before(Entry entry, Map<String, Object> present) {
        return entry.before().isEmpty() && entry.written().isEmpty() ? standing(present) : entry.before();
    }

    private static boolean isSplit(Map<String, Object> present) {
        return present.get("subs") instanceof List<?> subs && !subs.isEmpty();
    }

    private static boolean isSame(@Nullable Object one, @Nullable Object other) {
        return Objects.toString(one, "").equals(Objects.toString(other, ""));
    }

    static Map<String, Object> action(long operation, String action, Map<String, Object> more) {
        Map<String, Object> body = new LinkedHashMap<>(more);
        body.put("operation", operation);
        body.put("action", action);
        return body;
    }

    private static Map<String, Object> kept(Map<String, Object> action, BookWant want, Map<String, Object> before,
            Map<String, Object> written, @Nullable Long theirs) {
        action.put("before", before);
        action.put("written", written);
        action.put("hash", want.hash());
        if (theirs != null) {
            action.put("id", theirs);
        }
        return action;
    }

    /** For a person. */
    static VendorException.Refused refused(String code, String words) {
        return new VendorException.Refused("fintablo.main", 0, code, words);
    }
}
