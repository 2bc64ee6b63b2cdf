package dev.sverka.bitrix24;

import dev.sverka.bitrix24.Bitrix24Names.FieldName;
import dev.sverka.bitrix24.Bitrix24Names.Names;
import dev.sverka.http.VendorException;
import dev.sverka.portal.Portal;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Items between the portal's names and the keys of {@code mappings/portal.yaml}. */
final class Bitrix24Items {

    private static final String RUBLES = "RUB";

    private final String account;
    private final Bitrix24Names names;
    private final Set<Long> robots;

    /** @param robots users whose changes are the portal's own robots, not people's decisions */
    Bitrix24Items(String account, Bitrix24Names names, Set<Long> robots) {
        this.account = account;
        this.names = names;
        this.robots = robots;
    }

    /** The names an item is read by: declared fields and what every item has. */
    List<String> select(String entity) {
        Names known = names.of(entity);
        List<String> select = new ArrayList<>(List.of("id", "updatedTime", "updatedBy"));
        if (known.entity().builtin() == null) {
            select.add("xmlId");
        }
        if (!known.pipelines().isEmpty()) {
            select.addAll(List.of("categoryId", "stageId", "movedBy", "movedTime", "previousStageId"));
        }
        if (known.fields().values().stream().anyMatch(field -> "opportunity".equals(field.field().std()))) {
            select.add("currencyId");
        }
        if ("company".equals(known.entity().builtin())) {
            select.add("isMyCompany");
        }
        known.fields().values().stream().map(FieldName::name).filter(name -> !select.contains(name))
                .forEach(select::add);
        return select;
    }

    /**
     * The portal's item with our keys; {@code id}, {@code entity}, {@code updatedTime} … beside the declared fields, and
     * under {@code missing} what is declared but was not found on the portal, so that its absence is not taken for empty.
     */
    Map<String, Object> read(String entity, JsonNode item) {
        Names known = names.of(entity);
        Map<String, Object> keyed = new LinkedHashMap<>();
        keyed.put("id", item.path("id").asLong());
        keyed.put("entity", known.entity().key());
        put(keyed, "updatedTime", instant(item.path("updatedTime")));
        put(keyed, "updatedBy", number(item.path("updatedBy")));
        put(keyed, "currency", item.path("currencyId").asString(null));
        if (!known.pipelines().isEmpty()) {
            put(keyed, "pipeline", pipeline(known, item.path("categoryId").asInt()));
            put(keyed, "stage", stage(known, item.path("stageId").asString("")));
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
        if (!known.missing().isEmpty()) {
            keyed.put("missing", known.missing());
        }
        known.fields().forEach((key, field) -> put(keyed, key, Bitrix24Values.read(field, item.path(field.name()))));
        return keyed;
    }

    /**
     * Values by our keys as the portal wants them.
     *
     * @param pipeline the item's funnel, for the stage's code; null where the item has none
     * @throws VendorException.Refused when a named field or stage is not on the portal: it would be ignored without a word
     */
    Map<String, Object> write(String entity, @Nullable String pipeline, @Nullable String currency,
            Map<String, Object> values, Bitrix24Client client) {
        Names known = names.of(entity);
        Map<String, Object> raw = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            if (key.equals("stage")) {
                raw.put("stageId", stageCode(known, pipeline, String.valueOf(value)));
                return;
            }
            FieldName field = known.fields().get(key);
            if (field == null) {
                names.forget(entity);
                throw drift(known.entity().key() + ".field." + key);
            }
            raw.put(field.name(), Bitrix24Values.write(field, value, currency == null ? RUBLES : currency,
                    client.offset()));
            if ("opportunity".equals(field.field().std())) {
                raw.put("isManualOpportunity", "Y");
            }
        });
        return raw;
    }

    /** Keys of values that the portal, by its answer, did not take. */
    List<String> notTaken(String entity, Map<String, Object> wanted, JsonNode answered) {
        Map<String, Object> present = read(entity, answered);
        return wanted.entrySet().stream().filter(want -> !same(want.getValue(), present.get(want.getKey())))
                .map(Map.Entry::getKey).toList();
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
        if (wanted == null || present == null) {
            return wanted == present;
        }
        if (present instanceof BigDecimal number) {
            return number.compareTo(new BigDecimal(wanted.toString())) == 0;
        }
        return Objects.equals(wanted.toString(), present.toString());
    }

    private static @Nullable Object instant(JsonNode time) {
        return time.isString() && !time.stringValue().isBlank()
                ? OffsetDateTime.parse(time.stringValue()).toInstant() : null;
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
