package dev.sverka.flows.books;

import dev.sverka.flows.books.BookPlaces.Place;
import dev.sverka.flows.payments.SettledOperations.Part;
import dev.sverka.flows.payments.SettledOperations.Settled;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where a part of an operation belongs in FinTablo; an operation with one line is not split. Amount in kopecks, the rest
 * FinTablo's ids; null is not named.
 */
record BookLine(long amount, @Nullable Long category, @Nullable Long direction, @Nullable Long deal,
        @Nullable Long partner) {

    /**
     * The lines of an operation: payments that belong alike are one, what no payment holds is a line of its own.
     *
     * @param places where a payment's money belongs
     * @return empty where nothing is to stand there: not settled, or of a kind that is not mapped
     */
    static List<BookLine> of(Settled one, FinTabloIds ids, Function<Part, Place> places,
            @Nullable Long partner) {
        if (!one.isSettled()) {
            return List.of();
        }
        if (one.parts().isEmpty()) {
            Long category = one.kind() == null ? null : ids.categories().get(one.kind());
            return category == null ? List.of() : List.of(new BookLine(one.amount(), category, null, null, partner));
        }
        Map<BookLine, Long> sums = new LinkedHashMap<>();
        long rest = one.amount();
        for (Part part : one.parts()) {
            Place place = places.apply(part);
            BookLine alike = new BookLine(0, ids.category(part.article(), one.incoming()), place.direction(),
                    place.deal(), partner);
            sums.merge(alike, part.amount(), Long::sum);
            rest -= part.amount();
        }
        List<BookLine> lines = new ArrayList<>();
        sums.forEach((line, sum) -> lines.add(line.of(sum)));
        if (rest < 0) {
            return net(lines, one.amount());
        }
        if (rest > 0) {
            lines.add(new BookLine(rest, ids.category(null, one.incoming()), null, null, partner));
        }
        return lines;
    }

    private BookLine of(long sum) {
        return new BookLine(sum, category, direction, deal, partner);
    }

    /** What the bank has kept of a register of card money is borne by its lines, by their sums; the last has the rest. */
    private static List<BookLine> net(List<BookLine> gross, long amount) {
        BigInteger all = BigInteger.valueOf(gross.stream().mapToLong(BookLine::amount).sum());
        List<BookLine> lines = new ArrayList<>();
        long left = amount;
        for (BookLine line : gross.subList(0, gross.size() - 1)) {
            long share = BigInteger.valueOf(line.amount).multiply(BigInteger.valueOf(amount)).divide(all).longValue();
            lines.add(line.of(share));
            left -= share;
        }
        lines.add(gross.get(gross.size() - 1).of(left));
        return lines.stream().filter(line -> line.amount > 0).toList();
    }

    /** By FinTablo's names of fields; what is not named is left out. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        put(fields, "categoryId", category);
        put(fields, "directionId", direction);
        put(fields, "dealId", deal);
        put(fields, "partnerId", partner);
        return fields;
    }

    /** As a part of a split operation; what FinTablo imported may have no partner to give to its parts. */
    Map<String, Object> part() {
        Map<String, Object> part = fields();
        part.put("value", BigDecimal.valueOf(amount, 2));
        return part;
    }

    private static void put(Map<String, Object> fields, String key, @Nullable Long id) {
        if (id != null) {
            fields.put(key, id);
        }
    }
}
