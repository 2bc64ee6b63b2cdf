package dev.sverka.vendors.clickup;

import java.time.Duration;
import java.time.LocalTime;
import java.time.Period;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code sverka.clickup.main.*} and the rhythm of this vendor's feeds.
 *
 * @param clickup only {@code main}
 * @param poll how often news of tasks and the time of these days are asked for
 * @param reread how often the last day's tasks, the time of 45 days, folders and lists are read again
 * @param sweep when all tasks and all time told so far are compared
 * @param history how far back a new installation reads
 */
@ConfigurationProperties("sverka")
record ClickUpProperties(@DefaultValue Map<String, Account> clickup, @DefaultValue Poll poll,
        @DefaultValue Reread reread, @DefaultValue Sweep sweep, @DefaultValue History history) {

    /**
     * One Workspace, seen by one user.
     *
     * @param token a personal token ({@code pk_…}) or one of OAuth
     * @param teamId the Workspace's id; left out: the only one the token sees
     * @param webhookSecret of a webhook that somebody else has registered at our address
     * @param requestsPerMinute how many of the token's requests are ours: 100 on most plans (clickup.md section 3)
     */
    record Account(@DefaultValue("https://api.clickup.com/api") String url, @Nullable String token,
            @Nullable String teamId, @Nullable String webhookSecret, @DefaultValue("80") int requestsPerMinute) {

        Account {
            if (requestsPerMinute < 2 || requestsPerMinute > 10_000) {
                throw new IllegalArgumentException("sverka.clickup.….requests-per-minute must be between 2 and 10000:"
                        + " no plan has more");
            }
            if (teamId != null && !teamId.isBlank() && !teamId.matches("\\d{1,18}")) {
                throw new IllegalArgumentException("sverka.clickup.….team-id is no number; it is the first one in the"
                        + " address of any page of the Workspace");
            }
        }

        boolean isOn() {
            return token != null && !token.isBlank() && !url.isBlank();
        }

        /** Never the secrets. */
        @Override
        public String toString() {
            return "Account[" + (isOn() ? "on" : "off") + ", teamId=" + teamId + ", requestsPerMinute="
                    + requestsPerMinute + "]";
        }
    }

    record Poll(@DefaultValue("1m") Duration clickup) {
    }

    record Reread(@DefaultValue("10m") Duration clickup) {
    }

    record Sweep(@DefaultValue("03:30") LocalTime clickup) {
    }

    record History(@DefaultValue("P45D") Period clickup) {
    }
}
