package dev.sverka.desk.alerts;

import java.util.Locale;
import org.springframework.context.MessageSource;

/** What alerts say, in the daemon's language whoever looks. */
final class AlertWords {

    private final MessageSource words;
    private final Locale locale;

    AlertWords(MessageSource words, Locale locale) {
        this.words = words;
        this.locale = Locale.forLanguageTag(locale.getLanguage());
    }

    String say(String code, Object... arguments) {
        return words.getMessage(code, arguments, locale);
    }
}
