package dev.sverka.sandbox.bitrix24;

import dev.sverka.sandbox.bitrix24.CrmType.Pipeline;
import dev.sverka.sandbox.bitrix24.CrmType.Stage;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An agency's portal as people set it up: deals, companies with requisites, and the process «Платежи». */
public final class Portal {

    public static final int PAYMENTS = 1046;
    public static final int IN = 31;
    public static final int OUT = 33;
    /** A bookkeeper, not the webhook's own user. */
    public static final int PERSON = 24;

    private final Crm crm;

    private Portal(Crm crm) {
        this.crm = crm;
    }

    /** Sets the portal up. */
    public static Portal of(Crm crm) {
        Portal portal = new Portal(crm);
        portal.deals();
        portal.companies();
        portal.payments();
        portal.others();
        return portal;
    }

    /** A portal as the vendor hands it over: no smart process, no field of people's. */
    public static Portal bare(Crm crm) {
        Portal portal = new Portal(crm);
        CrmType deals = new CrmType(2, 2, "Сделки");
        portal.pipeline(deals, 0, "Общая", true, "NEW;Новая;", "PREPARATION;Подготовка документов;",
                "PREPAYMENT_INVOICE;Счёт на предоплату;", "EXECUTING;В работе;", "FINAL_INVOICE;Финальный счёт;",
                "WON;Сделка успешна;S", "LOSE;Сделка провалена;F", "APOLOGY;Анализ причины провала;F");
        crm.types.put(2, deals);
        portal.companies();
        portal.others();
        return portal;
    }

    public Crm crm() {
        return crm;
    }

    private void deals() {
        CrmType deals = new CrmType(2, 2, "Сделки");
        pipeline(deals, 0, "Продажи", true, "NEW;Новая;", "PROPOSAL;КП;", "CONTRACT;Договор;", "EXECUTING;В работе;",
                "WON;Сделка успешна;S", "LOSE;Сделка провалена;F");
        crm.types.put(2, deals);
    }

    private void companies() {
        CrmType companies = new CrmType(4, 4, "Компании");
        crm.types.put(4, companies);
    }

    private void payments() {
        CrmType payments = new CrmType(12, PAYMENTS, "Платежи");
        payments.settings.putAll(Map.of("isCategoriesEnabled", "Y", "isStagesEnabled", "Y", "isBeginCloseDatesEnabled",
                "Y", "isClientEnabled", "Y", "isUseInUserfieldEnabled", "Y", "isLinkWithProductsEnabled", "Y",
                "isMycompanyEnabled", "Y", "isObserversEnabled", "Y", "isRecyclebinEnabled", "Y", "relations",
                Map.of("parent", List.of(Map.of("entityTypeId", 2, "isChildrenListEnabled", "true")))));
        payments.settings.putAll(Map.of("isAutomationEnabled", "Y", "isBizProcEnabled", "Y", "isSetOpenPermissions",
                "Y"));
        payments.standard("parentId2", "PARENT_ID_2", "crm_entity", "Сделка", false);
        payments.custom("NUMBER", "string", "Номер счёта", false, Map.of())
                .custom("INVOICEDATE", "date", "Дата счёта", false, Map.of())
                .custom("DUEDATE", "date", "Срок оплаты", false, Map.of())
                .custom("PAID", "money", "Оплачено", false, Map.of())
                .custom("PAIDDATE", "date", "Дата оплаты", false, Map.of())
                .custom("CONTRACTNUMBER", "string", "Номер договора", false, Map.of())
                .custom("CONTRACTDATE", "date", "Дата договора", false, Map.of())
                .custom("VAT", "enumeration", "НДС", false, options(3401, "Без НДС", "0 %", "5 %", "7 %", "10 %",
                        "20 %", "22 %"))
                .custom("PART", "enumeration", "Часть", false, options(3421, "Аванс", "Остаток"))
                .custom("PERCENT", "double", "Процент", false, Map.of())
                .custom("PURPOSE", "string", "Назначение", false, Map.of())
                .custom("ARTICLE", "string", "Статья", false, Map.of())
                .custom("ACTNUMBERS", "string", "Акты и УПД", true, Map.of())
                .custom("ORDERNUMBERS", "string", "Заказы", true, Map.of())
                .custom("PERIOD", "string", "Период", false, Map.of())
                .custom("METHOD", "enumeration", "Способ", false, options(3431, "Счёт", "Карта"))
                .custom("OVERDUE", "boolean", "Просрочен", false, Map.of())
                .custom("INVOICEFILE", "file", "Файл счёта", false, Map.of());
        pipeline(payments, IN, "Поступления (исходящие счета)", true, "NEW;Запланирован;",
                "PREPARATION;Счёт выставлен;",
                "UC_9KZ1Q7;Частично оплачен;", "SUCCESS;Оплачен;S", "FAIL;Отменён;F");
        pipeline(payments, OUT, "Списания (входящие счета)", false, "NEW;Запланирован;", "PREPARATION;Согласован;",
                "CLIENT;К оплате;", "UC_8HD2K1;Частично оплачен;", "SUCCESS;Оплачен;S", "FAIL;Отменён;F");
        crm.types.put(PAYMENTS, payments);
    }

    /** Leads, contacts, quotes and invoices, as every portal has them. */
    private void others() {
        crm.types.put(3, new CrmType(3, 3, "Контакты"));
        CrmType leads = new CrmType(1, 1, "Лиды");
        pipeline(leads, 0, "Лиды", true, "NEW;Не обработан;", "IN_PROCESS;В работе;", "PROCESSED;Обработан;",
                "CONVERTED;Качественный лид;S", "JUNK;Некачественный лид;F");
        crm.types.put(1, leads);
        CrmType quotes = new CrmType(7, 7, "Предложения");
        pipeline(quotes, 0, "Предложения", true, "DRAFT;Черновик;", "SENT;Отправлено;", "APPROVED;Принято;S",
                "DECLAINED;Отклонено;F");
        crm.types.put(7, quotes);
        CrmType invoices = new CrmType(31, 31, "Счета");
        pipeline(invoices, 5, "Счета", true, "N;Новый;", "S;Отправлен;", "P;Оплачен;S", "D;Не оплачен;F");
        crm.types.put(31, invoices);
    }

    private static Map<Integer, String> options(int first, String... values) {
        Map<Integer, String> options = new LinkedHashMap<>();
        for (String value : values) {
            options.put(first + options.size(), value);
        }
        return options;
    }

    private void pipeline(CrmType type, int id, String name, boolean isDefault, String... stages) {
        List<String> colors = List.of("#39A8EF", "#2FC6F6", "#FFA900", "#55D0E0", "#47E4C2");
        Map<String, Stage> byCode = new LinkedHashMap<>();
        for (String line : stages) {
            String[] parts = line.split(";", -1);
            String code = type.prefix(id) + parts[0];
            String semantics = parts[2].isEmpty() ? null : parts[2];
            String color = "S".equals(semantics) ? "#7BD500" : "F".equals(semantics) ? "#FF5752"
                    : colors.get(byCode.size() % colors.size());
            byCode.put(code, new Stage(crm.nextId(), code, parts[1], 10 * (byCode.size() + 1), color, semantics,
                    semantics != null || byCode.isEmpty()));
        }
        type.pipelines.put(id, new Pipeline(id, name, isDefault ? 100 : 500, isDefault, byCode));
    }

    /** A company with one requisite; an INN may stand at several companies, or at none. */
    public int company(String title, String inn, String kpp, boolean mine) {
        int id = Crm.number(crm.add(4, Map.of("title", title, "isMyCompany", mine ? "Y" : "N"), PERSON).get("id"));
        if (inn != null) {
            int requisite = crm.nextId();
            Map<String, String> row = new LinkedHashMap<>();
            row.put("ID", String.valueOf(requisite));
            row.put("ENTITY_TYPE_ID", "4");
            row.put("ENTITY_ID", String.valueOf(id));
            row.put("NAME", "Организация");
            row.put("PRESET_ID", "1");
            row.put("ACTIVE", "Y");
            row.put("RQ_INN", inn);
            row.put("RQ_KPP", kpp == null ? "" : kpp);
            row.put("RQ_OGRN", "");
            row.put("RQ_COMPANY_NAME", title);
            row.put("DATE_MODIFY", crm.now());
            crm.requisites.put(requisite, row);
        }
        return id;
    }

    public int deal(String title, int company, BigDecimal amount) {
        return Crm.number(crm.add(2, Map.of("title", title, "companyId", company, "opportunity", amount,
                "isManualOpportunity", "Y", "currencyId", "RUB", "stageId", "EXECUTING"), PERSON).get("id"));
    }

    /** A payment in «Счёт выставлен» (or «К оплате»). */
    public int payment(int pipeline, String number, LocalDate date, BigDecimal amount, int company, int ourCompany,
            int deal) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("title", "Счёт № " + number);
        fields.put("categoryId", pipeline);
        fields.put("stageId", "DT" + PAYMENTS + "_" + pipeline + ":" + (pipeline == IN ? "PREPARATION" : "CLIENT"));
        fields.put("companyId", company);
        fields.put("mycompanyId", ourCompany);
        fields.put("parentId2", deal);
        fields.put("opportunity", amount);
        fields.put("isManualOpportunity", "Y");
        fields.put("currencyId", "RUB");
        fields.put("ufCrm12Number", number);
        fields.put("ufCrm12Invoicedate", date.toString());
        return Crm.number(crm.add(PAYMENTS, fields, PERSON).get("id"));
    }

    /** Gives each payment a day on which it is due. @param days after its invoice's */
    public void due(int days) {
        for (Map<String, Object> payment : items(PAYMENTS)) {
            LocalDate invoiced = LocalDate.parse(payment.get("ufCrm12Invoicedate").toString().substring(0, 10));
            crm.update(PAYMENTS, Crm.number(payment.get("id")), Map.of("ufCrm12Duedate", invoiced.plusDays(days).toString()),
                    PERSON);
        }
    }

    /** An item as the portal holds it. */
    public Map<String, Object> item(int entityTypeId, int id) {
        synchronized (crm) {
            return new LinkedHashMap<>(crm.item(crm.type(entityTypeId), id));
        }
    }

    public List<Map<String, Object>> items(int entityTypeId) {
        synchronized (crm) {
            return crm.type(entityTypeId).items.values().stream()
                    .map(item -> (Map<String, Object>) new LinkedHashMap<>(item)).toList();
        }
    }

    public List<Crm.Comment> comments(int entityTypeId, int id) {
        synchronized (crm) {
            return crm.comments.stream().filter(one -> one.item() == id
                    && one.type().equals(crm.type(entityTypeId).code())).toList();
        }
    }

    /** A company's first ИНН, null where it has none. */
    public String inn(int company) {
        synchronized (crm) {
            return crm.requisites.values().stream().filter(row -> row.get("ENTITY_ID").equals(String.valueOf(company)))
                    .map(row -> row.get("RQ_INN")).findFirst().orElse(null);
        }
    }

    /** A payment's stage by its name on the portal. */
    public String stage(Map<String, Object> payment) {
        CrmType type = crm.type(PAYMENTS);
        return type.pipelines.get(Crm.number(payment.get("categoryId"))).stages()
                .get(String.valueOf(payment.get("stageId")))
                .name();
    }

    /** The entityTypeId of a smart process, by its title. */
    public int process(String title) {
        synchronized (crm) {
            return crm.types.values().stream().filter(type -> title.equals(type.title)).findFirst().orElseThrow()
                    .entityTypeId;
        }
    }

    /** The funnel of a kind of item, by its name. */
    public int funnel(int entityTypeId, String name) {
        synchronized (crm) {
            return crm.type(entityTypeId).pipelines.values().stream().filter(one -> one.name().equals(name))
                    .findFirst().orElseThrow().id();
        }
    }

    /** The code of a stage in a funnel, by their names. */
    public String stageCode(int entityTypeId, String funnel, String stage) {
        synchronized (crm) {
            return crm.type(entityTypeId).pipelines.get(funnel(entityTypeId, funnel)).stages().values().stream()
                    .filter(one -> one.name().equals(stage)).findFirst().orElseThrow().code();
        }
    }

    /** The value of a field of people's, by its label. */
    public Object value(int entityTypeId, int id, String label) {
        synchronized (crm) {
            return crm.item(crm.type(entityTypeId), id).get(field(entityTypeId, label));
        }
    }

    /** The name of a field of people's, by its label. */
    public String field(int entityTypeId, String label) {
        synchronized (crm) {
            return crm.type(entityTypeId).fields.values().stream().filter(one -> label.equals(one.title()))
                    .findFirst().orElseThrow().name();
        }
    }

    /** Its colour. */
    public String color(Map<String, Object> payment) {
        CrmType type = crm.type(PAYMENTS);
        return type.pipelines.get(Crm.number(payment.get("categoryId"))).stages()
                .get(String.valueOf(payment.get("stageId")))
                .color();
    }

    /** Its paid sum. */
    public BigDecimal paid(Map<String, Object> payment) {
        Object raw = payment.get("ufCrm12Paid");
        return raw == null ? BigDecimal.ZERO : new BigDecimal(raw.toString().replaceFirst("\\|.*", ""));
    }
}
