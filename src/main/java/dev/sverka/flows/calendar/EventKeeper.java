package dev.sverka.flows.calendar;

import dev.sverka.core.portal.Portal;
import dev.sverka.core.state.Declared;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Keeps the events in step with the items: a sequence that rises with each change, and CANCELLED for what no longer
 * holds. One writer at a time, whatever the number of replicas.
 */
final class EventKeeper {

    private static final String UNKNOWN_PORTAL = "sverka";

    private final EventStore store;
    private final TransactionOperations transactions;
    private final Declared<CalendarRules> rules;
    private final Declared<Portal> portal;
    private final Clock clock;
    private final ZoneId zone;

    EventKeeper(EventStore store, TransactionOperations transactions, Declared<CalendarRules> rules,
            Declared<Portal> portal, Clock clock, ZoneId zone) {
        this.store = store;
        this.transactions = transactions;
        this.rules = rules;
        this.portal = portal;
        this.clock = clock;
        this.zone = zone;
    }

    /** What became of one event. @param before null for a new one */
    record Change(@Nullable EventRow before, EventRow after) {
    }

    /** What an item's news changed. @param revision 0 where nothing changed */
    record Changes(long revision, List<Change> events) {
    }

    /** Takes an item over as it is now. Joins the running transaction. */
    Changes take(Map<String, Object> read) {
        EventStore.State state = store.lock();
        String content = Contents.write(read);
        Map<String, Object> item = Contents.item(content);
        String entity = String.valueOf(item.get("entity"));
        long id = ((Number) Objects.requireNonNull(item.get("id"))).longValue();
        Object told = item.get("portal");
        String domain = told != null ? told.toString() : state.portal();
        boolean renewed = !rules.get().version().equals(state.rules()) || !Objects.equals(domain, state.portal());
        if (renewed) {
            // from what was known before, so that what this news changes is still seen as a change
            renew(rules.get(), domain);
        }
        if (isDeleted(item)) {
            store.forget(entity, id);
        } else {
            store.keep(entity, id, content);
        }
        Writer writer = new Writer(domain, false);
        writer.apply(rules.get(), entity, id, item);
        if (!renewed && !writer.touched) {
            return new Changes(0, List.of());
        }
        EventStore.State after = new EventStore.State(domain, rules.get().version(), state.revision() + 1,
                clock.instant());
        store.save(after);
        return new Changes(after.revision(), writer.changes);
    }

    /** Makes all events anew where the mapping is another one than they were made by. */
    void make(CalendarRules declared) {
        if (declared.version().equals(store.state().rules())) {
            return;
        }
        transactions.executeWithoutResult(status -> {
            EventStore.State state = store.lock();
            if (!declared.version().equals(state.rules())) {
                renew(declared, state.portal());
                store.save(new EventStore.State(state.portal(), declared.version(), state.revision() + 1,
                        clock.instant()));
            }
        });
    }

    private void renew(CalendarRules declared, @Nullable String domain) {
        Writer writer = new Writer(domain, true);
        for (Map<String, Object> item : store.items()) {
            writer.apply(declared, String.valueOf(item.get("entity")),
                    ((Number) Objects.requireNonNull(item.get("id"))).longValue(), item);
        }
    }

    private boolean isDeleted(Map<String, Object> item) {
        return Boolean.TRUE.equals(item.get("deleted"));
    }

    /** Deleted, lost, cancelled or declined. */
    private boolean isOff(Map<String, Object> item) {
        return isDeleted(item) || portal.get().entity(String.valueOf(item.get("entity")))
                .map(entity -> entity.pipelines().get(String.valueOf(item.get("pipeline"))))
                .map(pipeline -> pipeline.stages().get(String.valueOf(item.get("stage"))))
                .filter(stage -> "failure".equals(stage.semantics())).isPresent();
    }

    /** One pass over one or all items, with one time for all of it. */
    private final class Writer {

        private final String domain;
        /** Whether events are written again though nothing but their UID changed. */
        private final boolean all;
        private final Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        private final LocalDate today = LocalDate.ofInstant(now, zone);
        private final List<Change> changes = new ArrayList<>();
        private boolean touched;

        Writer(@Nullable String domain, boolean all) {
            this.domain = domain == null ? UNKNOWN_PORTAL : domain;
            this.all = all;
        }

        void apply(CalendarRules declared, String entity, long id, Map<String, Object> item) {
            Map<String, EventRow> before = new LinkedHashMap<>();
            store.of(entity, id).forEach(row -> before.put(row.event().kind(), row));
            Optional<CalendarRule> rule = declared.rule(item);
            String pipeline = item.get("pipeline") == null ? null : item.get("pipeline").toString();
            Long assignee = item.get("assignee") instanceof Number number ? number.longValue() : null;
            if (rule.isEmpty() && declared.cannotTell(item) && !isOff(item)) {
                return;
            }
            boolean holds = rule.isPresent() && !isOff(item);
            if (holds) {
                for (DatedEvent event : rule.get().events(item)) {
                    EventRow row = before.remove(event.kind());
                    EventRow present = new EventRow(entity + "-" + id + "-" + event.kind(), entity, id, pipeline,
                            assignee, event, null, row == null ? 0 : row.sequence() + 1, "");
                    hold(row, present);
                }
            }
            before.values().stream().filter(row -> !holds || !rule.get().isBlind(item, row.event().kind()))
                    .forEach(this::cancel);
        }

        private void hold(@Nullable EventRow before, EventRow present) {
            if (before == null || before.isCancelled() || !before.event().equals(present.event())
                    || all && !before.block().contains(uid(present.name()))) {
                write(before, present);
            } else if (!Objects.equals(before.pipeline(), present.pipeline())
                    || !Objects.equals(before.assignee(), present.assignee())) {
                store.move(present.name(), present.pipeline(), present.assignee());
                touched = true;
            }
        }

        private void cancel(EventRow row) {
            if (!row.isCancelled()) {
                write(row, new EventRow(row.name(), row.entity(), row.item(), row.pipeline(), row.assignee(),
                        row.event(), today, row.sequence() + 1, ""));
            } else if (all && !row.block().contains(uid(row.name()))) {
                write(row, new EventRow(row.name(), row.entity(), row.item(), row.pipeline(), row.assignee(),
                        row.event(), row.cancelledOn(), row.sequence() + 1, ""));
            }
        }

        private String uid(String name) {
            return Folding.fold("UID:" + name + "@" + domain + "\r\n");
        }

        private void write(@Nullable EventRow before, EventRow row) {
            String block = EventText.block(row.name() + "@" + domain, row.event(), row.isCancelled(), row.sequence(),
                    now);
            EventRow whole = new EventRow(row.name(), row.entity(), row.item(), row.pipeline(), row.assignee(),
                    row.event(), row.cancelledOn(), row.sequence(), block);
            store.put(whole, now);
            changes.add(new Change(before, whole));
            touched = true;
        }
    }
}
