package dev.sverka.bitrix24;

import java.time.Duration;
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
record Bitrix24Properties(@DefaultValue Map<String, Account> bitrix24, @DefaultValue Rhythm poll) {

    /**
     * One portal.
     *
     * @param url base of the incoming webhook, {@code https://PORTAL/rest/USER/SECRET/}: a secret as a whole
     * @param applicationToken expected in events of the outgoing webhook; without it events are refused
     * @param plan {@code standard} or {@code enterprise}: how many requests the portal takes (bitrix24.md section 3.1)
     * @param robotUsers whose changes are the portal's own robots
     */
    record Account(@Nullable String url, @Nullable String applicationToken, @DefaultValue("standard") Plan plan,
            @DefaultValue List<Long> robotUsers) {

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
        STANDARD(50, 2), ENTERPRISE(250, 5);

        final int threshold;
        final int perSecond;

        Plan(int threshold, int perSecond) {
            this.threshold = threshold;
            this.perSecond = perSecond;
        }
    }

    /** How often the portal is asked for news. */
    record Rhythm(@DefaultValue("30s") Duration bitrix24) {
    }
}
