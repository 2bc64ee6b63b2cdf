package dev.sverka.vendors.bitrix24;

import dev.sverka.core.portal.Portal;
import dev.sverka.vendors.bitrix24.Bitrix24Names.FieldName;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One field's value between the portal's spelling and ours, both ways (bitrix24.md sections 6.5 and 12). */
final class Bitrix24Values {

    private Bitrix24Values() {
    }

    /**
     * As we say it: {@code BigDecimal}, {@code Long}, {@code LocalDate}, {@code Instant}, {@code Boolean}, text, a
     * list; null for empty. What cannot be one of them stays the portal's text: whoever needs it finds it odd there,
     * and the row stops no other.
     */
    static @Nullable Object read(FieldName field, JsonNode raw) {
        if (raw.isArray() && (field.field().multiple() || raw.isEmpty())) {
            return raw.isEmpty() && !field.field().multiple() ? null
                    : Bitrix24Client.rows(raw).stream().map(one -> single(field, one)).toList();
        }
        return single(field, raw);
    }

    private static @Nullable Object single(FieldName field, JsonNode raw) {
        if (raw.isMissingNode() || raw.isNull() || (raw.isString() && raw.stringValue().isBlank())) {
            return null;
        }
        try {
            return typed(field, raw);
        } catch (RuntimeException odd) {
            return raw.isValueNode() ? raw.asString("") : raw.toString();
        }
    }

    private static @Nullable Object typed(FieldName field, JsonNode raw) {
        return switch (field.field().type()) {
            case "money" -> beforeBar(raw.asString()).isBlank() ? null : new BigDecimal(beforeBar(raw.asString()));
            case "number" -> new BigDecimal(raw.asString());
            case "integer" -> new BigDecimal(raw.asString()).longValue();
            case "parent", "employee" -> raw.asLong() == 0 ? null : raw.asLong();
            case "date" -> Objects.requireNonNull(date(raw.asString()));
            case "datetime" -> OffsetDateTime.parse(raw.asString()).toInstant();
            case "boolean" -> raw.asString().equals("Y") || raw.asString().equals("1") || raw.asString().equals("true");
            case "list" -> field.options().getOrDefault(raw.asString(), raw.asString());
            case "file" -> raw.path("id").asString("");
            default -> raw.asString();
        };
    }

    /** A value that became text or a plain number on its way through the journal, as {@link #read} gave it. */
    static Object retyped(Portal.Field field, Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(one -> retyped(field, one)).toList();
        }
        try {
            return typed(field, value);
        } catch (RuntimeException odd) {
            return value;
        }
    }

    private static Object typed(Portal.Field field, Object value) {
        return switch (field.type()) {
            case "money", "number" -> decimal(value);
            case "integer", "parent", "employee" -> decimal(value).longValue();
            case "date" -> LocalDate.parse(value.toString());
            case "datetime" -> Instant.parse(value.toString());
            default -> value;
        };
    }

    /**
     * As the portal wants it written. A file is the list of its name and its content in base64.
     *
     * @param currency of the item, for custom money fields
     * @param offset the portal's own
     * @throws IllegalArgumentException for a value the field cannot hold
     */
    static Object write(FieldName field, @Nullable Object value, String currency, ZoneOffset offset) {
        if (value == null) {
            return field.field().multiple() ? List.of() : "";
        }
        if (field.field().multiple()) {
            // a value alone is refused where several may stand (section 6.5)
            List<?> all = value instanceof List<?> list ? list : List.of(value);
            return all.stream().map(one -> single(field, one, currency, offset)).toList();
        }
        return single(field, value, currency, offset);
    }

    private static Object single(FieldName field, Object value, String currency, ZoneOffset offset) {
        return switch (field.field().type()) {
            case "money" -> field.field().std() != null ? decimal(value)
                    : decimal(value).toPlainString() + "|" + currency;
            case "number", "integer", "parent", "employee" -> decimal(value);
            case "date" -> LocalDate.parse(value.toString()).toString();
            case "datetime" -> Instant.parse(value.toString()).atOffset(offset).withNano(0)
                    .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
            case "boolean" -> Boolean.parseBoolean(value.toString()) ? "Y" : "N";
            case "list" -> option(field, value.toString());
            case "file" -> value;
            default -> value.toString();
        };
    }

    /** The currency behind the bar of a money field, null where there is none. */
    static @Nullable String currency(JsonNode raw) {
        String text = raw.asString("");
        int bar = text.indexOf('|');
        return bar < 0 || bar == text.length() - 1 ? null : text.substring(bar + 1);
    }

    /**
     * A {@code date} reads as midnight UTC in the server's offset; where some version gives local midnight instead,
     * conversion to UTC would tell the day before (section 12).
     */
    static @Nullable LocalDate date(String text) {
        try {
            OffsetDateTime moment = OffsetDateTime.parse(text);
            return moment.toLocalTime().equals(LocalTime.MIDNIGHT) ? moment.toLocalDate()
                    : moment.withOffsetSameInstant(ZoneOffset.UTC).toLocalDate();
        } catch (DateTimeParseException plain) {
            return text.length() >= 10 ? LocalDate.parse(text.substring(0, 10)) : null;
        }
    }

    private static Object option(FieldName field, String value) {
        return field.options().entrySet().stream().filter(option -> option.getValue().equals(value))
                .map(Map.Entry::getKey).findFirst().orElseThrow(() -> new IllegalArgumentException(
                        "the list «" + field.field().label() + "» has no value «" + value + "»"));
    }

    private static BigDecimal decimal(Object value) {
        return value instanceof BigDecimal number ? number : new BigDecimal(value.toString());
    }

    private static String beforeBar(String text) {
        int bar = text.indexOf('|');
        return bar < 0 ? text : text.substring(0, bar);
    }
}
