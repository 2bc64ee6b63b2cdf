package dev.sverka.vendors.invoices;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/** An invoice as 1C prints it. */
public final class InvoicePaper {

    private InvoicePaper() {
    }

    /** The words of it. @param tail after the lines of the table, such as the one on VAT */
    public static String words(String number, String date, String seller, String buyer, String sum, String tail) {
        return """
                АО "ВЫМЫСЕЛБАНК" Г. МОСКВА БИК 044525000
                ИНН 0000123404 КПП 000001001 Сч. № 40702810200009990001
                Получатель
                Счет на оплату № %s от %s г.
                Поставщик (Исполнитель): ООО "Вымысел-Продавец", ИНН %s, КПП 000001001, 101000, Москва г
                Покупатель (Заказчик): ООО "Вымысел-Покупатель", ИНН %s, КПП 000001001, Тула г
                Основание: Договор № 45-К от 01.10.2026
                № Товары (работы, услуги) Кол-во Ед. Цена Сумма
                1 Разработка сайта 1 шт %s %s
                Итого: %s
                %s
                Всего к оплате: %s
                Всего наименований 1, на сумму %s руб.
                """.formatted(number, date, seller, buyer, sum, sum, sum, tail, sum, sum);
    }

    /** As PDF. @param words a form feed begins another page */
    public static byte[] pdf(String words) {
        try (PDDocument document = new PDDocument()) {
            PDType0Font font = PDType0Font.load(document, InvoicePaper.class.getResourceAsStream(
                    "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf"));
            for (String page : words.split("\f", -1)) {
                write(document, page, font);
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void write(PDDocument document, String words, PDType0Font font) throws IOException {
        PDPage page = new PDPage();
        document.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(document, page)) {
            content.beginText();
            content.setFont(font, 9);
            content.setLeading(14);
            content.newLineAtOffset(30, 740);
            for (String line : words.split("\n")) {
                content.showText(line);
                content.newLine();
            }
            content.endText();
        }
    }
}
