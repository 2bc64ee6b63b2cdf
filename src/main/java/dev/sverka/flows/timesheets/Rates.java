package dev.sverka.flows.timesheets;

import dev.sverka.core.state.Declared;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code mappings/rates.yaml}: what an hour costs, and how minutes are rounded. Immutable.
 *
 * @param excluded whether VAT comes on top of the rates
 * @param rounding by deal; {@code null} for all others
 * @param roles by e-mail in small letters
 */
record Rates(boolean excluded, Map<String, Rounding> rounding, Map<String, String> roles, List<Rate> rates) {

    static final Rates NONE = new Rates(false, Map.of(), Map.of(), List.of());
    private static final String ALL = "default";
    private static final long HOUR = 60;

    /** @param to whole minutes @param mode up, down or nearest */
    record Rounding(long to, String mode) {

        long minutes(long minutes) {
            RoundingMode how = switch (mode) {
                case "up" -> RoundingMode.UP;
                case "down" -> RoundingMode.DOWN;
                default -> RoundingMode.HALF_UP;
            };
            return BigDecimal.valueOf(minutes).divide(BigDecimal.valueOf(to), 0, how).longValueExact() * to;
        }
    }

    /** The first that fits holds. @param kopecks an hour; what is null fits anything, days are included */
    record Rate(long kopecks, @Nullable String person, @Nullable String role, @Nullable String project,
            @Nullable LocalDate from, @Nullable LocalDate to) {
    }

    static Rates read(Map<String, Object> content, Declared.Lines lines) {
        Map<String, Rounding> rounding = new HashMap<>();
        map(content.get("rounding")).forEach((deal, rule) -> rounding.put(deal, new Rounding(
                ((Number) map(rule).getOrDefault("minutes", 1)).longValue(),
                String.valueOf(map(rule).getOrDefault("mode", "nearest")))));
        Map<String, String> roles = new HashMap<>();
        map(content.get("roles")).forEach((person, role) -> roles.put(person.toLowerCase(Locale.ROOT),
                String.valueOf(role)));
        List<Rate> rates = new ArrayList<>();
        if (content.get("rates") instanceof List<?> rows) {
            rows.forEach(row -> rates.add(rate(map(row))));
        }
        return new Rates("excluded".equals(content.get("vat")), Map.copyOf(rounding), Map.copyOf(roles),
                List.copyOf(rates));
    }

    private static Rate rate(Map<String, Object> row) {
        String person = text(row, "person");
        return new Rate(new BigDecimal(String.valueOf(row.get("rate"))).movePointRight(2).longValueExact(),
                person == null ? null : person.toLowerCase(Locale.ROOT), text(row, "role"), text(row, "project"),
                day(row, "from"), day(row, "to"));
    }

    private static @Nullable String text(Map<String, Object> row, String key) {
        return row.get(key) == null ? null : String.valueOf(row.get(key));
    }

    private static @Nullable LocalDate day(Map<String, Object> row, String key) {
        return row.get(key) == null ? null : LocalDate.parse(String.valueOf(row.get(key)));
    }

    private static Map<String, Object> map(@Nullable Object value) {
        Map<String, Object> map = new HashMap<>();
        if (value instanceof Map<?, ?> any) {
            any.forEach((key, one) -> map.put(String.valueOf(key), one));
        }
        return map;
    }

    /** Kopecks an hour; 0 where nobody has said. @param deal the portal's id; null for none */
    long of(@Nullable String email, @Nullable Long deal, LocalDate day) {
        String person = Objects.toString(email, "").toLowerCase(Locale.ROOT);
        return rates.stream().filter(rate -> rate.person() == null || rate.person().equals(person))
                .filter(rate -> rate.role() == null || rate.role().equals(roles.get(person)))
                .filter(rate -> rate.project() == null || rate.project().equals(String.valueOf(deal)))
                .filter(rate -> rate.from() == null || !day.isBefore(rate.from()))
                .filter(rate -> rate.to() == null || !day.isAfter(rate.to())).mapToLong(Rate::kopecks).findFirst()
                .orElse(0);
    }

    long minutes(long minutes, @Nullable Long deal) {
        Rounding rule = rounding.getOrDefault(String.valueOf(deal), rounding.get(ALL));
        return rule == null ? minutes : rule.minutes(minutes);
    }

    /** Kopecks, half up. */
    static long amount(long minutes, long rate) {
        return BigDecimal.valueOf(minutes).multiply(BigDecimal.valueOf(rate)).divide(BigDecimal.valueOf(HOUR), 0,
                RoundingMode.HALF_UP).longValueExact();
    }
}
