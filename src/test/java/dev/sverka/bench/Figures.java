package dev.sverka.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was measured, each against its yardstick of the same run. */
public final class Figures {

    private final List<String> lines = new ArrayList<>();

    /** @param least what the ratio is to reach */
    public void atLeast(String what, double measured, double yardstick, double least) {
        add(what, measured, yardstick, "≥ " + least, measured / yardstick >= least);
    }

    /** @param most what the ratio is not to exceed */
    public void atMost(String what, double measured, double yardstick, double most) {
        add(what, measured, yardstick, "≤ " + most, measured / yardstick <= most);
    }

    /** What no target is set for. */
    public void count(String what, double measured) {
        line(String.format(Locale.ROOT, "| %s | %,.2f | | | | |", what, measured));
    }

    private void add(String what, double measured, double yardstick, String target, boolean held) {
        line(String.format(Locale.ROOT, "| %s | %,.1f | %,.1f | %.2f | %s | %s |", what, measured, yardstick,
                measured / yardstick, target, held ? "held" : "**missed**"));
    }

    private void line(String line) {
        lines.add(line);
        System.out.println(line);
    }

    /** Writes the table. */
    public void write(Path file) throws IOException {
        List<String> table = new ArrayList<>(List.of("| figure | measured | yardstick | ratio | target | |",
                "|---|---|---|---|---|---|"));
        table.addAll(lines);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, table);
    }
}
