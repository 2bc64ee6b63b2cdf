package dev.sverka.flows.timesheets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sverka.core.mapping.Mappings;
import dev.sverka.core.mapping.SomeMappings;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad examples of the files by which people, fields and rates of ClickUp's side are named: refused with line and cure. */
class TeamMappingsTest {

    static Stream<Arguments> broken() {
        String rates = "vat: included\nrates:\n  - ";
        return Stream.of(
                Arguments.of("clickup", "spaces: {default: 901590010010}\n", 1, "default", "in quotes"),
                Arguments.of("clickup", "fields:\n  name: clickup\n", 2, "clickup", "bitrix24, none"),
                Arguments.of("clickup", "fields:\n  name: none\n  dues: latest\n", 3, "unknown key 'dues'", "'due'"),
                Arguments.of("clickup", "field: {}\n", 1, "unknown key 'field'", "'fields'"),
                Arguments.of("clickup", "fields: {due: newest}\n", 1, "newest", "latest"),
                Arguments.of("people", "people:\n  - {bitrix24: 24}\n", 2, "no clickup:", "clickup:"),
                Arguments.of("people", "people:\n  - {bitrix24: 24, clickup: 5, name: A}\n", 2, "unknown key 'name'", ""),
                Arguments.of("people", "people: {24: 5}\n", 1, "people", "a list"),
                Arguments.of("rates", "rates: []\n", 1, "no vat:", "vat:"),
                Arguments.of("rates", "vat: none\n", 1, "'none'", "included"),
                Arguments.of("rates", rates + "{rate: 3000.00}\n", 3, "rate", "in quotes"),
                Arguments.of("rates", rates + "{rate: \"3000.5\"}\n", 3, "'3000.5'", "3000.00"),
                Arguments.of("rates", rates + "{rate: \"1\", persons: a}\n", 3, "unknown key 'persons'", "'person'"),
                Arguments.of("rates", rates + "{rate: \"1\", from: 2026-13-01}\n", 3, "2026-13-01", "2026-11-01"),
                Arguments.of("rates", rates + "{rate: \"1\", from: 2026-12-01, to: 2026-11-01}\n", 3, "before the first",
                        "other way round"),
                Arguments.of("rates", rates + "{rate: \"1\", role: developer}\n", 3, "role 'developer'", "roles:"),
                Arguments.of("rates", "vat: included\nrounding: {default: {minutes: 0}}\n", 2, "minutes", "whole minutes"),
                Arguments.of("rates", "vat: included\nrounding: {default: {mode: ceil}}\n", 2, "'ceil'", "up"),
                Arguments.of("rates", "vat: included\nclients: {ООО: {minutes: 5}}\n", 2, "ООО", ""),
                Arguments.of("rates", "vat: included\ncosts:\n  - {rate: 5}\n", 3, "rate", "in quotes"));
    }

    private static ProblemException read(String name, String text) {
        Declared<?> file = name.equals("rates") ? new Declared<>(name, Rates::read) : new Declared<>(name, (content, lines)
                -> content);
        return catchThrowableOfType(ProblemException.class, () -> SomeMappings.of(file).read(Map.of("mappings/" + name
                + ".yaml", text)));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void eachViolationHasItsFileItsLineAndACure(String name, String text, int line, String problem, String cure) {
        ProblemException refused = read(name, text);
        assertThat(refused).isNotNull();
        assertThat(refused.problems()).anySatisfy(one -> {
            assertThat(one.file()).isEqualTo("mappings/" + name + ".yaml");
            assertThat(one.line()).isEqualTo(line);
            assertThat(one.problem()).contains(problem);
            assertThat(one.cure()).contains(cure).isNotBlank();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"clickup", "people", "rates"})
    void whatIsShippedHolds(String name) throws IOException {
        assertThat(read(name, Files.readString(Path.of("mappings", name + ".yaml")))).isNull();
    }

    @Test
    void theExamplesInTheFilesHoldToo() throws IOException {
        String example = Files.readString(Path.of("mappings/rates.yaml")).lines().filter(line -> line.startsWith("#   "))
                .map(line -> line.substring(4)).reduce("vat: included\n", (all, line) -> all + line + "\n");
        assertThat(example).contains("costs:", "clients:", "rounding:");
        assertThat(read("rates", example)).isNull();
        Declared<Rates> rates = new Declared<>("rates", Rates::read);
        Mappings mappings = SomeMappings.of(rates);
        mappings.putInForce(mappings.read(Map.of("mappings/rates.yaml", example)));
        LocalDate day = LocalDate.parse("2026-11-05");
        assertThat(rates.get().of("anna@agency.ru", 42L, day)).isEqualTo(450_000);
        assertThat(rates.get().cost("ben@agency.ru", 42L, day)).isEqualTo(120_000);
        assertThat(rates.get().rounding(8L, 7L).minutes(31)).isEqualTo(60);
    }
}
