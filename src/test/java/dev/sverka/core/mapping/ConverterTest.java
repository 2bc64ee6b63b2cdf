package dev.sverka.core.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The closed list of converters: what each takes, and that none guesses. */
class ConverterTest {

    static Stream<Arguments> conversions() {
        return Stream.of(
                Arguments.of("text", "  Счёт 12 ", "Счёт 12"),
                Arguments.of("text", 12L, "12"),
                Arguments.of("money", "45 000,5", new BigDecimal("45000.50")),
                Arguments.of("money", "45\u00a0000.50", new BigDecimal("45000.50")),
                Arguments.of("money", "1\u202f234.5", new BigDecimal("1234.50")),
                Arguments.of("money", new BigDecimal("0.100"), new BigDecimal("0.10")),
                Arguments.of("money", -7L, new BigDecimal("-7.00")),
                Arguments.of("date", "2026-11-23", LocalDate.of(2026, 11, 23)),
                Arguments.of("date", "2026-11-23T23:59:59+03:00", LocalDate.of(2026, 11, 23)),
                Arguments.of("date", LocalDate.of(2026, 11, 23), LocalDate.of(2026, 11, 23)),
                Arguments.of("instant", "2026-11-23T03:00:00+03:00", Instant.parse("2026-11-23T00:00:00Z")),
                Arguments.of("epochMillis", "1764000000123", Instant.ofEpochMilli(1764000000123L)),
                Arguments.of("epochMillis", 1764000000123L, Instant.ofEpochMilli(1764000000123L)),
                Arguments.of("bool", "Y", true),
                Arguments.of("bool", 0L, false),
                Arguments.of("bool", true, true),
                Arguments.of("integer", "42.0", 42L),
                Arguments.of("inn", " 7701 234567", "7701234567"),
                Arguments.of("inn", "0077012345", "0077012345"));
    }

    @ParameterizedTest
    @MethodSource("conversions")
    void aConverterTakesWhatItsWordSays(String as, Object value, Object expected) {
        assertThat(Converter.of(as).orElseThrow().convert(value)).isEqualTo(expected);
    }

    static Stream<Arguments> misfits() {
        return Stream.of(
                Arguments.of("money", "45.005"),
                Arguments.of("money", "1,234.50"),
                Arguments.of("money", "сто"),
                Arguments.of("money", ""),
                Arguments.of("money", "1e900000000"),
                Arguments.of("date", "23.11.2026"),
                Arguments.of("date", "2026-02-30"),
                Arguments.of("date", "2026-11-23!"),
                Arguments.of("date", "2026-11-2345"),
                Arguments.of("instant", "2026-11-23T10:00:00"),
                Arguments.of("epochMillis", "1.5"),
                Arguments.of("epochMillis", "1e900000000"),
                Arguments.of("bool", "да"),
                Arguments.of("integer", "1.5"),
                Arguments.of("inn", "12345"),
                Arguments.of("inn", "77012345678"));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void aValueThatDoesNotFitIsRefusedAndNeverRounded(String as, Object value) {
        assertThatThrownBy(() -> Converter.of(as).orElseThrow().convert(value)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void theListIsClosed() {
        assertThat(Converter.words()).containsExactlyInAnyOrder("text", "money", "date", "instant", "epochMillis",
                "bool", "integer", "inn");
        assertThat(Converter.of("EPOCHMILLIS")).isEmpty();
        assertThat(Converter.of("script")).isEmpty();
    }

    @Property
    void kopecksSurviveTheWayThroughTextInEitherNotation(
            @ForAll @LongRange(min = -99_999_999_999_999L, max = 99_999_999_999_999L) long kopecks) {
        BigDecimal sum = BigDecimal.valueOf(kopecks, 2);
        assertThat(Converter.MONEY.convert(sum.toPlainString())).isEqualTo(sum);
        assertThat(Converter.MONEY.convert(sum.toPlainString().replace('.', ','))).isEqualTo(sum);
        assertThat(Converter.MONEY.convert(sum.stripTrailingZeros())).isEqualTo(sum);
    }

    @Property
    void aDaySurvivesTheWayThroughTextWithAndWithoutATime(
            @ForAll @LongRange(min = -200_000, max = 200_000) long epochDay) {
        LocalDate day = LocalDate.ofEpochDay(epochDay);
        assertThat(Converter.DATE.convert(day.toString())).isEqualTo(day);
        assertThat(Converter.DATE.convert(day.atStartOfDay().atOffset(ZoneOffset.ofHours(3)).toString()))
                .isEqualTo(day);
    }
}
