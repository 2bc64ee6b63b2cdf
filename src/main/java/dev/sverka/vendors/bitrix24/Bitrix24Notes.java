package dev.sverka.vendors.bitrix24;

import static dev.sverka.vendors.bitrix24.Bitrix24Writes.text;

import dev.sverka.core.connector.Fingerprint;
import dev.sverka.core.connector.Operation.Effect;
import dev.sverka.core.connector.Operation.Request;
import dev.sverka.core.http.VendorException;
import dev.sverka.vendors.bitrix24.Bitrix24Names.FieldName;
import dev.sverka.vendors.bitrix24.Bitrix24Names.Names;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** What is put beside items: comments, to-dos, notifications (bitrix24.md section 9) and files (section 10). */
final class Bitrix24Notes {

    private static final LocalTime END_OF_WORK = LocalTime.of(18, 0);

    private final Function<String, Bitrix24Account> accounts;

    Bitrix24Notes(Function<String, Bitrix24Account> accounts) {
        this.accounts = accounts;
    }

    /** One marker, one comment: a text that reads otherwise on a second try is still the same comment. */
    Optional<Effect> comment(Request request) {
        Bitrix24Account account = accounts.apply(request.account());
        long id = request.id();
        String type = account.names().of(request.entity()).typeCode();
        String text = text(request, "text");
        String marker = text(request, "marker");
        return Optional.of(new Effect(request.entity() + " " + id, marker, Map.of("marker", marker),
                () -> account.client().findComment(type, id, marker).map(found -> Map.of("id", found)),
                () -> Map.of("id", account.writes().call(new Bitrix24Command("crm.timeline.comment.add",
                        Map.of("fields", Map.of("ENTITY_ID", id, "ENTITY_TYPE", type, "COMMENT", text)))).asLong())));
    }

    Optional<Effect> todo(Request request) {
        Bitrix24Account account = accounts.apply(request.account());
        Names known = account.names().of(request.entity());
        long id = request.id();
        String marker = text(request, "marker");
        Map<String, Object> todo = new LinkedHashMap<>(Map.of("ownerTypeId", known.typeId(), "ownerId", id,
                "deadline", deadline(text(request, "deadline"), account.client().time().offset()),
                "title", text(request, "title"),
                "description", (request.map().get("text") == null ? "" : request.map().get("text") + "\n") + marker));
        Object responsible = request.map().get("responsible");
        if (responsible != null) {
            todo.put("responsibleId", responsible);
        }
        return Optional.of(new Effect(request.entity() + " " + id, marker, Map.of("marker", marker),
                () -> findTodo(account, known, id, marker),
                () -> Map.of("id", account.writes().call(new Bitrix24Command("crm.activity.todo.add", todo))
                        .path("id").asLong())));
    }

    /** The sheet names no list of to-dos: where the portal has none either, a person has to look. */
    private static Optional<Map<String, Object>> findTodo(Bitrix24Account account, Names known, long id,
            String marker) {
        try {
            for (JsonNode row : Bitrix24Client.rows(account.client().read("crm.activity.list", Map.of(
                    "filter", Map.of("OWNER_TYPE_ID", known.typeId(), "OWNER_ID", id),
                    "order", Map.of("ID", "DESC"), "select", List.of("ID", "DESCRIPTION"))))) {
                if (Bitrix24Marker.isIn(row.path("DESCRIPTION").asString(""), marker)) {
                    return Optional.of(Map.of("id", row.path("ID").asLong()));
                }
            }
            return Optional.empty();
        } catch (VendorException.Refused refused) {
            throw new VendorException.Refused(refused.account(), refused.status(), refused.code(), known.entity().key()
                    + " " + id + ": the answer to a new to-do was lost and the portal cannot be asked for it ("
                    + refused.getMessage() + "); look at the item: where the to-do is there, dismiss this entry");
        }
    }

    /** The same tag replaces an earlier notification, so a repeated one is still one (section 9.3). */
    Optional<Effect> notification(Request request) {
        Bitrix24Account account = accounts.apply(request.account());
        Object to = request.map().get("to");
        long user = to == null && account.names().of(request.entity()).isUser() ? request.id()
                : Long.parseLong(text(request, "to"));
        String marker = text(request, "marker");
        Bitrix24Command command = new Bitrix24Command("im.notify.system.add", Map.of("USER_ID", user,
                "MESSAGE", text(request, "text"), "TAG", marker, "CLIENT_ID", "sverka"));
        return Optional.of(new Effect("user " + user, marker, Map.of("marker", marker), Optional::empty, () -> {
            JsonNode id = account.writes().call(command);
            if (id.isBoolean()) {
                throw new VendorException.Refused(account.client().account(), 200, "not-taken", "user " + user
                        + ": the portal did not take the notification; look whether the user is active");
            }
            return Map.of("id", id.asLong());
        }));
    }

    /** The same content is put there once; into a field of several files it is added to those that are there. */
    Optional<Effect> upload(Request request) {
        Bitrix24Account account = accounts.apply(request.account());
        Names known = account.names().of(request.entity());
        long id = request.id();
        String key = text(request, "field");
        FieldName field = known.fields().get(key);
        if (field == null || !field.field().type().equals("file")) {
            throw new VendorException.Refused(account.client().account(), 0, "drift", request.entity()
                    + " has no file field " + key + " on the portal (drift: " + known.entity().key() + ".field." + key
                            + ")");
        }
        Object content = request.map().get("content");
        String base64 = content instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes)
                : text(request, "content");
        List<String> file = List.of(text(request, "name"), base64);
        String marker = key + " " + Fingerprint.of(file);
        return Optional.of(new Effect(request.entity() + " " + id, marker, Map.of("marker", marker), Optional::empty,
                () -> {
                    account.recent().writing(known.entity().key(), id);
                    account.client().update(known.typeId(), id, Map.of(field.name(),
                            field.field().multiple() ? beside(account, known, id, field, file) : file));
                    return Map.of("id", id);
                }));
    }

    private static List<Object> beside(Bitrix24Account account, Names known, long id, FieldName field,
            List<String> file) {
        List<Object> files = new ArrayList<>();
        account.client().item(known.typeId(), id).ifPresent(item -> Bitrix24Client.rows(item.path(field.name()))
                .forEach(kept -> files.add(Map.of("id", kept.path("id").asLong()))));
        files.add(file);
        return files;
    }

    /** A day means its end of work. */
    private static String deadline(String text, ZoneOffset offset) {
        OffsetDateTime moment = text.length() == 10 ? LocalDate.parse(text).atTime(END_OF_WORK).atOffset(offset)
                : OffsetDateTime.parse(text).withOffsetSameInstant(offset);
        return moment.withNano(0).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    }
}
