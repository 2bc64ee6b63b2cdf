package dev.sverka.flows.timesheets;

import dev.sverka.core.journal.Event;
import dev.sverka.core.journal.Journal;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Links;
import dev.sverka.flows.books.FinTabloIds;
import dev.sverka.flows.projects.ProjectPlaces;
import dev.sverka.flows.projects.TimeBook;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the hours of a deal cost us, for the cost price of FinTablo's deal. The whole sum is written each time, never a
 * difference: sent twice it is the same.
 */
final class DealCosts {

    private static final String FINTABLO = "fintablo.main";
    private static final String KEPT = "deal-cost";
    private static final String COST = "customCostPrice";

    private final TimeBook time;
    private final ProjectPlaces places;
    private final Declared<Rates> rates;
    private final Links links;
    private final Journal journal;
    private final boolean on;

    /** @param on whether FinTablo has a credential */
    DealCosts(TimeBook time, ProjectPlaces places, Declared<Rates> rates, Links links, Journal journal, boolean on) {
        this.time = time;
        this.places = places;
        this.rates = rates;
        this.links = links;
        this.journal = journal;
        this.on = on;
    }

    /** Accepts the work on a deal, where there is a FinTablo and anything costs something. */
    void due(long deal) {
        if (on && !rates.get().costs().isEmpty()) {
            String key = Long.toString(deal);
            journal.accept(new Event(KEPT, FINTABLO, key, null, true, Map.of("deal", deal), Map.of("SyncAccount",
                    "bitrix24.main", "SyncEntity", "deal", "SyncId", key), null));
        }
    }

    void due() {
        places.deals().forEach(this::due);
    }

    /** @return {@code {id, deal, fields}} of FinTablo's deal; empty where it holds that cost, or is not there yet */
    Map<String, Object> of(long deal) {
        String theirs = links.right(FinTabloIds.DEALS, Long.toString(deal)).orElse(null);
        if (theirs == null) {
            return Map.of();
        }
        BigDecimal cost = BigDecimal.valueOf(kopecks(deal), 2);
        Map<String, Object> written = links.agreed(FINTABLO, KEPT, Long.toString(deal));
        boolean never = written.isEmpty() && cost.signum() == 0;
        if (never || theirs.equals(written.get("id")) && cost.toPlainString().equals(written.get(COST))) {
            return Map.of();
        }
        return new LinkedHashMap<>(Map.of("id", Long.valueOf(theirs), "deal", deal, "fields", Map.of(COST, cost)));
    }

    private long kopecks(long deal) {
        return places.lists(deal).stream().flatMap(list -> time.of(list).stream()).filter(one -> !one.deleted())
                .mapToLong(one -> Rates.amount(one.minutes(), rates.get().cost(one.email(), deal, one.day()))).sum();
    }

    void written(Map<String, Object> plan) {
        links.agree(FINTABLO, KEPT, plan.get("deal").toString(), Map.of("id", plan.get("id").toString(), COST,
                ((BigDecimal) ((Map<?, ?>) plan.get("fields")).get(COST)).toPlainString()));
    }
}
