package dev.sverka.flows.books;

import dev.sverka.Application;
import dev.sverka.core.connector.Feed;
import dev.sverka.core.journal.Journal;
import dev.sverka.core.state.Cursors;
import dev.sverka.core.state.SettableClock;
import dev.sverka.flows.books.Proofs.Shown;
import dev.sverka.flows.payments.Payments;
import dev.sverka.records.bank.BankOperation;
import dev.sverka.records.bank.StatementBalances;
import dev.sverka.records.bank.StatementWindow;
import dev.sverka.sandbox.tbank.TBankStandIn;
import dev.sverka.sandbox.tbank.TBankStandIn.Party;
import dev.sverka.sandbox.tochka.TochkaCompany;
import dev.sverka.sandbox.tochka.TochkaStandIn;
import dev.sverka.vendors.tbank.TBankFeeds;
import dev.sverka.vendors.tochka.TochkaFeeds;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two banks over HTTP, the ledger and the proof over a real store. Each day's news is worked off as the routes would,
 * and the clock is the test's.
 */
final class ProofStage implements AutoCloseable {

    static final String TBANK = "40702810200009990001";
    static final String TOCHKA = "40702810600009990002";
    static final LocalDate FIRST = LocalDate.parse("2026-10-01");
    private static final Party PAYER = new Party("0099000127", "009901002", "ООО «Ромашка»", "40702810600000880012");
    private static final TochkaCompany.Party SELF = new TochkaCompany.Party("0099000014", "009901001",
            "ООО \"СЕВЕРНЫЙ МАЯК\"", TOCHKA);
    private static final TochkaCompany.Party RECEIVER = new TochkaCompany.Party("0099000127", "009901002",
            "ООО \"РОМАШКА-ОБРАЗЕЦ\"", "40702810600000880012");

    final SettableClock clock = new SettableClock(Instant.parse("2026-10-01T06:00:00Z"));
    TBankStandIn tbank;
    TochkaStandIn tochka;
    final Books books;
    final Proofs proofs;
    final JdbcClient jdbc;
    final Journal journal;
    private final ConfigurableApplicationContext daemon;
    private final Payments payments;
    private final JsonMapper json;
    private Map<String, Feed> feeds = Map.of();
    private final Map<String, Map<String, String>> positions = new HashMap<>();

    ProofStage(String store) {
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.addInitializers(context -> ((GenericApplicationContext) context).registerBean("settableClock",
                Clock.class, () -> clock, bean -> bean.setPrimary(true)));
        daemon = application.run("--sverka.database.url=" + store, "--sverka.routes.start=false",
                "--sverka.payments.mode=automatic", "--sverka.payments.history=decide",
                "--sverka.own-companies[0].inn=0099000014", "--sverka.own-companies[0].accounts[0]=" + TBANK,
                "--sverka.own-companies[0].accounts[1]=" + TOCHKA);
        books = daemon.getBean(Books.class);
        proofs = daemon.getBean(Proofs.class);
        payments = daemon.getBean(Payments.class);
        jdbc = daemon.getBean(JdbcClient.class);
        journal = daemon.getBean(Journal.class);
        json = daemon.getBean(JsonMapper.class);
    }

    /** Banks with nothing on their accounts, and nothing known of them. */
    void open() {
        List.of("day_proof", "stated_balance", "review", "share", "decision", "operation_alias", "operation_version",
                "bank_operation", "entry_told", "entry").forEach(table -> jdbc.sql("delete from " + table).update());
        positions.clear();
        clock.set(Instant.parse("2026-10-01T06:00:00Z"));
        tbank = new TBankStandIn(0, clock, TBANK);
        tochka = new TochkaStandIn(0, clock, SELF);
        tbank.company().switches().limited(false);
        feeds = Map.of("tbank.main", TBankFeeds.of(tbank.url(), TBankStandIn.TOKEN, clock), "tochka.main",
                TochkaFeeds.of(tochka.url(), TochkaStandIn.TOKEN, TochkaStandIn.CLIENT_ID, clock));
    }

    /** A day's business on both accounts: three operations each. @return their ids, T-Bank's first */
    List<String> business(LocalDate day) {
        int n = day.getDayOfMonth();
        TochkaCompany company = tochka.company();
        return List.of(tbank.credit(day, new BigDecimal("1000.50").add(BigDecimal.valueOf(n)), PAYER, "1" + n,
                        "Оплата по счету МК-" + n),
                tbank.debit(day, new BigDecimal("300.25"), PAYER, "contragentOutcome", "2" + n, "Аренда " + n),
                tbank.credit(day, new BigDecimal("77.00"), PAYER, "3" + n, "Доплата " + n),
                company.credit(day, new BigDecimal("2000.10").add(BigDecimal.valueOf(n)), RECEIVER, "4" + n,
                        "Оплата по счету ТК-" + n),
                company.debit(day, new BigDecimal("40.00"), RECEIVER, "5" + n, "Связь " + n),
                company.credit(day, new BigDecimal("15.15"), RECEIVER, "6" + n, "Доплата " + n));
    }

    /** The morning of a day: the banks are read, everything is worked off, the days before are proven. */
    void morning(LocalDate day) {
        clock.set(day.atTime(6, 0).toInstant(ZoneOffset.UTC));
        read();
        // the nightly long reading is followed by plain ones
        clock.advance(Duration.ofMinutes(6));
        read();
        books.prove();
    }

    void read() {
        Cursors cursors = daemon.getBean(Cursors.class);
        for (String feed : List.of("bitrix24.main/payment", "bitrix24.main/company")) {
            cursors.save(feed, Map.of());
            cursors.reached(feed);
        }
        feeds.forEach((name, feed) -> {
            Map<String, String> position = positions.computeIfAbsent(name, none -> new HashMap<>());
            Feed.Pages pages = feed.open("main", Map.copyOf(position));
            for (Feed.Page page = pages.next(); page != null; page = pages.next()) {
                page.news().forEach(this::work);
                position.clear();
                position.putAll(page.position());
            }
        });
    }

    private void work(Feed.News news) {
        Map<String, Object> body = json.convertValue(news.body(), new TypeReference<Map<String, Object>>() { });
        if (news.body() instanceof BankOperation) {
            payments.decide(body);
        } else if (news.body() instanceof StatementWindow) {
            payments.window(body);
        } else if (news.body() instanceof StatementBalances) {
            books.balances(body);
        }
    }

    /** How many statements Tochka was asked to make. */
    long orders() {
        return tochka.calls().stream().filter(call -> call.equals("order")).count();
    }

    List<Shown> proven(String account) {
        return proofs.find(account, FIRST, null, false);
    }

    void shut() {
        tbank.close();
        tochka.close();
    }

    @Override
    public void close() {
        daemon.close();
    }
}
