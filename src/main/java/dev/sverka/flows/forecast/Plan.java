package dev.sverka.flows.forecast;

import dev.sverka.flows.forecast.Forecast.Aside;
import dev.sverka.flows.forecast.Forecast.Band;
import dev.sverka.flows.forecast.Forecast.Day;
import dev.sverka.flows.forecast.Forecast.Item;
import dev.sverka.flows.forecast.Forecast.Line;
import dev.sverka.flows.forecast.Forecast.Week;
import dev.sverka.flows.forecast.Habits.Since;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a forecast is made of. The same plan makes the same forecast. */
record Plan(Map<String, Long> balances, List<Move> moves, Habits habits, LocalDate today, int days) {

    /**
     * Money that is planned.
     *
     * @param customer the portal's company; null where the payment names none
     * @param account where it moves; null where that is not known
     * @param amount what is open, kopecks
     */
    record Move(long payment, String title, @Nullable Long customer, @Nullable String account, boolean incoming,
            @Nullable LocalDate due, @Nullable LocalDate invoiced, long amount) {
    }

    /**
     * As planned a payment counts on its due date: a customer's overdue one on no day, an overdue one of ours today, for
     * it may go at any moment. As customers usually pay, theirs count by their habit, overdue ones too.
     */
    Forecast forecast() {
        Map<Long, Habits.Chances> chances = new HashMap<>();
        moves.stream().filter(Move::incoming).forEach(move -> {
            Habits.Chances when = chances(move);
            if (when != null) {
                chances.put(move.payment(), when);
            }
        });
        List<Line> accounts = balances.entrySet().stream().map(one -> line(one.getKey(), one.getValue(),
                moves.stream().filter(move -> one.getKey().equals(move.account())).toList(), chances)).toList();
        Line total = line("", balances.values().stream().mapToLong(Long::longValue).sum(), moves, chances);
        return new Forecast(accounts, total, new Aside(sum(moves.stream().filter(move -> isLate(move)).toList(), true), 0),
                new Aside(undated(true), undated(false)), overdue(chances), weeks(total, chances), habits.payments());
    }

    private Habits.@Nullable Chances chances(Move move) {
        if (move.due() != null && habits.isKnown(Since.DUE)) {
            return habits.chances(move.customer(), Since.DUE, move.due());
        }
        return move.due() == null && move.invoiced() != null && habits.isKnown(Since.INVOICE)
                ? habits.chances(move.customer(), Since.INVOICE, move.invoiced()) : null;
    }

    private boolean isLate(Move move) {
        return move.incoming() && isOverdue(move);
    }

    private boolean isOverdue(Move move) {
        return move.due() != null && move.due().isBefore(today);
    }

    private static long sum(List<Move> moves, boolean incoming) {
        return moves.stream().filter(move -> move.incoming() == incoming).mapToLong(Move::amount).sum();
    }

    private long undated(boolean incoming) {
        return sum(moves.stream().filter(move -> move.due() == null).toList(), incoming);
    }

    private Line line(String account, long balance, List<Move> of, Map<Long, Habits.Chances> chances) {
        Map<LocalDate, long[]> planned = new TreeMap<>();
        of.stream().filter(move -> move.due() != null && !isLate(move)).forEach(move -> planned.computeIfAbsent(
                isOverdue(move) ? today : move.due(), day -> new long[2])[move.incoming() ? 0 : 1] += move.amount());
        List<Day> line = new ArrayList<>();
        long opening = balance;
        for (int n = 0; n < days; n++) {
            long[] moved = planned.getOrDefault(today.plusDays(n), new long[2]);
            Day day = new Day(today.plusDays(n), opening, moved[0], moved[1]);
            line.add(day);
            opening = day.closing();
        }
        return new Line(account, List.copyOf(line), habits.isKnown(Since.DUE) ? bands(balance, line, of, chances)
                : List.of());
    }

    private List<Band> bands(long balance, List<Day> line, List<Move> of, Map<Long, Habits.Chances> chances) {
        Draws draws = new Draws(habits, today, days);
        Map<Long, List<Draws.Payment>> customers = new TreeMap<>();
        of.stream().filter(move -> move.incoming() && chances.containsKey(move.payment()))
                .sorted(Comparator.comparing(Move::payment)).forEach(move -> {
            Draws.Payment payment = new Draws.Payment(move.payment(), move.amount(), chances.get(move.payment()));
            if (move.customer() == null) {
                draws.add(List.of(payment));
            } else {
                customers.computeIfAbsent(move.customer(), customer -> new ArrayList<>()).add(payment);
            }
        });
        customers.values().forEach(draws::add);
        List<Band> bands = new ArrayList<>();
        List<Band> in = draws.sums();
        long rest = balance;
        for (int n = 0; n < days; n++) {
            rest -= line.get(n).out();
            bands.add(in.get(n).plus(rest));
        }
        return List.copyOf(bands);
    }

    private List<Item> overdue(Map<Long, Habits.Chances> chances) {
        return moves.stream().filter(this::isOverdue).sorted(Comparator.comparing(Move::due).thenComparing(Move::payment))
                .map(move -> item(move, chances)).toList();
    }

    private static Item item(Move move, Map<Long, Habits.Chances> chances) {
        Habits.Chances when = chances.get(move.payment());
        return new Item(move.payment(), move.title(), move.incoming(), move.due(), move.amount(),
                when == null ? null : when.likely());
    }

    private List<Week> weeks(Line total, Map<Long, Habits.Chances> chances) {
        List<Week> weeks = new ArrayList<>();
        int from = 0;
        for (int n = 0; n < days; n++) {
            if (n == days - 1 || total.days().get(n).date().getDayOfWeek() == DayOfWeek.SUNDAY) {
                weeks.add(week(total, from, n, chances));
                from = n + 1;
            }
        }
        return List.copyOf(weeks);
    }

    private Week week(Line total, int first, int last, Map<Long, Habits.Chances> chances) {
        List<Day> of = total.days().subList(first, last + 1);
        LocalDate from = of.get(0).date();
        LocalDate to = total.days().get(last).date();
        List<Item> items = moves.stream().filter(move -> move.due() != null && !move.due().isBefore(from)
                        && !move.due().isAfter(to))
                .sorted(Comparator.comparing(Move::amount).reversed().thenComparing(Move::payment))
                .map(move -> item(move, chances)).toList();
        return new Week(from, to, of.get(0).opening(), of.stream().mapToLong(Day::in).sum(),
                of.stream().mapToLong(Day::out).sum(), total.days().get(last).closing(),
                total.bands().isEmpty() ? null : total.bands().get(last), items);
    }
}
