package dev.sverka.vendors.diadoc;

import java.time.Duration;
import java.time.LocalTime;
import java.time.Period;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code sverka.diadoc.<account>.*} and the rhythm of its feed.
 *
 * @param diadoc one account for each log-in, by short name
 * @param poll how often each box is asked for events
 * @param reread how often the latest events are read again by their time
 * @param sweep when a week of events and the documents of {@code history} are gone through
 * @param history how far back a new installation reads
 */
@ConfigurationProperties("sverka")
record DiadocProperties(@DefaultValue Map<String, Account> diadoc, @DefaultValue Poll poll,
        @DefaultValue Reread reread, @DefaultValue Sweep sweep, @DefaultValue History history) {

    /**
     * One log-in.
     *
     * @param identityUrl who gives access tokens for refresh tokens
     * @param apiClientId where it is set, {@code login} and {@code password} are used in the older way
     * @param boxId the one box to read; left out: every box of the log-in
     */
    record Account(@DefaultValue("https://diadoc-api.kontur.ru") String url,
            @DefaultValue("https://identity.kontur.ru") String identityUrl, @Nullable String clientId,
            @Nullable String clientSecret, @Nullable String refreshToken, @Nullable String apiClientId,
            @Nullable String login, @Nullable String password, @Nullable String boxId) {

        boolean isOn() {
            return !url.isBlank() && (isOlder() ? isSet(login) && isSet(password)
                    : isSet(clientId) && isSet(clientSecret) && isSet(refreshToken) && !identityUrl.isBlank());
        }

        /** Whether it logs in with a password. */
        boolean isOlder() {
            return isSet(apiClientId);
        }

        private static boolean isSet(@Nullable String value) {
            return value != null && !value.isBlank();
        }

        /** Never the secrets. */
        @Override
        public String toString() {
            return "Account[" + (isOn() ? "on" : "off") + (isOlder() ? ", by password" : "") + ", box=" + boxId + "]";
        }
    }

    record Poll(@DefaultValue("1m") Duration diadoc) {
    }

    record Reread(@DefaultValue("10m") Duration diadoc) {
    }

    record Sweep(@DefaultValue("03:30") LocalTime diadoc) {
    }

    record History(@DefaultValue("P30D") Period diadoc) {
    }
}
