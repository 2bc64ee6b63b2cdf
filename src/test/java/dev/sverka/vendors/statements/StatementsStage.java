package dev.sverka.vendors.statements;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.core.connector.Feed;
import dev.sverka.core.state.SettableClock;
import dev.sverka.records.bank.BankOperation;
import dev.sverka.records.bank.StatementBalances;
import dev.sverka.records.bank.StatementWindow;
import dev.sverka.sandbox.statements.StatementExport.Movement;
import dev.sverka.sandbox.statements.StatementExport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A drop folder, a real store and a clock that stands still; news as the daemon would journal them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StatementsStage {

    static final String ACCOUNT = "40702810700009990010";
    static final LocalDate DAY = LocalDate.of(2026, 11, 16);
    static final Movement FIRST = new Movement("1", DAY, 10_000, "40702810600000880012", "0099000127",
            "ООО \"РОМАШКА\"", "Оплата по счёту 1");
    static final Movement SECOND = new Movement("2", DAY, 20_000, "40702810600000880012", "0099000127",
            "ООО \"РОМАШКА\"", "Оплата по счёту 2");
    static final LocalDateTime NOON = DAY.atTime(12, 0);
    static final LocalDateTime EVENING = DAY.atTime(20, 0);
    static final LocalDateTime NEXT_DAY = DAY.plusDays(1).atTime(9, 0);

    @TempDir
    Path home;

    HikariDataSource store;
    private TransactionTemplate transactions;
    SettableClock clock;
    Path folder;
    Feed feed;
    final List<BankOperation> told = new ArrayList<>();

    /** A migrated store of its own. */
    abstract HikariDataSource open();

    @BeforeAll
    void openStore() {
        store = open();
        transactions = new TransactionTemplate(new JdbcTransactionManager(store));
    }

    @AfterAll
    void closeStore() {
        store.close();
    }

    @BeforeEach
    void start() throws IOException {
        JdbcClient jdbc = JdbcClient.create(store);
        jdbc.sql("delete from statement_file").update();
        jdbc.sql("delete from statement_row").update();
        told.clear();
        windows.clear();
        clock = new SettableClock(Instant.parse("2026-11-20T07:00:00Z"));
        folder = Files.createDirectories(Files.createTempDirectory(home, "drop").resolve("in"));
        feed = feed("main", folder);
    }

    Feed feed(String name, Path drop) {
        return connector(name, drop).feed("operation").orElseThrow();
    }

    StatementsConnector connector(String name, Path drop) {
        StatementsProperties properties = new StatementsProperties(
                Map.of(name, new StatementsProperties.Account(drop.toString())),
                List.of(new StatementsProperties.OwnCompany(null, null, List.of(ACCOUNT, "40702840000009990012"))));
        return new StatementsConnector(properties, new StatementRows(JdbcClient.create(store)), home, clock);
    }

    static StatementExport export(Movement... movements) {
        return StatementExport.of(ACCOUNT).period(DAY, DAY).madeAt(NEXT_DAY).with(movements);
    }

    void drop(String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
    }

    void drop(String name, StatementExport export) throws IOException {
        drop(name, export.bytes());
    }

    /** Two looks, as far apart as it takes. @return the news of all files */
    List<BankOperation> taken() {
        poll();
        clock.advance(Duration.ofSeconds(2));
        return poll();
    }

    /** What days held, as far as that was told. */
    final List<StatementWindow> windows = new ArrayList<>();
    /** What accounts held as days began. */
    final List<StatementBalances> balances = new ArrayList<>();

    List<BankOperation> poll() {
        int before = told.size();
        Feed.Pages pages = feed.open("main", Map.of());
        for (Feed.Page page = pages.next(); page != null; page = pages.next()) {
            Feed.Page whole = page;
            transactions.executeWithoutResult(status -> pages.stored(whole));
            whole.news().forEach(news -> {
                if (news.body() instanceof BankOperation operation) {
                    told.add(operation);
                } else if (news.body() instanceof StatementBalances stated) {
                    balances.add(stated);
                } else {
                    windows.add((StatementWindow) news.body());
                }
            });
        }
        return told.subList(before, told.size());
    }

    /** Hands a page out and commits it, or not; then the process is gone. */
    void crash(boolean committed) {
        Feed.Pages pages = feed.open("main", Map.of());
        Feed.Page page = pages.next();
        transactions.executeWithoutResult(status -> {
            pages.stored(page);
            if (!committed) {
                status.setRollbackOnly();
            }
        });
        if (committed) {
            page.news().stream().map(Feed.News::body).filter(BankOperation.class::isInstance)
                    .forEach(body -> told.add((BankOperation) body));
        }
        feed = feed("main", folder);
    }

    static List<String> names(Path in) {
        try (Stream<Path> files = Files.list(in)) {
            return files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    List<String> done() {
        return names(folder.resolve("done"));
    }

    List<String> failed() {
        return names(folder.resolve("failed"));
    }
}
