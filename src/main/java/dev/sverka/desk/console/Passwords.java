package dev.sverka.desk.console;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Hashes passwords with bcrypt and compares in constant time. Programs send their password with every request, and
 * bcrypt is slow on purpose; so what matched once is known again by a keyed digest whose key dies with the process.
 */
final class Passwords implements PasswordEncoder {

    private final PasswordEncoder slow = PasswordEncoderFactories.createDelegatingPasswordEncoder();
    private final Map<String, byte[]> matched = new ConcurrentHashMap<>();
    private final SecretKeySpec key;

    Passwords() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, "HmacSHA256");
    }

    @Override
    public @Nullable String encode(@Nullable CharSequence raw) {
        return slow.encode(raw);
    }

    @Override
    public boolean matches(@Nullable CharSequence raw, @Nullable String hash) {
        if (raw == null || hash == null) {
            return false;
        }
        byte[] digest = digest(raw);
        byte[] known = matched.get(hash);
        if (known != null && MessageDigest.isEqual(known, digest)) {
            return true;
        }
        boolean matches = slow.matches(raw, hash);
        if (matches) {
            matched.put(hash, digest);
        }
        return matches;
    }

    private byte[] digest(CharSequence raw) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(raw.toString().getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA256", e);
        }
    }
}
