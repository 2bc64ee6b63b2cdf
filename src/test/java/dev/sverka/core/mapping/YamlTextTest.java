package dev.sverka.core.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sverka.core.state.Problem;
import dev.sverka.core.state.ProblemException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Text that people edit becomes plain content that knows its lines, or a problem with line and cure. */
class YamlTextTest {

    private static final String BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n";

    static Stream<Arguments> brokenTexts() {
        return Stream.of(
                Arguments.of("a: 1\na: 2\n", 2, "the key 'a' stands twice", "keep one of them"),
                Arguments.of("a:\n  b: 1\n  c: 2\n  b: 3\n", 4, "the key 'b' stands twice", "keep one of them"),
                Arguments.of("a:\n\tb: 1\n", 2, "broken YAML", "spaces, not with tabs"),
                Arguments.of("a: [1, 2\nb: 3\n", 2, "broken YAML", "mend"),
                Arguments.of("a: 1\n---\nb: 2\n", 2, "second document", "one file"),
                Arguments.of(BOMB, 2, "aliases are not taken", "write the text out"),
                Arguments.of("a: &a [*a]\n", 1, "aliases are not taken", "write the text out"),
                Arguments.of("a: &a x\nb: *a\n", 2, "aliases are not taken", "write the text out"),
                Arguments.of("? [a, b]\n: 1\n", 1, "a key must be a plain word", "quotes"),
                Arguments.of("a: 1\nb: x\u0000\u0000\n", 2, "not plain text", "UTF-8"),
                Arguments.of("a: 1\nb: \ufffd\ufffd\n", 2, "not plain text", "UTF-8"),
                Arguments.of("[".repeat(60) + "]".repeat(60), 1, "nested too deep", "flatter"),
                Arguments.of("# " + "x".repeat(1024 * 1024) + "\n", 1, "larger than 1 MiB", "split"));
    }

    @ParameterizedTest
    @MethodSource("brokenTexts")
    void aBrokenTextIsToldWithLineAndCure(String text, int line, String problem, String cure) {
        ProblemException refused = catchThrowableOfType(ProblemException.class,
                () -> YamlText.parse("routes/x.yaml", text));
        assertThat(refused.problems()).singleElement().satisfies(one -> {
            assertThat(one.line()).isEqualTo(line);
            assertThat(one.problem()).contains(problem);
            assertThat(one.cure()).contains(cure);
        });
    }

    @Test
    void theSizeIsMeasuredInBytes() {
        String halfAMebibyteOfTwoByteLetters = "# " + "ж".repeat(600 * 1024);
        assertThat(catchThrowableOfType(ProblemException.class,
                () -> YamlText.parse("routes/x.yaml", halfAMebibyteOfTwoByteLetters)))
                .hasMessageContaining("larger than 1 MiB");
    }

    @Test
    void decimalsAreExactAndDatesAndLeadingZerosStayText() {
        Map<String, Object> content = YamlText.parse("mappings/x.yaml", """
                sum: 45000.10
                count: 7
                day: 2026-11-23
                moment: 2026-11-23T10:00:00Z
                inn: 0077011234
                exponent: 1e3
                yes: true
                nothing: ~
                quoted: "7"
                """).map();
        assertThat(content).containsEntry("sum", new BigDecimal("45000.10")).containsEntry("count", 7L)
                .containsEntry("day", "2026-11-23").containsEntry("moment", "2026-11-23T10:00:00Z")
                .containsEntry("inn", "0077011234").containsEntry("exponent", "1e3").containsEntry("yes", true)
                .containsEntry("nothing", null).containsEntry("quoted", "7");
    }

    @Test
    void aPathLeadsToItsLineAndAPathThatEndsEarlyToItsLastPart() {
        YamlText text = YamlText.parse("routes/x.yaml",
                "- route:\n    id: a\n    from:\n      uri: direct:a\n- route:\n    id: b\n");
        assertThat(text.line(List.of(0, "route", "from", "uri"))).isEqualTo(4);
        assertThat(text.line(List.of(1, "route", "id"))).isEqualTo(6);
        assertThat(text.line(List.of(1, "route", "from", "uri"))).isEqualTo(5);
        assertThat(text.line(List.of(9))).isEqualTo(1);
        assertThat(text.problem("p", "c", 1, "route", "id")).isEqualTo(new Problem("routes/x.yaml", 6, "p", "c"));
    }

    @Test
    void anEmptyFileHasNoContentAndIsNoMap() {
        assertThat(YamlText.parse("routes/x.yaml", "# nothing yet\n").content()).isNull();
        assertThat(catchThrowableOfType(ProblemException.class, () -> YamlText.parse("mappings/x.yaml", "").map()))
                .hasMessageContaining("mappings/x.yaml:1: ");
        assertThat(Arrays.asList((Object) null)).isEqualTo(YamlText.parse("routes/x.yaml", "- ~\n").content());
    }
}
