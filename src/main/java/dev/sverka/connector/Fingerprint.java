package dev.sverka.connector;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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
}
