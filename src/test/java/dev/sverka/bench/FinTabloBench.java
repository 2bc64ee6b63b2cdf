package dev.sverka.bench;

import dev.sverka.vendors.fintablo.FirstLoad;
import java.io.PrintStream;
import java.util.Locale;

/** How a first load keeps to FinTablo's limit, on one accelerated clock. */
public final class FinTabloBench {

    private static final int OPERATIONS = 10_000;

    private FinTabloBench() {
    }

    /** {@code -Dbench.speed} is the clock's; a busy machine wants a lower one. */
    public static void run(PrintStream out, double scale) throws Exception {
        FirstLoad load = FirstLoad.of((int) (OPERATIONS * scale), Integer.getInteger("bench.speed", 40));
        out.printf(Locale.ROOT, "fintablo: first load, %,d operations changed in %,d calls: %d refusals, %.1f %% of the"
                + " configured budget used, %d min%n", load.changed(), load.calls(), load.refusals(), load.share() * 100,
                load.took().toMinutes());
    }
}
