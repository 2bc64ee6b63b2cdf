package dev.sverka.core.portal;

import dev.sverka.core.state.Declared;
import dev.sverka.core.state.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
     */
    public record Entity(String key, @Nullable String title, @Nullable String builtin, @Nullable String use,
            Map<String, Pipeline> pipelines, Map<String, Field> fields) {
    }

    /** A funnel (воронка). @param use id or title of an existing one */
    public record Pipeline(String key, String title, @Nullable String use, Map<String, Stage> stages) {
    }

    /**
     * A stage. @param semantics {@code success}, {@code failure} or null; @param use code or title of an existing one
     */
    public record Stage(String key, String title, @Nullable String semantics, @Nullable String use) {
    }

    /**
     * A field.
     *
     * @param std name of a standard field; null for one found by its label
     * @param label as people see it
     * @param type see the schema of the file
     * @param use code of an existing field, such as {@code UF_CRM_12_PAID}
     * @param parent key of the entity whose item this relation names; null for other fields
     */
    public record Field(String key, @Nullable String std, @Nullable String label, String type, boolean multiple,
            @Nullable String use, @Nullable String parent) {
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
        entities.values().forEach(entity -> entity.fields().values().forEach(field -> {
            if (field.parent() != null && !entities.containsKey(field.parent())) {
                throw new ProblemException(List.of(lines.problem("no entity is called " + field.parent(),
                        "name one of " + String.join(", ", new TreeSet<>(entities.keySet())),
                        "entities", entity.key(), "fields", field.key(), "parent")));
            }
        }));
        return new Portal(entities);
    }

    private static Entity entity(String key, Map<String, Object> content) {
        Map<String, Pipeline> pipelines = new LinkedHashMap<>();
        map(content.get("pipelines")).forEach((name, value) -> pipelines.put(name, pipeline(name, map(value))));
        Map<String, Field> fields = new LinkedHashMap<>();
        map(content.get("fields")).forEach((name, value) -> fields.put(name, field(name, map(value))));
        return new Entity(key, text(content, "title"), text(content, "builtin"), text(content, "use"), pipelines,
                fields);
    }

    private static Pipeline pipeline(String key, Map<String, Object> content) {
        Map<String, Stage> stages = new LinkedHashMap<>();
        map(content.get("stages")).forEach((name, value) -> {
            Map<String, Object> stage = map(value);
            stages.put(name, new Stage(name, String.valueOf(stage.get("title")), text(stage, "semantics"),
                    text(stage, "use")));
        });
        return new Pipeline(key, String.valueOf(content.get("title")), text(content, "use"), stages);
    }

    private static Field field(String key, Map<String, Object> content) {
        return new Field(key, text(content, "std"), text(content, "label"), String.valueOf(content.get("type")),
                Boolean.TRUE.equals(content.get("multiple")), text(content, "use"), text(content, "parent"));
    }

    private static @Nullable String text(Map<String, Object> content, String key) {
        Object value = content.get(key);
        return value == null ? null : value.toString();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }
}
