package dev.sverka.vendors.bitrix24;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a portal holds of what can be declared: smart processes, funnels, stages, fields (bitrix24.md section 6).
 *
 * @param processes every smart process of the portal
 * @param kinds by our key; a declared smart process that was not found is absent
 */
record Bitrix24Held(List<Process> processes, Map<String, Kind> kinds) {

    /**
     * A smart process.
     *
     * @param id the type's own number, which fields and {@code crm.type.*} name
     * @param typeId the {@code entityTypeId}, which everything else names
     * @param off switches that the portal says are off, such as {@code isStagesEnabled}
     */
    record Process(int id, int typeId, String title, List<String> off) {
    }

    /**
     * A kind of item.
     *
     * @param process null for a built-in kind
     * @param made whether provision is still making it, so that all in it is provision's own
     */
    record Kind(@Nullable Process process, int typeId, boolean made, List<Field> fields, List<Funnel> funnels) {

        /** The owner that custom fields name (section 6.1). */
        String fieldOwner() {
            return process != null ? "CRM_" + process.id() : typeId == 2 ? "CRM_DEAL" : typeId == 4 ? "CRM_COMPANY"
                    : typeId == 3 ? "CRM_CONTACT" : "CRM_LEAD";
        }

        Optional<Field> field(String name) {
            return fields.stream().filter(field -> field.name().equals(name)).findFirst();
        }
    }

    /** A field as {@code crm.item.fields} tells it. @param options values of a list by their ids */
    record Field(String name, String upperName, String title, String type, boolean multiple,
            Map<String, String> options) {

        boolean isCustom() {
            return upperName.startsWith("UF_");
        }
    }

    /** A funnel. @param stages in their order */
    record Funnel(int id, String name, boolean isDefault, List<Stage> stages) {
    }

    /**
     * A stage.
     *
     * @param id of its row
     * @param code as items have it, {@code DT1046_31:NEW}
     * @param semantics success, failure or process
     */
    record Stage(int id, String code, String name, int sort, String color, String semantics) {

        /** The code without the funnel: {@code NEW}. */
        String bare() {
            return code.substring(code.indexOf(':') + 1);
        }
    }
}
