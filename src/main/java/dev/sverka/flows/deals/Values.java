package dev.sverka.flows.deals;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values of items between portal, journal and FinTablo, in the one spelling in which they can be compared. */
final class Values {

    /** What a stage means at which an item has come to its good end. */
    static final String SUCCESS = "success";
    private static final String FAILURE = "failure";
    private static final String RUBLES = "RUB";

    private Values() {
    }

    /** Sums with two decimals, days as ISO 8601, ids as digits; a marker at the end of a text is not part of it. */
    static String canonical(Object value) {
        if (value instanceof BigDecimal || value instanceof Double) {
            return sum(value).toPlainString();
        }
        return value.toString().replaceFirst("\\s*sverka:\\S+$", "").strip();
    }

    /**
     * What an object of FinTablo's holds of what is wanted, as {@link #canonical}; what it does not hold is absent. An
     * answer that shows nothing but an id, as a dry run's, is believed.
     */
    static Map<String, String> held(@Nullable Map<String, Object> item, Map<String, String> wanted) {
        Map<String, String> held = new LinkedHashMap<>();
        wanted.keySet().forEach(key -> {
            if (item != null && item.get(key) != null) {
                held.put(key, canonical(item.get(key)));
            }
        });
        return held.isEmpty() ? wanted : held;
    }

    /** Two decimals. @throws ArithmeticException for parts of a kopeck */
    static BigDecimal sum(Object value) {
        return new BigDecimal(value.toString()).setScale(2, RoundingMode.UNNECESSARY);
    }

    /** The portal rounds to kopecks only where people type; formulas may bring more. */
    static BigDecimal kopecks(@Nullable Object value) {
        return value == null ? BigDecimal.ZERO : new BigDecimal(value.toString()).setScale(2, RoundingMode.HALF_UP);
    }

    static @Nullable Long id(@Nullable Object value) {
        return value == null ? null : Long.valueOf(value.toString());
    }

    static @Nullable String text(@Nullable Object value) {
        return value == null || value.toString().isBlank() ? null : value.toString().strip();
    }

    static @Nullable LocalDate day(@Nullable Object value) {
        return value == null ? null : LocalDate.parse(value.toString());
    }

    /** Whether an item stands at a stage of success or failure. */
    static boolean isOver(Map<String, Object> item) {
        return SUCCESS.equals(item.get("semantics")) || FAILURE.equals(item.get("semantics"));
    }

    static String currency(Map<String, Object> item) {
        return Optional.ofNullable(text(item.get("currency"))).orElse(RUBLES);
    }

    /** The rate in per cent of «20 %» or «Без НДС»; null where none is said. */
    static @Nullable Integer vatRate(@Nullable Object said) {
        String text = text(said);
        if (text == null) {
            return null;
        }
        String digits = text.replaceAll("\\D", "");
        return digits.isEmpty() ? Integer.valueOf(0) : Integer.valueOf(digits);
    }

    /** The rate in per cent that a sum without VAT and its VAT have; null where there is nothing to tell it by. */
    static @Nullable Integer vatRate(@Nullable String net, @Nullable String vat) {
        if (net == null || vat == null || new BigDecimal(net).signum() == 0) {
            return null;
        }
        return new BigDecimal(vat).multiply(BigDecimal.valueOf(100)).divide(new BigDecimal(net), 0,
                RoundingMode.HALF_UP).intValueExact();
    }

    /** The VAT inside an amount, half a kopeck up. */
    static BigDecimal vat(BigDecimal amount, int rate) {
        return amount.multiply(BigDecimal.valueOf(rate)).divide(BigDecimal.valueOf(100L + rate), 2,
                RoundingMode.HALF_UP);
    }
}
