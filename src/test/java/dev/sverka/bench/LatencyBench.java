package dev.sverka.bench;

import dev.sverka.sandbox.Daemon;
import dev.sverka.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * From an operation that the journal has accepted to the payment's item that the portal has changed: the real program
 * beside the sandbox, on H2. Both moments are read from the store when the program has stopped: when the operation's
 * entry was accepted, and when the portal's answer to the write was. The stand-in's own time is in it.
 */
public final class LatencyBench {

    private static final int BURST = 20;

    private LatencyBench() {
    }

    public static void run(Figures figures, double scale) throws Exception {
        PaidInvoices.classPath();
        int bursts = Math.max(1, (int) (6 * scale));
        long[] limited = measured(true, bursts, Duration.ofMinutes(1));
        figures.atMost("limits on, " + bursts + " bursts of " + BURST + " a minute: from accepted to updated, p50 ms",
                at(limited, 0.5), 1000, 1);
        int seconds = Math.max(5, (int) (30 * scale));
        long[] free = measured(false, seconds, Duration.ofSeconds(1));
        figures.atMost("limits off, " + BURST + " a second for " + seconds + " s: from accepted to updated, p50 ms",
                at(free, 0.5), 100, 1);
        figures.atMost("the same, p99 ms", at(free, 0.99), 500, 1);
    }

    private static double at(long[] sorted, double part) {
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
    }

    /** @return milliseconds, sorted */
    private static long[] measured(boolean limits, int bursts, Duration pause) throws Exception {
        Path home = Files.createTempDirectory("latency-bench");
        int payments = bursts * BURST;
        try (Sandbox sandbox = Sandbox.open(Clock.systemUTC())) {
            Map<String, String> settings = PaidInvoices.settings(sandbox, home);
            settings.put("sverka.poll.bank", "1s");
            if (!limits) {
                settings.put("sverka.bitrix24.main.plan", "box");
                sandbox.bitrix24().limited(false);
                sandbox.tbank().company().switches().limited(false);
            }
            PaidInvoices invoices = new PaidInvoices(sandbox, payments);
            try (Daemon daemon = Daemon.start(settings, home.resolve("log"))) {
                sandbox.tell(daemon.ready().address());
                PaidInvoices.settled(daemon);
                long next = System.nanoTime();
                for (int n = 0; n < payments; n++) {
                    invoices.pay(n);
                    if (n % BURST == BURST - 1) {
                        next += pause.toNanos();
                        long due = next;
                        Awaitility.await().pollInterval(Duration.ofMillis(5)).atMost(pause.multipliedBy(2))
                                .until(() -> System.nanoTime() >= due);
                    }
                }
                Awaitility.await().atMost(Duration.ofMinutes(5)).until(invoices::areAllPaid);
                PaidInvoices.rest(daemon);
            }
            return latencies(home, invoices, payments);
        }
    }

    private static long[] latencies(Path home, PaidInvoices invoices, int payments) throws SQLException {
        Map<String, Long> accepted = new HashMap<>();
        Map<String, Long> updated = new HashMap<>();
        try (Connection store = DriverManager.getConnection("jdbc:h2:file:" + home.resolve("store"))) {
            try (ResultSet rows = store.createStatement().executeQuery(
                    "select payload, accepted_at from entry where flow = 'bank-operation' order by id")) {
                while (rows.next()) {
                    String payload = rows.getString(1);
                    int at = payload.indexOf("счету № ");
                    if (at >= 0) {
                        accepted.putIfAbsent(payload.substring(at + 8, payload.indexOf('"', at)), rows.getLong(2));
                    }
                }
            }
            try (ResultSet rows = store.createStatement().executeQuery("""
                    select p.number, min(i.closed_at) from intent i join payment p on concat('payment ', p.id) = i.item
                    where i.target = 'bitrix24:payment/update' and i.closed_at is not null group by p.number""")) {
                while (rows.next()) {
                    updated.put(rows.getString(1), rows.getLong(2));
                }
            }
        }
        long[] took = new long[payments];
        for (int n = 0; n < payments; n++) {
            took[n] = updated.get(invoices.number(n)) - accepted.get(invoices.number(n));
        }
        Arrays.sort(took);
        return took;
    }
}
