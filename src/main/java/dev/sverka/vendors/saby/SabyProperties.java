package dev.sverka.vendors.saby;

import java.time.Duration;
import java.time.LocalTime;
import java.time.Period;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code sverka.saby.<account>.*} and the rhythm of its feed.
 *
 * @param saby one account for each log-in, by short name
 * @param poll how often changes are asked for
 * @param reread how often the latest changes are read again by their time
 * @param sweep when a day of changes and the registers of {@code history} are gone through
 * @param history how far back a new installation reads
 */
@ConfigurationProperties("sverka")
record SabyProperties(@DefaultValue Map<String, Account> saby, @DefaultValue Poll poll, @DefaultValue Reread reread,
        @DefaultValue Sweep sweep, @DefaultValue History history) {

    /**
     * One log-in: by an application's three secrets, or by login and password where these are not set.
     *
     * @param mirrorUrl where to go while no connection to {@code url} comes about; of {@code .sbis.ru} it is
     *     {@code .saby.ru}
     * @param leastPause the shortest time between two readings of the changes, whatever {@code sverka.poll.saby} says;
     *     less than a minute is for test stands
     */
    record Account(@DefaultValue("https://online.sbis.ru") String url, @Nullable String mirrorUrl,
            @Nullable String appClientId, @Nullable String appSecret, @Nullable String secretKey,
            @Nullable String login, @Nullable String password, @DefaultValue("60s") Duration leastPause) {

        boolean isOn() {
            return !url.isBlank() && (isApplication() || isSet(login) && isSet(password));
        }

        boolean isApplication() {
            return isSet(appClientId) && isSet(appSecret) && isSet(secretKey);
        }

        private static boolean isSet(@Nullable String value) {
            return value != null && !value.isBlank();
        }

        /** Never the secrets. */
        @Override
        public String toString() {
            return "Account[" + (isOn() ? "on" : "off") + (isApplication() ? "" : ", by password") + "]";
        }
    }

    record Poll(@DefaultValue("1m") Duration saby) {
    }

    record Reread(@DefaultValue("10m") Duration saby) {
    }

    record Sweep(@DefaultValue("03:30") LocalTime saby) {
    }

    record History(@DefaultValue("P30D") Period saby) {
    }
}
