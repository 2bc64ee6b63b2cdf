package dev.sverka.vendors.bitrix24;

import dev.sverka.vendors.bitrix24.Bitrix24Governor.Accounting;
import java.time.Duration;
import java.time.LocalTime;
import java.time.Period;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code sverka.bitrix24.<account>.*} and the rhythm of this vendor's feeds.
 *
 * @param bitrix24 accounts by short name; the usual one is {@code main}
 */
@ConfigurationProperties("sverka")
record Bitrix24Properties(@DefaultValue Map<String, Account> bitrix24, @DefaultValue Rhythm poll,
        @DefaultValue Reread reread, @DefaultValue Sweep sweep, @DefaultValue History history) {

    /**
     * One portal.
     *
     * @param url base of the incoming webhook, {@code https://PORTAL/rest/USER/SECRET/}: a secret as a whole
     * @param applicationToken expected in events of the outgoing webhook; without it events are refused
     * @param plan {@code standard}, {@code enterprise} or {@code box}: how many requests the portal takes (bitrix24.md
     *     section 3.1)
     * @param robotUsers whose changes are the portal's own robots
     * @param operating time each method may take in ten minutes (section 3.2)
     * @param operatingShare how much of it is ours, above 0 to 1; other programs of the portal may need the rest
     * @param operatingAccounting how the portal books the time of a batch
     * @param longestExecution how long the portal may go on with a write after its caller has gone (section 3.3)
     */
    record Account(@Nullable String url, @Nullable String applicationToken, @DefaultValue("standard") Plan plan,
            @DefaultValue List<Long> robotUsers, @DefaultValue("480s") Duration operating,
            @DefaultValue("0.9") double operatingShare, @DefaultValue("auto") Accounting operatingAccounting,
            @DefaultValue("65s") Duration longestExecution) {

        Account {
            if (operating.toSeconds() < 1 || !(operatingShare > 0 && operatingShare <= 1)) {
                throw new IllegalArgumentException("sverka.bitrix24.….operating must be a second or more, and "
                        + "operating-share above 0 and at most 1");
            }
        }

        Bitrix24Governor.Limits limits(Duration patience) {
            return new Bitrix24Governor.Limits(plan.threshold, plan.perSecond, operating, operatingShare,
                    operatingAccounting, patience);
        }

        /** Whether there is enough to call the portal. */
        boolean isOn() {
            return url != null && !url.isBlank();
        }

        /** Never the url: it holds the secret. */
        @Override
        public String toString() {
            return "Account[" + (isOn() ? "on" : "off") + ", plan=" + plan + "]";
        }
    }

    /** What the vendor's price list calls it, as far as limits differ. */
    enum Plan {
        STANDARD(50, 2), ENTERPRISE(250, 5),
        /** A portal on a server of its own has no limit (section 1.5); ours keeps a loop from flooding it. */
        BOX(1000, 100);

        final int threshold;
        final int perSecond;

        Plan(int threshold, int perSecond) {
            this.threshold = threshold;
            this.perSecond = perSecond;
        }
    }

    /** How often a poll reaches back an hour, to what became visible late. */
    record Reread(@DefaultValue("10m") Duration bitrix24) {
    }

    /** How far back a new installation reads by the time of change; null for everything there is. */
    record History(@Nullable Period bitrix24) {
    }

    /** When everything is read again, to find what no event and no poll told, and what was deleted. */
    record Sweep(@DefaultValue("03:30") LocalTime bitrix24) {
    }

    /** How often the portal is asked for news. */
    record Rhythm(@DefaultValue("30s") Duration bitrix24) {
    }
}
