package dev.sverka.flows.calendar;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What calendars tell of one date of an item.
 *
 * @param kind {@code start}, {@code end}, {@code due} or {@code span}
 * @param form {@code mark} and {@code span} stand for each other, a feed shows one of them; {@code both} stands alone
 * @param ends the day after the last
 * @param text lines of the description
 * @param color a CSS name
 * @param url the item on the portal
 */
record DatedEvent(String kind, String form, LocalDate starts, LocalDate ends, String title, String text,
        String category, String color, @Nullable String url) {
}
