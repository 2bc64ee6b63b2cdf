package dev.sverka.sandbox.bitrix24;

import dev.sverka.sandbox.bitrix24.CrmType.Field;
import dev.sverka.sandbox.bitrix24.CrmType.Pipeline;
import dev.sverka.sandbox.bitrix24.CrmType.Stage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What administrators and bookkeepers do to the portal under the daemon's hands (bitrix24.md section 14.7). */
public final class Administrator {

    private final Crm crm;

    public Administrator(Crm crm) {
        this.crm = crm;
    }

    /** Renames a stage; its code stays (section 13, 17). */
    public void renameStage(int entityTypeId, String code, String name) {
        synchronized (crm) {
            Pipeline pipeline = pipelineOf(entityTypeId, code);
            pipeline.stages().computeIfPresent(code, (key, old) -> new Stage(old.id(), code, name, old.sort(),
                    old.color(),
                    old.semantics(), old.system()));
        }
    }

    /** Deletes a stage; its items go to the first one of the pipeline, as the portal asks a person to choose. */
    public void dropStage(int entityTypeId, String code) {
        synchronized (crm) {
            Pipeline pipeline = pipelineOf(entityTypeId, code);
            CrmType type = crm.type(entityTypeId);
            Stage refuge = pipeline.stages().values().stream().filter(one -> !one.code().equals(code)).findFirst()
                    .orElseThrow();
            List.copyOf(type.items.values()).stream().filter(item -> code.equals(item.get("stageId"))).forEach(item ->
                    crm.update(entityTypeId, (Integer) item.get("id"), Map.of("stageId", refuge.code()),
                            Portal.PERSON));
            pipeline.stages().remove(code);
        }
    }

    private Pipeline pipelineOf(int entityTypeId, String code) {
        return crm.type(entityTypeId).pipelines.values().stream().filter(one -> one.stages().containsKey(code))
                .findFirst()
                .orElseThrow();
    }

    /** Gives a field another label; its code stays. @param upperName such as {@code UF_CRM_12_PAID} */
    public void renameField(int entityTypeId, String upperName, String label) {
        synchronized (crm) {
            crm.type(entityTypeId).fields.replaceAll((name, old) -> !old.upperName().equals(upperName) ? old
                    : new Field(old.name(), old.upperName(), old.type(), label, old.readOnly(), old.multiple(),
                            old.required(), old.options(), old.config()));
        }
    }

    /** Puts a field of another type in a field's place, under its code and label, as people do it: anew. */
    public void retypeField(int entityTypeId, String upperName, String type) {
        synchronized (crm) {
            crm.type(entityTypeId).fields.replaceAll((name, old) -> !old.upperName().equals(upperName) ? old
                    : new Field(old.name(), old.upperName(), type, old.title(), old.readOnly(), old.multiple(),
                            old.required(), old.options(), old.config()));
        }
    }

    /** Gives a smart process another name. */
    public void renameType(int entityTypeId, String title) {
        synchronized (crm) {
            crm.type(entityTypeId).title = title;
        }
    }

    /** Deletes a field with all its values. */
    public void dropField(int entityTypeId, String name) {
        synchronized (crm) {
            crm.type(entityTypeId).fields.remove(name);
            crm.type(entityTypeId).items.values().forEach(item -> item.remove(name));
        }
    }

    /** Removes an option of a list; items that have it lose it. */
    public void dropOption(int entityTypeId, String field, int option) {
        synchronized (crm) {
            CrmType type = crm.type(entityTypeId);
            Field old = type.fields.get(field);
            Map<Integer, String> options = new LinkedHashMap<>(old.options());
            options.remove(option);
            type.fields.put(field, new Field(old.name(), old.upperName(), old.type(), old.title(), old.readOnly(),
                    old.multiple(), old.required(), options, old.config()));
            type.items.values().stream().filter(item -> Integer.valueOf(option).equals(item.get(field)))
                    .forEach(item -> item.put(field, null));
        }
    }

    /** Deletes a smart process whole. */
    public void dropType(int entityTypeId) {
        synchronized (crm) {
            crm.types.remove(entityTypeId);
        }
    }

    /** Writes another ИНН into a company's first requisite, dirty or not (section 14.2, 12). */
    public void changeInn(int company, String inn) {
        synchronized (crm) {
            crm.requisites.values().stream().filter(row -> row.get("ENTITY_ID").equals(String.valueOf(company)))
                    .findFirst().ifPresent(row -> {
                        row.put("RQ_INN", inn);
                        row.put("DATE_MODIFY", crm.now());
                    });
        }
    }

    /** Merges a company into another: requisites and links move over, the company is deleted. */
    public void mergeCompanies(int from, int into) {
        synchronized (crm) {
            crm.requisites.values().stream().filter(row -> row.get("ENTITY_ID").equals(String.valueOf(from)))
                    .forEach(row -> {
                        row.put("ENTITY_ID", String.valueOf(into));
                        row.put("DATE_MODIFY", crm.now());
                    });
            crm.types.values().forEach(type -> List.copyOf(type.items.values()).stream()
                    .filter(item -> Integer.valueOf(from).equals(item.get("companyId")))
                    .forEach(item -> crm.update(type.entityTypeId, (Integer) item.get("id"), Map.of("companyId", into),
                            Portal.PERSON)));
            crm.delete(CrmType.COMPANY, from);
        }
    }
}
