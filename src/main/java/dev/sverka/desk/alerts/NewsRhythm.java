package dev.sverka.desk.alerts;

import dev.sverka.flows.forecast.WorkingDays;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How much news a feed brings in which hour of the week, learned from the last eight weeks; a holiday is a Sunday, a
 * weekend that is worked is a Friday. A time
 * without news is measured by the news that it would usually have brought, so that a quiet night is short and a quiet
 * morning long, and held against the longest quiet times before. Not safe for use by many threads.
 */
final class NewsRhythm {

    private static final int HOURS_OF_A_WEEK = 7 * 24;
    private static final int LEARNED_HOURS = 8 * HOURS_OF_A_WEEK;
    /** Less is no rhythm. */
    private static final int LEAST_HOURS = 3 * HOURS_OF_A_WEEK;
    private static final int LEAST_NEWS = 100;
    /** However even a feed is: news comes in batches, and no day is like another. */
    private static final double LEAST_PATIENCE = 16;
    /** The longest quiet time of all may have been a trouble; what is twice as long as the second longest is another. */
    private static final double STRETCH = 2;

    private final ZoneId zone;
    private final Supplier<WorkingDays> days;
    private final long begun;
    private final TreeMap<Long, Integer> news = new TreeMap<>();
    private double[] usual = new double[HOURS_OF_A_WEEK];
    private double patience = Double.POSITIVE_INFINITY;
    private long learnedAt = Long.MIN_VALUE;

    NewsRhythm(ZoneId zone, Supplier<WorkingDays> days) {
        this(zone, days, Instant.EPOCH);
    }

    /** @param begun since when it is listened to: before, nothing could be heard, and nothing is missed */
    NewsRhythm(ZoneId zone, Supplier<WorkingDays> days, Instant begun) {
        this.zone = zone;
        this.days = days;
        this.begun = hour(begun);
    }

    /** @param count how much of it came within the hour of that instant */
    void heard(Instant at, int count) {
        news.merge(hour(at), count, Integer::sum);
    }

    private static long hour(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), 3600L);
    }

    private int ofWeek(long hour) {
        ZonedDateTime time = Instant.ofEpochSecond(hour * 3600).atZone(zone);
        return days.get().like(time.toLocalDate()).ordinal() * 24 + time.getHour();
    }

    /** The hour that the last news came in; null where none ever did. */
    @Nullable Instant last() {
        return news.isEmpty() ? null : Instant.ofEpochSecond(news.lastKey() * 3600);
    }

    /** Whether news has not come for longer than this feed has been quiet before. */
    boolean isSilent(Instant now) {
        if (news.isEmpty()) {
            return false;
        }
        learn();
        return missing(now) > patience;
    }

    /** How much news would usually have come since the last did. */
    double missing(Instant now) {
        learn();
        double missing = 0;
        long hour = Math.max(news.lastKey() + 1, begun);
        for (; hour < hour(now) && missing <= patience; hour++) {
            missing += usual[ofWeek(hour)];
        }
        return missing;
    }

    /** What is quiet now teaches nothing: it is learned up to the last news. */
    private void learn() {
        long last = news.lastKey();
        if (last == learnedAt) {
            return;
        }
        learnedAt = last;
        news.headMap(last - LEARNED_HOURS).clear();
        long first = news.firstKey();
        int all = news.values().stream().mapToInt(Integer::intValue).sum();
        if (last - first < LEAST_HOURS || all < LEAST_NEWS) {
            patience = Double.POSITIVE_INFINITY;
            return;
        }
        double[] came = new double[HOURS_OF_A_WEEK];
        int[] hours = new int[HOURS_OF_A_WEEK];
        for (long hour = first; hour <= last; hour++) {
            int of = ofWeek(hour);
            hours[of]++;
            came[of] += news.getOrDefault(hour, 0);
        }
        for (int of = 0; of < HOURS_OF_A_WEEK; of++) {
            usual[of] = hours[of] == 0 ? 0 : came[of] / hours[of];
        }
        patience = Math.max(LEAST_PATIENCE, STRETCH * secondLongest(first, last));
    }

    private double secondLongest(long first, long last) {
        double longest = 0;
        double second = 0;
        double quiet = 0;
        for (long hour = first + 1; hour <= last; hour++) {
            if (news.containsKey(hour)) {
                second = Math.max(second, Math.min(longest, quiet));
                longest = Math.max(longest, quiet);
                quiet = 0;
            } else {
                quiet += usual[ofWeek(hour)];
            }
        }
        return second;
    }
}
