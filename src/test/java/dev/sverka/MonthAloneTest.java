package dev.sverka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.sandbox.AgencyMonth;
import dev.sverka.sandbox.Daemon;
import dev.sverka.sandbox.Faults;
import dev.sverka.sandbox.MonthNews;
import dev.sverka.sandbox.MovableClock;
import dev.sverka.sandbox.Sandbox;
import dev.sverka.sandbox.ShippedFolders;
import dev.sverka.sandbox.StandIn;
import dev.sverka.sandbox.bitrix24.Portal;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Days on end with nobody at the desk: the real program on PostgreSQL beside all vendors, on a clock that is put forward.
 * Each day has news, calls that fail in every way there is, a token that is taken and given back; on some days the program
 * is killed, on one the database restarts, and a month ends. What nobody has to be asked about is right every evening.
 */
@EnabledIfSystemProperty(named = "sverka.month.days", matches = "\\d+", disabledReason = "a minute a day: see -Plong")
class MonthAloneTest {

    private static final int DAYS = Integer.getInteger("sverka.month.days", 4);
    private static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");
    /** A Saturday; the month ends on the third day. */
    private static final LocalDate FIRST = LocalDate.of(2026, 11, 28);
    /** What is kept of work that is done, so that the shortest campaign sees it go. */
    private static final Duration KEPT = Duration.ofDays(Math.max(1, DAYS / 5));
    /** Longer than any work takes, however the clock is put forward; what a killed program held is free after it. */
    private static final Duration LEASE = Duration.ofMinutes(10);
    /** From then on the program is not killed, so that what it hoards is seen. */
    private static final int UNDISTURBED = Math.max(2, DAYS * 2 / 3);

    /** What an account's calls need, and whether its vendor takes it. */
    private record Token(String account, Consumer<Boolean> holds) {
    }

    @TempDir
    Path home;

    private final Random dice = new Random(Long.getLong("sverka.month.seed", 30));
    private MovableClock clock;
    private Sandbox sandbox;
    private MonthNews news;
    private EmbeddedPostgres postgres;
    private Map<String, String> settings;
    private Daemon daemon;
    private int kills;

    @AfterEach
    void stop() throws Exception {
        if (daemon != null) {
            daemon.close();
        }
        sandbox.close();
        postgres.close();
    }

    @Test
    void aMonthPassesAndNobodyIsNeeded() throws Exception {
        clock = MovableClock.of(home.resolve("clock"), FIRST.atTime(7, 0).atZone(MOSCOW).toInstant());
        sandbox = Sandbox.open(0, 0, clock);
        news = new MonthNews(sandbox, dice);
        postgres = database(0);
        settings = settings();
        assertThat(Daemon.command(settings, home.resolve("provision-log"), "provision", "--apply")).as("the portal has"
                + " all that is declared: " + Files.readString(home.resolve("provision-log"))).isZero();
        run();
        settle(2);
        long began = System.nanoTime();
        MonthFigures figures = new MonthFigures();
        for (int day = 0; day < DAYS; day++) {
            live(day);
            System.out.printf("day %d, %s, %d s: %s%n", day + 1, FIRST.plusDays(day), (System.nanoTime() - began)
                    / 1_000_000_000, figures.take(postgres.getPostgresDatabase(), daemon));
        }
        System.out.printf("%d days alone, %d kills, %d invoices, %d calls of vendors%n", DAYS, kills,
                news.expected().size(), calls());
        figures.flat(Math.max(2, DAYS / 3), UNDISTURBED + 1);
    }

    private void live(int day) throws Exception {
        LocalDate date = FIRST.plusDays(day);
        at(date, "09:00");
        faults(day);
        news.morning();
        if (day % 3 == 1 && day < UNDISTURBED) {
            kill();
        }
        settle(1);
        at(date, "13:00");
        if (day % 2 == 0) {
            withoutToken(tokens().get(day / 2 % tokens().size()), news::noon);
        } else {
            news.noon();
        }
        if (day == DAYS / 2) {
            restartDatabase();
        }
        settle(1);
        at(date, "23:10");
        news.evening();
        settle(1);
        vendors().forEach(one -> one.faults().none());
        sentAgain();
        at(date.plusDays(1), "03:25");
        news.night();
        settle(2);
        at(date.plusDays(1), "04:00");
        settle(2);
        at(date.plusDays(1), "04:06");
        holds(day + 1);
    }

    private void at(LocalDate date, String time) {
        clock.to(date.atTime(LocalTime.parse(time)).atZone(MOSCOW).toInstant());
    }

    private List<StandIn> vendors() {
        return List.of(sandbox.bitrix24(), sandbox.tbank(), sandbox.tochka(), sandbox.fintablo(), sandbox.clickup(),
                sandbox.diadoc(), sandbox.saby());
    }

    /** Three ways to fail a day, each in turn, with every vendor. */
    private void faults(int day) {
        Faults.Kind[] kinds = Faults.Kind.values();
        for (StandIn vendor : vendors()) {
            vendor.faults().seed(dice.nextLong());
            chance(vendor, Faults.Kind.LOST_ANSWER, 0.1);
            for (int i = 0; i < 3; i++) {
                Faults.Kind kind = kinds[1 + (day * 3 + i) % (kinds.length - 1)];
                chance(vendor, kind, kind == Faults.Kind.LOST_ANSWER ? 0.2 : 0.03);
            }
        }
        sandbox.clickup().switches().throttle(1, 5);
        sandbox.fintablo().company().switches().throttle(2, 5);
        sandbox.tbank().company().switches().throttle(2, 5);
        sandbox.events().unreliable(0.2, 0.2);
    }

    /** A new refresh token that is lost on its way needs a person, as Diadoc has it: none is lost here. */
    private void chance(StandIn vendor, Faults.Kind kind, double probability) {
        if (vendor != sandbox.diadoc() || kind != Faults.Kind.LOST_ANSWER && kind != Faults.Kind.TRUNCATED) {
            vendor.faults().chance(kind, probability);
        }
    }

    /** At some call of the morning's work. */
    private void kill() throws Exception {
        long until = calls() + 10 + dice.nextInt(60);
        try {
            Awaitility.await().atMost(Duration.ofSeconds(20)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(3))
                    .until(() -> calls() >= until);
        } catch (ConditionTimeoutException quiet) {
            // a program with nothing to do is killed too
        }
        assertThat(daemon.isAlive()).as("it runs until it is killed").isTrue();
        daemon.kill();
        kills++;
        clock.forward(LEASE);
        run();
    }

    private long calls() {
        return vendors().stream().mapToLong(one -> one.calls().size()).sum();
    }

    private void run() throws IOException {
        daemon = Daemon.moved(settings, home.resolve("log"), home.resolve("clock"));
        sandbox.tell(daemon.ready().address());
    }

    private List<Token> tokens() {
        return List.of(new Token("tbank.main", sandbox.tbank()::authorised),
                new Token("clickup.main", holds -> sandbox.clickup().switches().tokenRevoked(!holds)),
                new Token("bitrix24.main", sandbox.bitrix24()::authorised),
                new Token("fintablo.main", holds -> sandbox.fintablo().company().switches().tokenReplaced(!holds)));
    }

    private void withoutToken(Token token, Runnable meanwhile) {
        token.holds().accept(false);
        meanwhile.run();
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(state(token)).isEqualTo("paused"));
        token.holds().accept(true);
        for (int quarter = 0; quarter < 12 && state(token).equals("paused"); quarter++) {
            clock.forward(Duration.ofMinutes(15));
            try {
                Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> !state(token).equals("paused"));
            } catch (ConditionTimeoutException notYet) {
                // it looks again later
            }
        }
        assertThat(state(token)).as(token.account() + ": the token holds again, and nobody has told").isNotEqualTo("paused");
    }

    private String state(Token token) {
        try {
            return daemon.api("/api/status").path("accounts").path(token.account()).path("state").asString();
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private EmbeddedPostgres database(int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder().setDataDirectory(home.resolve("postgres"))
                .setCleanDataDirectory(false).setServerConfig("max_connections", "100");
        return (port == 0 ? builder : builder.setPort(port)).start();
    }

    private void restartDatabase() throws IOException {
        int port = postgres.getPort();
        postgres.close();
        postgres = database(port);
    }

    private Map<String, String> settings() throws IOException {
        ShippedFolders.copyTo(home);
        Files.writeString(home.resolve("mappings/fintablo.yaml"), """
                categories: {in: 1701210, out: 1701320}
                moneybags: {"%s": 90211}
                """.formatted(AgencyMonth.OWN_ACCOUNT));
        Map<String, String> all = new TreeMap<>(sandbox.settings());
        all.put("sverka.database.url", postgres.getJdbcUrl("postgres", "postgres"));
        all.put("sverka.poll.bank", "1s");
        all.put("sverka.poll.bitrix24", "3s");
        for (String feed : List.of("clickup", "fintablo", "diadoc", "saby")) {
            all.put("sverka.poll." + feed, "3s");
        }
        all.put("sverka.journal.lease", "10m");
        all.put("sverka.fintablo.main.bank-operations", "write");
        all.put("sverka.fintablo.main.longest-execution", "1s");
        all.put("sverka.keep.journal", KEPT.toString());
        all.put("sverka.keep.raw", KEPT.toString());
        all.put("sverka.home", home.toString());
        return all;
    }

    /** Nothing to do, and still nothing when the bank was asked again and again; what waits for its time gets it. */
    private void settle(int times) throws Exception {
        for (int calm = 0, turn = 0; calm < times; turn++) {
            assertThat(turn).as("turns until it rests: " + daemon.api("/api/status") + daemon.api(
                    "/api/journal?state=waiting&limit=5") + daemon.api("/api/journal?state=queued&limit=5")).isLessThan(120);
            long statements = statements();
            try {
                Awaitility.await().atMost(Duration.ofSeconds(4)).pollInterval(Duration.ofMillis(200))
                        .until(() -> statements() >= statements + 3 && daemon.isAtRest());
                calm++;
            } catch (ConditionTimeoutException busy) {
                calm = 0;
                nextDue();
            }
        }
    }

    /** Where all that is left waits for a time of its own, that time comes; what is due in a moment is waited for. */
    private void nextDue() throws Exception {
        JsonNode status = daemon.api("/api/status");
        if (status.path("working").asInt() == 0 && status.path("accounts").properties().stream().anyMatch(one ->
                one.getValue().path("state").asString().equals("throttled"))) {
            clock.forward(Duration.ofSeconds(20));
        }
        Optional<Instant> due = rows("/api/journal?state=waiting&limit=1000").stream().map(one -> OffsetDateTime.parse(
                one.path("dueAt").asString()).toInstant()).min(Comparator.naturalOrder());
        if (status.path("queued").asInt() + status.path("working").asInt() == 0 && due.isPresent()
                && due.get().isAfter(clock.instant().plusSeconds(10))) {
            clock.to(due.get());
        }
    }

    private long statements() {
        return sandbox.tbank().calls().stream().filter("statement"::equals).count();
    }

    /**
     * What FinTablo's sheet leaves to a person (section 11): a creation whose answer was lost twice. Somebody has looked,
     * found nothing, and sends it again.
     */
    private void sentAgain() throws Exception {
        for (JsonNode lost : rows("/api/journal?state=dead&limit=100")) {
            if (lost.path("message").asString().contains("was lost twice")) {
                assertThat(daemon.replay(lost.path("id").asLong())).isEqualTo(200);
            }
        }
    }

    /** Nobody else is needed, and portal, ledger, proof and FinTablo agree with the one who pays. */
    private void holds(int days) throws Exception {
        assertThat(news.shown()).as("the portal after " + days + " days").isEqualTo(news.expected());
        JsonNode dead = daemon.api("/api/journal?state=dead&limit=100");
        assertThat(dead.size()).as("needs a person: " + dead).isZero();
        daemon.api("/api/status").path("accounts").properties().forEach(one -> assertThat(one.getValue().path("state")
                .asString()).as(one.toString()).isIn("up", "off"));
        ledger();
        proof(days);
        books();
    }

    /** Each invoice has in the ledger what the portal shows, and of all that came only strangers' money waits for a person. */
    private void ledger() throws Exception {
        Map<Long, BigDecimal> shares = new TreeMap<>();
        int asked = 0;
        for (JsonNode one : rows("/api/operations?limit=10000")) {
            for (JsonNode share : one.path("shares")) {
                shares.merge(share.path("payment").asLong(), new BigDecimal(share.path("amount").asString()),
                        BigDecimal::add);
            }
            if (one.path("box").asString().equals("review") && one.path("date").asString().compareTo(FIRST.toString()) >= 0) {
                assertThat(one.path("counterparty").asString("")).as("a person is asked: " + one).contains("Незнакомец");
                asked++;
            }
        }
        Map<Long, BigDecimal> portal = new TreeMap<>();
        sandbox.portal().items(Portal.PAYMENTS).forEach(one -> portal.put(
                ((Number) one.get("id")).longValue(), sandbox.portal().paid(one).setScale(2)));
        portal.values().removeIf(paid -> paid.signum() == 0);
        assertThat(shares).as("the ledger").isEqualTo(portal);
        assertThat(asked).as("money of strangers").isEqualTo(news.strangers());
    }

    private List<JsonNode> rows(String path) throws Exception {
        return StreamSupport.stream(daemon.api(path).spliterator(), false).toList();
    }

    /** Every account's every day is proven to the kopeck, once the schedule that proves has come. */
    private void proof(int count) {
        Awaitility.await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            List<JsonNode> days = rows("/api/proof?from=" + FIRST + "&to=" + FIRST.plusDays(count - 1));
            assertThat(days).hasSize(count * 4).allSatisfy(one -> assertThat(one.path("state").asString()).as(
                    one.toString()).isEqualTo("proven"));
        });
    }

    /** FinTablo has each settled operation of the account that is written there, once. */
    private void books() throws Exception {
        String marker = "sverka:bank-operation:main:";
        List<String> written = sandbox.fintablo().company().all("transaction").stream()
                .filter(one -> one.get("parentId") == null && String.valueOf(one.get("description")).contains(marker))
                .map(one -> one.get("description").toString().replaceFirst("(?s).*" + marker, "") + " "
                        + new BigDecimal(one.get("value").toString()).setScale(2).toPlainString()).sorted().toList();
        List<String> settled = new ArrayList<>();
        for (JsonNode one : rows("/api/operations?box=allocated&limit=10000&account=" + AgencyMonth.OWN_ACCOUNT)) {
            settled.add(one.path("id").asString() + " " + one.path("amount").asString());
        }
        assertThat(written).as("FinTablo").isNotEmpty().isEqualTo(settled.stream().sorted().toList());
    }
}
