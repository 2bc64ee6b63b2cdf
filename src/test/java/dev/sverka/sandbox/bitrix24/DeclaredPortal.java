package dev.sverka.sandbox.bitrix24;

import dev.sverka.core.portal.Portal.Entity;
import dev.sverka.core.portal.Portal.Field;
import dev.sverka.sandbox.bitrix24.CrmType.Pipeline;
import dev.sverka.sandbox.bitrix24.CrmType.Stage;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A portal that has all that is declared in a {@code mappings/portal.yaml}, worked on by the declaration's keys. */
public final class DeclaredPortal {

    private static final Map<String, Integer> BUILTIN = Map.of("lead", 1, "deal", 2, "contact", 3, "company", 4);
    private static final Map<String, String> TYPES = Map.of("list", "enumeration", "text", "string",
            "number", "double");
    private static final String COLOR = "#39A8EF";

    private final Crm crm;
    private final dev.sverka.core.portal.Portal declared;
    private final Map<String, Integer> types = new LinkedHashMap<>(BUILTIN);
    private int next = 1050;

    /** Adds what the portal lacks. */
    public DeclaredPortal(Portal portal, dev.sverka.core.portal.Portal declared) {
        this.crm = portal.crm();
        this.declared = declared;
        synchronized (crm) {
            declared.entities().values().stream().filter(entity -> entity.builtin() == null).forEach(this::process);
            declared.entities().values().stream().filter(entity -> types.containsKey(entity.key()))
                    .forEach(this::fields);
        }
    }

    private void process(Entity entity) {
        Optional<CrmType> present = crm.types.values().stream().filter(type -> type.isSmartProcess()
                && type.title.equals(entity.title())).findFirst();
        if (present.isPresent()) {
            types.put(entity.key(), present.get().entityTypeId);
            return;
        }
        next += 2;
        CrmType type = new CrmType(next - 1000, next, entity.title());
        type.settings.putAll(crm.types.get(Portal.PAYMENTS).settings);
        type.standard("parentId2", "PARENT_ID_2", "crm_entity", "Сделка", false);
        entity.pipelines().values().forEach(pipeline -> {
            int id = crm.nextId();
            Map<String, Stage> stages = new LinkedHashMap<>();
            pipeline.stages().values().forEach(stage -> {
                String code = type.prefix(id) + stage.key().toUpperCase(Locale.ROOT);
                String semantics = stage.semantics() == null ? null : stage.semantics().equals("success") ? "S" : "F";
                stages.put(code, new Stage(crm.nextId(), code, stage.title(), 10 * (stages.size() + 1),
                        stage.color() == null ? COLOR : stage.color(), semantics, semantics != null
                                || stages.isEmpty()));
            });
            type.pipelines.put(id, new Pipeline(id, pipeline.title(), pipeline.isDefault() ? 100 : 500,
                    pipeline.isDefault(), stages));
        });
        crm.types.put(next, type);
        types.put(entity.key(), next);
    }

    private void fields(Entity entity) {
        CrmType type = crm.type(types.get(entity.key()));
        entity.fields().values().forEach(field -> {
            if (field.parent() != null) {
                int parent = types.get(field.parent());
                if (!type.fields.containsKey("parentId" + parent)) {
                    type.standard("parentId" + parent, "PARENT_ID_" + parent, "crm_entity", field.label(), false);
                }
            } else if (field.std() == null && type.fields.values().stream()
                    .noneMatch(one -> one.title().equals(field.label()))) {
                Map<Integer, String> options = new LinkedHashMap<>();
                field.values().forEach(value -> options.put(crm.nextId(), value));
                type.custom(field.key().toUpperCase(Locale.ROOT), TYPES.getOrDefault(field.type(), field.type()),
                        field.label(), field.multiple(), options);
            }
        });
    }

    private String name(Entity entity, Field field) {
        if (field.std() != null) {
            return field.std();
        }
        if (field.parent() != null) {
            return "parentId" + types.get(field.parent());
        }
        return crm.type(types.get(entity.key())).fields.values().stream()
                .filter(one -> one.title().equals(field.label())).findFirst().orElseThrow().name();
    }

    /** A person enters an item. @param fields by the declaration's keys; {@code pipeline} and {@code stage} too */
    public long add(String entity, Map<String, ?> fields) {
        return Crm.number(crm.add(types.get(entity), raw(entity, fields), Portal.PERSON).get("id"));
    }

    /** A person changes an item. */
    public void change(String entity, long id, Map<String, ?> fields) {
        crm.update(types.get(entity), (int) id, raw(entity, fields), Portal.PERSON);
    }

    public void delete(String entity, long id) {
        crm.delete(types.get(entity), (int) id);
    }

    private Map<String, Object> raw(String key, Map<String, ?> fields) {
        Entity entity = declared.entities().get(key);
        CrmType type = crm.type(types.get(key));
        Map<String, Object> raw = new LinkedHashMap<>();
        String funnel = fields.containsKey("pipeline") ? fields.get("pipeline").toString() : entity.pipelines().values()
                .stream().filter(dev.sverka.core.portal.Portal.Pipeline::isDefault).findFirst()
                .map(dev.sverka.core.portal.Portal.Pipeline::key).orElse(null);
        fields.forEach((name, value) -> {
            if (name.equals("pipeline") || name.equals("stage")) {
                Pipeline pipeline = pipeline(entity, type, funnel);
                raw.put("categoryId", pipeline.id());
                if (name.equals("stage")) {
                    String title = entity.pipelines().get(funnel).stages().get(value.toString()).title();
                    raw.put("stageId", pipeline.stages().values().stream().filter(one -> one.name().equals(title))
                            .findFirst().orElseThrow().code());
                }
            } else {
                Field field = entity.fields().get(name);
                raw.put(name(entity, field), value(entity, field, value));
                if (name.equals("amount")) {
                    raw.put("isManualOpportunity", "Y");
                    raw.put("currencyId", "RUB");
                }
            }
        });
        return raw;
    }

    private static Pipeline pipeline(Entity entity, CrmType type, String key) {
        String title = entity.pipelines().get(key).title();
        return type.pipelines.values().stream().filter(one -> one.name().equals(title)).findFirst().orElseThrow();
    }

    private Object value(Entity entity, Field field, Object value) {
        if (field.type().equals("list") && value != null) {
            return crm.type(types.get(entity.key())).fields.get(name(entity, field)).options().entrySet().stream()
                    .filter(one -> one.getValue().equals(value)).findFirst().orElseThrow().getKey();
        }
        if (value == null) {
            return "";
        }
        return field.type().equals("money") && field.std() == null ? value + "|RUB" : value instanceof Number ? value : value.toString();
    }

    /** Ids of all items, oldest first. */
    public List<Long> ids(String entity) {
        synchronized (crm) {
            return crm.type(types.get(entity)).items.keySet().stream().map(Integer::longValue).toList();
        }
    }

    /** What an item holds under a key, as the portal spells it; lists as their text, {@code stage} as its title. */
    public Object held(String key, long id, String name) {
        synchronized (crm) {
            Entity entity = declared.entities().get(key);
            CrmType type = crm.type(types.get(key));
            Map<String, Object> item = crm.item(type, (int) id);
            if (name.equals("stage")) {
                return type.stage(item.get("categoryId"), item.get("stageId")).name();
            }
            Field field = entity.fields().get(name);
            Object raw = field == null ? item.get(name) : item.get(name(entity, field));
            return field != null && field.type().equals("list") && raw != null
                    ? type.fields.get(name(entity, field)).options().get(Crm.number(raw)) : raw;
        }
    }

    /** Texts in an item's timeline. */
    public List<String> comments(String entity, long id) {
        synchronized (crm) {
            return crm.comments.stream().filter(one -> one.item() == id
                    && one.type().equals(crm.type(types.get(entity)).code())).map(Crm.Comment::text).toList();
        }
    }
}
