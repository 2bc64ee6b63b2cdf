package dev.sverka.flows.deals;

import dev.sverka.core.http.VendorException;
import dev.sverka.core.journal.FlowSteps;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The steps that give a deal what its stage asks for, each safe to repeat; {@code bean:dealProcess} in routes. What
 * people made themselves is as good as ours, and what they filled in is never written over.
 */
@FlowSteps
public class DealProcess {

    /** What marks all that the flow creates; the deal's id follows. */
    static final String MARKER = "sverka:deal-process:main:";
    private static final String PORTAL = "bitrix24.main";
    private static final List<String> HOURS_AND_AMOUNT = List.of("plannedHours", "amount");

    private final Clock clock;
    private final ZoneId zone;

    DealProcess(Clock clock, ZoneId zone) {
        this.clock = clock;
        this.zone = zone;
    }

    /** The filter for items of a deal. @param item the deal, or an item that belongs to one */
    public Map<String, Object> of(Map<String, Object> item) {
        Object deal = "deal".equals(item.get("entity")) ? item.get("id") : item.get("deal");
        if (deal == null) {
            throw new IllegalArgumentException(item.get("entity") + " " + item.get("id") + " belongs to no deal");
        }
        return Map.of("filter", Map.of("deal", deal));
    }

    /**
     * The deal's first proposal.
     *
     * @param present proposals it has
     * @return marker and fields; empty where there is one
     */
    public Map<String, Object> proposal(Map<String, Object> deal, List<Map<String, Object>> present) {
        if (!present.isEmpty()) {
            return Map.of();
        }
        Map<String, Object> fields = ofDeal(deal, "КП — ");
        copy(deal, fields, "amount");
        fields.put("version", 1);
        return made(deal, fields);
    }

    /**
     * The deal's contract, by the proposal that was accepted, else the latest.
     *
     * @param proposals of the deal; @param documents of the deal
     * @return marker and fields; {@code made} with the id of the one we made before; empty where people have their own
     */
    public Map<String, Object> contract(Map<String, Object> deal, List<Map<String, Object>> proposals,
            List<Map<String, Object>> documents) {
        List<Map<String, Object>> contracts = documents.stream().filter(one -> "Договор".equals(one.get("kind")))
                .toList();
        Optional<Map<String, Object>> own = contracts.stream().filter(one -> marker(deal).equals(one.get("xmlId")))
                .findFirst();
        if (own.isPresent() || !contracts.isEmpty()) {
            return own.<Map<String, Object>>map(one -> Map.of("made", one.get("id"))).orElse(Map.of());
        }
        Map<String, Object> basis = basis(proposals).orElse(deal);
        Map<String, Object> fields = ofDeal(deal, "Договор — ");
        fields.put("kind", "Договор");
        copy(basis.get("amount") == null ? deal : basis, fields, "amount");
        copy(basis.get("begin") == null ? deal : basis, fields, "begin");
        copy(basis.get("end") == null ? deal : basis, fields, "end");
        copy(basis, fields, "ourCompany");
        Map<String, Object> made = made(deal, fields);
        made.put("currency", Values.currency(basis));
        return made;
    }

    /**
     * The comment that hands the proposal's requirements on to the contract.
     *
     * @param chosen what {@link #contract} gave; @param result the portal's answer to its creation
     * @return id, text and marker; empty where there are no requirements, or the contract is people's own
     */
    public Map<String, Object> requirements(Map<String, Object> deal, List<Map<String, Object>> proposals,
            Map<String, Object> chosen, @Nullable Map<String, Object> result) {
        Object id = chosen.containsKey("marker") && result != null ? result.get("id") : chosen.get("made");
        Map<String, Object> basis = basis(proposals).orElse(Map.of());
        String text = Values.text(basis.get("requirements"));
        if (id == null || text == null) {
            return Map.of();
        }
        String marker = marker(deal) + ".req";
        return Map.of("id", id, "marker", marker, "text", "Требования из КП «"
                + Objects.toString(basis.get("title"), "") + "»:\n" + text + "\n" + marker);
    }

    /**
     * A to-do of the deal for its responsible person.
     *
     * @param name tells to-dos of one deal apart, a few letters
     * @param days from today, by when
     */
    public Map<String, Object> todo(Map<String, Object> deal, String name, String title, int days) {
        Map<String, Object> todo = new LinkedHashMap<>(Map.of("id", deal.get("id"), "marker", marker(deal) + "." + name,
                "title", title, "deadline", today().plusDays(days).toString()));
        if (deal.get("assignee") != null) {
            todo.put("responsible", deal.get("assignee"));
        }
        return todo;
    }

    /**
     * What an accepted proposal says of the deal's stages: its hours and its amount, less what other stages have.
     *
     * @param stages of the deal
     * @return updates of stages
     * @throws VendorException.Refused where more than one stage waits for it: how it is shared is not guessed
     */
    public List<Map<String, Object>> stages(Map<String, Object> proposal, List<Map<String, Object>> stages) {
        Map<Object, Map<String, Object>> updates = new LinkedHashMap<>();
        List<String> several = new ArrayList<>();
        for (String key : HOURS_AND_AMOUNT) {
            Object whole = proposal.get(key.equals("plannedHours") ? "estimateHours" : key);
            List<Map<String, Object>> open = stages.stream()
                    .filter(one -> !Values.isOver(one) && isNothing(one.get(key))).toList();
            BigDecimal rest = stages.stream().filter(one -> !isNothing(one.get(key)))
                    .map(one -> new BigDecimal(one.get(key).toString()))
                    .reduce(new BigDecimal(Objects.toString(whole, "0")), BigDecimal::subtract);
            if (open.size() > 1 && rest.signum() > 0) {
                several.add(key.equals("amount") ? "сумма" : "часы");
            } else if (open.size() == 1 && rest.signum() > 0) {
                updates.computeIfAbsent(open.get(0).get("id"), id -> new LinkedHashMap<>()).put(key, rest);
            }
        }
        if (!several.isEmpty()) {
            throw new VendorException.Refused(PORTAL, 0, "several", "КП " + proposal.get("id") + " «"
                    + Objects.toString(proposal.get("title"), "") + "» принято, а этапов без плана несколько, поэтому "
                    + String.join(" и ", several)
                    + " не разнесены; заполните этапы сделки на портале и отложите эту запись");
        }
        return updates.entrySet().stream().map(one -> Map.of("id", one.getKey(), "fields", one.getValue())).toList();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    /** A sum of nothing is how the portal shows an empty one. */
    private static boolean isNothing(@Nullable Object value) {
        return value == null || new BigDecimal(value.toString()).signum() == 0;
    }

    private static Optional<Map<String, Object>> basis(List<Map<String, Object>> proposals) {
        Comparator<Map<String, Object>> latest = Comparator.comparing(one -> Long.parseLong(one.get("id").toString()));
        return proposals.stream().filter(one -> Values.SUCCESS.equals(one.get("semantics"))).max(latest)
                .or(() -> proposals.stream().filter(one -> !Values.isOver(one)).max(latest));
    }

    private static Map<String, Object> ofDeal(Map<String, Object> deal, String title) {
        Map<String, Object> fields = new LinkedHashMap<>(Map.of("title", title
                + Objects.toString(deal.get("title"), ""), "deal", deal.get("id")));
        copy(deal, fields, "company");
        copy(deal, fields, "assignee");
        return fields;
    }

    private static void copy(Map<String, Object> from, Map<String, Object> to, String key) {
        if (from.get(key) != null) {
            to.put(key, from.get(key));
        }
    }

    private static Map<String, Object> made(Map<String, Object> deal, Map<String, Object> fields) {
        return new LinkedHashMap<>(Map.of("marker", marker(deal), "fields", fields, "currency", Values.currency(deal)));
    }

    private static String marker(Map<String, Object> deal) {
        return MARKER + deal.get("id");
    }
}
