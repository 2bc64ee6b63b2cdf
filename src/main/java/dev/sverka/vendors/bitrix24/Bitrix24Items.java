package dev.sverka.vendors.bitrix24;

import dev.sverka.core.http.VendorException;
import dev.sverka.core.portal.Portal;
import dev.sverka.vendors.bitrix24.Bitrix24Names.FieldName;
import dev.sverka.vendors.bitrix24.Bitrix24Names.Names;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Items between the portal's names and the keys of {@code mappings/portal.yaml}. */
final class Bitrix24Items {

    private static final String RUBLES = "RUB";
    private static final String OURS = "sverka";
    private static final String SEMANTICS = "stageSemanticId";

    private final String account;
    private final Bitrix24Names names;
    private final Set<Long> robots;

    /** @param robots users whose changes are the portal's own robots, not people's decisions */
    Bitrix24Items(String account, Bitrix24Names names, Set<Long> robots) {
        this.account = account;
        this.names = names;
        this.robots = robots;
    }

    /** The names an item is read by: declared fields and what every item has, as far as this kind has it. */
    List<String> select(String entity) {
        Names known = names.of(entity);
        LinkedHashSet<String> select = new LinkedHashSet<>(List.of("id", "updatedTime", "updatedBy"));
        Stream.of("xmlId", "originId", "originatorId", "categoryId", "stageId", "movedBy", "movedTime",
                "previousStageId", "currencyId", "isMyCompany", SEMANTICS).filter(known.all()::contains).forEach(select::add);
        known.fields().values().stream().map(FieldName::name).forEach(select::add);
        return List.copyOf(select);
    }

    /** Items of an entity, or of one funnel of it. @param filter as the portal wants it */
    Bitrix24Listing listing(String entity, Portal portal, Map<String, Object> filter) {
        Names known = names.of(entity);
        if (known.isUser()) {
            return Bitrix24Listing.users(filter);
        }
        Map<String, Object> whole = new LinkedHashMap<>(filter);
        category(entity, portal).ifPresent(id -> whole.put("categoryId", id));
        return Bitrix24Listing.items(known.typeId(), select(entity), whole);
    }

    /** Where the marker of what we create stands (section 6.6, external keys); also the filter that finds it again. */
    Map<String, Object> marker(String entity, String marker) {
        return names.of(entity).entity().builtin() == null ? Map.of("xmlId", marker)
                : Map.of("originatorId", OURS, "originId", marker);
    }

    /**
     * The portal's item with our keys; {@code id}, {@code entity}, {@code updatedTime} … beside the declared fields,
     * and under {@code missing} what is declared but was not found on the portal, so that its absence is not taken
     * for empty.
     */
    Map<String, Object> read(String entity, JsonNode item) {
        Names known = names.of(entity);
        Map<String, Object> keyed = new LinkedHashMap<>();
        if (known.isUser()) {
            return user(known, item);
        }
        keyed.put("id", item.path("id").asLong());
        keyed.put("entity", known.entity().key());
        put(keyed, "updatedTime", instant(item.path("updatedTime")));
        put(keyed, "updatedBy", number(item.path("updatedBy")));
        put(keyed, "currency", item.path("currencyId").asString(null));
        if (!known.pipelines().isEmpty()) {
            put(keyed, "pipeline", pipeline(known, item.path("categoryId").asInt()));
            put(keyed, "stage", stage(known, item.path("stageId").asString("")));
            put(keyed, "semantics", semantics(known, item));
            put(keyed, "movedBy", number(item.path("movedBy")));
            put(keyed, "movedTime", instant(item.path("movedTime")));
            if (robots.contains(item.path("movedBy").asLong())) {
                keyed.put("movedByRobot", true);
            }
        }
        if (item.has("isMyCompany")) {
            keyed.put("isMyCompany", item.path("isMyCompany").asString("").equals("Y"));
        }
        put(keyed, "xmlId", item.path("xmlId").asString(null));
        if (item.path("originatorId").asString("").equals(OURS)) {
            put(keyed, "originId", item.path("originId").asString(null));
        }
        if (!known.missing().isEmpty()) {
            keyed.put("missing", known.missing());
        }
        known.fields().forEach((key, field) -> put(keyed, key, isInOtherCurrency(field, item)
                ? item.path(field.name()).asString("") : Bitrix24Values.read(field, item.path(field.name()))));
        return keyed;
    }

    /** Of a funnel that nobody declares only items of the built-in kinds tell themselves (section 6.6). */
    private static @Nullable String semantics(Names known, JsonNode item) {
        String declared = known.semantics().get(item.path("stageId").asString(""));
        return declared != null ? declared : switch (item.path(SEMANTICS).asString("")) {
            case "P" -> "process";
            case "S" -> "success";
            case "F" -> "failure";
            default -> null;
        };
    }

    /** A sum in another currency than its item's stays the portal's text: as a bare number it would count as the item's. */
    private static boolean isInOtherCurrency(FieldName field, JsonNode item) {
        String ofItem = item.path("currencyId").asString("");
        String own = Bitrix24Values.currency(item.path(field.name()));
        return field.field().type().equals("money") && field.field().std() == null && own != null && !ofItem.isEmpty()
                && !own.equalsIgnoreCase(ofItem) && !(Bitrix24Values.read(field, item.path(field.name()))
                        instanceof BigDecimal sum && sum.signum() == 0);
    }

    /**
     * A user; {@code active} is false for a dismissed one, who may still be an item's assignee (section 12), and left away
     * where the portal does not say it: nobody is dismissed by a missing word.
     */
    private static Map<String, Object> user(Names known, JsonNode row) {
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("id", row.path("ID").asLong());
        user.put("entity", known.entity().key());
        switch (row.path("ACTIVE").asString("")) {
            case "true", "Y", "1" -> user.put("active", true);
            case "false", "N", "0" -> user.put("active", false);
            default -> { }
        }
        known.fields().forEach((key, field) -> put(user, key, Bitrix24Values.read(field, row.path(field.name()))));
        return user;
    }

    /** A row that has been through the journal, where times and sums became text or plain numbers, as it was read. */
    Map<String, Object> retyped(String entity, Map<String, Object> row) {
        Map<String, Object> item = new LinkedHashMap<>(row);
        for (String time : List.of("updatedTime", "movedTime")) {
            item.computeIfPresent(time, (key, value) -> Instant.parse(value.toString()));
        }
        names.of(entity).fields().forEach((key, field) -> item.computeIfPresent(key, (name, value) ->
                Bitrix24Values.retyped(field.field(), value)));
        return item;
    }

    /**
     * Values by our keys as the portal wants them.
     *
     * @param pipeline the item's funnel, for the stage's code; null where the item has none
     * @throws VendorException.Refused when a named field or stage is not on the portal: it would be ignored without a
     * word
     */
    Map<String, Object> write(String entity, @Nullable String pipeline, @Nullable String currency,
            Map<String, Object> values, Bitrix24Client client) {
        Names known = names.of(entity);
        Map<String, Object> raw = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            if (key.equals("stage")) {
                raw.put("stageId", stageCode(known, pipeline, String.valueOf(value)));
                if (known.all().contains("categoryId")) {
                    // a stage without its funnel may be replaced by another one's (section 6.6)
                    raw.put("categoryId", known.pipelines().get(pipeline));
                }
                return;
            }
            FieldName field = known.fields().get(key);
            if (field == null) {
                names.forget(entity);
                throw drift(known.entity().key() + ".field." + key);
            }
            raw.put(field.name(), Bitrix24Values.write(field, value, currency == null ? RUBLES : currency,
                    client.time().offset()));
            if ("opportunity".equals(field.field().std())) {
                raw.put("isManualOpportunity", "Y");
            }
        });
        return raw;
    }

    /**
     * Keys whose wanted value is not the present one. Files cannot be compared: one that is wanted differs from none.
     */
    List<String> differing(String entity, Map<String, Object> wanted, Map<String, Object> present) {
        Names known = names.of(entity);
        return wanted.entrySet().stream().filter(want -> {
            FieldName field = known.fields().get(want.getKey());
            boolean file = field != null && field.field().type().equals("file") && want.getValue() != null;
            return !(file ? present.get(want.getKey()) != null : same(want.getValue(), present.get(want.getKey())));
        }).map(Map.Entry::getKey).toList();
    }

    /** A filter of equal values; custom yes-or-no fields are filtered by 1 and 0 (section 13, row 12). */
    Map<String, Object> filter(String entity, @Nullable String pipeline, Map<String, Object> values,
            Bitrix24Client client) {
        Names known = names.of(entity);
        Map<String, Object> plain = new LinkedHashMap<>(values);
        Map<String, Object> filter = new LinkedHashMap<>();
        if (plain.containsKey("id")) {
            filter.put(known.isUser() ? "ID" : "id", plain.remove("id"));
        }
        values.forEach((key, value) -> {
            FieldName field = known.fields().get(key);
            if (field != null && field.field().std() == null && field.field().type().equals("boolean")
                    && value != null) {
                filter.put(field.name(), Boolean.parseBoolean(plain.remove(key).toString()) ? 1 : 0);
            }
        });
        filter.putAll(write(entity, pipeline, null, plain, client));
        filter.remove("isManualOpportunity");
        return filter;
    }

    /** The category id of {@code payment.in}; empty where all funnels are meant. */
    Optional<Integer> category(String entity, Portal portal) {
        return portal.pipeline(entity).map(pipeline -> {
            Integer id = names.of(entity).pipelines().get(pipeline.key());
            if (id == null) {
                throw drift(entity);
            }
            return id;
        });
    }

    private String stageCode(Names known, @Nullable String pipeline, String stage) {
        String code = known.stages().get(pipeline + "/" + stage);
        if (code == null) {
            names.forget(known.entity().key());
            throw drift(known.entity().key() + "." + pipeline + ".stage." + stage);
        }
        return code;
    }

    private VendorException.Refused drift(String what) {
        return new VendorException.Refused(account, 0, "drift", account + ": the portal has no " + what
                + " under the name in mappings/portal.yaml (drift: " + what
                + "); rename it back there, or point the key at it with use:, then replay");
    }

    private static @Nullable String pipeline(Names known, int category) {
        return known.pipelines().entrySet().stream().filter(one -> one.getValue() == category)
                .map(Map.Entry::getKey).findFirst().orElse(null);
    }

    private static @Nullable String stage(Names known, String code) {
        return known.stages().entrySet().stream().filter(one -> one.getValue().equals(code))
                .map(one -> one.getKey().substring(one.getKey().indexOf('/') + 1)).findFirst().orElse(null);
    }

    private static boolean same(@Nullable Object wanted, @Nullable Object present) {
        boolean nothingWanted = wanted == null || wanted instanceof List<?> list && list.isEmpty();
        boolean nothingThere = present == null || present instanceof List<?> list && list.isEmpty();
        if (nothingWanted || nothingThere) {
            return nothingWanted && nothingThere;
        }
        if (present instanceof List<?> && !(wanted instanceof List<?>)) {
            return same(List.of(wanted), present);
        }
        if (wanted instanceof List<?> many && present instanceof List<?> some) {
            return many.size() == some.size() && IntStream.range(0, many.size())
                    .allMatch(i -> same(many.get(i), some.get(i)));
        }
        if (present instanceof Instant moment) {
            return Instant.parse(wanted.toString()).truncatedTo(ChronoUnit.SECONDS).equals(moment);
        }
        if (present instanceof BigDecimal number) {
            return number.compareTo(new BigDecimal(wanted.toString())) == 0;
        }
        return Objects.equals(wanted.toString(), present.toString());
    }

    private static @Nullable Object instant(JsonNode time) {
        try {
            return time.isString() && !time.stringValue().isBlank()
                    ? OffsetDateTime.parse(time.stringValue()).toInstant() : null;
        } catch (DateTimeParseException withoutOffset) {
            return null;
        }
    }

    private static @Nullable Long number(JsonNode id) {
        return id.isMissingNode() || id.isNull() ? null : Long.valueOf(id.asLong());
    }

    private static void put(Map<String, Object> keyed, String key, @Nullable Object value) {
        if (value != null) {
            keyed.put(key, value);
        }
    }
}
