package dev.sverka.vendors.tochka;

import java.time.Duration;
import java.time.LocalTime;
import java.time.Period;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code sverka.tochka.<account>.*} and the rhythm of banks' feeds; slower than other banks', because each statement is
 * a job there.
 *
 * @param tochka one account for each key, by short name
 * @param poll how often yesterday and today are asked for
 * @param reread how often the last 7 days are read again
 * @param sweep when the last 45 days are read again
 * @param history how far back a new installation reads
 */
@ConfigurationProperties("sverka")
record TochkaProperties(@DefaultValue Map<String, Account> tochka, @DefaultValue Poll poll,
        @DefaultValue Reread reread, @DefaultValue Sweep sweep, @DefaultValue History history) {

    /**
     * One key.
     *
     * @param clientId shown with the key; subscriptions to events hang on it
     * @param customerCode the company's code; where it is set, other companies of the key are left alone
     * @param accounts which bank accounts to read, 20 digits each, perhaps with a slash and the BIC; empty for all of
     *     the companies
     * @param webhookKeyUrl where the bank's public key is; left out: at its usual place beside {@code url}
     * @param rootCa PEM file of authorities to believe beside the JDK's, such as the Russian national root
     */
    record Account(@DefaultValue("https://enter.tochka.com/uapi") String url, @Nullable String token,
            @Nullable String clientId, @Nullable String customerCode, @DefaultValue List<String> accounts,
            @Nullable String webhookKeyUrl, @Nullable String rootCa) {

        boolean isOn() {
            return token != null && !token.isBlank() && !url.isBlank();
        }

        /** The configured bank accounts by their 20 digits. */
        List<String> numbers() {
            return accounts.stream().map(TochkaClient::number).toList();
        }

        /** Never the secrets. */
        @Override
        public String toString() {
            return "Account[" + (isOn() ? "on" : "off") + ", accounts=" + accounts + "]";
        }
    }

    record Poll(@DefaultValue("5m") Duration bank) {
    }

    record Reread(@DefaultValue("1h") Duration bank) {
    }

    record Sweep(@DefaultValue("03:30") LocalTime bank) {
    }

    record History(@DefaultValue("P45D") Period bank) {
    }
}
