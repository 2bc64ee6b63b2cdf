package dev.sverka.vendors.statements;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.records.bank.BankOperation;
import dev.sverka.sandbox.statements.StatementExport.Bank;
import dev.sverka.sandbox.statements.StatementExport.Movement;
import dev.sverka.sandbox.statements.StatementExport.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Exports overlap, repeat and correct each other: every movement stays one operation. */
abstract class RetellingContract extends StatementsStage {

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

    /** Dates of a header are hints (sheet section 2): a year too many would make every later file an older one. */
    @Test
    void aFileFromTheFutureIsNoNewerThanItsReading() throws IOException {
        drop("one.txt", export(FIRST, SECOND).madeAt(NEXT_DAY.plusYears(9)));
        BankOperation before = taken().stream().filter(one -> one.amount() == 10_000).findFirst().orElseThrow();
        assertThat(before.readAt()).isBeforeOrEqualTo(clock.instant());
        clock.advance(Duration.ofDays(2));
        drop("two.txt", export(FIRST.withPurpose("Оплата по счёту 1 от 12.11.2026"), SECOND)
                .madeAt(DAY.plusDays(5).atTime(9, 0)));
        assertThat(taken()).extracting(BankOperation::sourceId).containsExactly(before.sourceId());
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
        List<BankOperation> known = List.copyOf(told);
        assertThat(taken()).isEmpty();
        assertThat(Files.readString(folder.resolve("done/two.txt.txt"))).contains("в этой больше нет");
        assertThat(windows).as("what the day lacks is told").singleElement().satisfies(window -> {
            assertThat(window.seen()).extracting("operationId").containsExactly(known.get(0).sourceId());
            assertThat(window.fromDate()).isEqualTo(DAY);
        });
        drop("three.txt", export(FIRST, SECOND).madeAt(NEXT_DAY.plusDays(2)));
        assertThat(taken()).as("it was never forgotten").isEmpty();
        assertThat(windows.get(1).seen()).as("and is there again").hasSize(2);
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
}
