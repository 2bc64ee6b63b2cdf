package dev.sverka.flows.books;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.state.Databases;
import dev.sverka.flows.payments.Reviews;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operation costs at FinTablo, in calls counted there: by the number of payments that it pays. */
class BooksCallsTest {

    @TempDir
    Path home;

    /** A person gives one transfer to so many invoices of as many deals, the partner being known. @return calls it cost */
    private static long cost(BooksStage stage, int payments, boolean imports) {
        int first = 200 + payments * 10;
        List<Reviews.Share> shares = new ArrayList<>();
        BigDecimal sum = BigDecimal.ZERO;
        for (int n = first; n < first + payments; n++) {
            stage.deal(n);
            BigDecimal amount = BigDecimal.valueOf(100 + n).setScale(2);
            shares.add(new Reviews.Share(stage.invoice("КК-" + n, amount.toPlainString(), n), amount));
            sum = sum.add(amount);
        }
        String purpose = "Перевод средств " + "абвгд".charAt(payments);
        Long theirs = imports ? stage.imported(stage.day, sum.toPlainString(), purpose, null) : null;
        long before = stage.vendor.calls().size();
        long operation = stage.pay(sum.toPlainString(), purpose);
        stage.jdbc.sql("select id from review where operation_id = ? and state = 'open'").param(operation)
                .query(Long.class).optional().ifPresent(review -> stage.reviews.decide(review,
                        Reviews.Said.allocate(shares), "Анна"));
        stage.booked(operation);
        long cost = stage.vendor.calls().size() - before;
        long whole = theirs != null ? theirs : (Long) stage.company.all("transaction").stream().filter(
                one -> String.valueOf(one.get("description")).endsWith(":" + operation) && one.get("parentId") == null)
                .findFirst().orElseThrow().get("id");
        List<Map<String, Object>> parts = stage.parts(whole);
        assertThat(parts).hasSize(payments == 1 ? 0 : payments);
        assertThat(payments == 1 ? List.of(stage.theirs(whole)) : parts).allSatisfy(part -> assertThat(part)
                .containsEntry("partnerId", stage.partners(stage.inn()).get(0).get("id")).containsEntry("categoryId",
                        BooksStage.INCOMES).containsKey("dealId"));
        assertThat(parts.stream().map(part -> new BigDecimal(part.get("value").toString())).reduce(BigDecimal.ZERO,
                BigDecimal::add)).isEqualByComparingTo(payments == 1 ? BigDecimal.ZERO : sum);
        long after = stage.vendor.calls().size();
        stage.books.compareAll();
        assertThat(stage.vendor.calls()).as("an unchanged one costs nothing").hasSize((int) after);
        return cost;
    }

    private void costs(boolean imports, int most) throws IOException {
        try (BooksStage stage = new BooksStage(home, Databases.h2Url(home), "--sverka.fintablo.main.bank-operations="
                + (imports ? "enrich" : "write"))) {
            stage.customer();
            cost(stage, 4, imports);
            for (int payments = 1; payments <= 3; payments++) {
                long cost = cost(stage, payments, imports);
                System.out.printf("FinTablo, %s: an operation on %d payments costs %d calls%n",
                        imports ? "enrich" : "write", payments, cost);
                assertThat(cost).as(payments + " payments").isLessThanOrEqualTo(most + payments - 1);
            }
        }
    }

    @Test
    void whereFinTabloReadsTheBankOnePaymentCostsThreeCallsAndEachFurtherOneMore() throws IOException {
        costs(true, 3);
    }

    @Test
    void whereWeCreateOnePaymentCostsFourCallsAndEachFurtherOneMore() throws IOException {
        costs(false, 4);
    }
}
