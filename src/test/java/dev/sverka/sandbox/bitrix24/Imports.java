package dev.sverka.sandbox.bitrix24;

import dev.sverka.sandbox.bitrix24.Call.Result;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code crm.item.import} and {@code batchImport} (bitrix24.md section 6.8): no robots, and an administrator sets the
 * times himself, so that {@code updatedTime} may lie in the past (13.9). Here an import tells no events either, the
 * harder case.
 */
final class Imports {

    private static final int ROWS = 20;

    private final Crm crm;
    private final Items items;

    Imports(Crm crm, Items items, Methods methods) {
        this.crm = crm;
        this.items = items;
        methods.write("crm.item.import", "crm", call -> Result.of(Map.of("item", one(call, call.fields()))))
                .write("crm.item.batchImport", "crm", this::many);
    }

    private Result many(Call call) {
        Collection<?> data = Call.asList(call.required("data"));
        if (data.size() > ROWS) {
            throw new CrmError(400, "MAX_IMPORT_BATCH_SIZE_EXCEEDED", "Слишком много элементов");
        }
        List<Map<String, Object>> results = new ArrayList<>();
        for (Object row : data) {
            try {
                results.add(Map.of("item", one(call, Call.asMap(row))));
            } catch (CrmError error) {
                results.add(error.body());
            }
        }
        return Result.of(Map.of("items", results));
    }

    private Map<String, Object> one(Call call, Map<String, Object> fields) {
        CrmType type = crm.type(call.number("entityTypeId"));
        if (items.readOnly.contains(type.entityTypeId)) {
            throw CrmError.denied();
        }
        Map<String, Object> own = new LinkedHashMap<>();
        if (call.who().admin()) {
            OffsetDateTime created = time(fields, "createdTime", own);
            OffsetDateTime updated = time(fields, "updatedTime", own);
            OffsetDateTime moved = time(fields, "movedTime", own);
            if (updated.isBefore(created) || moved.isBefore(created) || moved.isAfter(updated)
                    || type.items.values().stream().anyMatch(item -> OffsetDateTime.parse(
                            String.valueOf(item.get("createdTime"))).isAfter(created))) {
                throw new CrmError(400, "CRM_FIELD_ERROR_VALUE_NOT_VALID", "Неверный порядок дат");
            }
            for (String name : List.of("createdBy", "updatedBy", "movedBy")) {
                if (fields.containsKey(name)) {
                    own.put(name, Crm.number(fields.get(name)));
                }
            }
        }
        return Map.of("id", crm.imported(type.entityTypeId, fields, own, call.who().user()));
    }

    private OffsetDateTime time(Map<String, Object> fields, String name, Map<String, Object> own) {
        OffsetDateTime now = crm.clock.instant().atOffset(crm.clock.offset());
        if (!fields.containsKey(name)) {
            return now;
        }
        try {
            OffsetDateTime time = Values.time(String.valueOf(fields.get(name)), crm.clock.offset());
            if (time.isAfter(now)) {
                throw new CrmError(400, "CRM_FIELD_ERROR_VALUE_NOT_VALID", "Дата в будущем");
            }
            own.put(name, PortalClock.text(time.withOffsetSameInstant(crm.clock.offset())));
            return time;
        } catch (DateTimeException misfit) {
            throw new CrmError(400, "CRM_FIELD_ERROR_VALUE_NOT_VALID", "Неверная дата");
        }
    }
}
