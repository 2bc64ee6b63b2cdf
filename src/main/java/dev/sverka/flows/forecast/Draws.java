package dev.sverka.flows.forecast;

import dev.sverka.flows.forecast.Forecast.Band;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What comes in, drawn {@value #DRAWS} times from the chances of each payment. A payment's draws depend on its id alone,
 * so the same payments make the same figures, and one that comes up or goes leaves the others' as they were.
 */
final class Draws {

    private static final int DRAWS = 1000;
    private static final int P10 = DRAWS / 10 - 1;
    private static final int P50 = DRAWS / 2 - 1;
    private static final int P90 = DRAWS * 9 / 10 - 1;
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private final LocalDate today;
    /** By day and draw, kopecks; null for a day on which nothing can come. */
    private final long @Nullable [][] in;

    Draws(LocalDate today, int days) {
        this.today = today;
        this.in = new long[days][];
    }

    /** @param id of the payment */
    void add(long id, long amount, Habits.Chances chances) {
        int[] offsets = chances.days().stream().mapToInt(day -> (int) ChronoUnit.DAYS.between(today, day)).toArray();
        long state = mixed(id * STEP);
        for (int draw = 0; draw < DRAWS; draw++) {
            state += STEP;
            long pick = Long.remainderUnsigned(mixed(state), chances.whole());
            int found = Arrays.binarySearch(chances.weights(), pick + 1);
            int place = found < 0 ? -found - 1 : found;
            if (place < offsets.length && offsets[place] < in.length) {
                on(offsets[place])[draw] += amount;
            }
        }
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
