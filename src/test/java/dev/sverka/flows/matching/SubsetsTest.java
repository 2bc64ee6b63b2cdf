package dev.sverka.flows.matching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.flows.matching.Matcher.Review;
import dev.sverka.flows.matching.Matcher.Payment;
import dev.sverka.flows.matching.Subsets.Count;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The search for sets of a sum against trying all of them, its bound, and what its answers mean for a decision. */
class SubsetsTest {

    @Test
    void bothWaysOfSearchingAgreeWithTryingAllSetsInTenThousandSmallCases() {
        Random dice = new Random(5);
        int[] seen = new int[3];
        for (int n = 0; n < 10_000; n++) {
            int most = 2 + dice.nextInt(60);
            long[] amounts = LongStream.generate(() -> 1 + dice.nextInt(most)).limit(dice.nextInt(13)).toArray();
            long sum = 1 + dice.nextInt(most * 3);
            long sets = bruteForce(amounts, sum);
            Count right = sets == 0 ? Count.NONE : sets == 1 ? Count.ONE : Count.MORE;
            seen[right.ordinal()]++;
            for (Subsets found : List.of(Subsets.of(amounts, sum), Subsets.of(amounts, sum, 0, Integer.MAX_VALUE))) {
                assertThat(found.count()).as("%s of %s", sum, amounts).isEqualTo(right);
                assertThat(found.sets()).hasSize((int) Math.min(2, sets)).doesNotHaveDuplicates()
                        .allSatisfy(set -> assertThat(set.stream().mapToLong(i -> amounts[i]).sum()).isEqualTo(sum))
                        .allSatisfy(set -> assertThat(set).doesNotHaveDuplicates());
            }
        }
        assertThat(seen).as("cases of each answer").satisfies(all -> assertThat(all[0]).isGreaterThan(500))
                .satisfies(all -> assertThat(all[1]).isGreaterThan(500))
                .satisfies(all -> assertThat(all[2]).isGreaterThan(500));
    }

    private static long bruteForce(long[] amounts, long sum) {
        long sets = 0;
        for (int mask = 1; mask < 1 << amounts.length; mask++) {
            long all = 0;
            for (int i = 0; i < amounts.length; i++) {
                all += (mask >> i & 1) * amounts[i];
            }
            sets += all == sum ? 1 : 0;
        }
        return sets;
    }

    @Test
    void whereTheStepsRunOutNothingIsSaidUnlessTwoSetsWereFoundBefore() {
        long[] even = LongStream.range(0, 200).map(i -> 1_000_000 + 2 * i).toArray();
        assertThat(Subsets.of(even, 50_000_001).count()).as("no set, but that takes too long").isEqualTo(Count.UNKNOWN);
        assertThat(Subsets.of(even, 50_000_001).sets()).isEmpty();
        assertThat(Subsets.of(new long[300], 5).count()).isEqualTo(Count.NONE);
        long[] equal = LongStream.generate(() -> 100).limit(1_000).toArray();
        assertThat(Subsets.of(equal, 700).count()).isEqualTo(Count.MORE);
        long[] large = LongStream.range(0, 1_000).map(i -> 10_000 + i).toArray();
        assertThat(Subsets.of(large, 10_500).count()).as("one alone, the others are too large for two")
                .isEqualTo(Count.ONE);
        assertThat(Subsets.of(large, 10_500).isOnly(500)).isTrue();
    }

    private static String decided(long sum, Payment... payments) {
        return MatcherTable.told(MatcherTable.decide(sum, "Оплата за услуги", payments));
    }

    private static Payment open(long id, long amount) {
        return MatcherTable.invoice(id, "М-" + id, amount);
    }

    @Test
    void whereNothingIsNamedASecondSetThatGivesTheSumAsks() {
        Payment ten = open(10, 100_00);
        assertThat(decided(100_00, ten, open(11, 60_00), open(12, 50_00))).isEqualTo("10=100.00");
        assertThat(decided(100_00, ten, open(11, 60_00), open(12, 40_00))).isEqualTo("?");
        Payment[] many = java.util.stream.IntStream.range(0, 200).mapToObj(i -> open(100 + i, 1_00 + 2 * i))
                .toArray(Payment[]::new);
        assertThat(decided(300_00, many)).as("several sets").isEqualTo("?");
        many[0] = open(99, 300_01);
        assertThat(decided(300_01, many)).as("too many to say").isEqualTo("?");
    }

    @Test
    void aPersonSeesTheSetThatGivesTheSumFirst() {
        Review one = (Review) MatcherTable.decide(90_00, "Оплата за услуги", open(10, 1_000_00), open(11, 60_00),
                open(12, 31_00), open(13, 30_00));
        assertThat(one.why()).contains("ровно один набор");
        assertThat(one.candidates().subList(0, 2)).extracting(Matcher.Candidate::payment).containsExactly(11L, 13L);
        assertThat(one.candidates().get(0).reasonsFor()).contains("входит в набор, который даёт сумму");
        Review two = (Review) MatcherTable.decide(90_00, "Оплата счетов за услуги", open(11, 60_00), open(12, 31_00),
                open(13, 30_00), open(14, 59_00));
        assertThat(two.why()).contains("несколько наборов");
        Review none = (Review) MatcherTable.decide(90_00, "Оплата за услуги", open(11, 60_00), open(12, 31_00));
        assertThat(none.why()).contains("ни один набор");
    }
}
