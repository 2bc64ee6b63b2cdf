package dev.sverka.flows.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NumberKeysTest {

    private static final LocalDate DAY = LocalDate.parse("2026-03-12");
    private static final List<String> PREFIXES = List.of("", "", "МК-", "СЧ", "ВТ-А", "2026-", "26/", "A-");
    private static final List<String> TAILS = List.of("", "", "/26", "-2026", "/3", "-07", "ОК", "/ИМ-2");

    @Test
    void whateverSpellingIsTakenForANumberIsFoundByItsKeys() {
        Random random = new Random(3);
        int taken = 0;
        for (int n = 0; n < 40_000; n++) {
            String ours = PREFIXES.get(random.nextInt(PREFIXES.size())) + "0".repeat(random.nextInt(3))
                    + random.nextInt(100_000) + TAILS.get(random.nextInt(TAILS.size()));
            String written = respelled(ours, random);
            if (DocumentNumber.isSame(ours, written) || DocumentNumber.isLoosely(ours, DAY, written)) {
                taken++;
                Set<String> named = NumberKeys.in("Оплата по счету №" + (random.nextBoolean() ? " " : "") + written
                        + (random.nextBoolean() ? ", 17" : " от 11.03.2025") + " НДС 20%");
                assertThat(Collections.disjoint(NumberKeys.of(ours, DAY), named)).as(ours + " as " + written).isFalse();
            }
        }
        assertThat(taken).isGreaterThan(15_000);
    }

    private static String respelled(String ours, Random random) {
        return switch (random.nextInt(9)) {
            case 0 -> ours.toLowerCase();
            case 1 -> ours.replace("-", "");
            case 2 -> ours.replace("/", "-");
            case 3 -> ours.replace('М', 'M').replace('К', 'K').replace('В', 'B').replace('Т', 'T');
            case 4 -> ours.replaceAll("^\\p{L}+-?", "");
            case 5 -> ours.replaceAll("[/-](20)?26$", "");
            case 6 -> ours.replaceAll("(?<=\\d)0(?=\\d)", "О");
            case 7 -> ours.replaceAll("[/-]", " / ");
            default -> "00" + ours;
        };
    }
}
