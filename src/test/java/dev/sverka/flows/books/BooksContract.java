package dev.sverka.flows.books;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.flows.payments.Reviews;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is settled in the ledger stands in FinTablo's own import of it, through the shipped routes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BooksContract {

    private BooksStage stage;

    /** A store of its own. */
    abstract String url();

    @BeforeAll
    void start(@TempDir Path home) throws IOException {
        stage = new BooksStage(home, url());
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void moneyOfTwoDealsSplitsAndAnotherAllocationChangesTheBooks() {
        stage.customer();
        long one = stage.deal(81);
        long two = stage.deal(82);
        long first = stage.invoice("МК-81", "1000.00", 81);
        stage.invoice("МК-82", "500.00", 82);
        long theirs = stage.imported(stage.day, "1500.00", "Оплата по счетам МК-81 и МК-82", null);
        long operation = stage.pay("1500.00", "Оплата по счетам МК-81 и МК-82");
        stage.booked(operation);
        assertThat(stage.parts(theirs)).extracting(part -> part.get("dealId") + " " + new BigDecimal(
                part.get("value").toString()).intValueExact()).containsExactlyInAnyOrder(one + " 1000", two + " 500");
        stage.reviews.reopen(operation, "Анна");
        BooksStage.eventually(() -> assertThat(stage.parts(theirs)).as("the decision was taken back").isEmpty());
        stage.booked(operation);
        assertThat(stage.theirs(theirs).get("dealId")).isNull();
        stage.reviews.decide(stage.jdbc.sql("select id from review where operation_id = ? and state = 'open'")
                .param(operation).query(Long.class).single(), Reviews.Said.allocate(List.of(new Reviews.Share(first,
                        new BigDecimal("1000.00")))), "Анна");
        BooksStage.eventually(() -> assertThat(stage.parts(theirs)).extracting(part -> part.get("dealId"))
                .containsExactlyInAnyOrder(one, null));
    }

    @Test
    void equalSumsAreToldApartByPurposeAndWhatAPersonChangedThereStays() {
        stage.customer();
        long one = stage.deal(91);
        stage.invoice("АА-91", "900.00", 91);
        long theirsOfTwo = stage.imported(stage.day, "900.00", "Оплата по счету ББ-92 за работы", null);
        long theirsOfOne = stage.imported(stage.day, "900.00", "Оплата по счету АА-91 за работы", null);
        long operation = stage.pay("900.00", "Оплата по счету АА-91 за работы");
        stage.booked(operation);
        assertThat(stage.theirs(theirsOfOne)).containsEntry("dealId", one);
        assertThat(stage.theirs(theirsOfTwo).get("dealId")).isNull();
        stage.company.edit("transaction", theirsOfOne, "categoryId", 1_701_001L);
        stage.links.link(Bookings.DEALS, "91", Long.toString(stage.deal(910)));
        stage.books.compareAll();
        BooksStage.eventually(() -> assertThat(stage.theirs(theirsOfOne).get("dealId")).isNotEqualTo(one));
        assertThat(stage.theirs(theirsOfOne)).as("an article set by a person").containsEntry("categoryId", 1_701_001L);
    }

    @Test
    void whatFinTabloHasNotImportedIsWaitedForAndThenFound() {
        stage.customer();
        stage.deal(101);
        stage.invoice("ВВ-101", "4321.00", 101);
        long operation = stage.pay("4321.00", "Оплата по счету ВВ-101");
        BooksStage.eventually(() -> assertThat(stage.entry(operation)).isEqualTo("waiting"));
        long theirs = stage.imported(stage.day, "4321.00", "Оплата по счету ВВ-101", null);
        stage.booked(operation);
        assertThat(stage.theirs(theirs)).containsEntry("categoryId", BooksStage.INCOMES);
    }

    @Test
    void severalThatCouldBeItAreNeverGuessedAndAFindingAfterADay() {
        stage.customer();
        stage.deal(111);
        stage.invoice("ГГ-111", "8765.00", 111);
        long some = stage.imported(stage.day, "8765.00", "Поступление", null);
        long other = stage.imported(stage.day, "8765.00", "Зачисление", null);
        long operation = stage.pay("8765.00", "Оплата по счету ГГ-111");
        BooksStage.eventually(() -> assertThat(stage.entry(operation)).isEqualTo("waiting"));
        stage.clock.advance(Duration.ofHours(25));
        BooksStage.eventually(() -> assertThat(stage.entry(operation)).isEqualTo("dead"));
        assertThat(List.of(stage.theirs(some), stage.theirs(other))).extracting(one -> one.get("dealId"))
                .containsOnlyNulls();
        assertThat(stage.jdbc.sql("select message from entry where flow = 'books' and order_key = ?")
                .param(Long.toString(operation)).query(String.class).single()).contains("несколько похожих операций");
    }
}
