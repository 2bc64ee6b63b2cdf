package dev.sverka.vendors.tbank;

import java.time.Duration;
import java.time.LocalTime;
import java.time.Period;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code sverka.tbank.<account>.*} and the rhythm of banks' feeds.
 *
 * @param tbank one account for each legal entity, by short name
 * @param poll how often yesterday and today are asked for
 * @param reread how often the last 7 days are read again
 * @param sweep when the last 45 days are read again
 * @param history how far back a new installation reads
 */
@ConfigurationProperties("sverka")
record TBankProperties(@DefaultValue Map<String, Account> tbank, @DefaultValue Poll poll, @DefaultValue Reread reread,
        @DefaultValue Sweep sweep, @DefaultValue History history) {

    /**
     * One company's token.
     *
     * @param accounts which bank accounts to read, 20 digits each; empty for all the token sees
     * @param webhookSecret last part of {@code /hooks/tbank/{secret}}
     * @param webhookBearer expected besides in {@code Authorization: Bearer}, where the bank was given one
     * @param rootCa PEM file of authorities to believe beside the JDK's, such as the Russian national root
     */
    record Account(@DefaultValue("https://business.tbank.ru/openapi") String url, @Nullable String token,
            @DefaultValue List<String> accounts, @Nullable String webhookSecret, @Nullable String webhookBearer,
            @Nullable String webhookEmail, @Nullable String rootCa) {

        boolean isOn() {
            return token != null && !token.isBlank() && !url.isBlank();
        }

        /** Never the secrets. */
        @Override
        public String toString() {
            return "Account[" + (isOn() ? "on" : "off") + ", accounts=" + accounts + "]";
        }
    }

    record Poll(@DefaultValue("1m") Duration bank) {
    }

    record Reread(@DefaultValue("10m") Duration bank) {
    }

    record Sweep(@DefaultValue("03:30") LocalTime bank) {
    }

    record History(@DefaultValue("P45D") Period bank) {
    }
}
