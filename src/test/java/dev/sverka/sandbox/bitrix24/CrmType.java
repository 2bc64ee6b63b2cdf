package dev.sverka.sandbox.bitrix24;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** One kind of item on the portal with its fields, funnels, stages and items (bitrix24.md sections 6.1–6.6). */
public final class CrmType {

    /** A field as {@code crm.item.fields} tells it. @param options list values by id */
    record Field(String name, String upperName, String type, String title, boolean readOnly, boolean multiple,
            Map<Integer, String> options) {

        boolean isDynamic() {
            return upperName.startsWith("UF_");
        }
    }

    /** A stage. @param semantics null in progress, S success, F failure */
    record Stage(int id, String code, String name, int sort, String color, String semantics) {
    }

    /** A funnel. */
    record Pipeline(int id, String name, boolean isDefault, Map<String, Stage> stages) {
    }

    final int id;
    final int entityTypeId;
    final String title;
    final Map<String, Field> fields = new LinkedHashMap<>();
    final Map<Integer, Pipeline> pipelines = new TreeMap<>();
    final Map<Integer, Map<String, Object>> items = new TreeMap<>();

    /** @param id the type's own number, another one than {@code entityTypeId} */
    CrmType(int id, int entityTypeId, String title) {
        this.id = id;
        this.entityTypeId = entityTypeId;
        this.title = title;
        standard("id", "ID", "integer", "ID", true);
        standard("title", "TITLE", "string", "Название", false);
        standard("createdTime", "CREATED_TIME", "datetime", "Когда создан", true);
        standard("updatedTime", "UPDATED_TIME", "datetime", "Когда обновлён", true);
        standard("createdBy", "CREATED_BY", "user", "Кем создан", true);
        standard("updatedBy", "UPDATED_BY", "user", "Кем обновлён", true);
        standard("assignedById", "ASSIGNED_BY_ID", "user", "Ответственный", false);
        standard("opened", "OPENED", "boolean", "Доступен для всех", false);
    }

    boolean isSmartProcess() {
        return entityTypeId >= 128;
    }

    CrmType standard(String name, String upperName, String type, String title, boolean readOnly) {
        fields.put(name, new Field(name, upperName, type, title, readOnly, false, Map.of()));
        return this;
    }

    /** A custom field made in code: a tail of letters only, so the camel name is plain (section 4.5). */
    CrmType custom(String tail, String type, String title, boolean multiple, Map<Integer, String> options) {
        String prefix = isSmartProcess() ? "UF_CRM_" + id + "_" : "UF_CRM_";
        String name = (isSmartProcess() ? "ufCrm" + id : "ufCrm") + tail.charAt(0) + tail.substring(1).toLowerCase();
        fields.put(name, new Field(name, prefix + tail, type, title, false, multiple, options));
        return this;
    }

    /** As the stage's code is written in items. */
    String prefix(int pipeline) {
        if (entityTypeId == 2) {
            return pipeline == 0 ? "" : "C" + pipeline + ":";
        }
        return "DT" + entityTypeId + "_" + pipeline + ":";
    }

    /** The directory the stages of a funnel stand in. */
    String directory(int pipeline) {
        if (entityTypeId == 2) {
            return pipeline == 0 ? "DEAL_STAGE" : "DEAL_STAGE_" + pipeline;
        }
        return "DYNAMIC_" + entityTypeId + "_STAGE_" + pipeline;
    }

    /** As events and timelines write the type. */
    String code() {
        return entityTypeId == 2 ? "deal" : entityTypeId == 4 ? "company" : "dynamic_" + entityTypeId;
    }
}
