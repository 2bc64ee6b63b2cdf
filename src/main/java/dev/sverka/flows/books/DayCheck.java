package dev.sverka.flows.books;

import dev.sverka.flows.books.BalanceBook.Stated;
import dev.sverka.flows.books.DayProof.State;
import dev.sverka.flows.payments.LedgerDays.Day;
import dev.sverka.flows.payments.LedgerDays.Misplaced;
import dev.sverka.flows.payments.LedgerDays.Unlike;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Works out what a day comes to, from what the bank states and what the ledger holds: pure. */
final class DayCheck {

    /** More of a kind are counted only. */
    private static final int NAMED = 5;
    /** Balances asked for so far apart come from two readings, and the past may have changed in between. */
    private static final long APART_MILLIS = Duration.ofMinutes(5).toMillis();
    /** For so long the feed gets to read anew what lies before the later reading. */
    private static final long REREAD_MILLIS = Duration.ofHours(2).toMillis();

    private final String account;
    private final NavigableMap<LocalDate, Stated> starts;
    private final Map<LocalDate, Day> ledger;
    private final Map<LocalDate, List<Misplaced>> misplaced;
    private final Map<LocalDate, List<Unlike>> unlike;
    private final boolean underWay;
    private final long now;

    /** @param now milliseconds; @param underWay whether operations of the account wait in the journal: what is missing may be among them */
    DayCheck(String account, NavigableMap<LocalDate, Stated> starts, Map<LocalDate, Day> ledger,
            Map<LocalDate, List<Misplaced>> misplaced, Map<LocalDate, List<Unlike>> unlike, boolean underWay, long now) {
        this.account = account;
        this.starts = starts;
        this.ledger = ledger;
        this.misplaced = misplaced;
        this.unlike = unlike;
        this.underWay = underWay;
        this.now = now;
    }

    /**
     * @param broken what is wrong with the day's earlier records
     * @return empty while it cannot be said: what would differ may be on its way
     */
    Optional<DayProof> of(LocalDate day, List<String> broken) {
        Stated opening = starts.get(day);
        Stated closing = starts.get(day.plusDays(1));
        Day moved = ledger.getOrDefault(day, new Day(day, 0, 0, 0));
        List<String> differs = new ArrayList<>(broken);
        if (opening != null && closing != null && closing.amount() - opening.amount() != moved.moved()) {
            long read = Math.max(opening.readAt(), closing.readAt());
            boolean seam = closing.readAt() - opening.readAt() > APART_MILLIS && now - read < REREAD_MILLIS;
            if (underWay || seam || moved.readAt() > read) {
                return Optional.empty();
            }
            differs.add(difference(opening.amount(), moved, closing.amount()));
        }
        few(misplaced.getOrDefault(day, List.of()).stream().map(DayCheck::text).toList(), differs);
        few(unlike.getOrDefault(day, List.of()).stream().map(DayCheck::text).toList(), differs);
        List<String> missing = missing(day, opening, closing);
        State state = !differs.isEmpty() ? State.DIFFERS : missing.isEmpty() ? State.PROVEN : State.UNPROVABLE;
        List<String> what = new ArrayList<>(differs);
        what.addAll(missing);
        return Optional.of(new DayProof(account, day, state, opening == null ? null : opening.amount(), moved.moved(),
                moved.count(), closing == null ? null : closing.amount(), ProofBook.shortened(what)));
    }

    private static String difference(long opening, Day moved, long closing) {
        long difference = closing - opening - moved.moved();
        return "остаток на конец дня по банку " + money(closing) + ", а остаток на начало " + money(opening)
                + " и операции " + money(moved.moved()) + " дают " + money(opening + moved.moved()) + ": расхождение "
                + money(difference) + (difference > 0 ? " (у нас не хватает поступления или лишнее списание)"
                        : " (у нас не хватает списания или лишнее поступление)");
    }

    private static String text(Misplaced one) {
        return one.given() > one.amount()
                ? "операция " + one.operation() + " на " + money(one.amount()) + " разнесена на " + money(one.given())
                : "операция " + one.operation() + " не в одной стопке: она «" + one.box() + "», а на платежи разнесено "
                        + money(one.given());
    }

    private static String text(Unlike one) {
        return "по платежу " + one.payment() + " разнесено " + money(one.ledger()) + ", а на портале оплачено "
                + money(one.portal());
    }

    private static void few(List<String> all, List<String> into) {
        into.addAll(all.subList(0, Math.min(NAMED, all.size())));
        if (all.size() > NAMED) {
            into.add("и ещё таких: " + (all.size() - NAMED));
        }
    }

    private static List<String> missing(LocalDate day, @Nullable Stated opening, @Nullable Stated closing) {
        List<String> missing = new ArrayList<>();
        if (opening == null) {
            missing.add("банк не назвал остаток на начало " + day);
        }
        if (closing == null) {
            missing.add("банк не назвал остаток на конец " + day);
        }
        return missing;
    }

    private static String money(long kopecks) {
        return BigDecimal.valueOf(kopecks, 2).toPlainString();
    }
}
