package dev.sverka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.state.Databases;
import dev.sverka.sandbox.Daemon;
import dev.sverka.sandbox.Sandbox;
import dev.sverka.sandbox.bitrix24.Crm;
import dev.sverka.sandbox.bitrix24.Portal;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;

/** Today's program starts on a store that an earlier one left in the midst of its work. */
class UpgradeTest {

    /** Half an hour after the kill: what was claimed then is nobody's. */
    private static final Duration OFFSET = Duration.between(Instant.now(), Instant.parse("2026-11-23T09:30:00Z"));

    /** What the work itself goes on with; of these columns a row keeps what it had. Other tables keep every column. */
    private static final Map<String, List<String>> KEPT = Map.ofEntries(
            Map.entry("entry", List.of("id", "flow", "account", "order_key", "payload", "accepted_at")),
            Map.entry("intent", List.of("id", "account", "target", "item", "marker", "opened_at")),
            Map.entry("share", List.of("id", "operation_id", "payment_id", "amount", "begun_by")),
            Map.entry("review", List.of("id", "kind", "operation_id", "asked_at")),
            Map.entry("payment", List.of("id", "number", "amount", "currency", "company_id", "deal_id")),
            Map.entry("bank_operation", List.of("id", "source", "bank_account", "direction", "amount", "booked_on")),
            Map.entry("company", List.of("id", "mine")), Map.entry("requisite", List.of("company_id", "inn")),
            Map.entry("feed_cursor", List.of("feed")), Map.entry("entry_told", List.of("subject")),
            Map.entry("account", List.of("name")), Map.entry("agreed", List.of("account", "entity", "item")),
            Map.entry("accepted_text", List.of("file")), Map.entry("lane", List.of("flow", "account")),
            Map.entry("alert", List.of("alert_key", "raised_at")), Map.entry("calendar_item", List.of("entity", "item")),
            Map.entry("calendar_event", List.of("name")), Map.entry("calendar_state", List.of("id")),
            Map.entry("calendar_person", List.of("id")), Map.entry("deal_company", List.of("company_id")),
            Map.entry("project_deal", List.of("deal")), Map.entry("scheduled_tasks", List.of("task_name")),
            Map.entry("stated_balance", List.of("bank_account", "on_day", "source", "amount")));
    /** What lives for minutes. */
    private static final List<String> PASSING = List.of("lease", "quota", "window_row");

    @TempDir
    static Path home;

    @Test
    void anH2StoreOfAnEarlierVersionGoesOn() throws Exception {
        upgraded(Databases.h2Url(home), "", "h2.log");
    }

    @Test
    void aPostgreSqlStoreOfAnEarlierVersionGoesOn() throws Exception {
        upgraded(Databases.postgresUrl(), "postgres", "postgres.log");
    }

    private static void upgraded(String url, String user, String log) throws Exception {
        EarlierStore before = EarlierStore.of("22");
        DataSource database = new DriverManagerDataSource(url, user, "");
        before.into(database);
        try (Sandbox sandbox = world(before)) {
            assertThat(comments(sandbox.portal(), payment(sandbox.portal(), "МК-22"))).isEmpty();
            assertThat(sandbox.portal().stage(payment(sandbox.portal(), "18/26"))).isNotEqualTo("Оплачен");
            try (Daemon daemon = Daemon.start(settings(sandbox, url), home.resolve(log)).ready()) {
                sandbox.tell(daemon.address());
                waitingWorkIsDone(sandbox, daemon);
                peopleFindWhatTheyLeft(before, daemon);
            }
            try (Connection connection = database.getConnection()) {
                nothingIsLost(before, connection);
                decidedStaysDecided(before, connection);
                thePortalShowsTheShares(sandbox.portal(), connection);
            }
        }
        assertThat(Flyway.configure().dataSource(database).load().info().pending()).isEmpty();
    }

    /** The portal and the bank as they were when the earlier program was killed. */
    private static Sandbox world(EarlierStore before) {
        Sandbox sandbox = Sandbox.open(Clock.offset(Clock.systemUTC(), OFFSET));
        sandbox.bitrix24().limited(false);
        Crm crm = sandbox.portal().crm();
        before.world.path("items").forEach(one -> {
            Map<String, Object> item = new LinkedHashMap<>();
            one.properties().forEach(field -> item.put(field.getKey(), field.getValue().isNull() ? null
                    : EarlierStore.map(one).get(field.getKey())));
            crm.reinstate(one.path("entityTypeId").asInt(), item);
        });
        before.world.path("comments").forEach(one -> crm.comment(one.path("type").asString(), one.path("item").asInt(),
                one.path("text").asString(), one.path("author").asInt()));
        sandbox.tbank().company().reinstate(StreamSupport.stream(before.world.path("bank").spliterator(), false)
                .map(EarlierStore::map).toList());
        return sandbox;
    }

    private static Map<String, String> settings(Sandbox sandbox, String url) {
        Map<String, String> settings = new TreeMap<>(sandbox.settings());
        // of the other vendors' side nothing was kept, so they have no account here
        settings.keySet().removeIf(key -> key.matches("sverka\\.(clickup|fintablo|diadoc|saby)\\..*"));
        settings.put("sverka.database.url", url);
        settings.put("sverka.clock-offset", OFFSET.toString());
        settings.put("sverka.own-companies[0].accounts[1]", "40702810700009990010");
        settings.put("sverka.poll.bank", "2s");
        settings.put("sverka.poll.bitrix24", "3s");
        settings.put("sverka.bitrix24.main.plan", "enterprise");
        settings.put("sverka.home", Path.of("").toAbsolutePath().toString());
        return settings;
    }

    private static Map<String, Object> payment(Portal portal, String number) {
        return portal.items(Portal.PAYMENTS).stream().filter(one -> number.equals(one.get("ufCrm12Number"))).findFirst()
                .orElseThrow();
    }

    private static void waitingWorkIsDone(Sandbox sandbox, Daemon daemon) {
        Portal portal = sandbox.portal();
        Awaitility.await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
            assertThat(portal.stage(payment(portal, "МК-22"))).as("its write was under way").isEqualTo("Оплачен");
            assertThat(comments(portal, payment(portal, "МК-22"))).as("and its comment was yet to come").hasSize(1);
            assertThat(portal.stage(payment(portal, "18/26"))).as("its statement was being asked for").isEqualTo("Оплачен");
            assertThat(daemon.isAtRest()).isTrue();
        });
    }

    private static List<String> comments(Portal portal, Map<String, Object> payment) {
        return portal.comments(Portal.PAYMENTS, (Integer) payment.get("id")).stream().map(Crm.Comment::text).toList();
    }

    private static void peopleFindWhatTheyLeft(EarlierStore before, Daemon daemon) throws Exception {
        List<Integer> reviews = ids(daemon.api("/api/reviews"));
        assertThat(reviews).containsAll(before.rows.get("review").stream().filter(one -> "open".equals(one.get("state")))
                .map(one -> (Integer) one.get("id")).toList());
        assertThat(ids(daemon.api("/api/journal?state=dead&limit=100"))).containsAll(ids(before, "entry",
                row -> "dead".equals(row.get("state"))));
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                daemon.api("/api/operations?q=%D0%9C%D0%9A-14&from=2026-11-01&to=2026-11-23").size()).as("МК-14, by words")
                .isEqualTo(1));
    }

    private static List<Integer> ids(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(one -> one.path("id").asInt()).toList();
    }

    private static List<Integer> ids(EarlierStore before, String table, Predicate<Map<String, Object>> which) {
        return before.rows.get(table).stream().filter(which).map(row -> (Integer) row.get("id")).toList();
    }

    private static void nothingIsLost(EarlierStore before, Connection connection) throws SQLException {
        for (Map.Entry<String, List<Map<String, Object>>> table : before.rows.entrySet()) {
            if (!PASSING.contains(table.getKey())) {
                List<String> kept = KEPT.getOrDefault(table.getKey(), List.copyOf(table.getValue().stream()
                        .flatMap(row -> row.keySet().stream()).collect(Collectors.toSet())));
                Function<Map<String, Object>, String> text = row -> kept.stream().map(column -> column + "="
                        + plain(row.get(column))).collect(Collectors.joining(" "));
                assertThat(EarlierStore.read(connection, table.getKey()).stream().map(text)).as(table.getKey())
                        .containsAll(table.getValue().stream().map(text).toList());
            }
        }
    }

    private static String plain(Object value) {
        return Objects.toString(value, "");
    }

    /** What was closed, decided or ended is as it was, to the last letter. */
    private static void decidedStaysDecided(EarlierStore before, Connection connection) throws SQLException {
        same(before, connection, "intent", row -> row.get("closed_at") != null);
        same(before, connection, "share", row -> row.get("ended_by") != null);
        same(before, connection, "review", row -> !"open".equals(row.get("state")));
        same(before, connection, "entry", row -> List.of("done", "dead").contains(row.get("state")));
        List<Map<String, Object>> shares = EarlierStore.read(connection, "share");
        assertThat(shares.stream().filter(row -> ids(before, "share", one -> one.get("ended_by") == null)
                .contains(((Number) row.get("id")).intValue())).toList()).as("no share ends by an upgrade")
                .allSatisfy(row -> assertThat(row.get("ended_by")).isNull());
        assertThat(shares).as("and none begins but that of the money that was on its way")
                .hasSize(before.rows.get("share").size() + 1);
    }

    private static void same(EarlierStore before, Connection connection, String table,
            Predicate<Map<String, Object>> which) throws SQLException {
        Map<Object, Map<String, Object>> after = EarlierStore.read(connection, table).stream()
                .collect(Collectors.toMap(row -> plain(row.get("id")), Function.identity()));
        assertThat(before.rows.get(table).stream().filter(which).toList()).isNotEmpty().allSatisfy(row ->
                row.forEach((column, value) -> assertThat(plain(after.get(plain(row.get("id"))).get(column)))
                        .as("%s %s, %s", table, row.get("id"), column).isEqualTo(plain(value))));
    }

    /** Each payment's sum is that of its shares, and no operation is told twice. */
    private static void thePortalShowsTheShares(Portal portal, Connection connection) throws SQLException {
        Map<Integer, Long> shares = EarlierStore.read(connection, "share").stream()
                .filter(row -> row.get("ended_by") == null).collect(Collectors.groupingBy(
                        row -> ((Number) row.get("payment_id")).intValue(),
                        Collectors.summingLong(row -> ((Number) row.get("amount")).longValue())));
        for (Map<String, Object> payment : portal.items(Portal.PAYMENTS)) {
            assertThat(portal.paid(payment)).as("%s", payment.get("ufCrm12Number")).isEqualByComparingTo(
                    BigDecimal.valueOf(shares.getOrDefault((Integer) payment.get("id"), 0L), 2));
            List<String> markers = new ArrayList<>(comments(portal, payment).stream()
                    .map(text -> text.substring(text.lastIndexOf('\n') + 1)).toList());
            assertThat(markers).as("%s", payment.get("ufCrm12Number")).doesNotHaveDuplicates();
        }
    }
}
