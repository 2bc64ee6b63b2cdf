package dev.sverka.statements;

import java.util.List;
import java.util.stream.Collectors;

/** A file, or one document of it, cannot be taken. Its message is fit for the log: it holds nothing of the file. */
final class Refusal extends Exception {

    private final transient List<Finding> findings;

    Refusal(List<Finding> findings) {
        super(findings.stream().map(Finding::logged).limit(5).collect(Collectors.joining(", ")));
        this.findings = List.copyOf(findings);
    }

    Refusal(Finding.Kind kind, int line, String what, String cure) {
        this(List.of(new Finding(kind, line, what, cure)));
    }

    List<Finding> findings() {
        return findings;
    }
}
