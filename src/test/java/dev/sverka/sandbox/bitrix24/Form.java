package dev.sverka.sandbox.bitrix24;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Bracketed names of a query or a form, as PHP reads them: values are strings (bitrix24.md sections 2.1 and 5.1). */
final class Form {

    private Form() {
    }

    static Map<String, Object> parse(String query) {
        Map<String, Object> form = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            if (!name.isEmpty()) {
                put(form, name.replace("]", "").split("\\[", -1), 0, equals < 0 ? ""
                        : decoded(pair.substring(equals + 1)));
            }
        }
        form.replaceAll((name, value) -> lists(value));
        return form;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> map, String[] path, int at, String value) {
        String key = path[at].isEmpty() ? String.valueOf(map.size()) : path[at];
        if (at == path.length - 1) {
            map.put(key, value);
            return;
        }
        if (!(map.get(key) instanceof Map<?, ?>)) {
            map.put(key, new LinkedHashMap<String, Object>());
        }
        put((Map<String, Object>) map.get(key), path, at + 1, value);
    }

    /** A map with the keys 0, 1, 2 … of plain values is a list. */
    private static Object lists(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < map.size(); i++) {
            Object one = map.get(String.valueOf(i));
            if (one == null || one instanceof Map<?, ?>) {
                Map<String, Object> kept = new LinkedHashMap<>();
                map.forEach((key, inner) -> kept.put(String.valueOf(key), lists(inner)));
                return kept;
            }
            list.add(one);
        }
        return list;
    }
}
