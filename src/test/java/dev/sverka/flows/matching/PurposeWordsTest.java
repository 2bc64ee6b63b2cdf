package dev.sverka.flows.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sverka.core.mapping.YamlText;
import dev.sverka.core.state.ProblemException;
import dev.sverka.flows.matching.Matcher.Case;
import dev.sverka.flows.matching.Matcher.Payment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words that a file adds: what each table changes, and what a file may not say. */
class PurposeWordsTest {

    private static final String FILE = "mappings/purpose-words.yaml";
    private static final Payment TEN = MatcherTable.invoice(10, "МК-10", 100_00);
    private static final Payment ELEVEN = MatcherTable.payment(11, "МК-11", 200_00, 200_00, MatcherTable.act("7"));

    private static PurposeWords read(String text) {
        YamlText yaml = YamlText.parse(FILE, text);
        return PurposeWords.read(yaml.map(), yaml);
    }

    private static String decided(PurposeWords words, String sum, String purpose) {
        long amount = new java.math.BigDecimal(sum).movePointRight(2).longValueExact();
        return MatcherTable.told(new NumberMatcher().match(new Case(MatcherTable.operation(amount, purpose),
                MatcherTable.OWN, List.of(TEN, ELEVEN), List.of(), null, Matcher.Source.BANK, List.of(), List.of(),
                false, words)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "documents: {invoice: [бумажк]}   | 60.00  | Оплата по бумажке МК-10               | ?  | 10=60.00",
        "documents: {act: [справк о работ]} | 100.00 | Оплата, справка о работах 7 | ? | 11=100.00",
        "documents: {other: [наряд]}      | 100.00 | Оплата по наряду 5                    | 10=100.00 | ?",
        "between: [сегодняшнему]          | 60.00  | Оплата по счету сегодняшнему МК-10    | ?  | 10=60.00",
        "units: [мешков]                  | 100.00 | Оплата за цемент 1512 мешков          | ?  | 10=100.00",
        "names: [пасека]                  | 100.00 | Мёд, пасека 1512                      | ?  | 10=100.00",
        "advance: [авансиров]             | 30.00  | Авансирование 50% по счету МК-10      | ?  | ?",
        "rest: [под ноль]                 | 40.00  | Закрываем под ноль счет МК-10         | 10=40.00 | ?",
        "part: [дольк]                    | 100.00 | Долька по счету МК-10                 | 10=100.00 | ?",
        "forbidding: [шантаж]             | 100.00 | Шантаж по счету МК-10                 | 10=100.00 | ?",
        "asking: [спонсорск]              | 100.00 | Спонсорский вклад                     | ?  | ?",
        "asking: [спонсорск]              | 100.00 | Спонсорские услуги                    | 10=100.00 | ?",
        "goods: [возвратн тар]            | 100.00 | Возвратная тара по счету МК-10        | ?  | 10=100.00",
        "goods: [возвратн тар]            | 100.00 | Возврат по счету МК-10, тара          | ?  | ?",
        "noise: [табельн]                 | 100.00 | Оплата за услуги, табельный № 15125   | ?  | 10=100.00"})
    void eachTableSaysWhatAWordMeans(String text, String sum, String purpose, String without, String with) {
        assertThat(decided(PurposeWords.NONE, sum, purpose)).as("the reader's own words").isEqualTo(without);
        assertThat(decided(read(text), sum, purpose)).isEqualTo(with);
        assertThat(decided(read(text), sum, purpose.toUpperCase(java.util.Locale.ROOT))).isEqualTo(with);
    }

    @Test
    void aStageThatAFileNamesAgreesOrDoesNot() {
        Payment last = MatcherTable.payment(12, "МК-12", 50_00, 50_00, new Matcher.Papers(new Matcher.Paper("7/26",
                null), List.of(), List.of(), List.of(), null, Matcher.Stage.FINAL, null));
        PurposeWords words = read("final: [дорасчет]\nadvance: [авансиров]\n");
        for (String[] one : new String[][] {{"Дорасчёт по договору 7/26", "12=50.00"},
            {"Авансирование по договору 7/26", "?"}}) {
            assertThat(MatcherTable.told(new NumberMatcher().match(new Case(MatcherTable.operation(50_00, one[0]),
                    MatcherTable.OWN, List.of(last), List.of(), null, Matcher.Source.BANK, List.of(), List.of(), false,
                    words)))).isEqualTo(one[1]);
        }
    }

    @Test
    void theShippedWordsHoldAndAnotherTextIsAnotherVersion() throws IOException {
        String shipped = Files.readString(Path.of(FILE));
        PurposeWords words = read(shipped);
        assertThat(words.version()).isNotEqualTo("none").isEqualTo(read("# a comment\n" + shipped).version())
                .isNotEqualTo(read(shipped.replace("табельн", "табельщик")).version());
        assertThat(decided(words, "60.00", "Оплата по квитку № МК-10")).isEqualTo("10=60.00");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "documents: {act: [договор]}                    | 'договор' is read as contract already",
        "documents: {act: [наряд], order: [наряд]}      | 'наряд' stands for two documents",
        "documents: {act: [сумма]}                      | 'сумма' stands in every purpose",
        "documents: {act: ['---']}                      | '---' has no letters",
        "units: [мешков, МЕШКОВ]                        | 'МЕШКОВ' stands twice",
        "goods: [возврат]                               | 'возврат' alone would silence",
        "goods: [залогов]                               | 'залогов' alone would silence"})
    void whatWouldTurnReadingUpsideDownIsRefusedWithItsLineAndACure(String text, String problem) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> read("# words\n" + text));
        assertThat(refused.problems()).anySatisfy(one -> {
            assertThat(one.line()).isEqualTo(2);
            assertThat(one.problem()).contains(problem);
            assertThat(one.cure()).isNotBlank();
        });
    }
}
