package dev.sverka.sandbox.bitrix24;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The standard fields of each type (bitrix24.md Annex A). */
final class StandardFields {

    private static final String COMMON = "id title createdTime createdBy updatedTime updatedBy assignedById opened "
            + "lastActivityBy lastActivityTime webformId utmSource utmMedium utmCampaign utmContent utmTerm ";
    private static final String CLIENT = "companyId contactId contactIds ";
    private static final String MONEY = "opportunity isManualOpportunity currencyId ";
    private static final String SOURCE = "sourceId sourceDescription ";
    private static final String PERSON = "honorific name secondName lastName post birthdate ";
    private static final String PHONES = "hasPhone hasEmail hasImol phone phoneMobile phoneWork phoneMailing email "
            + "emailHome emailWork emailMailing imol searchContent fm observers ";
    private static final String ORIGIN = "originatorId originId ";
    private static final String DYNAMIC = "xmlId categoryId stageId previousStageId movedBy movedTime begindate "
            + "closedate " + CLIENT + "mycompanyId " + MONEY + "taxValue observers ";

    private static final Map<Integer, String> OF = Map.of(
            CrmType.DEAL, "categoryId stageId stageSemanticId typeId " + MONEY + "taxValue probability " + CLIENT
                    + "leadId quoteId comments begindate closedate closed isNew isRecurring isReturnCustomer "
                    + "isRepeatedApproach eventDate eventId eventDescription locationId " + SOURCE + ORIGIN
                    + "additionalInfo searchContent orderStage movedBy movedTime observers productId dateCreateShort "
                    + "dateModifyShort begindateShort closedateShort eventDateShort isWork isWon isLose receivedAmount "
                    + "lostAmount hasProducts",
            CrmType.COMPANY, "logo typeId industry employees revenue currencyId comments addressLegal bankingDetails "
                    + "leadId " + ORIGIN + "originVersion isMyCompany categoryId contactIds address " + PHONES,
            CrmType.CONTACT, PERSON + "photo typeId companyId companyIds leadId " + SOURCE + "comments export " + ORIGIN
                    + "originVersion categoryId shortName address login " + PHONES,
            CrmType.LEAD, PERSON + "companyTitle stageId stageSemanticId statusDescription " + MONEY + CLIENT + SOURCE
                    + "comments " + ORIGIN
                        + "dateClosed isReturnCustomer movedBy movedTime skype icq isConvert productId "
                    + "shortName address login dateCreateShort dateModifyShort " + PHONES,
            CrmType.QUOTE, "quoteNumber stageId closed leadId dealId " + CLIENT + "mycompanyId personTypeId " + MONEY
                    + "taxValue comments content terms begindate closedate actualDate clientTitle clientAddr "
                    + "clientContact clientEmail clientPhone locationId searchContent hasProducts",
            CrmType.INVOICE, DYNAMIC + SOURCE + "accountNumber comments locationId parentId2 parentId7");

    private static final Set<String> DISABLED = Set.of("productId", "dateCreateShort", "dateModifyShort",
            "begindateShort",
            "closedateShort", "eventDateShort", "isWork", "isWon", "isLose", "receivedAmount", "lostAmount",
            "hasProducts", "address", "shortName", "login", "isConvert");
    private static final Set<String> READ_ONLY = Set.of("id", "createdTime", "updatedTime", "createdBy", "updatedBy",
            "movedTime", "movedBy", "previousStageId", "lastActivityBy", "lastActivityTime", "stageSemanticId",
            "searchContent", "hasPhone", "hasEmail", "hasImol", "phone", "phoneMobile", "phoneWork", "phoneMailing",
            "email", "emailHome", "emailWork", "emailMailing", "imol");
    private static final Set<String> BOOLEANS = Set.of("opened", "closed", "isNew", "isRecurring", "isReturnCustomer",
            "isRepeatedApproach", "isManualOpportunity", "hasPhone", "hasEmail", "hasImol", "isMyCompany", "export");
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("id", "integer"), Map.entry("webformId", "integer"), Map.entry("probability", "integer"),
            Map.entry("createdTime", "datetime"), Map.entry("updatedTime", "datetime"), Map.entry("movedTime",
                "datetime"),
            Map.entry("lastActivityTime", "datetime"), Map.entry("eventDate", "datetime"),
            Map.entry("dateClosed", "datetime"), Map.entry("begindate", "date"), Map.entry("closedate", "date"),
            Map.entry("birthdate", "date"), Map.entry("actualDate", "date"), Map.entry("createdBy", "user"),
            Map.entry("updatedBy", "user"), Map.entry("movedBy", "user"), Map.entry("assignedById", "user"),
            Map.entry("lastActivityBy", "user"), Map.entry("observers", "user"), Map.entry("opportunity", "double"),
            Map.entry("taxValue", "double"), Map.entry("revenue", "double"), Map.entry("stageId", "crm_status"),
            Map.entry("previousStageId", "crm_status"), Map.entry("categoryId", "crm_category"),
            Map.entry("currencyId", "crm_currency"), Map.entry("companyId", "crm_company"),
            Map.entry("companyIds", "crm_company"), Map.entry("mycompanyId", "crm_company"),
            Map.entry("contactId", "crm_contact"), Map.entry("contactIds", "crm_contact"), Map.entry("leadId",
                "crm_lead"),
            Map.entry("dealId", "crm_deal"), Map.entry("quoteId", "crm_quote"), Map.entry("parentId2", "crm_entity"),
            Map.entry("parentId7", "crm_entity"), Map.entry("logo", "file"), Map.entry("photo", "file"),
            Map.entry("fm", "crm_multifield"), Map.entry("typeId", "crm_status"), Map.entry("sourceId", "crm_status"),
            Map.entry("industry", "crm_status"), Map.entry("employees", "crm_status"),
            Map.entry("honorific", "crm_status"), Map.entry("comments", "text"));
    private static final Map<String, String> TITLES = Map.ofEntries(
            Map.entry("id", "ID"), Map.entry("title", "Название"), Map.entry("createdTime", "Когда создан"),
            Map.entry("updatedTime", "Когда обновлён"), Map.entry("createdBy", "Кем создан"),
            Map.entry("updatedBy", "Кем обновлён"), Map.entry("assignedById", "Ответственный"),
            Map.entry("opened", "Доступен для всех"), Map.entry("xmlId", "Внешний код"),
            Map.entry("begindate", "Дата начала"), Map.entry("closedate", "Дата завершения"),
            Map.entry("companyId", "Компания"), Map.entry("contactId", "Контакт"), Map.entry("categoryId", "Воронка"),
            Map.entry("stageId", "Стадия"), Map.entry("previousStageId", "Предыдущая стадия"),
            Map.entry("movedTime", "Когда перемещён"), Map.entry("movedBy", "Кем перемещён"),
            Map.entry("currencyId", "Валюта"), Map.entry("opportunity", "Сумма"), Map.entry("taxValue", "Сумма налога"),
            Map.entry("isManualOpportunity", "Режим расчёта суммы"), Map.entry("observers", "Наблюдатели"),
            Map.entry("mycompanyId", "Реквизиты вашей компании"), Map.entry("lastActivityBy",
                "Кем последняя активность"),
            Map.entry("lastActivityTime", "Последняя активность"), Map.entry("originId", "Внешний ключ"),
            Map.entry("originatorId", "Внешний источник"), Map.entry("isMyCompany", "Моя компания"),
            Map.entry("parentId2", "Сделка"), Map.entry("parentId7", "Предложение"));

    private StandardFields() {
    }

    static void into(CrmType type) {
        for (String name : (COMMON + OF.getOrDefault(type.entityTypeId, DYNAMIC)).split(" +")) {
            String of = DISABLED.contains(name) ? "string" : BOOLEANS.contains(name) ? "boolean"
                    : TYPES.getOrDefault(name, "string");
            boolean multiple = name.equals("fm") || name.equals("observers") || name.endsWith("Ids");
            type.standard(name, upper(name), of, TITLES.getOrDefault(name, upper(name)),
                    READ_ONLY.contains(name) || DISABLED.contains(name), multiple);
        }
    }

    static boolean isDisabled(String name) {
        return DISABLED.contains(name);
    }

    /** What a field holds in a new item. */
    static Object initial(CrmType.Field field) {
        if (DISABLED.contains(field.name())) {
            return null;
        }
        return switch (field.name()) {
            case "isManualOpportunity", "closed", "isNew", "isRecurring", "isReturnCustomer", "isRepeatedApproach",
                    "isMyCompany", "hasPhone", "hasEmail", "hasImol" -> "N";
            case "opened" -> "Y";
            case "opportunity", "taxValue", "revenue" -> java.math.BigDecimal.ZERO;
            case "webformId" -> 0;
            default -> field.multiple() ? java.util.List.of() : null;
        };
    }

    /** {@code assignedById} as the old methods write it (section 4.5). */
    static String upper(String name) {
        return name.replaceAll("([a-z])([A-Z0-9])", "$1_$2").toUpperCase(Locale.ROOT);
    }
}
