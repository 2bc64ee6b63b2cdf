package dev.sverka.bench;

import dev.sverka.flows.timesheets.ReportsLoad;
import dev.sverka.vendors.clickup.FirstLoad;
import java.util.Locale;

/** How a first load keeps to ClickUp's limit, on one accelerated clock; and what a month's reports take. */
public final class ClickUpBench {

    private static final int DEALS = 200;

    private ClickUpBench() {
    }

    /** {@code -Dbench.speed} is the clock's; a busy machine wants a lower one. */
    public static void run(Figures figures, double scale) throws Exception {
        PaidInvoices.classPath();
        ReportsLoad reports = ReportsLoad.inOwnProcess(scale);
        figures.atMost("seconds for all " + reports.reports() + " reports of a month of " + reports.people()
                + " people and " + reports.entries() + " entries, store included, within 200 MB of heap", reports.seconds(),
                10, 1);
        FirstLoad load = FirstLoad.of((int) (DEALS * scale), Integer.getInteger("bench.speed", 40));
        System.out.printf(Locale.ROOT, "clickup: first load of %d deals, %d folders and lists in %,d calls, %d min%n",
                (int) (DEALS * scale), load.made(), load.calls(), load.took().toMinutes());
        figures.atMost("ClickUp: refusals by rate in the first load of 200 deals", load.refusals(), 1, 0);
        figures.atLeast("ClickUp: requests of that load against the configured budget", load.share(), 1, 0.95);
    }
}
