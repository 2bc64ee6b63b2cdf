package dev.sverka.vendors.tbank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.records.bank.BankOperation.Direction;
import dev.sverka.records.bank.BankOperation;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class TBankOperationsTest {

    private static final Instant READ = Instant.parse("2026-11-23T09:00:00Z");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private static List<JsonNode> sample(String name) throws IOException {
        try (InputStream file = Objects.requireNonNull(
                TBankOperationsTest.class.getResourceAsStream("/vendors/tbank/" + name))) {
            return List.copyOf(JSON.readTree(file).path("operations").values());
        }
    }

    private static BankOperation read(JsonNode raw) {
        return TBankOperations.read("tbank.main", "40702810200009990001", raw, READ).orElseThrow();
    }

    @Test
    void readsACustomersPayment() throws IOException {
        BankOperation operation = read(sample("statement-page1.json").get(0));
        assertThat(operation.direction()).isEqualTo(Direction.INCOMING);
        assertThat(operation.amount()).isEqualTo(4_820_050);
        assertThat(operation.currency()).isEqualTo("RUB");
        assertThat(operation.bookedOn()).isEqualTo(LocalDate.of(2026, 11, 16));
        assertThat(operation.documentNumber()).isEqualTo("117");
        assertThat(operation.purpose()).startsWith("Оплата по счету № 117 от 12.11.2026");
        assertThat(operation.counterparty().inn()).isEqualTo("0099000127");
        assertThat(operation.counterparty().kpp()).isEqualTo("009901002");
        assertThat(operation.counterparty().account()).isEqualTo("40702810600000880012");
    }

    /** A reversal may come as a negative amount (section 11, row 14). */
    @Test
    void aMinusTurnsTheMoneyRoundAndNotThePeople() throws IOException {
        ObjectNode raw = (ObjectNode) sample("statement-page1.json").get(0).deepCopy();
        raw.remove("counterParty");
        raw.put("accountAmount", new java.math.BigDecimal("-48200.50"));
        BankOperation operation = read(raw);
        assertThat(operation.direction()).isEqualTo(Direction.OUTGOING);
        assertThat(operation.amount()).isEqualTo(4_820_050);
        assertThat(operation.category()).as("what a person is asked by").isEqualTo("reversal");
        assertThat(operation.counterparty().account()).as("never our own").isEqualTo("40702810600000880012");
        assertThat(operation.counterparty().inn()).isEqualTo("0099000127");
    }

    @Test
    void everySampleIsReadOrIsAHold() throws IOException {
        for (String name : List.of("statement-page1.json", "statement-page2-last.json", "statement-fx-account.json",
                "statement-with-authorization.json", "statement-fault-same-cursor.json")) {
            for (JsonNode raw : sample(name)) {
                Optional<BankOperation> operation = TBankOperations.read("tbank.main", "40702810200009990001", raw,
                        READ);
                assertThat(operation.isPresent())
                        .isEqualTo(raw.path("operationStatus").asString("").equals("Transaction"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"2026-11-15T20:59:59Z,2026-11-15", "2026-11-15T21:00:00Z,2026-11-16",
        "2026-12-31T21:00:00Z,2027-01-01"})
    void theBankingDayIsMoscows(String moment, LocalDate day) throws IOException {
        ObjectNode raw = (ObjectNode) sample("statement-page1.json").get(0);
        raw.put("operationDate", moment);
        assertThat(read(raw).bookedOn()).isEqualTo(day);
    }

    @Test
    void zeroAndEmptyMeanAbsentAndMissingPartsAreTaken() throws IOException {
        ObjectNode raw = (ObjectNode) sample("statement-page1.json").get(0);
        ((ObjectNode) raw.path("counterParty")).put("kpp", "0").put("inn", "");
        ((ObjectNode) raw.path("payer")).put("inn", "0").remove("kpp");
        raw.remove(List.of("documentNumber", "payPurpose", "category"));
        BankOperation operation = read(raw);
        assertThat(operation.counterparty().inn()).isNull();
        assertThat(operation.counterparty().kpp()).isNull();
        assertThat(operation.documentNumber()).isNull();
        assertThat(operation.purpose()).as("the bank's own text stands in").startsWith("Оплата по счету");
    }

    @Test
    void aNegativeAmountMovesTheOtherWay() throws IOException {
        ObjectNode raw = (ObjectNode) sample("statement-page1.json").get(0);
        raw.put("accountAmount", new java.math.BigDecimal("-10.5"));
        assertThat(read(raw).direction()).isEqualTo(Direction.OUTGOING);
        assertThat(read(raw).amount()).isEqualTo(1050);
    }

    @Test
    void anEditedOperationHasAnotherVersionAndTheSameOneHasNot() throws IOException {
        JsonNode raw = sample("statement-page1.json").get(0);
        ObjectNode edited = ((ObjectNode) raw.deepCopy()).put("payPurpose", "Оплата по счету № 118");
        ObjectNode sameMoney = ((ObjectNode) raw.deepCopy()).put("accountAmount", new java.math.BigDecimal("48200.50"));
        assertThat(read(edited).version()).isNotEqualTo(read(raw).version());
        assertThat(read(sameMoney).version()).isEqualTo(read(raw).version());
    }

    @Test
    void anotherIdAndTheNextDayLeaveTheFingerprintAndAnotherSumDoesNot() throws IOException {
        ObjectNode raw = (ObjectNode) sample("statement-page1.json").get(0);
        ObjectNode drifted = raw.deepCopy().put("operationId", "another").put("operationDate", "2026-11-16T21:10:00Z")
                .put("payPurpose", raw.path("payPurpose").asString().toUpperCase().replace(" ", "  "));
        assertThat(read(drifted).fingerprint()).isEqualTo(read(raw).fingerprint());
        assertThat(read(raw.deepCopy().put("accountAmount", 48200.51)).fingerprint())
                .isNotEqualTo(read(raw).fingerprint());
        assertThat(read(raw.deepCopy().put("typeOfOperation", "Debit")).fingerprint())
                .isNotEqualTo(read(raw).fingerprint());
    }

    @ParameterizedTest
    @CsvSource({"accountAmount,1.234", "accountAmount,''", "accountAmount,много", "typeOfOperation,Reversal",
        "operationDate,yesterday", "operationId,''", "operationStatus,Declined"})
    void whatCannotBeReadIsToldAndNotGuessed(String field, String value) throws IOException {
        ObjectNode raw = ((ObjectNode) sample("statement-page1.json").get(0)).put(field, value);
        assertThatThrownBy(() -> read(raw)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(field);
    }

    @Test
    void sumsMayBeTextAndTheCurrencyMayStandInTheAccountAlone() throws IOException {
        ObjectNode raw = (ObjectNode) sample("statement-page1.json").get(0);
        raw.put("accountAmount", "48200.5").remove(List.of("accountCurrencyDigitalCode", "operationStatus"));
        assertThat(read(raw).amount()).isEqualTo(4_820_050);
        assertThat(read(raw).currency()).isEqualTo("RUB");
        assertThat(TBankOperations.read("tbank.main", "40702840100009990003", raw, READ).orElseThrow().currency())
                .isEqualTo("USD");
    }

    @Test
    void aPartySpelledAnewIsNoEdit() throws IOException {
        ObjectNode raw = (ObjectNode) sample("statement-page1.json").get(0);
        ObjectNode spelled = raw.deepCopy();
        ((ObjectNode) spelled.path("counterParty")).put("name", "Ромашка, общество с ограниченной ответственностью");
        assertThat(read(spelled).version()).isEqualTo(read(raw).version());
    }
}
