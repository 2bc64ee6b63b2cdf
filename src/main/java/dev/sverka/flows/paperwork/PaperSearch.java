package dev.sverka.flows.paperwork;

import dev.sverka.flows.payments.CompanySearch;
import dev.sverka.flows.payments.Questions;
import dev.sverka.records.edo.EdoDocument.Direction;
import dev.sverka.records.edo.EdoDocument;
import dev.sverka.records.edo.EdoFlag;
import dev.sverka.records.edo.EdoState;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Says which items a paper drives, or that a person has to. Joins the running transaction. */
final class PaperSearch {

    static final String KIND = "document";
    /** Whoever drives an item in one of these may be followed by another paper: most are sent anew. */
    private static final Set<EdoState> GIVEN_UP = EnumSet.of(EdoState.DRAFT, EdoState.REJECTED, EdoState.REVOKED,
            EdoState.ERROR);
    private static final int SHOWN = 5;

    private final PaperBook book;
    private final PaperItems items;
    private final PaperTies ties;
    private final CompanySearch companies;
    private final Questions questions;
    private final PaperWords words;

    PaperSearch(PaperBook book, PaperItems items, PaperTies ties, CompanySearch companies, Questions questions,
            PaperWords words) {
        this.book = book;
        this.items = items;
        this.ties = ties;
        this.companies = companies;
        this.questions = questions;
        this.words = words;
    }

    /** What is to be done with a paper. @param targets items by entity @param creates whether it is made an item */
    record Found(Map<String, Long> targets, boolean creates) {

        static final Found NOTHING = new Found(Map.of(), false);
    }

    /** The items that a paper is tied to. */
    Map<String, Long> tied(PaperBook.Row row) {
        Map<String, Long> tied = new LinkedHashMap<>();
        for (String entity : List.of(PaperStage.DOCUMENT, PaperStage.ACT)) {
            ties.item(entity, row.key()).ifPresent(item -> tied.put(entity, item));
        }
        return tied;
    }

    /** Companies of the counterparty. */
    List<Long> companies(EdoDocument paper) {
        String inn = paper.counterparty().inn();
        return inn == null ? List.of() : companies.ofInn(inn);
    }

    /**
     * Looks for the items of a paper that drives nothing yet; asks where that cannot be told.
     *
     * @param later whether it was read after the first start: of an older paper that rests nobody is asked
     */
    Found search(PaperBook.Row row, boolean later) {
        EdoDocument paper = row.paper();
        if (paper.flags().contains(EdoFlag.TEST)) {
            return Found.NOTHING;
        }
        List<Long> customers = companies(paper);
        List<PaperMatch> near = items.near(paper, customers).stream()
                .map(item -> PaperMatch.of(paper, item, customers)).filter(one -> one.isWhole() || one.isNear())
                .toList();
        List<PaperMatch> whole = near.stream().filter(PaperMatch::isWhole).filter(one -> isFree(one.item(), row))
                .toList();
        Map<String, Long> targets = new LinkedHashMap<>();
        whole.forEach(one -> targets.put(one.item().entity(), one.item().id()));
        if (!whole.isEmpty() && targets.size() == whole.size()) {
            return new Found(targets, false);
        }
        if (paper.state() == EdoState.DRAFT || row.historic() && !(later && !near.isEmpty())) {
            return Found.NOTHING;
        }
        if (near.isEmpty() && paper.direction() == Direction.INCOMING) {
            return new Found(Map.of(), true);
        }
        ask(row, near, whole.size());
        return Found.NOTHING;
    }

    /** Nobody drives it, or a paper that was given up. */
    private boolean isFree(PaperItem item, PaperBook.Row row) {
        Optional<String> other = ties.paper(item.entity(), item.id()).filter(key -> !key.equals(row.key()));
        return other.isEmpty() || GIVEN_UP.contains(ties.told(item.entity(), other.get(), item.id()).agreed().state());
    }

    static String about(PaperBook.Row row) {
        return "edo-" + row.id();
    }

    void settle(PaperBook.Row row) {
        questions.settle(KIND, about(row));
    }

    private void ask(PaperBook.Row row, List<PaperMatch> near, int whole) {
        Map<String, Object> subject = subject(row);
        subject.put("why", words.unknown(whole, near.size()));
        questions.ask(KIND, about(row), subject, near.stream().limit(SHOWN).map(this::choice).toList());
    }

    private Questions.Choice choice(PaperMatch match) {
        return new Questions.Choice(shown(match.item()), List.of(words.agrees(match, true)),
                List.of(words.agrees(match, false)), null);
    }

    private static Map<String, Object> shown(PaperItem item) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", item.id());
        shown.put("entity", item.entity());
        shown.put("title", Objects.requireNonNullElse(item.title(), "№ " + item.id()));
        shown.put("rest", BigDecimal.valueOf(item.amount(), 2).toPlainString());
        return shown;
    }

    /** A paper as a question shows it. */
    Map<String, Object> subject(PaperBook.Row row) {
        EdoDocument paper = row.paper();
        Map<String, Object> subject = new LinkedHashMap<>();
        subject.put("paper", row.id());
        subject.put("account", paper.source());
        subject.put("provider", PaperWords.provider(paper));
        subject.put("direction", paper.direction() == Direction.INCOMING ? "in" : "out");
        subject.put("kind", PaperKind.word(paper));
        subject.put("number", paper.number());
        subject.put("date", paper.date() == null ? null : paper.date().toString());
        subject.put("amount", paper.amount() == null ? null : BigDecimal.valueOf(paper.amount(), 2).toPlainString());
        subject.put("counterparty", paper.counterparty().name());
        subject.put("inn", paper.counterparty().inn());
        subject.put("state", paper.state() == null ? null : PaperStage.of(paper.state()).word());
        subject.put("link", paper.link());
        subject.put("title", PaperWords.title(paper));
        return subject;
    }

    /** Asks whether a stage that a person chose, or the provider's state, holds. */
    void askAbout(PaperBook.Row row, String entity, Map<String, Object> item) {
        Map<String, Object> subject = subject(row);
        subject.put("entity", entity);
        subject.put("item", item.get("id"));
        subject.put("why", words.contradiction(row.paper(), PaperStage.title(PaperItem.text(item.get("stage"))),
                String.valueOf(subject.get("state"))));
        questions.ask(KIND, about(row) + suffix(entity), subject,
                List.of(new Questions.Choice(shown(PaperItem.of(item)), List.of(), List.of(), null)));
    }

    void settleAbout(PaperBook.Row row, String entity) {
        questions.settle(KIND, about(row) + suffix(entity));
    }

    private static String suffix(String entity) {
        return entity.equals(PaperStage.ACT) ? "-act" : "-doc";
    }
}
