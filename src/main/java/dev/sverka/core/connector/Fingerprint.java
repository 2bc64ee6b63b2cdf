package dev.sverka.core.connector;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells contents apart where the vendor gives no version. */
public final class Fingerprint {

    private static final int BYTES = 12;

    private Fingerprint() {
    }

    /** 24 hexadecimal digits; equal for contents that read alike. */
    public static String of(Object content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(content.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Of several parts, absent ones too; parted by a sign that no value holds, so two contents never read alike. */
    public static String ofParts(@Nullable Object... parts) {
        return of(Arrays.stream(parts).map(part -> Objects.toString(part, "")).collect(Collectors.joining("\u001f")));
    }

    /**
     * Of a movement of money, equal for what may be one movement under two ids or from two sources (tbank.md section
     * 6). The day is left out: it may shift by one, so whoever compares looks at it apart.
     *
     * @param amount in hundredths
     * @param party the other side's account, else its ИНН
     */
    public static String ofMovement(String bankAccount, Object direction, long amount, @Nullable String number,
            @Nullable String party, String purpose) {
        String words = purpose.toLowerCase(Locale.ROOT).replaceAll("[«»“”„\"']", "").replaceAll("[\\s\\u00A0]+", " ");
        return ofParts(bankAccount, direction, amount, number, party, words.strip());
    }
}
