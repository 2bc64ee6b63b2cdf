package dev.sverka.flows.matching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.flows.matching.Matcher.Assign;
import dev.sverka.flows.matching.Matcher.Case;
import dev.sverka.flows.matching.Matcher.Decision;
import dev.sverka.flows.matching.Matcher.Earlier;
import dev.sverka.flows.matching.Matcher.Operation;
import dev.sverka.flows.matching.Matcher.Part;
import dev.sverka.flows.matching.Matcher.Payment;
import dev.sverka.flows.matching.Matcher.Review;
import dev.sverka.records.bank.BankOperation.Direction;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One clear case, and the opposite of each thing that makes it clear. */
class NumberMatcherTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 16);
    private static final String OWN = "0099000014";
    private static final String PAYER = "0099000127";
    private static final String TEXT = "Оплата по счету № МК-17 от 12.11.2026. НДС не облагается";
    private static final Payment INVOICE = payment(42, "МК-17", 45_000_00, 45_000_00);

    private static Payment payment(long id, String number, long amount, long open) {
        return new Payment(id, "Счёт № " + number, true, number, LocalDate.of(2026, 11, 12), amount, open, "RUB", false,
                OWN, null);
    }

    private static Operation operation(long amount, String purpose) {
        return new Operation(Direction.INCOMING, amount, "RUB", DAY, purpose, PAYER, "ООО «Ромашка»");
    }

    private static Decision decide(Operation operation, Payment... payments) {
        return new NumberMatcher().match(new Case(operation, OWN, List.of(payments), List.of()));
    }

    private static void assigned(Decision decision, long amount) {
        assertThat(decision).isInstanceOf(Assign.class);
        assertThat(((Assign) decision).parts()).containsExactly(new Part(42, amount));
        assertThat(((Assign) decision).evidence()).isNotEmpty();
    }

    private static void asked(Decision decision, String why) {
        assertThat(decision).isInstanceOf(Review.class);
        assertThat(((Review) decision).why()).contains(why);
    }

    @Test
    void theNamedInvoiceOfItsCustomerIsPaidWhole() {
        assigned(decide(operation(45_000_00, TEXT), INVOICE, payment(43, "МК-18", 45_000_00, 45_000_00)), 45_000_00);
    }

    @Test
    void lessThanIsLeftIsAPart() {
        assigned(decide(operation(10_000_00, TEXT), INVOICE), 10_000_00);
    }

    @Test
    void oneKopeckMoreThanIsLeftStaysFree() {
        Decision decision = decide(operation(45_000_01, TEXT), INVOICE);
        assigned(decision, 45_000_00);
        assertThat(((Assign) decision).surplus()).isEqualTo(1);
    }

    @Test
    void anotherNumberIsNotReplacedByTheSum() {
        asked(decide(operation(45_000_00, TEXT.replace("17", "83")), INVOICE), "не найден");
        asked(decide(operation(45_000_00, TEXT.replace("17", "83").replace("12.11", "13.11")), INVOICE), "не найден");
    }

    @Test
    void noNumberIsAskedWhereTheSumFitsTwo() {
        assigned(decide(operation(45_000_00, "Оплата за услуги"), INVOICE), 45_000_00);
        asked(decide(operation(45_000_00, "Оплата за услуги"), INVOICE, payment(43, "МК-18", 45_000_00, 45_000_00)),
                "несколько платежей");
        asked(decide(operation(45_000_01, "Оплата за услуги"), INVOICE), "не назван номер");
    }

    @Test
    void twoInvoicesOfOneNumberAreAsked() {
        asked(decide(operation(45_000_00, TEXT), INVOICE, payment(43, "мк 17", 45_000_00, 0)), "несколько");
    }

    @Test
    void severalNamedInvoicesOfWhichOneIsUnknownAreAsked() {
        asked(decide(operation(45_000_00, "Оплата счетов МК-17, МК-18"), INVOICE),
                "МК-18 у этого контрагента не найден");
    }

    @Test
    void aPayerWithoutInnIsAsked() {
        asked(decide(new Operation(Direction.INCOMING, 45_000_00, "RUB", DAY, TEXT, null, "ООО «Ромашка»"), INVOICE),
                "не сообщил ИНН");
    }

    @Test
    void anotherDateThanTheInvoicesNeedsTheExactSum() {
        assigned(decide(operation(45_000_00, TEXT.replace("12.11", "13.11")), INVOICE), 45_000_00);
        asked(decide(operation(40_000_00, TEXT.replace("12.11", "13.11")), INVOICE), "неточно");
        asked(decide(operation(45_000_00, TEXT.replace("12.11", "13.11")), INVOICE,
                payment(43, "МК-17", 45_000_00, 45_000_00)), "несколько");
    }

    @Test
    void aPaidACancelledAndAHeldPaymentAreAsked() {
        asked(decide(operation(45_000_00, TEXT), payment(42, "МК-17", 45_000_00, 0)), "уже оплачен");
        asked(decide(operation(45_000_00, TEXT), new Payment(42, "", true, "МК-17", null, 45_000_00, 45_000_00, "RUB",
                true, OWN, null)), "отменён");
        asked(decide(operation(45_000_00, TEXT), new Payment(42, "", true, "МК-17", null, 45_000_00, 45_000_00, "RUB",
                false, OWN, "сумма изменена")), "ведёт человек");
    }

    @Test
    void anotherCompanyOfOursAnotherCurrencyAndAnotherDirectionAreAsked() {
        asked(decide(operation(45_000_00, TEXT), new Payment(42, "", true, "МК-17", null, 45_000_00, 45_000_00, "RUB",
                false, "7701234567", null)), "другой нашей компании");
        asked(decide(operation(45_000_00, TEXT), new Payment(42, "", true, "МК-17", null, 45_000_00, 45_000_00, "USD",
                false, OWN, null)), "валюта");
        asked(decide(operation(45_000_00, TEXT), new Payment(42, "", false, "МК-17", null, 45_000_00, 45_000_00, "RUB",
                false, OWN, null)), "направление");
    }

    @Test
    void aPerCentInTheTextMustAgree() {
        assigned(decide(operation(22_500_00, "Аванс 50% по счету № МК-17"), INVOICE), 22_500_00);
        asked(decide(operation(22_500_01 + 1, "Аванс 50% по счету № МК-17"), INVOICE), "50 %");
        asked(decide(operation(45_000_00, "Частичная оплата по счету № МК-17"), INVOICE), "названа часть");
        assigned(decide(operation(45_000_00, "Аванс по счету № МК-17"), INVOICE), 45_000_00);
        assigned(decide(operation(22_500_00, "50-процентная предоплата, счет № МК-17"), INVOICE), 22_500_00);
    }

    @Test
    void moneyForSomebodyElseIsAsked() {
        asked(decide(operation(45_000_00, TEXT + " за ООО Василёк"), INVOICE), "слово");
        asked(decide(operation(45_000_00, TEXT + " ИНН 7701234567"), INVOICE), "ИНН другой");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Оплата по счетам № 12 от 05.03.2026 г., № 13 от 06.03.2026 г.", "Оплата счетов 12 13 14",
        "Оплата по счетам № 12 на 1000 руб. и № 13 на 500 руб.", "Оплата по счетам № 12 по № 15",
        "Оплата счетов 12 (частично) и 13", "Сч. 12 от 05.03.2026; сч-та 13", "Оплата по счету 12 и по УПД 13",
        "Оплата по счету № 12 от 5 марта 2025 г.", "Оплата по счету 12 от 2025-03-05", "Оплата по счету № 12 за 2025 год",
        "Оплата по счету №12 от 31.02.2025", "Аванс в счет 12 этапа работ", "В счет 12 поставки по договору 5",
        "Оплата в счет 12 месяцев аренды", "Лицевой счет 12, услуги связи", "Пополнение лицевого счета № 12",
        "Перевод с брокерского счета 12", "Оплата по счету 12.03.2026 за услуги", "Оплата по счету 12 000,00 руб.",
        "Оплата по счету № 12.5", "Оплата по счету № 12_1", "Оплата по счету № 12 345", "Оплата по счету № 12 А",
        "Кроме счета № 12", "Оплата по договору 7 (не по счету № 12)", "Вместо счета № 12", "счет 12 аннул.",
        "Обеспечительный платеж по счету 12", "Заём по счету 12", "Сторнирование по счету 12", "Возвр. по сч. 12",
        "Оплата по счету 12 за третьих лиц", "Оплата по счету 12 за ОАО Ромашка", "Оплата по счету 12 за \"ООО Вега\"",
        "Оплата по счету 12 за Вега ООО", "Переплата по счету 12", "Дубль оплаты по счету 12", "Задаток по счету 12",
        "Судебные расходы по счету 12", "Без НДС 50% предоплата по счету 12", "Оплата по счету № 12 (50 процентов)",
        "Оплата половины по счету 12", "Оплата по счетам 12 / 13"})
    void whatIsNotUnderstoodToTheLastFigureIsAsked(String purpose) {
        Payment twelve = payment(42, "12", 10_000_00, 10_000_00);
        assertThat(decide(operation(1_500_00, purpose), twelve, payment(43, "М-12", 10_000_00, 10_000_00)))
                .isInstanceOf(Review.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Оплата по счету № 12", "Оплата по счету 12 от 12.11.2026 г. НДС не облагается",
        "Счет 12. В т.ч. НДС (20%) 250.00", "Оплата счета №12 согласно договору 7/2026 от 01.02.2026. Без НДС",
        "Доплата по сч. 12, в том числе НДС 20 % 250-00"})
    void whatIsUnderstoodToTheLastFigureIsAssigned(String purpose) {
        assigned(decide(operation(1_500_00, purpose), payment(42, "12", 10_000_00, 10_000_00)), 1_500_00);
    }

    private static Decision after(Earlier earlier) {
        return new NumberMatcher().match(new Case(operation(10_000_00, TEXT), OWN,
                List.of(payment(42, "МК-17", 45_000_00, 35_000_00)), List.of(earlier)));
    }

    @Test
    void aSecondEqualTransferIsAsked() {
        asked(after(new Earlier(10_000_00, DAY.minusDays(9), TEXT.toUpperCase(), 42)), "такой же перевод");
        asked(after(new Earlier(10_000_00, DAY.plusDays(1), "Текст изменён банком", 42)), "такой же перевод");
    }

    @Test
    void anotherSumAnotherPaymentAndALaterInstalmentAreNotTheSameTransfer() {
        assigned(after(new Earlier(10_000_01, DAY, TEXT, 42)), 10_000_00);
        assigned(after(new Earlier(10_000_00, DAY, TEXT, 43)), 10_000_00);
        assigned(after(new Earlier(10_000_00, DAY.minusDays(11), TEXT, 42)), 10_000_00);
        assigned(after(new Earlier(10_000_00, DAY.minusDays(5), "Первая часть по счету МК-17", 42)), 10_000_00);
    }

    @Test
    void aForeignAccountAndAnOwnTransferAreAsked() {
        asked(new NumberMatcher().match(new Case(operation(45_000_00, TEXT), null, List.of(INVOICE), List.of())),
                "own-companies");
        asked(new NumberMatcher().match(new Case(operation(45_000_00, TEXT), PAYER, List.of(INVOICE), List.of())),
                "между своими");
    }

    @Test
    void theRightPaymentStandsFirstAmongTheCandidates() {
        List<Payment> payments = new ArrayList<>();
        for (int id = 1; id <= 20; id++) {
            payments.add(payment(id, "МК-" + (100 + id), 1_000_00L * id, 1_000_00L * id));
        }
        payments.add(INVOICE);
        Review review = (Review) decide(operation(44_000_00, TEXT.replace("12.11", "13.11")),
                payments.toArray(Payment[]::new));
        assertThat(review.candidates().get(0).payment()).isEqualTo(42);
        assertThat(review.candidates().get(0).reasonsFor()).contains("номер счёта назван");
        assertThat(review.read()).singleElement().satisfies(span ->
                assertThat(TEXT.substring(span.from(), span.to())).isEqualTo(span.text()).isEqualTo("МК-17"));
    }
}
