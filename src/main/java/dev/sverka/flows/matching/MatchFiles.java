package dev.sverka.flows.matching;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The files of an offline run; formats in {@code docs/matching.md}. */
public record MatchFiles(Path payments, Path operations, Path own, @Nullable Path history) {
}
