package dev.sverka.flows.matching;

import static dev.sverka.flows.matching.MatcherTable.invoice;
import static dev.sverka.flows.matching.MatcherTable.payment;
import static dev.sverka.flows.matching.MatcherTable.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.flows.matching.Matcher.Decision;
import dev.sverka.flows.matching.Matcher.Payment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

/** What must change nothing, and what must never come out, whatever is written. */
class MatcherPropertiesTest {

    private static final Payment[] CUSTOMER = {invoice(10, "МК-10", 100_00), invoice(11, "АВ-11/26", 200_00),
        payment(12, "512", 300_00, 300_00, MatcherTable.contract("КТ-7")), payment(13, "513", 400_00, 400_00,
                MatcherTable.act("33"))};

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("Оплата по счёту № МК-10 от 12.11.2026. Без НДС", "Оплата счетов МК-10, АВ-11/26 за всё",
                "Частичная оплата по счёту 512", "Оплата по договору № КТ-7", "Оплата по акту № 33 от 31.10.2026",
                "Оплата за тёплый приём", "Возврат по счёту МК-10", "Оплата по счёту 999", "Аванс 50% по счёту 512",
                "Погашение задолженности по акту сверки", "Оплата по счетам 512 - 513");
    }

    @Provide
    Arbitrary<Long> sums() {
        return Arbitraries.of(100_00L, 200_00L, 300_00L, 400_00L, 150_00L, 700_00L, 1000_00L, 100_01L);
    }

    private static String decided(long sum, String text, Payment... payments) {
        return told(MatcherTable.decide(sum, text, payments));
    }

    @Property(tries = 500)
    void spellingChangesNothing(@ForAll("sums") long sum, @ForAll("texts") String text, @ForAll Random dice) {
        String plain = decided(sum, text, CUSTOMER);
        assertThat(decided(sum, text.toUpperCase(Locale.ROOT), CUSTOMER)).isEqualTo(plain);
        assertThat(decided(sum, text.toLowerCase(Locale.ROOT), CUSTOMER)).isEqualTo(plain);
        assertThat(decided(sum, text.replace('ё', 'е'), CUSTOMER)).isEqualTo(plain);
        assertThat(decided(sum, text.replace(" ", "  "), CUSTOMER)).isEqualTo(plain);
        assertThat(decided(sum, " " + text.replace(' ', '\u00a0') + " ", CUSTOMER)).isEqualTo(plain);
        assertThat(decided(sum, lookAlike(text, dice), CUSTOMER)).isEqualTo(plain);
    }

    /** Some Cyrillic letters become the Latin ones that look the same. */
    private static String lookAlike(String text, Random dice) {
        StringBuilder changed = new StringBuilder();
        for (char letter : text.toCharArray()) {
            int at = "АВЕКМНОРСТХаеорсух".indexOf(letter);
            changed.append(at >= 0 && dice.nextBoolean() ? "ABEKMHOPCTXaeopcyx".charAt(at) : letter);
        }
        return changed.toString();
    }

    @Property(tries = 300)
    void orderAndUnrelatedPaymentsChangeNothing(@ForAll("sums") long sum, @ForAll("texts") String text,
            @ForAll Random dice) {
        List<Payment> more = new ArrayList<>(List.of(CUSTOMER));
        for (int n = 0; n < 5; n++) {
            more.add(new Payment(100 + n, "", true, "Я-" + (900 + n), null, 1_000_000_00 + n, 1_000_000_00 + n, "USD",
                    false, MatcherTable.OWN, null));
        }
        Collections.shuffle(more, dice);
        assertThat(decided(sum, text, more.toArray(Payment[]::new))).isEqualTo(decided(sum, text, CUSTOMER));
    }

    @Property(tries = 500)
    void neverMoreThanThereIsAndNeverMoreThanIsOpen(@ForAll("sums") long sum, @ForAll("texts") String text,
            @ForAll @IntRange(max = 400_00) int open) {
        Payment less = payment(10, "МК-10", 400_00, open, Matcher.Papers.NONE);
        Decision decision = MatcherTable.decide(sum, text, less, CUSTOMER[1], CUSTOMER[2], CUSTOMER[3]);
        if (decision instanceof Matcher.Assign assign) {
            assertThat(assign.parts().stream().mapToLong(Matcher.Part::amount).sum() + assign.surplus()).isEqualTo(sum);
            assertThat(assign.parts()).allSatisfy(part -> {
                assertThat(part.amount()).isPositive();
                assertThat(part.amount()).isLessThanOrEqualTo(part.payment() == 10 ? open
                        : CUSTOMER[(int) part.payment() - 10].open());
            });
        }
    }

    /** It may be a document that nobody has found; only money that leaves nothing over is not asked about. */
    @Property(tries = 1000)
    void aFigureThatIsNotUnderstoodIsNeverGuessedOver(@ForAll("texts") String text,
            @ForAll @IntRange(min = 1000, max = 9999) int figure) {
        assertThat(decided(99_00, text + ". " + figure, CUSTOMER)).isEqualTo("?");
        Payment meant = invoice(20, String.valueOf(figure), 700_00);
        assertThat(decided(100_00, text + ". " + figure, CUSTOMER[0], CUSTOMER[1], CUSTOMER[2], CUSTOMER[3], meant))
                .isEqualTo("?");
    }

    @Property(tries = 1000)
    void noTextBreaksItNorTakesLong(@ForAll @StringLength(max = 210) String hostile) {
        assertThat(MatcherTable.decide(100_00, "Оплата по счету № МК-10 " + hostile, CUSTOMER).rule()).isNotBlank();
    }

    @Property(tries = 20)
    void textsMadeToBeSlowAreNot(@ForAll("slow") String slow) {
        long start = System.nanoTime();
        MatcherTable.decide(100_00, slow, CUSTOMER);
        assertThat((System.nanoTime() - start) / 1_000_000).as("milliseconds").isLessThan(1_000);
    }

    @Provide
    Arbitrary<String> slow() {
        return Arbitraries.of("№ 1, ", "счет ", "1 000 ", "акт и услуг ", "за январь, ", "в т.ч. ндс ", "12.12.2026 ",
                "а-", "1-", "- ", "договор на об ", "за я ", "5% ", "сумма ").map(one ->
                        "Оплата по счетам " + one.repeat(1000 / one.length()));
    }
}
