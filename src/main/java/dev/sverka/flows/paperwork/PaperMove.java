package dev.sverka.flows.paperwork;

import dev.sverka.records.edo.EdoState;
import org.jspecify.annotations.Nullable;

/**
 * Whether an item's stage follows its paper. A person's choice stays: it may be followed further in the way it went, and
 * what contradicts it is asked about. Pure.
 *
 * @param stage to be written; null where the item stays as it is
 * @param contradicts whether a person chose a stage that the provider does not confirm
 */
record PaperMove(@Nullable String stage, boolean contradicts) {

    private static final PaperMove NONE = new PaperMove(null, false);
    private static final PaperMove QUESTION = new PaperMove(null, true);

    /**
     * Where an item stands.
     *
     * @param stage its present stage; null where the portal's has no name here
     * @param byMachine whether a robot or the daemon moved it there
     */
    record Standing(@Nullable String stage, boolean byMachine) {
    }

    /**
     * What was agreed on last.
     *
     * @param stage the item's; null where it has not been told anything yet
     * @param state the provider's
     * @param kept the state against which a person let the stage stay
     * @param forced whether a person let the provider's state win
     */
    record Agreed(@Nullable String stage, @Nullable EdoState state, @Nullable EdoState kept, boolean forced) {
    }

    /** @param wanted the stage that the table gives; null for none */
    static PaperMove of(@Nullable String wanted, EdoState now, Standing item, Agreed agreed) {
        if (wanted == null || item.stage() == null || wanted.equals(item.stage()) || agreed.kept() == now) {
            return NONE;
        }
        if (agreed.forced()) {
            return new PaperMove(wanted, false);
        }
        if (agreed.stage() == null) {
            // at first sight: what lies behind an item's open stage was made up for by hand
            return PaperStage.isAhead(wanted, item.stage()) ? new PaperMove(wanted, false)
                    : PaperStage.isOpen(item.stage()) ? NONE : QUESTION;
        }
        if (item.byMachine() || item.stage().equals(agreed.stage())) {
            return new PaperMove(wanted, false);
        }
        boolean news = now != agreed.state();
        return news && PaperStage.isAhead(wanted, item.stage()) ? new PaperMove(wanted, false) : QUESTION;
    }
}
