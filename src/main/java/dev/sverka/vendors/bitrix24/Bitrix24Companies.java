package dev.sverka.vendors.bitrix24;

import dev.sverka.core.http.VendorException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Requisites and bank details of companies and contacts (bitrix24.md section 7): text throughout, as people typed it.
 */
final class Bitrix24Companies {

    static final String REQUISITES = "requisites";
    static final String BANK_DETAILS = "bankdetails";
    private static final String REQUISITE_LIST = "crm.requisite.list";
    private static final String BANK_LIST = "crm.requisite.bankdetail.list";
    private static final int COMPANY = 4;
    private static final List<String> SELECT = List.of("ID", "ENTITY_ID", "RQ_INN", "RQ_KPP", "RQ_OGRN",
            "RQ_COMPANY_NAME", "RQ_COMPANY_FULL_NAME");
    private static final List<String> BANK_SELECT = List.of("ID", "ENTITY_ID", "RQ_BANK_NAME", "RQ_BIK", "RQ_ACC_NUM");
    /** Owners of one command: mostly each has one row, and a page holds 50. */
    private static final int MANY = 25;

    private final Bitrix24Client client;

    Bitrix24Companies(Bitrix24Client client) {
        this.client = client;
    }

    /** A company one of whose requisites or bank details changed. */
    record Touched(long company, String version) {
    }

    /** Changed requisites or bank details. @param filter of {@code DATE_MODIFY} */
    Bitrix24Listing listing(String step, Map<String, Object> filter) {
        if (step.equals(BANK_DETAILS)) {
            return Bitrix24Listing.old(BANK_LIST, List.of("ID", "ENTITY_ID", "DATE_MODIFY"), filter);
        }
        Map<String, Object> companies = new LinkedHashMap<>(filter);
        companies.put("ENTITY_TYPE_ID", COMPANY);
        return Bitrix24Listing.old(REQUISITE_LIST, List.of("ID", "ENTITY_ID", "DATE_MODIFY"), companies);
    }

    /** The companies behind rows of such a list; a bank detail knows its requisite only. */
    List<Touched> touched(String step, List<JsonNode> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<String, String> owners = step.equals(REQUISITES) ? Map.of()
                : Bitrix24Client.rows(client.read(REQUISITE_LIST,
                Map.of("filter", Map.of("ENTITY_TYPE_ID", COMPANY, "@ID", rows.stream()
                        .map(row -> row.path("ENTITY_ID").asString("")).distinct().toList()),
                        "select", List.of("ID", "ENTITY_ID"), "start", -1))).stream()
                .collect(Collectors.toMap(row -> row.path("ID").asString(""),
                        row -> row.path("ENTITY_ID").asString(""), (one, two) -> one));
        List<Touched> touched = new ArrayList<>();
        for (JsonNode row : rows) {
            String owner = row.path("ENTITY_ID").asString("");
            String company = step.equals(REQUISITES) ? owner : owners.getOrDefault(owner, "");
            if (!company.isEmpty()) {
                touched.add(new Touched(Long.parseLong(company), step + " " + row.path("ID").asString("") + "|"
                        + row.path("DATE_MODIFY").asString("")));
            }
        }
        return touched;
    }

    /**
     * An item and its requisites, in one request, in two where it has any.
     *
     * @return the item; empty when the portal says NOT_FOUND
     */
    Map<String, JsonNode> read(int typeId, long id) {
        try {
            return client.readAll(Map.of(
                    "item", new Bitrix24Command("crm.item.get", Map.of("entityTypeId", typeId, "id", id)),
                    REQUISITES, new Bitrix24Command(REQUISITE_LIST, Map.of(
                            "filter", Map.of("ENTITY_TYPE_ID", typeId, "ENTITY_ID", id),
                            "select", SELECT, "order", Map.of("ID", "ASC")))));
        } catch (VendorException.Refused refused) {
            if (refused.code().equals("NOT_FOUND")) {
                return Map.of();
            }
            throw refused;
        }
    }

    /**
     * Requisites of many items, a few requests for all.
     *
     * @return by the items' ids; one about which not all came is absent
     */
    Map<Long, List<Map<String, Object>>> of(int typeId, List<Long> ids) {
        Map<Long, List<JsonNode>> found = new LinkedHashMap<>();
        byOwner(REQUISITE_LIST, SELECT, Map.of("ENTITY_TYPE_ID", typeId), ids.stream().map(String::valueOf).toList())
                .forEach((id, rows) -> found.put(Long.valueOf(id), rows));
        Map<String, List<JsonNode>> details = byOwner(BANK_LIST, BANK_SELECT, Map.of(), found.values().stream()
                .flatMap(List::stream).map(row -> row.path("ID").asString("")).toList());
        Map<Long, List<Map<String, Object>>> whole = new LinkedHashMap<>();
        found.forEach((id, rows) -> {
            if (rows.stream().allMatch(row -> details.containsKey(row.path("ID").asString("")))) {
                whole.put(id, requisites(rows, accounts(rows.stream()
                        .flatMap(row -> details.get(row.path("ID").asString("")).stream()).toList())));
            }
        });
        return whole;
    }

    /** Rows of an older list by their owner; owners of a page that is full, or did not come, are left out. */
    private Map<String, List<JsonNode>> byOwner(String method, List<String> select, Map<String, Object> filter,
            List<String> owners) {
        Map<String, List<JsonNode>> found = new LinkedHashMap<>();
        int together = MANY * Bitrix24Client.PAGE;
        for (int from = 0; from < owners.size(); from += together) {
            List<String> some = owners.subList(from, Math.min(owners.size(), from + together));
            Map<String, List<String>> asked = new LinkedHashMap<>();
            Map<String, Bitrix24Command> commands = new LinkedHashMap<>();
            for (int i = 0; i < some.size(); i += MANY) {
                List<String> few = some.subList(i, Math.min(some.size(), i + MANY));
                Map<String, Object> whose = new LinkedHashMap<>(filter);
                whose.put("@ENTITY_ID", few);
                asked.put("o" + i, few);
                commands.put("o" + i, new Bitrix24Command(method, Map.of("filter", whose, "select", select,
                        "order", Map.of("ID", "ASC"), "start", -1)));
            }
            client.batch(commands, false).forEach((name, outcome) -> {
                boolean none = outcome.failure() != null && outcome.failure().code().equals("ERROR_METHOD_NOT_FOUND");
                List<JsonNode> rows = outcome.answer() == null ? List.of() : Bitrix24Client.rows(outcome.answer());
                if (none || outcome.answer() != null && rows.size() < Bitrix24Client.PAGE) {
                    asked.get(name).forEach(owner -> found.put(owner, rows.stream()
                            .filter(row -> row.path("ENTITY_ID").asString("").equals(owner)).toList()));
                }
            });
        }
        return found;
    }

    /** Requisites as routes see them: {@code inn kpp ogrn name fullName accounts}. */
    List<Map<String, Object>> requisites(JsonNode rows) {
        List<JsonNode> requisites = Bitrix24Client.rows(rows);
        return requisites(requisites, requisites.isEmpty() ? Map.of() : accounts(details(requisites)));
    }

    private static List<Map<String, Object>> requisites(List<JsonNode> rows,
            Map<String, List<Map<String, Object>>> accounts) {
        return rows.stream().map(row -> {
            Map<String, Object> requisite = new LinkedHashMap<>();
            put(requisite, "inn", digits(row.path("RQ_INN").asString("")));
            put(requisite, "kpp", kpp(row.path("RQ_KPP").asString("")));
            put(requisite, "ogrn", digits(row.path("RQ_OGRN").asString("")));
            put(requisite, "name", row.path("RQ_COMPANY_NAME").asString(""));
            put(requisite, "fullName", row.path("RQ_COMPANY_FULL_NAME").asString(""));
            List<Map<String, Object>> own = accounts.getOrDefault(row.path("ID").asString(""), List.of());
            if (!own.isEmpty()) {
                requisite.put("accounts", own);
            }
            return requisite;
        }).toList();
    }

    private static Map<String, List<Map<String, Object>>> accounts(List<JsonNode> details) {
        Map<String, List<Map<String, Object>>> accounts = new LinkedHashMap<>();
        for (JsonNode row : details) {
            Map<String, Object> account = new LinkedHashMap<>();
            put(account, "account", digits(row.path("RQ_ACC_NUM").asString("")));
            put(account, "bic", digits(row.path("RQ_BIK").asString("")));
            put(account, "bank", row.path("RQ_BANK_NAME").asString(""));
            if (account.containsKey("account")) {
                accounts.computeIfAbsent(row.path("ENTITY_ID").asString(""), id -> new ArrayList<>()).add(account);
            }
        }
        return accounts;
    }

    private List<JsonNode> details(List<JsonNode> requisites) {
        try {
            return Bitrix24Client.rows(client.read(BANK_LIST, Map.of(
                    "filter", Map.of("@ENTITY_ID",
                    requisites.stream().map(row -> row.path("ID").asString("")).toList()),
                    "select", BANK_SELECT,
                    "order", Map.of("ID", "ASC"))));
        } catch (VendorException.Refused refused) {
            if (refused.code().equals("ERROR_METHOD_NOT_FOUND")) {
                return List.of();
            }
            throw refused;
        }
    }

    /**
     * Adds requisites that are not there yet, told apart by ИНН and КПП, and bank details, by account; changes none.
     *
     * @param wanted maps as {@link #requisites} gives them
     */
    void require(int typeId, long id, List<?> wanted) {
        List<JsonNode> there = Bitrix24Client.rows(client.read(REQUISITE_LIST, Map.of(
                "filter", Map.of("ENTITY_TYPE_ID", typeId, "ENTITY_ID", id), "select", List.of("ID", "RQ_INN",
                "RQ_KPP"),
                "order", Map.of("ID", "ASC"))));
        for (Object one : wanted) {
            Map<?, ?> requisite = (Map<?, ?>) one;
            String inn = text(requisite, "inn");
            String kpp = text(requisite, "kpp");
            String known = there.stream().filter(row -> inn.equals(digits(row.path("RQ_INN").asString("")))
                            && kpp.equals(Objects.requireNonNullElse(kpp(row.path("RQ_KPP").asString("")), "")))
                    .map(row -> row.path("ID").asString("")).findFirst().orElseGet(() -> add(typeId, id, requisite));
            if (requisite.get("accounts") instanceof List<?> accounts) {
                requireAccounts(known, accounts);
            }
        }
    }

    private String add(int typeId, long id, Map<?, ?> requisite) {
        String preset = Bitrix24Client.rows(client.read("crm.requisite.preset.list", Map.of(
                "filter", Map.of("ENTITY_TYPE_ID", 8, "ACTIVE", "Y"), "order", Map.of("SORT", "ASC", "ID", "ASC"))))
                .stream().findFirst().map(row -> row.path("ID").asString("")).orElse("1");
        Map<String, Object> fields = new LinkedHashMap<>(Map.of("ENTITY_TYPE_ID", typeId, "ENTITY_ID", id,
                "PRESET_ID", preset, "NAME", Objects.requireNonNullElse(requisite.get("name"), "Реквизиты"),
                "RQ_INN", text(requisite, "inn"), "RQ_KPP", text(requisite, "kpp")));
        put(fields, "RQ_OGRN", text(requisite, "ogrn"));
        put(fields, "RQ_COMPANY_NAME", text(requisite, "name"));
        put(fields, "RQ_COMPANY_FULL_NAME", text(requisite, "fullName"));
        return client.write("crm.requisite.add", Map.of("fields", fields)).asString();
    }

    private void requireAccounts(String requisite, List<?> wanted) {
        List<String> there = Bitrix24Client.rows(client.read(BANK_LIST, Map.of("filter", Map.of("ENTITY_ID", requisite),
                "select", List.of("ID", "RQ_ACC_NUM")))).stream()
                .map(row -> Objects.requireNonNullElse(digits(row.path("RQ_ACC_NUM").asString("")), "")).toList();
        for (Object one : wanted) {
            Map<?, ?> account = (Map<?, ?>) one;
            if (!there.contains(text(account, "account"))) {
                client.write("crm.requisite.bankdetail.add", Map.of("fields", Map.of("ENTITY_ID", requisite,
                        "NAME", text(account, "account"), "RQ_ACC_NUM", text(account, "account"),
                        "RQ_BIK", text(account, "bic"), "RQ_BANK_NAME", text(account, "bank"))));
            }
        }
    }

    private static String text(Map<?, ?> map, String key) {
        return map.get(key) == null ? "" : map.get(key).toString();
    }

    /** Users type spaces into ИНН and КПП (section 7.3). */
    private static @Nullable String digits(String typed) {
        String digits = typed.replaceAll("\\D", "");
        return digits.isEmpty() ? null : digits;
    }

    /** Its fifth and sixth signs may be capital letters. */
    private static @Nullable String kpp(String typed) {
        String kpp = typed.replaceAll("[^0-9A-Za-z]", "").toUpperCase(Locale.ROOT);
        return kpp.isEmpty() ? null : kpp;
    }

    private static void put(Map<String, Object> map, String key, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            map.put(key, value);
        }
    }
}
