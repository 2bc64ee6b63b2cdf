package dev.sverka.core.routes;

import static dev.sverka.core.routes.RoutesStage.TOYS;
import static dev.sverka.core.routes.RoutesStage.route;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.state.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What only Camel itself can tell about a route is told with the file's line and a cure. */
class RoutesTrialTest {

    private static RoutesStage stage;

    @BeforeAll
    static void start(@TempDir Path home) throws IOException {
        stage = new RoutesStage(home);
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    /** A route whose one step begins at line 6. */
    private static String step(String step) {
        return "- route:\n    id: a\n    from:\n      uri: direct:a\n      steps:\n" + step.indent(8);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(step("- to:\n    uri: toy:car\n    parameters: {speed: 1, sped: 2}"), 8,
                        "unknown option 'sped' of toy:car", "did you mean 'speed'?"),
                Arguments.of(step("- to:\n    uri: toy:car\n    parameters:\n      colour: red"), 9,
                        "unknown option 'colour' of toy:car", "mood, speed"),
                Arguments.of(step("- to:\n    uri: toy:car?sped=1"), 7, "unknown option 'sped' of toy:car",
                        "did you mean 'speed'?"),
                Arguments.of(step("- to:\n    uri: toy:car\n- to:\n    uri: toy:car\n    parameters: {sped: 2}"), 10,
                        "unknown option 'sped' of toy:car", "did you mean 'speed'?"),
                Arguments.of(step("- to:\n    uri: toy:car\n    parameters: {speed: fast}"), 8,
                        "the option 'speed' of toy:car does not take 'fast'", "a whole number"),
                Arguments.of(step("- to:\n    uri: toy:train"), 7, "unknown toy 'train'", "toys are [car, doll]"),
                Arguments.of(step("- to:\n    uri: mapping:toy-to-box"), 7, "there is no mappings/toy-to-box.yaml",
                        "known are toys-to-shelf"),
                Arguments.of(step("- fliter:\n    steps: []"), 6, "unknown step 'fliter'", "did you mean 'filter'?"),
                Arguments.of(step("- to:\n    url: toy:car"), 7, "unknown key 'url'", "did you mean 'uri'?"),
                Arguments.of(step("- stop: {}\n- log:\n    mesage: x"), 8, "unknown key 'mesage'", "did you mean 'message'?"),
                Arguments.of(step("- filter:\n    expression:\n      simple: {expression: '${body} === 1'}\n"
                        + "    steps: [{stop: {}}]"), 8,
                        "'${body} === 1' cannot be read: Unexpected token =", "mend"),
                Arguments.of(step("- setBody:\n    expression:\n      simple: {expression: '${bodyy}'}"), 8, "bodyy",
                        "read with ${body[key]}"),
                Arguments.of(step("- setBody:\n    expression:\n      groovy: {expression: x}"), 8,
                        "'groovy' is no language of routes", "simple"),
                Arguments.of("- route:\n    id: a\n    autoStart: true\n"
                        + "    from: {uri: direct:a, steps: [{stop: {}}]}\n", 3,
                        "'autoStart' does not belong in routes", "known are"),
                Arguments.of("- route:\n    id: a\n    from:\n      uri: direct:a\n      stepps: []\n", 5,
                        "'stepps' does not belong in routes", "did you mean 'steps'?"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatCamelRefusesHasALineAndACure(String text, int line, String problem, String cure) {
        List<Problem> problems = trial(Map.of("routes/x.yaml", text, "routes/a-good-one.yaml", route("good", "take")));
        assertThat(problems).singleElement().satisfies(one -> {
            assertThat(one.problem()).contains(problem).doesNotContain("\n");
            assertThat(one.cure()).contains(cure);
            assertThat(one.file() + ":" + one.line()).isEqualTo("routes/x.yaml:" + line);
        });
    }

    @Test
    void aTrialStartsNothingAndLeavesNothingInTheRunningContext() {
        assertThat(trial(Map.of("routes/x.yaml", """
                - route:
                    id: x
                    from:
                      uri: toy:car
                      parameters: {mood: bad}
                      steps:
                        - stop: {}
                """))).isEmpty();
        assertThat(stage.camel.getRoutes()).isEmpty();
        assertThat(stage.camel.getEndpoints()).isEmpty();
    }

    private static List<Problem> trial(Map<String, String> routes) {
        Map<String, String> texts = new TreeMap<>(routes);
        texts.put(TOYS, "toys: [car, doll]\n");
        texts.put("mappings/toys-to-shelf.yaml", "fields: {name: {from: name}}\n");
        return stage.trial.of(texts, RoutesTrial.Held.NOTHING).problems();
    }
}
