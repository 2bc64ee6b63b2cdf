package dev.sverka.flows.deals;

import dev.sverka.core.journal.FlowSteps;
import dev.sverka.core.state.Links;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The steps that link a request to the client who is known already, and carry over to the deal what its lead says;
 * {@code bean:leads} in routes. Each is done once, so that what people set, or take away, stays so.
 */
@FlowSteps
public class Leads {

    private static final String PORTAL = "bitrix24.main";
    private static final String LINKED = "lead-client";
    private static final String CARRIED = "deal-lead";
    private static final List<String> CARRY = List.of("company", "contact", "source", "sourceText");

    private final Links links;

    Leads(Links links) {
        this.links = links;
    }

    /** Whether a request is nobody's yet, and was never linked by us. */
    public boolean isOpen(Map<String, Object> lead) {
        return !Boolean.TRUE.equals(lead.get("deleted")) && lead.get("company") == null && !Values.isOver(lead)
                && links.agreed(PORTAL, LINKED, lead.get("id").toString()).isEmpty();
    }

    /**
     * The client of a request.
     *
     * @param known what the portal's companies and contacts have in common with it
     * @return {@code {id, fields}} for an update; empty where nobody is known, or more than one
     */
    public Map<String, Object> client(Map<String, Object> lead, Map<String, Object> known) {
        List<Map<?, ?>> contacts = ((List<?>) known.get("contacts")).stream().<Map<?, ?>>map(one -> (Map<?, ?>) one)
                .toList();
        Long company = company(known, contacts);
        Map<String, Object> fields = new LinkedHashMap<>();
        if (company != null) {
            fields.put("company", company);
        }
        Long person = contacts.size() == 1 ? Values.id(contacts.get(0).get("id")) : null;
        Long theirs = person == null ? null : Values.id(contacts.get(0).get("company"));
        boolean fits = company == null ? Objects.equals(theirs, 0L) : Objects.equals(theirs, 0L)
                || Objects.equals(theirs, company);
        if (person != null && fits && lead.get("contact") == null) {
            fields.put("contact", person);
        }
        return fields.isEmpty() ? Map.of() : Map.of("id", lead.get("id"), "fields", fields);
    }

    /** The ИНН decides where the request says one: another company's phone does not make it theirs. */
    private static @Nullable Long company(Map<String, Object> known, List<Map<?, ?>> contacts) {
        Set<Long> reached = new LinkedHashSet<>(ids(known.get("companies")));
        contacts.stream().map(one -> Values.id(one.get("company"))).filter(id -> id != null && id > 0)
                .forEach(reached::add);
        Set<Long> candidates = reached;
        if (known.get("inn") != null) {
            candidates = new LinkedHashSet<>(ids(known.get("byInn")));
            if (candidates.size() > 1) {
                candidates.retainAll(reached);
            }
        }
        return candidates.size() == 1 ? candidates.iterator().next() : null;
    }

    private static List<Long> ids(@Nullable Object list) {
        return list instanceof List<?> all ? all.stream().map(Values::id).filter(Objects::nonNull).toList() : List.of();
    }

    /** Keeps that a request was linked. */
    public void linked(Map<String, Object> client) {
        links.agree(PORTAL, LINKED, client.get("id").toString(), Map.of("linked", true));
    }

    /** @return {@code {id}} of the lead that a deal was; empty where it was none, or was looked at */
    public Map<String, Object> sought(Map<String, Object> deal) {
        if (deal.get("lead") == null || !links.agreed(PORTAL, CARRIED, deal.get("id").toString()).isEmpty()) {
            return Map.of();
        }
        if (CARRY.stream().noneMatch(key -> Values.text(deal.get(key)) == null)) {
            kept(deal);
            return Map.of();
        }
        return Map.of("id", deal.get("lead"));
    }

    /**
     * What a deal does not say itself and its lead does. Where that is nothing the deal has taken its lead over: what
     * people take away from it later is not put back.
     *
     * @return {@code {id, fields}} for an update; empty for nothing
     */
    public Map<String, Object> carried(Map<String, Object> deal, Map<String, Object> lead) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (!Boolean.TRUE.equals(lead.get("deleted"))) {
            CARRY.stream().filter(key -> Values.text(deal.get(key)) == null && Values.text(lead.get(key)) != null)
                    .forEach(key -> fields.put(key, lead.get(key)));
        }
        if (fields.isEmpty()) {
            kept(deal);
            return Map.of();
        }
        return Map.of("id", deal.get("id"), "fields", fields);
    }

    /** Keeps that a deal has taken its lead over. */
    public void kept(Map<String, Object> carried) {
        links.agree(PORTAL, CARRIED, carried.get("id").toString(), Map.of("carried", true));
    }
}
