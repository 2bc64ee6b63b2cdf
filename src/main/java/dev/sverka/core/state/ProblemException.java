package dev.sverka.core.state;

import java.util.List;
import java.util.stream.Collectors;

/** A text that people edit does not hold; carries every fault found in it. */
public final class ProblemException extends RuntimeException {

    private final List<Problem> problems;

    public ProblemException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public ProblemException(Problem problem) {
        this(List.of(problem));
    }

    public List<Problem> problems() {
        return problems;
    }
}
