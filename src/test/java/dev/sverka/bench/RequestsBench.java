package dev.sverka.bench;

import dev.sverka.sandbox.Daemon;
import dev.sverka.sandbox.Sandbox;
import dev.sverka.sandbox.bitrix24.Portal;
import dev.sverka.sandbox.tbank.TBankStandIn.Party;
import java.io.File;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** What a day of payments costs the portal in requests: the real program beside the sandbox, portal's limits on. */
public final class RequestsBench {

    private static final int BURST = 20;
    private static final int CUSTOMERS = 24;

    private RequestsBench() {
    }

    /** 240 invoices paid in bursts of 20; polls of a quiet time of the same length are taken off. */
    public static void run(Figures figures, double scale) throws Exception {
        classPath();
        int payments = Math.max(BURST, (int) (240 * scale));
        Path home = Files.createTempDirectory("requests-bench");
        try (Sandbox sandbox = Sandbox.open(Clock.systemUTC())) {
            Map<String, String> settings = new TreeMap<>(sandbox.settings());
            settings.keySet().removeIf(key -> !key.matches("sverka\\.(bitrix24|tbank|own|payments|poll).*"));
            settings.put("sverka.database.url", "jdbc:h2:file:" + home.resolve("store") + ";WRITE_DELAY=0");
            settings.put("sverka.home", Path.of("").toAbsolutePath().toString());
            settings.put("sverka.poll.bitrix24", "30s");
            settings.put("sverka.poll.bank", "2s");
            List<Party> customers = new ArrayList<>();
            List<String> numbers = invoices(sandbox, payments, customers);
            try (Daemon daemon = Daemon.start(settings, home.resolve("log"))) {
                sandbox.tell(daemon.ready().address());
                rest(daemon);
                double quiet = quiet(sandbox);
                int before = sandbox.bitrix24().calls().size();
                long began = System.nanoTime();
                for (int n = 0; n < payments; n++) {
                    sandbox.tbank().company().credit(LocalDate.now(), amount(n), customers.get(n % CUSTOMERS),
                            String.valueOf(7000 + n), "Оплата по счету № " + numbers.get(n));
                    if (n % BURST == BURST - 1) {
                        String last = numbers.get(n);
                        Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> isPaid(sandbox, last));
                    }
                }
                Awaitility.await().atMost(Duration.ofMinutes(5)).until(() -> numbers.stream().allMatch(one ->
                        isPaid(sandbox, one)));
                rest(daemon);
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

    /** The daemon's process needs it spelt out, and Maven runs this with a loader of its own. */
    static void classPath() {
        if (RequestsBench.class.getClassLoader() instanceof URLClassLoader loader) {
            System.setProperty("surefire.test.class.path", Arrays.stream(loader.getURLs()).map(url ->
                    Path.of(URI.create(url.toString())).toString()).collect(Collectors.joining(File.pathSeparator)));
        }
    }

    private static List<String> invoices(Sandbox sandbox, int payments, List<Party> customers) {
        Portal portal = sandbox.portal();
        int ours = ((Number) portal.items(Portal.PAYMENTS).get(0).get("mycompanyId")).intValue();
        List<Integer> companies = new ArrayList<>();
        for (int n = 0; n < CUSTOMERS; n++) {
            String inn = String.format("00980%05d", n);
            companies.add(portal.company("ООО «Заказчик " + n + "»", inn, "009801001", false));
            customers.add(new Party(inn, "009801001", "ООО «Заказчик " + n + "»", "4070281070000" + String.format("%07d", n)));
        }
        List<String> numbers = new ArrayList<>();
        for (int n = 0; n < payments; n++) {
            numbers.add("Б-" + (1000 + n));
            portal.payment(Portal.IN, numbers.get(n), LocalDate.now().minusDays(3), amount(n),
                    companies.get(n % CUSTOMERS), ours, 0);
        }
        return numbers;
    }

    private static BigDecimal amount(int n) {
        return BigDecimal.valueOf(100_000L + 137L * n, 2);
    }

    private static boolean isPaid(Sandbox sandbox, String number) {
        Portal portal = sandbox.portal();
        return portal.items(Portal.PAYMENTS).stream().filter(one -> number.equals(one.get("ufCrm12Number"))).findFirst()
                .map(portal::stage).filter("Оплачен"::equals).isPresent();
    }

    private static void rest(Daemon daemon) {
        Awaitility.await().atMost(Duration.ofMinutes(5)).until(daemon::isAtRest);
    }

    /** Requests a second where nothing happens, over two polls. */
    private static double quiet(Sandbox sandbox) throws InterruptedException {
        int before = sandbox.bitrix24().calls().size();
        long began = System.nanoTime();
        Awaitility.await().pollDelay(Duration.ofSeconds(65)).atMost(Duration.ofSeconds(70)).until(() -> true);
        return (sandbox.bitrix24().calls().size() - before) / ((System.nanoTime() - began) / 1e9);
    }
}
