package dev.sverka.flows.paperwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sverka.Application;
import dev.sverka.core.journal.Counts;
import dev.sverka.core.journal.Journal;
import dev.sverka.core.state.Cursors;
import dev.sverka.flows.payments.Reviews;
import dev.sverka.sandbox.bitrix24.Bitrix24StandIn;
import dev.sverka.sandbox.bitrix24.Bitrix24Switches;
import dev.sverka.sandbox.bitrix24.PaperProcesses;
import dev.sverka.sandbox.bitrix24.Portal;
import dev.sverka.sandbox.diadoc.DiadocStandIn;
import dev.sverka.sandbox.saby.SabyStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.core.ThrowingRunnable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The program with its shipped routes beside a portal, Diadoc and Saby, all over HTTP. */
final class PaperworkStage implements AutoCloseable {

    static final LocalDate DAY = LocalDate.now(ZoneId.of("Europe/Moscow")).minusDays(3);

    final Bitrix24StandIn bitrix24 = new Bitrix24StandIn(0, Clock.systemUTC()).limited(false);
    final DiadocStandIn diadoc = new DiadocStandIn(0, Clock.systemUTC());
    final SabyStandIn saby = new SabyStandIn(0, Clock.systemUTC());
    final Portal portal = Portal.of(bitrix24.crm());
    final PaperProcesses papers = PaperProcesses.of(bitrix24.crm());
    final int customer = portal.company("ООО «Вымысел-Покупатель»", DiadocStandIn.COUNTERPARTY_INN, "000001001", false);
    final int deal = portal.deal("Магазин чая", customer, new java.math.BigDecimal("45000"));
    private final Path home;
    private final String store;
    private ConfigurableApplicationContext daemon;

    PaperworkStage(Path home, String store) throws IOException {
        this.home = home;
        this.store = store;
        bitrix24.users().hire(Portal.PERSON, "Анна", "Ким", "kim@example.org", "Бухгалтер");
        Files.createDirectories(home.resolve("routes"));
        Files.createDirectories(home.resolve("mappings"));
        for (String name : List.of("paperwork", "invoices")) {
            // as shipped, but that feeds which people wait a minute for are read at once
            Files.writeString(home.resolve("routes/" + name + ".yaml"), Files.readString(Path.of("routes/" + name
                    + ".yaml")).replaceAll("uri: ((diadoc|saby|invoices):\\w+/changed)", "uri: $1?delay=250"));
        }
        Files.createDirectories(home.resolve("drop"));
        Files.writeString(home.resolve("routes/calendar.yaml"), routes("calendar", "calendar", "calendar-document-in",
                "calendar-report-in"));
        Files.writeString(home.resolve("routes/payments.yaml"), routes("payments", "payment-in",
                "payment-changed", "payment-news", "company-in", "company-changed"));
        for (String name : List.of("portal", "bank-rules", "calendar")) {
            Files.copy(Path.of("mappings/" + name + ".yaml"), home.resolve("mappings/" + name + ".yaml"));
        }
    }

    /** Some of the shipped routes of a file: others would only use up the portal's requests. */
    private static String routes(String file, String... ids) throws IOException {
        return Arrays.stream(Files.readString(Path.of("routes/" + file + ".yaml")).split("(?m)^(?=- route:)"))
                .filter(route -> Arrays.stream(ids).anyMatch(id -> route.contains("    id: " + id + "\n")))
                .collect(java.util.stream.Collectors.joining());
    }

    /** Starts the daemon, and waits until it has read all there is. @param more settings */
    PaperworkStage start(String... more) {
        List<String> settings = new ArrayList<>();
        settings().forEach((key, value) -> settings.add("--" + key + "=" + value));
        settings.addAll(Arrays.asList(more));
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        daemon = application.run(settings.toArray(String[]::new));
        for (String feed : List.of("diadoc.main/document", "saby.main/document", "bitrix24.main/document",
                "bitrix24.main/report", "bitrix24.main/company")) {
            eventually(() -> assertThat(daemon.getBean(Cursors.class).reachedAt(feed)).as(feed).isPresent());
        }
        return this;
    }

    /** What a program needs to stand beside the three. */
    Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>(Map.of("sverka.home", home.toString(), "sverka.database.url", store,
                "sverka.bitrix24.main.url", bitrix24.url(), "sverka.bitrix24.main.longest-execution", "1s",
                "sverka.bitrix24.main.plan", "box", "sverka.poll.bitrix24", "PT1.5S", "sverka.poll.diadoc", "PT1S",
                "sverka.poll.saby", "PT1S", "sverka.saby.main.least-pause", "PT0S"));
        settings.put("sverka.own-companies[0].inn", DiadocStandIn.OWN_INN);
        settings.put("sverka.own-companies[0].accounts[0]", "40702810200009990001");
        settings.putAll(diadoc.settings());
        settings.putAll(saby.settings());
        return settings;
    }

    void stop() {
        daemon.close();
    }

    JdbcClient jdbc() {
        return daemon.getBean(JdbcClient.class);
    }

    /** As the schedule does in the early morning. */
    void papersUnheard() {
        daemon.getBean(UnheardPapers.class).due();
    }

    VersionBook versions() {
        return daemon.getBean(VersionBook.class);
    }

    VersionFiles versionFiles() {
        return daemon.getBean(VersionFiles.class);
    }

    Reviews reviews() {
        return daemon.getBean(Reviews.class);
    }

    List<Reviews.Question> questions() {
        return reviews().open(100).stream().filter(one -> one.kind().equals("document")).toList();
    }

    /** Nothing is queued, working or waiting, and the feeds have been read since. */
    void rest() {
        for (String feed : List.of("diadoc.main/document", "bitrix24.main/document")) {
            java.time.Instant now = java.time.Instant.now();
            eventually(() -> assertThat(daemon.getBean(Cursors.class).presentAt(feed).orElseThrow()).isAfter(now));
        }
        eventually(() -> {
            Counts counts = daemon.getBean(Journal.class).counts();
            assertThat(counts.queued() + counts.working() + counts.waiting()).isZero();
        });
    }

    /** The state of an item as a person sees it: stage and «Состояние ЭДО». */
    String seen(int entityTypeId, int id) {
        return papers.stage(entityTypeId, id) + "/" + papers.word(entityTypeId, id, "State");
    }

    void awaitSeen(int entityTypeId, int id, String expected) {
        eventually(() -> assertThat(seen(entityTypeId, id)).isEqualTo(expected));
    }

    List<String> comments(int entityTypeId, int id) {
        return portal.comments(entityTypeId, id).stream().map(one -> one.text()).toList();
    }

    /** Notifications of people. */
    List<String> notices() {
        return bitrix24.timeline().notices().stream().map(one -> one.user() + ": " + one.text()).toList();
    }

    /** A person's stage. */
    void move(int entityTypeId, int id, String stage) {
        papers.move(entityTypeId, id, stage);
    }

    static int webhookUser() {
        return Bitrix24Switches.USER;
    }

    static void eventually(ThrowingRunnable what) {
        await().atMost(Duration.ofSeconds(40)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(50))
                .untilAsserted(what);
    }

    @Override
    public void close() {
        if (daemon != null) {
            daemon.close();
        }
        saby.close();
        diadoc.close();
        bitrix24.close();
    }
}
