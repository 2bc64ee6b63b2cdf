package dev.sverka.sandbox.bitrix24;

import dev.sverka.sandbox.bitrix24.CrmType.Stage;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What the portal holds and how it takes writes (bitrix24.md section 6.6): unknown and read-only names are ignored
 * without a word, a save without a difference saves nothing, the last write wins.
 */
public final class Crm {

    /** A change on the portal, for the outgoing webhook. @param kind Add, Update, Delete or MoveToCategory */
    public record Change(CrmType type, int id, String kind) {
    }

    /** A comment in a timeline. */
    public record Comment(int id, String type, int item, String text, int author, String created) {
    }

    /**
     * A robot of the portal (section 14.2, 8): after a save it changes fields as a user of its own, raising new events.
     *
     * @param when looks at the saved item
     * @param after how long after the save, by the portal's clock
     */
    public record Robot(int entityTypeId, Predicate<Map<String, Object>> when, Map<String, Object> fields, int user,
            Duration after) {
    }

    /** A state an item was in. @param item null when deleted */
    record Version(Instant from, Map<String, Object> item) {
    }

    final PortalClock clock;
    final Files files;
    final Values values;
    final Map<Integer, CrmType> types = new TreeMap<>();
    final Map<Integer, Map<String, String>> requisites = new TreeMap<>();
    final Map<Integer, Map<String, String>> bankDetails = new TreeMap<>();
    final Map<String, List<Map<String, Object>>> stageMoves = new TreeMap<>();
    final Map<String, List<Version>> versions = new TreeMap<>();
    final List<Comment> comments = new ArrayList<>();
    private final Map<String, Map<String, Object>> bin = new TreeMap<>();
    private final List<Robot> robots = new ArrayList<>();
    private final List<Consumer<Change>> listeners = new ArrayList<>();
    private final List<BiConsumer<String, Integer>> rowListeners = new ArrayList<>();
    /** Whether an item has product rows, so that its sum is calculated (section 6.6). */
    BiPredicate<CrmType, Integer> hasRows = (type, id) -> false;
    private int lastId = 100;

    public Crm(Clock clock) {
        this.clock = clock instanceof PortalClock own ? own : new PortalClock(clock);
        this.files = new Files(this.clock, this::nextId);
        this.values = new Values(this.clock, files);
    }

    public void onChange(Consumer<Change> listener) {
        listeners.add(listener);
    }

    /** Hears of changed requisites and bank details, by the name of the event and the row's id. */
    void onRowChange(BiConsumer<String, Integer> listener) {
        rowListeners.add(listener);
    }

    void tellRow(String event, int id) {
        rowListeners.forEach(listener -> listener.accept(event, id));
    }

    /** Puts a robot on the portal. */
    public synchronized Crm robot(Robot robot) {
        robots.add(robot);
        return this;
    }

    String now() {
        return clock.now();
    }

    synchronized int nextId() {
        return ++lastId;
    }

    CrmType type(int entityTypeId) {
        CrmType type = types.get(entityTypeId);
        if (type == null) {
            throw entityTypeId == 5 ? new CrmError(400, "ENTITY_TYPE_NOT_SUPPORTED", "Тип не поддерживается")
                    : new CrmError(400, "NOT_FOUND", "Смарт-процесс не найден");
        }
        return type;
    }

    Map<String, Object> item(CrmType type, int id) {
        Map<String, Object> item = type.items.get(id);
        if (item == null) {
            throw CrmError.noItem();
        }
        return item;
    }

    /** Creates an item as a user. */
    public synchronized Map<String, Object> add(int entityTypeId, Map<String, Object> fields, int user) {
        CrmType type = type(entityTypeId);
        Map<String, Object> item = made(type, fields, user);
        saved(type, item, "Add");
        return item;
    }

    /** Creates an item without robots and events. @param own read-only fields that an import may set @return its id */
    public synchronized int imported(int entityTypeId, Map<String, Object> fields, Map<String, Object> own, int user) {
        CrmType type = type(entityTypeId);
        Map<String, Object> item = made(type, fields, user);
        own.keySet().stream().filter(type.fields::containsKey).forEach(name -> item.put(name, own.get(name)));
        remember(type, number(item.get("id")), item);
        return number(item.get("id"));
    }

    /** Puts an item back as it was, its id and times too, without robots and events. */
    public synchronized void reinstate(int entityTypeId, Map<String, Object> item) {
        CrmType type = type(entityTypeId);
        int id = number(item.get("id"));
        type.items.put(id, new LinkedHashMap<>(item));
        lastId = Math.max(lastId, id);
        remember(type, id, item);
    }

    private Map<String, Object> made(CrmType type, Map<String, Object> fields, int user) {
        Map<String, Object> item = new LinkedHashMap<>();
        int id = nextId();
        type.fields.values().forEach(field -> item.put(field.name(), StandardFields.initial(field)));
        item.put("id", id);
        List.of("createdTime", "updatedTime", "lastActivityTime").forEach(name -> item.put(name, now()));
        List.of("createdBy", "updatedBy", "lastActivityBy", "assignedById").forEach(name -> item.put(name, user));
        item.put("entityTypeId", type.entityTypeId);
        if (!type.pipelines.isEmpty()) {
            item.put("stageId", type.defaultPipeline().first().code());
            item.put("movedTime", now());
            item.put("movedBy", user);
        }
        if (type.hasPipelines() && !type.pipelines.isEmpty()) {
            item.put("categoryId", type.defaultPipeline().id());
        } else if (type.fields.containsKey("categoryId")) {
            item.put("categoryId", 0);
        }
        values.set(type, item, fields);
        required(type, item, mandatory(type));
        type.items.put(id, item);
        moved(type, item, 1);
        return item;
    }

    /** Changes an item as a user. */
    public synchronized Map<String, Object> update(int entityTypeId, int id, Map<String, Object> fields, int user) {
        CrmType type = type(entityTypeId);
        Map<String, Object> item = item(type, id);
        Map<String, Object> draft = new LinkedHashMap<>(item);
        values.set(type, draft, fields);
        if (hasRows.test(type, id) && !"Y".equals(draft.get("isManualOpportunity"))) {
            draft.put("opportunity", item.get("opportunity"));
        }
        if (draft.equals(item)) {
            return item;
        }
        boolean category = !Objects.equals(draft.get("categoryId"), item.get("categoryId"));
        if (category || !Objects.equals(draft.get("stageId"), item.get("stageId"))) {
            if (!category) {
                stageRequires(type, draft);
            }
            draft.put("movedTime", now());
            draft.put("movedBy", user);
            if (type.isDynamic()) {
                draft.put("previousStageId", item.get("stageId"));
            }
            Stage stage = type.stage(draft.get("categoryId"), draft.get("stageId"));
            moved(type, draft, category ? 5 : stage.isFinal() ? 3 : 2);
        }
        draft.put("updatedTime", now());
        draft.put("updatedBy", user);
        item.putAll(draft);
        saved(type, item, category && entityTypeId == CrmType.DEAL ? "MoveToCategory" : "Update");
        return item;
    }

    /** Writes the sum of the product rows, where the sum is not kept by hand. */
    void recalculated(int entityTypeId, int id, BigDecimal sum, int user) {
        Map<String, Object> item = item(type(entityTypeId), id);
        BigDecimal plain = Values.plain(sum);
        if (!"Y".equals(item.get("isManualOpportunity")) && !plain.equals(item.get("opportunity"))) {
            item.put("opportunity", plain);
            item.put("updatedTime", now());
            item.put("updatedBy", user);
            saved(type(entityTypeId), item, "Update");
        }
    }

    /** Mandatory fields, general and of the stage, are asked for only here (section 6.6). */
    private void stageRequires(CrmType type, Map<String, Object> draft) {
        required(type, draft, mandatory(type));
        required(type, draft, type.stageRequires.getOrDefault(String.valueOf(draft.get("stageId")), List.of()));
    }

    private static List<String> mandatory(CrmType type) {
        return type.fields.values().stream().filter(CrmType.Field::required).map(CrmType.Field::name).toList();
    }

    private static void required(CrmType type, Map<String, Object> item, List<String> names) {
        for (String name : names) {
            Object value = item.get(name);
            if (value == null || value.equals("") || value.equals(List.of())
                    || value instanceof BigDecimal sum && sum.signum() == 0) {
                throw new CrmError(400, "CRM_FIELD_ERROR_REQUIRED",
                        "Поле \"" + type.fields.get(name).title() + "\" обязательно для заполнения");
            }
        }
    }

    /** Deletes an item into the recycle bin. */
    public synchronized void delete(int entityTypeId, int id) {
        CrmType type = type(entityTypeId);
        bin.put(entityTypeId + " " + id, item(type, id));
        type.items.remove(id);
        remember(type, id, null);
        tell(new Change(type, id, "Delete"));
    }

    /**
     * Brings an item back from the recycle bin without an event, with its old id or a new one (13.22).
     *
     * @return the id
     */
    public synchronized int restore(int entityTypeId, int id, boolean keepsId) {
        CrmType type = type(entityTypeId);
        Map<String, Object> item = bin.remove(entityTypeId + " " + id);
        if (item == null) {
            throw CrmError.noItem();
        }
        int restored = keepsId ? id : nextId();
        item.put("id", restored);
        type.items.put(restored, item);
        remember(type, restored, item);
        return restored;
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

    private void saved(CrmType type, Map<String, Object> item, String kind) {
        int id = number(item.get("id"));
        remember(type, id, item);
        tell(new Change(type, id, kind));
        for (Robot robot : robots) {
            if (robot.entityTypeId() == type.entityTypeId && robot.when().test(item)) {
                clock.later(robot.after(), () -> work(robot, id));
            }
        }
    }

    private synchronized void work(Robot robot, int id) {
        if (type(robot.entityTypeId()).items.containsKey(id)) {
            update(robot.entityTypeId(), id, robot.fields(), robot.user());
        }
    }

    private void remember(CrmType type, int id, Map<String, Object> item) {
        versions.computeIfAbsent(type.entityTypeId + " " + id, key -> new ArrayList<>())
                .add(new Version(clock.instant(), item == null ? null : new LinkedHashMap<>(item)));
    }

    private void moved(CrmType type, Map<String, Object> item, int kind) {
        if (type.pipelines.isEmpty()) {
            return;
        }
        Stage stage = type.stage(item.get("categoryId"), item.get("stageId"));
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("ID", nextId());
        row.put("TYPE_ID", kind);
        row.put("OWNER_ID", item.get("id"));
        row.put("CREATED_TIME", now());
        row.put("CATEGORY_ID", item.getOrDefault("categoryId", 0));
        row.put("STAGE_SEMANTIC_ID", stage.semantics() == null ? "P" : stage.semantics());
        row.put("STAGE_ID", stage.code());
        stageMoves.computeIfAbsent(String.valueOf(type.entityTypeId), key -> new ArrayList<>()).add(row);
    }

    void tell(Change change) {
        listeners.forEach(listener -> listener.accept(change));
    }

    static int number(Object value) {
        return new BigDecimal(String.valueOf(value)).intValueExact();
    }
}
