package dev.sverka.vendors.invoices;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from the words of an invoice, through a real PDF. */
class InvoiceTextTest {

    private static final String SUM = "15 000,00";
    private static final PdfReader READER = new PdfReader();

    @AfterAll
    static void stop() {
        READER.close();
    }

    private static InvoiceText read(String words) throws IOException {
        InvoicePdf pdf = READER.read(InvoicePaper.pdf(words));
        assertThat(pdf.picture()).startsWith(0x89, 'P', 'N', 'G');
        return InvoiceText.read(pdf.text());
    }

    private static String words(String number, String date, String tail) {
        return InvoicePaper.words(number, date, "0000123404", "0000567801", SUM, tail);
    }

    @Test
    void everythingThatCountsIsReadAndTheBanksBlockMisleadsNobody() throws IOException {
        InvoiceText text = read(InvoicePaper.words("МК-12", "15 ноября 2026", "0000777701", "000056780112", SUM,
                "В том числе НДС (20%): 2 500,00"));
        assertThat(text.faults()).isEmpty();
        assertThat(text.number()).isEqualTo("МК-12");
        assertThat(text.date()).isEqualTo(LocalDate.of(2026, 11, 15));
        assertThat(text.amount()).isEqualTo(1_500_000);
        assertThat(text.vatRate()).isEqualTo(20);
        assertThat(text.vat()).isEqualTo(250_000);
        assertThat(text.seller().inn()).isEqualTo("0000777701");
        assertThat(text.seller().name()).isEqualTo("ООО \"Вымысел-Продавец\"");
        assertThat(text.buyer().inn()).isEqualTo("000056780112");
        assertThat(text.contract()).isEqualTo("45-К");
    }

    @Test
    void anInvoiceWithoutVatSaysSo() throws IOException {
        assertThat(read(words("7", "05.02.2026", "Без налога (НДС) -")).vatRate()).isEqualTo(InvoiceText.NO_VAT);
        assertThat(read(words("7", "05.02.2026", "")).vatRate()).isNull();
    }

    @Test
    void twoSumsToPayAreNoSum() throws IOException {
        InvoiceText text = read(words("7", "05.02.2026", "Итого к оплате: 14 999,00"));
        assertThat(text.amount()).isNull();
        assertThat(text.faults()).singleElement().asString().startsWith("сумма к оплате читается по-разному");
    }

    @Test
    void aDayThatIsNoneAndAnInnOfNineDigitsAreNotRead() throws IOException {
        InvoiceText text = read(InvoicePaper.words("7", "31 ноября 2026", "000012340", "0000567801", SUM, ""));
        assertThat(text.faults()).containsExactly("дата счёта не читается", "ИНН поставщика не читается");
    }

    @Test
    void aScanHasNoText() throws IOException {
        assertThat(read("").faults()).contains("в файле нет текста, это картинка");
    }

    /** As 1C prints it where the seller speaks first, others take part in the delivery, and VAT stands in a column. */
    private static final String LONG = """
            Внимание! Оплата данного счета означает согласие с условиями поставки товара. Товар отпускается по факту
            прихода денег на р/с Поставщика, самовывозом. Покупатель обязан иметь доверенность.
            АО "ВЫМЫСЕЛБАНК" Г. МОСКВА БИК 044525000
            Банк получателя Сч. № 30101810200000000000
            ИНН 0000777701 КПП 000001001 Сч. № 40702810200009990001
            Получатель
            Счет на оплату № %s от %s г.
            Поставщик
            (Исполнитель):\u00a0ООО "Вымысел-Продавец", ИНН/КПП 0000777701/000001001, Москва г
            Грузоотправитель: ООО "Вымысел-Склад", ИНН 0000888801
            Покупатель
            (Заказчик): ООО "Вымысел-Покупатель", ИНН 0000567801, КПП 000001001, Тула г
            Грузополучатель: ООО "Вымысел-Филиал", ИНН 0000999901
            Основание: Договор № 45-К от 01.10.2026, счет № 3 от 01.09.2026
            № Товары (работы, услуги) Кол-во Ед. Цена без НДС Сумма без НДС
            1 Разработка сайта 1 шт 12 500,00 12 500,00
            Итого: 12 500,00
            %s
            Всего к оплате:\u00a015\u00a0000,00
            Всего наименований 1, на сумму 15 000,00 %s
            Руководитель поставщика ________ Исполнитель ________ Заказчик ________
            """;

    private static InvoiceText printed(String number, String date, String tail, String currency) throws IOException {
        return read(LONG.formatted(number, date, tail, currency));
    }

    @Test
    void whoElseTakesPartAndWhatIsSaidOfTheSellerMisleadNobody() throws IOException {
        InvoiceText text = printed("МК-12,", "«15» ноября 2026", "Сумма НДС 20%: 2 500,00", "руб.");
        assertThat(text.faults()).isEmpty();
        assertThat(text.number()).isEqualTo("МК-12");
        assertThat(text.date()).isEqualTo(LocalDate.of(2026, 11, 15));
        assertThat(text.amount()).isEqualTo(1_500_000);
        assertThat(text.seller().inn()).isEqualTo("0000777701");
        assertThat(text.seller().name()).isEqualTo("ООО \"Вымысел-Продавец\"");
        assertThat(text.buyer().inn()).isEqualTo("0000567801");
        assertThat(text.contract()).isEqualTo("45-К");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "Сумма НДС 20%: 2 500,00|20|250000",
        "В том числе НДС (22%): 2 704,92|22|270492",
        "В том числе НДС: 2 500,00|-|-",
        "НДС не облагается|-1|0",
        "Без налога (НДС) -|-1|0",
        "НДС 20%: 2 500,00, доставка без НДС|-|-"})
    void aColumnWithoutVatIsNoInvoiceWithoutVat(String tail, Integer rate, Long sum) throws IOException {
        InvoiceText text = printed("7", "05.02.2026", tail, "руб.");
        assertThat(text.vatRate()).isEqualTo(rate);
        assertThat(text.vat()).isEqualTo(sum);
    }

    @ParameterizedTest
    @ValueSource(strings = {"USD", "евро", "долл. США", "€"})
    void aSumOfAnotherCurrencyIsNoSumOfRoubles(String currency) throws IOException {
        InvoiceText text = printed("7", "05.02.2026", "", currency);
        assertThat(text.amount()).isNull();
        assertThat(text.faults()).singleElement().asString().contains("валют");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Акт № 9 от 05.02.2026 г.\nОснование:\nСчет № 45 от 01.02.2026",
        "Универсальный передаточный документ\nСчет-фактура № 9 от 05.02.2026\nСчет № 45 от 01.02.2026",
        "Товарная накладная № 9 от 05.02.2026\nСчет № 45 от 01.02.2026"})
    void anotherPaperThatNamesAnInvoiceIsNoInvoice(String head) throws IOException {
        assertThat(read(LONG.replace("Счет на оплату № %s от %s г.", head).formatted("", "руб.")).faults())
                .anyMatch(fault -> fault.contains("не счёт"));
    }

    @Test
    void aLongInvoiceSaysItsSumOnTheLastPage() throws IOException {
        String pages = IntStream.range(2, 9).mapToObj(page -> "\f" + page + " Работа шт 1 100,00 100,00\n")
                .collect(Collectors.joining());
        InvoiceText text = read(words("7", "05.02.2026", "").replace("Итого: ", pages + "\fИтого: "));
        assertThat(text.faults()).isEmpty();
        assertThat(text.number()).isEqualTo("7");
        assertThat(text.amount()).isEqualTo(1_500_000);
    }

    @Test
    void theBuyerMayStandFirst() throws IOException {
        InvoiceText text = read("""
                СЧЕТ N 8 от 05.02.2026
                Заказчик: ООО "Вымысел-Покупатель", ИНН 0000567801
                Исполнитель: ИП Вымыслов, ИНН 000056780112
                Итого к оплате: 15000.00
                """);
        assertThat(text.faults()).isEmpty();
        assertThat(text.number()).isEqualTo("8");
        assertThat(text.seller().inn()).isEqualTo("000056780112");
        assertThat(text.buyer().inn()).isEqualTo("0000567801");
        assertThat(text.amount()).isEqualTo(1_500_000);
    }
}
