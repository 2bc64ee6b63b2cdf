package dev.sverka.vendors.statements;

import dev.sverka.vendors.statements.Finding.Kind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a file states of one account over one or more days. Sums are in the account's currency, null where missing.
 *
 * @param to the last day, included
 */
record Section(int line, String bankAccount, LocalDate from, LocalDate to, @Nullable BigDecimal opening,
        @Nullable BigDecimal incoming, @Nullable BigDecimal outgoing, @Nullable BigDecimal closing) {

    private static final String CURE = "проверьте остатки и обороты в банке";

    /**
     * @param lastDay of the header, where the section has none
     * @return null where nothing can be checked against it: it has no days
     */
    static @Nullable Section of(Block block, String lastDay, List<Finding> findings) {
        LocalDate from = Documents.day(block.text("ДатаНачала"));
        String end = block.text("ДатаКонца");
        LocalDate to = Documents.day(end.isEmpty() ? lastDay : end);
        if (from == null || to == null || to.isBefore(from) || from.isBefore(Documents.FIRST_DAY)) {
            boolean silent = block.first("ДатаНачала", "ДатаКонца", "НачальныйОстаток").isEmpty();
            if (!silent) {
                findings.add(new Finding(Kind.PERIOD, block.line(),
                        "период раздела счёта не читается, обороты не сверены", CURE));
            }
            return null;
        }
        return new Section(block.line(), block.text("РасчСчет"), from, to,
                sum(block, "НачальныйОстаток", findings), sum(block, "ВсегоПоступило", findings),
                sum(block, "ВсегоСписано", findings), sum(block, "КонечныйОстаток", findings));
    }

    private static @Nullable BigDecimal sum(Block block, String key, List<Finding> findings) {
        String text = block.text(key);
        BigDecimal sum = Documents.amount(text);
        if (sum == null && !text.isEmpty()) {
            findings.add(new Finding(Kind.IDENTITY, block.lineOf(key), "значение «" + key + "» не сумма", CURE));
        }
        return sum;
    }

    boolean covers(Row row) {
        return row.bankAccount().equals(bankAccount) && covers(row.bookedOn());
    }

    boolean covers(LocalDate day) {
        return !day.isBefore(from) && !day.isAfter(to);
    }

    /** Whether all four sums are there and fit together. */
    boolean isBalanced() {
        return Stream.of(opening, incoming, outgoing, closing).allMatch(Objects::nonNull)
                && opening.add(incoming).subtract(outgoing).compareTo(closing) == 0;
    }

    /** Whether all four sums are there and contradict each other. */
    boolean isContradictory() {
        return Stream.of(opening, incoming, outgoing, closing).allMatch(Objects::nonNull) && !isBalanced();
    }

    /** The same statement, wherever it stands in the file. */
    boolean tellsTheSame(Section other) {
        return bankAccount.equals(other.bankAccount) && from.equals(other.from) && to.equals(other.to)
                && Objects.equals(opening, other.opening) && Objects.equals(incoming, other.incoming)
                && Objects.equals(outgoing, other.outgoing) && Objects.equals(closing, other.closing);
    }
}
