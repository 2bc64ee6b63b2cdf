package dev.sverka.bitrix24;

import dev.sverka.bitrix24.Bitrix24Client.Command;
import dev.sverka.connector.Operation;
import dev.sverka.connector.Operation.Effect;
import dev.sverka.connector.Operation.Request;
import dev.sverka.http.VendorException;
import dev.sverka.portal.Portal;
import dev.sverka.state.Declared;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What routes can ask of a portal: the table from verb to calls. */
final class Bitrix24Operations {

    private final Declared<Portal> portal;
    private final Function<String, Bitrix24Account> accounts;

    Bitrix24Operations(Declared<Portal> portal, Function<String, Bitrix24Account> accounts) {
        this.portal = portal;
        this.accounts = accounts;
    }

    Map<String, Operation> of(String entity) {
        return Stream.of(
                new Operation("get", "Reads one item by its id; {id, deleted: true} where it is gone",
                        (Operation.Read) this::get),
                new Operation("list", "Reads items by equal values of fields under filter:, all pages",
                        (Operation.Read) this::list),
                new Operation("create", "Creates an item from fields:, found again by its marker:",
                        (Operation.Write) this::create),
                new Operation("update", "Writes the values under fields: to the item id:",
                        (Operation.Write) this::update),
                new Operation("comment", "Adds the comment text: to the timeline of the item id:, once for a marker:",
                        (Operation.Write) this::comment))
                .collect(Collectors.toMap(Operation::verb, operation -> operation));
    }

    private Object get(Request request) {
        Bitrix24Account account = accounts.apply(request.account());
        String entity = request.entity();
        long id = request.id();
        if (portal.get().entity(entity).map(Portal.Entity::builtin).filter("company"::equals).isPresent()) {
            return company(account, entity, id);
        }
        return account.client().item(account.names().of(entity).typeId(), id)
                .map(item -> account.items().read(entity, item)).orElseGet(() -> gone(entity, id));
    }

    /** A company with its requisites, in one request (bitrix24.md section 7.1). */
    private static Map<String, Object> company(Bitrix24Account account, String entity, long id) {
        Map<String, JsonNode> answers;
        try {
            answers = account.client().readAll(Map.of(
                    "item", new Command("crm.item.get", Map.of("entityTypeId", account.names().of(entity).typeId(),
                            "id", id)),
                    "requisites", new Command("crm.requisite.list", Map.of(
                            "filter", Map.of("ENTITY_TYPE_ID", 4, "ENTITY_ID", id),
                            "select", List.of("ID", "RQ_INN", "RQ_KPP", "RQ_COMPANY_NAME"),
                            "order", Map.of("ID", "ASC")))));
        } catch (VendorException.Refused refused) {
            if (refused.code().equals("NOT_FOUND")) {
                return gone(entity, id);
            }
            throw refused;
        }
        Map<String, Object> company = account.items().read(entity, answers.get("item").path("item"));
        company.put("requisites", Bitrix24Client.rows(answers.get("requisites")).stream()
                .map(Bitrix24Operations::requisite).toList());
        return company;
    }

    private static Map<String, Object> requisite(JsonNode row) {
        Map<String, Object> requisite = new LinkedHashMap<>();
        put(requisite, "inn", digits(row.path("RQ_INN").asString("")));
        put(requisite, "kpp", digits(row.path("RQ_KPP").asString("")));
        put(requisite, "name", row.path("RQ_COMPANY_NAME").asString(""));
        return requisite;
    }

    private Object list(Request request) {
        Bitrix24Account account = accounts.apply(request.account());
        String entity = request.entity();
        Map<String, Object> filter = new LinkedHashMap<>();
        Object wanted = request.map().get("filter");
        if (wanted instanceof Map<?, ?> values) {
            Map<String, Object> keyed = new LinkedHashMap<>();
            values.forEach((key, value) -> keyed.put(key.toString(), value));
            filter.putAll(account.items().write(entity, portal.get().pipeline(entity)
                    .map(Portal.Pipeline::key).orElse(null), null, keyed, account.client()));
        }
        account.items().category(entity, portal.get()).ifPresent(id -> filter.put("categoryId", id));
        List<Map<String, Object>> items = new ArrayList<>();
        int typeId = account.names().of(entity).typeId();
        long after = 0;
        List<JsonNode> page;
        do {
            page = account.client().items(typeId, account.items().select(entity), filter, after);
            for (JsonNode item : page) {
                items.add(account.items().read(entity, item));
                after = item.path("id").asLong();
            }
        } while (page.size() == Bitrix24Client.PAGE);
        return items;
    }

    private Optional<Effect> create(Request request) {
        Bitrix24Account account = accounts.apply(request.account());
        String entity = request.entity();
        int typeId = account.names().of(entity).typeId();
        String marker = text(request, "marker");
        String pipeline = portal.get().pipeline(entity).map(Portal.Pipeline::key).orElse(null);
        Map<String, Object> raw = account.items().write(entity, pipeline, null, fields(request), account.client());
        account.items().category(entity, portal.get()).ifPresent(id -> raw.put("categoryId", id));
        raw.put("xmlId", marker);
        return Optional.of(new Effect("new", marker, Map.of("marker", marker),
                () -> account.client().items(typeId, List.of("id"), Map.of("xmlId", marker), 0).stream().findFirst()
                        .map(item -> Map.of("id", item.path("id").asLong())),
                () -> Map.of("id", account.client().add(typeId, raw).path("id").asLong())));
    }

    /** Absolute values: after a lost answer the route reads the item and asks anew for what still differs. */
    private Optional<Effect> update(Request request) {
        Map<String, Object> values = fields(request);
        if (values.isEmpty()) {
            return Optional.empty();
        }
        Bitrix24Account account = accounts.apply(request.account());
        String entity = request.entity();
        long id = request.id();
        Object pipeline = request.map().get("pipeline");
        Object currency = request.map().get("currency");
        Map<String, Object> raw = account.items().write(entity, pipeline == null ? null : pipeline.toString(),
                currency == null ? null : currency.toString(), values, account.client());
        int typeId = account.names().of(entity).typeId();
        return Optional.of(new Effect(entity + " " + id, null, values, Optional::empty, () -> {
            JsonNode answered = account.client().update(typeId, id, raw);
            List<String> refused = account.items().notTaken(entity, values, answered);
            if (!refused.isEmpty()) {
                account.names().forget(entity);
                throw new VendorException.Refused(account.client().account(), 200, "not-taken", entity + " " + id
                        + ": the portal did not take " + String.join(", ", refused)
                        + "; look at the field's type and at the portal's automation");
            }
            return Map.of("id", id);
        }));
    }

    private Optional<Effect> comment(Request request) {
        Bitrix24Account account = accounts.apply(request.account());
        long id = request.id();
        String type = account.names().of(request.entity()).typeCode();
        String text = text(request, "text");
        String marker = text(request, "marker");
        // one marker, one comment: a text that reads otherwise on a second try is still the same comment
        return Optional.of(new Effect(request.entity() + " " + id, marker, Map.of("marker", marker),
                () -> account.client().findComment(type, id, marker).map(found -> Map.of("id", found)),
                () -> Map.of("id", account.client().comment(type, id, text))));
    }

    private static Map<String, Object> gone(String entity, long id) {
        return new LinkedHashMap<>(Map.of("id", id, "entity", entity, "deleted", true));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> fields(Request request) {
        Object fields = request.map().get("fields");
        return fields == null ? Map.of() : (Map<String, Object>) fields;
    }

    private static String text(Request request, String key) {
        Object value = request.map().get(key);
        if (value == null || value.toString().isBlank()) {
            throw new IllegalArgumentException(request.entity() + ": the body has no " + key);
        }
        return value.toString();
    }

    /** Users type spaces into ИНН and КПП (section 7.3). */
    private static @Nullable String digits(String typed) {
        String digits = typed.replaceAll("\\D", "");
        return digits.isEmpty() ? null : digits;
    }

    private static void put(Map<String, Object> map, String key, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            map.put(key, value);
        }
    }
}
