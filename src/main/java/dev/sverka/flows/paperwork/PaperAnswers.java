package dev.sverka.flows.paperwork;

import dev.sverka.core.journal.Journal;
import dev.sverka.flows.paperwork.PaperMove.Agreed;
import dev.sverka.flows.paperwork.PaperTies.Told;
import dev.sverka.flows.payments.Asked;
import dev.sverka.flows.payments.Reviews.Invalid;
import dev.sverka.flows.payments.Reviews.Said;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** What follows from a person's word on a paper: the paper's work is taken up again with it. */
final class PaperAnswers implements Asked {

    private final PaperBook book;
    private final PaperItems items;
    private final PaperTies ties;
    private final Journal journal;
    private final JsonMapper json;

    PaperAnswers(PaperBook book, PaperItems items, PaperTies ties, Journal journal, JsonMapper json) {
        this.book = book;
        this.items = items;
        this.ties = ties;
        this.journal = journal;
        this.json = json;
    }

    @Override
    public Set<String> kinds() {
        return Set.of(PaperSearch.KIND);
    }

    @Override
    public void answered(Map<String, Object> subject, Said said, String by) {
        PaperBook.Row row = book.get(PaperItem.number(subject.get("paper")));
        if (subject.get("entity") != null) {
            ofStage(row, String.valueOf(subject.get("entity")), PaperItem.number(subject.get("item")), said);
        } else if (said.item() != null) {
            PaperItem item = item(row, said.item());
            ties.tie(item.entity(), row.key(), item.id());
            book.linked(row.id());
            book.decided(row.id(), "item");
        } else if (Boolean.TRUE.equals(said.create())) {
            book.decided(row.id(), "create");
        } else if (said.ignore() != null && !said.ignore().isBlank()) {
            book.decided(row.id(), "ignore");
        } else {
            throw new Invalid("say item, create or ignore");
        }
        Papers.accept(journal, json, row.paper());
    }

    /** The provider's state wins over a person's stage, or the stage stays until the state is another. */
    private void ofStage(PaperBook.Row row, String entity, long item, Said said) {
        Told told = ties.told(entity, row.key(), item);
        boolean wins = said.item() != null && said.item() == item;
        if (!wins && !Boolean.TRUE.equals(said.keep())) {
            throw new Invalid("say item " + item + " to let the provider's state win, or keep");
        }
        ties.tell(entity, row.key(), new Told(item, new Agreed(told.agreed().stage(), told.agreed().state(),
                wins ? null : row.paper().state(), wins), told.turn()));
    }

    private PaperItem item(PaperBook.Row row, long id) {
        List<PaperItem> meant = List.of(PaperStage.DOCUMENT, PaperStage.ACT).stream()
                .map(entity -> items.find(entity, id)).flatMap(Optional::stream)
                .filter(item -> PaperMatch.isMeant(row.paper(), item)).toList();
        if (meant.size() != 1) {
            throw new Invalid(meant.isEmpty() ? "there is no document or act " + id + " in the funnel for such papers"
                    : id + " is both a document and an act: enter number, date, company, sum and kind of the right one on"
                    + " the portal, then it is found");
        }
        return meant.get(0);
    }
}
