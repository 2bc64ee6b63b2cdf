package dev.sverka.core.portal;

import dev.sverka.core.state.Declared;
import dev.sverka.core.state.ProblemException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The portal as {@code mappings/portal.yaml} declares it. Immutable.
 *
 * @param entities by key, in the file's order
 */
public record Portal(Map<String, Entity> entities) {

    /**
     * A kind of item.
     *
     * @param title the smart process's name on the portal; null for a built-in one
     * @param builtin {@code deal}, {@code company}, {@code contact}, {@code lead} or {@code user}; null for a smart
     *     process
     * @param use id or title of an existing process that stands for this key; null to look for {@code title}
     * @param relations keys of the entities that its items belong to, relations named by fields among them
     */
    public record Entity(String key, @Nullable String title, @Nullable String builtin, @Nullable String use,
            Set<String> relations, Map<String, Pipeline> pipelines, Map<String, Field> fields) {
    }

    /** A funnel (воронка). @param use id or title of an existing one; @param isDefault where new items begin */
    public record Pipeline(String key, String title, @Nullable String use, boolean isDefault,
            Map<String, Stage> stages) {
    }

    /**
     * A stage.
     *
     * @param semantics {@code success}, {@code failure} or null
     * @param use code or title of an existing one
     * @param color such as {@code #7BD500}; null where none was asked for
     */
    public record Stage(String key, String title, @Nullable String semantics, @Nullable String use,
            @Nullable String color) {
    }

    /**
     * A field.
     *
     * @param std name of a standard field; null for one found by its label
     * @param label as people see it
     * @param type see the schema of the file
     * @param mandatory whether people must fill it in; asked for when the field is made, never later
     * @param use code or label of an existing field, such as {@code UF_CRM_12_PAID}
     * @param parent key of the entity whose item this relation names; null for other fields
     * @param values of a list, in their order
     */
    public record Field(String key, @Nullable String std, @Nullable String label, String type, boolean multiple,
            boolean mandatory, @Nullable String use, @Nullable String parent, List<String> values) {
    }

    /** What routes may name: each entity, and each of its funnels as {@code entity.funnel}. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>(entities.keySet());
        entities.values().forEach(entity ->
                entity.pipelines().keySet().forEach(pipeline -> names.add(entity.key() + "." + pipeline)));
        return names;
    }

    /** The entity behind {@code payment} or {@code payment.in}. */
    public Optional<Entity> entity(String name) {
        int dot = name.indexOf('.');
        return Optional.ofNullable(entities.get(dot < 0 ? name : name.substring(0, dot)));
    }

    /** The funnel behind {@code payment.in}; empty where all funnels are meant. */
    public Optional<Pipeline> pipeline(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? Optional.empty()
                : entity(name).map(entity -> entity.pipelines().get(name.substring(dot + 1)));
    }

    static Portal read(Map<String, Object> content, Declared.Lines lines) {
        Map<String, Entity> entities = new LinkedHashMap<>();
        map(content.get("entities")).forEach((key, value) -> entities.put(key, entity(key, map(value))));
        entities.values().forEach(entity -> {
            entity.fields().values().forEach(field -> mustBeThere(entities, field.parent(), lines,
                    "entities", entity.key(), "fields", field.key(), "parent"));
            entity.relations().forEach(relation -> mustBeThere(entities, relation, lines,
                    "entities", entity.key(), "relations"));
        });
        return new Portal(entities);
    }

    private static void mustBeThere(Map<String, Entity> entities, @Nullable String named, Declared.Lines lines,
            Object... path) {
        if (named != null && !entities.containsKey(named)) {
            throw new ProblemException(List.of(lines.problem("no entity is called " + named,
                    "name one of " + String.join(", ", new TreeSet<>(entities.keySet())), path)));
        }
    }

    private static Entity entity(String key, Map<String, Object> content) {
        Map<String, Pipeline> pipelines = new LinkedHashMap<>();
        map(content.get("pipelines")).forEach((name, value) -> pipelines.put(name, pipeline(name, map(value))));
        Map<String, Field> fields = new LinkedHashMap<>();
        map(content.get("fields")).forEach((name, value) -> fields.put(name, field(name, map(value))));
        Set<String> relations = new LinkedHashSet<>(texts(content.get("relations")));
        fields.values().stream().map(Field::parent).filter(Objects::nonNull).forEach(relations::add);
        return new Entity(key, text(content, "title"), text(content, "builtin"), text(content, "use"), relations,
                pipelines, fields);
    }

    private static Pipeline pipeline(String key, Map<String, Object> content) {
        Map<String, Stage> stages = new LinkedHashMap<>();
        map(content.get("stages")).forEach((name, value) -> {
            Map<String, Object> stage = map(value);
            stages.put(name, new Stage(name, String.valueOf(stage.get("title")), text(stage, "semantics"),
                    text(stage, "use"), text(stage, "color")));
        });
        return new Pipeline(key, String.valueOf(content.get("title")), text(content, "use"),
                Boolean.TRUE.equals(content.get("default")), stages);
    }

    private static Field field(String key, Map<String, Object> content) {
        return new Field(key, text(content, "std"), text(content, "label"), String.valueOf(content.get("type")),
                Boolean.TRUE.equals(content.get("multiple")), Boolean.TRUE.equals(content.get("mandatory")),
                text(content, "use"), text(content, "parent"), texts(content.get("values")));
    }

    private static @Nullable String text(Map<String, Object> content, String key) {
        Object value = content.get(key);
        return value == null ? null : value.toString();
    }

    private static List<String> texts(@Nullable Object values) {
        return values instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }
}
