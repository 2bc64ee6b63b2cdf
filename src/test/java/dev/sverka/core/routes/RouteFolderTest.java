package dev.sverka.core.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.Application;
import dev.sverka.core.connector.Schedules;
import dev.sverka.core.journal.Event;
import dev.sverka.core.journal.FlowSteps;
import dev.sverka.core.journal.Journal;
import dev.sverka.core.state.Problem;
import dev.sverka.core.state.Refusals;
import dev.sverka.sandbox.ShippedFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Service;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The ops team edits a running daemon: taken or refused with file, line and cure, never half. */
class RouteFolderTest {

    private static final String TRAFFIC = """
            - route:
                id: %1$s
                from:
                  uri: journal:%1$s
                  steps:
                    - to:
                        uri: bean:probe
                        parameters: {method: %2$s}
            """;

    @TempDir
    static Path home;

    private static ConfigurableApplicationContext daemon;
    private static final Probe PROBE = new Probe();

    /** Where traffic ends. */
    @FlowSteps
    public static final class Probe {
        private final Map<String, AtomicInteger> taken = new ConcurrentHashMap<>();

        public void take(Map<String, Object> body) {
            taken.computeIfAbsent(String.valueOf(body.get("n")), key -> new AtomicInteger()).incrementAndGet();
        }

        public void takeToo(Map<String, Object> body) {
            take(body);
        }
    }

    @BeforeAll
    static void start() throws IOException {
        ShippedFolders.copyTo(home);
        write("routes/steady.yaml", TRAFFIC.formatted("steady", "take"));
        write("routes/edited.yaml", TRAFFIC.formatted("edited", "take"));
        write("mappings/deal-to-task.yaml", "fields:\n  name: {from: title, as: text, required: true}\n");
        daemon = run(home, home.resolve("store"));
    }

    private static ConfigurableApplicationContext run(Path home, Path store) {
        SpringApplication application = new SpringApplication(Application.class);
        application.addInitializers(context ->
                ((GenericApplicationContext) context).registerBean("probe", Probe.class, () -> PROBE));
        return application.run("--sverka.home=" + home, "--server.port=0",
                "--sverka.database.url=jdbc:h2:file:" + store + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
    }

    @AfterAll
    static void stop() {
        daemon.close();
    }

    @AfterEach
    void everythingIsAsItWas() throws IOException {
        for (String folder : List.of("routes", "mappings")) {
            try (Stream<Path> files = Files.list(Path.of(folder))) {
                for (Path file : files.toList()) {
                    write(folder + "/" + file.getFileName(), Files.readString(file));
                }
            }
        }
        write("routes/edited.yaml", TRAFFIC.formatted("edited", "take"));
        write("mappings/deal-to-task.yaml", "fields:\n  name: {from: title, as: text, required: true}\n");
        Files.deleteIfExists(home.resolve("routes/more.yaml"));
        look();
        assertThat(refused()).as("a repaired file is refused no longer").isEmpty();
    }

    static Stream<Arguments> brokenEdits() {
        String edited = TRAFFIC.formatted("edited", "take");
        return Stream.of(
                Arguments.of("routes/edited.yaml", edited.replace("    id:", "\tid:"), "routes/edited.yaml:2: ", "spaces"),
                Arguments.of("routes/edited.yaml", edited.replace("steps:", "steps: ["), "routes/edited.yaml:6: broken YAML", ""),
                Arguments.of("routes/edited.yaml", edited.replace("journal:edited", "jurnal:edited"),
                        "routes/edited.yaml:4: unknown scheme 'jurnal'", "did you mean 'journal'?"),
                Arguments.of("routes/edited.yaml", edited.replace("bean:probe", "bean:prob"),
                        "routes/edited.yaml:8: there is no bean 'prob'", "did you mean 'probe'?"),
                Arguments.of("routes/edited.yaml", edited.replace("method: take", "method: tak"),
                        "routes/edited.yaml:8: the bean 'probe' has no method 'tak'", "did you mean 'take'?"),
                Arguments.of("routes/edited.yaml", edited.replace("    id: edited", "    id: steady"),
                        "routes/edited.yaml:2: the route id 'steady' stands twice, also in routes/steady.yaml:2",
                        "another id"),
                Arguments.of("routes/edited.yaml", edited.replace("journal:edited", "journal:steady"),
                        "routes/edited.yaml:4: two routes start from journal:steady, also in routes/steady.yaml:4",
                        "remove one"),
                Arguments.of("routes/edited.yaml", edited.replace("      uri: journal:edited",
                        "      uri: journal:edited\n      parameters: {wrokers: 2}"),
                        "routes/edited.yaml:5: unknown option 'wrokers' of journal:edited", "did you mean 'workers'?"),
                Arguments.of("routes/edited.yaml", edited.replace("      uri: journal:edited",
                        "      uri: journal:edited\n      parameters: {workers: many}"),
                        "routes/edited.yaml:5: the option 'workers' of journal:edited does not take 'many'", "a whole number"),
                Arguments.of("routes/edited.yaml", edited.replace("journal:edited", "bitrix24:paymant/changed"),
                        "routes/edited.yaml:4: unknown entity 'paymant'", "payment.in"),
                Arguments.of("routes/edited.yaml", edited.replace("journal:edited", "tbank:operation/chnaged"),
                        "routes/edited.yaml:4: unknown verb 'chnaged'", "changed"),
                Arguments.of("routes/edited.yaml", edited.replace("journal:edited", "schedule:nightly?cron=soon"),
                        "routes/edited.yaml:4: cron 'soon' means nothing", "six"),
                Arguments.of("routes/edited.yaml", edited.replace("bean:probe", "mapping:deal-to-tusk"),
                        "there is no mappings/deal-to-tusk.yaml", "did you mean 'deal-to-task'?"),
                Arguments.of("routes/edited.yaml", edited.replace("journal:edited", "journal:{{routes.nowhere}}"),
                        "nothing gives {{routes.nowhere}} a value", "config/application.yaml"),
                Arguments.of("routes/edited.yaml", edited + "- rest: {get: []}\n",
                        "routes/edited.yaml:9: 'rest' does not belong here", ""),
                Arguments.of("routes/edited.yaml", edited.replace("        - to:\n            uri: bean:probe",
                        "        - to: bean:probe\n        - log: hi\n        - to:\n            uri: bean:probe"),
                        "routes/edited.yaml:6: the short form of 'to'", "write `to: {uri: …}`"),
                Arguments.of("routes/more.yaml", "- from: {uri: journal:more}\n", "routes/more.yaml:1: 'from' does not belong",
                        "- route:"),
                Arguments.of("mappings/portal.yaml", "entities:\n  deal:\n    builtin: deal\n    filds: {}\n",
                        "mappings/portal.yaml:4: unknown key 'filds'", "did you mean 'fields'?"),
                Arguments.of("mappings/portal.yaml", "entities: {deal: {builtin: deal}}\n",
                        "mappings/portal.yaml:1: with this change routes/alerts.yaml", "take the change back"),
                Arguments.of("mappings/deal-to-task.yaml", "fields:\n  name: {from: title, as: txet}\n",
                        "mappings/deal-to-task.yaml:2: unknown converter 'txet'", "did you mean 'text'?"),
                Arguments.of("mappings/deal-to-task.yaml", "fields:\n  name: {from: title, table: vat}\n",
                        "mappings/deal-to-task.yaml:2: unknown table 'vat'", ""),
                Arguments.of("mappings/deal-to-task.yaml", "fields:\n  name: {from: a}\n  name: {from: b}\n",
                        "mappings/deal-to-task.yaml:3: the key 'name' stands twice", "keep one"));
    }

    @ParameterizedTest
    @MethodSource("brokenEdits")
    void aBrokenEditIsRefusedWithItsPlaceAndCureAndChangesNothing(String file, String text, String problem, String cure)
            throws IOException {
        Map<String, Service> before = running();
        write(file, text);
        look();
        assertThat(refused()).isNotEmpty().allSatisfy(one -> assertThat(one.file()).isEqualTo(file));
        assertThat(refused()).anySatisfy(one -> {
            assertThat(one.toString()).contains(problem);
            assertThat(one.cure()).contains(cure);
        });
        assertThat(running()).isEqualTo(before);
    }

    @Test
    void aGoodEditIsTakenAndOtherRoutesAreNotTouched() throws IOException {
        Map<String, Service> before = running();
        write("routes/edited.yaml", TRAFFIC.formatted("edited", "takeToo"));
        look();
        assertThat(refused()).isEmpty();
        Map<String, Service> now = running();
        assertThat(now.keySet()).isEqualTo(before.keySet());
        assertThat(now.get("edited")).isNotEqualTo(before.get("edited"));
        now.remove("edited");
        before.remove("edited");
        assertThat(now).isEqualTo(before);
    }

    /** Whatever is tried, is tried beside what runs and ends before it. */
    @Test
    void noTrialOfRoutesSilencesASchedule() throws IOException {
        Schedules schedules = daemon.getBean(Schedules.class);
        List<String> before = schedules.standing().stream().map(Schedules.Standing::name).sorted().toList();
        assertThat(before).contains("books-prove", "payments-compare", "upkeep");
        daemon.getBean(RouteFolder.class).check();
        write("mappings/deal-to-task.yaml", "fields:\n  name: {from: title, as: text}\n");
        look();
        assertThat(schedules.standing().stream().map(Schedules.Standing::name).sorted()).isEqualTo(before);
    }

    @Test
    void aNewFileADeletedFileAndARenamedRouteAreTaken() throws IOException {
        write("routes/more.yaml", TRAFFIC.formatted("more", "take"));
        look();
        assertThat(running()).containsKey("more");
        write("routes/more.yaml", TRAFFIC.formatted("more", "take").replace("id: more", "id: still-more"));
        look();
        assertThat(running()).containsKey("still-more").doesNotContainKey("more");
        Files.delete(home.resolve("routes/more.yaml"));
        look();
        assertThat(running()).doesNotContainKey("still-more");
    }

    @Test
    void aGoodFileIsTakenThoughAnotherIsBroken() throws IOException {
        write("routes/edited.yaml", "- nonsense\n");
        write("routes/more.yaml", TRAFFIC.formatted("more", "take"));
        look();
        assertThat(running()).containsKey("more").containsKey("edited");
        assertThat(refused()).allSatisfy(one -> assertThat(one.file()).isEqualTo("routes/edited.yaml"));
    }

    @Test
    void aRouteAndTheMappingItNeedsComeInTogether() throws IOException {
        write("mappings/company-to-partner.yaml", "fields:\n  name: {from: title}\n");
        write("routes/more.yaml", TRAFFIC.formatted("more", "take").replace("        - to:\n            uri: bean:probe",
                "        - to:\n            uri: mapping:company-to-partner\n        - to:\n            uri: bean:probe"));
        look();
        assertThat(refused()).isEmpty();
        assertThat(running()).containsKey("more");
        Files.delete(home.resolve("mappings/company-to-partner.yaml"));
        look();
        assertThat(refused()).as("a mapping in use cannot be deleted").anySatisfy(one ->
                assertThat(one.file()).isEqualTo("mappings/company-to-partner.yaml"));
        Files.delete(home.resolve("routes/more.yaml"));
        look();
        assertThat(refused()).isEmpty();
    }

    @Test
    void underTrafficNoMessageIsLostAndNoneIsDoubledWhateverIsEdited() throws Exception {
        PROBE.taken.clear();
        Journal journal = daemon.getBean(Journal.class);
        Map<String, Service> before = running();
        int edits = 6;
        int perEdit = 10;
        for (int edit = 0; edit < edits; edit++) {
            for (int n = 0; n < perEdit; n++) {
                String number = edit + "-" + n;
                journal.accept(event("steady", "s" + number));
                journal.accept(event("edited", "e" + number));
            }
            write("routes/edited.yaml", switch (edit % 3) {
                case 0 -> TRAFFIC.formatted("edited", "takeToo");
                case 1 -> "- route: {id: edited, from: broken";
                default -> TRAFFIC.formatted("edited", "take");
            });
            look();
        }
        write("routes/edited.yaml", TRAFFIC.formatted("edited", "take"));
        look();
        Awaitility.await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(PROBE.taken).hasSize(2 * edits * perEdit));
        assertThat(PROBE.taken.values()).allSatisfy(times -> assertThat(times.get()).isEqualTo(1));
        Map<String, Service> now = running();
        now.remove("edited");
        before.remove("edited");
        assertThat(now).as("routes of untouched files never stopped").isEqualTo(before);
    }

    @Test
    void atAStartTheLastAcceptedTextStandsInForABadFileAndWithoutOneTheStartStops(@TempDir Path other) throws IOException {
        Files.createDirectories(other.resolve("routes"));
        Files.writeString(other.resolve("routes/edited.yaml"), TRAFFIC.formatted("edited", "take"));
        run(other, other.resolve("store")).close();
        Files.writeString(other.resolve("routes/edited.yaml"), "- nonsense\n");
        try (ConfigurableApplicationContext again = run(other, other.resolve("store"))) {
            assertThat(again.getBean(CamelContext.class).getRoute("edited")).isNotNull();
            assertThat(again.getBean(Refusals.class).all()).anySatisfy(one ->
                    assertThat(one.toString()).startsWith("routes/edited.yaml:1: "));
        }
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> run(other, other.resolve("empty")).close()))
                .hasStackTraceContaining("routes/edited.yaml:1: ");
    }

    private static Event event(String flow, String number) {
        return new Event(flow, "sverka", number, null, false, Map.of("n", number), Map.of("SyncId", number), null);
    }

    private static void look() {
        daemon.getBean(RouteFolder.class).look();
    }

    private static List<Problem> refused() {
        return daemon.getBean(Refusals.class).all();
    }

    /** The consumer of each started route: one that was taken out meanwhile has another. */
    private static Map<String, Service> running() {
        Map<String, Service> consumers = new TreeMap<>();
        daemon.getBean(CamelContext.class).getRoutes().forEach(route -> {
            assertThat(daemon.getBean(CamelContext.class).getRouteController().getRouteStatus(route.getRouteId())
                    .isStarted()).isTrue();
            consumers.put(route.getRouteId(), route.getConsumer());
        });
        return consumers;
    }

    private static void write(String file, String text) throws IOException {
        Files.writeString(home.resolve(file), text);
    }
}
