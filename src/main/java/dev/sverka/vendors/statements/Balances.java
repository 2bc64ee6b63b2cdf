package dev.sverka.vendors.statements;

import dev.sverka.records.bank.BankOperation.Direction;
import dev.sverka.vendors.statements.Finding.Kind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks a file against itself (sheet section 6, step 6): sums of a section, chain of sections, turnovers, periods. */
final class Balances {

    private static final String CURE = "операции приняты; сверьте этот период с банком";

    private final List<Section> sections = new ArrayList<>();
    private final List<Row> rows;
    private final List<Finding> findings;

    /** @param own accounts that are ours; sections of others are not looked at */
    Balances(StatementFile file, Set<String> own, List<Row> rows, List<Finding> findings) {
        this.rows = rows;
        this.findings = findings;
        for (Block block : file.sections()) {
            Section section = Section.of(block, file.header().text("ДатаКонца"), findings);
            if (section != null && own.contains(section.bankAccount())
                    && sections.stream().noneMatch(section::tellsTheSame)) {
                sections.add(section);
            }
        }
    }

    List<Section> sections() {
        return sections;
    }

    /** Which of some movements the turnovers of their sections count, told with the others. */
    List<Row> counted(List<Row> undated) {
        List<Section> counting = sections.stream().filter(section -> undated.stream().anyMatch(section::covers)
                && isCounted(section, Direction.INCOMING, section.incoming(), undated)
                && isCounted(section, Direction.OUTGOING, section.outgoing(), undated)).toList();
        return undated.stream().filter(row -> counting.stream().anyMatch(section -> section.covers(row))).toList();
    }

    private boolean isCounted(Section section, Direction direction, @Nullable BigDecimal stated, List<Row> undated) {
        BigDecimal more = BigDecimal.valueOf(undated.stream().filter(row -> row.direction() == direction
                && section.covers(row)).mapToLong(Row::amount).sum(), 2);
        return stated != null && stated.compareTo(told(section, direction).add(more)) == 0;
    }

    void check() {
        sections.stream().filter(Section::isContradictory).forEach(section -> findings.add(new Finding(Kind.IDENTITY,
                section.line(), "остаток на начало + поступило − списано не равно остатку на конец", CURE)));
        sections.forEach(this::checkTurnovers);
        sections.stream().collect(Collectors.groupingBy(Section::bankAccount)).values().forEach(this::checkChain);
        checkPeriods();
    }

    private void checkTurnovers(Section section) {
        checkTurnover(section, Direction.INCOMING, section.incoming(), "поступило");
        checkTurnover(section, Direction.OUTGOING, section.outgoing(), "списано");
    }

    private void checkTurnover(Section section, Direction direction, @Nullable BigDecimal stated, String what) {
        BigDecimal told = told(section, direction);
        if (stated != null && stated.compareTo(told) != 0) {
            findings.add(new Finding(Kind.TURNOVER, section.line(), "за период " + what + " " + stated.toPlainString()
                    + ", а по документам " + told.toPlainString(), CURE));
        }
    }

    private BigDecimal told(Section section, Direction direction) {
        return told(section, direction, row -> true);
    }

    private BigDecimal told(Section section, Direction direction, Predicate<Row> which) {
        return BigDecimal.valueOf(rows.stream().filter(row -> row.direction() == direction && section.covers(row)
                && which.test(row)).mapToLong(Row::amount).sum(), 2);
    }

    private void checkChain(List<Section> ofAccount) {
        List<Section> inOrder = ofAccount.stream().sorted(Comparator.comparing(Section::from)).toList();
        for (int i = 1; i < inOrder.size(); i++) {
            BigDecimal before = inOrder.get(i - 1).closing();
            Section next = inOrder.get(i);
            boolean follows = next.from().isAfter(inOrder.get(i - 1).to());
            if (follows && before != null && next.opening() != null && before.compareTo(next.opening()) != 0) {
                findings.add(new Finding(Kind.CHAIN, next.line(), "остаток на начало не равен остатку на конец"
                        + " предыдущего раздела этого счёта", CURE));
            }
        }
    }

    private void checkPeriods() {
        Set<String> checked = sections.stream().map(Section::bankAccount).collect(Collectors.toSet());
        rows.stream().filter(row -> checked.contains(row.bankAccount())
                        && sections.stream().noneMatch(section -> section.covers(row)))
                .forEach(row -> findings.add(new Finding(Kind.PERIOD, row.line(),
                        "документ датирован вне периодов разделов своего счёта", CURE)));
    }

    /** Whether the file proves that it tells all there is on an account's day: its sums fit, and fit its documents. */
    boolean isProven(String bankAccount, LocalDate day) {
        return sections.stream().anyMatch(section -> section.bankAccount().equals(bankAccount) && section.covers(day)
                && isProven(section));
    }

    private boolean isProven(Section section) {
        return section.isBalanced()
                && told(section, Direction.INCOMING).compareTo(Objects.requireNonNull(section.incoming())) == 0
                && told(section, Direction.OUTGOING).compareTo(Objects.requireNonNull(section.outgoing())) == 0;
    }

    /**
     * What the account held as days began: as sections state it, and within a section of several days where its
     * documents prove it.
     *
     * @param madeOn the day on which the file was made: it was not over then
     */
    Map<LocalDate, BigDecimal> starts(String bankAccount, LocalDate madeOn) {
        Map<LocalDate, BigDecimal> starts = new TreeMap<>();
        sections.stream().filter(one -> one.bankAccount().equals(bankAccount)).forEach(section -> {
            BigDecimal held = section.opening();
            for (LocalDate day = section.from(); isProven(section) && day.isBefore(section.to());
                    day = day.plusDays(1)) {
                LocalDate here = day;
                held = Objects.requireNonNull(held)
                        .add(told(section, Direction.INCOMING, row -> row.bookedOn().equals(here)))
                        .subtract(told(section, Direction.OUTGOING, row -> row.bookedOn().equals(here)));
                starts.put(day.plusDays(1), held);
            }
            if (section.closing() != null) {
                starts.put(section.to().plusDays(1), section.closing());
            }
        });
        // where one section closes a day and the next one opens another, the opening is what the day began with
        sections.stream().filter(one -> one.bankAccount().equals(bankAccount) && one.opening() != null)
                .forEach(section -> starts.put(section.from(), section.opening()));
        starts.keySet().removeIf(day -> day.isAfter(madeOn));
        return starts;
    }
}
