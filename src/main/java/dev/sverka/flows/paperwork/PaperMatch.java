package dev.sverka.flows.paperwork;

import dev.sverka.records.edo.EdoDocument.Direction;
import dev.sverka.records.edo.EdoDocument;
import java.util.Collection;
import java.util.Objects;

/**
 * How far an item agrees with a paper, or with one of those bundled in it: number, date, counterparty's ИНН, sum and
 * kind. Pure.
 *
 * @param item of the funnel that the paper's direction asks for
 */
record PaperMatch(PaperItem item, boolean number, boolean date, boolean inn, boolean amount, boolean kind) {

    /** @param companies those that have the counterparty's ИНН */
    static PaperMatch of(EdoDocument paper, PaperItem item, Collection<Long> companies) {
        PaperMatch own = of(paper, new EdoDocument.Label(paper.number(), paper.date(), paper.amount()), item, companies);
        return own.isWhole() ? own : paper.labels().stream().map(label -> of(paper, label, item, companies))
                .filter(PaperMatch::isWhole).findFirst().orElse(own);
    }

    private static PaperMatch of(EdoDocument paper, EdoDocument.Label label, PaperItem item,
            Collection<Long> companies) {
        String number = PaperItem.key(label.number());
        long amount = label.amount() == null ? 0 : label.amount();
        return new PaperMatch(item, number != null && number.equals(item.number()),
                label.date() != null && Objects.equals(label.date(), item.date()),
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
