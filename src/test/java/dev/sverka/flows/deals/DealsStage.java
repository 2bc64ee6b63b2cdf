package dev.sverka.flows.deals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sverka.Application;
import dev.sverka.core.portal.Portals;
import dev.sverka.sandbox.bitrix24.Bitrix24StandIn;
import dev.sverka.sandbox.bitrix24.DeclaredPortal;
import dev.sverka.sandbox.bitrix24.OutgoingWebhook;
import dev.sverka.sandbox.bitrix24.Portal;
import dev.sverka.sandbox.fintablo.FinTabloCompany;
import dev.sverka.sandbox.fintablo.FinTabloStandIn;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The program with the shipped routes beside a portal that tells of its changes, and a FinTablo, over HTTP. */
final class DealsStage implements AutoCloseable {

    static final String MAPPING = """
            directions: {default: 148701}
            categories: {in: 1701210, out: 1701320}
            dealStatuses: {open: 40711, won: 40713, lost: 40713}
            plans: {"7707083893/RUB": 90211}
            """;
    private static final int CONTACTS = 3;
    static final long DIRECTION = 148_701;
    static final LocalDate DUE = LocalDate.parse("2026-12-20");

    /** It goes on by itself; a test may move it forward. */
    static final class MovableClock extends Clock {

        private volatile Duration ahead = Duration.ZERO;

        void advance(Duration by) {
            ahead = ahead.plus(by);
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    final MovableClock clock = new MovableClock();
    final Bitrix24StandIn vendor = new Bitrix24StandIn(0, clock).limited(false);
    final FinTabloStandIn books = new FinTabloStandIn(0, clock);
    final FinTabloCompany company = books.company();
    final DeclaredPortal portal;
    final JdbcClient jdbc;
    final long ours;
    private final Portal people;
    private final OutgoingWebhook events = new OutgoingWebhook(vendor.crm());
    private final ConfigurableApplicationContext daemon;
    private final Path home;
    private int sequence;

    /** @param on whether FinTablo has a token */
    DealsStage(Path home, String store, boolean on) throws IOException {
        this(home, store, on, UnaryOperator.identity());
    }

    /** @param edit what people have made of the shipped routes */
    DealsStage(Path home, String store, boolean on, UnaryOperator<String> edit) throws IOException {
        this.home = home;
        people = Portal.of(vendor.crm());
        portal = new DeclaredPortal(people, Portals.declared(Files.readString(Path.of("mappings/portal.yaml"))).get());
        ours = people.company("ООО «Северный маяк»", "7707083893", "770701001", true);
        Files.createDirectories(home.resolve("routes"));
        Files.createDirectories(home.resolve("mappings"));
        for (String name : List.of("deal-fintablo", "deals", "payments", "calendar", "paperwork")) {
            Files.writeString(home.resolve("routes/" + name + ".yaml"),
                    edit.apply(Files.readString(Path.of("routes/" + name + ".yaml"))));
        }
        for (String name : List.of("portal", "bank-rules", "calendar")) {
            Files.copy(Path.of("mappings/" + name + ".yaml"), home.resolve("mappings/" + name + ".yaml"));
        }
        map(MAPPING);
        SpringApplication application = new SpringApplication(Application.class);
        application.addInitializers(context -> ((GenericApplicationContext) context).registerBean("movableClock",
                Clock.class, () -> clock, bean -> bean.setPrimary(true)));
        company.switches().perMinute(100_000);
        String[] settings = {"--sverka.home=" + home, "--sverka.database.url=" + store, "--server.port=0",
            "--server.address=127.0.0.1", "--sverka.console.password=test", "--sverka.poll.bitrix24=PT100H",
            "--sverka.poll.fintablo=PT0.5S", "--sverka.bitrix24.main.url=" + vendor.url(),
            "--sverka.bitrix24.main.application-token=" + OutgoingWebhook.TOKEN,
            "--sverka.bitrix24.main.plan=enterprise", "--sverka.bitrix24.main.longest-execution=PT0.1S",
            "--sverka.own-companies[0].inn=7707083893",
            "--sverka.own-companies[0].accounts[0]=40702810000000007781", "--sverka.fintablo.main.url=" + books.url(),
            "--sverka.fintablo.main.requests-per-minute=300",
            on ? "--sverka.fintablo.main.token=" + FinTabloStandIn.TOKEN : "--sverka.locale=ru"};
        daemon = application.run(settings);
        jdbc = daemon.getBean(JdbcClient.class);
        events.to("http://127.0.0.1:" + ((ServletWebServerApplicationContext) daemon).getWebServer().getPort()
                + "/hooks/bitrix24");
    }

    /** A person edits mappings/fintablo.yaml. */
    void map(String text) throws IOException {
        Files.writeString(home.resolve("mappings/fintablo.yaml"), text);
    }

    /** A customer with a number of its own. @return id on the portal */
    long customer(String inn) {
        return people.company("ООО «Ромашка " + ++sequence + "»", inn, "770101001", false);
    }

    static String inn(int number) {
        return String.format("%010d", 7_700_000_000L + number);
    }

    /** @param vat null for none said */
    long deal(long customer, String amount, String vat) {
        Map<String, Object> fields = new LinkedHashMap<>(Map.of("title", "Магазин " + ++sequence, "company", customer,
                "amount", new BigDecimal(amount), "stage", "work", "begin", "2026-11-01", "end", "2027-02-01"));
        if (vat != null) {
            fields.put("vat", vat);
        }
        return portal.add("deal", fields);
    }

    long payment(long customer, long deal, String side, String amount) {
        Map<String, Object> fields = new LinkedHashMap<>(Map.of("title", "Счёт № " + ++sequence, "pipeline", side,
                "stage", "planned", "company", customer, "ourCompany", ours, "amount", new BigDecimal(amount),
                "vat", "20 %", "dueDate", DUE.toString()));
        if (deal > 0) {
            fields.put("deal", deal);
        }
        return portal.add("payment", fields);
    }

    List<Map<String, Object>> theirs(String resource, long id) {
        String marker = Deals.MARKER + id;
        return company.all(resource).stream().filter(one -> Stream.of("comment", "description").map(one::get)
                .anyMatch(text -> text != null && List.of(text.toString().split("\\s+")).stream()
                        .anyMatch(word -> word.equals(marker) || word.startsWith(marker + ".")))).toList();
    }

    /** FinTablo's only object for one of the portal's. */
    Map<String, Object> one(String resource, long id) {
        eventually(() -> assertThat(theirs(resource, id)).as("%s", entries(
                "flow like 'deal-%'")).isNotEmpty());
        assertThat(theirs(resource, id)).hasSize(1);
        return theirs(resource, id).get(0);
    }

    static void eventually(ThrowingRunnable what) {
        await().atMost(Duration.ofSeconds(30)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(30))
                .untilAsserted(what);
    }

    /** Until nothing of the deals' flows is queued or at work. */
    void rest() {
        // events go one after another: once that of another change is on its way, those before it have arrived
        Object flag = vendor.crm().add(CONTACTS, Map.of("name", "Анна"), Portal.PERSON).get("id");
        eventually(() -> assertThat(events.sent()).anyMatch(body -> body.toUpperCase(Locale.ROOT)
                .contains("ONCRMCONTACTADD") && body.contains("%5BID%5D=" + flag + "&")));
        eventually(() -> assertThat(entries("state in ('queued', 'working', 'waiting') and (flow like 'deal-%'"
                + " or flow in ('company-changed', 'pushed')) and order_key not like '%/contact/%'")).isEmpty());
    }

    /** What the journal holds of the flows, for whom a test fails. */
    private List<String> entries(String where) {
        return jdbc.sql("select flow, order_key, state, message from entry where " + where + " order by id")
                .query((row, n) -> row.getString(1) + " " + row.getString(2) + " " + row.getString(3) + " "
                        + row.getString(4)).list();
    }

    /** Messages of dead entries. */
    List<String> dead(String flow, long id) {
        return jdbc.sql("select message from entry where flow = ? and order_key = ? and state = 'dead' order by id")
                .params(flow, Long.toString(id)).query(String.class).list();
    }

    /** Calls to FinTablo but those that every poll makes. */
    long calls() {
        return books.calls().stream().filter(call -> !List.of("list transaction", "get deal").contains(call)).count();
    }

    List<String> comments(String entity, long id) {
        return portal.comments(entity, id);
    }

    /** Writing calls that FinTablo carried out. */
    List<String> writes() {
        return company.ledger();
    }

    /** Money that moved, as FinTablo has it from the bank. @return its id */
    long fact(long theirDeal, String group, String amount) {
        long id = company.bank(90_211, LocalDate.ofInstant(clock.instant(), ZoneId.of("Europe/Moscow")),
                new BigDecimal(amount), group, "Оплата", null);
        company.edit("transaction", id, "dealId", theirDeal);
        return id;
    }

    /** A sum on the portal's deal; minus one while there is none. */
    BigDecimal money(long deal, String field) {
        Object held = portal.held("deal", deal, field);
        return held == null || held.toString().isEmpty() ? BigDecimal.ONE.negate()
                : new BigDecimal(held.toString().replaceFirst("\\|.*", ""));
    }

    @Override
    public void close() {
        daemon.close();
        events.close();
        books.close();
        vendor.close();
    }
}
