package dev.sverka.desk.console;

import dev.sverka.flows.payments.OperationPages;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A day of an account in the ledger.
 *
 * @param lines those of the page; the sums are those of the whole day
 * @param boxes what came and went in each box, by its name
 */
record LedgerDay(String account, LocalDate day, List<OperationPages.Line> lines, List<Sums> sums,
        Map<String, List<Sums>> boxes) {

    record Sums(String currency, BigDecimal in, BigDecimal out, long count) {

        private Sums plus(Sums other) {
            return new Sums(currency, in.add(other.in), out.add(other.out), count + other.count);
        }
    }

    private record Key(String account, LocalDate day) {
    }

    static List<LedgerDay> of(List<OperationPages.Line> lines, List<OperationPages.Total> totals) {
        Map<Key, LedgerDay> days = new LinkedHashMap<>();
        lines.forEach(line -> days.computeIfAbsent(new Key(line.account(), line.day()), key -> new LedgerDay(key.account(),
                key.day(), new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>())).lines().add(line));
        totals.forEach(total -> {
            LedgerDay day = days.get(new Key(total.account(), total.day()));
            if (day != null) {
                add(day.sums(), sums(total));
                add(day.boxes().computeIfAbsent(total.box(), box -> new ArrayList<>()), sums(total));
            }
        });
        return List.copyOf(days.values());
    }

    /** All days together, by box; under the empty name all boxes together. */
    static Map<String, List<Sums>> whole(List<OperationPages.Total> totals) {
        Map<String, List<Sums>> whole = new LinkedHashMap<>();
        whole.put("", new ArrayList<>());
        totals.forEach(total -> {
            add(whole.get(""), sums(total));
            add(whole.computeIfAbsent(total.box(), box -> new ArrayList<>()), sums(total));
        });
        return whole;
    }

    private static Sums sums(OperationPages.Total total) {
        return new Sums(total.currency(), total.in(), total.out(), total.count());
    }

    /** One for each currency: sums of two are never added. */
    private static void add(List<Sums> all, Sums more) {
        for (int n = 0; n < all.size(); n++) {
            if (all.get(n).currency().equals(more.currency())) {
                all.set(n, all.get(n).plus(more));
                return;
            }
        }
        all.add(more);
    }
}
