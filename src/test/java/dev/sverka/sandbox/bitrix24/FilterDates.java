package dev.sverka.sandbox.bitrix24;

/** How the portal reads dates in filters; sources disagree (bitrix24.md section 4.3). */
public enum FilterDates {
    OFFSET_HONOURED,
    /** The wall clock counts, whatever offset follows it. */
    OFFSET_IGNORED,
    /** Only {@code YYYY-MM-DD HH:MM:SS} is understood; of any other form the date alone is taken. */
    SPACE_FORM_ONLY
}
