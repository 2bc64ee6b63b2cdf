package dev.sverka.flows.payments;

import dev.sverka.core.journal.Journal;
import dev.sverka.core.journal.NotYet;
import dev.sverka.core.state.Cursors;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A decision sees the portal as it is now: nothing is decided before payments and companies have been read wholly once,
 * while they have not been read for two polls, or while news of the customer's payments waits in the journal. A second
 * equal invoice could hide there.
 */
final class Freshness {

    private static final String PAYMENTS = "payment-changed";
    private static final String COMPANIES = "company-changed";
    private static final List<String> FEEDS = List.of("bitrix24.main/payment", "bitrix24.main/company");
    /** A poll takes its own time beside the pause between two. */
    private static final Duration SHORTEST = Duration.ofSeconds(3);
    /** News in the journal that are looked at one by one; while there are more, everything waits. */
    private static final int MOST = 200;
    private static final Duration LATER = Duration.ofSeconds(5);
    private static final Duration AT_ONCE = Duration.ofMillis(250);

    private final Cursors cursors;
    private final Journal journal;
    private final PaymentMirror mirror;
    private final Companies companies;
    private final Clock clock;
    private final Supplier<Duration> poll;

    /** @param poll how often the portal is asked for news, as long as it is now */
    Freshness(Cursors cursors, Journal journal, PaymentMirror mirror, Companies companies, Clock clock,
            Supplier<Duration> poll) {
        this.cursors = cursors;
        this.journal = journal;
        this.mirror = mirror;
        this.companies = companies;
        this.clock = clock;
        this.poll = poll;
    }

    private Duration longest() {
        Duration twice = poll.get().multipliedBy(2);
        return twice.compareTo(SHORTEST) < 0 ? SHORTEST : twice;
    }

    /**
     * @param asked whose payments are decided on, by {@link CustomerKeys}
     * @throws NotYet while the portal is not known well enough
     */
    void check(Collection<String> asked) {
        Instant oldest = clock.instant().minus(longest());
        for (String feed : FEEDS) {
            Optional<Instant> read = cursors.presentAt(feed);
            if (read.isEmpty()) {
                throw new NotYet("the portal's payments and companies are still being read for the first time");
            }
            if (read.get().isBefore(oldest)) {
                throw new NotYet(feed + " was read last at " + read.get() + ", and nothing is decided on what was"
                        + " there so long ago; it goes on once the portal answers", LATER);
            }
        }
        List<Map<String, Object>> payments = journal.openNews(PAYMENTS, MOST);
        List<Map<String, Object>> changed = journal.openNews(COMPANIES, MOST);
        if (payments.isEmpty() && changed.isEmpty()) {
            return;
        }
        Set<String> customers = new HashSet<>(asked);
        // an account or a name without ИНН stands for the customer that is known by it
        asked.forEach(customer -> customers.addAll(companies.innsBehind(customer)));
        if (payments.size() == MOST || changed.size() == MOST || payments.stream().anyMatch(one -> mayBeOf(customers, one))
                || changed.stream().anyMatch(one -> mayBe(customers, one))) {
            throw new NotYet("news of the customer's payments is still being worked on", AT_ONCE);
        }
    }

    /** Whether news of a payment may be about the customers: what is not known may be anybody's. */
    private boolean mayBeOf(Set<String> customers, Map<String, Object> item) {
        Object id = item.get("id");
        if (id == null) {
            return true;
        }
        Optional<PaymentRow> known = mirror.payment(PortalItem.number(id));
        boolean before = known.isPresent() && isAny(companies.customersOf(known.get()), customers);
        if (item.containsKey("updatedTime")) {
            if (mirror.holds(item)) {
                return false;
            }
            Long company = item.get("company") == null ? null : Long.valueOf(PortalItem.number(item.get("company")));
            return before || company != null && !companies.isKnown(company)
                    || isAny(companies.customersOf(company, item.get("method")), customers);
        }
        return before || known.isEmpty() || known.get().company() == null;
    }

    private boolean mayBe(Set<String> customers, Map<String, Object> company) {
        Object id = company.get("id");
        return id == null || !companies.isKnown(PortalItem.number(id))
                || isAny(companies.keysOf(PortalItem.number(id)), customers)
                || isAny(Companies.keysIn(company), customers);
    }

    private static boolean isAny(Set<String> some, Set<String> others) {
        return some.stream().anyMatch(others::contains);
    }
}
