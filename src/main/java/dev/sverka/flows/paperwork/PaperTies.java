package dev.sverka.flows.paperwork;

import dev.sverka.core.state.Links;
import dev.sverka.records.edo.EdoState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which item a paper drives, and what both sides agreed on last. Joins the running transaction. */
final class PaperTies {

    private static final String EDO = "edo";

    private final Links links;

    PaperTies(Links links) {
        this.links = links;
    }

    /**
     * What an item was told last.
     *
     * @param item whose; 0 where none was told anything
     * @param turn how many changes of state it was told
     */
    record Told(long item, PaperMove.Agreed agreed, long turn) {

        static final Told NOTHING = new Told(0, new PaperMove.Agreed(null, null, null, false), 0);

        /**
         * What is kept once a change is written: its outcome, and what a person said while it was on its way.
         *
         * @param before what the change was worked out from
         */
        Told after(Told before, Told next) {
            return equals(before) ? next : new Told(next.item(), new PaperMove.Agreed(next.agreed().stage(),
                    next.agreed().state(), agreed.kept(), agreed.forced()), next.turn());
        }

        /** As the journal carries it, and the store keeps it. */
        Map<String, Object> values() {
            Map<String, Object> values = new LinkedHashMap<>(Map.of("item", item, "turn", turn,
                    "forced", agreed.forced()));
            values.put("stage", agreed.stage());
            values.put("state", agreed.state());
            values.put("kept", agreed.kept());
            return values;
        }

        static Told of(Map<String, Object> values) {
            return values.isEmpty() ? NOTHING : new Told(PaperItem.number(values.get("item")),
                    new PaperMove.Agreed(PaperItem.text(values.get("stage")), state(values.get("state")),
                            state(values.get("kept")), Boolean.TRUE.equals(values.get("forced"))),
                    PaperItem.number(values.get("turn")));
        }

        private static @Nullable EdoState state(@Nullable Object value) {
            return value == null ? null : EdoState.valueOf(value.toString());
        }
    }

    /** The item of an entity that a paper drives. */
    Optional<Long> item(String entity, String paper) {
        return links.right(kind(entity), paper).map(Long::valueOf);
    }

    /** The paper that drives an item. */
    Optional<String> paper(String entity, long item) {
        return links.left(kind(entity), Long.toString(item));
    }

    void tie(String entity, String paper, long item) {
        links.link(kind(entity), paper, Long.toString(item));
    }

    /** What the item that a paper drives now was told. */
    Told told(String entity, String paper, long item) {
        Told told = Told.of(links.agreed(EDO, entity, paper));
        return told.item() == item ? told : Told.NOTHING;
    }

    void tell(String entity, String paper, Told told) {
        links.agree(EDO, entity, paper, told.values());
    }

    private static String kind(String entity) {
        return "edo-" + entity;
    }
}
