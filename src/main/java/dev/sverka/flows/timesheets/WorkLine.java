package dev.sverka.flows.timesheets;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a report says of one entry of time.
 *
 * @param person ClickUp's id
 * @param minutes whole ones; below zero for what is given back
 * @param rate kopecks an hour
 * @param amount kopecks
 * @param correction whether an earlier report said otherwise
 */
record WorkLine(String entry, long person, String name, @Nullable String task, @Nullable String taskName,
        LocalDate day, long minutes, long rate, long amount, boolean correction) {
}
