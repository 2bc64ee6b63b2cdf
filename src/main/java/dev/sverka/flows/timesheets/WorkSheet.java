package dev.sverka.flows.timesheets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** A work report as a workbook: figures are numbers, sheets print on A4, one page wide. */
final class WorkSheet {

    private static final String NUMBER = "#,##0.00";
    private static final String DAY = "dd.mm.yyyy";
    private static final BigDecimal HOUR = BigDecimal.valueOf(60);

    private final boolean english;

    WorkSheet(Locale locale) {
        this.english = locale.getLanguage().equals("en");
    }

    private String said(String russian, String words) {
        return english ? words : russian;
    }

    private static BigDecimal hours(long minutes) {
        return BigDecimal.valueOf(minutes).divide(HOUR, 2, RoundingMode.HALF_UP);
    }

    private static BigDecimal money(long kopecks) {
        return BigDecimal.valueOf(kopecks, 2);
    }

    /** @param amount kopecks of the whole report, with VAT */
    byte[] of(String title, List<WorkLine> lines, long amount) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(out, "Sverka", "1.0")) {
            summary(sheet(book, said("Итог", "Summary")), title, lines, amount);
            grouped(sheet(book, said("По задачам", "By task")), said("Задача", "Task"), lines,
                    line -> Objects.requireNonNullElse(line.taskName(), ""));
            grouped(sheet(book, said("По людям", "By person")), said("Сотрудник", "Person"), lines, WorkLine::name);
            corrections(sheet(book, said("Корректировки", "Corrections")), lines.stream()
                    .filter(WorkLine::correction).toList());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private static Worksheet sheet(Workbook book, String name) {
        Worksheet sheet = book.newWorksheet(name);
        sheet.paperSize(org.dhatim.fastexcel.PaperSize.A4_PAPER);
        sheet.fitToWidth((short) 1);
        sheet.fitToHeight((short) 999);
        sheet.width(0, 45);
        return sheet;
    }

    private static void head(Worksheet sheet, int row, String... words) {
        for (int column = 0; column < words.length; column++) {
            sheet.value(row, column, words[column]);
            sheet.style(row, column).bold().set();
        }
    }

    private static void number(Worksheet sheet, int row, int column, BigDecimal value) {
        sheet.value(row, column, value);
        sheet.style(row, column).format(NUMBER).set();
    }

    private void summary(Worksheet sheet, String title, List<WorkLine> lines, long amount) throws IOException {
        head(sheet, 0, title);
        long minutes = lines.stream().mapToLong(WorkLine::minutes).sum();
        sheet.value(1, 0, said("Минуты", "Minutes"));
        sheet.value(1, 1, minutes);
        sheet.value(2, 0, said("Часы", "Hours"));
        number(sheet, 2, 1, hours(minutes));
        sheet.value(3, 0, said("Сумма с НДС", "Amount with VAT"));
        number(sheet, 3, 1, money(amount));
        sheet.finish();
    }

    private void grouped(Worksheet sheet, String what, List<WorkLine> lines, Function<WorkLine, String> by)
            throws IOException {
        head(sheet, 0, what, said("Минуты", "Minutes"), said("Часы", "Hours"), said("Сумма по ставке", "Amount"));
        Map<String, List<WorkLine>> groups = new TreeMap<>();
        lines.forEach(line -> groups.computeIfAbsent(by.apply(line), key -> new ArrayList<>()).add(line));
        int row = 1;
        for (Map.Entry<String, List<WorkLine>> group : groups.entrySet()) {
            long minutes = group.getValue().stream().mapToLong(WorkLine::minutes).sum();
            sheet.value(row, 0, group.getKey());
            sheet.value(row, 1, minutes);
            number(sheet, row, 2, hours(minutes));
            number(sheet, row++, 3, money(group.getValue().stream().mapToLong(WorkLine::amount).sum()));
        }
        sheet.finish();
    }

    private void corrections(Worksheet sheet, List<WorkLine> lines) throws IOException {
        head(sheet, 0, said("Задача", "Task"), said("Дата", "Day"), said("Сотрудник", "Person"),
                said("Минуты", "Minutes"), said("Ставка", "Rate"), said("Сумма", "Amount"));
        int row = 1;
        for (WorkLine line : lines) {
            sheet.value(row, 0, line.taskName());
            sheet.value(row, 1, line.day());
            sheet.style(row, 1).format(DAY).set();
            sheet.value(row, 2, line.name());
            sheet.value(row, 3, line.minutes());
            number(sheet, row, 4, money(line.rate()));
            number(sheet, row++, 5, money(line.amount()));
        }
        sheet.finish();
    }
}
