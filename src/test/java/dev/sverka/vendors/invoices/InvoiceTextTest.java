package dev.sverka.vendors.invoices;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

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
}
