package dev.sverka.sandbox.bitrix24;

import dev.sverka.sandbox.bitrix24.Call.Result;
import dev.sverka.sandbox.bitrix24.CrmType.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code userfieldconfig.*} (bitrix24.md section 6.5) and the names of custom fields (4.5). */
final class UserFields {

    private static final Set<String> TYPES = Set.of("string", "integer", "double", "boolean", "date", "datetime",
            "money",
            "enumeration", "crm", "employee", "url", "address", "file", "crm_status", "iblock_element",
                "iblock_section");
    private static final Set<String> KEYS = Set.of("id", "entityId", "fieldName", "userTypeId", "multiple", "mandatory",
            "showFilter", "sort", "xmlId", "showInList", "editInList", "isSearchable");
    private static final Pattern NAME = Pattern.compile("UF_CRM_(?:(\\d+)_)?(.+)");
    private static final AtomicInteger IDS = new AtomicInteger(7300);

    private final Crm crm;
    /** Whether {@code list} leaves the options out, as it may (section 6.5). */
    volatile boolean listsWithoutOptions = true;

    UserFields(Crm crm, Methods methods) {
        this.crm = crm;
        String scopes = "userfieldconfig+crm";
        methods.read("userfieldconfig.list", scopes, this::list)
                .read("userfieldconfig.get", scopes, call -> Result.of(Map.of("field", field(call).config())))
                .read("userfieldconfig.getTypes", scopes, call -> Result.of(Map.of("types", TYPES.stream().sorted()
                        .map(type -> Map.of("userTypeId", type, "description", type)).toList())))
                .write("userfieldconfig.add", scopes, this::add)
                .write("userfieldconfig.update", scopes, this::update)
                .write("userfieldconfig.delete", scopes, this::delete);
    }

    /** The camel name of a custom field: three cases by its tail (section 4.5). */
    static String camel(CrmType type, String upperName) {
        Matcher parts = NAME.matcher(upperName);
        if (!parts.matches()) {
            return upperName;
        }
        String number = parts.group(1) == null || !type.isSmartProcess() ? "" : parts.group(1);
        String tail = number.isEmpty() ? upperName.substring("UF_CRM_".length()) : parts.group(2);
        if (tail.matches("[A-Z_]+")) {
            StringBuilder name = new StringBuilder("ufCrm" + number);
            for (String word : tail.split("_+")) {
                name.append(word.isEmpty() ? "" : word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT));
            }
            return type.fields.containsKey(name.toString()) ? upperName : name.toString();
        }
        return tail.matches("\\d+") ? "ufCrm" + number + "_" + tail
                : "ufCrm_" + (number.isEmpty() ? "" : number + "_") + tail;
    }

    /** What {@code userfieldconfig.get} tells of a field that people made. */
    static Map<String, Object> config(CrmType type, String upperName, String userType, String title, boolean multiple,
            Map<Integer, String> options) {
        Map<String, Object> config = new LinkedHashMap<>();
        String id = String.valueOf(IDS.incrementAndGet());
        config.put("id", id);
        config.put("entityId", type.userFieldEntity());
        config.put("fieldName", upperName);
        config.put("userTypeId", userType);
        config.put("xmlId", null);
        config.put("sort", "100");
        config.put("multiple", multiple ? "Y" : "N");
        for (String flag : List.of("mandatory", "showFilter", "isSearchable")) {
            config.put(flag, "N");
        }
        config.put("showInList", "Y");
        config.put("editInList", "Y");
        config.put("settings", new LinkedHashMap<String, Object>());
        config.put("languageId", Map.of("ru", "ru"));
        config.put("editFormLabel", Map.of("ru", title));
        for (String label : List.of("listColumnLabel", "listFilterLabel", "errorMessage", "helpMessage")) {
            config.put(label, null);
        }
        if (userType.equals("enumeration")) {
            config.put("enum", options(id, options));
        }
        return config;
    }

    private static List<Map<String, Object>> options(String field, Map<Integer, String> options) {
        List<Map<String, Object>> rows = new ArrayList<>();
        options.forEach((id, value) -> {
            Map<String, Object> row = new LinkedHashMap<>(Map.of("id", String.valueOf(id), "userFieldId", field,
                    "value",
                    value, "def", "N", "sort", String.valueOf(100 * (rows.size() + 1))));
            row.put("xmlId", null);
            rows.add(row);
        });
        return rows;
    }

    private static void mustBeCrm(Call call) {
        if (!"crm".equals(call.required("moduleId"))) {
            throw new CrmError(400, "", "The module is not available");
        }
    }

    private static void mustWrite(Call call) {
        mustBeCrm(call);
        if (!call.who().admin()) {
            throw new CrmError(400, "", "You cannot edit custom fields");
        }
    }

    private CrmType owner(Field field) {
        return crm.types.values().stream().filter(type -> type.fields.containsValue(field)).findFirst().orElseThrow();
    }

    private Field field(Call call) {
        mustBeCrm(call);
        String id = String.valueOf(call.required("id"));
        return custom().stream().filter(one -> id.equals(one.config().get("id"))).findFirst()
                .orElseThrow(() -> new CrmError(400, "", "The custom field was not found"));
    }

    private List<Field> custom() {
        return crm.types.values().stream().flatMap(type -> type.fields.values().stream()).filter(Field::isDynamic)
                .toList();
    }

    private Result list(Call call) {
        mustBeCrm(call);
        CrmFilter filter = new CrmFilter(KEYS, Set.of(), FilterDates.OFFSET_HONOURED, crm.clock.offset());
        filter.check(call.map("filter"));
        return call.page(custom().stream().map(field -> {
            Map<String, Object> row = new LinkedHashMap<>(field.config());
            if (listsWithoutOptions) {
                row.remove("enum");
            }
            return row;
        }).filter(row -> filter.matches(call.map("filter"), row)).sorted(filter.order(call.map("order"), "id"))
                .toList(),
                "fields");
    }

    private Result add(Call call) {
        mustWrite(call);
        Map<String, Object> wanted = Call.asMap(call.required("field"));
        String entity = String.valueOf(wanted.get("entityId"));
        String name = String.valueOf(wanted.get("fieldName"));
        String kind = String.valueOf(wanted.get("userTypeId"));
        CrmType type = crm.types.values().stream().filter(one -> one.userFieldEntity().equals(entity)).findFirst()
                .orElseThrow(() -> new CrmError(400, "", "You cannot create custom fields"));
        if (!name.startsWith("UF_" + entity + "_") || !name.matches("[A-Z0-9_]{1,50}")) {
            throw new CrmError(400, "", "You cannot create custom fields");
        }
        if (!TYPES.contains(kind)) {
            throw new CrmError(400, "", "Wrong field type");
        }
        if (type.fields.values().stream().anyMatch(field -> field.upperName().equals(name))) {
            throw new CrmError(400, "", "The field " + name + " for the object " + entity + " already exists");
        }
        Map<Integer, String> options = new LinkedHashMap<>();
        Call.asList(wanted.get("enum")).forEach(one -> options.put(crm.nextId(),
                String.valueOf(Call.asMap(one).get("value"))));
        boolean multiple = "Y".equals(wanted.get("multiple"));
        String title = label(wanted, name);
        Map<String, Object> config = config(type, name, kind, title, multiple, options);
        take(config, wanted);
        decorate(config, Call.asList(wanted.get("enum")));
        type.custom(name, kind, title, multiple, "Y".equals(config.get("mandatory")), options, config);
        type.items.values().forEach(item -> type.fields.values().stream().filter(field -> field.config() == config)
                .forEach(field -> item.put(field.name(), StandardFields.initial(field))));
        return Result.of(Map.of("field", config));
    }

    private static String label(Map<String, Object> wanted, String otherwise) {
        Object label = wanted.get("editFormLabel");
        Object text = label instanceof Map<?, ?> many ? many.containsKey("ru") ? many.get("ru")
                : many.values().stream().findFirst().orElse(null) : label;
        return text == null || text.toString().isBlank() ? otherwise : text.toString();
    }

    private static void take(Map<String, Object> config, Map<String, Object> wanted) {
        Set<String> fixed = Set.of("id", "entityId", "fieldName", "userTypeId", "multiple", "enum", "languageId");
        wanted.forEach((key, value) -> {
            if (config.containsKey(key) && !fixed.contains(key)) {
                config.put(key, key.equals("sort") ? String.valueOf(value)
                        : key.endsWith("Label") && value instanceof String text ? Map.of("ru", text) : value);
            }
        });
    }

    @SuppressWarnings("unchecked")
    private static void decorate(Map<String, Object> config, Collection<?> wanted) {
        List<Map<String, Object>> rows = (List<Map<String, Object>>) config.getOrDefault("enum", List.of());
        int at = 0;
        for (Object one : wanted) {
            Map<String, Object> row = rows.get(at++);
            Call.asMap(one).forEach((key, value) -> {
                if (Set.of("def", "sort", "xmlId").contains(key)) {
                    row.put(key, value == null ? null : String.valueOf(value));
                }
            });
        }
    }

    private Result update(Call call) {
        mustWrite(call);
        Field old = field(call);
        CrmType type = owner(old);
        Map<String, Object> wanted = Call.asMap(call.required("field"));
        take(old.config(), wanted);
        Map<Integer, String> options = new LinkedHashMap<>(old.options());
        if (wanted.containsKey("enum")) {
            options.clear();
            Call.asList(wanted.get("enum")).stream().map(Call::asMap).filter(one -> !"Y".equals(one.get("del")))
                    .forEach(one -> options.put(one.get("id") == null ? crm.nextId() : Crm.number(one.get("id")),
                            String.valueOf(one.get("value"))));
            old.config().put("enum", options(String.valueOf(old.config().get("id")), options));
            decorate(old.config(), Call.asList(wanted.get("enum")).stream()
                    .filter(one -> !"Y".equals(Call.asMap(one).get("del"))).collect(Collectors.toList()));
        }
        type.fields.put(old.name(), new Field(old.name(), old.upperName(), old.type(), label(old.config(), old.title()),
                false, old.multiple(), "Y".equals(old.config().get("mandatory")), options, old.config()));
        return Result.of(Map.of("field", old.config()));
    }

    private Result delete(Call call) {
        mustWrite(call);
        Field field = field(call);
        CrmType type = owner(field);
        type.fields.remove(field.name());
        type.items.values().forEach(item -> item.remove(field.name()));
        return Result.of(null);
    }
}
