package dev.sverka.flows.paperwork;

import dev.sverka.core.journal.Event;
import dev.sverka.core.journal.FlowSteps;
import dev.sverka.core.journal.Journal;
import dev.sverka.core.journal.NotYet;
import dev.sverka.flows.paperwork.PaperTies.Told;
import dev.sverka.records.edo.EdoDocument.Direction;
import dev.sverka.records.edo.EdoDocument;
import dev.sverka.records.edo.EdoState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/** The steps of the paperwork, each safe to repeat. Routes call them as {@code bean:paperwork?method=…}. */
@FlowSteps
public class Papers {

    static final String FLOW = "paperwork";
    static final String ITEM_FLOW = "paper-item";
    private static final String FILE_FLOW = "paper-file";
    private static final String ACT_FLOW = "act-signed";
    private static final String PORTAL = "bitrix24.main";
    private static final String PAPER = "paper";
    private static final String UNKNOWN = "unknown";

    private final TransactionOperations transactions;
    private final PaperBook book;
    private final PaperItems items;
    private final PaperTies ties;
    private final PaperSearch search;
    private final PaperHistory history;
    private final PaperFreshness freshness;
    private final PaperWords words;
    private final PaperTrail trail;
    private final Journal journal;
    private final JsonMapper json;

    /** What the steps work with. */
    record Parts(PaperBook book, PaperItems items, PaperTies ties, PaperSearch search, PaperHistory history,
            PaperFreshness freshness, PaperWords words, PaperTrail trail) {
    }

    Papers(TransactionOperations transactions, Parts parts, Journal journal, JsonMapper json) {
        this.transactions = transactions;
        this.book = parts.book();
        this.items = parts.items();
        this.ties = parts.ties();
        this.search = parts.search();
        this.history = parts.history();
        this.freshness = parts.freshness();
        this.words = parts.words();
        this.trail = parts.trail();
        this.journal = journal;
        this.json = json;
    }

    /**
     * Takes over what a provider shows of a paper, and finds the items that it drives.
     *
     * @param body an {@code EdoDocument} as a map
     * @return {@code {paper, document, report, create, unknown}}: ids of items, null for none; the funnel in which it is
     *     made an item, null where it is not; the provider's words for a state that is not known here, null where it is
     * @throws NotYet while the portal has not been read since
     */
    public Map<String, Object> news(Map<String, Object> body) {
        EdoDocument told = json.convertValue(body, EdoDocument.class);
        return run(() -> {
            PaperBook.Row row = book.take(told, history.isHistoric(told));
            Map<String, Object> plan = new LinkedHashMap<>(Map.of(PAPER, row.id()));
            if (told.state() == null) {
                plan.put(UNKNOWN, told.providerState().isBlank() ? "—" : told.providerState());
            }
            if (row.paper().state() == null) {
                return plan;
            }
            Map<String, Long> tied = search.tied(row);
            if (!tied.isEmpty()) {
                plan.putAll(tied);
                return plan;
            }
            if ("ignore".equals(row.decided())) {
                return plan;
            }
            if (row.decided() == null) {
                freshness.check(row.paper().readAt());
            }
            PaperSearch.Found found = "create".equals(row.decided()) ? new PaperSearch.Found(Map.of(), true)
                    : search.search(row, history.isLater(row.paper()));
            plan.putAll(found.targets());
            if (found.creates()) {
                plan.put("create", row.paper().direction() == Direction.INCOMING ? "in" : "out");
            }
            return plan;
        });
    }

    /**
     * What a paper means for its item.
     *
     * @param plan as {@link #news} made it
     * @param item as just read from the portal
     * @return {@code {id, pipeline, fields, comments, notices, …}}; nothing to be written where the item is gone
     * @throws NotYet where the item is another one than it was when it was found
     */
    public Map<String, Object> change(Map<String, Object> plan, Map<String, Object> item) {
        long id = PaperItem.number(item.get("id"));
        String entity = String.valueOf(item.get("entity"));
        return run(() -> {
            PaperBook.Row row = book.get(PaperItem.number(plan.get(PAPER)));
            boolean tied = ties.item(entity, row.key()).filter(one -> one == id).isPresent();
            boolean gone = Boolean.TRUE.equals(item.get("deleted"));
            if (gone) {
                items.forget(entity, id);
            } else {
                items.see(PaperItem.of(item));
            }
            if (!tied && (gone || !PaperMatch.of(row.paper(), PaperItem.of(item), search.companies(row.paper()))
                    .isWhole())) {
                throw new NotYet(entity + " " + id + " has changed since it was found; it is looked for anew");
            }
            return gone ? nothing(id) : written(row, entity, item, tied, PaperItem.text(plan.get(UNKNOWN)));
        });
    }

    private Map<String, Object> written(PaperBook.Row row, String entity, Map<String, Object> item, boolean tied,
            @Nullable String unknown) {
        long id = PaperItem.number(item.get("id"));
        if (!tied) {
            ties.tie(entity, row.key(), id);
            book.linked(row.id());
            search.settle(row);
        }
        Told before = ties.told(entity, row.key(), id);
        PaperChange change = PaperChange.of(row, entity, item, before, words);
        if (change.contradicts()) {
            search.askAbout(row, entity, item);
        } else {
            search.settleAbout(row, entity);
        }
        Map<String, Object> result = nothing(id);
        result.put("entity", entity);
        result.put(PAPER, row.id());
        result.put("pipeline", item.get("pipeline"));
        result.put("fields", change.fields());
        List<Map<String, Object>> comments = new ArrayList<>(change.comments(id));
        List<Map<String, Object>> notices = new ArrayList<>(notices(change, item));
        if (unknown != null) {
            String marker = PaperChange.marker(row.paper(), entity + " " + unknown);
            String text = words.unknownState(row.paper(), unknown);
            comments.add(PaperChange.comment(id, text, marker));
            notices.addAll(notice(item, text, marker));
        }
        result.put("comments", comments);
        result.put("notices", notices);
        result.put("before", before.values());
        result.put("next", change.next().values());
        result.put("changes", trail.changes(item, change.fields()));
        result.put("signed", row.paper().state() == EdoState.SIGNED && before.agreed().state() != EdoState.SIGNED
                && !row.historic() ? act(row, item) : null);
        return result;
    }

    private static Map<String, Object> nothing(long id) {
        return new LinkedHashMap<>(Map.of("id", id, "fields", Map.of(), "comments", List.of(), "notices", List.of()));
    }

    private static List<Map<String, Object>> notices(PaperChange change, Map<String, Object> item) {
        return !change.notifies() || change.said().isEmpty() ? List.of()
                : notice(item, change.said().get(), change.marker());
    }

    private static List<Map<String, Object>> notice(Map<String, Object> item, String text, String marker) {
        Object person = item.get("assignee");
        return person == null ? List.of()
                : List.of(Map.of("to", person, "text", item.get("title") + "\n" + text, "marker", marker));
    }

    /** What a signed act of a deal means for the deal's payments; null where it means nothing. */
    private static @Nullable Map<String, Object> act(PaperBook.Row row, Map<String, Object> item) {
        if (!PaperKind.isAct(row.paper()) || row.paper().direction() == Direction.INCOMING
                || item.get("deal") == null) {
            return null;
        }
        Map<String, Object> act = new LinkedHashMap<>();
        act.put(PAPER, row.id());
        act.put("filter", Map.of("deal", item.get("deal"), "stage", "planned"));
        act.put("stageItem", item.get("stageItem"));
        act.put("number", row.paper().number());
        act.put("amount", row.paper().amount());
        return act;
    }

    /**
     * Closes the books on what {@link #change} asked for: it has been written.
     *
     * @param change what {@link #change} answered
     * @param entry the journal's entry that wrote it; null outside the journal
     */
    @SuppressWarnings("unchecked")
    public void changed(Map<String, Object> change, @Nullable Long entry) {
        if (change.get("next") == null) {
            return;
        }
        run(() -> {
            PaperBook.Row row = book.get(PaperItem.number(change.get(PAPER)));
            String entity = String.valueOf(change.get("entity"));
            ties.tell(entity, row.key(), ties.told(entity, row.key(), PaperItem.number(change.get("id")))
                    .after(Told.of((Map<String, Object>) change.get("before")),
                            Told.of((Map<String, Object>) change.get("next"))));
            trail.keep(row.paper(), entity, change, entry);
            if (change.get("signed") instanceof Map<?, ?> act) {
                journal.accept(new Event(ACT_FLOW, PORTAL, PaperSearch.about(row), null, true, act,
                        Map.of("SyncId", PaperSearch.about(row)), null));
            }
            return true;
        });
    }

    /** The item that a paper is made. @return {@code {marker, fields}} */
    public Map<String, Object> newItem(Map<String, Object> plan) {
        return run(() -> {
            EdoDocument paper = book.get(PaperItem.number(plan.get(PAPER))).paper();
            Map<String, Object> fields = PaperChange.fields(paper, PaperStage.DOCUMENT);
            fields.put("title", PaperWords.title(paper));
            fields.put("kind", PaperKind.word(paper));
            Optional.ofNullable(paper.number()).ifPresent(number -> fields.put("number", number));
            Optional.ofNullable(paper.date()).ifPresent(date -> fields.put("date", date));
            Optional.ofNullable(paper.amount()).ifPresent(sum -> fields.put("amount", BigDecimal.valueOf(sum, 2)));
            String stage = PaperStage.stage(PaperStage.DOCUMENT, Objects.requireNonNull(paper.state()),
                    paper.underlying());
            if (stage != null) {
                fields.put("stage", stage);
            }
            List<Long> customers = search.companies(paper);
            if (customers.size() == 1) {
                fields.put("company", customers.get(0));
            }
            return Map.of("marker", PaperChange.marker(paper, "item"), "fields", fields, "currency", "RUB");
        });
    }

    /** A paper has been made an item: it drives it from now on, and its file follows. @param result the portal's answer */
    public void created(Map<String, Object> plan, Map<String, Object> result) {
        run(() -> {
            PaperBook.Row row = book.get(PaperItem.number(plan.get(PAPER)));
            long item = PaperItem.number(result.get("id"));
            EdoState state = Objects.requireNonNull(row.paper().state());
            ties.tie(PaperStage.DOCUMENT, row.key(), item);
            ties.tell(PaperStage.DOCUMENT, row.key(), new Told(item, new PaperMove.Agreed(PaperStage.stage(
                    PaperStage.DOCUMENT, state, row.paper().underlying()), state, null, false), 0));
            book.linked(row.id());
            search.settle(row);
            journal.accept(new Event(FILE_FLOW, row.paper().source(), PaperSearch.about(row), null, true,
                    Map.of("id", row.paper().id(), "item", item), Map.of("SyncAccount", row.paper().source(), "SyncId",
                    PaperSearch.about(row)), null));
            return true;
        });
    }

    /** The file of a paper as its item takes it. @param content {@code {name, content}} as the provider gave it */
    public Map<String, Object> file(Map<String, Object> work, Map<String, Object> content) {
        return Map.of("id", work.get("item"), "field", "file", "name", content.get("name"), "content",
                content.get("content"));
    }

    /**
     * Keeps a document or an act of the portal in mind; papers that wait for it are looked at again.
     *
     * @param item as read from the portal, or {@code {id, deleted: true}}
     */
    public void item(Map<String, Object> item) {
        run(() -> {
            if (Boolean.TRUE.equals(item.get("deleted"))) {
                items.forget(String.valueOf(item.get("entity")), PaperItem.number(item.get("id")));
                return true;
            }
            PaperItem seen = PaperItem.of(item);
            Optional<PaperItem> before = items.find(seen.entity(), seen.id());
            items.see(seen);
            if (!before.equals(Optional.of(seen))) {
                book.waitingFor(seen).forEach(this::again);
            }
            return true;
        });
    }

    /** Looks again for the items of all papers that drive none: a company may have got its ИНН. @return how many */
    public int again() {
        List<PaperBook.Row> waiting = run(book::waiting);
        waiting.forEach(this::again);
        return waiting.size();
    }

    private void again(PaperBook.Row row) {
        accept(journal, json, row.paper());
    }

    static void accept(Journal journal, JsonMapper json, EdoDocument paper) {
        journal.accept(new Event(FLOW, PORTAL, paper.id(), null, false, json.convertValue(paper, Map.class),
                Map.of("SyncAccount", paper.source(), "SyncEntity", "document", "SyncId", paper.id()), null));
    }

    private <T> T run(java.util.function.Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(status -> work.get()));
    }
}
