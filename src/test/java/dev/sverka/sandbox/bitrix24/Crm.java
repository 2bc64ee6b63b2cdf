package dev.sverka.sandbox.bitrix24;

import dev.sverka.sandbox.bitrix24.CrmType.Field;
import dev.sverka.sandbox.bitrix24.CrmType.Pipeline;
import dev.sverka.sandbox.bitrix24.CrmType.Stage;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What the portal holds and how it takes writes (bitrix24.md section 6.6): unknown and read-only names are ignored without
 * a word, a save without a difference saves nothing, the last write wins.
 */
public final class Crm {

    static final ZoneOffset OFFSET = ZoneOffset.ofHours(3);
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx");

    /** A change on the portal, for the outgoing webhook. @param kind Add, Update or Delete */
    public record Change(CrmType type, int id, String kind) {
    }

    /** A comment in a timeline. */
    public record Comment(int id, String type, int item, String text, int author, String created) {
    }

    private final Clock clock;
    final Map<Integer, CrmType> types = new TreeMap<>();
    final Map<Integer, Map<String, String>> requisites = new TreeMap<>();
    final List<Comment> comments = new ArrayList<>();
    private final List<Consumer<Change>> listeners = new ArrayList<>();
    private int lastId = 100;

    public Crm(Clock clock) {
        this.clock = clock;
    }

    public void onChange(Consumer<Change> listener) {
        listeners.add(listener);
    }

    String now() {
        return OffsetDateTime.now(clock).withOffsetSameInstant(OFFSET).truncatedTo(ChronoUnit.SECONDS).format(ISO);
    }

    int nextId() {
        return ++lastId;
    }

    CrmType type(int entityTypeId) {
        CrmType type = types.get(entityTypeId);
        if (type == null) {
            throw new CrmError(400, "NOT_FOUND", "Смарт-процесс не найден");
        }
        return type;
    }

    Map<String, Object> item(CrmType type, int id) {
        Map<String, Object> item = type.items.get(id);
        if (item == null) {
            throw new CrmError(400, "NOT_FOUND", "Элемент не найден");
        }
        return item;
    }

    /** Creates an item as a user. */
    public synchronized Map<String, Object> add(int entityTypeId, Map<String, Object> fields, int user) {
        CrmType type = type(entityTypeId);
        Map<String, Object> item = new LinkedHashMap<>();
        int id = nextId();
        item.put("id", id);
        type.fields.values().stream().filter(field -> !field.name().equals("id"))
                .forEach(field -> item.put(field.name(), field.multiple() ? List.of() : null));
        item.put("createdTime", now());
        item.put("updatedTime", now());
        item.put("createdBy", user);
        item.put("updatedBy", user);
        item.put("opened", "Y");
        item.put("entityTypeId", entityTypeId);
        if (!type.pipelines.isEmpty()) {
            int category = fields.containsKey("categoryId") ? number(fields.get("categoryId"))
                    : type.pipelines.values().stream().filter(Pipeline::isDefault).findFirst().orElseThrow().id();
            item.put("categoryId", category);
            item.put("stageId", type.pipelines.get(category).stages().values().iterator().next().code());
            item.put("movedTime", now());
            item.put("movedBy", user);
        }
        set(type, item, fields);
        type.items.put(id, item);
        tell(new Change(type, id, "Add"));
        return item;
    }

    /** Changes an item as a user. */
    public synchronized Map<String, Object> update(int entityTypeId, int id, Map<String, Object> fields, int user) {
        CrmType type = type(entityTypeId);
        Map<String, Object> item = item(type, id);
        Map<String, Object> before = new LinkedHashMap<>(item);
        set(type, item, fields);
        if (item.equals(before)) {
            return item;
        }
        if (item.containsKey("stageId") && !item.get("stageId").equals(before.get("stageId"))) {
            item.put("movedTime", now());
            item.put("movedBy", user);
            if (type.isSmartProcess()) {
                item.put("previousStageId", before.get("stageId"));
            }
        }
        item.put("updatedTime", now());
        item.put("updatedBy", user);
        tell(new Change(type, id, "Update"));
        return item;
    }

    public synchronized void delete(int entityTypeId, int id) {
        CrmType type = type(entityTypeId);
        item(type, id);
        type.items.remove(id);
        tell(new Change(type, id, "Delete"));
    }

    public synchronized Comment comment(String type, int item, String text, int author) {
        if (text == null || text.isBlank()) {
            throw new CrmError(400, "INVALID_ARG_VALUE", "Пустой комментарий");
        }
        if (types.values().stream().noneMatch(one -> one.code().equals(type) && one.items.containsKey(item))) {
            throw new CrmError(400, "OWNER_NOT_FOUND", "Владелец не найден");
        }
        Comment comment = new Comment(nextId(), type, item, text, author, now());
        comments.add(comment);
        return comment;
    }

    private void tell(Change change) {
        listeners.forEach(listener -> listener.accept(change));
    }

    private void set(CrmType type, Map<String, Object> item, Map<String, Object> fields) {
        if (fields.containsKey("categoryId") && type.pipelines.containsKey(number(fields.get("categoryId")))) {
            item.put("categoryId", number(fields.get("categoryId")));
        }
        fields.forEach((name, value) -> {
            Field field = type.fields.get(name);
            if (field != null && !field.readOnly() && !name.equals("categoryId")) {
                item.put(name, stored(type, item, field, value));
            }
        });
    }

    private static Object stored(CrmType type, Map<String, Object> item, Field field, Object value) {
        if (field.multiple()) {
            if (!(value instanceof List<?>)) {
                throw new CrmError(400, "100", "Expected iterable value, but got " + value);
            }
            return value;
        }
        if (value == null || value.toString().isEmpty()) {
            return null;
        }
        try {
            return switch (field.type()) {
                case "integer", "crm_company", "crm_contact", "crm_entity", "user", "employee" -> number(value);
                case "double" -> new BigDecimal(value.toString());
                case "boolean" -> List.of("Y", "1", "true").contains(value.toString()) ? "Y" : "N";
                case "date" -> LocalDate.parse(value.toString().substring(0, 10)).atStartOfDay().atOffset(ZoneOffset.UTC)
                        .withOffsetSameInstant(OFFSET).format(ISO);
                case "datetime" -> OffsetDateTime.parse(value.toString()).withOffsetSameInstant(OFFSET).format(ISO);
                case "money" -> money(value.toString());
                case "enumeration" -> option(field, value);
                case "crm_status" -> stage(type, item, value.toString());
                default -> value.toString();
            };
        } catch (CrmError known) {
            throw known;
        } catch (RuntimeException misfit) {
            throw new CrmError(400, "CRM_FIELD_ERROR_VALUE_NOT_VALID", "Неверное значение поля \"" + field.title() + "\"");
        }
    }

    private static String money(String value) {
        int bar = value.indexOf('|');
        String sum = new BigDecimal(bar < 0 ? value : value.substring(0, bar)).stripTrailingZeros().toPlainString();
        return sum + "|" + (bar < 0 ? "RUB" : value.substring(bar + 1));
    }

    private static int option(Field field, Object value) {
        int id = number(value);
        if (!field.options().containsKey(id)) {
            throw new IllegalArgumentException("no such option");
        }
        return id;
    }

    private static String stage(CrmType type, Map<String, Object> item, String code) {
        Stage stage = type.pipelines.get(number(item.get("categoryId"))).stages().get(code);
        if (stage == null) {
            throw new IllegalArgumentException("a stage of another pipeline");
        }
        return stage.code();
    }

    static int number(Object value) {
        return new BigDecimal(String.valueOf(value)).intValueExact();
    }
}
