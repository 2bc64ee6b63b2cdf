package dev.sverka.desk.console;

import dev.sverka.flows.payments.OperationPages;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.springframework.context.MessageSource;

/** The ledger as a workbook: sums are numbers and days are days, so that a bookkeeper can go on reckoning. */
final class OperationSheet {

    private static final List<String> COLUMNS = List.of("day", "account", "in", "out", "currency", "party", "inn",
            "number", "purpose", "box", "given", "why", "by");
    private static final String MONEY = "#,##0.00";
    private static final String DAY = "dd.mm.yyyy";
    private static final int IN = 2;
    private static final int OUT = 3;
    private static final int GIVEN = 10;

    private OperationSheet() {
    }

    static void write(List<OperationPages.Line> lines, MessageSource words, Locale locale, OutputStream out)
            throws IOException {
        try (Workbook book = new Workbook(out, "Sverka", "1.0")) {
            Worksheet sheet = book.newWorksheet(words.getMessage("nav.operations", null, locale));
            for (int column = 0; column < COLUMNS.size(); column++) {
                sheet.value(0, column, words.getMessage("sheet." + COLUMNS.get(column), null, locale));
                sheet.style(0, column).bold().set();
            }
            sheet.freezePane(0, 1);
            sheet.width(8, 60);
            sheet.width(5, 30);
            sheet.width(11, 40);
            int row = 1;
            for (OperationPages.Line line : lines) {
                write(sheet, row++, line, words, locale);
            }
            sheet.finish();
        }
    }

    private static void write(Worksheet sheet, int row, OperationPages.Line line, MessageSource words, Locale locale) {
        sheet.value(row, 0, line.day());
        sheet.style(row, 0).format(DAY).set();
        sheet.value(row, 1, line.account());
        money(sheet, row, line.incoming() ? IN : OUT, line.amount());
        sheet.value(row, 4, line.currency());
        sheet.value(row, 5, line.party());
        sheet.value(row, 6, line.inn());
        sheet.value(row, 7, line.number());
        sheet.value(row, 8, line.purpose());
        sheet.value(row, 9, words.getMessage("box." + line.box(), null, locale)
                + (line.withdrawn() ? ", " + words.getMessage("box.withdrawn", null, locale) : ""));
        money(sheet, row, GIVEN, line.given());
        sheet.value(row, 11, line.why());
        sheet.value(row, 12, line.by());
    }

    private static void money(Worksheet sheet, int row, int column, BigDecimal sum) {
        sheet.value(row, column, sum);
        sheet.style(row, column).format(MONEY).set();
    }
}
