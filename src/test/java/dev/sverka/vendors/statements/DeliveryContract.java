package dev.sverka.vendors.statements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.http.VendorException;
import dev.sverka.records.bank.BankOperation;
import dev.sverka.sandbox.statements.StatementExport;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From the drop folder to news: what is taken when, once only, and what becomes of the files. */
abstract class DeliveryContract extends StatementsStage {

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
