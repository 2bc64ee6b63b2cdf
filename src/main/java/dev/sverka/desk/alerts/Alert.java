package dev.sverka.desk.alerts;

/**
 * Something that needs a person.
 *
 * @param key the same as long as it is the same trouble
 * @param text what happened, where, and what to do; in the daemon's language
 */
record Alert(String key, String text) {
}
