package dev.sverka.core.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sverka.core.state.Declared;
import dev.sverka.core.state.ProblemException;
import dev.sverka.flows.forecast.WorkingDays;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All mapping files together: declarations against their schema, field maps, and what a trial sees of them. */
class MappingsTest {

    private static final String PORTAL = "mappings/portal.yaml";
    private static final String GOOD = "entities: {deal: {builtin: deal}}\n";

    private final Declared<Map<String, Object>> portal = new Declared<>("portal", (content, lines) -> content);
    private final Mappings mappings = new Mappings(List.of(portal));

    @Test
    void theShippedPortalHoldsItsSchema() throws IOException {
        Map<Declared<?>, Object> candidate = mappings.read(Map.of(PORTAL, Files.readString(Path.of(PORTAL))));
        mappings.putInForce(candidate);
        assertThat(portal.get()).containsKey("entities");
    }

    static Stream<Arguments> brokenPortals() {
        String field = "entities:\n  deal:\n    builtin: deal\n    fields:\n      sum: ";
        String stage = "entities:\n  payment:\n    title: Платежи\n    pipelines:\n      in:\n        title: В\n"
                + "        stages:\n          paid: ";
        return Stream.of(
                Arguments.of("entites: {}\n", 1, "unknown key 'entites'", "did you mean 'entities'?"),
                Arguments.of("entities:\n  deal:\n    bultin: deal\n", 3, "unknown key 'bultin'",
                        "did you mean 'builtin'?"),
                Arguments.of("entities:\n  deal:\n    builtin: task\n", 3, "entities.deal.builtin: unknown word 'task'",
                        "known are company, contact, deal, lead, user"),
                Arguments.of("entities:\n  deal:\n    builtin: deal\n    title: Сделки\n", 2,
                        "entities.deal has title and builtin together", "give one of title, builtin"),
                Arguments.of("entities:\n  deal:\n    fields: {}\n", 2, "entities.deal has none of title, builtin",
                        "give one of"),
                Arguments.of("entities:\n  2deal:\n    builtin: deal\n", 2, "'2deal' cannot be a key",
                        "a small letter, then letters and digits"),
                Arguments.of(field + "{std: opportunity, type: mony}\n", 5, "sum.type: unknown word 'mony'",
                        "did you mean 'money'?"),
                Arguments.of(field + "{std: opportunity}\n", 5, "sum has no type:", "add `type:`"),
                Arguments.of(field + "{type: money}\n", 5, "sum has none of std, label, use", "give one of"),
                Arguments.of(field + "{std: opportunity, type: money, multiple: 3}\n", 5,
                        "sum.multiple: '3' does not fit", "write true or false"),
                Arguments.of(stage + "{title: Оплачен, color: green}\n", 8, "paid.color: 'green' does not fit",
                        "#7BD500"),
                Arguments.of(stage + "{title: Оплачен, semantics: sucess}\n", 8,
                        "paid.semantics: unknown word 'sucess'", "did you mean 'success'?"),
                Arguments.of(stage + "{color: \"#7BD500\"}\n", 8, "paid has no title:", "add `title:`"),
                Arguments.of("entities: []\n", 1, "entities: this does not fit", "write `key: value` lines"),
                Arguments.of("entities: {deal: {builtin: deal, use: [1]}}\n", 1, "deal.use: this",
                        "text or a whole number"));
    }

    private static final String RULES = "mappings/bank-rules.yaml";

    @Test
    void theShippedBankRulesHoldTheirSchema() throws IOException {
        Declared<Map<String, Object>> rules = new Declared<>("bank-rules", (content, lines) -> content);
        Mappings both = new Mappings(List.of(rules));
        both.putInForce(both.read(Map.of(RULES, Files.readString(Path.of(RULES)))));
        assertThat(rules.get()).containsKey("rules");
    }

    static Stream<Arguments> brokenBankRules() {
        String rule = "rules:\n  - name: Налоги\n    class: tax\n    then: classify\n";
        return Stream.of(
                Arguments.of(rule + "    inns: [\"7727406020\"]\n", 5, "unknown key 'inns'", "did you mean 'inn'?"),
                Arguments.of(rule + "    inn: [7727406020]\n", 5, "'7727406020' does not fit", "text"),
                Arguments.of(rule + "    inn: [\"772740602\"]\n", 5, "does not fit", "10 or 12 digits in quotes"),
                Arguments.of(rule + "    account: [\"4x\"]\n", 5, "does not fit", "the first 3 to 20 digits"),
                Arguments.of(rule + "    party: bank\n", 5, "unknown word 'bank'", "our-bank"),
                Arguments.of(rule + "    direction: incoming\n", 5, "unknown word 'incoming'", "in, out"),
                Arguments.of(rule + "    words: налог\n", 5, "does not fit", "a list"),
                Arguments.of("rules:\n  - name: Налоги\n    class: taxes\n    then: classify\n", 3,
                        "unknown word 'taxes'", "salary, tax"),
                Arguments.of("rules:\n  - name: Налоги\n    class: tax\n", 2, "has no then:", "add `then:`"));
    }

    private static void assertTold(ProblemException refused, int line, String problem, String cure) {
        assertThat(refused).isNotNull();
        assertThat(refused.problems()).anySatisfy(one -> {
            assertThat(one.line()).isEqualTo(line);
            assertThat(one.problem()).contains(problem);
            assertThat(one.cure()).contains(cure);
        });
    }

    @ParameterizedTest
    @MethodSource("brokenBankRules")
    void eachViolationOfTheBankRulesHasItsLineAndACure(String text, int line, String problem, String cure) {
        Mappings rules = new Mappings(List.of(new Declared<>("bank-rules", (content, lines) -> content)));
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> rules.read(Map.of(RULES, text)));
        assertTold(refused, line, problem, cure);
    }

    private static final String WORDS = "mappings/purpose-words.yaml";

    static Stream<Arguments> brokenWords() throws IOException {
        String good = Files.readString(Path.of(WORDS));
        int after = (int) good.lines().count() + 1;
        return Stream.of(
                Arguments.of(good, 0, "", ""),
                Arguments.of(good + "unit: [мешков]\n", after, "unknown key 'unit'", "did you mean 'units'?"),
                Arguments.of("documents: {invoices: [квиток]}\n", 1, "unknown key 'invoices'",
                        "did you mean 'invoice'?"),
                Arguments.of("forbidding: арест\n", 1, "does not fit", "a list"),
                Arguments.of("units: [два слова]\n", 1, "'два слова' does not fit", "one whole word"),
                Arguments.of("documents: {act: [кс]}\n", 1, "at least 3 characters", ""));
    }

    @ParameterizedTest
    @MethodSource("brokenWords")
    void eachViolationOfThePurposesWordsHasItsLineAndACure(String text, int line, String problem, String cure) {
        Mappings words = new Mappings(List.of(new Declared<>("purpose-words", (content, lines) -> content)));
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> words.read(Map.of(WORDS, text)));
        if (line == 0) {
            assertThat(refused).isNull();
        } else {
            assertTold(refused, line, problem, cure);
        }
    }

    private static final String DAYS = "mappings/working-days.yaml";

    static Stream<Arguments> brokenDays() throws IOException {
        String good = Files.readString(Path.of(DAYS)).replaceAll("(?m)^ *#.*\\n", "");
        int last = (int) good.lines().count() + 1;
        return Stream.of(
                Arguments.of(good, 0, "", ""),
                Arguments.of(good + "  - 22.02.2027\n", last, "'22.02.2027' does not fit", "a day like 2026-12-31"),
                Arguments.of(good + "  - 2027-02-30\n", last, "'2027-02-30' is no day", "2026-12-31"),
                Arguments.of(good + "  - 2027-02-19\n", last, "2027-02-19 is worked anyway", "leave it out"),
                Arguments.of("off:\n  - 2027-02-23\n", 2, "is a weekend or a holiday anyway", "leave it out"),
                Arguments.of("free:\n  - 2027-02-22\n", 1, "unknown key 'free'", ""));
    }

    @ParameterizedTest
    @MethodSource("brokenDays")
    void eachViolationOfTheWorkingDaysHasItsLineAndACure(String text, int line, String problem, String cure) {
        Mappings days = new Mappings(List.of(new Declared<>("working-days", WorkingDays::read)));
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> days.read(Map.of(DAYS, text)));
        if (line == 0) {
            assertThat(refused).isNull();
        } else {
            assertTold(refused, line, problem, cure);
        }
    }

    private static final String CALENDAR = "mappings/calendar.yaml";

    static Stream<Arguments> brokenCalendars() throws IOException {
        String good = Files.readString(Path.of(CALENDAR)).replaceAll("(?m)^#.*\\n", "");
        int color = (int) good.substring(0, good.indexOf("color: royalblue")).lines().count();
        return Stream.of(
                Arguments.of(good, 0, "", ""),
                Arguments.of(good.replace("royalblue", "roayalblue"), color, "unknown word 'roayalblue'",
                        "'royalblue'"),
                Arguments.of(good.replace("PT15M", "15 minutes"), 2, "'15 minutes' does not fit", "such as PT15M"),
                Arguments.of(good.replaceFirst("color:", "colour:"), color, "unknown key 'colour'", "'color'"),
                Arguments.of(good.replaceFirst("due: dueDate", "until: dueDate"),
                        (int) good.substring(0, good.indexOf("due: dueDate")).lines().count(), "unknown key 'until'",
                        "due"));
    }

    @ParameterizedTest
    @MethodSource("brokenCalendars")
    void eachViolationOfTheCalendarHasItsLineAndACure(String text, int line, String problem, String cure) {
        Mappings calendar = new Mappings(List.of(new Declared<>("calendar", (content, lines) -> content)));
        ProblemException refused = catchThrowableOfType(ProblemException.class,
                () -> calendar.read(Map.of(CALENDAR, text)));
        if (line == 0) {
            assertThat(refused).isNull();
        } else {
            assertTold(refused, line, problem, cure);
        }
    }

    private static final String FINTABLO = "mappings/fintablo.yaml";

    static Stream<Arguments> brokenFinTablos() {
        return Stream.of(
                Arguments.of("directions: {default: Разработка}\n", 1, "default", "whole number"),
                Arguments.of("directions: {}\nmoneybag: {}\n", 2, "unknown key 'moneybag'", "'moneybags'"),
                Arguments.of("dealStatuses: {open: 1, win: 2}\n", 1, "unknown key 'win'", "'won'"));
    }

    @ParameterizedTest
    @MethodSource("brokenFinTablos")
    void eachViolationOfFinTablosIdsHasItsLineAndACure(String text, int line, String problem, String cure) {
        Mappings ids = new Mappings(List.of(new Declared<>("fintablo", (content, lines) -> content)));
        assertTold(catchThrowableOfType(ProblemException.class, () -> ids.read(Map.of(FINTABLO, text))), line, problem,
                cure);
    }

    @Test
    void theShippedFinTabloIdsHoldTheirSchema() throws IOException {
        Declared<Map<String, Object>> ids = new Declared<>("fintablo", (content, lines) -> content);
        Mappings both = new Mappings(List.of(ids));
        both.putInForce(both.read(Map.of(FINTABLO, Files.readString(Path.of(FINTABLO)))));
        assertThat(ids.get()).containsKey("moneybags");
    }

    @Test
    void aDeclarationThatMayBeMissingThenMeansWhatItsRoomSays() {
        Declared<String> optional = new Declared<>("bank-rules", (content, lines) -> "read", "none");
        Mappings rules = new Mappings(List.of(optional));
        rules.putInForce(rules.read(Map.of()));
        assertThat(optional.get()).isEqualTo("none");
        rules.putInForce(rules.read(Map.of(RULES, "rules: []\n")));
        assertThat(optional.get()).isEqualTo("read");
        rules.putInForce(rules.read(Map.of()));
        assertThat(optional.get()).isEqualTo("none");
    }

    @ParameterizedTest
    @MethodSource("brokenPortals")
    void eachViolationOfASchemaHasItsLineAndACureInWords(String text, int line, String problem, String cure) {
        ProblemException refused = catchThrowableOfType(ProblemException.class,
                () -> mappings.read(Map.of(PORTAL, text)));
        assertTold(refused, line, problem, cure);
    }

    @Test
    void theFaultsOfAllFilesAreToldAtOnce() {
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> mappings.read(Map.of(
                PORTAL, "entites: {}\n", "mappings/a-to-b.yaml", "fields: {a: {form: b}}\n", "mappings/stray.yaml",
                        "a: 1\n")));
        assertThat(refused.problems()).extracting("file")
                .contains(PORTAL, "mappings/a-to-b.yaml", "mappings/stray.yaml");
    }

    @Test
    void aDeclarationThatIsMissingIsAFault() {
        assertThat(catchThrowableOfType(ProblemException.class, () -> mappings.read(Map.of())))
                .hasMessageContaining(PORTAL + ":1: the file is missing");
    }

    @Test
    void aTrialSeesItsOwnFieldMapsAndWhatRunsSeesTheOnesInForce() throws Exception {
        mappings.putInForce(mappings.read(Map.of(PORTAL, GOOD, "mappings/a-to-b.yaml", "fields: {x: {from: y}}\n")));
        Map<Declared<?>, Object> candidate = mappings.read(Map.of(PORTAL, GOOD, "mappings/c-to-d.yaml",
                "fields: {x: {from: y}}\n"));
        assertThat(Declared.trying(candidate, mappings::names)).containsExactly("c-to-d");
        assertThat(mappings.names()).containsExactly("a-to-b");
    }

    @Test
    void aReaderThatFindsAContradictionIsHeard() {
        Declared<String> picky = new Declared<>("picky", (content, lines) -> {
            throw new ProblemException(lines.problem("contradiction", "choose", "b"));
        });
        assertThat(catchThrowableOfType(ProblemException.class,
                () -> new Mappings(List.of(picky)).read(Map.of("mappings/picky.yaml", "a: 1\nb: 2\n"))))
                .hasMessage("mappings/picky.yaml:2: contradiction; choose");
    }
}
