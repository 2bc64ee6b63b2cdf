package dev.sverka.flows.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PurposeTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "Оплата по счету № 17 от 12.11.2026;                               17",
        "Оплата по счёту №17;                                              17",
        "Оплата счета N 17 за услуги;                                      17",
        "по сч. 18/26 от 01.11.2026 НДС нет;                               18/26",
        "ОПЛАТА ПО СЧЕТУ НА ОПЛАТУ № МК-12 ОТ 12.11.2026;                  МК12",
        "Оплата по счету мк 10;                                            МК10",
        "Оплата по счету MK-10 (латиницей);                                МК10",
        "Invoice No 0017;                                                  17",
        "Оплата счетов МК-19, МК-20 от 17.11.2026;                         МК19 МК20",
        "Оплата счетов 12 и 13;                                            12 13",
        "Оплата по счету 17. В т.ч. НДС (20%) 15000.00;                    17",
        "Оплата по счету № 17, в том числе НДС 20 % 15000-00;              17",
        "Оплата по счету № 17, 45000.00 руб;                               17",
        "Оплата по договору № 17 от 01.02.2026;                            ''",
        "Оплата по акту 17;                                                ''",
        "Оплата по счет-фактуре № 17;                                      ''",
        "Перевод на счет 40702810200009990001;                             ''",
        "Пополнение расчетного счета;                                      ''",
        "За услуги связи 17.11.2026;                                       ''",
        "'';                                                               ''"})
    void readsInvoiceNumbersAsABookkeeperDoes(String purpose, String numbers) {
        assertThat(Purpose.read(purpose).numbers()).containsExactlyElementsOf(
                numbers.isEmpty() ? Arrays.asList() : Arrays.asList(numbers.split(" ")));
    }

    @ParameterizedTest
    @CsvSource({"МК-17,мк17", "МК-17,MK 17", "0017,17", "17/26,17/26", "А-0005,A5", "№17,17"})
    void spellingsOfOneNumberAreEqual(String one, String other) {
        assertThat(Purpose.normal(one)).isEqualTo(Purpose.normal(other));
    }

    @ParameterizedTest
    @CsvSource({"17,117", "17/26,1726", "1/726,17/26", "МК-17,17", "17-1,171", "10,1"})
    void differentNumbersStayDifferent(String one, String other) {
        assertThat(Purpose.normal(one)).isNotEqualTo(Purpose.normal(other));
    }

    @Test
    void readsTheInvoicesDateAndNotOthers() {
        assertThat(Purpose.read("Оплата по счету 17 от 5.11.26 по договору 3 от 01.02.2026").dates())
                .containsExactly(LocalDate.of(2026, 11, 5));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"Аванс 50% по счету 17; 50", "НДС 20 % 100-00 предоплата 30 %; 30",
        "В т.ч. НДС (22%) 2163.93;", "В том числе НДС 20% - 25833,33 руб.;"})
    void theVatsPerCentIsNotTheInvoices(String purpose, BigDecimal percent) {
        assertThat(Purpose.read(purpose).percent().orElse(null)).isEqualTo(percent);
    }

    @ParameterizedTest
    @CsvSource({"Возврат по счету 17", "Оплата пени по счету 17",
        "Обеспечение заявки, счет 17", "Штраф по счету 17", "Зачет по счету 17", "Повторная оплата по счету 17", "Возмещение по счету 17",
        "Оплата по счету 17 взамен п/п 5"})
    void wordsThatForbidAreSeen(String purpose) {
        assertThat(Purpose.read(purpose).forbidding()).isPresent();
    }

    @Test
    void aTextCutInItsNumberSaysSo() {
        String cut = "Оплата по счету № " + "за услуги ".repeat(0) + "17";
        assertThat(Purpose.read(cut).isCutInNumber()).isFalse();
        assertThat(Purpose.read("х".repeat(185) + " оплата по счету 17").isCutInNumber()).isTrue();
    }
}
