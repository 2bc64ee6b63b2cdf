package dev.sverka.sandbox.bitrix24;

import dev.sverka.sandbox.bitrix24.CrmType.Field;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** How written values are checked and kept, and how kept ones are shown (bitrix24.md sections 6.5, 6.6 and 12). */
final class Values {

    private final PortalClock clock;
    private final Files files;
    /** Whether a date reads as midnight of the server's zone, as some version may (section 12). */
    volatile boolean datesAtLocalMidnight;

    Values(PortalClock clock, Files files) {
        this.clock = clock;
        this.files = files;
    }

    /** Sets what is known and writable, without a word about the rest. */
    void set(CrmType type, Map<String, Object> item, Map<String, Object> fields) {
        Object category = fields.get("categoryId");
        if (category != null && type.hasPipelines()) {
            moved(type, item, category, fields.get("stageId"));
        }
        fields.forEach((name, value) -> {
            Field field = type.fields.get(name);
            if (name.equals("fm") && field != null) {
                MultiFields.set(item, Call.asMap(value));
            } else if (field != null && !field.readOnly() && !(name.equals("categoryId") && type.hasPipelines())) {
                item.put(name, field.multiple() ? many(type, item, field, value) : one(type, item, field, value));
            }
        });
        if (fields.containsKey("contactIds") && item.get("contactIds") instanceof List<?> contacts) {
            item.put("contactId", contacts.isEmpty() ? 0 : contacts.get(0));
        }
        semantics(type, item);
    }

    private static void moved(CrmType type, Map<String, Object> item, Object category, Object stage) {
        int wanted = checked("categoryId", () -> Crm.number(category));
        if (!type.pipelines.containsKey(wanted)) {
            throw notValid("Воронка");
        }
        if (!Integer.valueOf(wanted).equals(item.get("categoryId"))) {
            item.put("categoryId", wanted);
            if (stage == null) {
                item.put("stageId", type.pipelines.get(wanted).first().code());
            }
        }
    }

    private static void semantics(CrmType type, Map<String, Object> item) {
        CrmType.Stage stage = item.get("stageId") == null ? null : type.stage(item.get("categoryId"),
                item.get("stageId"));
        if (stage != null && type.fields.containsKey("stageSemanticId")) {
            item.put("stageSemanticId", stage.semantics() == null ? "P" : stage.semantics());
        }
        if (stage != null && type.fields.containsKey("closed")) {
            item.put("closed", stage.isFinal() ? "Y" : "N");
        }
    }

    private Object many(CrmType type, Map<String, Object> item, Field field, Object value) {
        if (field.name().equals("observers")) {
            // section 6.6: an empty text clears them, an empty list does not
            if (value instanceof String text && text.isEmpty()) {
                return List.of();
            }
            if (value instanceof Collection<?> none && none.isEmpty()) {
                return item.get("observers");
            }
        }
        if (!(value instanceof Collection<?>) && !(value instanceof Map<?, ?>)) {
            throw new CrmError(400, "100", "Expected iterable value, but got " + (value == null ? "NULL" : "string"));
        }
        List<Object> kept = new ArrayList<>();
        for (Object each : Call.asList(value)) {
            Object one = one(type, item, field, each);
            if (one != null) {
                kept.add(one);
            }
        }
        return kept;
    }

    private Object one(CrmType type, Map<String, Object> item, Field field, Object value) {
        if (value == null || value.toString().isEmpty()) {
            return StandardFields.initial(field) instanceof BigDecimal zero ? zero : null;
        }
        return checked(field.title(), () -> switch (field.type()) {
            case "integer", "crm_company", "crm_contact", "crm_lead", "crm_deal", "crm_quote", "crm_entity",
                    "crm_category", "user", "employee" -> Crm.number(value);
            case "double" -> plain(new BigDecimal(value.toString()));
            case "boolean" -> List.of("Y", "y", "1", "true").contains(value.toString()) ? "Y" : "N";
            case "date" -> date(value.toString());
            case "datetime" -> PortalClock.text(time(value.toString(), clock.offset())
                    .withOffsetSameInstant(clock.offset()));
            case "money" -> money(value.toString());
            case "enumeration" -> option(field, value);
            case "crm_status" -> field.name().equals("stageId") ? stage(type, item,
                    value.toString()) : value.toString();
            case "file" -> files.field(value, item.get(field.name()));
            default -> value instanceof Map<?, ?> || value instanceof Collection<?> ? refused() : value.toString();
        });
    }

    private interface Read<T> {
        T value();
    }

    private static <T> T checked(String title, Read<T> read) {
        try {
            return read.value();
        } catch (CrmError known) {
            throw known;
        } catch (RuntimeException misfit) {
            throw notValid(title);
        }
    }

    private static CrmError notValid(String title) {
        return new CrmError(400, "CRM_FIELD_ERROR_VALUE_NOT_VALID", "Неверное значение поля \"" + title + "\"");
    }

    private static Object refused() {
        throw new IllegalArgumentException("a list where one value belongs");
    }

    /** A date is kept as the instant of midnight UTC (section 6.5). */
    private String date(String text) {
        return PortalClock.text(LocalDate.parse(text.substring(0, 10)).atStartOfDay().atOffset(ZoneOffset.UTC)
                .withOffsetSameInstant(clock.offset()));
    }

    /** Without an offset a time is the server's (section 12). */
    static OffsetDateTime time(String text, ZoneOffset server) {
        String iso = text.replace(' ', 'T');
        return iso.length() == 10 ? LocalDate.parse(iso).atStartOfDay().atOffset(server)
                : iso.length() <= 19 ? LocalDateTime.parse(iso).atOffset(server) : OffsetDateTime.parse(iso);
    }

    static BigDecimal plain(BigDecimal number) {
        return new BigDecimal(number.stripTrailingZeros().toPlainString());
    }

    private static String money(String value) {
        int bar = value.indexOf('|');
        String sum = plain(new BigDecimal(bar < 0 ? value : value.substring(0, bar))).toPlainString();
        return sum + "|" + (bar < 0 ? "RUB" : value.substring(bar + 1));
    }

    private static int option(Field field, Object value) {
        int id = Crm.number(value);
        if (!field.options().containsKey(id)) {
            throw new IllegalArgumentException("no such option");
        }
        return id;
    }

    private static String stage(CrmType type, Map<String, Object> item, String code) {
        CrmType.Stage stage = type.stage(item.get("categoryId"), code);
        if (stage == null) {
            throw new IllegalArgumentException("a stage of another pipeline");
        }
        return stage.code();
    }

    /** A kept value in the server's offset of the moment, files with their links. */
    Object shown(Field field, Object value, int entityTypeId, Object id) {
        if (value == null || field == null) {
            return value;
        }
        return switch (field.type()) {
            case "date" -> datesAtLocalMidnight
                    ? OffsetDateTime.parse(value.toString()).withOffsetSameInstant(ZoneOffset.UTC).toLocalDate()
                        + "T00:00:00"
                            + clock.offset().getId()
                    : clock.text(OffsetDateTime.parse(value.toString()).toInstant());
            case "datetime" -> clock.text(OffsetDateTime.parse(value.toString()).toInstant());
            case "file" -> files.shown(value, entityTypeId, id, field.upperName());
            default -> value;
        };
    }
}
