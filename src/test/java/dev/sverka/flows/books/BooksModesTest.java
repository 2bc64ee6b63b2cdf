package dev.sverka.flows.books;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.state.Databases;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it costs where FinTablo reads the bank; where it does not, we create; where it is off, nothing waits. */
class BooksModesTest {

    @TempDir
    Path home;

    @Test
    void anOperationIsCreatedOnceWithItsMarkerAndFollowsTheLedger() throws IOException {
        try (BooksStage stage = new BooksStage(home, Databases.h2Url(home),
                "--sverka.fintablo.main.bank-operations=write")) {
            long partner = stage.customer();
            long deal = stage.deal(71);
            stage.invoice("МК-71", "1500.50", 71);
            long before = stage.vendor.calls().size();
            long operation = stage.pay("1500.50", "Оплата по счету МК-71");
            stage.booked(operation);
            List<Map<String, Object>> made = stage.company.all("transaction");
            assertThat(made).singleElement().satisfies(one -> {
                assertThat(one).containsEntry("dealId", deal).containsEntry("partnerId", partner)
                        .containsEntry("categoryId", BooksStage.INCOMES).containsEntry("isPlan", 0);
                assertThat(new BigDecimal(one.get("value").toString())).isEqualByComparingTo("1500.50");
                assertThat(one.get("description").toString()).startsWith("Оплата по счету МК-71")
                        .endsWith(" sverka:bank-operation:main:" + operation);
            });
            assertThat(stage.vendor.calls().size() - before).isLessThanOrEqualTo(4);
            stage.reviews.reopen(operation, "Анна");
            BooksStage.eventually(() -> assertThat(stage.company.all("transaction").get(0).get("dealId")).isNull());
            assertThat(stage.company.all("transaction")).as("never a second one").hasSize(1);
        }
    }

    @Test
    void whereFinTabloIsOffNothingPilesUp() throws IOException {
        try (BooksStage stage = new BooksStage(home, Databases.h2Url(home), "--sverka.fintablo.main.token=")) {
            stage.customer();
            stage.invoice("МК-71", "1500.50", 71);
            long operation = stage.pay("1500.50", "Оплата по счету МК-71");
            assertThat(stage.entry(operation)).isEqualTo("none");
            assertThat(stage.vendor.calls()).isEmpty();
        }
    }

    @Test
    void anOperationOnOnePaymentCostsThreeCallsAndAnUnchangedOneNone() throws IOException {
        try (BooksStage stage = new BooksStage(home, Databases.h2Url(home))) {
            long partner = stage.customer();
            long deal = stage.deal(71);
            long theirs = stage.imported(stage.day.plusDays(1), "1500.50", "Оплата по счету МК-71", null);
            stage.invoice("МК-71", "1500.50", 71);
            long operation = stage.pay("1500.50", "Оплата по счету МК-71");
            stage.booked(operation);
            assertThat(stage.theirs(theirs)).containsEntry("categoryId", BooksStage.INCOMES)
                    .containsEntry("dealId", deal).containsEntry("directionId", BooksStage.DIRECTION).containsEntry("partnerId", partner);
            long before = stage.vendor.calls().size();
            stage.books.compareAll();
            assertThat(stage.entry(operation)).isEqualTo("done");
            assertThat(stage.vendor.calls()).hasSize((int) before);
            stage.imported(stage.day, "77.00", "Доплата по счету МК-72", partner);
            stage.invoice("МК-72", "77.00", 71);
            long next = stage.pay("77.00", "Доплата по счету МК-72");
            stage.booked(next);
            assertThat(stage.vendor.calls().size() - before).as("the partner is known by now").isLessThanOrEqualTo(3);
        }
    }
}
