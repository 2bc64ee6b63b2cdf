package dev.sverka.vendors.statements;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Something a person should know about a file, in Russian, as it stands in the text beside the file.
 *
 * @param line 1-based; 0 where the whole file is meant
 * @param what what is wrong
 * @param cure what to do about it
 */
record Finding(Kind kind, int line, String what, String cure) {

    /** What it is about; unlike the words, fit for the log. */
    enum Kind {
        FILE, ENCODING, STRUCTURE, VERSION, ACCOUNT, DOCUMENT, ORDER, LINE, IDENTITY, CHAIN, TURNOVER, PERIOD, CURRENCY,
        LOOKALIKE, VANISHED, KIND
    }

    /** Whether something of the file was left out because of it. */
    boolean isLeftOut() {
        return kind == Kind.ACCOUNT || kind == Kind.DOCUMENT || kind == Kind.ORDER;
    }

    /** For the log, which never holds what a statement says. */
    String logged() {
        return kind + (line == 0 ? "" : " in line " + line);
    }

    /** The first few of some for the log. */
    static String logged(List<Finding> findings) {
        return findings.stream().map(Finding::logged).limit(5).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return (line == 0 ? "" : "Строка " + line + ": ") + what + ".\n    Что сделать: " + cure + ".";
    }
}
