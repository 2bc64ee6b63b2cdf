package dev.sverka.core.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sverka.core.state.ProblemException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A field map does what it says to the fields it names, and nothing to others. */
class FieldMapTest {

    private static final String MAP = """
            fields:
              name: {from: title, as: text, required: true}
              sum: {from: money.amount, as: money, otherwise: 0}
              vat: {from: vat, table: vatRates}
              side: {from: side, table: sides, otherwise: OTHER}
              creator: {from: author, onlyOn: create}
            tables:
              vatRates: {"20": НДС 20 %, "0": Без НДС}
              sides: {in: INCOMING}
            """;

    @Test
    void valuesAreTakenConvertedAndLookedUp() {
        Map<String, Object> source = Map.of("title", " Сайт ", "money", Map.of("amount", "100,5"), "vat", 20L, "side",
                "in", "author", "7", "unnamed", "stays away");
        assertThat(map(MAP).apply(source, true)).containsExactlyInAnyOrderEntriesOf(Map.of("name", "Сайт", "sum",
                new BigDecimal("100.50"), "vat", "НДС 20 %", "side", "INCOMING", "creator", "7"));
    }

    @Test
    void whatIsOnlyOnCreateIsLeftAloneAfterwards() {
        assertThat(map(MAP).apply(Map.of("title", "Сайт", "author", "7"), false)).doesNotContainKey("creator");
    }

    @Test
    void anAbsentValueIsNothingOrWhatIsWrittenAsOtherwise() {
        Map<String, Object> expected = new HashMap<>();
        expected.put("name", "Сайт");
        expected.put("sum", new BigDecimal("0.00"));
        expected.put("vat", null);
        expected.put("side", "OTHER");
        assertThat(map(MAP).apply(Map.of("title", "Сайт"), false)).isEqualTo(expected);
    }

    @Test
    void aValueThatItsTableDoesNotKnowIsOtherwiseOrAFaultAndNeverSilentlyEmpty() {
        assertThat(map(MAP).apply(Map.of("title", "Сайт", "side", "sideways"), false)).containsEntry("side", "OTHER");
        assertThatThrownBy(() -> map(MAP).apply(Map.of("title", "Сайт", "vat", 18L), false))
                .hasMessageContaining("mappings/a-to-b.yaml").hasMessageContaining("vat").hasMessageContaining("'18'")
                .hasMessageContaining("vatRates");
    }

    @Test
    void aMissingRequiredValueAndAMisfitNameFileFieldAndValue() {
        assertThatThrownBy(() -> map(MAP).apply(Map.of(), false))
                .hasMessageContaining("mappings/a-to-b.yaml: name is required").hasMessageContaining("title");
        assertThatThrownBy(() -> map(MAP).apply(Map.of("title", "Сайт", "money", Map.of("amount", "сто")), false))
                .hasMessageContaining("mappings/a-to-b.yaml: sum: 'сто' is no money");
    }

    @ParameterizedTest
    @CsvSource({"money,1.005", "money,many", "inn,123", "bool,perhaps", "date,soon", "integer,1.5"})
    void whatCannotBeConvertedIsNeverRoundedOrGuessed(String converter, String value) {
        assertThatThrownBy(() -> map("fields:\n  x: {from: x, as: " + converter + "}\n").apply(Map.of("x", value),
                true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mappings/a-to-b.yaml: x: '" + value + "' is no " + converter);
    }

    static Stream<Arguments> brokenMaps() {
        return Stream.of(
                Arguments.of("fields:\n  a: {form: b}\n", 2, "unknown key 'form'", "did you mean 'from'?"),
                Arguments.of("fields: {}\ntabels: {}\n", 2, "unknown key 'tabels'", "did you mean 'tables'?"),
                Arguments.of("fields:\n  a: {as: text}\n", 2, "a has no from:", "name the source's field"),
                Arguments.of("fields:\n  a:\n    from: b\n    as: monney\n", 4, "unknown converter 'monney'",
                        "'money'"),
                Arguments.of("fields:\n  a:\n    from: b\n    table: vat\ntables: {vta: {}}\n", 4,
                        "unknown table 'vat'", "vta"),
                Arguments.of("fields:\n  a:\n    from: b\n    onlyOn: craete\n", 4, "onlyOn: craete", "create"),
                Arguments.of("fields:\n  a:\n    from: b\n    required: maybe\n", 4, "required: maybe",
                        "true or false"),
                Arguments.of("fields:\n  a:\n    from: b\n    as: money\n    otherwise: нет\n", 5, "'нет' is no money",
                        "otherwise"),
                Arguments.of("fields:\n  a: b\n", 2, "a must be a map", "{from: …}"),
                Arguments.of("fields: [a]\n", 1, "fields must be a map", ""),
                Arguments.of("fields: {a: {from: b}}\ntables: [x]\n", 2, "tables must be a map", ""),
                Arguments.of("fields: {a: {from: b}}\ntables:\n  vat: 20\n", 3, "vat must be a map", ""),
                Arguments.of("tables: {}\n", 1, "fields", "fields"));
    }

    @ParameterizedTest
    @MethodSource("brokenMaps")
    void aBrokenMapIsRefusedWithLineAndCure(String text, int line, String problem, String cure) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> map(text));
        assertThat(refused).isNotNull();
        assertThat(refused.problems()).anySatisfy(one -> {
            assertThat(one.line()).isEqualTo(line);
            assertThat(one.problem()).contains(problem);
            assertThat(one.cure()).contains(cure);
        });
    }

    private static FieldMap map(String text) {
        return FieldMap.read(YamlText.parse("mappings/a-to-b.yaml", text));
    }
}
