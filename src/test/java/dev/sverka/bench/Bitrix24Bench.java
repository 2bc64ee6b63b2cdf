package dev.sverka.bench;

import dev.sverka.vendors.bitrix24.ChangedCount;
import dev.sverka.vendors.bitrix24.Drain;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** What reading and writing a portal costs, with its limits on. */
public final class Bitrix24Bench {

    private static final int SPEED = 100;

    private Bitrix24Bench() {
    }

    /** Prints HTTP requests for 10,000 changed items, and how a drain of 2,000 keeps to the limits. */
    public static void run(PrintStream out) throws Exception {
        for (int changes : new int[] {60, 2_500, 10_000}) {
            ChangedCount.Cost cost = ChangedCount.cost(changes);
            out.printf("bitrix24: %,d changed items: %d HTTP requests, %d lists carried out%n", changes,
                    cost.requests(), cost.lists());
        }
        print(out, "operating time booked on each method", Drain.of(2000, Duration.ofMillis(480), false, SPEED));
        print(out, "operating time booked on the batch", Drain.of(2000, Duration.ofMillis(480), true, SPEED));
    }

    private static void print(PrintStream out, String how, Drain drain) {
        out.printf(Locale.ROOT,
                "bitrix24: drain of %d changed items, %s: %d refusals, %.1f %% of the budget used in the "
                + "idlest ten minutes, %d HTTP requests, %d min%n", drain.items(), how, drain.refusals(),
                drain.share() * 100, drain.requests(), drain.took().toMinutes());
    }
}
