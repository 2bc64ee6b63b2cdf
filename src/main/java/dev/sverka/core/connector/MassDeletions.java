package dev.sverka.core.connector;

import dev.sverka.core.journal.Event;
import dev.sverka.core.state.Links;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Many items that a vendor shows no longer, all at once: a right that was lost looks the same as a big clean-up, so a
 * person says which it is. A vendor room raises the doubt and finds the answer here; a flow asks the person.
 */
public final class MassDeletions {

    /**
     * The flow that asks: its entries tell {@code account}, {@code entity}, {@code ids}, {@code gone}, {@code known}; with
     * nothing gone the question is over.
     */
    public static final String FLOW = "deletions";
    private static final String KIND = "mass-deletion";
    private static final String ITEMS = "items";
    private static final String ANSWER = "answer";
    /** A person reads no more than these; how many there are is told beside them. */
    private static final int SHOWN = 50;

    private final Links links;
    private final Consumer<Event> journal;

    public MassDeletions(Links links, Consumer<Event> journal) {
        this.links = links;
        this.journal = journal;
    }

    /** What a person said of a doubt. */
    public enum Answer { WAITS, APPLY, KEEP }

    /**
     * The doubt about an account's entity.
     *
     * @param items what is missed, in the room's own spelling
     */
    public record Doubt(String items, Answer answer) {
    }

    public Optional<Doubt> of(String account, String entity) {
        Map<String, Object> row = links.agreed(account, KIND, entity);
        return row.isEmpty() ? Optional.empty()
                : Optional.of(new Doubt(String.valueOf(row.get(ITEMS)), Answer.valueOf(String.valueOf(row.get(ANSWER)))));
    }

    /** Has a person asked, once for the same items. Joins the running transaction. */
    public void raise(String account, String entity, String items, List<Long> ids, int known) {
        links.agree(account, KIND, entity, Map.of(ITEMS, items, ANSWER, Answer.WAITS.name()));
        tell(account, entity, ids, known);
    }

    private void tell(String account, String entity, List<Long> ids, int known) {
        journal.accept(new Event(FLOW, account, account + "/" + entity, null, true, Map.of("account", account,
                "entity", entity, "ids", List.copyOf(ids.subList(0, Math.min(ids.size(), SHOWN))), "gone", ids.size(),
                "known", known), Map.of(), null));
    }

    /** All that was missed is shown again: there is nothing to ask any more. Joins the running transaction. */
    public void over(String account, String entity, int known) {
        settled(account, entity);
        tell(account, entity, List.of(), known);
    }

    /** What a person said. @param apply what is missed is gone; otherwise it is there, though it is not shown */
    public void answer(String account, String entity, boolean apply) {
        of(account, entity).ifPresent(doubt -> links.agree(account, KIND, entity, Map.of(ITEMS, doubt.items(),
                ANSWER, (apply ? Answer.APPLY : Answer.KEEP).name())));
    }

    /** What was missed has been looked at one by one. */
    public void settled(String account, String entity) {
        links.agree(account, KIND, entity, Map.of());
    }
}
