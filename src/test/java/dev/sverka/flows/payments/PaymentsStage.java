package dev.sverka.flows.payments;

import dev.sverka.Application;
import dev.sverka.core.state.Check;
import dev.sverka.core.state.Cursors;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The flow's beans over a real store, with a portal played by hand: what people and the flow's writes leave there is what
 * the flow reads next. Journal entries are worked off one by one, as routes would, so that a test can stop in between.
 */
final class PaymentsStage implements AutoCloseable {

    static final String OWN = "0099000014";
    static final String BANK = "0099000077";
    static final String ACCOUNT = "40702810200009990001";
    private static final AtomicLong IDS = new AtomicLong(1000);

    final ConfigurableApplicationContext daemon;
    final Payments payments;
    final Reviews reviews;
    final JdbcClient jdbc;
    private final JsonMapper json;
    /** Items as the portal holds them, by id. */
    final Map<Long, Map<String, Object>> portal = new TreeMap<>();
    private long seconds = Instant.parse("2026-11-20T09:00:00Z").getEpochSecond();
    String inn = "";
    /** The banking day of this test's operations. */
    private LocalDate day = LocalDate.parse("2026-11-16");
    private boolean ownDay;
    long company;

    PaymentsStage(String store, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--sverka.database.url=" + store, "--sverka.routes.start=false",
                "--sverka.payments.mode=automatic", "--sverka.own-companies[0].inn=" + OWN,
                "--sverka.payments.history=decide", "--sverka.poll.bitrix24=PT1H",
                "--sverka.own-companies[0].accounts[0]=" + ACCOUNT, "--sverka.banks[0].inn=" + BANK));
        for (String one : more) {
            arguments.removeIf(other -> other.startsWith(one.substring(0, one.indexOf('=') + 1)));
            arguments.add(one);
        }
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        daemon = application.run(arguments.toArray(String[]::new));
        payments = daemon.getBean(Payments.class);
        reviews = daemon.getBean(Reviews.class);
        jdbc = daemon.getBean(JdbcClient.class);
        json = daemon.getBean(JsonMapper.class);
        // the shipped mappings are in force from now on: later looks at the folders change nothing of what a test puts
        daemon.getBean("routesCheck", Check.class).check();
    }

    /** The portal has been read to the present. */
    void read() {
        for (String feed : List.of("bitrix24.main/payment", "bitrix24.main/company")) {
            daemon.getBean(Cursors.class).save(feed, Map.of());
            daemon.getBean(Cursors.class).reached(feed);
        }
    }

    /** A customer of this test's own. */
    void customer() {
        company = nextId();
        inn = String.format("%010d", company);
        payments.rememberCompany(Map.of("id", company, "title", "ООО «Ромашка»",
                "requisites", List.of(Map.of("inn", inn, "kpp", "009901002"))));
    }

    /** A customer with a banking day of its own, so that a window of it holds nothing else. */
    void customerOfADay() {
        day = day.plusDays(2);
        ownDay = true;
        customer();
    }

    static long nextId() {
        return IDS.incrementAndGet();
    }

    static String newSource() {
        return "op-" + nextId();
    }

    Map<String, Object> operation(String id, String amount, String purpose) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("source", "tbank.main");
        operation.put("sourceId", id);
        operation.put("version", amount + purpose.hashCode());
        operation.put("bankAccount", ACCOUNT);
        operation.put("direction", "INCOMING");
        operation.put("amount", new BigDecimal(amount).movePointRight(2).longValueExact());
        operation.put("currency", "RUB");
        operation.put("bookedOn", day.toString());
        operation.put("documentNumber", "117");
        operation.put("purpose", purpose);
        Map<String, Object> party = new LinkedHashMap<>();
        party.put("inn", inn);
        party.put("name", "ООО «Ромашка»");
        party.put("account", "40702810600000880012");
        operation.put("counterparty", party);
        operation.put("readAt", "2026-11-17T00:00:00Z");
        operation.put("fingerprint", fingerprint(amount, purpose));
        return operation;
    }

    String fingerprint(String amount, String purpose) {
        return Integer.toHexString((inn + amount + purpose).hashCode());
    }

    /** What the bank tells, worked off with all that follows from it. */
    void told(String id, String amount, String purpose) {
        payments.decide(operation(id, amount, purpose));
        work();
    }

    /** A new invoice on the portal, read. */
    long invoice(String number, String amount) {
        long id = nextId();
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("id", id);
        item.put("entity", "payment");
        item.put("pipeline", "in");
        item.put("stage", "invoiced");
        item.put("title", "Счёт № " + number);
        item.put("number", number);
        item.put("invoiceDate", day.minusDays(4).toString());
        item.put("amount", new BigDecimal(amount));
        item.put("currency", "RUB");
        item.put("company", company);
        item.put("updatedTime", tick());
        portal.put(id, item);
        look(id);
        return id;
    }

    private String tick() {
        return Instant.ofEpochSecond(seconds++).toString();
    }

    /** Somebody changes an item on the portal; nobody has read it yet. */
    void edit(long id, Object... fields) {
        Map<String, Object> item = portal.get(id);
        for (int n = 0; n < fields.length; n += 2) {
            if (fields[n].equals("stage")) {
                item.remove("movedByRobot");
            }
            item.put((String) fields[n], fields[n + 1]);
        }
        item.put("updatedTime", tick());
    }

    void delete(long id) {
        portal.remove(id);
    }

    /** The flow reads an item. */
    void look(long id) {
        payments.remember(item(id));
    }

    /** A person changes an item, it is read, and what follows is worked off. */
    void person(long id, Object... fields) {
        edit(id, fields);
        look(id);
        work();
    }

    Map<String, Object> item(long id) {
        Map<String, Object> item = portal.get(id);
        return item == null ? new HashMap<>(Map.of("id", id, "entity", "payment", "deleted", true))
                : new LinkedHashMap<>(item);
    }

    /** Works the journal off: everything that waits, and what follows from it. */
    void work() {
        while (!step().isEmpty()) {
            // one more
        }
    }

    /** Works one entry off. @return its flow; empty where nothing waits */
    String step() {
        List<Map<String, Object>> entries = jdbc.sql("""
                select id, flow, payload from entry where state in ('queued', 'waiting')
                    and flow in ('customer-decide', 'payment-write') order by id limit 1""").query().listOfRows();
        if (entries.isEmpty()) {
            return "";
        }
        long id = ((Number) entries.get(0).get("id")).longValue();
        String flow = String.valueOf(entries.get(0).get("flow"));
        jdbc.sql("update entry set state = 'done', head_key = null, claim_at = null where id = ?").param(id).update();
        Map<String, Object> body = json.readValue(String.valueOf(entries.get(0).get("payload")),
                new TypeReference<Map<String, Object>>() { });
        if (flow.equals("customer-decide")) {
            payments.decideCustomer(body);
        } else {
            write(((Number) body.get("id")).longValue(), id, true, true);
        }
        return flow;
    }

    /**
     * One write of a payment's item, as its route does it.
     *
     * @param arrives whether what is sent reaches the portal
     * @param answered whether the answer reaches us
     */
    Map<String, Object> write(long id, long entry, boolean arrives, boolean answered) {
        Map<String, Object> asked = payments.project(item(id), entry);
        Map<String, Object> fields = fields(asked);
        if (arrives && !fields.isEmpty() && portal.containsKey(id)) {
            fields.forEach((key, value) -> portal.get(id).put(key, value instanceof LocalDate date
                    ? date.toString() : value));
            portal.get(id).put("updatedTime", tick());
            portal.get(id).put("movedByRobot", true);
        }
        if (arrives && answered) {
            payments.projected(asked);
            comments(asked).forEach(comment -> said.add(comment.get("marker") + " " + comment.get("text")));
        }
        return asked;
    }

    /** Comments that stand on the portal. */
    final List<String> said = new ArrayList<>();

    @SuppressWarnings("unchecked")
    static Map<String, Object> fields(Map<String, Object> projected) {
        return (Map<String, Object>) projected.get("fields");
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> comments(Map<String, Object> projected) {
        return (List<Map<String, Object>>) projected.get("comments");
    }

    /** Open questions on this test's customer. */
    List<Reviews.Question> asked() {
        return jdbc.sql("""
                select r.id from review r join bank_operation o on o.id = r.operation_id
                where r.state = 'open' and o.party_inn = ? order by r.id""").param(inn).query(Long.class).list().stream()
                .map(id -> reviews.find(id).orElseThrow()).toList();
    }

    String why() {
        List<Reviews.Question> open = asked();
        if (open.size() != 1) {
            throw new AssertionError("not one question but " + open);
        }
        return String.valueOf(open.get(0).operation().get("why"));
    }

    void answer(Reviews.Said said) {
        reviews.decide(asked().get(0).id(), said, "Анна");
        work();
    }

    /** Somebody puts a new item of these fields on the portal; it is read. */
    long item(Map<String, Object> fields) {
        long id = nextId();
        Map<String, Object> item = new LinkedHashMap<>(Map.of("id", id, "entity", "payment", "pipeline", "in", "stage",
                "invoiced", "currency", "RUB", "updatedTime", tick()));
        item.putAll(fields);
        portal.put(id, item);
        look(id);
        return id;
    }

    static Reviews.Said to(long payment, String amount) {
        return Reviews.Said.allocate(List.of(new Reviews.Share(payment, new BigDecimal(amount))));
    }

    /** Kopecks of operations on a payment by the ledger. */
    long allocated(long payment) {
        return sum("payment_id = ? and operation_id is not null", payment);
    }

    /** Kopecks by hand on a payment by the ledger. */
    long byHand(long payment) {
        return sum("payment_id = ? and operation_id is null", payment);
    }

    private long sum(String where, long payment) {
        return jdbc.sql("select coalesce(sum(amount), 0) from share where ended_by is null and " + where)
                .param(payment).query(Long.class).single();
    }

    /** What the portal shows, kopecks. */
    long paid(long payment) {
        Object paid = portal.get(payment).get("paid");
        return paid == null ? 0 : new BigDecimal(paid.toString()).movePointRight(2).longValueExact();
    }

    Object stage(long payment) {
        return portal.get(payment).get("stage");
    }

    long operationId(String sourceId) {
        return jdbc.sql("select operation_id from operation_alias where source_id = ?").param(sourceId)
                .query(Long.class).single();
    }

    String box(String sourceId) {
        return jdbc.sql("select box from bank_operation where id = ?").param(operationId(sourceId)).query(String.class)
                .single();
    }

    /** The day of the account, of this test's customer alone: everything of other tests is shown. */
    Map<String, Object> window(String... shown) {
        List<Map<String, Object>> seen = ownDay ? new ArrayList<>() : new ArrayList<>(jdbc.sql("""
                select a.source_id from operation_alias a join bank_operation o on o.id = a.operation_id
                where a.source = 'tbank.main' and (o.party_inn <> ? or o.party_inn is null)""").param(inn)
                .query(String.class).list().stream()
                .map(id -> Map.<String, Object>of("operationId", id, "fingerprint", "")).toList());
        for (String id : shown) {
            seen.add(Map.of("operationId", id, "fingerprint", jdbc.sql("""
                    select o.fingerprint from bank_operation o join operation_alias a on a.operation_id = o.id
                    where a.source_id = ?""").param(id).query(String.class).optional().orElse("")));
        }
        Map<String, Object> window = new LinkedHashMap<>(Map.of("id", "w" + nextId(), "part", 1, "parts", 1,
                "source", "tbank.main", "bankAccount", ACCOUNT, "fromDate", day.toString(), "toDateExclusive", day.plusDays(1).toString(),
                "readAt", "2026-11-18T00:00:00Z"));
        window.put("seen", seen);
        return window;
    }

    void shows(String... ids) {
        payments.window(window(ids));
        work();
    }

    @Override
    public void close() {
        daemon.close();
    }
}
