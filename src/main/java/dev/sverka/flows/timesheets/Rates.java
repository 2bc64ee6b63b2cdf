package dev.sverka.flows.timesheets;

import dev.sverka.core.state.Declared;
import dev.sverka.core.state.ProblemException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code mappings/rates.yaml}: what an hour is billed at and costs us, and how minutes are rounded. Immutable.
 *
 * @param excluded whether VAT comes on top of the rates
 * @param rounding by deal; {@code default} for all others
 * @param clients rounding by company, after that of the deal
 * @param roles by e-mail in small letters
 * @param costs what an hour costs us
 */
record Rates(boolean excluded, Map<String, Rounding> rounding, Map<String, Rounding> clients,
        Map<String, String> roles, List<Rate> rates, List<Rate> costs) {

    static final Rates NONE = new Rates(false, Map.of(), Map.of(), Map.of(), List.of(), List.of());
    private static final String ALL = "default";
    private static final long HOUR = 60;

    /** @param to whole minutes @param mode up, down or nearest */
    record Rounding(long to, String mode) {

        static final Rounding NONE = new Rounding(1, "nearest");

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

    /** @throws ProblemException where a day is none, or a role has nobody */
    static Rates read(Map<String, Object> content, Declared.@Nullable Lines lines) {
        Map<String, String> roles = new HashMap<>();
        map(content.get("roles")).forEach((person, role) -> roles.put(person.toLowerCase(Locale.ROOT),
                String.valueOf(role)));
        return new Rates("excluded".equals(content.get("vat")), roundings(content.get("rounding")),
                roundings(content.get("clients")), Map.copyOf(roles), rates(content, "rates", roles, lines),
                rates(content, "costs", roles, lines));
    }

    private static Map<String, Rounding> roundings(@Nullable Object value) {
        Map<String, Rounding> rounding = new HashMap<>();
        map(value).forEach((whose, rule) -> rounding.put(whose, new Rounding(
                ((Number) map(rule).getOrDefault("minutes", 1)).longValue(),
                String.valueOf(map(rule).getOrDefault("mode", "nearest")))));
        return Map.copyOf(rounding);
    }

    private static List<Rate> rates(Map<String, Object> content, String key, Map<String, String> roles,
            Declared.@Nullable Lines lines) {
        List<Rate> rates = new ArrayList<>();
        List<?> rows = content.get(key) instanceof List<?> all ? all : List.of();
        for (int n = 0; n < rows.size(); n++) {
            Map<String, Object> row = map(rows.get(n));
            String role = text(row, "role");
            if (role != null && !roles.containsValue(role)) {
                throw fault(lines, "nobody has the role '" + role + "'", "name who has it under roles:, by e-mail", key,
                        n, "role");
            }
            LocalDate from = day(row, lines, key, n, "from");
            LocalDate to = day(row, lines, key, n, "to");
            if (from != null && to != null && to.isBefore(from)) {
                throw fault(lines, "the last day " + to + " is before the first, " + from, "put them the other way round",
                        key, n, "to");
            }
            String person = text(row, "person");
            rates.add(new Rate(new BigDecimal(String.valueOf(row.get("rate"))).movePointRight(2).longValueExact(),
                    person == null ? null : person.toLowerCase(Locale.ROOT), role, text(row, "project"), from, to));
        }
        return List.copyOf(rates);
    }

    private static @Nullable LocalDate day(Map<String, Object> row, Declared.@Nullable Lines lines, String list, int n,
            String key) {
        String day = text(row, key);
        try {
            return day == null ? null : LocalDate.parse(day);
        } catch (DateTimeParseException none) {
            throw fault(lines, "'" + day + "' is no day", "write it like 2026-11-01", list, n, key);
        }
    }

    private static RuntimeException fault(Declared.@Nullable Lines lines, String problem, String cure, Object... path) {
        return lines == null ? new IllegalArgumentException(problem + "; " + cure)
                : new ProblemException(lines.problem(problem, cure, path));
    }

    private static @Nullable String text(Map<String, Object> row, String key) {
        return row.get(key) == null ? null : String.valueOf(row.get(key));
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
        return first(rates, email, deal, day);
    }

    /** Kopecks that an hour costs us; 0 where nobody has said. */
    long cost(@Nullable String email, @Nullable Long deal, LocalDate day) {
        return first(costs, email, deal, day);
    }

    private long first(List<Rate> all, @Nullable String email, @Nullable Long deal, LocalDate day) {
        String person = Objects.toString(email, "").toLowerCase(Locale.ROOT);
        return all.stream().filter(rate -> rate.person() == null || rate.person().equals(person))
                .filter(rate -> rate.role() == null || rate.role().equals(roles.get(person)))
                .filter(rate -> rate.project() == null || rate.project().equals(String.valueOf(deal)))
                .filter(rate -> rate.from() == null || !day.isBefore(rate.from()))
                .filter(rate -> rate.to() == null || !day.isAfter(rate.to())).mapToLong(Rate::kopecks).findFirst()
                .orElse(0);
    }

    /** How an entry's minutes are rounded: by the deal, else by the client, else by what holds for all. */
    Rounding rounding(@Nullable Long deal, @Nullable Long client) {
        return rounding.getOrDefault(String.valueOf(deal), clients.getOrDefault(String.valueOf(client),
                rounding.getOrDefault(ALL, Rounding.NONE)));
    }

    /** Kopecks, half up. */
    static long amount(long minutes, long rate) {
        return BigDecimal.valueOf(minutes).multiply(BigDecimal.valueOf(rate)).divide(BigDecimal.valueOf(HOUR), 0,
                RoundingMode.HALF_UP).longValueExact();
    }
}
