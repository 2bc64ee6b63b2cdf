package dev.sverka.sandbox.bitrix24;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One method with its parameters, alone or as a command of a batch. */
record Call(String method, Map<String, Object> parameters, Credential who) {

    static final int PAGE = 50;

    /** What a method gives. @param total null where the method tells none; @param next offset of the next page */
    record Result(Object result, Integer total, Integer next) {

        static Result of(Object result) {
            return new Result(result, null, null);
        }
    }

    Object get(String name) {
        return parameters.get(name);
    }

    Object required(String name) {
        Object value = parameters.get(name);
        if (value == null) {
            throw new CrmError(400, "100", "Could not find value for parameter {" + name + "}");
        }
        return value;
    }

    int number(String name) {
        return wholeNumber(name, required(name));
    }

    private static int wholeNumber(String name, Object value) {
        try {
            return Crm.number(value);
        } catch (ArithmeticException | NumberFormatException notANumber) {
            throw new CrmError(400, "100", "Invalid value {" + value + "} to match with parameter {" + name + "}");
        }
    }

    /** A map that may be left out; an empty list is an empty map (section 2.2). */
    Map<String, Object> map(String name) {
        return asMap(parameters.get(name));
    }

    /** The {@code fields} of a write. */
    Map<String, Object> fields() {
        return asMap(required("fields"));
    }

    boolean isCounted() {
        return !"-1".equals(String.valueOf(parameters.getOrDefault("start", 0)));
    }

    /** A page of rows with its total and next (section 4.1). @param container the key under result, null for none */
    Result page(List<? extends Map<String, ?>> rows, String container) {
        boolean counted = isCounted();
        int start = counted ? Math.max(0, wholeNumber("start", parameters.getOrDefault("start", 0))) : 0;
        List<?> page = rows.stream().skip(start).limit(PAGE).toList();
        return new Result(container == null ? page : Map.of(container, page), counted ? rows.size() : 0,
                counted && start + PAGE < rows.size() ? start + PAGE : null);
    }

    /** A map; a list is one with the keys 0, 1, 2 …, as PHP has it. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> asMap(Object value) {
        if (!(value instanceof List<?> list)) {
            return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
        }
        Map<String, Object> numbered = new LinkedHashMap<>();
        list.forEach(one -> numbered.put(String.valueOf(numbered.size()), one));
        return numbered;
    }

    static Collection<?> asList(Object value) {
        return value instanceof Collection<?> many ? many : value instanceof Map<?, ?> map ? map.values()
                : value == null ? List.of() : List.of(value);
    }
}
