package dev.sverka.vendors.bitrix24;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.portal.Portal;
import dev.sverka.vendors.bitrix24.Bitrix24Names.FieldName;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class Bitrix24ValuesTest {

    private static final ZoneOffset MOSCOW = ZoneOffset.ofHours(3);

    private static FieldName field(String type) {
        return field(type, null, false);
    }

    private static FieldName field(String type, String std, boolean multiple) {
        return new FieldName("ufCrm12X", "UF_CRM_12_X",
                new Portal.Field("x", std, "Поле", type, multiple, false, null, null, List.of()),
                Map.of("3401", "20 %"));
    }

    private static JsonNode json(String text) {
        return JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build().readTree(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "money;   \"184500.5|RUB\";               184500.5",
        "money;   184500.5;                       184500.5",
        "money;   10000;                          10000",
        "integer; 7;                              7",
        "boolean; \"Y\";                          true",
        "boolean; \"N\";                          false",
        "list;    3401;                           20 %",
        "list;    \"3401\";                       20 %",
        "list;    9;                              9",
        "parent;  8801;                           8801",
        "date;    \"2026-09-14T03:00:00+03:00\";  2026-09-14",
        "date;    \"2026-09-14T02:00:00+02:00\";  2026-09-14",
        "date;    \"2026-09-14T00:00:00+03:00\";  2026-09-14",
        "datetime;\"2026-09-14T09:41:17+03:00\";  2026-09-14T06:41:17Z",
        "file;    {\"id\": 6120, \"url\": \"x\"}; 6120",
        "money;   \"12,5\";                       12,5",
        "number;  \"12,5\";                       12,5",
        "parent;  \"CO_8801\";                    CO_8801",
        "date;    \"завтра\";                     завтра",
        "datetime;\"2026-09-14T09:41:17\";        2026-09-14T09:41:17"})
    void readsWhatThePortalWrites(String type, String raw, String expected) {
        assertThat(Bitrix24Values.read(field(type), json(raw))).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"money;\"\"", "money;null", "money;\"|RUB\"", "date;\"\"", "parent;0", "string;\"\"",
        "list;null", "file;[]"})
    void readsEmptyAsNothing(String type, String raw) {
        assertThat(Bitrix24Values.read(field(type), json(raw))).isNull();
    }

    @Test
    void moneyIsWrittenToTheKopeckWithItsCurrency() {
        assertThat(Bitrix24Values.write(field("money"), new BigDecimal("45000.10"), "RUB", MOSCOW))
                .isEqualTo("45000.10|RUB");
        assertThat(Bitrix24Values.write(field("money", "opportunity", false), new BigDecimal("0.10"), "RUB", MOSCOW))
                .isEqualTo(new BigDecimal("0.10"));
    }

    @Test
    void writesDatesMomentsAndLists() {
        assertThat(Bitrix24Values.write(field("date"), LocalDate.of(2026, 11, 16), "RUB", MOSCOW))
                .isEqualTo("2026-11-16");
        assertThat(Bitrix24Values.write(field("datetime"), "2026-11-16T06:00:00Z", "RUB", MOSCOW))
                .isEqualTo("2026-11-16T09:00:00+03:00");
        assertThat(Bitrix24Values.write(field("list"), "20 %", "RUB", MOSCOW)).isEqualTo("3401");
        assertThat(Bitrix24Values.write(field("string", null, true), List.of("а", "б"), "RUB", MOSCOW))
                .isEqualTo(List.of("а", "б"));
        assertThat(Bitrix24Values.write(field("date"), null, "RUB", MOSCOW)).isEqualTo("");
    }

    @Test
    void aValueTheListDoesNotHaveIsRefused() {
        assertThatThrownBy(() -> Bitrix24Values.write(field("list"), "18 %", "RUB", MOSCOW))
                .hasMessageContaining("«Поле»").hasMessageContaining("«18 %»");
    }
}
