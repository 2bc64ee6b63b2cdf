package dev.sverka.desk.alerts;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code sverka.alerts.*}: where alerts go. Without any channel they stand in the log alone.
 *
 * @param bitrix24Users ids of the portal's users who are notified there
 * @param heartbeatUrl asked every minute, so that an outside watcher sees when the daemon itself is gone
 * @param quiet business hours in which nothing is told, such as {@code 22:00-08:00}; what comes up waits for their end
 */
@Validated
@ConfigurationProperties("sverka.alerts")
record AlertProperties(@DefaultValue @Valid Telegram telegram, @DefaultValue List<Long> bitrix24Users,
        @Nullable @Pattern(regexp = "https?://\\S+", message = "is no address; it looks like https://hc.example.org/ping")
        String heartbeatUrl,
        @Nullable @Pattern(regexp = HOURS, message = "is no span of hours; it looks like 22:00-08:00") String quiet) {

    private static final String HOURS = "([01]\\d|2[0-3]):[0-5]\\d-([01]\\d|2[0-3]):[0-5]\\d";

    /** @param token of the bot; @param chatId where it writes */
    record Telegram(@Nullable String token, @Nullable String chatId,
            @DefaultValue("https://api.telegram.org") String url) {

        boolean isOn() {
            return token != null && !token.isBlank() && chatId != null && !chatId.isBlank();
        }

        /** Never the token. */
        @Override
        public String toString() {
            return "Telegram[" + (isOn() ? "on" : "off") + "]";
        }
    }

    /** @param time business time */
    boolean isQuiet(LocalTime time) {
        if (quiet == null) {
            return false;
        }
        LocalTime from = LocalTime.parse(quiet.substring(0, 5));
        LocalTime to = LocalTime.parse(quiet.substring(6));
        return from.isBefore(to) ? !time.isBefore(from) && time.isBefore(to)
                : !time.isBefore(from) || time.isBefore(to);
    }
}
