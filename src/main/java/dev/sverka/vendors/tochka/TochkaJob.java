package dev.sverka.vendors.tochka;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A statement that is being made at the bank, or is about to be ordered; part of the feed's position, so that it
 * survives the process.
 *
 * @param since when it was about to be ordered: what it shows is not older
 * @param from first day, {@code to} the last one
 * @param kind why the days are read
 * @param longest how many days are ordered at once; fewer than {@link #LONGEST} where the bank could not
 * @param again how often it had to be ordered anew
 * @param doubt hash of a statement of these days that its balances contradicted; empty where there was none
 * @param id the bank's; null while it is not known whether the bank has the order
 */
record TochkaJob(Instant since, LocalDate from, LocalDate to, Kind kind, int longest, int again, String doubt,
        @Nullable String id) {

    /** Days that are ordered at once (tochka.md section 12, row 2). */
    static final int LONGEST = 31;

    /** Yesterday and today, a week, or all that may still change. */
    enum Kind { DAY, WEEK, FAR }

    /** The first statement of a walk from a day to today. */
    static TochkaJob first(Instant now, LocalDate from, Kind kind) {
        return of(now, from, kind, LONGEST);
    }

    private static TochkaJob of(Instant now, LocalDate from, Kind kind, int longest) {
        LocalDate today = LocalDate.ofInstant(now, TochkaOperations.MOSCOW);
        LocalDate to = from.plusDays(longest - 1L);
        return new TochkaJob(now, from, to.isBefore(today) ? to : today, kind, longest, 0, "", null);
    }

    /** The same days as another one's, which ended some time ago. */
    static TochkaJob of(Instant now, LocalDate from, LocalDate to) {
        return new TochkaJob(now, from, to, Kind.DAY, LONGEST, 0, "", null);
    }

    /** The statement of the days after this one's. */
    TochkaJob next(Instant now) {
        return of(now, to.plusDays(1), kind, longest);
    }

    /** As many days as may be, once the day that others were halved for is found. */
    TochkaJob widened(Instant now) {
        return of(now, to.plusDays(1), kind, LONGEST);
    }

    boolean isLast() {
        return !to.isBefore(today());
    }

    /** The day on which it was ordered: not over then. */
    LocalDate today() {
        return LocalDate.ofInstant(since, TochkaOperations.MOSCOW);
    }

    long days() {
        return ChronoUnit.DAYS.between(from, to) + 1;
    }

    TochkaJob ordered(Instant at, String statementId) {
        return new TochkaJob(at, from, to, kind, longest, again, doubt, statementId);
    }

    /** The same days once more. @param content hash of what could not be believed; empty where there was nothing */
    TochkaJob anew(Instant now, String content) {
        return new TochkaJob(now, from, to, kind, longest, again + 1, content, null);
    }

    /** The first half of the days. */
    TochkaJob halved(Instant now) {
        return of(now, from, kind, (int) Math.max(1, days() / 2));
    }

    /** Equal for statements of the same days of one account. */
    String period(String bankAccount) {
        return bankAccount + " " + from + " " + to;
    }

    static TochkaJob parse(String text) {
        String[] parts = text.split("\\|", 8);
        return new TochkaJob(Instant.parse(parts[0]), LocalDate.parse(parts[1]), LocalDate.parse(parts[2]),
                Kind.valueOf(parts[3]), Integer.parseInt(parts[4]), Integer.parseInt(parts[5]), parts[6],
                parts[7].isEmpty() ? null : parts[7]);
    }

    @Override
    public String toString() {
        return String.join("|", since.toString(), from.toString(), to.toString(), kind.name(),
                Integer.toString(longest), Integer.toString(again), doubt, id == null ? "" : id);
    }
}
