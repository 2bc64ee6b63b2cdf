package dev.sverka.sandbox.bitrix24;

import dev.sverka.sandbox.bitrix24.CrmType.Pipeline;
import dev.sverka.sandbox.bitrix24.CrmType.Stage;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The processes «Документы» and «Отчёты и акты» as people set them up on a portal, and what people do there. */
public final class PaperProcesses {

    public static final int DOCUMENTS = 1050;
    public static final int REPORTS = 1054;
    public static final int OUT = 41;
    public static final int IN = 43;
    public static final int ACTS = 51;

    private static final List<String> STAGES = List.of("NEW;Черновик;", "SENT;Отправлен;", "DELIVERED;Доставлен;",
            "SUCCESS;Подписан;S", "FAIL;Отклонён;F", "REVOKED;Аннулирован;F");
    private static final String[] STATES = {"Черновик", "Отправлен", "Доставлен", "Частично подписан", "Подписан",
        "Отклонён", "Запрошено аннулирование", "Аннулирован", "Ошибка"};

    private final Crm crm;

    private PaperProcesses(Crm crm) {
        this.crm = crm;
    }

    /** Adds both to a portal. */
    public static PaperProcesses of(Crm crm) {
        PaperProcesses processes = new PaperProcesses(crm);
        CrmType documents = process(crm, 20, DOCUMENTS, "Документы");
        documents.custom("KIND", "enumeration", "Вид", false, options(4001, "Договор", "Приложение",
                        "Доп. соглашение", "Акт", "Счёт", "УПД", "Прочее"))
                .custom("NUMBER", "string", "Номер", false, Map.of())
                .custom("DATE", "date", "Дата", false, Map.of())
                .custom("PROVIDER", "enumeration", "Провайдер ЭДО", false, options(4021, "Диадок", "Saby"))
                .custom("STATE", "enumeration", "Состояние ЭДО", false, options(4031, STATES))
                .custom("LINK", "url", "Ссылка ЭДО", false, Map.of())
                .custom("SIGNEDBY", "string", "Подписал", false, Map.of())
                .custom("SIGNEDAT", "datetime", "Подписан", false, Map.of())
                .custom("VERSION", "integer", "Версия", false, Map.of())
                .custom("FILE", "file", "Файл", false, Map.of());
        pipeline(crm, documents, OUT, "Исходящие", true, STAGES);
        pipeline(crm, documents, IN, "Входящие", false, STAGES);
        CrmType reports = process(crm, 22, REPORTS, "Отчёты и акты");
        reports.custom("NUMBER", "string", "Номер", false, Map.of())
                .custom("DATE", "date", "Дата", false, Map.of())
                .custom("STATE", "enumeration", "Состояние ЭДО", false, options(4051, STATES))
                .custom("LINK", "url", "Ссылка ЭДО", false, Map.of())
                .custom("FILE", "file", "Файл отчёта", false, Map.of());
        pipeline(crm, reports, ACTS, "Акты", true, List.of("NEW;Черновик;", "SENT;Отправлен;", "SUCCESS;Подписан;S",
                "FAIL;Отклонён;F", "REVOKED;Аннулирован;F"));
        return processes;
    }

    private static CrmType process(Crm crm, int id, int entityTypeId, String title) {
        CrmType type = new CrmType(id, entityTypeId, title);
        List.of("isCategoriesEnabled", "isStagesEnabled", "isBeginCloseDatesEnabled", "isClientEnabled",
                "isUseInUserfieldEnabled", "isLinkWithProductsEnabled", "isMycompanyEnabled", "isRecyclebinEnabled")
                .forEach(one -> type.settings.put(one, "Y"));
        type.settings.put("relations", Map.of("parent", List.of(Map.of("entityTypeId", 2, "isChildrenListEnabled",
                "true"))));
        type.standard("parentId2", "PARENT_ID_2", "crm_entity", "Сделка", false);
        crm.types.put(entityTypeId, type);
        return type;
    }

    private static Map<Integer, String> options(int first, String... values) {
        Map<Integer, String> options = new LinkedHashMap<>();
        for (String value : values) {
            options.put(first + options.size(), value);
        }
        return options;
    }

    private static void pipeline(Crm crm, CrmType type, int id, String name, boolean isDefault, List<String> stages) {
        Map<String, Stage> byCode = new LinkedHashMap<>();
        for (String line : stages) {
            String[] parts = line.split(";", -1);
            String code = type.prefix(id) + parts[0];
            String semantics = parts[2].isEmpty() ? null : parts[2];
            byCode.put(code, new Stage(crm.nextId(), code, parts[1], 10 * (byCode.size() + 1), "#39A8EF", semantics,
                    semantics != null || byCode.isEmpty()));
        }
        type.pipelines.put(id, new Pipeline(id, name, isDefault ? 100 : 500, isDefault, byCode));
    }

    /** A document in «Черновик». @param kind a word of «Вид» @return its id */
    public int document(int pipeline, String kind, String number, LocalDate date, BigDecimal amount, int company) {
        Map<String, Object> fields = fields(kind + " № " + number, pipeline, amount, company);
        fields.put("ufCrm20Number", number);
        fields.put("ufCrm20Date", date.toString());
        fields.put("ufCrm20Kind", option(DOCUMENTS, "ufCrm20Kind", kind));
        return Crm.number(crm.add(DOCUMENTS, fields, Portal.PERSON).get("id"));
    }

    /** An act of a deal in «Черновик». @return its id */
    public int act(String number, LocalDate date, BigDecimal amount, int company, int deal) {
        Map<String, Object> fields = fields("Акт № " + number, ACTS, amount, company);
        fields.put("ufCrm22Number", number);
        fields.put("ufCrm22Date", date.toString());
        fields.put("parentId2", deal);
        return Crm.number(crm.add(REPORTS, fields, Portal.PERSON).get("id"));
    }

    private static Map<String, Object> fields(String title, int pipeline, BigDecimal amount, int company) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("title", title);
        fields.put("categoryId", pipeline);
        fields.put("companyId", company);
        fields.put("opportunity", amount);
        fields.put("isManualOpportunity", "Y");
        fields.put("currencyId", "RUB");
        return fields;
    }

    private int option(int entityTypeId, String field, String word) {
        return crm.type(entityTypeId).fields.get(field).options().entrySet().stream()
                .filter(one -> one.getValue().equals(word)).findFirst().orElseThrow().getKey();
    }

    /** The name of an item's stage. */
    public String stage(int entityTypeId, int id) {
        synchronized (crm) {
            Map<String, Object> item = crm.item(crm.type(entityTypeId), id);
            return crm.type(entityTypeId).pipelines.get(Crm.number(item.get("categoryId"))).stages()
                    .get(String.valueOf(item.get("stageId"))).name();
        }
    }

    /** The word that stands in a field of an item, such as {@code State}; empty for none. */
    public String word(int entityTypeId, int id, String field) {
        synchronized (crm) {
            CrmType type = crm.type(entityTypeId);
            String name = "ufCrm" + type.id + field;
            Object value = crm.item(type, id).get(name);
            Map<Integer, String> options = type.fields.get(name).options();
            return value == null ? "" : options.isEmpty() ? value.toString() : options.get(Crm.number(value));
        }
    }

    /** A person moves an item to a stage of that name. */
    public void move(int entityTypeId, int id, String stage) {
        Map<String, Object> item = crm.item(crm.type(entityTypeId), id);
        String code = crm.type(entityTypeId).pipelines.get(Crm.number(item.get("categoryId"))).stages().values().stream()
                .filter(one -> one.name().equals(stage)).findFirst().orElseThrow().code();
        crm.update(entityTypeId, id, Map.of("stageId", code), Portal.PERSON);
    }
}
