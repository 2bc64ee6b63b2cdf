package dev.sverka.desk.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineDiffTest {

    private static List<String> diff(String before, String after) {
        return LineDiff.of(before, after, 1000).stream().map(line -> line.sign() + line.number() + line.text()).toList();
    }

    @Test
    void whatWasTakenOutAndPutInStandsBetweenItsNeighbours() {
        assertThat(diff("a\nb\nc\n", "a\nx\nc\n")).containsExactly(" 1a", "−2b", "+2x", " 3c");
        assertThat(diff("a\nb", "b")).containsExactly("−1a", " 1b");
        assertThat(diff("a", "a\n\nb")).containsExactly(" 1a", "+2", "+3b");
        assertThat(diff("a\nm\nb\nn\nc", "a\nb\nc")).containsExactly(" 1a", "−2m", " 2b", "−4n", " 3c");
    }

    @Test
    void aNewFileIsPutInAndOneTakenAwayTakenOut() {
        assertThat(diff(null, "a\nb")).containsExactly("+1a", "+2b");
        assertThat(diff("a\nb", null)).containsExactly("−1a", "−2b");
        assertThat(diff("a", "a")).isEmpty();
    }

    @Test
    void equalLinesFarFromAChangeAreLeftOut() {
        String before = IntStream.rangeClosed(1, 40).mapToObj(String::valueOf).collect(Collectors.joining("\n"));
        assertThat(diff(before, before.replace("\n10\n", "\nten\n").replace("\n30\n", "\nthirty\n"))).containsExactly(
                "…0", " 77", " 88", " 99", "−1010", "+10ten", " 1111", " 1212", " 1313",
                "…0", " 2727", " 2828", " 2929", "−3030", "+30thirty", " 3131", " 3232", " 3333");
    }

    @Test
    void largeTextsThatHaveNothingInCommonAreShownInBoundedTime() {
        String before = IntStream.range(0, 9000).mapToObj(n -> "a" + n).collect(Collectors.joining("\n"));
        String after = IntStream.range(0, 9000).mapToObj(n -> "b" + n).collect(Collectors.joining("\n"));
        assertThat(LineDiff.of(before, after, 50)).hasSize(50).allMatch(line -> line.sign().equals("−"));
    }
}
