package dev.sverka.core.routes;

import static dev.sverka.core.routes.RoutesStage.TOYS;
import static dev.sverka.core.routes.RoutesStage.route;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.state.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.spring.boot.SpringBootCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an edit of a route or mapping file does to what runs. */
class HotReloadTest {

    private static final String A = "routes/a.yaml";
    private static final String B = "routes/b.yaml";

    private RoutesStage stage;

    @BeforeEach
    void start(@TempDir Path home) throws IOException {
        stage = new RoutesStage(home);
        stage.write(A, route("a", "take"));
        stage.write(B, route("b", "take"));
        stage.routes.load();
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void aGoodChangeIsAppliedAndOtherRoutesAreNotTouched() throws IOException {
        Object b = stage.running().get("b");
        stage.write(A, route("a", "takeTwice"));
        stage.routes.look();
        stage.send("a", "x");
        assertThat(stage.taken()).containsExactly("x", "x");
        assertThat(stage.running().get("b")).isSameAs(b);
        assertThat(stage.stored).containsEntry(A, route("a", "takeTwice"));
    }

    @Test
    void aBrokenFileIsRefusedTheOldRoutesGoOnAndTheRepairIsTaken() throws IOException {
        Map<String, Object> before = stage.running();
        stage.write(A, "- route: {id: a, from: [\n");
        stage.routes.look();
        assertThat(stage.running()).isEqualTo(before);
        assertThat(stage.refused()).singleElement().asString().startsWith("routes/a.yaml:2: broken YAML");
        assertThat(stage.stored).containsEntry(A, route("a", "take"));
        stage.write(A, route("a", "takeTwice"));
        stage.routes.look();
        stage.send("a", "x");
        assertThat(stage.taken()).hasSize(2);
        assertThat(stage.refused()).isEmpty();
    }

    @Test
    void aRevertedEditIsRefusedNoLongerAndTouchesNothing() throws IOException {
        Map<String, Object> before = stage.running();
        stage.write(A, "- nonsense\n");
        stage.routes.look();
        assertThat(stage.refused()).isNotEmpty();
        stage.write(A, route("a", "take"));
        stage.routes.look();
        assertThat(stage.refused()).isEmpty();
        assertThat(stage.running()).isEqualTo(before);
    }

    @Test
    void aFileThatCannotBeReadAsTextIsRefusedAndOtherEditsGoOn() throws IOException {
        stage.write(A, "- route:\n    id: a\u0000\u0000\n");
        stage.write(B, route("b", "takeTwice"));
        stage.routes.look();
        stage.send("b", "x");
        assertThat(stage.taken()).hasSize(2);
        assertThat(stage.refused()).singleElement().asString().startsWith("routes/a.yaml:2: this is not plain text");
        Files.write(stage.home.resolve(A), "- route:\n    id: a\n    description: счёт\n".getBytes("windows-1251"));
        stage.routes.look();
        assertThat(stage.refused()).singleElement().asString().startsWith("routes/a.yaml:3: this is not plain text");
    }

    @Test
    void aDeletedFileTakesItsRoutesWithIt() throws IOException {
        stage.delete(A);
        stage.routes.look();
        assertThat(stage.running()).containsOnlyKeys("b");
        assertThat(stage.stored).doesNotContainKey(A);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFolderThatIsAwayOrSuddenlyEmptyIsNoEdit(boolean isEmpty) throws IOException {
        Map<String, Object> before = stage.running();
        stage.delete(A);
        stage.delete(B);
        if (!isEmpty) {
            Files.delete(stage.home.resolve("routes"));
        }
        stage.routes.look();
        stage.routes.look();
        assertThat(stage.running()).isEqualTo(before);
        assertThat(stage.stored).containsKeys(A, B);
        assertThat(stage.refused()).singleElement().asString().startsWith("routes/:1: the folder is away or empty");
        assertThat(stage.routes.isWhole()).isFalse();
        Files.createDirectories(stage.home.resolve("routes"));
        stage.write(B, route("b", "takeTwice"));
        stage.routes.look();
        assertThat(stage.running()).containsOnlyKeys("b");
        assertThat(stage.refused()).isEmpty();
        assertThat(stage.routes.isWhole()).isTrue();
    }

    @Test
    void whatCannotBeStoredIsNotRunAndIsTriedAgain() throws IOException {
        Map<String, Object> before = stage.running();
        stage.storeAway(true);
        stage.write(A, route("a", "takeTwice"));
        assertThatThrownBy(stage.routes::look).hasMessageContaining("away");
        assertThat(stage.running()).isEqualTo(before);
        stage.storeAway(false);
        stage.routes.look();
        stage.send("a", "x");
        assertThat(stage.taken()).hasSize(2);
        assertThat(stage.stored).containsEntry(A, route("a", "takeTwice"));
    }

    @Test
    void aRenamedRouteAndARenamedFileAreApplied() throws IOException {
        stage.write(A, route("a", "take").replace("id: a", "id: renamed"));
        stage.routes.look();
        assertThat(stage.running()).containsOnlyKeys("renamed", "b");
        Files.move(stage.home.resolve(A), stage.home.resolve("routes/z.yaml"));
        stage.routes.look();
        assertThat(stage.running()).containsOnlyKeys("renamed", "b");
        stage.send("a", "x");
        assertThat(stage.taken()).containsExactly("x");
    }

    @Test
    void twoFilesMaySwapTheirRoutes() throws IOException {
        stage.write(A, route("b", "take"));
        stage.write(B, route("a", "takeTwice"));
        stage.routes.look();
        assertThat(stage.refused()).isEmpty();
        stage.send("a", "x");
        assertThat(stage.taken()).hasSize(2);
    }

    @Test
    void aMappingEditThatARunningRouteCannotBearIsRefusedAndNamesTheRoute() throws IOException {
        stage.write(TOYS, "toys: [doll]\n");
        stage.routes.look();
        assertThat(stage.refused()).singleElement().asString()
                .startsWith("mappings/toys.yaml:1: with this change routes/a.yaml:7 no longer holds (unknown toy "
                        + "'car'");
        stage.send("a", "x");
        stage.write(A, route("a", "take").replace("toy:car", "toy:doll"));
        stage.write(B, route("b", "take").replace("toy:car", "toy:doll"));
        stage.routes.look();
        assertThat(stage.refused()).as("with both routes along it holds").isEmpty();
        stage.send("a", "y");
        assertThat(stage.taken()).containsExactly("x", "y");
    }

    @Test
    void anEditThatIsNotAtFaultIsTakenThoughItsFileStoodInTheWayOfAnother() throws IOException {
        stage.write(TOYS, "toys: [doll]\n");
        stage.write(A, route("a", "takeTwice"));
        stage.routes.look();
        assertThat(stage.refused()).singleElement().asString().startsWith(TOYS);
        stage.send("a", "x");
        assertThat(stage.taken()).as("the edit of a.yaml itself was good").hasSize(2);
    }

    @Test
    void aRefusalIsThereBeforeTheGoodEditsOfTheSameLookAreSwappedIn() throws IOException {
        AtomicBoolean told = new AtomicBoolean();
        stage.camel.addLifecycleStrategy(new org.apache.camel.support.LifecycleStrategySupport() {
            @Override
            public void onRoutesRemove(java.util.Collection<org.apache.camel.Route> routes) {
                told.set(!stage.refused().isEmpty());
            }
        });
        stage.write(A, "- nonsense\n");
        stage.write(B, route("b", "takeTwice"));
        stage.routes.look();
        assertThat(told).as("a slow stop of b does not delay the refusal of a").isTrue();
    }

    @Test
    void whatTheRunningContextRefusesAfterAllIsTakenBackWithItsMappings() throws IOException {
        stage.write("routes/c.yaml", """
                - route:
                    id: c
                    from:
                      uri: toy:train
                      parameters: {mood: bad}
                      steps:
                        - to:
                            uri: bean:probe
                            parameters: {method: take}
                """);
        stage.write(TOYS, "toys: [car, doll, train]\n");
        stage.write(A, route("a", "takeTwice"));
        stage.routes.look();
        assertThat(stage.refused()).anySatisfy(line -> assertThat(line).startsWith("routes/c.yaml:1: ")
                .contains("the toy does not want to"));
        stage.send("a", "x");
        stage.send("b", "x");
        assertThat(stage.running()).containsOnlyKeys("a", "b");
        stage.delete("routes/c.yaml");
        stage.routes.look();
        assertThat(stage.refused()).isEmpty();
        stage.taken().clear();
        stage.send("a", "y");
        assertThat(stage.taken()).hasSize(2);
    }

    @Test
    void placeholdersOfTheRunningContextSurviveTrials() throws IOException {
        stage.write(A, "- nonsense\n");
        stage.routes.look();
        assertThat(((org.apache.camel.component.properties.PropertiesComponent) stage.camel.getPropertiesComponent())
                .getCamelContext()).isInstanceOf(SpringBootCamelContext.class);
        stage.write(A, route("a", "take").replace("toy:car", "log:{{routes.shop}}-{{routes.nowhere:x}}"));
        stage.routes.look();
        assertThat(stage.refused()).isEmpty();
        assertThat(stage.camel.resolvePropertyPlaceholders("{{routes.shop}}")).isEqualTo("toyshop");
    }

    @Test
    void underTrafficFiftyEditsLoseNothingAndPauseNoUntouchedRoute() throws Exception {
        Object untouched = stage.running().get("b");
        AtomicBoolean on = new AtomicBoolean(true);
        List<String> sent = new ArrayList<>();
        Thread traffic = new Thread(() -> {
            for (int n = 0; on.get() || n < 200; n++) {
                stage.send("b", "n" + n);
                sent.add("n" + n);
            }
        });
        traffic.start();
        for (int edit = 0; edit < 50; edit++) {
            stage.write(A, edit % 2 == 0 ? route("a", edit % 4 == 0 ? "takeTwice" : "take") : "- broken: [" + edit
                    + "\n");
            stage.routes.look();
            assertThat(stage.running()).containsOnlyKeys("a", "b");
        }
        on.set(false);
        traffic.join();
        assertThat(stage.taken()).containsExactlyElementsOf(sent);
        assertThat(stage.running().get("b")).isSameAs(untouched);
    }

    @Test
    void aSavingThatIsUnderWayIsLookedAtOnceItStandsStill() throws IOException {
        Map<String, Object> before = stage.running();
        stage.delete(A);
        stage.routes.lookWhenStill();
        assertThat(stage.running()).as("an editor that saves by renaming leaves a moment without the "
                + "file").isEqualTo(before);
        stage.write(A, route("a", "takeTwice"));
        stage.routes.lookWhenStill();
        stage.routes.lookWhenStill();
        stage.send("a", "x");
        assertThat(stage.taken()).hasSize(2);
    }

    @Test
    void aFolderThatNeverStandsStillIsLookedAtAllTheSame() throws IOException {
        stage.write(A, "- nonsense\n");
        for (int n = 0; n < 3; n++) {
            stage.write(B, route("b", "take") + "# " + n + "\n");
            stage.routes.lookWhenStill();
        }
        assertThat(stage.refused()).isNotEmpty();
    }

    @Test
    void aBadFileIsStoodInForAtAStartByItsLastAcceptedText(@TempDir Path home) throws IOException {
        try (RoutesStage again = new RoutesStage(home)) {
            again.stored.put(TOYS, "toys: [car]\n");
            again.stored.put(A, route("a", "take"));
            again.write(A, "- nonsense\n");
            again.write(B, route("b", "take"));
            again.routes.load();
            assertThat(again.running()).containsOnlyKeys("a", "b");
            assertThat(again.refused()).singleElement().asString().startsWith("routes/a.yaml:1: ");
            assertThat(again.stored).containsEntry(A, route("a", "take"));
        }
    }

    @Test
    void aBadFileWithoutAnAcceptedTextStopsTheStartWithItsLines(@TempDir Path home) throws IOException {
        try (RoutesStage again = new RoutesStage(home)) {
            again.write(A, "- nonsense\n");
            again.write(B, route("b", "take"));
            assertThatThrownBy(again.routes::load).isInstanceOf(ProblemException.class)
                    .hasMessage("routes/a.yaml:1: this is no route; write `- route:` with id, from and steps");
            assertThat(again.running()).isEmpty();
        }
    }
}
