package dev.sverka.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldMapTest {

    private static FieldMap map(String text) {
        return FieldMap.read(YamlText.parse("mappings/deal-to-task.yaml", text));
    }

    @Test
    void aFieldIsTakenFromItsPathConvertedAndLookedUp() {
        FieldMap map = map("""
                fields:
                  name: {from: deal.title, as: text}
                  vat: {from: vat, table: rates, otherwise: none}
                  due: {from: end, as: date}
                  made: {from: id, as: integer, onlyOn: create}
                tables:
                  rates: {20 %: twenty}
                """);
        Map<String, Object> source = Map.of("deal", Map.of("title", "  Сайт "), "vat", "20 %", "end",
                "2026-11-30T03:00:00+03:00", "id", 7);
        assertThat(map.apply(source, true)).containsEntry("name", "Сайт").containsEntry("vat", "twenty")
                .containsEntry("due", LocalDate.of(2026, 11, 30)).containsEntry("made", 7L);
        assertThat(map.apply(source, false)).doesNotContainKey("made");
        assertThat(map.apply(Map.of("vat", "5 %"), false)).containsEntry("vat", "none").containsEntry("name", null);
    }

    @Test
    void whatIsRequiredAndMissingIsNamed() {
        assertThatThrownBy(() -> map("fields:\n  name: {from: title, required: true}\n").apply(Map.of(), true))
                .hasMessage("mappings/deal-to-task.yaml: name is required, and title gives nothing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"money;45 000,10;45000.10", "money;5;5.00", "date;2026-11-16;2026-11-16",
        "instant;2026-11-16T09:00:00+03:00;2026-11-16T06:00:00Z", "epochMillis;0;1970-01-01T00:00:00Z", "bool;Y;true",
        "bool;0;false", "integer;7;7", "inn;0099 000014;0099000014", "text; x ;x"})
    void convertersGiveOurTypes(String converter, String value, String expected) {
        assertThat(map("fields:\n  x: {from: x, as: " + converter + "}\n").apply(Map.of("x", value), true).get("x"))
                .hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({"money,1.005", "money,many", "inn,123", "bool,perhaps", "date,soon", "integer,1.5"})
    void whatCannotBeConvertedIsNeverRoundedOrGuessed(String converter, String value) {
        assertThatThrownBy(() -> map("fields:\n  x: {from: x, as: " + converter + "}\n").apply(Map.of("x", value), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mappings/deal-to-task.yaml: x: '" + value + "' is no " + converter);
    }

    @Test
    void plainContentKeepsDecimalsExactAndDatesAsText() {
        assertThat(YamlText.parse("x.yaml", "a: 1.10\nb: 2026-11-16\nc: 007\nd: 12\ne: \"12\"\nf: yes\n").map())
                .containsEntry("a", new BigDecimal("1.10")).containsEntry("b", "2026-11-16").containsEntry("c", "007")
                .containsEntry("d", 12L).containsEntry("e", "12").containsEntry("f", true);
    }
}
