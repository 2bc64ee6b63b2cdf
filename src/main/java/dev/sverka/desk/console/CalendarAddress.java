package dev.sverka.desk.console;

import dev.sverka.core.state.Settings;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Where a feed is read. */
final class CalendarAddress {

    private CalendarAddress() {
    }

    /** By {@code sverka.public-url}; where that is not set, as the present request reached us. */
    static String of(Settings settings, String token) {
        String base = settings.publicUrl() != null ? settings.publicUrl()
                : ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString();
        return base + "/calendar/" + token + ".ics";
    }

    /** Opens the program that people subscribe with. */
    static String webcal(String url) {
        return url.replaceFirst("^https?:", "webcal:");
    }
}
