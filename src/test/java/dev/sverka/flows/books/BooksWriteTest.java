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

/** Where FinTablo does not read the bank, we create its operations; where it is off, nothing waits for it. */
class BooksWriteTest {

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
}
