package dev.sverka.sandbox.fintablo;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What FinTablo's document says of fields and filters (fintablo.md sections 6 to 8). */
final class FinTabloRules {

    static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.uuuu").withResolverStyle(
            ResolverStyle.STRICT);
    static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MM.uuuu");

    private static final Set<String> WORKS = Set.of("name", "jobs", "goods", "directionId", "amount", "nds",
            "customCostPrice", "statusId", "responsibleId", "comment", "startDate", "endDate", "actDate");
    private static final List<String> PNL = List.of("income", "income-under-ebitda", "general-production",
            "direct-variable", "administrative", "commercial", "outcome-under-ebitda", "under-profit",
            "refund-income-current", "refund-income-past");

    /** @param writable at creation @param fixed ignored afterwards @param filters of the list */
    record Resource(List<String> required, Set<String> writable, Set<String> fixed, Set<String> filters, int page) {
    }

    static final Resource STAGE = new Resource(List.of("name"), WORKS, Set.of(), Set.of(), 0);

    static final Map<String, Resource> RESOURCES = Map.ofEntries(
            Map.entry("category", new Resource(List.of("name", "group"), Set.of("name", "parentId", "group", "type",
                    "pnlType", "description"), Set.of("group"), Set.of("parentId", "group", "type", "pnlType"), 0)),
            Map.entry("moneybag", new Resource(List.of("name"), Set.of("name", "type", "number", "currency", "balance",
                    "surplus", "surplusTimestamp", "groupId", "archived", "hideInTotal", "withoutNds"),
                    Set.of("currency"), Set.of("type", "currency", "groupId", "archived", "hideInTotal",
                            "withoutNds"), 0)),
            Map.entry("moneybag-group", new Resource(List.of("name"), Set.of("name"), Set.of(), Set.of(), 0)),
            Map.entry("partner", new Resource(List.of("name"), Set.of("name", "inn", "groupId", "comment"), Set.of(),
                    Set.of("name", "inn", "comment", "groupId"), 0)),
            Map.entry("partner-group", new Resource(List.of("name"), Set.of("name"), Set.of(), Set.of(), 0)),
            Map.entry("direction", new Resource(List.of("name"), Set.of("name", "parentId", "description", "archived"),
                    Set.of(), Set.of("parentId", "archived"), 0)),
            Map.entry("deal-status", new Resource(List.of("name"), Set.of("name"), Set.of(), Set.of(), 0)),
            Map.entry("obligation-status", new Resource(List.of("name"), Set.of("name"), Set.of(), Set.of(), 0)),
            Map.entry("goods", new Resource(List.of("name"), Set.of("name", "cost", "comment", "startQuantity"),
                    Set.of(), Set.of(), 0)),
            Map.entry("job", new Resource(List.of("name"), Set.of("name", "cost", "comment", "directionId"), Set.of(),
                    Set.of("directionId"), 0)),
            Map.entry("deal", new Resource(List.of("name"), union(WORKS, Set.of("currency", "partnerId", "stages")),
                    Set.of("stages"), Set.of("name", "directionId", "statusId", "partnerId", "responsibleId",
                            "currency", "startDateFrom", "startDateTo", "endDateFrom", "endDateTo", "actDateFrom",
                            "actDateTo"), 500)),
            Map.entry("obligation", new Resource(List.of("name"), Set.of("name", "categoryId", "directionId", "dealId",
                    "amount", "nds", "currency", "statusId", "partnerId", "comment", "actDate"), Set.of(),
                    Set.of("name", "directionId", "statusId", "partnerId", "categoryId", "dealId", "currency",
                            "actDateFrom", "actDateTo"), 0)),
            Map.entry("transaction", new Resource(List.of("value", "moneybagId", "group"), Set.of("value",
                    "moneybagId", "group", "value2", "moneybag2Id", "description", "date", "timestamp", "isPlan",
                    "categoryId", "partnerId", "directionId", "dealId", "obligationId", "factMonth",
                    "spreadMonthes", "nds", "obtainingId"), Set.of("group"), Set.of("dateFrom", "dateTo", "group",
                            "parentId", "categoryId", "partnerId", "directionId", "dealId", "moneybagId",
                            "valueFrom", "valueTo", "isPlan"), 50)));

    static final Set<String> PART = Set.of("value", "categoryId", "partnerId", "directionId", "dealId", "obligationId",
            "factMonth", "spreadMonthes");
    static final Set<String> DAYS = Set.of("date", "startDate", "endDate", "actDate");
    static final Set<String> FLAGS = Set.of("isPlan", "archived", "hideInTotal", "withoutNds", "isBuiltIn");

    /** Where a field of this name points to. */
    static final Map<String, String> REFERENCES = Map.of("directionId", "direction", "partnerId", "partner",
            "moneybagId", "moneybag", "moneybag2Id", "moneybag", "obligationId", "obligation", "categoryId",
            "category");

    private static final Map<String, List<String>> ENUMS = Map.of(
            "category.group", List.of("income", "outcome", "transfer"), "transaction.group",
            List.of("income", "outcome", "transfer"), "category.type", List.of("operating", "financial", "investment"),
            "category.pnlType", PNL, "moneybag.type", List.of("nal", "bank", "card", "electron", "acquiring"));
    private static final Set<String> SUMS = Set.of("value", "value2", "amount", "nds", "customCostPrice", "cost",
            "balance", "surplus");

    private FinTabloRules() {
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> both = new java.util.HashSet<>(one);
        both.addAll(other);
        return both;
    }

    /** Enums, sums, days and months of a body. @param status of a bad enum or sum: 400 on POST, 422 on PUT */
    static void check(String resource, Map<String, Object> body, int status) {
        body.forEach((key, value) -> {
            if (value == null) {
                return;
            }
            List<String> allowed = ENUMS.get(resource + "." + key);
            if (allowed != null && !allowed.contains(value.toString())) {
                throw new FinTabloRefusal(status, key.equals("group") ? "Invalid group" : "Invalid type");
            }
            if (SUMS.contains(key) && (!isNumber(value) || key.startsWith("value")
                    && new BigDecimal(value.toString()).signum() <= 0)) {
                throw new FinTabloRefusal(status, "Invalid cost value");
            }
            if (DAYS.contains(key)) {
                day(value.toString(), resource.equals("transaction"));
            }
            if (key.equals("factMonth")) {
                month(value.toString());
            }
        });
    }

    static boolean isNumber(Object value) {
        return value.toString().matches("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");
    }

    /** A day in a body. */
    static LocalDate day(String text, boolean mayHaveTime) {
        try {
            return LocalDate.parse(mayHaveTime ? text.replaceFirst(" \\d\\d:\\d\\d$", "") : text, DAY);
        } catch (DateTimeException bad) {
            throw new FinTabloRefusal(422, "Date format need is dd.mm.YYYY");
        }
    }

    static YearMonth month(String text) {
        try {
            return YearMonth.parse(text, MONTH);
        } catch (DateTimeException bad) {
            throw new FinTabloRefusal(422, "Date format need is mm.YYYY");
        }
    }

    /** A day in a filter. */
    static LocalDate filterDay(String text) {
        try {
            return LocalDate.parse(text, DAY);
        } catch (DateTimeException bad) {
            throw new FinTabloRefusal(400, "Required date format is dd.mm.YYYY");
        }
    }
}
