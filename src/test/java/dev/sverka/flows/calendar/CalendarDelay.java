package dev.sverka.flows.calendar;

import dev.sverka.bench.Figures;
import dev.sverka.core.state.Databases;
import dev.sverka.sandbox.Daemon;
import dev.sverka.sandbox.Sandbox;
import dev.sverka.sandbox.bitrix24.Portal;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/** How long a change on the portal takes to the feed: webhook, journal, read, store and answer, in the real program. */
final class CalendarDelay {

    private static final int ROUNDS = 20;
    private static final double MILLION = 1e6;
    private static final double TWO_SECONDS = 2000;
    private static final int DEALS = 2;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;

    CalendarDelay(Path folder) {
        this.folder = folder;
    }

    void run(Figures figures) throws Exception {
        try (Sandbox sandbox = Sandbox.open(Clock.systemUTC())) {
            int deal = sandbox.portal().deal("Магазин", 1, BigDecimal.TEN);
            Map<String, String> settings = new TreeMap<>(sandbox.settings());
            settings.put("sverka.database.url", Databases.h2Url(folder.resolve("delay")));
            settings.put("sverka.home", Path.of("").toAbsolutePath().toString());
            settings.put("sverka.bitrix24.main.plan", "enterprise");
            // by webhook alone: every poll would only help
            settings.put("sverka.poll.bitrix24", "1h");
            try (Daemon daemon = Daemon.start(settings, folder.resolve("log")).ready()) {
                Awaitility.await().atMost(Duration.ofMinutes(2)).until(daemon::isAtRest);
                sandbox.tell(daemon.address());
                double[] times = times(sandbox, daemon, deal);
                figures.atMost("calendar: from a change on the portal to the feed, median, ms, against 2 s",
                        times[ROUNDS / 2], TWO_SECONDS, 1);
                figures.atMost("calendar: the slowest of " + ROUNDS + ", ms", times[ROUNDS - 1], TWO_SECONDS, 1);
            }
        }
    }

    private double[] times(Sandbox sandbox, Daemon daemon, int deal) throws Exception {
        String feed = daemon.address() + URI.create(http.send(HttpRequest.newBuilder(
                URI.create(daemon.address() + "/api/calendars"))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString("admin:test".getBytes()))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"person\":1,\"view\":\"all\"}")).build(),
                HttpResponse.BodyHandlers.ofString()).body().replaceFirst(".*\"url\":\"([^\"]+).*", "$1")).getPath();
        double[] times = new double[ROUNDS];
        for (int i = -1; i < ROUNDS; i++) {
            LocalDate day = LocalDate.now().plusDays(20 + i);
            long start = System.nanoTime();
            sandbox.portal().crm().update(DEALS, deal, Map.of("begindate", day.toString()), Portal.PERSON);
            Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(300)).atMost(
                    Duration.ofSeconds(20)).until(() -> http.send(HttpRequest.newBuilder(URI.create(feed)).build(),
                    HttpResponse.BodyHandlers.ofString()).body()
                    .contains("DTSTART;VALUE=DATE:" + day.format(DateTimeFormatter.BASIC_ISO_DATE)));
            if (i >= 0) {
                times[i] = (System.nanoTime() - start) / MILLION;
            }
        }
        Arrays.sort(times);
        return times;
    }
}
