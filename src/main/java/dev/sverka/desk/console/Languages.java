package dev.sverka.desk.console;

import java.util.Locale;

/** The languages the console speaks. */
final class Languages {

    private static final Locale RUSSIAN = Locale.forLanguageTag("ru");

    private Languages() {
    }

    /** English for those who want English, Russian for everybody else. */
    static Locale nearest(Locale wanted) {
        return wanted.getLanguage().equals("en") ? Locale.ENGLISH : RUSSIAN;
    }
}
