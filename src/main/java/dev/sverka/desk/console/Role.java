package dev.sverka.desk.console;

/** What a person may do in the console and over {@code /api}; names as in {@code sverka.console.users[].role}. */
enum Role {
    /** Everything. */
    OPS,
    /** Everything that concerns work and money. */
    FINANCE,
    /** Looks, changes nothing. */
    VIEWER
}
