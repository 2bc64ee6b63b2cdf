package dev.sverka.desk.console;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.sverka.core.connector.Polls;
import dev.sverka.core.http.Quota;
import dev.sverka.core.journal.AccountState;
import dev.sverka.core.journal.Accounts;
import dev.sverka.core.journal.Counts;
import dev.sverka.core.journal.EntryDecisions;
import dev.sverka.core.journal.EntryView;
import dev.sverka.core.journal.IntentView;
import dev.sverka.core.journal.Intents;
import dev.sverka.core.journal.Journal;
import dev.sverka.core.journal.JournalPages;
import dev.sverka.core.state.AcceptedTexts;
import dev.sverka.core.state.Audit;
import dev.sverka.core.state.AuditRow;
import dev.sverka.core.state.Cursors;
import dev.sverka.core.state.H2File;
import dev.sverka.core.state.Leases;
import dev.sverka.core.state.Problem;
import dev.sverka.core.state.Refusals;
import dev.sverka.core.state.Settings;
import dev.sverka.desk.alerts.AlertDesk;
import dev.sverka.flows.calendar.Calendars;
import dev.sverka.flows.books.Proofs;
import dev.sverka.flows.forecast.Forecasts;
import dev.sverka.flows.forecast.PastForecasts;
import dev.sverka.flows.matching.Own;
import dev.sverka.flows.paperwork.VersionBook;
import dev.sverka.flows.paperwork.VersionFiles;
import dev.sverka.flows.payments.AlikeReviews;
import dev.sverka.flows.payments.CompanySearch;
import dev.sverka.flows.payments.LearnedAccounts;
import dev.sverka.flows.payments.MachineWork;
import dev.sverka.flows.payments.OperationList;
import dev.sverka.flows.payments.OperationPages;
import dev.sverka.flows.payments.OperationStory;
import dev.sverka.flows.payments.PaymentSearch;
import dev.sverka.flows.payments.Payments;
import dev.sverka.flows.payments.PortalPages;
import dev.sverka.flows.payments.ReviewPages;
import dev.sverka.flows.payments.Reviews;
import dev.sverka.vendors.invoices.InvoiceRows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The console alone, over a journal and accounts made up for the test. No stereotype annotation stands here, so that
 * nothing but a test that names this class ever runs it.
 */
@EnableAutoConfiguration(excludeName = {
        "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
        "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
        "org.apache.camel.spring.boot.CamelAutoConfiguration"})
@ComponentScan("dev.sverka.desk.console")
class ConsoleStage {

    static final Instant NOW = Instant.parse("2026-11-23T18:15:07.123Z");

    /** Says "now" until a test moves it. */
    static final class Watch extends Clock {
        private Instant now = NOW;

        void forward(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Bean
    Watch clock() {
        return new Watch();
    }

    @Bean
    Settings settings() {
        return new Settings(ZoneId.of("Europe/Moscow"), Locale.forLanguageTag("ru"), null, Duration.ZERO,
                ".");
    }

    /** Entry 5 is dead until somebody acts on it; 7 waits. */
    @Bean
    Journal journal() {
        EntryView dead = new EntryView(5, "bank-operation", "7701234567/7707083893", "dead", 1, "refused",
                "Bitrix24: Недостаточно прав для изменения элемента (ACCESS_DENIED)", NOW.minusSeconds(3600), null);
        EntryView waiting = new EntryView(7, "payment-write", "payment/42", "waiting", 3, "transient",
                "T-Bank: 503 Service Unavailable <script>alert(1)</script>", NOW.minusSeconds(60), NOW.plusSeconds(30));
        List<EntryView> stuck = new ArrayList<>(List.of(dead));
        Journal journal = mock(Journal.class);
        when(journal.counts()).then(call -> new Counts(2, 1, 1, stuck.size()));
        when(journal.list("dead", 100)).then(call -> List.copyOf(stuck));
        when(journal.list("waiting", 100)).thenReturn(List.of(waiting));
        when(journal.replay(5)).then(call -> stuck.remove(dead));
        when(journal.replay(eq(5L), any())).then(call -> stuck.remove(dead));
        when(journal.dismiss(5)).then(call -> stuck.remove(dead));
        when(journal.dismiss(eq(5L), any())).then(call -> stuck.remove(dead));
        return journal;
    }

    @Bean
    Accounts accounts() {
        Accounts accounts = mock(Accounts.class);
        when(accounts.all()).thenReturn(List.of(
                new AccountState("bitrix24.main", "up", NOW.minusSeconds(86_400), NOW.minusSeconds(4), null, null),
                new AccountState("clickup.main", "off", NOW, null, null, null),
                new AccountState("tbank.main", "throttled", NOW.minusSeconds(9), NOW.minusSeconds(70),
                        NOW.plusSeconds(51), "T-Bank asks to wait (429)"),
                new AccountState("tbank.second", "paused", NOW.minusSeconds(600), NOW.minusSeconds(700), null,
                        "The token no longer works: make a new one in the bank's settings")));
        return accounts;
    }

    /** Only payment 42 can be released. */
    @Bean
    Payments payments() {
        Payments payments = mock(Payments.class);
        when(payments.release(42)).thenReturn(true);
        when(payments.release(eq(42L), any())).thenReturn(true);
        return payments;
    }

    @Bean
    Audit audit() {
        Audit audit = mock(Audit.class);
        when(audit.of("payment", "42")).thenReturn(List.of(new AuditRow(NOW, "bitrix24.main", "payment", "42", "paid",
                "0.00", "45000.00", "[{\"rule\":\"invoice-number\"}]", 17L)));
        return audit;
    }

    @Bean
    H2File h2File() {
        return mock(H2File.class);
    }

    @Bean
    VersionBook versionBook() {
        return mock(VersionBook.class);
    }

    @Bean
    VersionFiles versionFiles() {
        return mock(VersionFiles.class);
    }

    @Bean
    InvoiceRows invoiceRows() {
        return mock(InvoiceRows.class);
    }

    @Bean
    Quota quota() {
        return (bucket, capacity, perSecond) -> Duration.ZERO;
    }

    @Bean
    Refusals refusals() {
        Refusals refusals = new Refusals();
        refusals.set("routes/bank.yaml", List.of(new Problem("routes/bank.yaml", 7, "unknown verb 'chnaged'",
                "tbank knows changed, list, pushed")));
        return refusals;
    }

    @Bean
    OperationList operations() {
        return mock(OperationList.class);
    }

    @Bean
    Calendars calendars() {
        Calendars calendars = mock(Calendars.class);
        when(calendars.isReady()).thenReturn(true);
        return calendars;
    }

    @Bean
    ReviewPages reviewPages() {
        return mock(ReviewPages.class);
    }

    @Bean
    PaymentSearch paymentSearch() {
        return mock(PaymentSearch.class);
    }

    @Bean
    OperationPages operationPages() {
        return mock(OperationPages.class);
    }

    @Bean
    OperationStory operationStory() {
        return mock(OperationStory.class);
    }

    @Bean
    MachineWork machineWork() {
        return mock(MachineWork.class);
    }

    @Bean
    Intents intents() {
        Intents intents = mock(Intents.class);
        when(intents.find(17)).thenReturn(Optional.of(new IntentView(17, "bitrix24.main", "bitrix24:payment/update", "payment 42",
                "m", "{\"paid\":\"45000.00\"}", "{\"id\":42}", NOW, NOW.plusSeconds(1))));
        return intents;
    }

    @Bean
    PortalPages portalPages() {
        PortalPages pages = mock(PortalPages.class);
        when(pages.of(any(), any())).thenReturn(Optional.empty());
        when(pages.of("payment", "42")).thenReturn(Optional.of("https://portal.example/crm/type/177/details/42/"));
        return pages;
    }

    @Bean
    LearnedAccounts learnedAccounts() {
        return mock(LearnedAccounts.class);
    }

    @Bean
    Own own() {
        return new Own(List.of(), List.of());
    }

    /** Visits alone ask it. */
    @Bean
    JdbcClient jdbc() {
        JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource("jdbc:h2:mem:console;DB_CLOSE_DELAY=-1"));
        jdbc.sql("create table if not exists desk_visit (person varchar(200) primary key, seen_at bigint not null, before_at bigint)")
                .update();
        return jdbc;
    }

    @Bean
    AlikeReviews alikeReviews() {
        return mock(AlikeReviews.class);
    }

    @Bean
    Forecasts forecasts() {
        return mock(Forecasts.class);
    }

    @Bean
    PastForecasts pastForecasts() {
        return mock(PastForecasts.class);
    }

    @Bean
    Proofs proofs() {
        return mock(Proofs.class);
    }

    @Bean
    CompanySearch companySearch() {
        return mock(CompanySearch.class);
    }

    @Bean
    Cursors cursors() {
        return mock(Cursors.class);
    }

    @Bean
    Polls polls() {
        return new Polls();
    }

    @Bean
    JournalPages journalPages() {
        return mock(JournalPages.class);
    }

    @Bean
    EntryDecisions entryDecisions() {
        return mock(EntryDecisions.class);
    }

    @Bean
    Leases leases() {
        return mock(Leases.class);
    }

    @Bean
    AcceptedTexts acceptedTexts() {
        return mock(AcceptedTexts.class);
    }

    @Bean
    AlertDesk alertDesk() {
        return mock(AlertDesk.class);
    }

    @Bean
    Reviews reviews() {
        return mock(Reviews.class);
    }
}
