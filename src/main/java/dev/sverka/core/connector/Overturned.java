package dev.sverka.core.connector;

import dev.sverka.core.http.VendorException;
import dev.sverka.core.state.Links;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The brake on a ping-pong with a vendor's robots (bitrix24.md section 13, row 37): a value that we wrote, that was changed
 * back, and that we would write again has been overturned. After a few times in a row nothing is written over it any more
 * and a person has to look. Only fields that differ are ever sent, so the same value sent twice was overturned between.
 */
final class Overturned {

    private static final String KIND = "overturned";
    private static final String PRINT = "print";
    private static final String TIMES = "times";
    private static final String AT = "at";
    private static final String REFUSED = "refused";
    /** What was changed back longer ago than this is no ping-pong: people change their minds. */
    private static final Duration IN_A_ROW = Duration.ofDays(1);

    private final Links links;
    private final Clock clock;
    private final int most;

    /** @param most how often in a row a value may be overturned; below 1 there is no brake */
    Overturned(Links links, Clock clock, int most) {
        this.links = links;
        this.clock = clock;
        this.most = most;
    }

    /**
     * Before a write of absolute values is sent.
     *
     * @param item such as {@code payment 42}
     * @param values only those that differ from what is there
     * @param entry the work that writes, where it is work of the journal
     * @return what {@link #sent} wants to be told again
     * @throws VendorException.Refused where others have overturned one of them too often; the same work once more, which
     *     a person has sent again, starts anew
     */
    Map<String, Object> check(String account, String item, Map<String, Object> values, @Nullable Long entry) {
        Map<String, Object> kept = links.agreed(account, KIND, item);
        List<String> overturned = values.keySet().stream().filter(field -> most > 0
                && times(kept.get(field), values.get(field)) >= most).toList();
        if (overturned.isEmpty()) {
            return kept;
        }
        Map<String, Object> after = new LinkedHashMap<>(kept);
        if (entry != null && overturned.stream().allMatch(field -> row(kept.get(field)).get(REFUSED) instanceof Number by
                && by.longValue() == entry)) {
            overturned.forEach(after::remove);
            links.agree(account, KIND, item, after);
            return after;
        }
        overturned.forEach(field -> {
            Map<String, Object> row = new LinkedHashMap<>(row(kept.get(field)));
            row.put(REFUSED, Objects.requireNonNullElse(entry, 0L));
            after.put(field, row);
        });
        links.agree(account, KIND, item, after);
        throw new VendorException.Refused(account, 0, KIND, account + ": " + item + ": what was written to "
                + String.join(", ", overturned) + " was changed back " + most + " times in a row, as a robot or an"
                + " automation there does; it is not written again. Mend the robot, or say there whose word counts, and"
                + " send this work again; or dismiss it");
    }

    /** A write went through. @param before what {@link #check} said */
    void sent(String account, String item, Map<String, Object> values, Map<String, Object> before) {
        if (most <= 0 || values.isEmpty()) {
            return;
        }
        Map<String, Object> after = new LinkedHashMap<>(before);
        String now = clock.instant().toString();
        values.forEach((field, value) -> after.put(field, Map.of(PRINT, print(value), TIMES,
                times(after.get(field), value) + 1, AT, now)));
        links.agree(account, KIND, item, after);
    }

    /** How often this value was sent in a row. One that is not written any more is not forgotten by waiting. */
    private int times(@Nullable Object kept, @Nullable Object value) {
        Map<String, Object> row = row(kept);
        if (!print(value).equals(row.get(PRINT))) {
            return 0;
        }
        int times = ((Number) row.get(TIMES)).intValue();
        boolean isOld = Instant.parse(String.valueOf(row.get(AT))).isBefore(clock.instant().minus(IN_A_ROW));
        return isOld && times < most ? 0 : times;
    }

    private static String print(@Nullable Object value) {
        return Fingerprint.ofParts(value);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> row(@Nullable Object kept) {
        return kept instanceof Map<?, ?> row ? (Map<String, Object>) row : Map.of();
    }
}
