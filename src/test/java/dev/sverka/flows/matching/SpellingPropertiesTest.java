package dev.sverka.flows.matching;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;

/** What must hold for any number, any sum and any hostile text. */
class SpellingPropertiesTest {

    @Provide
    Arbitrary<String> numbers() {
        return Arbitraries.strings().withChars("АВСКМХ").ofMaxLength(3).flatMap(prefix ->
                Arbitraries.integers().between(1, 99_999).flatMap(number ->
                        Arbitraries.of("", "/26", "/1").map(suffix -> prefix + (prefix.isEmpty() ? "" : "-") + number + suffix)));
    }

    @Property(tries = 300)
    void aNumberWrittenInAPurposeIsReadBackWhateverItsSpelling(@ForAll("numbers") String number) {
        String latin = number.replace('А', 'A').replace('В', 'B').replace('С', 'C').replace('К', 'K').replace('М', 'M')
                .replace('Х', 'X');
        for (String spelt : new String[] {number, latin, number.toLowerCase(), number.replace("-", " ")}) {
            assertThat(Purpose.read("Оплата по счету № " + spelt + " от 12.11.2026. Без НДС").numbers())
                    .as(spelt).containsExactly(Purpose.normal(number));
        }
    }

    @Property(tries = 300)
    void normalSpellingIsItsOwnNormalSpelling(@ForAll("numbers") String number) {
        assertThat(Purpose.normal(Purpose.normal(number))).isEqualTo(Purpose.normal(number));
    }

    @Property(tries = 500)
    void noTextBreaksReading(@ForAll @StringLength(max = 210) String hostile) {
        Purpose read = Purpose.read("счет " + hostile);
        assertThat(read.invoices()).allSatisfy(span -> assertThat(span.from()).isLessThan(span.to()));
    }
}
