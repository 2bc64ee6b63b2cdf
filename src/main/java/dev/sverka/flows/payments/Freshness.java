package dev.sverka.flows.payments;

import dev.sverka.core.journal.Journal;
import dev.sverka.core.journal.NotYet;
import dev.sverka.core.state.Cursors;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
     * @param inn whose payments are decided on; null where the bank names nobody
     * @throws NotYet while the portal is not known well enough
     */
    void check(@Nullable String inn) {
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
        // an account without ИНН stands for the customer whom people have confirmed for it
        List<String> confirmed = companies.confirmedFor(inn);
        List<@Nullable String> customers = confirmed.isEmpty() ? Collections.singletonList(inn) : List.copyOf(confirmed);
        if (payments.size() == MOST || changed.size() == MOST || customers.stream().anyMatch(customer ->
                payments.stream().anyMatch(one -> mayBeOf(customer, one))
                        || changed.stream().anyMatch(one -> mayBe(customer, one)))) {
            throw new NotYet("news of the customer's payments is still being worked on", AT_ONCE);
        }
    }

    /** Whether news of a payment may be about the customer: what is not known may be anybody's. */
    private boolean mayBeOf(@Nullable String inn, Map<String, Object> item) {
        Object id = item.get("id");
        if (inn == null || id == null) {
            return true;
        }
        Optional<PaymentRow> known = mirror.payment(PortalItem.number(id));
        boolean before = known.isPresent() && companies.innsOf(known.get().company()).contains(inn);
        if (item.containsKey("updatedTime")) {
            if (mirror.holds(item)) {
                return false;
            }
            Object company = item.get("company");
            return before || company != null && (!companies.isKnown(PortalItem.number(company))
                    || companies.innsOf(PortalItem.number(company)).contains(inn));
        }
        return before || known.isEmpty() || known.get().company() == null;
    }

    private boolean mayBe(@Nullable String inn, Map<String, Object> company) {
        Object id = company.get("id");
        return inn == null || id == null || !companies.isKnown(PortalItem.number(id))
                || companies.innsOf(PortalItem.number(id)).contains(inn) || Companies.innsIn(company).contains(inn);
    }
}
