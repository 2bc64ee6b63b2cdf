package dev.sverka.vendors.fintablo;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of value stands in our bodies and at the vendor (fintablo.md section 6).
 *
 * @param ours reads whatever the vendor or a route may write
 * @param theirs writes what {@code ours} gave
 * @param fields of a row, for a list of rows
 */
record FinTabloKind(UnaryOperator<Object> ours, UnaryOperator<Object> theirs, Map<String, FinTabloKind> fields) {

    /** In which the vendor counts days. */
    static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");
    private static final DateTimeFormatter DAY_FORM = DateTimeFormatter.ofPattern("dd.MM.uuuu")
            .withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter MONTH_FORM = DateTimeFormatter.ofPattern("MM.uuuu");
    private static final Set<String> YES = Set.of("1", "true");
    private static final Set<String> NO = Set.of("0", "false");

    static final FinTabloKind TEXT = scalar(Object::toString, text -> text);
    static final FinTabloKind ID = scalar(value -> Long.valueOf(value.toString()), id -> id);
    static final FinTabloKind COUNT = scalar(FinTabloKind::number, number -> number);
    /** Roubles and kopecks. */
    static final FinTabloKind SUM = scalar(COUNT.ours, FinTabloKind::kopecks);
    /** Per cent: a sum written here by mistake is caught (section 6 tells of three meanings of {@code nds}). */
    static final FinTabloKind RATE = scalar(COUNT.ours, FinTabloKind::percent);
    static final FinTabloKind FLAG = scalar(FinTabloKind::flag, flag -> flag);
    static final FinTabloKind SWITCH = scalar(value -> FinTabloKind.flag(value).equals(1), on -> on);
    static final FinTabloKind DAY = scalar(FinTabloKind::day, day -> DAY_FORM.format((LocalDate) day));
    /** {@code 11.2026}: no day, so it stays the vendor's text. */
    static final FinTabloKind MONTH = scalar(FinTabloKind::month, month -> month);
    static final FinTabloKind MOMENT = scalar(FinTabloKind::moment, moment -> ((Instant) moment).getEpochSecond());
    /** A tax number: as a number it has lost its leading zero. */
    static final FinTabloKind INN = scalar(FinTabloKind::inn, inn -> inn);

    private static FinTabloKind scalar(UnaryOperator<Object> ours, UnaryOperator<Object> theirs) {
        return new FinTabloKind(ours, theirs, Map.of());
    }

    /** A list of rows. */
    static FinTabloKind rows(Map<String, FinTabloKind> fields) {
        return new FinTabloKind(list -> rowsOf(list).stream().map(row -> read(fields, row)).toList(),
                list -> rowsOf(list).stream().map(row -> write(fields, row)).toList(), fields);
    }

    private static List<Map<?, ?>> rowsOf(Object list) {
        if (list instanceof Collection<?> rows && rows.stream().allMatch(Map.class::isInstance)) {
            return rows.stream().<Map<?, ?>>map(row -> (Map<?, ?>) row).toList();
        }
        throw new IllegalArgumentException("a list of rows with named values is needed");
    }

    /** An object as the vendor gives it. Nothing and absent are the same; what is unknown or unreadable stays. */
    static Map<String, Object> read(Map<String, FinTabloKind> fields, Map<?, ?> raw) {
        Map<String, Object> read = new LinkedHashMap<>();
        raw.forEach((key, value) -> {
            if (value != null) {
                read.put(key.toString(), lenient(fields.get(key.toString()), value));
            }
        });
        return read;
    }

    private static Object lenient(@Nullable FinTabloKind kind, Object value) {
        try {
            return kind == null ? value : kind.ours.apply(value);
        } catch (RuntimeException unreadable) {
            return value;
        }
    }

    /**
     * An object as the vendor takes it.
     *
     * @throws IllegalArgumentException naming the field that is unknown or cannot be written
     */
    static Map<String, Object> write(Map<String, FinTabloKind> fields, Map<?, ?> values) {
        Map<String, Object> written = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            FinTabloKind kind = fields.get(key.toString());
            if (kind == null) {
                throw new IllegalArgumentException("unknown field '" + key + "'; there are "
                        + String.join(", ", new TreeSet<>(fields.keySet())));
            }
            try {
                written.put(key.toString(), value == null ? null : kind.theirs.apply(kind.ours.apply(value)));
            } catch (RuntimeException unfit) {
                throw new IllegalArgumentException(key + " '" + value + "': " + unfit.getMessage(), unfit);
            }
        });
        return written;
    }

    /** The known fields alone, in one order and spelling: equal for objects that say the same. */
    static Map<String, Object> canonical(Map<String, FinTabloKind> fields, Map<?, ?> item) {
        Map<String, Object> canonical = new TreeMap<>();
        fields.forEach((key, kind) -> {
            Object value = item.get(key);
            if (value != null) {
                canonical.put(key, kind.canonical(lenient(kind, value)));
            }
        });
        return canonical;
    }

    /** One value of this kind in one spelling, for comparing. */
    Object canonical(Object value) {
        if (!fields.isEmpty() && value instanceof Collection<?>) {
            return rowsOf(value).stream().map(row -> canonical(fields, row)).toList();
        }
        return value instanceof BigDecimal number ? number.stripTrailingZeros().toPlainString() : value;
    }

    /** Whether two values, either of which may be absent, say the same. An empty text is an absent one. */
    boolean isSame(@Nullable Object left, @Nullable Object right) {
        return Objects.equals(comparable(left), comparable(right));
    }

    private @Nullable Object comparable(@Nullable Object value) {
        if (value == null || value.equals("") || value instanceof Collection<?> none && none.isEmpty()) {
            // a flag that is missing is not set (section 8.6)
            return this == FLAG ? Integer.valueOf(0) : null;
        }
        return canonical(lenient(this, value));
    }

    private static Object number(Object value) {
        BigDecimal number = new BigDecimal(value.toString()).stripTrailingZeros();
        return number.scale() < 0 ? number.setScale(0) : number;
    }

    private static Object kopecks(Object sum) {
        if (((BigDecimal) sum).scale() > 2) {
            throw new IllegalArgumentException("a sum has at most two decimals");
        }
        return sum;
    }

    private static Object percent(Object rate) {
        BigDecimal percent = (BigDecimal) rate;
        if (percent.scale() > 0 || percent.signum() < 0 || percent.compareTo(BigDecimal.valueOf(100)) > 0) {
            throw new IllegalArgumentException("nds of an operation is the rate in per cent, not the sum");
        }
        return percent;
    }

    private static Object flag(Object value) {
        String text = value.toString();
        if (!YES.contains(text) && !NO.contains(text)) {
            throw new IllegalArgumentException("0 or 1 is needed");
        }
        return YES.contains(text) ? 1 : 0;
    }

    /** A time of day behind the date, which some answers have, is left out. */
    private static Object day(Object value) {
        if (value instanceof Instant moment) {
            return LocalDate.ofInstant(moment, MOSCOW);
        }
        String text = value.toString();
        return text.matches("\\d\\d\\..*") ? LocalDate.parse(text.substring(0, Math.min(10, text.length())), DAY_FORM)
                : LocalDate.parse(text);
    }

    private static Object month(Object value) {
        String text = value.toString();
        if (text.matches("\\d\\d\\.\\d{4}")) {
            return MONTH_FORM.format(YearMonth.parse(text, MONTH_FORM));
        }
        return MONTH_FORM.format(text.length() == 7 ? YearMonth.parse(text) : YearMonth.from(LocalDate.parse(text)));
    }

    private static Object moment(Object value) {
        String text = value.toString();
        return text.matches("-?\\d+") ? Instant.ofEpochSecond(Long.parseLong(text)) : Instant.parse(text);
    }

    private static Object inn(Object value) {
        String digits = value.toString().replaceAll("\\D", "");
        return value instanceof Number && (digits.length() == 9 || digits.length() == 11) ? "0" + digits : digits;
    }
}
