package dev.sverka.desk.alerts;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
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
record AlertProperties(@DefaultValue @Valid Telegram telegram, @DefaultValue @Valid Mail mail,
        @DefaultValue List<Long> bitrix24Users,
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

    /** How the line to the mail server is made safe. */
    enum Security {
        /** Made safe after the greeting, or nothing is sent. */
        STARTTLS,
        /** Safe from the first byte. */
        TLS,
        /** Open: for a server on this machine. */
        NONE
    }

    /**
     * @param host of the SMTP server
     * @param port where it is not the usual one of the {@code security}
     * @param user of the mailbox; null where the server wants none
     */
    record Mail(@Nullable String host, @Nullable @Min(1) @Max(65_535) Integer port,
            @DefaultValue("starttls") Security security, @Nullable String user, @Nullable String password,
            @Nullable @Email(message = NO_MAIL) String from, @DefaultValue List<@Email(message = NO_MAIL) String> to) {

        private static final String NO_MAIL = "is no e-mail address";
        private static final int SUBMISSION = 587;
        private static final int SUBMISSION_OVER_TLS = 465;
        private static final int RELAY = 25;

        /** A key left empty is one that is not set. */
        Mail {
            host = given(host);
            user = given(user);
            password = given(password);
            from = given(from);
            to = to.stream().filter(one -> !one.isBlank()).toList();
        }

        private static @Nullable String given(@Nullable String text) {
            return text == null || text.isBlank() ? null : text.strip();
        }

        boolean isOn() {
            return host != null && from != null && !to.isEmpty() && (user == null || password != null);
        }

        /** Whether somebody has set anything of it. */
        boolean isBegun() {
            return host != null || from != null || !to.isEmpty() || user != null;
        }

        boolean isLoggingIn() {
            return user != null && password != null;
        }

        int portOrUsual() {
            return port != null ? port : switch (security) {
                case STARTTLS -> SUBMISSION;
                case TLS -> SUBMISSION_OVER_TLS;
                case NONE -> RELAY;
            };
        }

        /** Never the password. */
        @Override
        public String toString() {
            return "Mail[" + (isOn() ? "on" : "off") + "]";
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
