package dev.sverka.vendors.bitrix24;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A list that is walked by id, uncounted: the only way whose cost does not grow with the table (bitrix24.md section
 * 4.1). Where a filter leaves few rows of it, the first page may be counted.
 *
 * @param id the rows' id as the method spells it
 * @param container under which of {@code result}'s keys the rows stand; null where {@code result} is the list
 */
record Bitrix24Listing(String method, Map<String, Object> parameters, String id, @Nullable String container) {

    /** {@code crm.item.list}. @param filter as the method wants it */
    static Bitrix24Listing items(int entityTypeId, List<String> select, Map<String, Object> filter) {
        return new Bitrix24Listing("crm.item.list", Map.of("entityTypeId", entityTypeId, "select", select,
                "filter", filter), "id", "items");
    }

    /** One of the older lists, such as {@code crm.requisite.list}. */
    static Bitrix24Listing old(String method, List<String> select, Map<String, Object> filter) {
        return new Bitrix24Listing(method, Map.of("select", select, "filter", filter), "ID", null);
    }

    /** {@code user.get} (section 12). */
    static Bitrix24Listing users(Map<String, Object> filter) {
        return new Bitrix24Listing("user.get", Map.of("filter", filter), "ID", null);
    }

    /** The page of ids above one. @param after an id, or a reference to one in an earlier answer of the batch */
    Bitrix24Command from(Object after) {
        return from(after, -1);
    }

    /** The page of ids above one; the portal tells how many rows there are in all above it. */
    Bitrix24Command counted(long after) {
        return from(after, 0);
    }

    private Bitrix24Command from(Object after, int start) {
        Map<String, Object> page = new LinkedHashMap<>(parameters);
        Map<String, Object> filter = new LinkedHashMap<>();
        if (parameters.get("filter") instanceof Map<?, ?> given) {
            given.forEach((key, value) -> filter.put(key.toString(), value));
        }
        filter.put(">" + id, after);
        if (method.equals("user.get")) {
            page.remove("filter");
            page.putAll(Map.of("FILTER", filter, "sort", id, "order", "ASC"));
        } else {
            page.putAll(Map.of("filter", filter, "order", Map.of(id, "ASC")));
        }
        page.put("start", start);
        return new Bitrix24Command(method, page);
    }

    /** The last id of a full page, as a later command of the same batch refers to it (section 5.3). */
    private String lastOf(String page) {
        return "$result[" + page + "]" + (container == null ? "" : "[" + container + "]")
                + "[" + (Bitrix24Client.PAGE - 1) + "][" + id + "]";
    }

    List<JsonNode> rows(JsonNode result) {
        return Bitrix24Client.rows(container == null ? result : result.path(container));
    }

    long id(JsonNode row) {
        return row.path(id).asLong();
    }

    /** Several pages, each asked for above the last id of the one before. */
    Map<String, Bitrix24Command> chain(long after, int pages) {
        Map<String, Bitrix24Command> chain = new LinkedHashMap<>();
        for (int page = 0; page < pages; page++) {
            chain.put("p" + page, from(page == 0 ? after : lastOf("p" + (page - 1))));
        }
        return chain;
    }

    /**
     * The pages of a chain that count: behind the first short one a reference is empty and the walk begins anew, and
     * behind a failed one nothing is known.
     *
     * @throws dev.sverka.core.http.VendorException where not even the first page came
     */
    List<List<JsonNode>> pages(Map<String, Bitrix24Client.Outcome> outcomes) {
        List<List<JsonNode>> pages = new ArrayList<>();
        for (Bitrix24Client.Outcome outcome : outcomes.values()) {
            if (outcome.answer() == null && !pages.isEmpty()) {
                break;
            }
            List<JsonNode> rows = rows(outcome.orElseThrow());
            pages.add(rows);
            if (rows.size() < Bitrix24Client.PAGE) {
                break;
            }
        }
        return pages;
    }
}
