package dev.sverka.flows.matching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.flows.matching.Matcher.Payment;
import dev.sverka.flows.matching.Purpose.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What is found by keys is what would be found by looking at each payment. */
class PaymentsTest {

    private static final String PIECES = "0123456789АБГД-//26ОЗDS";

    private static String number(Random dice) {
        StringBuilder number = new StringBuilder(List.of("", "СЧ-", "26/", "2026-", "ГД", "11/", "00").get(dice.nextInt(7)));
        for (int i = 1 + dice.nextInt(5); i > 0; i--) {
            number.append(PIECES.charAt(dice.nextInt(PIECES.length())));
        }
        return number.append(List.of("", "/26", "-2026", "/2025", "Р").get(dice.nextInt(5))).toString();
    }

    /** A number as it is, or written differently. */
    private static String written(String number, Random dice) {
        return switch (dice.nextInt(6)) {
            case 0 -> number.replaceAll("^\\D+", "");
            case 1 -> number.replaceAll("[-/]?(?:20)?26", "");
            case 2 -> number.replaceAll("[-/]", "");
            case 3 -> number.replace('0', 'О').replace('Г', 'G').replace('Д', 'D');
            case 4 -> "0" + number;
            default -> number;
        };
    }

    @Test
    void noSpellingThatIsTakenForANumberIsMissed() {
        Random dice = new Random(3);
        int met = 0;
        for (int n = 0; n < 60; n++) {
            List<Payment> all = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                all.add(MatcherTable.invoice(i, number(dice), 100));
            }
            Payments payments = new Payments(all);
            for (int i = 0; i < 60; i++) {
                String written = written(i % 4 == 0 ? number(dice) : String.valueOf(all.get(i).number()), dice);
                Predicate<Payment> isTaken = one -> DocumentNumber.isSame(one.number(), written)
                        || DocumentNumber.isLoosely(one.number(), one.invoiceDate(), written);
                List<Payment> taken = all.stream().filter(isTaken).toList();
                assertThat(payments.near(Kind.INVOICE, written).stream().filter(isTaken)).as(written)
                        .containsExactlyElementsOf(taken);
                assertThat(payments.near(Kind.INVOICE, DocumentNumber.readings(written))).as(written)
                        .containsAll(all.stream().filter(one -> DocumentNumber.isMisread(one.number(), written)).toList());
                met += taken.size();
            }
        }
        assertThat(met).isGreaterThan(2000);
    }

    @Test
    void fewAreLookedAt() {
        List<Payment> all = new ArrayList<>();
        for (int i = 1; i <= 1000; i++) {
            all.add(MatcherTable.invoice(i, "ГД-" + (10000 + i), 100));
        }
        assertThat(new Payments(all).near(Kind.INVOICE, "ГД-10500")).hasSize(1);
    }

    @Test
    void whatIsPaidIsOpenNoMore() {
        Payment first = MatcherTable.invoice(1, "1", 100);
        Payment second = MatcherTable.invoice(2, "2", 100);
        Payments payments = new Payments(List.of(first, second));
        assertThat(payments.open()).containsExactly(first, second);
        payments.replace(first.withOpen(0));
        assertThat(payments.open()).containsExactly(second);
        assertThat(payments.all()).containsExactly(first.withOpen(0), second);
        payments.replace(second.withOpen(40));
        assertThat(payments.open()).containsExactly(second.withOpen(40));
    }
}
