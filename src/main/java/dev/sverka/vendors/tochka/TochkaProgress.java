package dev.sverka.vendors.tochka;

import dev.sverka.vendors.tochka.TochkaJob.Kind;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far one bank account has been read; one short text in the feed's position, so that many accounts fit.
 *
 * @param read when it was last read to the present; null for an account not read yet
 * @param reread when the last week was last read again, or reading it was last tried
 * @param swept when the last 45 days were
 * @param trouble {@code -}, {@code gone} from the key's list, or the status with which the bank refuses it
 * @param day hash of the last {@code StatementWindow} of yesterday told, {@code week} likewise
 * @param job the statement under way
 */
record TochkaProgress(@Nullable Instant read, @Nullable Instant reread, @Nullable Instant swept, String trouble,
        String day, String week, @Nullable TochkaJob job) {

    static final String NONE = "-";
    static final String GONE = "gone";
    private static final TochkaProgress NEW = new TochkaProgress(null, null, null, NONE, NONE, NONE, null);

    /** @param position the feed's; keys are bank account numbers */
    static TochkaProgress of(Map<String, String> position, String bankAccount) {
        String text = position.get(bankAccount);
        if (text == null) {
            return NEW;
        }
        String[] parts = text.split(" ", 7);
        return new TochkaProgress(instant(parts[0]), instant(parts[1]), instant(parts[2]), parts[3], parts[4],
                parts[5], parts[6].equals(NONE) ? null : TochkaJob.parse(parts[6]));
    }

    private static @Nullable Instant instant(String text) {
        return text.equals(NONE) ? null : Instant.parse(text);
    }

    boolean isTroubled() {
        return !trouble.equals(NONE);
    }

    TochkaProgress with(@Nullable TochkaJob next) {
        return new TochkaProgress(read, reread, swept, trouble, day, week, next);
    }

    /** No statement is under way any more. @param word may be the bank's own, and then more than one */
    TochkaProgress troubled(String word, @Nullable Instant tried) {
        return new TochkaProgress(read, tried, swept, word.replaceAll("\\s+", "-"), day, week, null);
    }

    /** A walk has come to the present. */
    TochkaProgress done(TochkaJob last) {
        Instant at = last.since();
        return new TochkaProgress(at, last.kind() == Kind.DAY ? reread : at, last.kind() == Kind.FAR ? at : swept,
                trouble, day, week, null);
    }

    /** The hash of what was told last of such days; none for the long walk: it is made once a day. */
    String told(Kind kind) {
        return kind == Kind.DAY ? day : kind == Kind.WEEK ? week : NONE;
    }

    TochkaProgress telling(Kind kind, String hash) {
        return new TochkaProgress(read, reread, swept, trouble, kind == Kind.DAY ? hash : day,
                kind == Kind.WEEK ? hash : week, job);
    }

    @Override
    public String toString() {
        return String.join(" ", text(read), text(reread), text(swept), trouble, day, week,
                job == null ? NONE : job.toString());
    }

    private static String text(@Nullable Instant moment) {
        return moment == null ? NONE : moment.toString();
    }
}
