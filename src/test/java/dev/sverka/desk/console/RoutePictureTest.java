package dev.sverka.desk.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoutePictureTest {

    private static final String TEXT = """
            - route:
                id: money
                description: statement → journal
                from:
                  uri: tbank:operation/changed
                  steps:
                    - setProperty: {name: deal, expression: {simple: {expression: "${body}"}}}
                    - choice:
                        when:
                          - expression: {simple: {expression: "${body[stage]} == 'paid'"}}
                            steps:
                              - to: {uri: "bean:payments", parameters: {method: window}}
                              - to: {uri: "bitrix24:payment/update"}
                        otherwise:
                          steps:
                            - to: {uri: "journal:bank-operation", parameters: {melt: false}}
                    - log: {message: "done"}
            """;

    @Test
    void aRouteIsDrawnFromItsSourceThroughItsStepsToItsTargets() {
        RoutePicture.Drawn drawn = RoutePicture.of("routes/x.yaml", TEXT).get(0);
        assertThat(drawn.boxes()).extracting(RoutePicture.Box::kind).containsExactly("source", "step", "branch", "step",
                "target", "branch", "target", "step");
        assertThat(drawn.boxes()).extracting(RoutePicture.Box::full).containsExactly("tbank:operation/changed",
                "deal = ${body}", "? ${body[stage]} == 'paid'", "bean:payments?method=window", "bitrix24:payment/update",
                "? …", "journal:bank-operation?melt=false", "log: done");
        assertThat(drawn.boxes().get(3).x()).as("a branch stands further right").isGreaterThan(drawn.boxes().get(2).x());
        assertThat(drawn.boxes().get(7).x()).isEqualTo(drawn.boxes().get(0).x());
        assertThat(drawn.lines()).hasSize(7);
        assertThat(drawn.words()).isEqualTo(
                "tbank:operation/changed → bitrix24:payment/update, journal:bank-operation?melt=false");
    }

    @Test
    void everyShippedRouteIsDrawnWithinItsFrame() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.sorted().toList()) {
                String text = Files.readString(file);
                List<RoutePicture.Drawn> all = RoutePicture.of("routes/" + file.getFileName(), text);
                assertThat(all).as(file.toString()).hasSize((int) text.lines().filter(line -> line.equals("- route:"))
                        .count()).isNotEmpty();
                assertThat(all).allSatisfy(one -> {
                    assertThat(one.boxes()).allMatch(box -> box.x() > 0 && box.x() + box.width() < RoutePicture.WIDTH
                            && box.y() + box.height() < one.height());
                    assertThat(one.boxes()).as(one.id()).noneMatch(box -> box.full().matches("null.*|.* = null|bean:null.*|[?∀] null"));
                    assertThat(one.lines()).hasSize(one.boxes().size() - 1);
                });
            }
        }
    }
}
