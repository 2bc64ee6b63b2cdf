package dev.sverka.core.state;

import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What every room may ask of the configuration.
 *
 * @param zone business time zone: banking days, month ends
 * @param locale language of console, alerts and timeline comments
 * @param publicUrl how vendors and people reach this daemon, without a slash at the end; null where it is not set
 * @param clockOffset shifts the business clock, for rehearsals
 * @param home holds {@code routes/}, {@code mappings/}, {@code config/} and {@code data/}; SVERKA_HOME
 */
@Validated
@ConfigurationProperties("sverka")
public record Settings(@DefaultValue("Europe/Moscow") ZoneId zone, @DefaultValue("ru") Locale locale,
        @Nullable @Pattern(regexp = "https?://[^/\\s]+(/\\S*)?", message = "is no address; it looks like"
                + " https://sync.example.org") String publicUrl, @DefaultValue("PT0S") Duration clockOffset, @DefaultValue(".") String home) {

    public Settings {
        publicUrl = publicUrl == null || publicUrl.isBlank() ? null : publicUrl.strip().replaceAll("/+$", "");
    }

    /**
     * Where {@code routes/}, {@code mappings/} and {@code data/} are, absolute. Bound as text: a relative {@code Path} is
     * looked for in the web server's temporary folder, which goes with the process.
     */
    public Path homeFolder() {
        return Path.of(home).toAbsolutePath().normalize();
    }
}
