package dev.sverka.flows.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sverka.Application;
import dev.sverka.core.state.Cursors;
import dev.sverka.core.state.Links;
import dev.sverka.flows.deals.Deals;
import dev.sverka.flows.payments.Payments;
import dev.sverka.flows.payments.Reviews;
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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The program with the shipped routes/books.yaml beside a FinTablo over HTTP; portal and bank are played by hand. */
final class BooksStage implements AutoCloseable {

    static final String ACCOUNT = "40702810200009990001";
    static final long MONEYBAG = 90_211;
    static final long INCOMES = 1_701_210;
    static final long DIRECTION = 148_701;
    private static final String MAPPING = """
            directions: {default: 148701, Продажи: %d}
            categories: {in: 1701210, out: 1701320}
            moneybags: {"40702810200009990001": 90211}
            """;

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
    final FinTabloStandIn vendor = new FinTabloStandIn(0, clock);
    final FinTabloCompany company = vendor.company();
    /** Direction of the deals' funnel «Продажи». */
    final long sales = company.enter("direction", Map.of("name", "Продажи"));
    final JdbcClient jdbc;
    final Books books;
    final Reviews reviews;
    final Links links;
    final LocalDate day = LocalDate.now(ZoneId.of("Europe/Moscow"));
    private final ConfigurableApplicationContext daemon;
    private final Payments payments;
    private long sequence = 1000;
    private String inn = "";
    private long customer;

    BooksStage(Path home, String store, String... more) throws IOException {
        Files.createDirectories(home.resolve("routes"));
        Files.createDirectories(home.resolve("mappings"));
        Files.copy(Path.of("routes/books.yaml"), home.resolve("routes/books.yaml"));
        for (String name : List.of("portal.yaml", "bank-rules.yaml", "calendar.yaml")) {
            Files.copy(Path.of("mappings/" + name), home.resolve("mappings/" + name));
        }
        Files.writeString(home.resolve("mappings/fintablo.yaml"), MAPPING.formatted(sales));
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.addInitializers(context -> ((GenericApplicationContext) context).registerBean("movableClock",
                Clock.class, () -> clock, bean -> bean.setPrimary(true)));
        company.switches().perMinute(100_000);
        String[] settings = {"--sverka.home=" + home, "--sverka.database.url=" + store,
            "--sverka.payments.mode=automatic", "--sverka.payments.history=decide", "--sverka.poll.fintablo=PT0.5S",
            "--sverka.poll.bitrix24=PT100H", "--sverka.own-companies[0].inn=0099000014",
            "--sverka.own-companies[0].accounts[0]=" + ACCOUNT, "--sverka.fintablo.main.url=" + vendor.url(),
            "--sverka.fintablo.main.token=" + FinTabloStandIn.TOKEN,
            "--sverka.fintablo.main.requests-per-minute=300"};
        daemon = application.run(Stream.concat(Arrays.stream(settings).filter(one -> Arrays.stream(more)
                .noneMatch(other -> one.startsWith(other.substring(0, other.indexOf('=') + 1)))), Arrays.stream(more)).toArray(String[]::new));
        payments = daemon.getBean(Payments.class);
        books = daemon.getBean(Books.class);
        reviews = daemon.getBean(Reviews.class);
        links = daemon.getBean(Links.class);
        jdbc = daemon.getBean(JdbcClient.class);
    }

    /** A customer of this test's own, known to the portal and to FinTablo. @return FinTablo's partner */
    long customer() {
        stranger();
        return company.enter("partner", Map.of("name", "Ромашка " + customer, "inn", inn));
    }

    /** A customer of this test's own, of whom FinTablo does not know. @return its ИНН */
    String stranger() {
        for (String feed : List.of("bitrix24.main/payment", "bitrix24.main/company")) {
            daemon.getBean(Cursors.class).save(feed, Map.of());
            daemon.getBean(Cursors.class).reached(feed);
        }
        customer = ++sequence;
        inn = String.format("%010d", customer);
        payments.rememberCompany(Map.of("id", customer, "title", "ООО «Ромашка»",
                "requisites", List.of(Map.of("inn", inn, "kpp", "009901002"))));
        return inn;
    }

    /** The present customer's. */
    String inn() {
        return inn;
    }

    /** FinTablo's partners of an ИНН. */
    List<Map<String, Object>> partners(String inn) {
        return company.all("partner").stream().filter(one -> inn.equals(one.get("inn"))).toList();
    }

    /** News of a deal comes from the portal, in the funnel «Продажи». */
    void inSales(long portalId) {
        daemon.getBean(Deals.class).begin(Map.of("id", portalId, "pipeline", "main", "stage", "work"), "any");
    }

    /** A deal that FinTablo knows. @return its id there */
    long deal(long portalId) {
        long theirs = company.enter("deal", Map.of("name", "Магазин " + portalId, "directionId", DIRECTION));
        links.link(Bookings.DEALS, Long.toString(portalId), Long.toString(theirs));
        return theirs;
    }

    /** An invoice of a deal on the portal. @return its id */
    long invoice(String number, String amount, long deal) {
        return payment(number, amount, deal, Map.of("pipeline", "in", "stage", "invoiced"));
    }

    /** @param more pipeline, stage and what else the payment says */
    long payment(String number, String amount, long deal, Map<String, Object> more) {
        long id = ++sequence;
        Map<String, Object> item = new LinkedHashMap<>(Map.of("id", id, "entity", "payment", "title", "Счёт № " + number, "number", number, "invoiceDate", day.minusDays(4).toString(),
                "amount", new BigDecimal(amount), "currency", "RUB"));
        item.putAll(more);
        item.put("company", customer);
        item.put("deal", deal);
        item.put("updatedTime", clock.instant().toString());
        payments.remember(item);
        return id;
    }

    /** Money of the customer. @return our id of the operation */
    long pay(String amount, String purpose) {
        return pay(amount, purpose, "INCOMING");
    }

    long pay(String amount, String purpose, String direction) {
        String source = "op-" + ++sequence;
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("source", "tbank.main");
        operation.put("sourceId", source);
        operation.put("version", "1");
        operation.put("bankAccount", ACCOUNT);
        operation.put("direction", direction);
        operation.put("amount", new BigDecimal(amount).movePointRight(2).longValueExact());
        operation.put("currency", "RUB");
        operation.put("bookedOn", day.toString());
        operation.put("documentNumber", "" + sequence);
        operation.put("purpose", purpose);
        Map<String, Object> party = new LinkedHashMap<>(Map.of("inn", inn, "name", "ООО «Ромашка»", "account",
                "40702810600000880012"));
        operation.put("counterparty", party);
        operation.put("readAt", clock.instant().toString());
        operation.put("fingerprint", source);
        payments.decide(operation);
        return jdbc.sql("select operation_id from operation_alias where source_id = ?").param(source)
                .query(Long.class).single();
    }

    /** FinTablo's own import. @return FinTablo's id */
    long imported(LocalDate on, String amount, String description, Long partner) {
        return imported(on, amount, description, partner, "income");
    }

    long imported(LocalDate on, String amount, String description, Long partner, String group) {
        return company.bank(MONEYBAG, on, new BigDecimal(amount), group, description, partner);
    }

    Map<String, Object> theirs(long id) {
        return company.one("transaction", id);
    }

    List<Map<String, Object>> parts(long id) {
        return company.all("transaction").stream().filter(one -> Long.valueOf(id).equals(one.get("parentId"))).toList();
    }

    static void eventually(ThrowingRunnable what) {
        await().atMost(Duration.ofSeconds(30)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(50))
                .untilAsserted(what);
    }

    /** State of the entry that books an operation, newest. */
    String entry(long operation) {
        return jdbc.sql("select state from entry where flow = 'books' and order_key = ? order by id desc limit 1")
                .param(Long.toString(operation)).query(String.class).optional().orElse("none");
    }

    void booked(long operation) {
        eventually(() -> assertThat(entry(operation)).isEqualTo("done"));
    }

    @Override
    public void close() {
        daemon.close();
        vendor.close();
    }
}
