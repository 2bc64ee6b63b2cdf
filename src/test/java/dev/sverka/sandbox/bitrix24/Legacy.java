package dev.sverka.sandbox.bitrix24;

import dev.sverka.sandbox.bitrix24.Call.Result;
import dev.sverka.sandbox.bitrix24.CrmType.Field;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The old {@code crm.deal.*} and {@code crm.company.*}: upper-case names, strings (bitrix24.md sections 6.6 and 6.7).
 */
final class Legacy {

    private static final Map<String, String> NAMES = Map.of("createdTime", "DATE_CREATE", "updatedTime", "DATE_MODIFY",
            "createdBy", "CREATED_BY_ID", "updatedBy", "MODIFY_BY_ID", "typeId", "TYPE_ID", "movedBy", "MOVED_BY_ID");

    private final Crm crm;
    private final Items items;

    Legacy(Crm crm, Items items, Methods methods) {
        this.crm = crm;
        this.items = items;
        Map.of("deal", CrmType.DEAL, "company", CrmType.COMPANY).forEach((name, id) -> methods
                .read("crm." + name + ".get", "crm", call -> Result.of(row(crm.type(id), seen(call, id))))
                .read("crm." + name + ".list", "crm", call -> list(call, crm.type(id)))
                .write("crm." + name + ".update", "crm", call -> update(call, id)));
    }

    private static String upper(Field field) {
        return NAMES.getOrDefault(field.name(), field.upperName());
    }

    private Map<String, Object> seen(Call call, int entityTypeId) {
        CrmType type = crm.type(entityTypeId);
        int id = call.number("id");
        if (items.isHidden(type, id)) {
            throw CrmError.denied();
        }
        if (!type.items.containsKey(id)) {
            throw new CrmError(400, "", "Not found");
        }
        return type.items.get(id);
    }

    private Map<String, Object> row(CrmType type, Map<String, Object> item) {
        Map<String, Object> row = new LinkedHashMap<>();
        type.fields.values().stream()
                .filter(field -> !StandardFields.isDisabled(field.name()) && !field.name().equals("fm")
                && !field.name().startsWith("parentId")).forEach(field -> row.put(upper(field), text(field,
                        crm.values.shown(field, item.get(field.name()), type.entityTypeId, item.get("id")))));
        return row;
    }

    private static Object text(Field field, Object value) {
        return value == null || value instanceof Collection<?> || value instanceof Map<?, ?> ? value
                : value instanceof BigDecimal sum && !field.isDynamic()
                        ? sum.setScale(2, RoundingMode.HALF_UP).toPlainString() : value.toString();
    }

    private Result list(Call call, CrmType type) {
        Set<String> known = new java.util.HashSet<>();
        type.fields.values().forEach(field -> known.add(upper(field)));
        CrmFilter filter = new CrmFilter(known, Set.of(), items.dates, crm.clock.offset());
        filter.check(call.map("filter"));
        Collection<?> select = Call.asList(call.get("select"));
        List<Map<String, Object>> rows = type.items.values().stream()
                .filter(item -> !items.isHidden(type, item.get("id")))
                .map(item -> row(type, item)).filter(row -> filter.matches(call.map("filter"), row))
                .sorted(filter.order(call.map("order"), "ID")).toList();
        rows.forEach(row -> row.keySet().removeIf(name -> !select.isEmpty() && !select.contains("*")
                && !select.contains(name) && !name.equals("ID")));
        return call.page(rows, null);
    }

    /** Here clearing works where {@code crm.item.update} fails (section 6.6). */
    private Result update(Call call, int entityTypeId) {
        seen(call, entityTypeId);
        CrmType type = crm.type(entityTypeId);
        Map<String, Object> fields = new LinkedHashMap<>();
        call.fields().forEach((name, value) -> type.fields.values().stream().filter(field -> upper(field).equals(name))
                .forEach(field -> fields.put(field.name(), field.multiple() && "".equals(value) ? List.of() : value)));
        crm.update(entityTypeId, call.number("id"), fields, call.who().user());
        return Result.of(true);
    }
}
