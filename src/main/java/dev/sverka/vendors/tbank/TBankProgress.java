package dev.sverka.vendors.tbank;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far one bank account has been read; one short text in the feed's position, so that many accounts fit.
 *
 * @param read when it was last read to the present; null for an account not read yet
 * @param reread when the last week was last read again, or reading it was last tried
 * @param swept when the last 45 days were
 * @param trouble {@code -}, {@code gone} from the token's list, or the status with which the bank refuses it
 * @param day hash of the last {@code StatementWindow} of a day told, {@code week} and {@code far} likewise
 * @param start first day of the last reading and what the account held as it began, as {@link #starting} takes it
 */
record TBankProgress(@Nullable Instant read, @Nullable Instant reread, @Nullable Instant swept, String trouble,
        String day, String week, String far, String start) {

    static final String NONE = "-";
    static final String GONE = "gone";
    private static final String HELD = "=";
    private static final TBankProgress NEW = new TBankProgress(null, null, null, NONE, NONE, NONE, NONE, NONE);

    /** @param position the feed's; keys are bank account numbers */
    static TBankProgress of(Map<String, String> position, String bankAccount) {
        String text = position.get(bankAccount);
        if (text == null) {
            return NEW;
        }
        String[] parts = text.split(" ");
        return new TBankProgress(instant(parts[0]), instant(parts[1]), instant(parts[2]), parts[3], parts[4], parts[5],
                parts[6], parts.length > 7 ? parts[7] : NONE);
    }

    private static @Nullable Instant instant(String text) {
        return text.equals(NONE) ? null : Instant.parse(text);
    }

    boolean isTroubled() {
        return !trouble.equals(NONE);
    }

    TBankProgress troubled(String word, @Nullable Instant tried) {
        return new TBankProgress(read, tried, swept, word, day, week, far, start);
    }

    /**
     * What the account held as a reading began. Where that day began with another sum than the bank said before, the past
     * before it has changed, and the long re-read is due at once.
     *
     * @param amount as the bank states it
     */
    TBankProgress starting(LocalDate from, BigDecimal amount) {
        String now = from + HELD + amount.setScale(2, RoundingMode.HALF_UP).toPlainString();
        boolean changed = start.startsWith(from + HELD) && !start.equals(now);
        return new TBankProgress(read, reread, changed ? null : swept, trouble, day, week, far, now);
    }

    /** The hash told last for a window of so many days. */
    String told(long days) {
        return days <= 1 ? day : days <= 7 ? week : far;
    }

    TBankProgress telling(long days, String hash) {
        return new TBankProgress(read, reread, swept, trouble, days <= 1 ? hash : day,
                days > 1 && days <= 7 ? hash : week, days > 7 ? hash : far, start);
    }

    @Override
    public String toString() {
        return String.join(" ", text(read), text(reread), text(swept), trouble, day, week, far, start);
    }

    private static String text(@Nullable Instant moment) {
        return moment == null ? NONE : moment.toString();
    }
}
