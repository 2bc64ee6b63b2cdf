package dev.sverka.desk.console;

/** The body of every refused request: one sentence that says what is wrong and what to do. */
record ApiError(String error) {
}
