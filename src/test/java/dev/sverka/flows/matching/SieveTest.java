package dev.sverka.flows.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A sieve finds what its pattern finds, where the pattern finds it. */
class SieveTest {

    private static final List<String> REGEXES = List.of("возвр|вернут|(?<!\\p{L})пен[яи](?!\\p{L})|(?<!\\d )процент",
            "(?<![\\p{L}\\d])(?:(?:в ?т\\.? ?ч\\.?|с|без)[ ,]{0,3}){0,3}(?:\\d{1,2} ?% ?)?ндс(?!\\p{L})", "а|аб|абв",
            "(?!по\\d)[\\p{L}\\d]{1,5}-\\d", "\\{[^}]{0,4}+\\}", "№+|[n][oо]?(?= ?\\d)", "[^а-я ]", "и(?: ?,|$)");
    private static final String LETTERS = "возврнутпеняицдс.ч% абв-12№no{}, ȗ٣\ud835\udc00n";

    private static String text(Random dice) {
        StringBuilder text = new StringBuilder();
        for (int i = dice.nextInt(30); i > 0; i--) {
            text.append(dice.nextInt(6) == 0 ? List.of("возвр", "без ндс", "процент", "по1", "пени").get(dice.nextInt(5))
                    : String.valueOf(LETTERS.charAt(dice.nextInt(LETTERS.length()))));
        }
        return text.toString();
    }

    @Test
    void findsWhatThePatternFinds() {
        Random dice = new Random(5);
        for (String regex : REGEXES) {
            Sieve sieve = Sieve.of(regex);
            int found = 0;
            for (int n = 0; n < 3000; n++) {
                String text = text(dice);
                List<String> all = Pattern.compile(regex).matcher(text).results().map(SieveTest::told).toList();
                assertThat(sieve.all(text).stream().map(SieveTest::told)).as(text).containsExactlyElementsOf(all);
                assertThat(sieve.without(text)).as(text).isEqualTo(text.replaceAll(regex, " "));
                found += all.size();
            }
            assertThat(found).as(regex).isPositive();
        }
    }

    @Test
    void seesWhatStandsBeforeAPlaceOrDoesNot() {
        Sieve sieve = Sieve.of("(?<!\\p{L})счет");
        assertThat(sieve.at("посчет", 2)).isNull();
        assertThat(sieve.cut("посчет", 2)).isNotNull();
        assertThat(sieve.at("по счет", 3)).isNotNull();
        assertThat(sieve.at("по", 2)).isNull();
    }

    @Test
    void whatStandsBehindFiguresEndsWhereItIsTold() {
        Sieve sieve = Sieve.behindFigures("(?<=\\d)шт(?!\\p{L})");
        assertThat(sieve.in("12шт", 0, 4)).isNotNull();
        assertThat(sieve.in("12шт", 0, 3)).isNull();
        assertThat(sieve.in("12штук", 0, 6)).isNull();
        assertThat(sieve.in("шт", 0, 2)).isNull();
    }

    private static String told(MatchResult one) {
        return one.start() + " " + one.group();
    }
}
