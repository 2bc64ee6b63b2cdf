package dev.sverka.flows.paperwork;

import dev.sverka.records.edo.EdoDocument.Direction;
import dev.sverka.records.edo.EdoDocument;
import java.util.Collection;
import java.util.Objects;

/**
 * How far an item agrees with a paper: number, date, counterparty's ИНН, sum and kind. Pure.
 *
 * @param item of the funnel that the paper's direction asks for
 */
record PaperMatch(PaperItem item, boolean number, boolean date, boolean inn, boolean amount, boolean kind) {

    /** @param companies those that have the counterparty's ИНН */
    static PaperMatch of(EdoDocument paper, PaperItem item, Collection<Long> companies) {
        String number = PaperItem.key(paper.number());
        long amount = paper.amount() == null ? 0 : paper.amount();
        return new PaperMatch(item, number != null && number.equals(item.number()),
                paper.date() != null && Objects.equals(paper.date(), item.date()),
                item.company() != null && companies.contains(item.company()), amount == item.amount(),
                item.entity().equals(PaperStage.ACT) ? PaperKind.isAct(paper)
                        : item.kind() != null && PaperKind.words(paper).contains(item.kind()));
    }

    /** Whether a paper of this direction can be this item at all. */
    static boolean isMeant(EdoDocument paper, PaperItem item) {
        boolean incoming = paper.direction() == Direction.INCOMING;
        return item.entity().equals(PaperStage.ACT) ? "act".equals(item.pipeline()) && !incoming
                : (incoming ? "in" : "out").equals(item.pipeline());
    }

    boolean isWhole() {
        return number && date && inn && amount && kind;
    }

    /** Whether a person should be shown it. */
    boolean isNear() {
        return number && (inn || amount) || inn && date && amount && item.amount() != 0;
    }
}
