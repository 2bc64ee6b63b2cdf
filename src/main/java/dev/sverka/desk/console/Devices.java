package dev.sverka.desk.console;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Knows browsers by which somebody has entered before, by a signed cookie: behind a proxy all have one address, and a
 * stranger's wrong guesses at a name must not keep out the person whose name it is. The key dies with the process, and
 * every browser is new again then.
 */
final class Devices extends SimpleUrlAuthenticationSuccessHandler {

    static final String COOKIE = "SVERKA_DEVICE";
    private static final Duration KEPT = Duration.ofDays(365);
    private static final int ID_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key;
    private final boolean https;

    /** @param https whether people come by it, so that the cookie never travels without */
    Devices(boolean https) {
        super("/");
        setAlwaysUseDefaultTargetUrl(true);
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, "HmacSHA256");
        this.https = https;
    }

    /** An attempt to enter. @param device of a browser known for this name; empty for any other */
    static final class Attempt extends WebAuthenticationDetails {

        private static final long serialVersionUID = 1;
        private final String device;

        Attempt(HttpServletRequest request, String device) {
            super(request);
            this.device = device;
        }

        String device() {
            return device;
        }
    }

    Attempt attempt(HttpServletRequest request) {
        String name = String.valueOf(request.getParameter("username"));
        Cookie[] cookies = request.getCookies();
        return new Attempt(request, cookies == null ? "" : Arrays.stream(cookies)
                .filter(cookie -> cookie.getName().equals(COOKIE)).map(Cookie::getValue)
                .filter(value -> isKnown(name, value)).findFirst().orElse(""));
    }

    @Override
    public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response,
            Authentication entered) throws IOException, jakarta.servlet.ServletException {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        String device = Base64.getUrlEncoder().withoutPadding().encodeToString(id);
        response.addHeader(HttpHeaders.SET_COOKIE, ResponseCookie.from(COOKIE, device + "." + sign(entered.getName(),
                device)).httpOnly(true).secure(https).sameSite("Strict").path("/login").maxAge(KEPT).build().toString());
        super.onAuthenticationSuccess(request, response, entered);
    }

    private boolean isKnown(String name, String value) {
        int dot = value.indexOf('.');
        return dot > 0 && MessageDigest.isEqual(sign(name, value.substring(0, dot)).getBytes(StandardCharsets.US_ASCII),
                value.substring(dot + 1).getBytes(StandardCharsets.US_ASCII));
    }

    private String sign(String name, String device) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal((device + " "
                    + name.toLowerCase(Locale.ROOT)).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java has no HmacSHA256", impossible);
        }
    }
}
