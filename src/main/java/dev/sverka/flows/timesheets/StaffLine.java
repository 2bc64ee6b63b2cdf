package dev.sverka.flows.timesheets;

import java.time.LocalDate;

/**
 * What a report of an employee says of one entry of time.
 *
 * @param project ClickUp's folder; {@link #NONE} for an entry without a task
 * @param minutes whole ones; below zero for what is given back
 * @param correction whether an earlier report said otherwise
 */
record StaffLine(String entry, String project, LocalDate day, long minutes, boolean correction) {

    static final String NONE = "-";
    /** A task of which nobody told the folder. */
    static final String UNKNOWN = "?";
}
