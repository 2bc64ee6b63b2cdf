package dev.sverka.desk.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;

/** Writes instants in the business time zone: ISO 8601 with offset for programs, as one says them for people. */
final class BusinessTime {

    private final ZoneId zone;
    private final Clock clock;

    BusinessTime(ZoneId zone, Clock clock) {
        this.zone = zone;
        this.clock = clock;
    }

    /** Such as {@code 2026-11-23T21:15:07.123+03:00}. */
    public @Nullable String iso(@Nullable Instant at) {
        return at == null ? null : DateTimeFormatter.ISO_OFFSET_DATE_TIME
                .format(at.truncatedTo(ChronoUnit.MILLIS).atZone(zone));
    }

    /** Such as {@code 23 ноября, 21:15}; another year than the present one is named. */
    public @Nullable String shown(@Nullable Instant at) {
        return at == null ? null : day(LocalDate.ofInstant(at, zone)) + ", "
                + DateTimeFormatter.ofPattern("HH:mm").format(at.atZone(zone));
    }

    /** A length of time as figure and unit, for the words {@code length.<unit>}: the largest unit that it fills. */
    public static Length length(Duration length) {
        long seconds = length.toSeconds();
        return seconds < 1 ? new Length(length.toMillis(), "millis") : seconds % 3600 == 0
                ? new Length(seconds / 3600, "hours") : seconds % 60 == 0 ? new Length(seconds / 60, "minutes")
                : new Length(seconds, "seconds");
    }

    /** @param unit {@code millis seconds minutes hours} */
    public record Length(long figure, String unit) {
    }

    /** Such as {@code 21:15:07}. */
    public String clock(Instant at) {
        return DateTimeFormatter.ofPattern("HH:mm:ss").format(at.atZone(zone));
    }

    /** Such as {@code 23 ноября}; another year than the present one is named. */
    public String day(@Nullable LocalDate day) {
        return day == null ? "—" : pattern(isThisYear(day) ? "d MMMM" : "d MMMM uuuu").format(day);
    }

    /** @param iso such as {@code 2026-11-23} */
    public String isoDay(String iso) {
        return day(LocalDate.parse(iso));
    }

    /** Such as {@code 23 ноября, понедельник}. */
    public String weekday(LocalDate day) {
        return day(day) + ", " + pattern("EEEE").format(day);
    }

    /** The present banking day. */
    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    private boolean isThisYear(LocalDate day) {
        return day.getYear() == today().getYear();
    }

    private static DateTimeFormatter pattern(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.forLanguageTag(LocaleContextHolder.getLocale().getLanguage()));
    }
}
