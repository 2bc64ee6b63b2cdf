package dev.sverka.sandbox.bitrix24;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One kind of item on the portal with its fields, funnels, stages and items (bitrix24.md sections 6.1–6.6). */
public final class CrmType {

    static final int LEAD = 1;
    static final int DEAL = 2;
    static final int CONTACT = 3;
    static final int COMPANY = 4;
    static final int QUOTE = 7;
    static final int INVOICE = 31;

    private static final Map<Integer, String> CODES = Map.of(LEAD, "lead", DEAL, "deal", CONTACT, "contact",
            COMPANY, "company", QUOTE, "quote", INVOICE, "smart_invoice");

    /**
     * A field as {@code crm.item.fields} tells it.
     *
     * @param options list values by id
     * @param config what {@code userfieldconfig} tells of it; null for a standard field
     */
    record Field(String name, String upperName, String type, String title, boolean readOnly, boolean multiple,
            boolean required, Map<Integer, String> options, Map<String, Object> config) {

        boolean isDynamic() {
            return upperName.startsWith("UF_");
        }

        Field required(boolean now) {
            return new Field(name, upperName, type, title, readOnly, multiple, now, options, config);
        }
    }

    /** A stage. @param semantics null in progress, S success, F failure */
    record Stage(int id, String code, String name, int sort, String color, String semantics, boolean system) {

        boolean isFinal() {
            return semantics != null;
        }
    }

    /** A funnel. @param stages by their codes, in their order */
    record Pipeline(int id, String name, int sort, boolean isDefault, Map<String, Stage> stages) {

        Stage first() {
            return stages.values().iterator().next();
        }
    }

    final int id;
    final int entityTypeId;
    String title;
    final Map<String, Field> fields = new LinkedHashMap<>();
    final Map<Integer, Pipeline> pipelines = new TreeMap<>();
    final Map<Integer, Map<String, Object>> items = new TreeMap<>();
    /** What {@code crm.type.get} tells besides: flags, relations, who made it. */
    final Map<String, Object> settings = new LinkedHashMap<>();
    /** Mandatory fields of a stage, by its code. */
    final Map<String, List<String>> stageRequires = new LinkedHashMap<>();

    /** @param id the type's own number, another one than {@code entityTypeId} */
    CrmType(int id, int entityTypeId, String title) {
        this.id = id;
        this.entityTypeId = entityTypeId;
        this.title = title;
        StandardFields.into(this);
    }

    boolean isSmartProcess() {
        return entityTypeId >= 128;
    }

    /** Whether its events and timelines speak of dynamic items: smart processes and invoices (section 8.2). */
    boolean isDynamic() {
        return isSmartProcess() || entityTypeId == INVOICE;
    }

    CrmType standard(String name, String upperName, String type, String title, boolean readOnly) {
        return standard(name, upperName, type, title, readOnly, false);
    }

    CrmType standard(String name, String upperName, String type, String title, boolean readOnly, boolean multiple) {
        fields.put(name, new Field(name, upperName, type, title, readOnly, multiple, false, Map.of(), null));
        return this;
    }

    /** A custom field made in code. @param tail what follows {@code UF_CRM_12_} */
    CrmType custom(String tail, String type, String title, boolean multiple, Map<Integer, String> options) {
        String upperName = (isSmartProcess() ? "UF_CRM_" + id + "_" : "UF_CRM_") + tail;
        return custom(upperName, type, title, multiple, false, options, UserFields.config(this, upperName, type, title,
                multiple, options));
    }

    CrmType custom(String upperName, String type, String title, boolean multiple, boolean required,
            Map<Integer, String> options, Map<String, Object> config) {
        String name = UserFields.camel(this, upperName);
        fields.put(name, new Field(name, upperName, type, title, false, multiple, required, options, config));
        return this;
    }

    /** As product rows name it: D, SI, T and the hexadecimal number of a smart process (section 6.1). */
    String shortCode() {
        return isSmartProcess() ? "T" + Integer.toHexString(entityTypeId) : Map.of(LEAD, "L", DEAL, "D", CONTACT, "C",
                COMPANY, "CO", QUOTE, "Q", INVOICE, "SI").get(entityTypeId);
    }

    /** The owner of its custom fields: by the type's own id (section 6.1). */
    String userFieldEntity() {
        return isSmartProcess() ? "CRM_" + id : "CRM_" + CODES.get(entityTypeId).toUpperCase(java.util.Locale.ROOT);
    }

    boolean hasPipelines() {
        return entityTypeId == DEAL || isDynamic();
    }

    /** As the stage's code is written in items. */
    String prefix(int pipeline) {
        return isDynamic() ? "DT" + entityTypeId + "_" + pipeline + ":"
                : entityTypeId == DEAL && pipeline > 0 ? "C" + pipeline + ":" : "";
    }

    /** The directory the stages of a funnel stand in. */
    String directory(int pipeline) {
        return switch (entityTypeId) {
            case LEAD -> "STATUS";
            case QUOTE -> "QUOTE_STATUS";
            case DEAL -> pipeline == 0 ? "DEAL_STAGE" : "DEAL_STAGE_" + pipeline;
            case INVOICE -> "SMART_INVOICE_STAGE_" + pipeline;
            default -> "DYNAMIC_" + entityTypeId + "_STAGE_" + pipeline;
        };
    }

    /** As timelines write the type. */
    String code() {
        return CODES.getOrDefault(entityTypeId, "dynamic_" + entityTypeId);
    }

    Pipeline defaultPipeline() {
        return pipelines.values().stream().filter(Pipeline::isDefault).findFirst()
                .orElseGet(() -> pipelines.values().iterator().next());
    }

    Stage stage(Object category, Object code) {
        Pipeline pipeline = pipelines.get(category == null ? 0 : Crm.number(category));
        return pipeline == null ? null : pipeline.stages().get(String.valueOf(code));
    }
}
