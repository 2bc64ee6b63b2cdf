package dev.sverka.vendors.fintablo;

import java.time.Duration;
import java.time.LocalTime;
import java.time.Period;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code sverka.fintablo.main.*} and the rhythm of this vendor's feeds.
 *
 * @param fintablo only {@code main}
 * @param poll how often the days around today are compared
 * @param reread how often the month before and the plans of a year are
 * @param sweep when all of the history is
 * @param history how far back a new installation reads
 */
@ConfigurationProperties("sverka")
record FinTabloProperties(@DefaultValue Map<String, Account> fintablo, @DefaultValue Poll poll,
        @DefaultValue Reread reread, @DefaultValue Sweep sweep, @DefaultValue History history) {

    /**
     * One company.
     *
     * @param requestsPerMinute how many of the vendor's 300 are ours (fintablo.md section 4)
     * @param bankOperations whether FinTablo reads the bank itself, or we write its operations
     * @param longestExecution how long after our call has gone FinTablo may still carry it out, and its lists lag
     */
    record Account(@DefaultValue("https://api.fintablo.ru") String url, @Nullable String token,
            @DefaultValue("240") int requestsPerMinute, @DefaultValue("enrich") BankOperations bankOperations,
            @DefaultValue("3m") Duration longestExecution) {

        Account {
            if (requestsPerMinute < 2 || requestsPerMinute > 300) {
                throw new IllegalArgumentException("sverka.fintablo.….requests-per-minute must be between 2 and 300: "
                        + "the vendor takes no more");
            }
        }

        boolean isOn() {
            return token != null && !token.isBlank() && !url.isBlank();
        }

        /** Never the token. */
        @Override
        public String toString() {
            return "Account[" + (isOn() ? "on" : "off") + ", requestsPerMinute=" + requestsPerMinute
                    + ", bankOperations=" + bankOperations + "]";
        }
    }

    /** Who brings the bank's operations. */
    enum BankOperations {
        /** FinTablo imports them; we only give them deal, category and partner. */
        ENRICH,
        /** We create them. */
        WRITE
    }

    record Poll(@DefaultValue("5m") Duration fintablo) {
    }

    record Reread(@DefaultValue("10m") Duration fintablo) {
    }

    record Sweep(@DefaultValue("03:30") LocalTime fintablo) {
    }

    record History(@DefaultValue("P90D") Period fintablo) {
    }
}
