package dev.sverka.vendors.bitrix24;

import dev.sverka.core.connector.Operation.Effect;
import dev.sverka.core.connector.Operation.Request;
import dev.sverka.core.connector.Operation;
import dev.sverka.core.http.VendorException;
import dev.sverka.core.portal.Portal;
import dev.sverka.core.state.Declared;
import dev.sverka.vendors.bitrix24.Bitrix24Names.FieldName;
import dev.sverka.vendors.bitrix24.Bitrix24Names.Names;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The verbs that change items. What equals what is there is not sent; what was sent is compared with what came back.
 */
final class Bitrix24Writes {

    /** Clears what {@code crm.item.update} only pretends to clear (bitrix24.md section 13, row 6). */
    private static final Map<String, String> OLD_UPDATE = Map.of("deal", "crm.deal.update", "company",
            "crm.company.update", "contact", "crm.contact.update", "lead", "crm.lead.update");
    private static final String REQUISITES = Bitrix24Companies.REQUISITES;

    private final Declared<Portal> portal;
    private final Function<String, Bitrix24Account> accounts;

    Bitrix24Writes(Declared<Portal> portal, Function<String, Bitrix24Account> accounts) {
        this.portal = portal;
        this.accounts = accounts;
    }

    Optional<Effect> create(Request request) {
        Bitrix24Account account = accounts.apply(request.account());
        String entity = request.entity();
        String marker = text(request, "marker");
        Map<String, Object> values = values(request);
        Object requisites = values.remove(REQUISITES);
        Names known = account.names().of(entity);
        Map<String, Object> raw = account.items().write(entity, pipeline(request), currency(request), values,
                account.client());
        account.items().category(entity, portal.get()).ifPresent(id -> raw.put("categoryId", id));
        raw.putAll(account.items().marker(entity, marker));
        return Optional.of(new Effect("new", marker, Map.of("marker", marker),
                () -> find(account, entity, marker).map(id -> Operation.afterwards(() -> equipped(account, known, id,
                        requisites))),
                () -> {
                    JsonNode item = account.writes().call(new Bitrix24Command("crm.item.add",
                            Map.of("entityTypeId", known.typeId(), "fields", raw))).path("item");
                    long id = item.path("id").asLong();
                    return Operation.afterwards(() -> {
                        check(account, entity, id, values, item);
                        return equipped(account, known, id, requisites);
                    });
                }));
    }

    /** Absolute values: after a lost answer the route reads the item and asks anew for what still differs. */
    Optional<Effect> update(Request request) {
        Map<String, Object> values = values(request);
        return values.isEmpty() ? Optional.empty()
                : update(accounts.apply(request.account()), request, request.id(), values);
    }

    /** The result names the item also where nothing had to be written. */
    Optional<Effect> upsert(Request request) {
        Bitrix24Account account = accounts.apply(request.account());
        Optional<Long> found = find(account, request.entity(), text(request, "marker"));
        if (found.isEmpty()) {
            return create(request);
        }
        long id = found.get();
        Optional<Effect> update = update(account, request, id, values(request));
        return update.isPresent() ? update : Optional.of(new Effect(request.entity() + " " + id, null, Map.of(),
                Optional::empty, () -> Map.of("id", id)));
    }

    /** An item that is not there any more is as good as deleted. */
    Optional<Effect> delete(Request request) {
        Bitrix24Account account = accounts.apply(request.account());
        int typeId = account.names().of(request.entity()).typeId();
        long id = request.id();
        return Optional.of(new Effect(request.entity() + " " + id, null, Map.of("deleted", true), Optional::empty,
                () -> {
            try {
                account.writes().call(new Bitrix24Command("crm.item.delete",
                        Map.of("entityTypeId", typeId, "id", id)));
            } catch (VendorException.Refused refused) {
                if (!refused.code().equals("NOT_FOUND")) {
                    throw refused;
                }
            }
            return Map.of("id", id);
        }));
    }

    private Optional<Effect> update(Bitrix24Account account, Request request, long id, Map<String, Object> wanted) {
        String entity = request.entity();
        Names known = account.names().of(entity);
        Object requisites = wanted.remove(REQUISITES);
        Map<String, Object> present = account.recent().lately(known.entity().key(), id)
                .or(() -> account.client().item(known.typeId(), id).map(item -> account.items().read(entity, item)))
                .orElse(Map.of());
        Map<String, Object> values = new LinkedHashMap<>(wanted);
        values.keySet().retainAll(account.items().differing(entity, wanted, present));
        if (values.isEmpty() && requisites == null) {
            return Optional.empty();
        }
        String pipeline = pipeline(request);
        Map<String, Object> raw = account.items().write(entity,
                pipeline == null ? (String) present.get("pipeline") : pipeline,
                currency(request) == null ? (String) present.get("currency") : currency(request), values,
                account.client());
        return Optional.of(new Effect(entity + " " + id, null, content(values), Optional::empty, () -> {
            if (!values.isEmpty()) {
                send(account, known, id, raw, values);
            }
            return equipped(account, known, id, requisites);
        }));
    }

    private static void send(Bitrix24Account account, Names known, long id, Map<String, Object> raw,
            Map<String, Object> values) {
        String key = known.entity().key();
        account.recent().writing(key, id);
        JsonNode answered = account.writes().call(new Bitrix24Command("crm.item.update",
                Map.of("entityTypeId", known.typeId(), "id", id, "fields", raw))).path("item");
        if (values.containsValue(null)) {
            answered = cleared(account, known, id, values);
        }
        check(account, key, id, values, answered);
        account.recent().written(key, id, account.items().read(key, answered));
    }

    /** Reads back, for the answer may show empty what the portal still holds; the older method clears then. */
    private static JsonNode cleared(Bitrix24Account account, Names known, long id, Map<String, Object> values) {
        JsonNode now = account.client().item(known.typeId(), id).orElseThrow();
        Map<String, Object> left = new TreeMap<>();
        for (String key : account.items().differing(known.entity().key(), values,
                account.items().read(known.entity().key(), now))) {
            FieldName field = known.fields().get(key);
            if (values.get(key) == null && field != null) {
                left.put(field.upperName(), field.field().multiple() ? List.of() : "");
            }
        }
        String old = known.entity().builtin() == null ? null : OLD_UPDATE.get(known.entity().builtin());
        if (left.isEmpty() || old == null) {
            return now;
        }
        account.client().write(old, Map.of("id", id, "fields", left));
        return account.client().item(known.typeId(), id).orElseThrow();
    }

    /** Unknown and read-only fields are ignored without a word (section 4.2). */
    private static void check(Bitrix24Account account, String entity, long id, Map<String, Object> values,
            JsonNode answered) {
        List<String> refused = account.items().differing(entity, values, account.items().read(entity, answered));
        if (!refused.isEmpty()) {
            account.names().forget(entity);
            throw new VendorException.Refused(account.client().account(), 200, "not-taken", entity + " " + id
                    + ": the portal did not take " + String.join(", ", refused)
                    + "; look at the field's type and at the portal's automation");
        }
    }

    private Optional<Long> find(Bitrix24Account account, String entity, String marker) {
        return account.client().items(account.names().of(entity).typeId(), List.of("id"),
                account.items().marker(entity, marker), 0).stream().findFirst().map(item -> item.path("id").asLong());
    }

    private static Map<String, Object> equipped(Bitrix24Account account, Names known, long id,
            @Nullable Object requisites) {
        if (requisites instanceof List<?> wanted && known.hasRequisites()) {
            account.companies().require(known.typeId(), id, wanted);
        }
        return Map.of("id", id);
    }

    /** What an intent may keep: nothing stands as an empty text there. */
    private static Map<String, Object> content(Map<String, Object> values) {
        Map<String, Object> content = new LinkedHashMap<>(values);
        content.replaceAll((key, value) -> value == null ? "" : value);
        return content;
    }

    private @Nullable String pipeline(Request request) {
        Object named = request.map().get("pipeline");
        return named != null ? named.toString()
                : portal.get().pipeline(request.entity()).map(Portal.Pipeline::key).orElse(null);
    }

    private static @Nullable String currency(Request request) {
        Object currency = request.map().get("currency");
        return currency == null ? null : currency.toString();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> values(Request request) {
        Object fields = request.map().get("fields");
        return fields == null ? new LinkedHashMap<>() : new LinkedHashMap<>((Map<String, Object>) fields);
    }

    /** @throws IllegalArgumentException where the body lacks it */
    static String text(Request request, String key) {
        Object value = request.map().get(key);
        if (value == null || value.toString().isBlank()) {
            throw new IllegalArgumentException(request.entity() + ": the body has no " + key);
        }
        return value.toString();
    }
}
