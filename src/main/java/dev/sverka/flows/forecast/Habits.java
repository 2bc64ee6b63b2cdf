package dev.sverka.flows.forecast;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How late customers pay, in working days, learned from their settled payments. A customer's own payments count beside
 * all customers' habit, which has the weight of {@value #LEAN} payments: it decides where there are few, and hardly
 * matters where there are many. A few payments tell little of what is rare, and a customer's payments share its fate: how
 * sure a habit is goes with it.
 */
final class Habits {

    /** Fewer settled payments than this are no habit. */
    static final int LEAST = 20;

    private static final int LEAN = 10;
    private static final int EARLIEST = -60;
    private static final int LATEST = 250;
    /** Habits change: a payment half a year older counts half as much. */
    private static final double HALF_LIFE_DAYS = 180;
    /** Chances are counted in so many parts. */
    private static final double WHOLE = 1L << 40;

    private final WorkingDays days;
    private final LocalDate today;
    private final Map<Since, Lateness> all = new EnumMap<>(Since.class);
    private final Map<Since, Map<Long, Lateness>> own = new EnumMap<>(Since.class);
    private final Map<Since, TreeMap<Integer, Double>> usual = new EnumMap<>(Since.class);
    private final Map<Since, Integer> known = new EnumMap<>(Since.class);

    /** What lateness is counted from. */
    enum Since {
        DUE, INVOICE
    }

    /**
     * A payment whose money has come.
     *
     * @param customer the portal's company; null where the payment names none
     * @param came when the last of its money came
     */
    record Settled(@Nullable Long customer, @Nullable LocalDate due, @Nullable LocalDate invoiced, LocalDate came) {
    }

    /** A payment whose money has not come. */
    record Open(@Nullable Long customer, @Nullable LocalDate due, @Nullable LocalDate invoiced) {
    }

    /**
     * Whose habit it is.
     *
     * @param customer null where nobody's
     * @param from the day that lateness is counted from
     * @param strength from how many payments it is known, those that all customers' habit stands for among them
     */
    record Habit(@Nullable Long customer, LocalDate from, double strength) {
    }

    /**
     * When a payment may come.
     *
     * @param days from the earliest to the latest, none before the present day
     * @param weights summed up to each day
     * @param whole their sum and that of coming later than has ever been seen
     * @param late of each day
     * @param habit what they follow from
     */
    record Chances(List<LocalDate> days, long[] weights, long whole, int[] late, Habit habit) {

        /** The day by which it is as likely to have come as not; null where it is likelier to come on no day at all. */
        @Nullable LocalDate likely() {
            for (int n = 0; n < weights.length; n++) {
                if (2 * weights[n] >= whole) {
                    return days.get(n);
                }
            }
            return null;
        }
    }

    /**
     * Payments by lateness.
     *
     * @param came those that have come
     * @param open those that have not, by how late they are
     */
    private record Lateness(TreeMap<Integer, Double> came, TreeMap<Integer, Double> open) {

        Lateness() {
            this(new TreeMap<>(), new TreeMap<>());
        }

        /**
         * The chance of each lateness. What is open stands for those that come later than it is late by now (Kaplan and
         * Meier): to learn from settled payments alone would be to forget the slowest.
         *
         * @param beyond how many count as coming later than any
         */
        TreeMap<Integer, Double> chances(double beyond) {
            double left = beyond + weight(came) + weight(open);
            double still = 1;
            TreeMap<Integer, Double> chances = new TreeMap<>();
            TreeMap<Integer, Double> both = new TreeMap<>(open);
            both.putAll(came);
            for (int late : both.keySet()) {
                left -= open.getOrDefault(late, 0.0);
                double times = came.getOrDefault(late, 0.0);
                if (times > 0) {
                    double chance = still * Math.min(1, times / Math.max(times, left));
                    chances.put(late, chance);
                    still -= chance;
                    left -= times;
                }
            }
            return chances;
        }

        /** Of how many payments, older ones counting less; no money. */
        private static double weight(TreeMap<Integer, Double> days) {
            return days.values().stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    /** @param today up to when it is known what has come */
    Habits(Collection<Settled> settled, Collection<Open> open, LocalDate today, WorkingDays days) {
        this.days = days;
        this.today = today;
        for (Since since : Since.values()) {
            all.put(since, new Lateness());
            own.put(since, new HashMap<>());
        }
        settled.forEach(one -> {
            known.merge(Since.DUE, one.due() == null ? 0 : 1, Integer::sum);
            known.merge(Since.INVOICE, one.invoiced() == null ? 0 : 1, Integer::sum);
            learn(Since.DUE, one.customer(), one.due(), one.came(), Lateness::came);
            learn(Since.INVOICE, one.customer(), one.invoiced(), one.came(), Lateness::came);
        });
        open.forEach(one -> {
            learn(Since.DUE, one.customer(), one.due(), today, Lateness::open);
            learn(Since.INVOICE, one.customer(), one.invoiced(), today, Lateness::open);
        });
        all.forEach((since, lateness) -> usual.put(since, lateness.chances(1)));
    }

    private void learn(Since since, @Nullable Long customer, @Nullable LocalDate from, LocalDate to,
            Function<Lateness, TreeMap<Integer, Double>> where) {
        if (from == null) {
            return;
        }
        int late = Math.max(EARLIEST, Math.min(LATEST, days.between(from, to)));
        double weight = Math.pow(0.5, Math.max(0, ChronoUnit.DAYS.between(from, today)) / HALF_LIFE_DAYS);
        where.apply(all.get(since)).merge(late, weight, Double::sum);
        if (customer != null) {
            where.apply(own.get(since).computeIfAbsent(customer, one -> new Lateness())).merge(late, weight, Double::sum);
        }
    }

    /** From how many settled payments with a due date it was learned. */
    int payments() {
        return known.getOrDefault(Since.DUE, 0);
    }

    /** Whether enough is known of what counts from there. */
    boolean isKnown(Since since) {
        return known.getOrDefault(since, 0) >= LEAST;
    }

    /**
     * When a payment that has not come yet will; one that is long overdue is not sure to come at all.
     *
     * @param from the day that lateness is counted from
     */
    Chances chances(@Nullable Long customer, Since since, LocalDate from) {
        TreeMap<LocalDate, Double> coming = new TreeMap<>();
        TreeMap<LocalDate, Integer> late = new TreeMap<>();
        double still = 1;
        for (Map.Entry<Integer, Double> one : ofCustomer(customer, since).entrySet()) {
            LocalDate day = days.plus(from, one.getKey());
            still -= one.getValue();
            if (!day.isBefore(today)) {
                coming.merge(day, one.getValue(), Double::sum);
                late.put(day, one.getKey());
            }
        }
        long[] weights = new long[coming.size()];
        long sum = 0;
        int n = 0;
        for (double chance : coming.values()) {
            sum += Math.max(1, Math.round(chance * WHOLE));
            weights[n++] = sum;
        }
        Lateness known = customer == null ? null : own.get(since).get(customer);
        return new Chances(List.copyOf(coming.keySet()), weights, sum + Math.max(1, Math.round(still * WHOLE)),
                late.values().stream().mapToInt(Integer::intValue).toArray(),
                new Habit(customer, from, LEAN + (known == null ? 0 : Lateness.weight(known.came()))));
    }

    /** The day on which a payment comes that is so late. */
    LocalDate day(Habit habit, int late) {
        return days.plus(habit.from(), late);
    }

    private TreeMap<Integer, Double> ofCustomer(@Nullable Long customer, Since since) {
        Lateness own = customer == null ? null : this.own.get(since).get(customer);
        TreeMap<Integer, Double> usual = this.usual.get(since);
        if (own == null) {
            return usual;
        }
        Lateness mixed = new Lateness(new TreeMap<>(), own.open());
        double later = 1;
        for (Map.Entry<Integer, Double> one : usual.entrySet()) {
            mixed.came().put(one.getKey(), LEAN * one.getValue());
            later -= one.getValue();
        }
        own.came().forEach((late, times) -> {
            // a day earlier or later would have been no other habit
            mixed.came().merge(late - 1, times / 4, Double::sum);
            mixed.came().merge(late, times / 2, Double::sum);
            mixed.came().merge(late + 1, times / 4, Double::sum);
        });
        return mixed.chances(LEAN * later);
    }
}
