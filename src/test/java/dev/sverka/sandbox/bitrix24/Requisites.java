package dev.sverka.sandbox.bitrix24;

import dev.sverka.sandbox.bitrix24.Call.Result;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Requisites and bank details (bitrix24.md section 7): rows of strings, nothing unique, visible with their company. */
final class Requisites {

    private static final Set<String> FIELDS = Set.of("ID", "ENTITY_TYPE_ID", "ENTITY_ID", "PRESET_ID", "NAME", "CODE",
            "XML_ID", "ORIGINATOR_ID", "ACTIVE", "SORT", "DATE_CREATE", "DATE_MODIFY", "CREATED_BY_ID", "MODIFY_BY_ID",
            "RQ_INN", "RQ_KPP", "RQ_OGRN", "RQ_OGRNIP", "RQ_OKPO", "RQ_OKTMO", "RQ_OKVED", "RQ_COMPANY_NAME",
            "RQ_COMPANY_FULL_NAME", "RQ_DIRECTOR", "RQ_ACCOUNTANT", "RQ_NAME", "RQ_LAST_NAME", "RQ_FIRST_NAME",
            "RQ_SECOND_NAME", "RQ_EMAIL", "RQ_PHONE");
    private static final Set<String> BANK_FIELDS = Set.of("ID", "ENTITY_ID", "COUNTRY_ID", "NAME", "ACTIVE", "SORT",
            "RQ_BANK_NAME", "RQ_BIK", "RQ_ACC_NUM", "RQ_COR_ACC_NUM", "RQ_ACC_CURRENCY", "RQ_IBAN", "RQ_SWIFT",
            "RQ_BANK_ADDR", "COMMENTS", "XML_ID", "ORIGINATOR_ID", "DATE_CREATE", "DATE_MODIFY", "CREATED_BY_ID",
            "MODIFY_BY_ID");
    private static final Set<String> OWN = Set.of("ID", "DATE_CREATE", "DATE_MODIFY", "CREATED_BY_ID", "MODIFY_BY_ID",
            "ENTITY_ID", "ENTITY_TYPE_ID");

    private final Crm crm;
    private final Items items;
    private final List<String> changes = new ArrayList<>();

    Requisites(Crm crm, Items items, Methods methods) {
        this.crm = crm;
        this.items = items;
        table(methods, "crm.requisite", crm.requisites, FIELDS);
        table(methods, "crm.requisite.bankdetail", crm.bankDetails, BANK_FIELDS);
        methods.read("crm.requisite.preset.list", "crm", call -> call.page(List.of(
                preset(1, "Организация"), preset(3, "ИП"), preset(5, "Физ. лицо")), null));
    }

    private static Map<String, Object> preset(int id, String name) {
        return Map.of("ID", String.valueOf(id), "ENTITY_TYPE_ID", "8", "COUNTRY_ID", "1", "NAME", name, "ACTIVE", "Y",
                "SORT", "500");
    }

    private void table(Methods methods, String name, Map<Integer, Map<String, String>> rows, Set<String> fields) {
        methods.read(name + ".list", "crm", call -> list(call, rows, fields))
                .read(name + ".get", "crm", call -> Result.of(new LinkedHashMap<>(row(rows, call))))
                .write(name + ".add", "crm", call -> add(call, rows, fields))
                .write(name + ".update", "crm", call -> update(call, rows, fields))
                .write(name + ".delete", "crm", call -> {
                    row(rows, call);
                    delete(call.number("id"), rows);
                    return Result.of(true);
                });
    }

    private Result list(Call call, Map<Integer, Map<String, String>> rows, Set<String> fields) {
        CrmFilter filter = new CrmFilter(fields, Set.of(), items.dates, crm.clock.offset());
        filter.check(call.map("filter"));
        Collection<?> select = Call.asList(call.get("select"));
        Set<?> names = new HashSet<>(select);
        return call.page(rows.values().stream().filter(this::isVisible)
                .map(row -> (Map<String, Object>) new LinkedHashMap<String, Object>(row))
                .filter(row -> filter.matches(call.map("filter"), row))
                .sorted(filter.order(call.map("order"), "ID"))
                .map(row -> selected(row, names)).toList(), null);
    }

    private static Map<String, Object> selected(Map<String, Object> row, Set<?> names) {
        if (!names.isEmpty() && !names.contains("*")) {
            row.keySet().removeIf(name -> !names.contains(name));
        }
        return row;
    }

    /** A requisite is visible if its company or contact is (section 7.3). */
    private boolean isVisible(Map<String, String> row) {
        Map<String, String> requisite = row.containsKey("ENTITY_TYPE_ID") ? row
                : crm.requisites.get(Crm.number(row.get("ENTITY_ID")));
        if (requisite == null) {
            return false;
        }
        CrmType type = crm.types.get(Crm.number(requisite.get("ENTITY_TYPE_ID")));
        return type != null && !items.isHidden(type, requisite.get("ENTITY_ID"));
    }

    private Map<String, String> row(Map<Integer, Map<String, String>> rows, Call call) {
        int id = call.number("id");
        Map<String, String> row = rows.get(id);
        if (row == null) {
            throw new CrmError(400, "", "The Requisite with ID '" + id + "' is not found");
        }
        if (!isVisible(row)) {
            throw new CrmError(400, "0", "Access denied.");
        }
        return row;
    }

    private Result add(Call call, Map<Integer, Map<String, String>> rows, Set<String> fields) {
        Map<String, Object> written = call.fields();
        boolean bank = rows == crm.bankDetails;
        for (String name : bank ? List.of("ENTITY_ID", "NAME") : List.of("ENTITY_TYPE_ID", "ENTITY_ID", "PRESET_ID",
                "NAME")) {
            if (written.get(name) == null || written.get(name).toString().isBlank()) {
                throw new CrmError(400, "", "Required field '" + name + "' is not specified");
            }
        }
        int owner = Crm.number(written.get("ENTITY_ID"));
        boolean owned = bank ? crm.requisites.containsKey(owner)
                : crm.type(Crm.number(written.get("ENTITY_TYPE_ID"))).items.containsKey(owner);
        if (!owned) {
            throw new CrmError(400, "", "The owner with ID '" + owner + "' is not found");
        }
        Map<String, String> row = new LinkedHashMap<>();
        int id = crm.nextId();
        fields.stream().sorted().forEach(name -> row.put(name, ""));
        row.putAll(Map.of("ID", String.valueOf(id), "ACTIVE", "Y", "SORT", "500", "DATE_CREATE", crm.now(),
                "DATE_MODIFY", crm.now(), "CREATED_BY_ID", String.valueOf(call.who().user()),
                "MODIFY_BY_ID", String.valueOf(call.who().user())));
        written.forEach((name, value) -> {
            if (fields.contains(name) && (!OWN.contains(name) || name.startsWith("ENTITY"))) {
                row.put(name, value == null ? "" : value.toString());
            }
        });
        rows.put(id, row);
        tell(rows, "ADD", id);
        return Result.of(id);
    }

    private Result update(Call call, Map<Integer, Map<String, String>> rows, Set<String> fields) {
        Map<String, String> row = row(rows, call);
        Map<String, String> before = Map.copyOf(row);
        call.fields().forEach((name, value) -> {
            if (fields.contains(name) && !OWN.contains(name)) {
                row.put(name, value == null ? "" : value.toString());
            }
        });
        if (!row.equals(before)) {
            row.put("DATE_MODIFY", crm.now());
            row.put("MODIFY_BY_ID", String.valueOf(call.who().user()));
            tell(rows, "UPDATE", call.number("id"));
        }
        return Result.of(true);
    }

    private void delete(int id, Map<Integer, Map<String, String>> rows) {
        rows.remove(id);
        if (rows == crm.requisites) {
            crm.bankDetails.values().removeIf(row -> row.get("ENTITY_ID").equals(String.valueOf(id)));
        }
        tell(rows, "DELETE", id);
    }

    /** Own events, no update of the company (section 7.4); an outgoing webhook sends them only where it lists them. */
    private void tell(Map<Integer, Map<String, String>> rows, String kind, int id) {
        String event = (rows == crm.requisites ? "ONCRMREQUISITE" : "ONCRMBANKDETAIL") + kind;
        changes.add(event + " " + id);
        crm.tellRow(event, id);
    }

    List<String> changes() {
        return List.copyOf(changes);
    }
}
