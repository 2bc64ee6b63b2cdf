package dev.sverka.flows.books;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.state.Databases;
import dev.sverka.sandbox.Faults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Partners that FinTablo lacks are made, once for each ИНН, before an operation names them. */
class BooksPartnersTest {

    @TempDir
    static Path home;

    private static BooksStage stage;

    @BeforeAll
    static void start() throws IOException {
        stage = new BooksStage(home, Databases.h2Url(home));
    }

    @AfterAll
    static void stop() {
        stage.close();
    }


    @Test
    void aPartnerThatFinTabloLacksIsMadeOnceForAllOperationsThoughTheAnswerIsLost() {
        String inn = stage.stranger();
        long deal = stage.deal(121);
        stage.invoice("ДД-121", "100.00", 121);
        stage.invoice("ДД-122", "200.00", 121);
        stage.invoice("ДД-123", "300.00", 121);
        List<Long> theirs = List.of(stage.imported(stage.day, "100.00", "Оплата по счету ДД-121", null),
                stage.imported(stage.day, "200.00", "Оплата по счету ДД-122", null),
                stage.imported(stage.day, "300.00", "Оплата по счету ДД-123", null));
        stage.vendor.faults().next("create partner", Faults.Kind.LOST_ANSWER);
        List<Long> ours = List.of(stage.pay("100.00", "Оплата по счету ДД-121"),
                stage.pay("200.00", "Оплата по счету ДД-122"), stage.pay("300.00", "Оплата по счету ДД-123"));
        ours.forEach(stage::booked);
        assertThat(stage.partners(inn)).singleElement().satisfies(one -> {
            assertThat(one).containsEntry("name", "ООО «Ромашка»");
            assertThat(one.get("comment").toString()).endsWith("sverka:deal-fintablo:main:" + inn);
            assertThat(theirs).allSatisfy(id -> assertThat(stage.theirs(id)).containsEntry("partnerId", one.get("id"))
                    .containsEntry("dealId", deal));
        });
        assertThat(stage.vendor.calls().stream().filter("create partner"::equals)).as("nothing is sent twice").hasSize(1);
    }

    @Test
    void aPartnerThatFinTablosImportNamesIsLeftThere() {
        String inn = stage.stranger();
        stage.deal(131);
        stage.invoice("ЕЕ-131", "131.00", 131);
        long own = stage.company.enter("partner", Map.of("name", "Ромашка без ИНН"));
        long theirs = stage.imported(stage.day, "131.00", "Оплата по счету ЕЕ-131", own);
        stage.booked(stage.pay("131.00", "Оплата по счету ЕЕ-131"));
        assertThat(stage.theirs(theirs)).containsEntry("partnerId", own).containsEntry("categoryId",
                BooksStage.INCOMES);
        assertThat(stage.partners(inn)).isEmpty();
    }

    /** FinTablo lets an ИНН stand twice (fintablo.md section 8.4): its import may name the other partner. */
    @Test
    void anImportThatNamesASecondPartnerOfTheSameCustomerIsFoundAndKeepsIt() {
        stage.customer();
        stage.deal(151);
        stage.invoice("ИИ-151", "151.00", 151);
        stage.invoice("ИИ-152", "152.00", 151);
        long second = stage.company.enter("partner", Map.of("name", "Ромашка ещё раз", "inn", stage.inn()));
        long stranger = stage.company.enter("partner", Map.of("name", "Лютик", "inn", "0077001234"));
        stage.imported(stage.day, "151.00", "Оплата по договору без номера", stranger);
        long theirs = stage.imported(stage.day, "151.00", "Оплата по счету ИИ-151", second);
        stage.booked(stage.pay("151.00", "Оплата по счету ИИ-151"));
        assertThat(stage.theirs(theirs)).containsEntry("categoryId", BooksStage.INCOMES)
                .containsEntry("partnerId", second);
        long third = stage.company.enter("partner", Map.of("name", "И ещё раз", "inn", stage.inn()));
        long later = stage.imported(stage.day, "152.00", "Оплата по счету ИИ-152", third);
        long ours = stage.pay("152.00", "Оплата по счету ИИ-152");
        BooksStage.eventually(() -> assertThat(stage.entry(ours)).isEqualTo("waiting"));
        stage.clock.advance(java.time.Duration.ofHours(1));
        stage.booked(ours);
        assertThat(stage.theirs(later)).containsEntry("categoryId", BooksStage.INCOMES);
    }

    @Test
    void whereWeCreateOperationsThePartnerIsThereFirst(@TempDir Path folder) throws IOException {
        try (BooksStage other = new BooksStage(folder, Databases.h2Url(folder),
                "--sverka.fintablo.main.bank-operations=write")) {
            String inn = other.stranger();
            other.deal(141);
            other.invoice("ЖЖ-141", "141.00", 141);
            other.invoice("ЖЖ-142", "142.00", 141);
            long one = other.pay("141.00", "Оплата по счету ЖЖ-141");
            long two = other.pay("142.00", "Оплата по счету ЖЖ-142");
            other.booked(one);
            other.booked(two);
            Map<String, Object> partner = other.partners(inn).get(0);
            assertThat(other.partners(inn)).hasSize(1);
            assertThat(other.company.all("transaction")).hasSize(2).allSatisfy(made -> assertThat(made)
                    .containsEntry("partnerId", partner.get("id")));
        }
    }
}
