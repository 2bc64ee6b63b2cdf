package dev.sverka.bench;

import dev.sverka.sandbox.Daemon;
import dev.sverka.sandbox.Sandbox;
import dev.sverka.sandbox.bitrix24.Portal;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * From a change of a deal's date that the daemon has accepted to the feed that shows it: the real program beside the
 * sandbox with the portal's limits, on H2. Both moments are read from the store when the program has stopped: a feed
 * is put together from what the end of that work has stored. The stand-in's own time to answer is in it.
 */
public final class CalendarNewsBench {

    private static final int DEALS = 10;
    private static final int DEAL = 2;
    private static final long TARGET = 2000;

    private CalendarNewsBench() {
    }

    public static void run(Figures figures, double scale) throws Exception {
        PaidInvoices.classPath();
        int changes = Math.max(DEALS, (int) (60 * scale));
        Path home = Files.createTempDirectory("calendar-news-bench");
        try (Sandbox sandbox = Sandbox.open(Clock.systemUTC())) {
            List<Integer> deals = new ArrayList<>();
            for (int n = 0; n < DEALS; n++) {
                deals.add(sandbox.portal().deal("Сделка " + n, 1, new BigDecimal("1000")));
            }
            try (Daemon daemon = Daemon.start(PaidInvoices.settings(sandbox, home), home.resolve("log"))) {
                sandbox.tell(daemon.ready().address());
                PaidInvoices.settled(daemon);
                long next = System.nanoTime();
                for (int n = 0; n < changes; n++) {
                    sandbox.portal().crm().update(DEAL, deals.get(n % DEALS), Map.of("begindate",
                            LocalDate.now().plusDays(30L + n).toString()), Portal.PERSON);
                    next += Duration.ofSeconds(1).toNanos();
                    long due = next;
                    Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> System.nanoTime() >= due);
                }
                PaidInvoices.rest(daemon);
            }
            List<Long> took = took(home, changes);
            figures.atMost("calendar: " + changes + " changed dates, one a second: from accepted to the feed, p50 ms",
                    took.get(took.size() / 2), TARGET, 1);
            figures.atMost("calendar: the slowest of them, ms", took.get(took.size() - 1), TARGET, 1);
        }
    }

    /** Of the last changes; what the start read is left away. */
    private static List<Long> took(Path home, int changes) throws SQLException {
        List<Long> took = new ArrayList<>();
        try (Connection store = DriverManager.getConnection("jdbc:h2:file:" + home.resolve("store"));
                ResultSet rows = store.createStatement().executeQuery("""
                        select ended_at - accepted_at from entry where flow = 'calendar' and state = 'done'
                        and subject = 'bitrix24.main/deal' order by id desc limit""" + " " + changes)) {
            while (rows.next()) {
                took.add(rows.getLong(1));
            }
        }
        if (took.size() < changes) {
            throw new IllegalStateException(took.size() + " of " + changes + " changes came to the calendar");
        }
        return took.stream().sorted().toList();
    }
}
