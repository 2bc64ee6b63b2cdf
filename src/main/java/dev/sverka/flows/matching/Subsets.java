package dev.sverka.flows.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which sets of amounts add up to a sum, with a bound on the work and a certificate: none at all, exactly one, more
 * than one (two of them are shown), or too many to say. Up to {@link #CERTAIN} amounts the answer is always certain:
 * the sums of one half are looked up among those of the other. Beyond, sets are tried one by one, and two that were
 * found are certain too; where the steps run out before that, nothing is said.
 */
record Subsets(Count count, List<List<Integer>> sets) {

    enum Count { NONE, ONE, MORE, UNKNOWN }

    /** So many amounts are looked through completely: twice two to the power of half of them. */
    static final int CERTAIN = 24;
    /** So many amounts are tried beyond that. */
    private static final int STEPS = 50_000;

    /**
     * @param amounts positive; larger ones than the sum are no part of it
     * @return sets as places in {@code amounts}, at most two
     */
    static Subsets of(long[] amounts, long sum) {
        return of(amounts, sum, CERTAIN, STEPS);
    }

    static Subsets of(long[] amounts, long sum, int certain, int steps) {
        Integer[] places = java.util.stream.IntStream.range(0, amounts.length)
                .filter(i -> amounts[i] > 0 && amounts[i] <= sum).boxed()
                .sorted((one, other) -> Long.compare(amounts[other], amounts[one])).toArray(Integer[]::new);
        long[] sorted = Arrays.stream(places).mapToLong(i -> amounts[i]).toArray();
        Search search = new Search(sorted, sum, steps);
        if (sorted.length <= certain) {
            search.halves();
        } else {
            search.from(0, sum, new ArrayList<>());
        }
        List<List<Integer>> sets = search.found.stream()
                .map(set -> set.stream().map(i -> places[i]).sorted().toList()).toList();
        Count count = sets.size() > 1 ? Count.MORE : search.steps < 0 ? Count.UNKNOWN
                : sets.isEmpty() ? Count.NONE : Count.ONE;
        return new Subsets(count, count == Count.UNKNOWN ? List.of() : sets);
    }

    /** Whether the sum is this one amount and nothing else. */
    boolean isOnly(int place) {
        return count == Count.ONE && sets.get(0).equals(List.of(place));
    }

    /** One search; it ends with the second set. */
    private static final class Search {

        private final long[] amounts;
        private final long sum;
        /** What all amounts from a place on make together. */
        private final long[] rest;
        private final List<List<Integer>> found = new ArrayList<>();
        private int steps;

        /** @param amounts the largest first */
        Search(long[] amounts, long sum, int steps) {
            this.amounts = amounts;
            this.sum = sum;
            this.steps = steps;
            this.rest = new long[amounts.length + 1];
            for (int i = amounts.length - 1; i >= 0; i--) {
                rest[i] = Math.addExact(rest[i + 1], amounts[i]);
            }
        }

        void from(int at, long left, List<Integer> taken) {
            if (left == 0) {
                found.add(List.copyOf(taken));
                return;
            }
            for (int i = fitting(at, left); i < amounts.length && rest[i] >= left && found.size() < 2 && steps >= 0;
                    i++) {
                steps--;
                taken.add(i);
                from(i + 1, left - amounts[i], taken);
                taken.remove(taken.size() - 1);
            }
        }

        /** The first amount from a place on that is no larger than what is left. */
        private int fitting(int at, long left) {
            int low = at;
            int high = amounts.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                low = amounts[middle] > left ? middle + 1 : low;
                high = amounts[middle] > left ? high : middle;
            }
            return low;
        }

        /** Sums of each half; what the first lacks is looked up in the second. */
        void halves() {
            int half = amounts.length / 2;
            long[] first = sums(0, half);
            long[] second = sums(half, amounts.length);
            long[] sorted = second.clone();
            Arrays.sort(sorted);
            for (int mask = 0; mask < first.length && found.size() < 2; mask++) {
                long lacks = sum - first[mask];
                if (lacks >= 0 && Arrays.binarySearch(sorted, lacks) >= 0) {
                    for (int other = 0; other < second.length && found.size() < 2; other++) {
                        if (second[other] == lacks && (mask | other) != 0) {
                            found.add(places(mask, other, half));
                        }
                    }
                }
            }
        }

        private long[] sums(int from, int to) {
            long[] sums = new long[1 << (to - from)];
            for (int mask = 1; mask < sums.length; mask++) {
                int lowest = Integer.numberOfTrailingZeros(mask);
                sums[mask] = sums[mask & (mask - 1)] + amounts[from + lowest];
            }
            return sums;
        }

        private static List<Integer> places(int mask, int other, int half) {
            List<Integer> places = new ArrayList<>();
            for (int bit = 0; bit < Integer.SIZE; bit++) {
                if ((mask >> bit & 1) == 1) {
                    places.add(bit);
                }
                if ((other >> bit & 1) == 1) {
                    places.add(half + bit);
                }
            }
            return places;
        }
    }
}
