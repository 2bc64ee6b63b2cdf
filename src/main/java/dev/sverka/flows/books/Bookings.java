package dev.sverka.flows.books;

import dev.sverka.core.http.VendorException;
import dev.sverka.core.journal.Event;
import dev.sverka.core.journal.Journal;
import dev.sverka.core.journal.NotYet;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Links;
import dev.sverka.core.state.Locks;
import dev.sverka.flows.books.EntryBook.Entry;
import dev.sverka.flows.payments.SettledOperations;
import dev.sverka.flows.payments.SettledOperations.Settled;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What stands in FinTablo for an operation. Each step works out anew what is wanted, so that a repetition, or news in
 * between, ends in the same; where more than one change is needed, each is an entry of the journal of its own.
 */
final class Bookings {

    /** Whose links name FinTablo's deals by the portal's, and partners by ИНН. */
    static final String DEALS = FinTabloIds.DEALS;
    static final String PARTNERS = FinTabloIds.PARTNERS;
    private static final String ACCOUNT = "fintablo.main";
    private static final String FLOW = "books";
    private static final Duration PATIENCE = Duration.ofHours(24);
    private static final int MARGIN = 1;
    private static final String LOCK = "books";

    private final TransactionOperations transactions;
    private final SettledOperations operations;
    private final EntryBook entries;
    private final Declared<FinTabloIds> ids;
    private final Links links;
    private final Locks locks;
    private final Journal journal;
    private final Clock clock;
    private final boolean writes;
    private final Duration pause;

    /**
     * @param writes whether we create FinTablo's operations; else it reads the bank itself
     * @param pause before an operation that is not imported yet is looked for again
     */
    Bookings(TransactionOperations transactions, SettledOperations operations, EntryBook entries,
            Declared<FinTabloIds> ids, Links links, Locks locks, Journal journal, Clock clock, boolean writes, Duration pause) {
        this.transactions = transactions;
        this.operations = operations;
        this.entries = entries;
        this.ids = ids;
        this.links = links;
        this.locks = locks;
        this.journal = journal;
        this.clock = clock;
        this.writes = writes;
        this.pause = pause;
    }

    /** What is wanted of one operation now, and what stands there by us. */
    private record Want(Settled operation, long moneybag, @Nullable Long partner, List<BookLine> lines, String hash,
            Entry entry) {

        boolean isDue() {
            boolean nothing = lines.isEmpty() && entry.written().isEmpty() && entry.transaction() == null;
            return !nothing && !hash.equals(entry.hash());
        }
    }

    private Optional<Want> want(long id) {
        Optional<Settled> operation = operations.find(id);
        Long moneybag = operation.map(one -> ids.get().moneybags().get(one.account())).orElse(null);
        if (operation.isEmpty() || moneybag == null) {
            return Optional.empty();
        }
        Settled one = operation.get();
        Long partner = one.inn() == null ? null : links.right(PARTNERS, one.inn()).map(Long::valueOf).orElse(null);
        List<BookLine> lines = BookLine.of(one, ids.get(),
                deal -> links.right(DEALS, Long.toString(deal)).map(Long::valueOf).orElse(null), partner);
        String hash = DayProof.sha256(List.of(lines, one.withdrawn(), one.amount(), one.bookedOn()).toString());
        return Optional.of(new Want(one, moneybag, partner, lines, hash, entries.of(id)));
    }

    /** @return {@code {operation, due, partner, find}}: filters to look with, each absent where nothing is looked for */
    Map<String, Object> wanted(long id) {
        Map<String, Object> wanted = new LinkedHashMap<>(Map.of("operation", id, "due", false));
        want(id).filter(Want::isDue).ifPresent(want -> {
            wanted.put("due", true);
            if (want.operation().inn() != null && want.partner() == null) {
                wanted.put("partner", Map.of("filter", Map.of("inn", want.operation().inn())));
            }
            if (!writes || want.entry().transaction() != null) {
                wanted.put("find", Map.of("filter", Map.of("isPlan", 0, "moneybagId", want.moneybag(), "group",
                        want.operation().incoming() ? "income" : "outcome",
                        "dateFrom", want.operation().bookedOn().minusDays(MARGIN).toString(),
                        "dateTo", want.operation().bookedOn().plusDays(MARGIN).toString())));
            }
        });
        return wanted;
    }

    /** Takes over the partner with the operation's ИНН; of several the oldest, so that it is always the same one. */
    void partner(long id, List<Map<String, Object>> found) {
        operations.find(id).map(Settled::inn).ifPresent(inn -> found.stream()
                .filter(one -> inn.equals(String.valueOf(one.get("inn")))).map(one -> number(one.get("id"))).sorted()
                .findFirst().ifPresent(partner -> links.link(PARTNERS, inn, Long.toString(partner))));
    }

    /**
     * What is to be done now.
     *
     * @param listed FinTablo's operations of these days; empty where none were asked for
     * @return {@code {operation, action}} and what the action needs
     * @throws NotYet while FinTablo has not imported it
     * @throws VendorException.Refused where a person has to look
     */
    Map<String, Object> choose(long id, List<Map<String, Object>> listed) {
        Want want = want(id).orElse(null);
        if (want == null || !want.isDue()) {
            return action(id, "none", Map.of());
        }
        Entry entry = want.entry();
        if (writes && entry.transaction() == null) {
            return want.lines().isEmpty() ? action(id, "none", Map.of()) : create(want);
        }
        Map<String, Object> present = entry.transaction() != null ? listed.stream()
                .filter(one -> number(one.get("id")) == entry.transaction()).findFirst().orElse(null) : null;
        if (present == null && !writes) {
            present = want.lines().isEmpty() ? null : sought(want, listed);
        }
        if (present == null) {
            return want.lines().isEmpty() ? action(id, "none", Map.of()) : missing(want);
        }
        long theirs = number(present.get("id"));
        if (writes && want.operation().withdrawn()) {
            return action(id, "delete", Map.of("id", theirs));
        }
        return want.lines().size() > 1 ? split(want, present, theirs) : whole(want, present, theirs);
    }

    private @Nullable Map<String, Object> sought(Want want, List<Map<String, Object>> listed) {
        List<Map<String, Object>> free = listed.stream().filter(one -> entries.operationOf(number(one.get("id")))
                .filter(other -> other != want.operation().id()).isEmpty()).toList();
        List<Settled> rivals = operations.rivals(want.operation()).stream()
                .filter(rival -> entries.of(rival.id()).transaction() == null).toList();
        Imported.Choice choice = new Imported(want.operation(), want.moneybag(), want.partner(), rivals).choose(free);
        if (choice.found() == null) {
            return waitFor(want, choice.several());
        }
        reserve(want, choice.found());
        return choice.found();
    }

    /** Two operations that look alike are worked on side by side: the first takes it, with what stands there now. */
    private void reserve(Want want, Map<String, Object> found) {
        long id = want.operation().id();
        long theirs = number(found.get("id"));
        boolean free = Boolean.TRUE.equals(transactions.execute(status -> {
            locks.hold(List.of(LOCK));
            boolean taken = entries.operationOf(theirs).filter(other -> other != id).isPresent();
            if (!taken) {
                entries.keep(id, new Entry(theirs, standing(found), Map.of(), null, want.entry().soughtSince()));
            }
            return !taken;
        }));
        if (!free) {
            throw new NotYet("FinTablo's operation " + theirs + " was taken by another one at this moment");
        }
    }

    private Map<String, Object> missing(Want want) {
        return Objects.requireNonNull(waitFor(want, false));
    }

    /** @throws NotYet for a day, then a finding */
    private @Nullable Map<String, Object> waitFor(Want want, boolean several) {
        long now = clock.millis();
        Entry entry = want.entry();
        long since = entry.soughtSince() == null ? now : entry.soughtSince();
        if (entry.soughtSince() == null) {
            transactions.executeWithoutResult(status -> entries.keep(want.operation().id(), new Entry(
                    entry.transaction(), entry.before(), entry.written(), entry.hash(), now)));
        }
        String what = want.operation().bookedOn() + ", счёт " + want.operation().account() + ", "
                + (want.operation().incoming() ? "поступление " : "списание ") + money(want.operation().amount());
        if (now - since >= PATIENCE.toMillis()) {
            throw refused(several ? "several" : "not-imported", several
                    ? "в ФинТабло несколько похожих операций, и ни одна не выделяется (" + what + "); разнесите её там сами"
                            + " и отложите эту запись"
                    : "ФинТабло за сутки не загрузил операцию банка (" + what + "); проверьте загрузку выписки в ФинТабло"
                            + " и повторите");
        }
        throw new NotYet((several ? "several operations in FinTablo could be it: " : "FinTablo has not imported it yet: ")
                + what, pause);
    }

    private static VendorException.Refused refused(String code, String words) {
        return new VendorException.Refused(ACCOUNT, 0, code, words);
    }

    private Map<String, Object> create(Want want) {
        Settled one = want.operation();
        Map<String, Object> fields = new LinkedHashMap<>(Map.of("value", BigDecimal.valueOf(one.amount(), 2),
                "moneybagId", want.moneybag(), "group", one.incoming() ? "income" : "outcome", "date",
                one.bookedOn().toString(), "isPlan", 0, "description", one.purpose()));
        Map<String, Object> written = new LinkedHashMap<>(want.lines().get(0).fields());
        if (want.lines().size() > 1) {
            List<Map<String, Object>> parts = want.lines().stream().map(BookLine::part).toList();
            fields.put("split", parts);
            written = new LinkedHashMap<>(Map.of("split", parts));
        } else {
            fields.putAll(written);
        }
        Map<String, Object> action = action(one.id(), "create", Map.of("marker",
                "sverka:bank-operation:main:" + one.id(), "fields", fields));
        return kept(action, want, Map.of(), written, null);
    }

    private Map<String, Object> whole(Want want, Map<String, Object> present, long theirs) {
        Entry entry = entries.of(want.operation().id());
        Map<String, Object> target = new LinkedHashMap<>(want.lines().isEmpty() ? entry.before()
                : want.lines().get(0).fields());
        if (isSplit(present)) {
            return unsplit(want, present, theirs);
        }
        Map<String, Object> before = entry.before().isEmpty() ? standing(present) : entry.before();
        entry.written().forEach((key, value) -> {
            if (!key.equals("split")) {
                target.putIfAbsent(key, before.get(key));
            }
        });
        Map<String, Object> fields = new LinkedHashMap<>();
        target.forEach((key, value) -> {
            boolean byPerson = entry.written().containsKey(key) && !isSame(present.get(key), entry.written().get(key));
            if (!isSame(present.get(key), value) && !byPerson) {
                fields.put(key, value);
            }
        });
        if (writes) {
            fields.putAll(moved(want, present));
        }
        Map<String, Object> action = action(want.operation().id(), fields.isEmpty() ? "none" : "update",
                Map.of("id", theirs, "fields", fields));
        return kept(action, want, before, target, theirs);
    }

    /** Sum and day are ours where we created the operation. */
    private static Map<String, Object> moved(Want want, Map<String, Object> present) {
        Map<String, Object> moved = new LinkedHashMap<>();
        BigDecimal value = BigDecimal.valueOf(want.operation().amount(), 2);
        if (!(present.get("value") instanceof BigDecimal stands) || stands.compareTo(value) != 0) {
            moved.put("value", value);
        }
        if (!want.operation().bookedOn().toString().equals(String.valueOf(present.get("date")))) {
            moved.put("date", want.operation().bookedOn().toString());
        }
        return moved;
    }

    private Map<String, Object> split(Want want, Map<String, Object> present, long theirs) {
        List<Map<String, Object>> parts = want.lines().stream().map(BookLine::part).toList();
        if (isSplit(present) && !BookParts.isSame(parts, present.get("subs"))) {
            return unsplit(want, present, theirs);
        }
        Entry entry = entries.of(want.operation().id());
        Map<String, Object> before = entry.before().isEmpty() ? standing(present) : entry.before();
        Map<String, Object> action = action(want.operation().id(), isSplit(present) ? "none" : "split",
                Map.of("id", theirs, "split", parts));
        return kept(action, want, before, Map.of("split", parts), theirs);
    }

    /** Only what we split ourselves is joined again; what is wanted then is a further entry's. */
    private Map<String, Object> unsplit(Want want, Map<String, Object> present, long theirs) {
        if (!BookParts.isSame(want.entry().written().get("split"), present.get("subs"))) {
            throw refused("split", "операцию " + theirs + " в ФинТабло разбил человек, а разнесена она иначе; поправьте её там"
                    + " и отложите эту запись");
        }
        Object category = want.lines().isEmpty() || want.lines().get(0).category() == null
                ? want.entry().before().get("categoryId") : want.lines().get(0).category();
        if (category == null) {
            throw refused("split", "операцию " + theirs + " нельзя собрать без статьи; задайте categories: in и out в"
                    + " mappings/fintablo.yaml и повторите");
        }
        Map<String, Object> action = action(want.operation().id(), "unsplit", Map.of("id", theirs, "categoryId",
                category));
        kept(action, want, want.entry().before(), Map.of("categoryId", category), theirs);
        action.remove("hash");
        return action;
    }

    private static Map<String, Object> standing(Map<String, Object> present) {
        Map<String, Object> standing = new LinkedHashMap<>();
        for (String key : List.of("categoryId", "directionId", "dealId", "partnerId")) {
            if (present.get(key) != null) {
                standing.put(key, present.get(key));
            }
        }
        return standing;
    }

    private static boolean isSplit(Map<String, Object> present) {
        return present.get("subs") instanceof List<?> subs && !subs.isEmpty();
    }

    private static boolean isSame(@Nullable Object one, @Nullable Object other) {
        return Objects.toString(one, "").equals(Objects.toString(other, ""));
    }

    private static Map<String, Object> action(long operation, String action, Map<String, Object> more) {
        Map<String, Object> body = new LinkedHashMap<>(more);
        body.put("operation", operation);
        body.put("action", action);
        return body;
    }

    private static Map<String, Object> kept(Map<String, Object> action, Want want, Map<String, Object> before,
            Map<String, Object> written, @Nullable Long theirs) {
        action.put("before", before);
        action.put("written", written);
        action.put("hash", want.hash());
        if (theirs != null) {
            action.put("id", theirs);
        }
        return action;
    }

    /**
     * It has been carried out.
     *
     * @param result what FinTablo answered to a creation
     */
    void booked(Map<String, Object> done, @Nullable Map<String, Object> result) {
        long id = number(done.get("operation"));
        transactions.executeWithoutResult(status -> {
            if (done.get("action").equals("delete")) {
                entries.keep(id, Entry.NONE);
            } else if (done.containsKey("written")) {
                Object theirs = done.get("action").equals("create") && result != null ? result.get("id") : done.get("id");
                entries.keep(id, new Entry(theirs == null ? null : Long.valueOf(number(theirs)), map(done.get("before")),
                        map(done.get("written")), done.get("hash") == null ? null : done.get("hash").toString(), null));
            }
            if (done.get("action").equals("unsplit")) {
                accept(id);
            }
        });
    }

    /** Takes up all that is wanted otherwise than it stands there. @return how many operations */
    int compareAll(Duration back) {
        List<Long> due = operations.settledSince(clock.instant().minus(back).atZone(ZoneOffset.UTC)
                .toLocalDate()).stream().filter(id -> want(id).filter(Want::isDue).isPresent()).toList();
        due.forEach(id -> transactions.executeWithoutResult(status -> accept(id)));
        return due.size();
    }

    private void accept(long id) {
        journal.accept(new Event(FLOW, ACCOUNT, Long.toString(id), null, true, Map.of("operation", id),
                Map.of("SyncId", Long.toString(id)), null));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    private static long number(@Nullable Object value) {
        return Long.parseLong(String.valueOf(value));
    }

    private static String money(long kopecks) {
        return BigDecimal.valueOf(kopecks, 2).toPlainString();
    }
}
