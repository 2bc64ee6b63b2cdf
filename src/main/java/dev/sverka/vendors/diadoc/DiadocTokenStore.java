package dev.sverka.vendors.diadoc;

import dev.sverka.core.connector.Fingerprint;
import dev.sverka.core.state.Links;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The refresh token that wins over the configured one until the configured one changes. It lies in the store sealed
 * with a key made of the configured secrets, so that neither the store nor a copy of it gives it away.
 */
final class DiadocTokenStore {

    private static final Logger LOG = LoggerFactory.getLogger(DiadocTokenStore.class);
    private static final String ENTITY = "refresh-token";
    private static final String ITEM = "latest";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final String account;
    private final String configured;
    private final String given;
    private final SecretKeySpec key;
    private final Links links;
    private final TransactionOperations apart;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** @param apart commits at once, whatever the caller's own transaction does: the old token is gone already */
    DiadocTokenStore(String account, String configured, String clientSecret, Links links,
            TransactionOperations apart, Clock clock) {
        this.account = account;
        this.configured = configured;
        this.given = Fingerprint.ofParts("diadoc refresh token", account, configured);
        this.key = new SecretKeySpec(digest("diadoc\u001f" + account + "\u001f" + clientSecret + "\u001f"
                + configured), "AES");
        this.links = links;
        this.apart = apart;
        this.clock = clock;
    }

    /** What to refresh with, the likeliest first. */
    List<String> candidates() {
        Map<String, Object> kept = kept();
        Set<String> candidates = new LinkedHashSet<>();
        for (String name : List.of("sealed", "before")) {
            if (kept.get(name) instanceof String sealed) {
                String opened = open(sealed);
                if (opened != null) {
                    candidates.add(opened);
                }
            }
        }
        candidates.add(configured);
        return List.copyOf(candidates);
    }

    /** A token worked. @param next the one that takes its place; null where it stays */
    void used(String token, @Nullable String next) {
        Map<String, Object> kept = kept();
        boolean rotated = next != null && !next.equals(token);
        if (!rotated && kept.containsKey("since")) {
            return;
        }
        Map<String, Object> values = new LinkedHashMap<>(Map.of("given", given, "since", clock.instant().toString()));
        values.put("sealed", seal(rotated ? next : token));
        if (rotated) {
            values.put("before", seal(token));
        }
        apart.executeWithoutResult(status -> links.agree(account, ENTITY, ITEM, values));
    }

    /** How old the newest token is; zero before its first use. */
    Duration age() {
        return kept().get("since") instanceof String since ? Duration.between(Instant.parse(since), clock.instant())
                : Duration.ZERO;
    }

    /** What is kept of the token that is configured now; what came of another one counts no more. */
    private Map<String, Object> kept() {
        Map<String, Object> kept = links.agreed(account, ENTITY, ITEM);
        return given.equals(kept.get("given")) ? kept : Map.of();
    }

    private String seal(String token) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(token.getBytes(StandardCharsets.UTF_8));
            byte[] whole = Arrays.copyOf(nonce, NONCE + sealed.length);
            System.arraycopy(sealed, 0, whole, NONCE, sealed.length);
            return Base64.getEncoder().encodeToString(whole);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private @Nullable String open(String sealed) {
        try {
            byte[] whole = Base64.getDecoder().decode(sealed);
            return new String(cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(whole, NONCE))
                    .doFinal(whole, NONCE, whole.length - NONCE), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException otherKey) {
            LOG.warn("{}: the kept refresh token cannot be opened (was client-secret changed?); the configured one is"
                    + " used", account);
            return null;
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(account.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
