package dev.sverka.flows.paperwork;

import dev.sverka.flows.matching.DocumentNumber;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document or an act of the portal, as far as a paper is known by it.
 *
 * @param entity {@code document} or {@code report}
 * @param number in its normal spelling
 * @param amount kopecks; 0 where it has none
 */
record PaperItem(String entity, long id, @Nullable String pipeline, @Nullable String number, @Nullable LocalDate date,
        long amount, @Nullable Long company, @Nullable String kind, @Nullable String title) {

    private static final int LONGEST_NUMBER = 100;
    private static final int LONGEST_TITLE = 300;

    /** Reads an item as routes carry it; what cannot be read is absent, so that it agrees with nothing. */
    static PaperItem of(Map<String, Object> item) {
        String entity = String.valueOf(item.get("entity"));
        return new PaperItem(entity, number(item.get("id")), text(item.get("pipeline")),
                key(text(item.get("number"))), date(item.get("date")), kopecks(item.get("amount")),
                item.get("company") == null ? null : Long.valueOf(number(item.get("company"))),
                entity.equals(PaperStage.ACT) ? "Акт" : text(item.get("kind")), cut(text(item.get("title"))));
    }

    /** A number as it is compared; null for none, or one longer than any. */
    static @Nullable String key(@Nullable String number) {
        String normal = number == null ? "" : DocumentNumber.normal(number);
        return normal.isEmpty() || normal.length() > LONGEST_NUMBER ? null : normal;
    }

    private static @Nullable LocalDate date(@Nullable Object value) {
        try {
            return value == null ? null : LocalDate.parse(value.toString());
        } catch (DateTimeException odd) {
            return null;
        }
    }

    private static long kopecks(@Nullable Object value) {
        try {
            return value == null ? 0 : new BigDecimal(value.toString()).movePointRight(2).longValueExact();
        } catch (ArithmeticException | NumberFormatException odd) {
            return -1;
        }
    }

    static long number(@Nullable Object id) {
        return Long.parseLong(String.valueOf(id));
    }

    static @Nullable String text(@Nullable Object value) {
        return value == null || value.toString().isBlank() ? null : value.toString().strip();
    }

    private static @Nullable String cut(@Nullable String title) {
        return title == null || title.length() <= LONGEST_TITLE ? title : title.substring(0, LONGEST_TITLE);
    }
}
