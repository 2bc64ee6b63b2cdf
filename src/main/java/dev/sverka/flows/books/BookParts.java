package dev.sverka.flows.books;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Parts of a split operation, in whatever order and spelling they come. */
final class BookParts {

    private BookParts() {
    }

    static boolean isSame(@Nullable Object some, @Nullable Object others) {
        return some instanceof List<?> one && others instanceof List<?> other && plain(one).equals(plain(other));
    }

    private static List<String> plain(List<?> parts) {
        return parts.stream().map(part -> {
            Map<?, ?> fields = (Map<?, ?>) part;
            TreeMap<String, String> plain = new TreeMap<>();
            Stream.of("categoryId", "directionId", "dealId").forEach(key -> plain.put(key,
                    Objects.toString(fields.get(key), "")));
            plain.put("value", new BigDecimal(String.valueOf(fields.get("value"))).setScale(2).toPlainString());
            return plain.toString();
        }).sorted().toList();
    }
}
