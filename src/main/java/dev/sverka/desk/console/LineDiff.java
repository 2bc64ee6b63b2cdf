package dev.sverka.desk.console;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an edit changed, line by line, with a few lines around it. */
final class LineDiff {

    private static final int AROUND = 3;
    /** A larger middle is told as taken out and put in whole: to compare it would cost more than it tells. */
    private static final long MOST_COMPARED = 1_000_000;

    private LineDiff() {
    }

    /**
     * One line.
     *
     * @param sign {@code +} put in, {@code −} taken out, {@code …} where equal lines are left out, else a space
     * @param number of the line after the edit, or before it where it is taken out; 0 for what is left out
     */
    record Line(String sign, int number, String text) {
    }

    static List<Line> of(@Nullable String before, @Nullable String after, int most) {
        List<Line> all = all(lines(before), lines(after));
        List<Line> shown = new ArrayList<>();
        boolean left = false;
        for (int n = 0; n < all.size() && shown.size() < most; n++) {
            if (isNearAChange(all, n)) {
                if (left) {
                    shown.add(new Line("…", 0, ""));
                }
                shown.add(all.get(n));
            }
            left = !isNearAChange(all, n);
        }
        return shown;
    }

    private static List<String> lines(@Nullable String text) {
        return text == null || text.isEmpty() ? List.of() : text.lines().toList();
    }

    private static boolean isNearAChange(List<Line> all, int at) {
        return all.subList(Math.max(0, at - AROUND), Math.min(all.size(), at + AROUND + 1)).stream()
                .anyMatch(line -> !line.sign().equals(" "));
    }

    private static List<Line> all(List<String> before, List<String> after) {
        int least = Math.min(before.size(), after.size());
        int head = 0;
        while (head < least && before.get(head).equals(after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < least - head
                && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        List<Line> all = new ArrayList<>();
        for (int n = 0; n < head; n++) {
            all.add(new Line(" ", n + 1, after.get(n)));
        }
        middle(before.subList(head, before.size() - tail), after.subList(head, after.size() - tail), head, all);
        for (int n = after.size() - tail; n < after.size(); n++) {
            all.add(new Line(" ", n + 1, after.get(n)));
        }
        return all;
    }

    /** By the longest part that both have in common. */
    private static void middle(List<String> before, List<String> after, int head, List<Line> all) {
        int[][] common = common(before, after);
        int b = 0;
        int a = 0;
        while (b < before.size() || a < after.size()) {
            if (common.length > 0 && b < before.size() && a < after.size() && before.get(b).equals(after.get(a))) {
                all.add(new Line(" ", head + a + 1, after.get(a)));
                b++;
                a++;
            } else if (b < before.size() && (a == after.size() || common.length == 0
                    || common[b + 1][a] >= common[b][a + 1])) {
                all.add(new Line("−", head + b + 1, before.get(b)));
                b++;
            } else {
                all.add(new Line("+", head + a + 1, after.get(a)));
                a++;
            }
        }
    }

    /** Lengths of what the rests have in common; empty where that would be too much work. */
    private static int[][] common(List<String> before, List<String> after) {
        if ((long) before.size() * after.size() > MOST_COMPARED) {
            return new int[0][];
        }
        int[][] common = new int[before.size() + 1][after.size() + 1];
        for (int b = before.size() - 1; b >= 0; b--) {
            for (int a = after.size() - 1; a >= 0; a--) {
                common[b][a] = before.get(b).equals(after.get(a)) ? common[b + 1][a + 1] + 1
                        : Math.max(common[b + 1][a], common[b][a + 1]);
            }
        }
        return common;
    }
}
