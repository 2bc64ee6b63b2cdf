package dev.sverka.flows.projects;

import dev.sverka.core.state.Declared;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code mappings/clickup.yaml}: where folders are made, and whose word counts in each field. Immutable.
 *
 * @param spaces ClickUp's ids by the deal's funnel; {@code default} for all others
 * @param fields {@code bitrix24}, {@code clickup}, {@code latest} or {@code none} by field
 */
record FieldOwners(Map<String, String> spaces, Map<String, String> fields) {

    static final String BITRIX24 = "bitrix24";
    static final String CLICKUP = "clickup";
    static final String LATEST = "latest";
    private static final Map<String, String> SHIPPED = Map.of("name", BITRIX24, "begin", BITRIX24, "responsible",
            BITRIX24, "due", LATEST, "progress", CLICKUP, "lastDue", CLICKUP, "hours", CLICKUP);
    static final FieldOwners NONE = new FieldOwners(Map.of(), SHIPPED);

    static FieldOwners read(Map<String, Object> content, Declared.Lines lines) {
        Map<String, String> fields = new LinkedHashMap<>(SHIPPED);
        fields.putAll(texts(content.get("fields")));
        return new FieldOwners(texts(content.get("spaces")), Map.copyOf(fields));
    }

    private static Map<String, String> texts(@Nullable Object value) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, one) -> texts.put(key.toString(), String.valueOf(one)));
        }
        return Map.copyOf(texts);
    }

    /** The space for deals of a funnel; null where none is named, so that the Workspace's only one is taken. */
    @Nullable String space(@Nullable String pipeline) {
        String own = pipeline == null ? null : spaces.get(pipeline);
        return own != null ? own : spaces.get("default");
    }

    boolean is(String field, String owner) {
        return owner.equals(fields.get(field));
    }

    String rule(String field) {
        return fields.getOrDefault(field, "none");
    }
}
