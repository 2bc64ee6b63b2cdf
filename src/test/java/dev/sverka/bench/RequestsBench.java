package dev.sverka.bench;

import dev.sverka.sandbox.Daemon;
import dev.sverka.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** What a day of payments costs the portal in requests: the real program beside the sandbox, portal's limits on. */
public final class RequestsBench {

    private static final int BURST = 20;

    private RequestsBench() {
    }

    /** 240 invoices paid in bursts of 20; polls of a quiet time of the same length are taken off. */
    public static void run(Figures figures, double scale) throws Exception {
        PaidInvoices.classPath();
        int payments = Math.max(BURST, (int) (240 * scale));
        Path home = Files.createTempDirectory("requests-bench");
        try (Sandbox sandbox = Sandbox.open(Clock.systemUTC())) {
            Map<String, String> settings = PaidInvoices.settings(sandbox, home);
            settings.put("sverka.poll.bank", "2s");
            PaidInvoices invoices = new PaidInvoices(sandbox, payments);
            try (Daemon daemon = Daemon.start(settings, home.resolve("log"))) {
                sandbox.tell(daemon.ready().address());
                PaidInvoices.settled(daemon);
                double quiet = quiet(sandbox);
                int before = sandbox.bitrix24().calls().size();
                long began = System.nanoTime();
                for (int n = 0; n < payments; n++) {
                    invoices.pay(n);
                    if (n % BURST == BURST - 1) {
                        int last = n;
                        Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> invoices.isPaid(last));
                    }
                }
                Awaitility.await().atMost(Duration.ofMinutes(5)).until(invoices::areAllPaid);
                PaidInvoices.rest(daemon);
                List<String> calls = List.copyOf(sandbox.bitrix24().calls().subList(before,
                        sandbox.bitrix24().calls().size()));
                double seconds = (System.nanoTime() - began) / 1e9;
                System.out.println("calls by name: " + calls.stream().collect(Collectors.groupingBy(one -> one,
                        TreeMap::new, Collectors.counting())) + " in " + (long) seconds + " s, quiet " + quiet + " a second");
                figures.atMost("requests to the portal for " + payments + " payments in bursts of " + BURST
                        + ", polls of a quiet time taken off", calls.size() - quiet * seconds, payments, 3);
            }
        }
    }

    /** Requests a second where nothing happens, over two polls. */
    private static double quiet(Sandbox sandbox) throws InterruptedException {
        int before = sandbox.bitrix24().calls().size();
        long began = System.nanoTime();
        Awaitility.await().pollDelay(Duration.ofSeconds(65)).atMost(Duration.ofSeconds(70)).until(() -> true);
        return (sandbox.bitrix24().calls().size() - before) / ((System.nanoTime() - began) / 1e9);
    }
}
