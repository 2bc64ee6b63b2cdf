package dev.sverka.vendors.bitrix24;

import dev.sverka.core.portal.Portal;
import dev.sverka.vendors.bitrix24.Bitrix24Held.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How what is declared is asked for (bitrix24.md sections 6.2–6.5), and under which codes: always the same, so that
 * what was made before a crash is found again.
 */
final class Bitrix24Making {

    /**
     * Behind the title of a process or funnel that is not complete. Without it, one that was made half could not be
     * told from one that people have made, whose stages are theirs.
     */
    static final String UNFINISHED = " (Сверка настраивает)";

    private static final List<String> SWITCHED_ON = List.of("isCategoriesEnabled", "isStagesEnabled",
            "isBeginCloseDatesEnabled", "isClientEnabled", "isMycompanyEnabled", "isLinkWithProductsEnabled",
            "isObserversEnabled", "isRecyclebinEnabled", "isAutomationEnabled", "isBizProcEnabled",
            "isUseInUserfieldEnabled", "isSetOpenPermissions");
    /** Which switch of a process brings a standard field (section 6.2, Annex A). */
    private static final Map<String, String> SWITCH_OF = Map.of("begindate", "isBeginCloseDatesEnabled", "closedate",
            "isBeginCloseDatesEnabled", "companyId", "isClientEnabled", "mycompanyId", "isMycompanyEnabled",
            "opportunity", "isLinkWithProductsEnabled", "stageId", "isStagesEnabled", "observers",
            "isObserversEnabled");
    /** Limits of the vendor on codes of fields and stages (sections 6.4, 6.5). */
    private static final int LONGEST_FIELD = 50;
    private static final int LONGEST_DEAL_STAGE = 22;

    private Bitrix24Making() {
    }

    static String title(Portal.Entity entity) {
        return entity.title() + UNFINISHED;
    }

    static String title(Portal.Pipeline pipeline) {
        return pipeline.title() + UNFINISHED;
    }

    /** The switch behind a standard field of a smart process; null where none brings it. */
    static @Nullable String switchOf(String standardField) {
        return SWITCH_OF.get(standardField);
    }

    static Bitrix24Command type(Portal.Entity entity, List<Integer> parents) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("title", title(entity));
        SWITCHED_ON.forEach(one -> fields.put(one, "Y"));
        fields.put("relations", relations(parents));
        return new Bitrix24Command("crm.type.add", Map.of("fields", fields));
    }

    static Map<String, Object> relations(List<Integer> parents) {
        return Map.of("parent", parents.stream().map(Bitrix24Making::relation).toList(), "child", List.of());
    }

    /** The switch is a word, not Y or N (section 6.2). */
    static Map<String, Object> relation(int typeId) {
        return Map.of("entityTypeId", typeId, "isChildrenListEnabled", "true");
    }

    static Bitrix24Command funnel(Kind kind, String name, int sort) {
        return new Bitrix24Command("crm.category.add", Map.of("entityTypeId", kind.typeId(),
                "fields", Map.of("name", name, "sort", sort)));
    }

    static Bitrix24Command funnelNamed(Kind kind, int id, String name) {
        return new Bitrix24Command("crm.category.update", Map.of("entityTypeId", kind.typeId(), "id", id,
                "fields", Map.of("name", name)));
    }

    static Bitrix24Command stage(Kind kind, int funnel, Portal.Stage stage, int sort) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("ENTITY_ID", Bitrix24Look.directory(kind.typeId(), funnel));
        fields.put("STATUS_ID", code(kind, funnel, stage));
        fields.put("NAME", stage.title());
        fields.put("SORT", sort);
        if (stage.color() != null) {
            fields.put("COLOR", stage.color());
        }
        if (stage.semantics() != null) {
            fields.put("SEMANTICS", stage.semantics().equals("success") ? "S" : "F");
        }
        return new Bitrix24Command("crm.status.add", Map.of("fields", fields));
    }

    /** The code of a stage without its funnel, which the portal puts in front (section 6.4). */
    static String code(Kind kind, int funnel, Portal.Stage stage) {
        String code = stage.key().toUpperCase(Locale.ROOT);
        int longest = kind.typeId() == 2 ? LONGEST_DEAL_STAGE - (funnel == 0 ? 0 : ("C" + funnel + ":").length())
                : LONGEST_DEAL_STAGE;
        return code.substring(0, Math.min(code.length(), longest));
    }

    static Bitrix24Command field(Kind kind, Portal.Field field) {
        Map<String, Object> asked = new LinkedHashMap<>();
        String label = Objects.requireNonNull(field.label());
        asked.put("entityId", kind.fieldOwner());
        asked.put("fieldName", code(kind, field));
        asked.put("userTypeId", userType(field.type()));
        asked.put("multiple", field.multiple() ? "Y" : "N");
        asked.put("mandatory", field.mandatory() ? "Y" : "N");
        asked.put("showFilter", field.type().equals("file") ? "N" : "Y");
        // fields are found by their labels, whatever the language of the webhook's user
        for (String where : List.of("editFormLabel", "listColumnLabel", "listFilterLabel")) {
            asked.put(where, Map.of("ru", label, "en", label));
        }
        switch (field.type()) {
            case "text" -> asked.put("settings", Map.of("ROWS", 5));
            case "number" -> asked.put("settings", Map.of("PRECISION", 2));
            case "list" -> asked.put("enum", options(field.values()));
            default -> { }
        }
        return new Bitrix24Command("userfieldconfig.add", Map.of("moduleId", "crm", "field", asked));
    }

    private static List<Map<String, Object>> options(List<String> values) {
        List<Map<String, Object>> options = new ArrayList<>();
        values.forEach(value -> options.add(Map.of("value", value, "sort", 100 * (options.size() + 1), "def", "N")));
        return options;
    }

    /** The code that provision gives a field: letters and digits of its key (section 4.5 on why no more). */
    static String code(Kind kind, Portal.Field field) {
        String code = "UF_" + kind.fieldOwner() + "_" + field.key().toUpperCase(Locale.ROOT);
        return code.substring(0, Math.min(code.length(), LONGEST_FIELD));
    }

    private static String userType(String type) {
        return switch (type) {
            case "string", "text" -> "string";
            case "number" -> "double";
            case "list" -> "enumeration";
            default -> type;
        };
    }
}
