package dev.sverka.sandbox.bitrix24;

import dev.sverka.sandbox.bitrix24.Call.Result;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code crm.item.productrow.*} (bitrix24.md section 6.7): no events of their own, but a sum that is calculated. */
final class ProductRows {

    private final Crm crm;
    private final Items items;
    private final Map<String, List<Map<String, Object>>> rows = new LinkedHashMap<>();

    ProductRows(Crm crm, Items items, Methods methods) {
        this.crm = crm;
        this.items = items;
        crm.hasRows = (type, id) -> rows.containsKey(key(type, id)) && !rows.get(key(type, id)).isEmpty();
        methods.read("crm.item.productrow.list", "crm", this::list).write("crm.item.productrow.set", "crm", this::set);
    }

    private static String key(CrmType type, int id) {
        return type.entityTypeId + " " + id;
    }

    private String owner(Object shortCode, Object id) {
        int owner = Crm.number(id);
        return crm.types.values().stream().filter(one -> one.shortCode().equals(shortCode)
                && one.items.containsKey(owner) && !items.isHidden(one, owner)).findFirst().map(one -> key(one, owner))
                .orElseThrow(() -> new CrmError(400, "OWNER_NOT_FOUND", "Владелец не найден"));
    }

    private Result list(Call call) {
        Map<String, Object> filter = call.map("filter");
        if (!filter.containsKey("=ownerType") || !filter.containsKey("=ownerId")) {
            throw new CrmError(400, "100", "Could not find value for parameter {=ownerType} or {=ownerId}");
        }
        return call.page(rows.getOrDefault(owner(filter.get("=ownerType"), filter.get("=ownerId")), List.of()),
                "productRows");
    }

    /** Replaces all rows; the sum of the item follows unless it is kept by hand. */
    private Result set(Call call) {
        String owner = owner(call.required("ownerType"), call.required("ownerId"));
        int id = call.number("ownerId");
        List<Map<String, Object>> replaced = new ArrayList<>();
        BigDecimal sum = BigDecimal.ZERO;
        for (Object one : Call.asList(call.get("productRows"))) {
            Map<String, Object> wanted = Call.asMap(one);
            BigDecimal price = new BigDecimal(String.valueOf(wanted.getOrDefault("price", 0)));
            BigDecimal quantity = new BigDecimal(String.valueOf(wanted.getOrDefault("quantity", 1)));
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("id", crm.nextId());
            row.put("ownerId", id);
            row.put("ownerType", call.get("ownerType"));
            row.put("productId", wanted.getOrDefault("productId", 0));
            row.put("productName", wanted.getOrDefault("productName", ""));
            row.put("price", Values.plain(price));
            row.put("quantity", Values.plain(quantity));
            row.put("taxRate", wanted.get("taxRate"));
            row.put("taxIncluded", wanted.getOrDefault("taxIncluded", "N"));
            replaced.add(row);
            sum = sum.add(price.multiply(quantity));
        }
        rows.put(owner, replaced);
        crm.recalculated(Integer.parseInt(owner.replaceFirst(" .*", "")), id, sum, call.who().user());
        return Result.of(Map.of("productRows", replaced));
    }
}
