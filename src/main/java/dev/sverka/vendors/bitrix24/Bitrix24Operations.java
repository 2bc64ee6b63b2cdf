package dev.sverka.vendors.bitrix24;

import dev.sverka.core.connector.Operation.Request;
import dev.sverka.core.connector.Operation;
import dev.sverka.core.http.VendorException;
import dev.sverka.core.portal.Portal;
import dev.sverka.core.state.Declared;
import dev.sverka.vendors.bitrix24.Bitrix24Names.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What routes can ask of a portal: the table from verb to calls, and the verbs that only read. */
final class Bitrix24Operations {

    private final Declared<Portal> portal;
    private final Function<String, Bitrix24Account> accounts;
    private final Bitrix24Writes writes;
    private final Bitrix24Notes notes;
    private final Bitrix24Files files;
    private final Bitrix24Clients clients;

    Bitrix24Operations(Declared<Portal> portal, Function<String, Bitrix24Account> accounts) {
        this.portal = portal;
        this.accounts = accounts;
        this.writes = new Bitrix24Writes(portal, accounts);
        this.notes = new Bitrix24Notes(accounts);
        this.files = new Bitrix24Files(accounts);
        this.clients = new Bitrix24Clients(accounts);
    }

    Map<String, Operation> of(String entity) {
        Stream<Operation> all = Stream.of(
                new Operation("get", "Reads one item by its id; {id, deleted: true} where it is gone",
                        (Operation.Read) this::get),
                new Operation("peek", "As get, for who only shows the item: after a write of ours its answer serves",
                        (Operation.Read) this::peek),
                new Operation("list", "Reads items by equal values of fields under filter:, all pages",
                        (Operation.Read) this::list),
                new Operation("link", "Adds to an item where people see it (url:) and the portal's id (portal:)",
                        (Operation.Read) this::link),
                new Operation("notify", "Sends text: to the user to: (of a user, id:), once for a marker:",
                        (Operation.Write) notes::notification));
        if (portal.get().entity(entity).map(Portal.Entity::builtin).filter("user"::equals).isEmpty()) {
            all = Stream.concat(all, Stream.of(
                    new Operation("create", "Creates an item from fields:, found again by its marker:",
                            (Operation.Write) writes::create),
                    new Operation("update", "Writes the values under fields: that differ to the item id:",
                            (Operation.Write) writes::update),
                    new Operation("upsert", "Updates the item with the marker: from fields:, or creates it",
                            (Operation.Write) writes::upsert),
                    new Operation("delete", "Deletes the item id:", (Operation.Write) writes::delete),
                    new Operation("comment",
                            "Adds the comment text: to the timeline of the item id:, once for a marker:",
                            (Operation.Write) notes::comment),
                    new Operation("todo",
                            "Gives the item id: a to-do with title:, text:, deadline: and responsible:, once "
                            + "for a marker:", (Operation.Write) notes::todo),
                    new Operation("file", "Fetches file: (its id), name:, size: and content: of the file in field: of the"
                            + " item id:; without content: where it is too large", (Operation.Read) files::fetch),
                    new Operation("upload",
                            "Puts the file name: with content: (bytes or base64) into field: of the item id:",
                            (Operation.Write) notes::upload)));
        }
        if (portal.get().entity(entity).map(Portal.Entity::builtin).filter("lead"::equals).isPresent()) {
            all = Stream.concat(all, Stream.of(new Operation("known",
                    "Finds the companies and contacts that have the phone, e-mail or ИНН of the lead id:",
                    (Operation.Read) clients::known)));
        }
        return all.collect(Collectors.toMap(Operation::verb, operation -> operation));
    }

    private Object get(Request request) {
        Bitrix24Account account = accounts.apply(request.account());
        Names known = account.names().of(request.entity());
        String key = known.entity().key();
        long id = request.id();
        if (known.isUser()) {
            return Bitrix24Client.rows(account.client().read("user.get", Map.of("FILTER", Map.of("ID", id)))).stream()
                    .findFirst().map(row -> account.items().read(key, row)).orElseGet(() -> gone(key, id));
        }
        Optional<Map<String, Object>> listed = listed(request, account, known);
        if (listed.isPresent()) {
            account.recent().read(key, id, listed.get());
            return listed.get();
        }
        Optional<Map<String, Object>> item = known.hasRequisites() ? withRequisites(account, known, id)
                : item(account, known.typeId(), id).map(raw -> account.items().read(key, raw));
        item.ifPresent(read -> account.recent().read(key, id, read));
        return item.orElseGet(() -> {
            Map<String, Object> gone = missing(request, account, key, id);
            account.recent().deleted(request.entity(), id);
            return gone;
        });
    }

    /** The answer to a write holds the item (section 6.6) but not what belongs to it elsewhere. */
    private Object peek(Request request) {
        Bitrix24Account account = accounts.apply(request.account());
        Names known = account.names().of(request.entity());
        boolean isWhole = !known.isUser() && !known.hasRequisites();
        boolean isTold = request.body() instanceof Map<?, ?> told
                && (told.containsKey("updatedTime") || told.containsKey("deleted"));
        return isTold || !isWhole ? get(request)
                : account.recent().answered(known.entity().key(), request.id()).<Object>map(LinkedHashMap::new)
                        .orElseGet(() -> get(request));
    }

    /** {@code crm.item.get} (section 6.6), together with others that are asked for now; empty when it is not found. */
    private static Optional<JsonNode> item(Bitrix24Account account, int typeId, long id) {
        try {
            return Optional.of(account.reads().call(new Bitrix24Command("crm.item.get",
                    Map.of("entityTypeId", typeId, "id", id))).path("item"));
        } catch (VendorException.Refused refused) {
            if (refused.code().equals("NOT_FOUND")) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    private Object link(Request request) {
        Bitrix24Account account = accounts.apply(request.account());
        Names known = account.names().of(request.entity());
        String type = known.isUser() ? "company/personal/user/" : known.entity().builtin() != null
                ? "crm/" + known.entity().builtin() + "/details/" : "crm/type/" + known.typeId() + "/details/";
        Map<String, Object> item = new LinkedHashMap<>(request.map());
        item.put("url", account.client().address().page(type + request.id() + "/"));
        item.put("portal", account.client().address().portal());
        return item;
    }

    /** The row that a feed brought tells as much as a read would, unless we have written the item since. */
    private static Optional<Map<String, Object>> listed(Request request, Bitrix24Account account, Names known) {
        if (!(request.body() instanceof Map<?, ?> row) || !row.containsKey("updatedTime")
                || !known.entity().key().equals(row.get("entity"))
                || known.hasRequisites() && !row.containsKey(Bitrix24Companies.REQUISITES)) {
            return Optional.empty();
        }
        return account.recent().holds(known.entity().key(), request.id(), request.map())
                ? Optional.of(account.items().retyped(known.entity().key(), request.map())) : Optional.empty();
    }

    /**
     * NOT_FOUND is also what a lagging database or a lost right says: believed at the second answer, some time apart.
     */
    private static Map<String, Object> missing(Request request, Bitrix24Account account, String key, long id) {
        boolean proven = request.body() instanceof Map<?, ?> map && Boolean.TRUE.equals(map.get("deleted"));
        if (proven || account.recent().isMissingStill(key, id)) {
            return gone(key, id);
        }
        throw new VendorException.NotYet(account.client().account(), 400, "NOT_FOUND", account.client().account() + ": "
                + key + " " + id + " is not found; it is asked for once more before it is taken for deleted");
    }

    private static Optional<Map<String, Object>> withRequisites(Bitrix24Account account, Names known, long id) {
        Map<String, JsonNode> answers = account.companies().read(known.typeId(), id);
        if (answers.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> item = account.items().read(known.entity().key(), answers.get("item").path("item"));
        item.put(Bitrix24Companies.REQUISITES, account.companies().requisites(
                answers.get(Bitrix24Companies.REQUISITES)));
        return Optional.of(item);
    }

    private Object list(Request request) {
        Bitrix24Account account = accounts.apply(request.account());
        String entity = request.entity();
        Map<String, Object> keyed = new LinkedHashMap<>();
        if (request.body() instanceof Map<?, ?> body && body.get("filter") instanceof Map<?, ?> values) {
            values.forEach((key, value) -> keyed.put(key.toString(), value));
        }
        Map<String, Object> filter = account.items().filter(entity, portal.get().pipeline(entity)
                .map(Portal.Pipeline::key).orElse(null), keyed, account.client());
        Bitrix24Pages pages = new Bitrix24Pages(account.client(), account.items().listing(entity, portal.get(), filter),
                0);
        List<Map<String, Object>> items = new ArrayList<>();
        while (!pages.isDone()) {
            pages.next().forEach(page -> page.forEach(row -> items.add(account.items().read(entity, row))));
        }
        return items;
    }

    private static Map<String, Object> gone(String entity, long id) {
        return new LinkedHashMap<>(Map.of("id", id, "entity", entity, "deleted", true));
    }
}
