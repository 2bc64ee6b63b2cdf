package dev.sverka.vendors.bitrix24;

import dev.sverka.core.connector.Operation.Request;
import dev.sverka.core.http.VendorException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Who of the portal's companies and contacts has the phone, e-mail or ИНН of a lead (bitrix24.md sections 7.3, 7.4). */
final class Bitrix24Clients {

    private static final int LEAD = 1;
    private static final int CONTACT = 3;
    private static final int COMPANY = 4;
    /** {@code crm.duplicate.findbycomm} takes no more values. */
    private static final int VALUES = 20;
    private static final Pattern INN = Pattern.compile("ИНН\\D{0,3}(\\d{12}|\\d{10})(?!\\d)",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final List<String> TEXTS = List.of("title", "companyTitle", "sourceDescription", "comments");

    private final Function<String, Bitrix24Account> accounts;

    Bitrix24Clients(Function<String, Bitrix24Account> accounts) {
        this.accounts = accounts;
    }

    /**
     * @return {@code {id, inn, byInn, companies, contacts}}: companies that have the ИНН and those that have a phone or
     *     an e-mail, own ones apart; contacts as {@code {id, company}}
     */
    Object known(Request request) {
        Bitrix24Client client = accounts.apply(request.account()).client();
        Map<String, Object> known = new LinkedHashMap<>(Map.of("id", request.id(), "byInn", List.of(), "companies",
                List.of(), "contacts", List.of()));
        JsonNode lead;
        try {
            lead = client.read("crm.item.get", Map.of("entityTypeId", LEAD, "id", request.id())).path("item");
        } catch (VendorException.Refused refused) {
            if (refused.code().equals("NOT_FOUND")) {
                return known;
            }
            throw refused;
        }
        Map<String, Bitrix24Command> asked = new LinkedHashMap<>();
        add(asked, "PHONE", values(lead, "PHONE").stream().flatMap(Bitrix24Clients::spellings).toList());
        add(asked, "EMAIL", values(lead, "EMAIL"));
        TEXTS.stream().map(field -> INN.matcher(lead.path(field).asString(""))).filter(Matcher::find).findFirst()
                .ifPresent(found -> {
                    known.put("inn", found.group(1));
                    asked.put("inn", new Bitrix24Command("crm.requisite.list", Map.of("filter",
                            Map.of("ENTITY_TYPE_ID", COMPANY, "RQ_INN", found.group(1)), "select",
                            List.of("ID", "ENTITY_ID"), "start", -1)));
                });
        if (!asked.isEmpty()) {
            tell(client, client.readAll(asked), known);
        }
        return known;
    }

    private static void add(Map<String, Bitrix24Command> asked, String type, List<String> values) {
        List<String> some = values.stream().distinct().limit(VALUES).toList();
        if (!some.isEmpty()) {
            asked.put(type, new Bitrix24Command("crm.duplicate.findbycomm", Map.of("type", type, "values", some)));
        }
    }

    private static List<String> values(JsonNode lead, String type) {
        List<String> values = new ArrayList<>();
        lead.path("fm").values().forEach(row -> {
            String value = row.path("value").asString("").strip();
            if (type.equals(row.path("typeId").asString("")) && !value.isEmpty()) {
                values.add(value);
            }
        });
        return values;
    }

    /** People type a Russian number with +7, 7 or 8; the portal compares digits. */
    private static Stream<String> spellings(String phone) {
        String digits = phone.replaceAll("\\D", "");
        return digits.length() == 11 && digits.matches("[78].*")
                ? Stream.of("+7" + digits.substring(1), "8" + digits.substring(1), digits.substring(1))
                : Stream.of(phone);
    }

    private static void tell(Bitrix24Client client, Map<String, JsonNode> answers, Map<String, Object> known) {
        Set<Long> byInn = ids(answers.get("inn"), "ENTITY_ID");
        Set<Long> companies = new LinkedHashSet<>();
        Set<Long> contacts = new LinkedHashSet<>();
        for (String type : List.of("PHONE", "EMAIL")) {
            JsonNode found = answers.get(type);
            if (found != null) {
                found.path("COMPANY").values().forEach(id -> companies.add(id.asLong()));
                found.path("CONTACT").values().forEach(id -> contacts.add(id.asLong()));
            }
        }
        Set<Long> all = Stream.concat(byInn.stream(), companies.stream()).collect(Collectors.toSet());
        Map<String, Bitrix24Command> looked = new LinkedHashMap<>();
        if (!all.isEmpty()) {
            looked.put("companies", Bitrix24Listing.items(COMPANY, List.of("id", "isMyCompany"), Map.of("@id",
                    List.copyOf(all))).from(0));
        }
        if (!contacts.isEmpty()) {
            looked.put("contacts", Bitrix24Listing.items(CONTACT, List.of("id", "companyId"), Map.of("@id",
                    List.copyOf(contacts))).from(0));
        }
        if (looked.isEmpty()) {
            return;
        }
        Map<String, JsonNode> items = client.readAll(looked);
        Set<Long> own = rows(items.get("companies")).stream().filter(row -> List.of("Y", "true", "1")
                .contains(row.path("isMyCompany").asString(""))).map(row -> row.path("id").asLong())
                .collect(Collectors.toSet());
        known.put("byInn", byInn.stream().filter(id -> !own.contains(id)).toList());
        known.put("companies", companies.stream().filter(id -> !own.contains(id)).toList());
        known.put("contacts", rows(items.get("contacts")).stream().map(row -> Map.of("id", row.path("id").asLong(),
                "company", row.path("companyId").asLong(0))).toList());
    }

    private static List<JsonNode> rows(@Nullable JsonNode list) {
        return list == null ? List.of() : Bitrix24Client.rows(list.path("items"));
    }

    private static Set<Long> ids(@Nullable JsonNode list, String field) {
        return list == null ? Set.of() : Bitrix24Client.rows(list).stream().map(row -> row.path(field).asString(""))
                .filter(id -> id.matches("\\d+")).map(Long::valueOf).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
