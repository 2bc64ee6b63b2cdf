package dev.sverka.vendors.statements;

import java.util.List;

/** A file, or one document of it, cannot be taken. Its message is fit for the log: it holds nothing of the file. */
final class Refusal extends Exception {

    private final transient List<Finding> findings;

    Refusal(List<Finding> findings) {
        super(Finding.logged(findings));
        this.findings = List.copyOf(findings);
    }

    Refusal(Finding.Kind kind, int line, String what, String cure) {
        this(List.of(new Finding(kind, line, what, cure)));
    }

    List<Finding> findings() {
        return findings;
    }
}
