package dev.sverka.flows.books;

import dev.sverka.core.http.VendorException;
import dev.sverka.core.journal.Event;
import dev.sverka.core.journal.Journal;
import dev.sverka.core.journal.NotYet;
import dev.sverka.core.state.Declared;
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
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What stands in FinTablo for an operation. Each step works out anew what is wanted, so that a repetition, or news in
 * between, ends in the same; where more than one change is needed, each is an entry of the journal of its own.
 */
final class Bookings {

    /** Whose links name FinTablo's deals by the portal's. */
    static final String DEALS = FinTabloIds.DEALS;
    private static final String ACCOUNT = "fintablo.main";
    private static final String FLOW = "books";
    private static final Duration PATIENCE = Duration.ofHours(24);
    private static final int MARGIN = 1;
    private static final String LOCK = "books";

    private final TransactionOperations transactions;
    private final SettledOperations operations;
    private final EntryBook entries;
    private final Declared<FinTabloIds> ids;
    private final FinTabloPartners partners;
    private final BookPlaces places;
    private final Predicate<String> ours;
    private final Locks locks;
    private final Journal journal;
    private final Clock clock;
    private final boolean writes;
    private final BookChange changes;
    private final Supplier<Duration> pause;

    /**
     * @param ours whether an ИНН is one of our own companies: they are nobody's partner
     * @param writes whether we create FinTablo's operations; else it reads the bank itself
     * @param pause before an operation that is not imported yet is looked for again
     */
    Bookings(TransactionOperations transactions, SettledOperations operations, EntryBook entries,
            Declared<FinTabloIds> ids, FinTabloPartners partners, BookPlaces places, Predicate<String> ours, Locks locks,
            Journal journal, Clock clock, boolean writes, Supplier<Duration> pause) {
        this.transactions = transactions;
        this.operations = operations;
        this.entries = entries;
        this.ids = ids;
        this.partners = partners;
        this.places = places;
        this.ours = ours;
        this.locks = locks;
        this.journal = journal;
        this.clock = clock;
        this.writes = writes;
        this.changes = new BookChange(writes);
        this.pause = pause;
    }

    private Optional<BookWant> want(long id) {
        Optional<Settled> operation = operations.find(id);
        Long moneybag = operation.map(one -> ids.get().moneybags().get(one.account())).orElse(null);
        if (operation.isEmpty() || moneybag == null) {
            return Optional.empty();
        }
        Settled one = operation.get();
        Long partner = partners.find(one.inn());
        List<BookLine> lines = BookLine.of(one, ids.get(), part -> places.of(part, one.incoming(), ids.get()), partner);
        String hash = DayProof.sha256(List.of(lines, one.withdrawn(), one.amount(), one.bookedOn()).toString());
        return Optional.of(new BookWant(one, moneybag, partner, partner == null ? newPartner(one) : null, lines, hash,
                entries.of(id)));
    }

    /** Banks give people's names with an address behind two strokes, and zeros where there is no ИНН. */
    private @Nullable Map<String, Object> newPartner(Settled one) {
        String inn = one.inn();
        boolean fits = inn != null && inn.matches("\\d{10}|\\d{12}") && !inn.matches("0+") && !ours.test(inn);
        return inn == null || !fits ? null : FinTabloPartners.missing(inn, one.name() == null ? null
                : one.name().replaceFirst("//.*", "").strip());
    }

    /** @return {@code {operation, due, partner, stages, find}}: what to look with, each absent where none is needed */
    Map<String, Object> wanted(long id) {
        Map<String, Object> wanted = new LinkedHashMap<>(Map.of("operation", id, "due", false));
        want(id).filter(BookWant::isDue).ifPresent(want -> {
            wanted.put("due", true);
            // while an import cannot be told, a second partner of the same ИНН may be why
            Map<String, Object> partner = want.entry().soughtSince() == null
                    ? partners.sought(want.operation().inn()) : FinTabloPartners.all(want.operation().inn());
            if (!partner.isEmpty()) {
                wanted.put("partner", partner);
            }
            List<Map<String, Object>> stages = places.sought(want.operation());
            if (!stages.isEmpty()) {
                wanted.put("stages", stages);
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

    void partner(long id, List<Map<String, Object>> found) {
        operations.find(id).map(Settled::inn).ifPresent(inn -> partners.take(inn, found));
    }

    void partnerMade(long id, Map<String, Object> result) {
        operations.find(id).map(Settled::inn).ifPresent(inn -> partners.keep(inn, number(result.get("id"))));
    }

    void stage(long stage, @Nullable String title, List<Map<String, Object>> stages) {
        places.take(stage, title, stages);
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
        BookWant want = want(id).orElse(null);
        if (want == null || !want.isDue()) {
            return BookChange.action(id, "none", Map.of());
        }
        Entry entry = want.entry();
        if (writes && entry.transaction() == null) {
            return want.lines().isEmpty() ? BookChange.action(id, "none", Map.of())
                    : want.newPartner() != null ? partnerFirst(want) : changes.create(want);
        }
        Map<String, Object> present = entry.transaction() != null ? listed.stream()
                .filter(one -> number(one.get("id")) == entry.transaction()).findFirst().orElse(null) : null;
        if (present == null && !writes) {
            present = want.lines().isEmpty() ? null : sought(want, listed);
        }
        if (present == null) {
            return want.lines().isEmpty() ? BookChange.action(id, "none", Map.of()) : missing(want);
        }
        if (want.newPartner() != null && !want.lines().isEmpty() && present.get("partnerId") == null) {
            return partnerFirst(want);
        }
        long theirs = number(present.get("id"));
        return changes.of(want(id).orElse(want), present, theirs);
    }

    /** FinTablo lacks it: it is made, then the choice made again. What FinTablo's import has a partner of keeps that one. */
    private static Map<String, Object> partnerFirst(BookWant want) {
        return BookChange.action(want.operation().id(), "none", Map.of("partner",
                Objects.requireNonNull(want.newPartner())));
    }

    private @Nullable Map<String, Object> sought(BookWant want, List<Map<String, Object>> listed) {
        List<Map<String, Object>> free = listed.stream().filter(one -> entries.operationOf(number(one.get("id")))
                .filter(other -> other != want.operation().id()).isEmpty()).toList();
        List<Settled> rivals = operations.rivals(want.operation()).stream()
                .filter(rival -> entries.of(rival.id()).transaction() == null).toList();
        Imported.Choice choice = new Imported(want.operation(), want.moneybag(),
                partners.alike(want.operation().inn()), rivals).choose(free);
        if (choice.found() == null) {
            return waitFor(want, choice.several());
        }
        reserve(want, choice.found());
        return choice.found();
    }

    /** Two operations that look alike are worked on side by side: the first takes it, with what stands there now. */
    private void reserve(BookWant want, Map<String, Object> found) {
        long id = want.operation().id();
        long theirs = number(found.get("id"));
        boolean free = Boolean.TRUE.equals(transactions.execute(status -> {
            locks.hold(List.of(LOCK));
            boolean taken = entries.operationOf(theirs).filter(other -> other != id).isPresent();
            if (!taken) {
                entries.keep(id, new Entry(theirs, BookChange.standing(found), Map.of(), null,
                        want.entry().soughtSince()));
            }
            return !taken;
        }));
        if (!free) {
            throw new NotYet("FinTablo's operation " + theirs + " was taken by another one at this moment");
        }
    }

    private Map<String, Object> missing(BookWant want) {
        return Objects.requireNonNull(waitFor(want, false));
    }

    /** @throws NotYet for a day, then a finding */
    private @Nullable Map<String, Object> waitFor(BookWant want, boolean several) {
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
            throw BookChange.refused(several ? "several" : "not-imported", several
                    ? "в ФинТабло несколько похожих операций, и ни одна не выделяется (" + what
                            + "); разнесите её там сами и отложите эту запись"
                    : "ФинТабло за сутки не загрузил операцию банка (" + what
                            + "); проверьте загрузку выписки в ФинТабло и повторите");
        }
        throw new NotYet((several ? "several operations in FinTablo could be it: "
                : "FinTablo has not imported it yet: ") + what, pause.get());
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
                boolean created = done.get("action").equals("create") && result != null;
                Object theirs = created ? result.get("id") : done.get("id");
                entries.keep(id, new Entry(theirs == null ? null : Long.valueOf(number(theirs)),
                        map(done.get("before")), map(done.get("written")), done.get("hash") == null ? null : done.get("hash").toString(), null));
            }
            if (done.get("action").equals("unsplit")) {
                accept(id);
            }
        });
    }

    /** Takes up all that is wanted otherwise than it stands there. @return how many operations */
    int compareAll(Duration back) {
        List<Long> due = operations.settledSince(clock.instant().minus(back).atZone(ZoneOffset.UTC)
                .toLocalDate()).stream().filter(id -> want(id).filter(BookWant::isDue).isPresent()).toList();
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
