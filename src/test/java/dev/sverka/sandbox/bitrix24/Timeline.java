package dev.sverka.sandbox.bitrix24;

import dev.sverka.sandbox.bitrix24.Call.Result;
import dev.sverka.sandbox.bitrix24.Crm.Comment;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Comments, to-dos and notifications (bitrix24.md section 9), kept so that doubles can be counted (14.2, 14). */
public final class Timeline {

    /** A to-do of an item. */
    public record Todo(int id, int ownerTypeId, int ownerId, OffsetDateTime deadline, String title, String description,
            int responsible) {
    }

    /** A notification. @param tag null where none was given */
    public record Notice(int id, int user, String text, String tag) {
    }

    private final Crm crm;
    private final Items items;
    private final Users users;
    private final List<Todo> todos = new ArrayList<>();
    private final List<Notice> notices = new ArrayList<>();

    Timeline(Crm crm, Items items, Users users, Methods methods) {
        this.crm = crm;
        this.items = items;
        this.users = users;
        methods.write("crm.timeline.comment.add", "crm", this::add)
                .read("crm.timeline.comment.list", "crm", this::list)
                .read("crm.timeline.comment.get", "crm", call -> Result.of(row(comment(call))))
                .write("crm.timeline.comment.update", "crm", this::update)
                .write("crm.timeline.comment.delete", "crm", call -> Result.of(crm.comments.remove(comment(call))))
                .read("crm.timeline.bindings.list", "crm", this::bindings)
                .write("crm.activity.todo.add", "crm", this::todo)
                .write("im.notify.system.add", "im", this::notice)
                .write("im.notify.personal.add", "im", this::notice);
    }

    /** All to-dos so far. */
    public List<Todo> todos() {
        synchronized (crm) {
            return List.copyOf(todos);
        }
    }

    /** The notifications as people see them: a later one with the same tag has replaced the earlier. */
    public List<Notice> notices() {
        synchronized (crm) {
            return List.copyOf(notices);
        }
    }

    private static Object required(Map<String, Object> fields, String name) {
        Object value = fields.get(name);
        if (value == null) {
            throw new CrmError(400, "100", "Could not find value for parameter {" + name + "}");
        }
        return value;
    }

    private void mustBeSeen(String type, Object id) {
        crm.types.values().stream().filter(one -> one.code().equals(type) && items.isHidden(one, id)).findFirst()
                .ifPresent(hidden -> {
                    throw CrmError.denied();
                });
    }

    private Result add(Call call) {
        Map<String, Object> fields = call.fields();
        String type = String.valueOf(required(fields, "ENTITY_TYPE"));
        int id = Crm.number(required(fields, "ENTITY_ID"));
        mustBeSeen(type, id);
        Object text = fields.get("COMMENT");
        return Result.of(crm.comment(type, id, text == null ? null : text.toString(), call.who().user()).id());
    }

    private Comment comment(Call call) {
        int id = call.number("id");
        return crm.comments.stream().filter(one -> one.id() == id).findFirst().orElseThrow(CrmError::noItem);
    }

    private Result update(Call call) {
        Comment old = comment(call);
        String text = String.valueOf(call.fields().getOrDefault("COMMENT", ""));
        if (text.isBlank()) {
            throw new CrmError(400, "INVALID_ARG_VALUE", "Пустой комментарий");
        }
        crm.comments.replaceAll(one -> one == old
                ? new Comment(old.id(), old.type(), old.item(), text, old.author(), old.created()) : one);
        return Result.of(true);
    }

    private Result list(Call call) {
        Map<String, Object> wanted = call.map("filter");
        String type = String.valueOf(required(wanted, "ENTITY_TYPE"));
        required(wanted, "ENTITY_ID");
        mustBeSeen(type, wanted.get("ENTITY_ID"));
        CrmFilter filter = new CrmFilter(Set.of("ID", "ENTITY_ID", "ENTITY_TYPE", "CREATED", "AUTHOR_ID", "COMMENT"),
                Set.of(), items.dates, crm.clock.offset());
        Collection<?> select = Call.asList(call.get("select"));
        return call.page(crm.comments.stream().map(this::row).filter(row -> filter.matches(wanted, row))
                .sorted(filter.order(call.map("order"), "ID")).map(row -> {
                    row.keySet().removeIf(name -> !select.isEmpty() && !select.contains("*") && !select.contains(name));
                    return row;
                }).toList(), null);
    }

    private Map<String, Object> row(Comment comment) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("ID", String.valueOf(comment.id()));
        row.put("ENTITY_ID", String.valueOf(comment.item()));
        row.put("ENTITY_TYPE", comment.type());
        row.put("CREATED", comment.created());
        row.put("COMMENT", comment.text());
        row.put("AUTHOR_ID", String.valueOf(comment.author()));
        row.put("FILES", Map.of());
        return row;
    }

    private Result bindings(Call call) {
        int owner = Crm.number(required(call.map("filter"), "OWNER_ID"));
        return call.page(crm.comments.stream().filter(one -> one.id() == owner).map(one -> Map.of("OWNER_ID",
                String.valueOf(one.id()), "ENTITY_ID", String.valueOf(one.item()), "ENTITY_TYPE", one.type()))
                    .toList(), null);
    }

    private Result todo(Call call) {
        CrmType type = crm.type(call.number("ownerTypeId"));
        int owner = call.number("ownerId");
        if (!type.items.containsKey(owner)) {
            throw new CrmError(400, "OWNER_NOT_FOUND", "Владелец не найден");
        }
        mustBeSeen(type.code(), owner);
        OffsetDateTime deadline;
        try {
            deadline = Values.time(String.valueOf(call.required("deadline")), crm.clock.offset());
        } catch (DateTimeException misfit) {
            throw new CrmError(400, "WRONG_DATETIME_FORMAT", "Неверный формат даты");
        }
        int responsible = call.get("responsibleId") == null ? call.who().user() : call.number("responsibleId");
        Todo todo = new Todo(crm.nextId(), type.entityTypeId, owner, deadline,
                String.valueOf(call.parameters().getOrDefault("title", "")),
                String.valueOf(call.parameters().getOrDefault("description", "")), responsible);
        todos.add(todo);
        return Result.of(Map.of("id", todo.id()));
    }

    private Result notice(Call call) {
        Object user = call.get("USER_ID");
        Object text = call.get("MESSAGE");
        if (user == null || user.toString().isBlank()) {
            throw new CrmError(400, "USER_ID_EMPTY", "User ID isn't set");
        }
        if (text == null || text.toString().isBlank()) {
            throw new CrmError(400, "MESSAGE_EMPTY", "Message can't be empty");
        }
        if (call.get("ATTACH") != null && call.get("ATTACH").toString().length() > 60_000) {
            throw new CrmError(400, "ATTACH_OVERSIZE", "You have exceeded the maximum allowable size of attach");
        }
        if (!users.isKnown(Crm.number(user))) {
            return Result.of(false);
        }
        // section 9.3: a webhook's tag counts only with a CLIENT_ID
        String tag = call.get("TAG") == null || call.get("CLIENT_ID") == null ? null
                : call.get("CLIENT_ID") + " " + call.get("TAG");
        Notice notice = new Notice(crm.nextId(), Crm.number(user), text.toString(), tag);
        notices.removeIf(old -> tag != null && tag.equals(old.tag()) && old.user() == notice.user());
        notices.add(notice);
        return Result.of(notice.id());
    }
}
