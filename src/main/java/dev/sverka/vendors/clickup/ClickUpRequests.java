package dev.sverka.vendors.clickup;

import dev.sverka.core.connector.Operation.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what routes ask. Ids are texts: ClickUp's are too long for numbers, and tasks' have letters (section 5). */
final class ClickUpRequests {

    private static final String ID = "[A-Za-z0-9_-]{1,64}";

    private ClickUpRequests() {
    }

    /** The {@code id} of the body, or the body itself where it is one. */
    static String id(Request request) {
        Object body = request.body();
        String id = Objects.toString(body instanceof Map<?, ?> map ? map.get("id") : body, null);
        return checked(request, "id", id);
    }

    /** An id under another name, such as the {@code list:} of a new task; null where it is absent. */
    static @Nullable String other(Request request, String key) {
        Object id = request.body() instanceof Map<?, ?> map ? map.get(key) : null;
        return id == null ? null : checked(request, key, id.toString());
    }

    static String required(Request request, String key) {
        return checked(request, key, other(request, key));
    }

    private static String checked(Request request, String key, @Nullable String id) {
        if (id == null || !id.matches(ID)) {
            throw new IllegalArgumentException(request.entity() + ": no " + key + ": in the body, or none that ClickUp"
                    + " could have given");
        }
        return id;
    }

    /** What is under {@code fields:}. @param known those that can be written */
    static Map<String, Object> fields(Request request, List<String> known) {
        if (!(request.map().get("fields") instanceof Map<?, ?> fields)) {
            throw new IllegalArgumentException(request.entity() + ": the body has no fields:");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        fields.forEach((key, value) -> {
            if (!known.contains(key.toString())) {
                throw new IllegalArgumentException(request.entity() + ": unknown field '" + key + "'; there are "
                        + String.join(", ", known));
            }
            values.put(key.toString(), value);
        });
        return values;
    }

    /** What is under {@code filter:}; empty where there is none. */
    static Map<String, Object> filter(Request request) {
        Map<String, Object> filter = new LinkedHashMap<>();
        if (request.body() instanceof Map<?, ?> body && body.get("filter") instanceof Map<?, ?> asked) {
            asked.forEach((key, value) -> filter.put(key.toString(), value));
        }
        return filter;
    }

    /** What an intent may keep: nothing stands as an empty text there. */
    static Map<String, Object> content(Map<String, Object> values) {
        Map<String, Object> content = new LinkedHashMap<>(values);
        content.replaceAll((key, value) -> value == null ? "" : value);
        return content;
    }
}
