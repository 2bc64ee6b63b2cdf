package dev.sverka.vendors.tochka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.records.bank.BankOperation.Direction;
import dev.sverka.records.bank.BankOperation;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class TochkaOperationsTest {

    private static final Instant READ = Instant.parse("2026-11-18T05:00:00Z");
    private static final String ACCOUNT = TochkaStage.ACCOUNT;

    private static List<JsonNode> rows(String sample) {
        JsonNode told = TochkaStage.sample(sample).path("Data").path("Statement");
        return List.copyOf((told.isArray() ? told.path(0) : told).path("Transaction").values());
    }

    private static ObjectNode row(int index) {
        return (ObjectNode) rows("statement-ready").get(index);
    }

    private static BankOperation read(JsonNode raw) {
        return TochkaOperations.read("tochka.main", ACCOUNT, raw, READ, 1).orElseThrow();
    }

    private static TochkaReading reading(String sample) {
        JsonNode told = TochkaStage.sample(sample).path("Data").path("Statement").path(0);
        TochkaJob job = new TochkaJob(READ, LocalDate.of(2026, 11, 16), LocalDate.of(2026, 11, 17), TochkaJob.Kind.DAY,
                31, 0, "", "id");
        return new TochkaReading("tochka.main", ACCOUNT, job, new TochkaClient.Statement("Ready",
                told.path("startDateBalance").decimalValue(), told.path("endDateBalance").decimalValue(),
                List.copyOf(told.path("Transaction").values())));
    }

    @Test
    void readsACustomersPayment() {
        BankOperation operation = read(row(0));
        assertThat(operation.source()).isEqualTo("tochka.main");
        assertThat(operation.sourceId()).isEqualTo("cbs-20261116-000101");
        assertThat(operation.direction()).isEqualTo(Direction.INCOMING);
        assertThat(operation.amount()).isEqualTo(4_820_050);
        assertThat(operation.currency()).isEqualTo("RUB");
        assertThat(operation.bookedOn()).isEqualTo(LocalDate.of(2026, 11, 16));
        assertThat(operation.documentNumber()).isEqualTo("117");
        assertThat(operation.purpose()).startsWith("Оплата по счету № 117 от 12.11.2026");
        assertThat(operation.category()).isEqualTo("Платежное поручение");
        assertThat(operation.counterparty()).isEqualTo(new BankOperation.Counterparty("0099000127", "009901002",
                "ООО \"РОМАШКА-ОБРАЗЕЦ\"", "40702810600000880012"));
        assertThat(operation.readAt()).isEqualTo(READ);
    }

    @Test
    void readsWhatWentOutWithItsReceiver() {
        BankOperation tax = read(row(3));
        assertThat(tax.direction()).isEqualTo(Direction.OUTGOING);
        assertThat(tax.amount()).isEqualTo(371_000);
        assertThat(tax.counterparty().account()).isEqualTo("03100643000000000000");
        assertThat(read(row(2)).counterparty().inn()).as("the bank itself is told without").isNull();
    }

    @Test
    void everySampleIsWholeOrSaysThatItIsNot() {
        assertThat(reading("statement-ready").isContradicted()).isFalse();
        assertThat(reading("statement-ready").operations()).hasSize(5);
        assertThat(reading("statement-ready").window()).isPresent();
        assertThat(reading("statement-empty").window()).isPresent();
        TochkaReading lacking = reading("statement-fault-balance-mismatch");
        assertThat(lacking.isContradicted()).isTrue();
        assertThat(lacking.window()).isEmpty();
    }

    @Test
    void aMemorialOrderOfTheSampleCountsInTheBalanceAndIsNoMovement() {
        TochkaReading early = reading("statement-ready-memorial-order-first");
        assertThat(early.isContradicted()).isFalse();
        JsonNode raw = rows("statement-ready-memorial-order-first").get(1);
        assertThat(TochkaOperations.isProvisional(raw, read(raw), LocalDate.of(2026, 11, 17))).isTrue();
        assertThat(TochkaOperations.isProvisional(raw, read(raw), LocalDate.of(2026, 11, 18))).isFalse();
        assertThat(read(raw).fingerprint()).as("what it becomes").isEqualTo(read(row(1)).fingerprint());
    }

    @Test
    void aRowWithoutADayIsToldAndNotGuessed() {
        assertThatThrownBy(() -> read(rows("statement-sparse-transaction").get(0)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("documentProcessDate");
        assertThat(reading("statement-sparse-transaction").news()).hasSize(1);
        assertThat(reading("statement-sparse-transaction").window()).isEmpty();
    }

    @Test
    void aRowWithTheDayAloneIsRead() {
        ObjectNode raw = (ObjectNode) rows("statement-sparse-transaction").get(0);
        BankOperation operation = read(raw.put("documentProcessDate", "2026-11-16"));
        assertThat(operation.amount()).isEqualTo(100);
        assertThat(operation.purpose()).isEmpty();
        assertThat(operation.sourceId()).isEqualTo(operation.fingerprint() + "-2026-11-16");
    }

    @Test
    void foreignMoneyIsReadInTheAccountsCurrency() {
        BankOperation operation = TochkaOperations.read("tochka.main", "40702156400009990005",
                rows("statement-fx-account").get(0), READ, 1).orElseThrow();
        assertThat(operation.currency()).isEqualTo("CNY");
        assertThat(operation.amount()).isEqualTo(100_000);
        assertThat(operation.counterparty().account()).isNull();
        assertThat(operation.counterparty().name()).isEqualTo("EXAMPLE TRADING LTD");
    }

    @Test
    void aCardAndATelephoneAreNoAccounts() {
        for (String scheme : List.of("RU.CBR.PAN", "RU.CBR.CellphoneNumber")) {
            ObjectNode raw = row(0);
            ((ObjectNode) raw.path("DebtorAccount")).put("schemeName", scheme)
                    .put("identification", "220220******0001");
            assertThat(read(raw).counterparty().account()).isNull();
        }
    }

    @Test
    void thePaymentsIdStandsInForThePostings() {
        ObjectNode raw = row(0);
        raw.remove("transactionId");
        assertThat(read(raw).sourceId()).isEqualTo("cbs-in-7000000101");
    }

    @Test
    void anEditedRowHasAnotherVersionAndTheSameOneHasNot() {
        assertThat(read(row(0).put("description", "Оплата по счету № 118")).version())
                .isNotEqualTo(read(row(0)).version());
        ObjectNode spelled = row(0);
        ((ObjectNode) spelled.path("Amount")).put("amount", new BigDecimal("48200.50"));
        ((ObjectNode) spelled.path("DebtorParty")).put("name", "Ромашка");
        assertThat(read(spelled).version()).isEqualTo(read(row(0)).version());
    }

    @ParameterizedTest
    @CsvSource({"creditDebitIndicator,Сторно", "creditDebitIndicator,''", "status,Executed", "status,''",
        "documentProcessDate,yesterday", "documentProcessDate,''"})
    void whatCannotBeReadIsToldAndNotGuessed(String field, String value) {
        assertThatThrownBy(() -> read(row(0).put(field, value))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(field);
    }

    @ParameterizedTest
    @CsvSource({"1.234", "''", "много", "-5"})
    void aSumThatIsNoneIsToldAndNotGuessed(String sum) {
        ObjectNode raw = row(0);
        ((ObjectNode) raw.path("Amount")).put("amount", sum);
        assertThatThrownBy(() -> read(raw)).hasMessageContaining("Amount.amount");
    }

    @Test
    void whatIsPendingIsNoOperationAndAnUnknownKindOfDocumentIsOne() {
        assertThat(TochkaOperations.read("tochka.main", ACCOUNT, row(0).put("status", "Pending"), READ, 1))
                .isEqualTo(Optional.empty());
        assertThat(read(row(0).put("transactionTypeCode", "Новый, неизвестный")).category())
                .isEqualTo("Новый, неизвестный");
    }
}
