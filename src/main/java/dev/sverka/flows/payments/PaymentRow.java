package dev.sverka.flows.payments;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A payment of the portal as last read, and what we know of our writes to it. Sums in kopecks.
 *
 * @param pipeline in or out; null in a funnel that is not declared
 * @param semantics of its stage at the portal: success, failure or process; null where the portal does not say
 * @param details what else a purpose may name it by, as the portal has it
 * @param seenPaid the paid sum as last read, {@code seenDate} its date, {@code seenAt} the reading's updatedTime
 * @param tries values that were sent, or are about to be, and whose outcome is not known
 * @param replacedPaid the paid sum that our last write took the place of
 * @param stageBefore where it stood before the first money was written; null where none was
 * @param held why it has left automatic writing; null where it has not
 * @param heldStage whether a person moved the stage: it is not moved back
 * @param dateByPerson whether a person corrected the paid date: it stands
 * @param ordered whether a person decided here on its money, so that the sum is written though the item is held
 * @param unreadable what cannot be read of it; null where all can
 */
record PaymentRow(long id, @Nullable String pipeline, @Nullable String stage, @Nullable String semantics,
        @Nullable String title, @Nullable String number, @Nullable LocalDate invoiceDate, long amount, String currency,
        @Nullable Long company, @Nullable Long ourCompany, @Nullable Long deal, Map<String, Object> details,
        long seenPaid, @Nullable LocalDate seenDate, @Nullable Instant seenAt, List<Try> tries,
        @Nullable Long replacedPaid, @Nullable String stageBefore, @Nullable String held, boolean heldStage,
        boolean dateByPerson, boolean ordered, boolean deleted, @Nullable String unreadable) {

    /**
     * Values on their way to the portal.
     *
     * @param stage null where it is not written
     * @param shares ids of the shares that the sum counts
     * @param entry the journal's entry that writes them: by it the intent is found
     * @param changes from and to of each field, for the audit
     * @param because JSON for the audit
     */
    record Try(long paid, @Nullable LocalDate paidDate, @Nullable String stage, List<Long> shares, @Nullable Long entry,
            Map<String, List<String>> changes, String because) {
    }

    boolean isIncoming() {
        return !"out".equals(pipeline);
    }

    /** Whether it is none that money may be given to: deleted, cancelled, or of a funnel that holds no payments. */
    boolean isClosedToMoney() {
        return deleted || pipeline == null || "cancelled".equals(stage) || "failure".equals(semantics);
    }

    boolean isPaidStage() {
        return "paid".equals(stage) || "success".equals(semantics);
    }

    /** Whether it is an order paid by card, whose money comes with a bank's register. */
    boolean isByCard() {
        return PaymentMirror.CARD.equals(details.get("method"));
    }

    /** As people call it. */
    String name() {
        return title != null ? title : number != null ? "Счёт № " + number : "Платёж " + id;
    }
}
