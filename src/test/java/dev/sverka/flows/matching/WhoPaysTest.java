package dev.sverka.flows.matching;

import static dev.sverka.flows.matching.MatcherTable.DAY;
import static dev.sverka.flows.matching.MatcherTable.OWN;
import static dev.sverka.flows.matching.MatcherTable.PAYER;
import static dev.sverka.flows.matching.MatcherTable.invoice;
import static dev.sverka.flows.matching.MatcherTable.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.flows.matching.Matcher.Assign;
import dev.sverka.flows.matching.Matcher.Case;
import dev.sverka.flows.matching.Matcher.Decision;
import dev.sverka.flows.matching.Matcher.Operation;
import dev.sverka.flows.matching.Matcher.Papers;
import dev.sverka.flows.matching.Matcher.Payment;
import dev.sverka.flows.matching.Matcher.Source;
import dev.sverka.records.bank.BankOperation.Direction;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody else's money, a bank's register, money given back: each with its opposite. */
class WhoPaysTest {

    private static final String STRANGER = "0099000198";

    private static String paidFor(String purpose, String party, String known, Source source) {
        Operation operation = new Operation(Direction.INCOMING, 100_00, "RUB", DAY, purpose, party, "ООО «Чужая»");
        return told(new NumberMatcher().match(new Case(operation, OWN, List.of(invoice(10, "МК-10", 100_00)), List.of(),
                known, source, List.of(), List.of(), false)));
    }

    @Test
    void aStrangerPaysForTheCustomerThatTheTextNamesAndADocumentOfHis() {
        String named = "Оплата за ООО \"Ромашка\" ИНН " + PAYER + " по письму б/н, счет № МК-10 от 12.11.2026";
        assertThat(paidFor(named, STRANGER, PAYER, Source.TEXT)).isEqualTo("10=100.00");
        assertThat(paidFor("Оплата за ООО \"Ромашка\" ИНН " + PAYER, STRANGER, PAYER, Source.TEXT)).as("no document")
                .isEqualTo("?");
        assertThat(paidFor(named.replace(PAYER, "0099000888"), STRANGER, PAYER, Source.TEXT)).as("another ИНН")
                .isEqualTo("?");
        assertThat(paidFor(named.replace("МК-10", "МК-77"), STRANGER, PAYER, Source.TEXT)).as("no such invoice")
                .isEqualTo("?");
        assertThat(paidFor("Возврат: " + named, STRANGER, PAYER, Source.TEXT)).isEqualTo("?");
    }

    @Test
    void withoutInnAFullNameNeedsADocument() {
        assertThat(paidFor("Оплата по счету МК-10 от 12.11.2026", null, PAYER, Source.NAME)).isEqualTo("10=100.00");
        assertThat(paidFor("Оплата", null, PAYER, Source.NAME)).isEqualTo("?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "ООО \"Ромашка\"        | Общество с ограниченной ответственностью «РОМАШКА» | true",
        "ООО \"Ромашка\"        | \"Ромашка\" ООО                                    | true",
        "ИП Ёлкин Пётр Ильич    | Индивидуальный предприниматель ЕЛКИН ПЕТР ИЛЬИЧ    | true",
        "ИП Ёлкин Пётр Ильич    | Елкин Петр Ильич                                   | true",
        "ООО \"Ромашка\"        | АО \"Ромашка\"                                     | false",
        "ООО \"Ромашка\"        | ООО \"Ромашка 2\"                                  | false",
        "ООО \"Ромашка-Юг\"     | ООО \"Ромашка Юг\"                                 | false",
        "ООО \"Ромашка\"        | ООО \"Ромашки\"                                    | false"})
    void aSimilarNameIsNothing(String one, String other, boolean same) {
        assertThat(PartyName.isSame(one, other)).isEqualTo(same);
    }

    private static Payment card(long id, long amount, LocalDate day) {
        return new Payment(id, "", true, "З-" + id, day, amount, amount, "RUB", false, OWN, null);
    }

    private static Decision register(long amount, String purpose, boolean ourBank, Payment... cards) {
        Operation operation = new Operation(Direction.INCOMING, amount, "RUB", DAY, purpose, "7710140679",
                "АО «ТБанк»");
        return new NumberMatcher().match(new Case(operation, OWN, List.of(), List.of(), null, Source.BANK, List.of(),
                List.of(cards), ourBank));
    }

    @Test
    void aRegisterIsAllOrdersOfItsDayLessTheNamedCommission() {
        String text = "Эквайринг, реестр за 15.11.2026, комиссия 3.00";
        Payment first = card(1, 100_00, DAY.minusDays(1));
        Payment second = card(2, 50_00, DAY.minusDays(1));
        Payment earlier = card(3, 70_00, DAY.minusDays(2));
        Decision decided = register(147_00, text, true, first, second, earlier);
        assertThat(told(decided)).isEqualTo("1=100.00 2=50.00");
        assertThat(((Assign) decided).fee()).isEqualTo(3_00);
        assertThat(told(register(146_99, text, true, first, second))).as("a kopeck less").isEqualTo("?");
        assertThat(told(register(147_00, text.replace("3.00", "4.00"), true, first, second))).isEqualTo("?");
        assertThat(told(register(147_00, text.replace("15.11", "14.11"), true, first, second))).isEqualTo("?");
        assertThat(told(register(147_00, text, false, first, second))).as("not our bank").isEqualTo("?");
        assertThat(told(register(147_00, text, true, first, second, card(4, 1_00, DAY.minusDays(1))))).isEqualTo("?");
    }

    private static String returned(String purpose, long amount, Payment... payments) {
        Operation operation = new Operation(Direction.OUTGOING, amount, "RUB", DAY, purpose, PAYER, "ООО «Ромашка»");
        return told(new NumberMatcher().match(new Case(operation, OWN, List.of(payments), List.of())));
    }

    private static Payment under(long id, boolean incoming, long open, String contract) {
        Papers papers = MatcherTable.contract(contract);
        return new Payment(id, "", incoming, "Н-" + id, DAY.minusDays(9), 100_00, open, "RUB", false, OWN, null,
                papers);
    }

    @Test
    void moneyIsGivenBackWhereThePortalExpectsExactlyThat() {
        Payment bought = under(1, true, 0, "7/26");
        Payment back = under(2, false, 100_00, "7/26");
        assertThat(returned("Возврат предоплаты, счет № Н-1", 100_00, bought, back)).isEqualTo("2=100.00");
        assertThat(returned("Возврат по договору № 7/26", 100_00, bought, back)).isEqualTo("2=100.00");
        assertThat(returned("Возврат предоплаты, счет № Н-1", 100_01, bought, back)).isEqualTo("?");
        assertThat(returned("Возврат предоплаты, счет № Н-1", 100_00, bought)).as("nobody entered it").isEqualTo("?");
        assertThat(returned("Возврат предоплаты", 100_00, bought, back, under(3, false, 100_00, "7/26")))
                .isEqualTo("?");
        assertThat(returned("Возврат по договору № 8/26", 100_00, bought, back)).as("another contract").isEqualTo("?");
        assertThat(returned("Возврат предоплаты", 100_00, back)).as("they have paid nothing").isEqualTo("?");
        assertThat(returned("Возврат займа", 100_00, bought, back)).isEqualTo("?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "БГ/05-1503 | Оплата по счету BG/05-1503                      | 10=100.00",
        "ДЛ-1503    | OPLATA PO SCHETU N DL-1503 OT 12.11.2026        | 10=100.00",
        "1503       | Оплата по счету № l5O3 от 12.11.2026            | 10=100.00",
        "1503       | Оплата по счету № l5O3                          | ?",
        "1503       | Оплата по счету № 1530 от 12.11.2026            | 10=100.00",
        "1503       | Оплата по счету № 1530 от 11.11.2026            | ?",
        "1503       | Оплата по счету № 1530                          | ?",
        "1503       | Оплата по счету № 1531 от 12.11.2026            | ?",
        "1503       | оплатасчета1503от12.11.2026                     | 10=100.00",
        "1503       | Оплата по счкту № 1503                          | 10=100.00",
        "1503       | Оплата по смету № 1504                          | ?",
        "1503       | Расчёт счета № 77216655                         | ?",
        "1503       | Оплата по счёту, выставленному 12.11.2026       | 10=100.00",
        "1503       | Оплата по счёту, выставленному 11.11.2026       | ?",
        "1503       | Оплата по счету 1503, с-ф 20 от 12.11.2026      | 10=100.00",
        "1503       | Оплата по с-ф 1503                              | ?",
        "БГ/05-1503 | Оплата по счету 05-1503 от 12.11.2026           | 10=100.00",
        "1503       | Оплата по счету 1503. НДС 20% 1504              | 10=100.00"})
    void aNumberIsReadThroughItsSpelling(String number, String purpose, String told) {
        Payment other = new Payment(11, "", true, "20", LocalDate.of(2026, 11, 12), 900_00, 900_00, "RUB", false, OWN,
                null);
        assertThat(told(MatcherTable.decide(100_00, purpose, invoice(10, number, 100_00), other))).isEqualTo(told);
    }
}
