package dev.sverka.core.state;

import java.util.List;

/** Something that the command {@code check} looks at. */
public interface Check {

    /** What is wrong, each with its cure; empty when all is well. */
    List<Problem> check();
}
