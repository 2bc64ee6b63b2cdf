package dev.sverka.bench;

import dev.sverka.sandbox.Daemon;
import dev.sverka.sandbox.Sandbox;
import dev.sverka.sandbox.bitrix24.Portal;
import dev.sverka.sandbox.tbank.TBankStandIn.Party;
import java.io.File;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** Invoices of the sandbox's portal, each of another sum, and the money that names them. */
final class PaidInvoices {

    private static final int CUSTOMERS = 24;

    private final Sandbox sandbox;
    private final List<Party> customers = new ArrayList<>();
    private final List<String> numbers;

    PaidInvoices(Sandbox sandbox, int count) {
        this.sandbox = sandbox;
        this.numbers = IntStream.range(0, count).mapToObj(n -> "Б-" + (1000 + n)).toList();
        Portal portal = sandbox.portal();
        int ours = ((Number) portal.items(Portal.PAYMENTS).get(0).get("mycompanyId")).intValue();
        List<Integer> companies = new ArrayList<>();
        for (int n = 0; n < CUSTOMERS; n++) {
            String inn = String.format("00980%05d", n);
            companies.add(portal.company("ООО «Заказчик " + n + "»", inn, "009801001", false));
            customers.add(new Party(inn, "009801001", "ООО «Заказчик " + n + "»", "4070281070000" + String.format("%07d", n)));
        }
        for (int n = 0; n < count; n++) {
            portal.payment(Portal.IN, numbers.get(n), LocalDate.now().minusDays(3), amount(n),
                    companies.get(n % CUSTOMERS), ours, 0);
        }
    }

    /** The sandbox's settings of portal and bank alone. */
    static Map<String, String> settings(Sandbox sandbox, Path home) {
        Map<String, String> settings = new TreeMap<>(sandbox.settings());
        settings.keySet().removeIf(key -> !key.matches("sverka\\.(bitrix24|tbank|own|payments|poll).*"));
        settings.put("sverka.database.url", "jdbc:h2:file:" + home.resolve("store") + ";WRITE_DELAY=0");
        settings.put("sverka.home", Path.of("").toAbsolutePath().toString());
        settings.put("sverka.poll.bitrix24", "30s");
        return settings;
    }

    String number(int n) {
        return numbers.get(n);
    }

    private static BigDecimal amount(int n) {
        return BigDecimal.valueOf(100_000L + 137L * n, 2);
    }

    void pay(int n) {
        sandbox.tbank().company().credit(LocalDate.now(), amount(n), customers.get(n % CUSTOMERS),
                String.valueOf(7000 + n), "Оплата по счету № " + numbers.get(n));
    }

    boolean isPaid(int n) {
        return paid().contains(numbers.get(n));
    }

    boolean areAllPaid() {
        return paid().containsAll(numbers);
    }

    private Set<String> paid() {
        Portal portal = sandbox.portal();
        return new HashSet<>(portal.items(Portal.PAYMENTS).stream().filter(one -> "Оплачен".equals(portal.stage(one)))
                .map(one -> String.valueOf(one.get("ufCrm12Number"))).toList());
    }

    /** At rest for longer than a poll: what there was at the start has been read and worked on. */
    static void settled(Daemon daemon) {
        Awaitility.await().atMost(Duration.ofMinutes(15)).pollInterval(Duration.ofSeconds(1))
                .during(Duration.ofSeconds(35)).until(daemon::isAtRest);
    }

    static void rest(Daemon daemon) {
        Awaitility.await().atMost(Duration.ofMinutes(5)).until(daemon::isAtRest);
    }

    /** The daemon's process needs it spelt out, and Maven runs this with a loader of its own. */
    static void classPath() {
        if (PaidInvoices.class.getClassLoader() instanceof URLClassLoader loader) {
            System.setProperty("surefire.test.class.path", Arrays.stream(loader.getURLs()).map(url ->
                    Path.of(URI.create(url.toString())).toString()).collect(Collectors.joining(File.pathSeparator)));
        }
    }
}
