package dev.sverka.desk.metrics;

import dev.sverka.core.http.Usage;
import dev.sverka.core.journal.AccountState;
import dev.sverka.core.journal.Accounts;
import dev.sverka.core.journal.QueueFigures;
import dev.sverka.core.state.Cursors;
import dev.sverka.core.state.Refusals;
import dev.sverka.desk.alerts.AlertDesk;
import dev.sverka.flows.books.Proofs;
import dev.sverka.flows.payments.ReviewPages;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.ObjectProvider;

/** Reads how everything stands, as gauges. What is no more, or nought, stands as 0 where its name is known. */
final class Standings {

    private static final List<String> ACCOUNT_STATES = List.of("up", "down", "off", "throttled", "paused");
    private static final List<String> ENTRY_STATES = List.of("queued", "working", "waiting", "dead");

    private final QueueFigures queue;
    private final Accounts accounts;
    private final ObjectProvider<Usage> usage;
    private final Cursors cursors;
    private final Refusals refusals;
    private final Proofs proofs;
    private final ReviewPages reviews;
    private final AlertDesk alerts;
    private final Clock clock;

    Standings(QueueFigures queue, Accounts accounts, ObjectProvider<Usage> usage, Cursors cursors, Refusals refusals,
            Proofs proofs, ReviewPages reviews, AlertDesk alerts, Clock clock) {
        this.queue = queue;
        this.accounts = accounts;
        this.usage = usage;
        this.cursors = cursors;
        this.refusals = refusals;
        this.proofs = proofs;
        this.reviews = reviews;
        this.alerts = alerts;
        this.clock = clock;
    }

    MetricSnapshots now() {
        Gauges gauges = new Gauges();
        queue(gauges);
        accounts(gauges);
        limits(gauges);
        feeds(gauges);
        reviews.counts().forEach((kind, open) -> gauges.set("sverka_reviews_open", "Questions that wait for a person",
                open, "kind", kind));
        alerts.kinds().forEach((kind, open) -> gauges.set("sverka_alerts_open", "Alerts that stand", open, "kind", kind));
        gauges.set("sverka_refused_edits", "Edits of routes and mappings that were not taken", refusals.all().size());
        gauges.set("sverka_proof_differences", "Days of accounts that do not add up", proofs.differing().size());
        proofs.latest().ifPresent(at -> gauges.set("sverka_proof_last_timestamp_seconds",
                "When a day was proven last", seconds(at)));
        return gauges.snapshots();
    }

    private void queue(Gauges gauges) {
        List<QueueFigures.Figure> figures = queue.all();
        Map<String, Map<String, QueueFigures.Figure>> byFlow = new TreeMap<>();
        queue.flows().forEach(flow -> byFlow.put(flow, new TreeMap<>()));
        figures.forEach(one -> byFlow.computeIfAbsent(one.flow(), flow -> new TreeMap<>()).put(one.state(), one));
        Instant now = clock.instant();
        byFlow.forEach((flow, states) -> ENTRY_STATES.forEach(state -> {
            QueueFigures.Figure there = states.get(state);
            gauges.set("sverka_journal_entries", "Entries of the journal that are open or dead",
                    there == null ? 0 : there.entries(), "flow", flow, "state", state);
            gauges.set("sverka_journal_oldest_age_seconds", "How long ago the oldest of them was accepted",
                    there == null ? 0 : Math.max(0, Duration.between(there.oldest(), now).toMillis() / 1000.0), "flow",
                    flow, "state", state);
        }));
    }

    private void feeds(Gauges gauges) {
        cursors.presentAt().forEach((name, at) -> {
            int slash = name.indexOf('/');
            gauges.set("sverka_feed_present_timestamp_seconds", "When a feed was read up to the present last", seconds(at),
                    "account", name.substring(0, Math.max(0, slash)), "feed", name.substring(slash + 1));
        });
    }

    private void accounts(Gauges gauges) {
        for (AccountState account : accounts.all()) {
            ACCOUNT_STATES.forEach(state -> gauges.set("sverka_account_state", "1 for the state an account is in",
                    account.state().equals(state) ? 1 : 0, "account", account.name(), "state", state));
            if (account.lastSuccess() != null) {
                gauges.set("sverka_account_last_success_timestamp_seconds", "When a call of an account went well last",
                        seconds(account.lastSuccess()), "account", account.name());
            }
        }
    }

    /** Of limits by method the one that is used most stands for all. */
    private void limits(Gauges gauges) {
        Map<List<String>, Double> most = new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));
        usage.orderedStream().flatMap(one -> one.used().stream()).filter(one -> one.limit() > 0)
                .forEach(one -> most.merge(List.of(one.account(), one.method() == null ? "requests" : "operating"),
                        (double) one.used() / one.limit(), Math::max));
        most.forEach((of, ratio) -> gauges.set("sverka_quota_used_ratio", "How much of a vendor's limit is used, 0 to 1",
                ratio, "account", of.get(0), "limit", of.get(1)));
    }

    private static double seconds(Instant at) {
        return at.toEpochMilli() / 1000.0;
    }
}
