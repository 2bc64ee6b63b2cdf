package dev.sverka.flows.payments;

import java.util.Map;
import java.util.Set;

/** A flow that asks people questions of its own beside those on operations, and draws the consequences of the answers. */
public interface Asked {

    /** Which kinds of question it asks, such as {@code document}. */
    Set<String> kinds();

    /**
     * Draws the consequences of an answer. Joins the running transaction, in which the question ends.
     *
     * @param subject what was asked about, as {@link Questions#ask} was told
     * @param by the person's name
     * @throws Reviews.Invalid where it cannot be so
     */
    void answered(Map<String, Object> subject, Reviews.Said said, String by);
}
