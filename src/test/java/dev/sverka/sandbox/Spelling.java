package dev.sverka.sandbox;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The same answer in the spelling of another stand-in: whatever a vendor's sheet leaves open may come in any of them. */
public enum Spelling {

    /** As the stand-in writes it. */
    PLAIN,
    /** Fields nobody has documented, the first of them before all others. */
    MORE_FIELDS {
        @Override
        Object object(Map<String, Object> object) {
            Map<String, Object> more = new LinkedHashMap<>(Map.of("новое_поле", Map.of("id", "?", "items",
                    List.of(1, "2"))));
            more.putAll(object);
            more.put("trace", List.of());
            return more;
        }
    },
    NUMBERS_AS_TEXT {
        @Override
        Object scalar(Object value) {
            return value instanceof BigDecimal number ? number.toPlainString() : value instanceof Number
                    ? value.toString() : value;
        }
    },
    /** Digits that are an id or a moment, and would not lose a zero. */
    DIGITS_AS_NUMBERS {
        @Override
        Object scalar(Object value) {
            return value instanceof String text && text.matches("[1-9]\\d{0,17}") ? (Object) Long.valueOf(text) : value;
        }
    },
    NOTHING_IS_MISSING {
        @Override
        Object object(Map<String, Object> object) {
            Map<String, Object> less = new LinkedHashMap<>(object);
            less.values().removeIf(value -> value == null);
            return less;
        }
    },
    OTHER_ORDER {
        @Override
        Object object(Map<String, Object> object) {
            List<String> keys = new ArrayList<>(object.keySet());
            Collections.reverse(keys);
            Map<String, Object> reversed = new LinkedHashMap<>();
            keys.forEach(key -> reversed.put(key, object.get(key)));
            return reversed;
        }
    };

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    Object object(Map<String, Object> object) {
        return object;
    }

    Object scalar(Object value) {
        return value;
    }

    String of(String json) {
        return this == PLAIN ? json : JSON.writeValueAsString(spelled(JSON.readValue(json, Object.class)));
    }

    private Object spelled(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> object = new LinkedHashMap<>();
            map.forEach((key, one) -> object.put(key.toString(), spelled(one)));
            return object(object);
        }
        return value instanceof List<?> list ? list.stream().map(this::spelled).collect(Collectors.toList())
                : scalar(value);
    }
}
