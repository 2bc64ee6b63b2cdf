package dev.sverka.flows.books;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one day of one account comes to. Sums in kopecks; the day is Europe/Moscow.
 *
 * @param opening as the bank states it; null where it does not
 * @param moved the ledger's incoming less its outgoing operations
 * @param operations how many of them
 * @param closing as the bank states it: what the next day began with
 * @param what differs, or why nothing can be proven; sentences in Russian
 */
record DayProof(String account, LocalDate day, State state, @Nullable Long opening, long moved, long operations,
        @Nullable Long closing, List<String> what) {

    /** Before the first day of an account. */
    static final String FIRST = "0".repeat(64);

    enum State { PROVEN, DIFFERS, UNPROVABLE }

    /** Closing less opening and operations; null where the bank states too little. */
    @Nullable Long difference() {
        return opening == null || closing == null ? null : Long.valueOf(closing - opening - moved);
    }

    /** SHA-256 over the hash of the day before and everything that this day says. */
    String hash(String previous) {
        String said = String.join("\n", previous, account, day.toString(), state.name(), Objects.toString(opening, ""),
                Long.toString(moved), Long.toString(operations), Objects.toString(closing, ""), String.join("\n", what));
        return sha256(said);
    }

    static String sha256(String said) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                    .digest(said.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
