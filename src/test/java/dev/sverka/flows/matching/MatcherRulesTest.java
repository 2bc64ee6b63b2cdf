package dev.sverka.flows.matching;

import static dev.sverka.flows.matching.MatcherTable.DAY;
import static dev.sverka.flows.matching.MatcherTable.OWN;
import static dev.sverka.flows.matching.MatcherTable.PAYER;
import static dev.sverka.flows.matching.MatcherTable.act;
import static dev.sverka.flows.matching.MatcherTable.contract;
import static dev.sverka.flows.matching.MatcherTable.decide;
import static dev.sverka.flows.matching.MatcherTable.delivery;
import static dev.sverka.flows.matching.MatcherTable.invoice;
import static dev.sverka.flows.matching.MatcherTable.month;
import static dev.sverka.flows.matching.MatcherTable.operation;
import static dev.sverka.flows.matching.MatcherTable.order;
import static dev.sverka.flows.matching.MatcherTable.payment;
import static dev.sverka.flows.matching.MatcherTable.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.flows.matching.Matcher.Assign;
import dev.sverka.flows.matching.Matcher.Case;
import dev.sverka.flows.matching.Matcher.Decision;
import dev.sverka.flows.matching.Matcher.Earlier;
import dev.sverka.flows.matching.Matcher.Operation;
import dev.sverka.flows.matching.Matcher.Paper;
import dev.sverka.flows.matching.Matcher.Papers;
import dev.sverka.flows.matching.Matcher.Payment;
import dev.sverka.flows.matching.Matcher.Stage;
import dev.sverka.records.bank.BankOperation.Direction;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule in a table: what it decides, and the opposites that must go to a person ({@code ?}). */
class MatcherRulesTest {

    private static final Payment TEN = invoice(10, "МК-10", 100_00);
    private static final Payment ELEVEN = invoice(11, "МК-11", 200_00);
    private static final Payment TWELVE = invoice(12, "МК-12", 300_00);

    private static String decided(String sum, String purpose, Payment... payments) {
        return told(decide(hundredths(sum), purpose, payments));
    }

    private static long hundredths(String sum) {
        return new BigDecimal(sum).movePointRight(2).longValueExact();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "300.00 | Оплата счетов МК-10, МК-11                                             | 10=100.00 11=200.00",
        "300.00 | Оплата по счетам № МК-10 от 12.11.2026, № МК-11 от 12.11.2026          | 10=100.00 11=200.00",
        "300.00 | Оплата счетов №№ мк-10 и мк-11. Без НДС                                | 10=100.00 11=200.00",
        "300.00 | Оплата по сч. МК-10; сч. МК-11                                         | 10=100.00 11=200.00",
        "600.00 | Оплата счетов МК-10, 11, 12                                       | 10=100.00 11=200.00 12=300.00",
        "600.00 | Оплата счетов МК-10 - МК-12                                       | 10=100.00 11=200.00 12=300.00",
        "600.00 | Оплата счетов МК-10, МК-11–12                                          | ?",
        "300.01 | Оплата счетов МК-10, МК-11                                             | ?",
        "299.99 | Оплата счетов МК-10, МК-11                                             | ?",
        "300.00 | Оплата счетов МК-10, МК-13                                             | ?",
        "300.00 | Оплата счетов МК-10, МК-11 от 13.11.2026                               | ?",
        "300.00 | Оплата счетов МК-10, МК-11, 50%                                        | ?",
        "300.00 | Оплата счетов МК-10 - МК-12                                            | ?",
        "300.00 | Оплата счетов МК-10, МК-11 и прочих 5                                  | ?",
        "150.00 | Оплата по счету МК-10 - 100.00, по счету МК-11 - 50.00                 | 10=100.00 11=50.00",
        "150.00 | Оплата по сч. МК-10 на сумму 100 руб., по сч. МК-11 на сумму 50 руб.   | 10=100.00 11=50.00",
        "151.00 | Оплата по счету МК-10 - 100.00, по счету МК-11 - 50.00                 | ?",
        "150.00 | Оплата по счету МК-10 - 101.00, по счету МК-11 - 49.00                 | ?",
        "150.00 | Оплата по счету МК-10 - 100.00, по счету МК-11                         | ?",
        "200.00 | Оплата по счету МК-10 - 100.00, по счету МК-10 - 100.00                | ?"})
    void severalNamedInvoicesAddUpExactlyOrTheTextSaysHowMuchForWhich(String sum, String purpose, String told) {
        assertThat(decided(sum, purpose, TEN, ELEVEN, TWELVE)).isEqualTo(told);
    }

    @Test
    void ofSeveralNamedInvoicesOnePaidOneIsEnoughToAsk() {
        Payment paid = payment(11, "МК-11", 200_00, 0, Papers.NONE);
        assertThat(decided("300.00", "Оплата счетов МК-10, МК-11", TEN, paid)).isEqualTo("?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "100.00 | 40.00  | Оплата по счету МК-10                | 10=40.00",
        "100.00 | 40.00  | Доплата по счету МК-10               | 10=40.00",
        "100.00 | 40.00  | Оплата остатка по счету МК-10        | 10=40.00",
        "100.00 | 30.00  | Частичная оплата по счету МК-10      | 10=30.00",
        "100.00 | 30.00  | Оплата остатка по счету МК-10        | ?",
        "100.00 | 30.00  | Счет МК-10, полная оплата            | ?",
        "100.00 | 45.00  | Оплата по счету МК-10                | 10=40.00 +5.00",
        "100.00 | 45.00  | Аванс по счету МК-10                 | 10=40.00 +5.00",
        "100.00 | 45.00  | Часть оплаты по счету МК-10          | ?",
        "100.00 | 45.00  | Оплата остатка по счету МК-10        | ?",
        "100.00 | 50.00  | Предоплата 50% по счету МК-10        | ?"})
    void partsTheClosingRestAndASurplus(String amount, String sum, String purpose, String told) {
        assertThat(decided(sum, purpose, payment(10, "МК-10", hundredths(amount), 40_00, Papers.NONE))).isEqualTo(told);
    }

    @Test
    void aSurplusThatAnotherInvoiceExplainsIsAsked() {
        String purpose = "Оплата по счету МК-10";
        assertThat(decided("300.00", purpose, TEN, TWELVE)).as("the sum is another's").isEqualTo("?");
        assertThat(decided("300.00", purpose, TEN, ELEVEN)).as("the surplus is another's").isEqualTo("?");
        Decision free = decide(300_01, purpose, TEN, ELEVEN, TWELVE);
        assertThat(told(free)).isEqualTo("10=100.00 +200.01");
        assertThat(((Assign) free).evidence()).anySatisfy(one -> assertThat(one).contains("излишек"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Оплата по акту № 7 от 31.10.2026            | 10=100.00",
        "Оплата по акту выполненных работ 7          | 10=100.00",
        "Оплата по акту 8                            | 11=100.00",
        "Оплата по акту 99                           | ?",
        "Оплата по акту № 7 от 30.10.2026            | ?",
        "Оплата по акту                              | 10=100.00",
        "Оплата по УПД 7                             | ?",
        "Оплата по счету МК-10, акт 7                | 10=100.00",
        "Оплата по счету МК-10, акт 9                | 10=100.00",
        "Оплата по счету МК-10, акт 8                | ?"})
    void anActPointsAtItsPayment(String purpose, String told) {
        assertThat(decided("100.00", purpose, payment(10, "МК-10", 100_00, 100_00, act("7")),
                payment(11, "МК-11", 200_00, 200_00, act("8")))).isEqualTo(told);
    }

    @Test
    void deliveriesAndOrdersPointToo() {
        Payment delivered = payment(10, "МК-10", 100_00, 100_00, delivery("УТ-0033"));
        assertThat(decided("100.00", "Оплата по УПД № УТ-33", delivered, ELEVEN)).isEqualTo("10=100.00");
        assertThat(decided("100.00", "Оплата по накладной УТ-33 и УТ-34", delivered, ELEVEN)).isEqualTo("?");
        assertThat(decided("100.01", "Оплата по УПД № УТ-33", delivered, ELEVEN)).as("a surplus").isEqualTo("?");
        Payment ordered = payment(10, "МК-10", 100_00, 100_00, order("A-5501"));
        assertThat(decided("100.00", "Оплата заказа А-5501", ordered, ELEVEN)).isEqualTo("10=100.00");
        assertThat(decided("100.00", "Оплата заказа А-5501", ordered, payment(11, "МК-11", 100_00, 100_00,
                order("А-5501")))).as("one number at two payments").isEqualTo("?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "100.00 | Оплата по договору № 7/26 от 01.02.2026            | 10=100.00",
        "100.00 | Оплата по дог. 7/26. НДС не облагается             | 10=100.00",
        "100.00 | Оплата по договору № 7/26 от 02.02.2026            | ?",
        "100.00 | Оплата по договору № 8/26                          | ?",
        "100.01 | Оплата по договору № 7/26                          | ?",
        "300.00 | Оплата по договору № 7/26                          | ?",
        "100.00 | Оплата по договору № 7/26 и договору № 9           | ?",
        "100.00 | Оплата по договору № 7/26, спецификация 2          | ?",
        "100.00 | Аванс 30% по договору № 7/26                       | ?",
        "100.00 | Оплата по счету МК-10 по договору № 7/26           | 10=100.00",
        "100.00 | Оплата по счету МК-10 по договору № 8/26           | ?",
        "100.00 | Оплата по дог./счету 7/26                          | ?"})
    void aContractNeedsItsExactSum(String sum, String purpose, String told) {
        assertThat(decided(sum, purpose, payment(10, "МК-10", 100_00, 100_00, contract("7/26")),
                payment(11, "МК-11", 200_00, 200_00, contract("7/26")), TWELVE)).isEqualTo(told);
    }

    @Test
    void twoEqualInvoicesOfAContractAreToldApartByStageAndPerCentOnly() {
        Paper paper = new Paper("7/26", null);
        BigDecimal half = BigDecimal.valueOf(50);
        Papers advance = new Papers(paper, List.of(), List.of(), List.of(), null, Stage.PREPAYMENT, half);
        Papers last = new Papers(paper, List.of(), List.of(), List.of(), null, Stage.FINAL, half);
        Payment first = payment(10, "МК-10", 100_00, 100_00, advance);
        Payment second = payment(11, "МК-11", 100_00, 100_00, last);
        assertThat(decided("100.00", "Оплата по договору 7/26", first, second)).isEqualTo("?");
        assertThat(decided("100.00", "Аванс 50% по договору 7/26", first, second)).isEqualTo("10=100.00");
        assertThat(decided("100.00", "Окончательный расчет по договору 7/26", first, second)).isEqualTo("11=100.00");
        assertThat(decided("100.00", "Аванс 40% по договору 7/26", first, second)).isEqualTo("?");
        assertThat(decided("100.00", "Аванс по счету МК-11", first, second)).isEqualTo("?");
        assertThat(decided("100.00", "Окончательный расчет по счету МК-10", first, second)).isEqualTo("?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Абонентская плата за октябрь 2026 г.   | 10=100.00",
        "Обслуживание за 10.2026                | 10=100.00",
        "Обслуживание за ноябрь 2026            | ?",
        "Обслуживание за октябрь                | ?",
        "Обслуживание за октябрь 2025           | ?",
        "Обслуживание за октябрь и ноябрь 2026  | ?",
        "Обслуживание за 4 квартал 2026         | ?"})
    void aMonthNeedsItsExactSum(String purpose, String told) {
        assertThat(decided("100.00", purpose, payment(10, "МК-10", 100_00, 100_00, month("2026-10")),
                payment(11, "МК-11", 100_00, 100_00, month("2026-09")))).isEqualTo(told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Обслуживание за октябрь", "Обслуживание за октябрь 2026", "Обслуживание за 3 квартал"})
    void aMonthThatIsNotThePaymentsIsNotReplacedByTheSum(String purpose) {
        assertThat(decided("100.00", purpose, payment(10, "МК-10", 100_00, 100_00, month("2026-09")))).isEqualTo("?");
        assertThat(decided("100.00", "Обслуживание", payment(10, "МК-10", 100_00, 100_00, month("2026-09"))))
                .isEqualTo("10=100.00");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "100.00 | Оплата за услуги. НДС не облагается            | 10=100.00",
        "100.00 | Оплата. В том числе НДС 20%, 16.67 руб.        | 10=100.00",
        "100.00 | ''                                             | 10=100.00",
        "100.01 | Оплата за услуги                               | ?",
        "99.99  | Оплата за услуги                               | ?",
        "300.00 | Оплата за услуги                               | ?",
        "100.00 | Оплата за услуги по заявке 5                   | ?",
        "100.00 | Оплата за услуги, сумма 200-00                 | ?",
        "100.00 | Оплата за 2 этап                               | 10=100.00",
        "100.00 | Аванс за услуги                                | 10=100.00",
        "100.00 | Часть оплаты за услуги                         | ?",
        "100.00 | Доплата за услуги                              | ?",
        "100.00 | Оплата за запчасти                             | 10=100.00",
        "100.00 | Разработка личного кабинета, дизайн приложения | 10=100.00",
        "100.00 | Оплата за интеграцию с 1С                      | 10=100.00",
        "100.00 | Оплата 5120                                    | ?",
        "100.00 | Предоплата 50%                                 | ?",
        "100.00 | Пополнение счета, собственные средства         | ?",
        "100.00 | Взнос в уставный капитал                       | ?",
        "100.00 | Оплата по счету                                | 10=100.00",
        "100.00 | Оплата по счетам                               | ?",
        "100.00 | За Иванова Ивана Ивановича                     | ?",
        "100.00 | Обучение Петрова П.П.                          | ?",
        "100.00 | Оплата по квитанции 715                        | ?",
        "100.00 | Оплата по договору б/н                         | 10=100.00",
        "100.00 | Оплата, не является плательщиком НДС           | 10=100.00",
        "100.00 | Оплата по счету б/н                            | 10=100.00",
        "100.00 | Оплата по счету от 12.11.2026                  | 10=100.00",
        "100.00 | Оплата по счету от 13.11.2026                  | ?",
        "100.00 | Оплата по счету № МК-99                        | ?"})
    void whereNothingIsNamedTheOnlyOpenPaymentOfThisSum(String sum, String purpose, String told) {
        assertThat(decided(sum, purpose, TEN, ELEVEN)).isEqualTo(told);
        assertThat(decided(sum, purpose, TEN, ELEVEN, invoice(13, "МК-13", 100_00))).as("a second of this sum")
                .isEqualTo("?");
    }

    @Test
    void theWholeDebtByAReconciliation() {
        String purpose = "Погашение задолженности по акту сверки на 31.10.2026";
        assertThat(decided("300.00", purpose, TEN, ELEVEN)).isEqualTo("10=100.00 11=200.00");
        assertThat(decided("300.01", purpose, TEN, ELEVEN)).isEqualTo("?");
        assertThat(decided("200.00", purpose, TEN, ELEVEN)).as("not all of it").isEqualTo("?");
        Payment later = new Payment(11, "", true, "МК-11", DAY.plusDays(1), 200_00, 200_00, "RUB", false, OWN, null);
        assertThat(decided("300.00", purpose, TEN, later)).isEqualTo("?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "12/2026   | 100.00 | Оплата по счету 12                     | 10=100.00",
        "12/2026   | 100.00 | Оплата по счету 12/26                  | 10=100.00",
        "МК-0012   | 100.00 | Оплата по счету №12 от 12.11.2026      | 10=100.00",
        "2053-С/26 | 100.00 | Оплата по счету 2053                   | 10=100.00",
        "12/2026   | 100.00 | Оплата по счету 12/25                  | ?",
        "12/2026   | 40.00  | Оплата по счету 12                     | ?",
        "12/2026   | 100.01 | Оплата по счету 12                     | ?",
        "112/2026  | 100.00 | Оплата по счету 12                     | ?",
        "МК-12     | 100.00 | Оплата по счету МС-12                  | ?"})
    void aNumberWrittenWithLessNeedsTheExactSum(String number, String sum, String purpose, String told) {
        assertThat(decided(sum, purpose, invoice(10, number, 100_00), ELEVEN)).isEqualTo(told);
    }

    @Test
    void aShortNumberThatIsTwoOfOursOrAnothersInFullIsAsked() {
        String purpose = "Оплата по счету 12";
        Payment mine = invoice(10, "МК-12", 100_00);
        Payment lastYears = new Payment(11, "", true, "12/25", LocalDate.of(2025, 3, 1), 50_00, 0, "RUB", false, OWN,
                null);
        assertThat(decided("100.00", purpose, mine)).isEqualTo("10=100.00");
        assertThat(decided("100.00", purpose, mine, lastYears)).isEqualTo("?");
        Case elsewhere = new Case(operation(100_00, purpose), OWN, List.of(mine), List.of(), null,
                List.of(invoice(99, "12", 100_00)), List.of());
        assertThat(told(new NumberMatcher().match(elsewhere))).isEqualTo("?");
    }

    @Test
    void equalNumbersOfTwoYearsAreToldApartByTheDate() {
        Payment old = new Payment(11, "", true, "12", LocalDate.of(2025, 3, 1), 100_00, 100_00, "RUB", false, OWN,
                null);
        Payment now = invoice(10, "12", 100_00);
        assertThat(decided("100.00", "Оплата по счету 12", old, now)).isEqualTo("?");
        assertThat(decided("100.00", "Оплата по счету 12 от 12.11.2026", old, now)).isEqualTo("10=100.00");
    }

    @Test
    void aPayerWithoutInnIsKnownByTheAccountAndANamedDocumentOnly() {
        Operation person = new Operation(Direction.INCOMING, 100_00, "RUB", DAY, "Оплата по счету МК-10", null,
                "Иванов");
        Operation silent = new Operation(Direction.INCOMING, 100_00, "RUB", DAY, "Оплата", null, "Иванов");
        assertThat(known(person, PAYER)).isEqualTo("10=100.00");
        assertThat(known(person, null)).isEqualTo("?");
        assertThat(known(silent, PAYER)).isEqualTo("?");
    }

    private static String known(Operation operation, String inn) {
        return told(new NumberMatcher().match(new Case(operation, OWN, List.of(TEN), List.of(), inn, List.of(),
                List.of())));
    }

    @Test
    void aSecondEqualTransferWithoutANumberIsAsked() {
        Earlier before = new Earlier(100_00, DAY.minusDays(3), "Оплата за услуги", 77);
        assertThat(told(decide(operation(100_00, "Оплата за услуги"), List.of(before), TEN))).isEqualTo("?");
        Earlier longAgo = new Earlier(100_00, DAY.minusDays(30), "Оплата за услуги", 77);
        assertThat(told(decide(operation(100_00, "Оплата за услуги"), List.of(longAgo), TEN))).isEqualTo("10=100.00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Возврат по счету МК-10", "Оплата за ООО \"Вега\" по счету МК-10",
        "Оплата за \"Вега\" по счету МК-10", "Оплата по счету МК-10 по поручению Веги", "Факторинг, счет МК-10",
        "Оплата по счету МК-10 за гр. Петрова", "Оплата за Иванова Ивана Ивановича, счет МК-10",
        "Оплата по счету МК-10. Плательщик ООО Вега", "Оплата по счету МК-10 не полностью",
        "Ошибочно перечислено по счету МК-10", "Уточнение платежа по счету МК-10", "Штраф, счет МК-10"})
    void wordsThatMakeItOtherMoneyAreAsked(String purpose) {
        assertThat(decided("100.00", "Оплата по счету МК-10", TEN)).isEqualTo("10=100.00");
        assertThat(decided("100.00", purpose, TEN)).isEqualTo("?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Оплата по счетам МК-10, №", "Оплата по счетам МК-10,", "Оплата по счетам МК-10",
        "Оплата по счетам МК-10, МК-11 и", "Оплата по", "Оплата по сче", "Оплата по счету №"})
    void aTextThatBreaksOffIsAsked(String purpose) {
        assertThat(decided("300.00", purpose, TEN, ELEVEN)).isEqualTo("?");
        assertThat(decided("100.00", purpose, TEN, ELEVEN)).isEqualTo("?");
    }

    @Test
    void aLongTextThatEndsInANumberMayHaveBeenCutInIt() {
        String end = " по счетам МК-10, МК-11";
        assertThat(decided("300.00", "Оплата за оказанные услуги" + end, TEN, ELEVEN)).isEqualTo("10=100.00 11=200.00");
        assertThat(decided("300.00", "Оплата " + "за оказанные услуги ".repeat(8) + end, TEN, ELEVEN)).isEqualTo("?");
    }

    @Test
    void everyDecisionNamesItsRuleAndSaysWhyInRussian() {
        Decision sure = decide(100_00, "Оплата по счету МК-10", TEN);
        assertThat(sure.rule()).isEqualTo("invoice-number");
        assertThat(sure.evidence()).hasSizeGreaterThan(2).allSatisfy(one -> assertThat(one).matches(".*[а-яё].*"));
        Decision asked = decide(100_00, "Оплата по счету МК-99", TEN);
        assertThat(asked.rule()).isEqualTo("invoice-number");
        assertThat(asked.evidence()).containsExactly("счёт № МК-99 у этого контрагента не найден");
    }
}
