package dev.sverka.desk.console;

import dev.sverka.Application;
import dev.sverka.core.journal.Event;
import dev.sverka.core.journal.Journal;
import dev.sverka.core.state.AcceptedTexts;
import dev.sverka.core.state.Cursors;
import dev.sverka.core.state.Problem;
import dev.sverka.core.state.Refusals;
import dev.sverka.flows.books.Books;
import dev.sverka.flows.payments.Payments;
import dev.sverka.flows.payments.Reviews;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The whole daemon with its pages over a store of its own, in shadow; bank and portal are told by hand. */
final class DeskStage implements AutoCloseable {

    static final String ACCOUNT = "40702810200009990001";
    private static final AtomicLong IDS = new AtomicLong(1000);

    final ConfigurableApplicationContext daemon;
    final Payments payments;
    final Reviews reviews;
    final JdbcClient jdbc;
    private final JsonMapper json;

    /** @param more of the configuration, as arguments */
    DeskStage(String store, String... more) {
        SpringApplication application = new SpringApplication(Application.class);
        application.setDefaultProperties(Map.of("server.port", "0", "server.address", "127.0.0.1"));
        daemon = application.run(Stream.concat(Stream.of("--sverka.database.url=" + store, "--sverka.routes.start=false",
                "--sverka.payments.history=decide", "--sverka.poll.bitrix24=PT1H",
                "--sverka.own-companies[0].inn=0099000014", "--sverka.own-companies[0].accounts[0]=" + ACCOUNT,
                "--sverka.console.password=secret", "--sverka.console.users[0].name=Анна",
                "--sverka.console.users[0].password=secret", "--sverka.console.users[0].role=finance",
                "--sverka.console.users[1].name=guest", "--sverka.console.users[1].password=secret"), Arrays.stream(more)).toArray(String[]::new));
        payments = daemon.getBean(Payments.class);
        reviews = daemon.getBean(Reviews.class);
        jdbc = daemon.getBean(JdbcClient.class);
        json = daemon.getBean(JsonMapper.class);
        for (String feed : List.of("bitrix24.main/payment", "bitrix24.main/company")) {
            daemon.getBean(Cursors.class).save(feed, Map.of());
            daemon.getBean(Cursors.class).reached(feed);
        }
    }

    String address() {
        return "http://localhost:" + ((ServletWebServerApplicationContext) daemon).getWebServer().getPort();
    }

    /** A customer on the portal. */
    record Customer(long id, String inn, String name) {
    }

    Customer customer(String name) {
        long id = IDS.incrementAndGet();
        Customer customer = new Customer(id, String.format("%010d", id), name);
        payments.rememberCompany(Map.of("id", id, "title", name,
                "requisites", List.of(Map.of("inn", customer.inn(), "kpp", "009901002"))));
        return customer;
    }

    /** @return its id on the portal */
    long invoice(Customer customer, String number, String amount) {
        return invoice(customer, number, amount, null);
    }

    /** @param paid what somebody marked as paid on the portal */
    long invoice(Customer customer, String number, String amount, String paid) {
        long id = IDS.incrementAndGet();
        Map<String, Object> item = new LinkedHashMap<>(Map.of("id", id, "entity", "payment", "pipeline", "in",
                "stage", "invoiced", "title", "Счёт № " + number, "number", number, "invoiceDate", "2026-11-12",
                "amount", new BigDecimal(amount), "currency", "RUB"));
        item.put("company", customer.id());
        item.put("updatedTime", Instant.ofEpochSecond(1_795_000_000L + id).toString());
        payments.remember(new HashMap<>(item));
        if (paid != null) {
            item.put("paid", new BigDecimal(paid));
            item.put("updatedTime", Instant.ofEpochSecond(1_795_000_001L + id).toString());
            payments.remember(item);
        }
        return id;
    }

    /** What a customer did with payments that came due each week: some days late. */
    void habit(Customer customer, int weeks, LocalDate today) {
        for (int n = 0; n < weeks; n++) {
            LocalDate due = today.minusDays(20 + 7 * n);
            planned(customer, "in", "Р-" + n, "1000.00", due, due.plusDays(3 + n % 9));
        }
    }

    /** A payment with a term. @param paidOn null for one that is open @return its id on the portal */
    long planned(Customer customer, String pipeline, String number, String amount, LocalDate due, LocalDate paidOn) {
        long id = IDS.incrementAndGet();
        Map<String, Object> item = new HashMap<>(Map.of("id", id, "entity", "payment", "pipeline", pipeline, "stage",
                "invoiced", "title", "Счёт № " + number, "number", number, "dueDate", due.toString()));
        item.putAll(Map.of("amount", new BigDecimal(amount), "currency", "RUB", "company", customer.id(),
                "updatedTime", "2026-11-17T00:00:00Z"));
        payments.remember(new HashMap<>(item));
        if (paidOn != null) {
            item.putAll(Map.of("paid", new BigDecimal(amount), "paidDate", paidOn.toString(),
                    "updatedTime", "2026-11-17T00:00:01Z"));
            payments.remember(item);
        }
        return id;
    }

    /** What the bank says stood on the account when the day began. */
    void balance(LocalDate day, String amount) {
        daemon.getBean(Books.class).balances(Map.of("source", "tbank.main", "bankAccount", ACCOUNT,
                "readAt", day + "T00:00:00Z", "starts", List.of(Map.of("day", day.toString(),
                        "amount", new BigDecimal(amount).movePointRight(2).longValueExact()))));
    }

    /** @return an entry of the journal that waits for a person */
    long dead(String flow, String cause, String message) {
        long id = daemon.getBean(Journal.class).accept(new Event(flow, "bitrix24.main", "key-" + IDS.incrementAndGet(),
                null, false, Map.of("sum", "45000.00"), Map.of("SyncAccount", "bitrix24.main"), null));
        long now = System.currentTimeMillis();
        jdbc.sql("update entry set state = 'dead', head_key = null, claim_at = null, ended_at = ?, attempts = 1, "
                + "cause = ?, message = ? where id = ?").params(now, cause, message, id).update();
        jdbc.sql("insert into entry_event (entry, at, kind, attempt, cause, message) values (?, ?, 'dead', 1, ?, ?)")
                .params(id, now, cause, message).update();
        return id;
    }

    /** As a folder that held, one edit of it, and one that was refused. */
    void folders() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (String kind : List.of("routes", "mappings")) {
            try (Stream<Path> files = Files.list(Path.of(kind))) {
                for (Path file : files.toList()) {
                    texts.put(kind + "/" + file.getFileName(), Files.readString(file));
                }
            }
        }
        AcceptedTexts accepted = daemon.getBean(AcceptedTexts.class);
        accepted.replace(texts);
        texts.computeIfPresent("routes/alerts.yaml", (file, text) -> text.replace("tells", "<b>tells</b>"));
        accepted.replace(texts);
        daemon.getBean(Refusals.class).set("routes/bank.yaml", List.of(new Problem("routes/bank.yaml", 7,
                "unknown verb 'chnaged'", "tbank knows changed, list, pushed")));
    }

    /** Money comes, is decided on, and its question asked. @return the operation's id */
    long money(Customer customer, String amount, String purpose) {
        return told("INCOMING", amount, purpose, Map.of("inn", customer.inn(), "name", customer.name(),
                "account", "40702810600000880012"));
    }

    /** Money whose bank tells no ИНН of the payer. */
    long nameless(String name, String account, String amount, String purpose) {
        return told("INCOMING", amount, purpose, Map.of("name", name, "account", account));
    }

    /** Money that went to somebody without an ИНН. */
    long spent(String name, String account, String amount, String purpose) {
        return told("OUTGOING", amount, purpose, Map.of("name", name, "account", account));
    }

    private long told(String direction, String amount, String purpose, Map<String, Object> party) {
        String source = "op-" + IDS.incrementAndGet();
        Map<String, Object> operation = new LinkedHashMap<>(Map.of("source", "tbank.main", "sourceId", source,
                "version", source, "bankAccount", ACCOUNT, "direction", direction,
                "amount", new BigDecimal(amount).movePointRight(2).longValueExact(), "currency", "RUB",
                "bookedOn", "2026-11-16", "documentNumber", "117", "purpose", purpose));
        operation.put("counterparty", party);
        operation.put("readAt", "2026-11-17T00:00:00Z");
        operation.put("fingerprint", source);
        payments.decide(operation);
        work();
        return jdbc.sql("select operation_id from operation_alias where source_id = ?").param(source)
                .query(Long.class).single();
    }

    /** The bank shows nothing of the day any more. */
    void bankShowsNothing() {
        payments.window(new LinkedHashMap<>(Map.of("id", "w" + IDS.incrementAndGet(), "part", 1, "parts", 1,
                "source", "tbank.main", "bankAccount", ACCOUNT, "fromDate", "2026-11-16",
                "toDateExclusive", "2026-11-17", "readAt", "2026-11-18T00:00:00Z", "seen", List.of())));
        work();
    }

    /** Works off what decisions on customers wait in the journal, as their route would. */
    void work() {
        while (true) {
            List<Map<String, Object>> entries = jdbc.sql("""
                    select id, payload from entry where state in ('queued', 'waiting') and flow = 'customer-decide'
                    order by id limit 1""").query().listOfRows();
            if (entries.isEmpty()) {
                return;
            }
            jdbc.sql("update entry set state = 'done', head_key = null, claim_at = null where id = ?")
                    .param(entries.get(0).get("id")).update();
            payments.decideCustomer(json.readValue(String.valueOf(entries.get(0).get("payload")),
                    new TypeReference<Map<String, Object>>() { }));
        }
    }

    /** The open question on an operation. */
    long question(long operation) {
        return jdbc.sql("select id from review where operation_id = ? and state = 'open'").param(operation)
                .query(Long.class).single();
    }

    String box(long operation) {
        return jdbc.sql("select box from bank_operation where id = ?").param(operation).query(String.class).single();
    }

    /** What stands of an operation on payments, kopecks by payment. */
    Map<Long, Long> shares(long operation) {
        Map<Long, Long> shares = new HashMap<>();
        jdbc.sql("select payment_id, amount from share where operation_id = ? and ended_by is null").param(operation)
                .query(row -> {
                    shares.merge(row.getLong(1), row.getLong(2), Long::sum);
                });
        return shares;
    }

    /** Nothing waits any more: the next test sees its own questions alone. */
    void forget() {
        jdbc.sql("update review set state = 'settled' where state = 'open'").update();
        jdbc.sql("update bank_operation set box = 'ignored' where box in ('new', 'review')").update();
    }

    List<String> texts(String sql, Object... arguments) {
        return new ArrayList<>(jdbc.sql(sql).params(arguments).query(String.class).list());
    }

    @Override
    public void close() {
        daemon.close();
    }
}
