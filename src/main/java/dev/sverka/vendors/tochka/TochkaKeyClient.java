package dev.sverka.vendors.tochka;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import dev.sverka.core.http.Answer;
import dev.sverka.core.http.Door;
import dev.sverka.core.http.NoAnswer;
import java.text.ParseException;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** Fetches the bank's public key, which anybody may have. */
final class TochkaKeyClient {

    private final Door door;
    private final HttpUrl url;

    TochkaKeyClient(Door door, HttpUrl url) {
        this.door = door;
        this.url = url;
    }

    String account() {
        return door.account();
    }

    /**
     * One JWK as the bank has it; a set of them is taken too (tochka.md section 7.3).
     *
     * @throws IllegalStateException with the reason where there is none
     */
    List<RSAKey> keys() {
        Answer answer;
        try {
            answer = door.once("webhook key", new Request.Builder().url(url).build());
        } catch (NoAnswer lost) {
            throw new IllegalStateException(lost.getMessage(), lost);
        }
        if (answer.status() != 200) {
            throw new IllegalStateException("webhook key: HTTP " + answer.status());
        }
        try {
            String text = answer.text();
            List<JWK> told = text.contains("\"keys\"") ? JWKSet.parse(text).getKeys() : List.of(JWK.parse(text));
            List<RSAKey> keys = told.stream().filter(RSAKey.class::isInstance).map(RSAKey.class::cast).toList();
            if (keys.isEmpty()) {
                throw new IllegalStateException("webhook key: no RSA key came");
            }
            return keys;
        } catch (ParseException broken) {
            throw new IllegalStateException("webhook key: what came is no JWK", broken);
        }
    }
}
