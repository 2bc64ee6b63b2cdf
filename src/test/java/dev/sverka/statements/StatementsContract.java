package dev.sverka.statements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.bank.BankOperation;
import dev.sverka.connector.Feed;
import dev.sverka.http.VendorException;
import dev.sverka.sandbox.statements.StatementExport;
import dev.sverka.sandbox.statements.StatementExport.Bank;
import dev.sverka.sandbox.statements.StatementExport.Movement;
import dev.sverka.sandbox.statements.StatementExport.Text;
import dev.sverka.state.SettableClock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** From the drop folder to news, over a real store: what is taken when, once only, and what becomes of the files. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StatementsContract {

    private static final String ACCOUNT = "40702810700009990010";
    private static final LocalDate DAY = LocalDate.of(2026, 11, 16);
    private static final Movement FIRST = new Movement("1", DAY, 10_000, "40702810600000880012", "0099000127",
            "ООО \"РОМАШКА\"", "Оплата по счёту 1");
    private static final Movement SECOND = new Movement("2", DAY, 20_000, "40702810600000880012", "0099000127",
            "ООО \"РОМАШКА\"", "Оплата по счёту 2");
    private static final LocalDateTime NOON = DAY.atTime(12, 0);
    private static final LocalDateTime EVENING = DAY.atTime(20, 0);
    private static final LocalDateTime NEXT_DAY = DAY.plusDays(1).atTime(9, 0);

    @TempDir
    Path home;

    private HikariDataSource store;
    private TransactionTemplate transactions;
    private SettableClock clock;
    private Path folder;
    private Feed feed;
    private final List<BankOperation> told = new ArrayList<>();

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
        clock = new SettableClock(Instant.parse("2026-11-20T07:00:00Z"));
        folder = Files.createDirectories(Files.createTempDirectory(home, "drop").resolve("in"));
        feed = feed("main", folder);
    }

    private Feed feed(String name, Path drop) {
        return connector(name, drop).feed("operation").orElseThrow();
    }

    private StatementsConnector connector(String name, Path drop) {
        StatementsProperties properties = new StatementsProperties(
                Map.of(name, new StatementsProperties.Account(drop.toString())),
                List.of(new StatementsProperties.OwnCompany(List.of(ACCOUNT, "40702840000009990012"))));
        return new StatementsConnector(properties, new StatementRows(JdbcClient.create(store)), home, clock);
    }

    private static StatementExport export(Movement... movements) {
        return StatementExport.of(ACCOUNT).period(DAY, DAY).madeAt(NEXT_DAY).with(movements);
    }

    private void drop(String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
    }

    private void drop(String name, StatementExport export) throws IOException {
        drop(name, export.bytes());
    }

    /** Two looks, as far apart as it takes. @return the news of all files */
    private List<BankOperation> taken() {
        poll();
        clock.advance(Duration.ofSeconds(2));
        return poll();
    }

    private List<BankOperation> poll() {
        int before = told.size();
        Feed.Pages pages = feed.open("main", Map.of());
        for (Feed.Page page = pages.next(); page != null; page = pages.next()) {
            Feed.Page whole = page;
            transactions.executeWithoutResult(status -> pages.stored(whole));
            whole.news().forEach(news -> told.add((BankOperation) news.body()));
        }
        return told.subList(before, told.size());
    }

    /** Hands a page out and commits it, or not; then the process is gone. */
    private void crash(boolean committed) {
        Feed.Pages pages = feed.open("main", Map.of());
        Feed.Page page = pages.next();
        transactions.executeWithoutResult(status -> {
            pages.stored(page);
            if (!committed) {
                status.setRollbackOnly();
            }
        });
        if (committed) {
            page.news().forEach(news -> told.add((BankOperation) news.body()));
        }
        feed = feed("main", folder);
    }

    private static List<String> names(Path in) {
        try (Stream<Path> files = Files.list(in)) {
            return files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private List<String> done() {
        return names(folder.resolve("done"));
    }

    private List<String> failed() {
        return names(folder.resolve("failed"));
    }

    @Test
    void aFileIsTakenOnceItStandsStillForTwoSeconds() throws IOException {
        byte[] whole = export(FIRST).bytes();
        drop("kl_to_1c.txt", java.util.Arrays.copyOf(whole, 200));
        assertThat(poll()).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        drop("kl_to_1c.txt", whole);
        assertThat(poll()).as("it grew").isEmpty();
        clock.advance(Duration.ofMillis(1999));
        assertThat(poll()).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(poll()).hasSize(1);
        assertThat(names(folder)).isEmpty();
        assertThat(done()).containsExactly("kl_to_1c.txt");
        assertThat(failed()).isEmpty();
    }

    @Test
    void aFileCopiedWithItsOldTimeIsNoOlderThanItsFirstLook() throws IOException {
        drop("kl_to_1c.txt", export(FIRST));
        Files.setLastModifiedTime(folder.resolve("kl_to_1c.txt"), FileTime.from(clock.instant().minusSeconds(86400)));
        assertThat(poll()).isEmpty();
    }

    @Test
    void aFileRewrittenToTheSameSizeIsNewAgain() throws IOException {
        drop("a.txt", export(FIRST));
        poll();
        clock.advance(Duration.ofSeconds(2));
        drop("a.txt", export(FIRST.withPurpose("Оплата по счёту 7")));
        Files.setLastModifiedTime(folder.resolve("a.txt"), FileTime.from(clock.instant()));
        assertThat(poll()).isEmpty();
        clock.advance(Duration.ofSeconds(2));
        assertThat(poll()).extracting(BankOperation::purpose).containsExactly("Оплата по счёту 7");
    }

    @Test
    void filesInTheMakingAndFoldersAreLeftAlone() throws IOException {
        for (String name : List.of(".hidden.txt", "kl.txt.part", "kl.TMP", "kl.tmp")) {
            drop(name, export(FIRST));
        }
        Files.createDirectory(folder.resolve("a folder"));
        assertThat(taken()).isEmpty();
        assertThat(names(folder)).hasSize(4);
    }

    @Test
    void everyOtherNameIsTaken() throws IOException {
        drop("KL_TO_1C.TXT", export(FIRST));
        drop("kl_to_1c (1).txt", export(FIRST, SECOND));
        drop("выписка", export(FIRST, SECOND, FIRST.withNumber("3")));
        assertThat(taken()).hasSize(3);
        assertThat(done()).containsExactlyInAnyOrder("KL_TO_1C.TXT", "kl_to_1c (1).txt", "выписка");
    }

    @Test
    void theSameBytesTellNothingNewAndNothingIsOverwritten() throws IOException {
        drop("kl_to_1c.txt", export(FIRST, FIRST));
        assertThat(taken()).hasSize(2);
        JdbcClient.create(store).sql("delete from statement_row").update();
        drop("kl_to_1c.txt", export(FIRST, FIRST));
        assertThat(taken()).as("the hash alone says so").isEmpty();
        drop("kl_to_1c.txt", export(SECOND).madeAt(NOON));
        assertThat(taken()).hasSize(1);
        assertThat(done()).containsExactly("kl_to_1c (2).txt", "kl_to_1c (3).txt", "kl_to_1c.txt");
    }

    @Test
    void aCrashBetweenCommitAndMoveDoublesNothing() throws IOException {
        drop("a.txt", export(FIRST).bytes(lines -> {
            lines.replaceAll(line -> line.replace("ВсегоПоступило=100.00", "ВсегоПоступило=300.00"));
            return lines;
        }));
        poll();
        clock.advance(Duration.ofSeconds(2));
        crash(true);
        assertThat(names(folder)).containsExactly("a.txt");
        assertThat(taken()).isEmpty();
        assertThat(told).hasSize(1);
        assertThat(done()).as("with what there was to tell").containsExactly("a.txt", "a.txt.txt");
    }

    @Test
    void aCrashBeforeCommitLosesNothing() throws IOException {
        drop("a.txt", export(FIRST, SECOND));
        poll();
        clock.advance(Duration.ofSeconds(2));
        crash(false);
        assertThat(taken()).hasSize(2);
    }

    @Test
    void aCrashBetweenReportAndMoveLeavesNoReportBehind() throws IOException {
        drop("a.txt", "<html>".getBytes());
        taken();
        Files.move(folder.resolve("failed/a.txt"), folder.resolve("a.txt"));
        taken();
        assertThat(failed()).containsExactly("a.txt", "a.txt.txt");
    }

    @Test
    void overlappingExportsCountEqualRowsAtTheirMost() throws IOException {
        drop("one.txt", export(FIRST));
        taken();
        drop("two.txt", export(FIRST, FIRST, SECOND));
        assertThat(taken()).as("one more of the first, and the second").hasSize(2);
        drop("three.txt", export(FIRST, FIRST, SECOND).bank(Bank.SBER));
        assertThat(taken()).isEmpty();
        assertThat(told).extracting(BankOperation::sourceId).doesNotHaveDuplicates().hasSize(3);
    }

    @Test
    void idsAreTheSameWhereverAndWheneverTheyAreMade() throws IOException {
        drop("one.txt", export(FIRST, FIRST, SECOND));
        List<String> ids = taken().stream().map(BankOperation::sourceId).toList();
        JdbcClient.create(store).sql("delete from statement_row").update();
        JdbcClient.create(store).sql("delete from statement_file").update();
        drop("two.txt", export(SECOND, FIRST, FIRST).text(Text.UTF8, null));
        assertThat(taken()).extracting(BankOperation::sourceId).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void theEveningAddsToTheNoonAndAnOlderExportTakesNothingAway() throws IOException {
        drop("evening.txt", export(FIRST, SECOND).madeAt(EVENING));
        assertThat(taken()).hasSize(2);
        drop("noon.txt", export(FIRST).madeAt(NOON));
        assertThat(taken()).isEmpty();
        drop("again.txt", export(SECOND, FIRST).madeAt(NEXT_DAY));
        assertThat(taken()).isEmpty();
        assertThat(done()).as("there is nothing to tell about any").hasSize(3);
    }

    @Test
    void aCorrectedPurposeIsTheSameOperationInNewWords() throws IOException {
        drop("one.txt", export(FIRST, SECOND).madeAt(NOON));
        BankOperation before = taken().stream().filter(one -> one.amount() == 10_000).findFirst().orElseThrow();
        drop("two.txt", export(FIRST.withPurpose("Оплата по счёту 1 от 12.11.2026"), SECOND).madeAt(NEXT_DAY));
        List<BankOperation> news = taken();
        assertThat(news).extracting(BankOperation::sourceId).containsExactly(before.sourceId());
        assertThat(news.get(0).version()).isNotEqualTo(before.version());
        assertThat(news.get(0).purpose()).isEqualTo("Оплата по счёту 1 от 12.11.2026");
        drop("one again.txt", export(SECOND, FIRST).madeAt(EVENING));
        assertThat(taken()).as("the older spelling is no news").isEmpty();
    }

    @Test
    void equalSumsSpelledAnewKeepTheirNumbers() throws IOException {
        Movement twin = FIRST.withNumber("9").withPurpose("Оплата по счёту 9");
        drop("one.txt", export(FIRST, twin));
        String id = taken().stream().filter(one -> "9".equals(one.documentNumber())).findFirst().orElseThrow()
                .sourceId();
        drop("two.txt", export(twin.withPurpose("За услуги, счёт 9"), FIRST.withPurpose("За услуги, счёт 1")));
        assertThat(taken().stream().filter(one -> "9".equals(one.documentNumber()))).singleElement()
                .extracting(BankOperation::sourceId).isEqualTo(id);
    }

    @Test
    void anotherPurposeInADayThatIsNotProvenIsAnotherOperationAndIsTold() throws IOException {
        drop("one.txt", export(FIRST).bank(Bank.MODULBANK));
        taken();
        drop("two.txt", export(FIRST.withPurpose("Другое")).bank(Bank.MODULBANK));
        assertThat(taken()).hasSize(1);
        assertThat(Files.readString(folder.resolve("done/two.txt.txt"))).contains("похож на принятый раньше");
    }

    @Test
    void sumsThatContradictEachOtherOrAreMissingProveNothing() throws IOException {
        drop("one.txt", export(FIRST));
        taken();
        for (String closing : List.of("КонечныйОстаток=5.00", "КонечныйОстаток=", "ВсегоПоступило=")) {
            drop("two.txt", export(FIRST.withPurpose(closing)).bytes(lines -> {
                lines.replaceAll(line -> line.startsWith(closing.split("=")[0] + "=") ? closing : line);
                return lines;
            }));
            assertThat(taken()).as(closing).extracting(BankOperation::purpose).containsExactly(closing);
        }
    }

    @Test
    void whatALaterExportNoLongerTellsIsToldToAPersonAndTakenBackWhenItReturns() throws IOException {
        drop("one.txt", export(FIRST, SECOND));
        taken();
        drop("same.txt", export(FIRST, SECOND).madeAt(NEXT_DAY.plusHours(1)));
        drop("two.txt", export(FIRST).madeAt(NEXT_DAY.plusDays(1)));
        assertThat(taken()).isEmpty();
        assertThat(Files.readString(folder.resolve("done/two.txt.txt"))).contains("в этой больше нет");
        drop("three.txt", export(FIRST, SECOND).madeAt(NEXT_DAY.plusDays(2)));
        assertThat(taken()).as("it was never forgotten").isEmpty();
        assertThat(done()).containsExactly("one.txt", "same.txt", "three.txt", "two.txt", "two.txt.txt");
    }

    @Test
    void aReversalIsAMovementOfItsOwn() throws IOException {
        Movement back = new Movement("1", DAY, -10_000, FIRST.party(), FIRST.inn(), FIRST.name(), FIRST.purpose());
        drop("one.txt", export(FIRST, back));
        assertThat(taken()).extracting(BankOperation::direction).doesNotHaveDuplicates().hasSize(2);
    }

    @Test
    void anotherFolderTellsNothingTwice() throws IOException {
        drop("one.txt", export(FIRST));
        taken();
        Path other = Files.createDirectories(folder.resolveSibling("other"));
        folder = other;
        feed = feed("main", other);
        drop("two.txt", export(FIRST, SECOND));
        assertThat(taken()).extracting(BankOperation::amount).containsExactly(20_000L);
    }

    @Test
    void aBadFileChangesNothingAndSaysWhatToDo() throws IOException {
        byte[] whole = export(FIRST, SECOND).bytes();
        drop("cut.txt", java.util.Arrays.copyOf(whole, whole.length - 40));
        drop("empty.txt", new byte[0]);
        drop("zip.txt", "PK\u0003\u0004".getBytes());
        drop("glued.txt", new String(whole, "windows-1251").repeat(2).getBytes("windows-1251"));
        drop("new.txt", export(FIRST).bytes(lines -> {
            lines.set(1, "ВерсияФормата=2.00");
            return lines;
        }));
        drop("foreign.txt", StatementExport.of("40702810000000000099").with(FIRST));
        drop("good.txt", export(FIRST));
        assertThat(taken()).as("the good one goes through").hasSize(1);
        assertThat(failed()).contains("cut.txt", "cut.txt.txt", "empty.txt.txt", "zip.txt.txt", "glued.txt.txt",
                "new.txt.txt", "foreign.txt.txt").hasSize(12);
        assertThat(reason("cut.txt")).contains("не принят, из него ничего не взято").contains("Строка ")
                .contains("Что сделать: выгрузите выписку из банка заново");
        assertThat(reason("empty.txt")).contains("файл пуст");
        assertThat(reason("zip.txt")).contains("это архив");
        assertThat(reason("glued.txt")).contains("склеены два файла");
        assertThat(reason("new.txt")).contains("Строка 2: неизвестная версия формата «2.00»");
        assertThat(reason("foreign.txt")).contains("счёт 40702810000000000099 не числится за нашими");
        assertThat(JdbcClient.create(store).sql("select count(*) from statement_row").query(Integer.class).single())
                .isEqualTo(1);
    }

    private String reason(String name) throws IOException {
        return Files.readString(folder.resolve("failed").resolve(name + ".txt"));
    }

    @Test
    void aFileOverTheLimitIsRefusedUnread() throws IOException {
        try (RandomAccessFile huge = new RandomAccessFile(folder.resolve("huge.txt").toFile(), "rw")) {
            huge.setLength(200L * 1024 * 1024);
        }
        taken();
        assertThat(reason("huge.txt")).contains("больше 50 МБ");
    }

    @Test
    void aPartlyUsableFileIsDoneWithATextBesideAndMayComeAgain() throws IOException {
        byte[] bytes = export(FIRST, SECOND).bytes(lines -> {
            lines.replaceAll(line -> line.equals("Сумма=200.00") ? "Сумма=-200.00" : line);
            return lines;
        });
        drop("a.txt", bytes);
        assertThat(taken()).hasSize(1);
        assertThat(done()).containsExactly("a.txt", "a.txt.txt");
        assertThat(Files.readString(folder.resolve("done/a.txt.txt"))).contains("принят не полностью")
                .contains("«Сумма=-200.00» не сумма движения");
        drop("a.txt", bytes);
        assertThat(taken()).as("it is read again, as what hindered it may be mended").isEmpty();
        assertThat(done()).containsExactly("a (2).txt", "a (2).txt.txt", "a.txt", "a.txt.txt");
    }

    @Test
    void theFirstStatementOfAForeignAccountIsShownToAPerson() throws IOException {
        StatementExport dollars = StatementExport.of("40702840000009990012").period(DAY, DAY).with(FIRST);
        drop("a.txt", dollars);
        assertThat(taken()).extracting(BankOperation::currency).containsExactly("USD");
        assertThat(Files.readString(folder.resolve("done/a.txt.txt"))).contains("в валюте USD");
        drop("b.txt", dollars.with(SECOND));
        taken();
        assertThat(done()).containsExactly("a.txt", "a.txt.txt", "b.txt");
    }

    @Test
    void aFolderThatIsNotThereIsTroubleUntilItIs() throws IOException {
        Path gone = folder.resolveSibling("gone");
        folder = gone;
        feed = feed("main", gone);
        assertThatThrownBy(this::poll).isInstanceOf(VendorException.Transient.class)
                .hasMessageContaining("statements.main: there is no folder " + gone)
                .hasMessageContaining("sverka.statements.main.folder");
        assertThat(feed.open("main", Map.of()).next()).as("it is left alone for a while").isNull();
        Files.createDirectory(gone);
        drop("a.txt", export(FIRST));
        clock.advance(Duration.ofSeconds(15));
        assertThat(taken()).hasSize(1);
    }

    @Test
    void anEmptyFolderGivesASignOfLifeAMinute() {
        assertThat(feed.open("main", Map.of()).next()).isNotNull();
        assertThat(feed.open("main", Map.of()).next()).isNull();
        clock.advance(Duration.ofMinutes(1));
        assertThat(feed.open("main", Map.of()).next()).isNotNull();
    }

    @Test
    void aFolderThatCannotBeUsedIsTrouble() throws IOException {
        Files.writeString(folder.resolve("done"), "no folder");
        drop("a.txt", export(FIRST));
        assertThatThrownBy(this::poll).isInstanceOf(VendorException.Transient.class)
                .hasMessageContaining("is no folder");
        assertThat(connector("main", folder).check("main")).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo("sverka.statements.main.folder");
            assertThat(problem.problem()).contains("done");
        });
        assertThat(connector("main", folder.resolve("gone")).check("main")).hasSize(1);
    }

    @Test
    void anAccountWithoutAFolderIsOff() {
        assertThat(new StatementsConnector(new StatementsProperties(Map.of("sber",
                new StatementsProperties.Account(" ")), List.of()), new StatementRows(JdbcClient.create(store)), home,
                clock).accounts()).isEqualTo(Map.of("sber", false, "main", false));
    }
}
