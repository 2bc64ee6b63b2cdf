package dev.sverka.flows.forecast;

import dev.sverka.flows.forecast.Forecast.Band;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What comes in, drawn {@value #DRAWS} times from the chances of each payment. Payments of one customer share its fate: what
 * is drawn for one is one more payment that its habit is known from while the next is drawn (Pólya's urn), so that how
 * little is known of a customer widens the band by all that it owes. A draw depends on ids alone, so the same payments make
 * the same figures, and one that comes up or goes leaves those of other customers as they were.
 */
final class Draws {

    private static final int DRAWS = 1000;
    private static final int P10 = DRAWS / 10 - 1;
    private static final int P50 = DRAWS / 2 - 1;
    private static final int P90 = DRAWS * 9 / 10 - 1;
    private static final long STEP = 0x9E3779B97F4A7C15L;

    /** Later than has ever been seen. */
    private static final int NEVER = Integer.MAX_VALUE;

    private final Habits habits;
    private final LocalDate today;
    /** By day and draw, kopecks; null for a day on which nothing can come. */
    private final long @Nullable [][] in;

    /** What a customer, or nobody known, is to pay. */
    record Payment(long id, long amount, Habits.Chances chances) {
    }

    Draws(Habits habits, LocalDate today, int days) {
        this.habits = habits;
        this.today = today;
        this.in = new long[days][];
    }

    /** @param payments of one customer */
    void add(List<Payment> payments) {
        long[] states = payments.stream().mapToLong(payment -> mixed(payment.id() * STEP)).toArray();
        int[] late = new int[states.length];
        for (int draw = 0; draw < DRAWS; draw++) {
            for (int n = 0; n < states.length; n++) {
                Payment payment = payments.get(n);
                late[n] = late(payment.chances(), states[n] += STEP, late, n);
                long offset = late[n] == NEVER ? NEVER
                        : ChronoUnit.DAYS.between(today, habits.day(payment.chances().habit(), late[n]));
                if (offset < in.length) {
                    on((int) offset)[draw] += payment.amount();
                }
            }
        }
    }

    /** @param others how late those are that were drawn before, so many of them count */
    private int late(Habits.Chances chances, long state, int[] others, int count) {
        Habits.Habit habit = chances.habit();
        double ball = (mixed(~state) >>> 11) * 0x1p-53 * (habit.strength() + count);
        if (ball < count) {
            int late = others[(int) ball];
            if (late == NEVER || !habits.day(habit, late).isBefore(today)) {
                return late;
            }
        }
        long pick = Long.remainderUnsigned(mixed(state), chances.whole());
        int found = Arrays.binarySearch(chances.weights(), pick + 1);
        int place = found < 0 ? -found - 1 : found;
        return place < chances.late().length ? chances.late()[place] : NEVER;
    }

    private long[] on(int offset) {
        long[] day = in[offset];
        if (day == null) {
            day = new long[DRAWS];
            in[offset] = day;
        }
        return day;
    }

    /** SplitMix64's. */
    private static long mixed(long state) {
        long a = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ a >>> 27) * 0x94D049BB133111EBL;
        return b ^ b >>> 31;
    }

    /** What has come by the end of each day. */
    List<Band> sums() {
        List<Band> bands = new ArrayList<>();
        long[] sum = new long[DRAWS];
        Band last = new Band(0, 0, 0);
        for (long[] day : in) {
            if (day != null) {
                for (int draw = 0; draw < DRAWS; draw++) {
                    sum[draw] += day[draw];
                }
                long[] sorted = sum.clone();
                Arrays.sort(sorted);
                last = new Band(sorted[P10], sorted[P50], sorted[P90]);
            }
            bands.add(last);
        }
        return bands;
    }
}
