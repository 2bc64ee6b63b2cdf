package dev.sverka.vendors.clickup;

import dev.sverka.core.state.Links;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * When lists were read, and with which due date. ClickUp keeps no time of change of a list (clickup.md section 7.2), and an
 * event that tells it may be lost: then it lay between the last reading that showed another date and the first with this.
 */
final class ClickUpReadings {

    private static final String KEPT = "clickup-read:list";
    private static final String LAST = "last";
    private static final String DATES = "dates";
    private static final String AT = "at";

    private final Links links;
    private final String account;

    ClickUpReadings(Links links, String account) {
        this.links = links;
        this.account = account;
    }

    /** A list's due date, as a word. */
    static String due(Map<String, Object> list) {
        return Objects.toString(list.get("due_date"), "");
    }

    private @Nullable Instant last() {
        Object at = links.agreed(account, KEPT, LAST).get(AT);
        return at == null ? null : Instant.parse(at.toString());
    }

    /** Joins the transaction in which the news were stored. @param dates of all lists that were read */
    void store(Map<String, String> dates, Instant readAt) {
        Map<String, Object> kept = new TreeMap<>(links.agreed(account, KEPT, DATES));
        String before = Objects.toString(last(), "");
        boolean changed = false;
        for (Map.Entry<String, String> one : dates.entrySet()) {
            Object known = kept.get(one.getKey());
            if (known == null || !known.toString().startsWith(one.getValue() + "|")) {
                kept.put(one.getKey(), one.getValue() + "|" + before);
                changed = true;
            }
        }
        if (changed) {
            links.agree(account, KEPT, DATES, kept);
        }
        links.agree(account, KEPT, LAST, Map.of(AT, readAt.toString()));
    }

    /** @return after which moment a list has got the due date it has; null where nobody had read it before */
    @Nullable Instant changedAfter(String id, Map<String, Object> list) {
        Object known = links.agreed(account, KEPT, DATES).get(id);
        if (known == null) {
            return null;
        }
        String date = due(list) + "|";
        if (!known.toString().startsWith(date)) {
            return last();
        }
        String after = known.toString().substring(date.length());
        return after.isEmpty() ? null : Instant.parse(after);
    }
}
