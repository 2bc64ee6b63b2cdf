package dev.sverka.flows.payments;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a look at a payment on the portal means, held against what was read before and what we sent: which of it is an
 * echo of ours, which is a person's. Pure.
 *
 * @param stale an older look than the one before: it means nothing
 * @param confirmed the write of ours that it shows; null where it shows none
 * @param typed money by hand that the portal's sum counts, as it should be now; kopecks
 * @param staged money by hand that only the success stage says, as it should be now; kopecks
 * @param hold why the item leaves automatic writing now; null where it does not
 * @param moved whether a person moved the stage
 * @param dated whether a person corrected the paid date
 * @param lowered whether a person's sum is less than what operations have paid
 */
record Reading(boolean stale, PaymentRow.@Nullable Try confirmed, long typed, long staged, @Nullable String hold,
        boolean moved, boolean dated, boolean lowered) {

    static final String PAID_BY_HAND = "оплаченная сумма изменена на портале вручную";
    static final String MOVED_BY_HAND = "стадия изменена на портале вручную";

    private static final Reading STALE = new Reading(true, null, 0, 0, null, false, false, false);

    /** @param shares all that counts on the payment now */
    static Reading of(@Nullable PaymentRow before, PortalItem item, List<Share> shares) {
        if (before == null) {
            return first(item);
        }
        if (isStale(before, item)) {
            return STALE;
        }
        PaymentRow.Try confirmed = confirmed(before, item);
        boolean byPerson = !item.blindToPaid() && item.paid() != before.seenPaid()
                && before.tries().stream().noneMatch(one -> one.paid() == item.paid());
        // money still on its way goes back and is asked about, so that the sum is what the person says it is
        long typed = byPerson ? Math.max(0, item.paid() - sum(shares, false, true)) : sum(shares, true, true);
        boolean moved = isMovedByPerson(before, item) || isMovedBack(confirmed, item);
        boolean counts = before.stageBefore() != null || shares.stream().anyMatch(share -> !share.isByHand());
        boolean success = isSuccess(item);
        long staged = !byPerson ? sum(shares, true, false)
                : success ? Math.max(0, item.amount() - sum(shares, false, true) - typed) : 0;
        if (moved && success && !before.isPaidStage()) {
            staged = Math.max(0, item.amount() - sum(shares, false, true) - sum(shares, false, false) - typed);
        } else if (moved && !success && before.isPaidStage()) {
            staged = 0;
        }
        boolean holds = moved && (counts || success);
        String hold = byPerson ? PAID_BY_HAND : holds ? MOVED_BY_HAND : null;
        return new Reading(false, confirmed, typed, staged, hold, holds, isDated(before, item, shares),
                byPerson && item.paid() < sum(shares, false, true));
    }

    /** At first sight a success stage counts as paid in full. */
    private static Reading first(PortalItem item) {
        long rest = isSuccess(item) ? Math.max(0, item.amount() - item.paid()) : 0;
        return new Reading(false, null, item.paid(), rest, null, false, false, false);
    }

    private static boolean isSuccess(PortalItem item) {
        return "paid".equals(item.stage()) || "success".equals(item.semantics());
    }

    /** The portal's clock has whole seconds: within one, what our write took the place of is the older look. */
    private static boolean isStale(PaymentRow before, PortalItem item) {
        if (before.seenAt() == null || item.updatedAt() == null || item.updatedAt().isAfter(before.seenAt())) {
            return false;
        }
        return item.updatedAt().isBefore(before.seenAt()) || item.paid() != before.seenPaid()
                && Objects.equals(before.replacedPaid(), item.paid())
                && before.tries().stream().noneMatch(one -> one.paid() == item.paid());
    }

    /** The newest write that it shows whole; else one whose sum it shows though the stage has moved on. */
    private static PaymentRow.@Nullable Try confirmed(PaymentRow before, PortalItem item) {
        PaymentRow.Try found = null;
        for (PaymentRow.Try one : before.tries()) {
            boolean paid = item.blindToPaid() || one.paid() == item.paid();
            boolean stage = one.stage() == null || one.stage().equals(item.stage());
            boolean date = !one.changes().containsKey("paidDate") || Objects.equals(one.paidDate(), item.paidDate());
            if (paid && (stage && date || !item.blindToPaid() && item.paid() != before.seenPaid())) {
                found = one;
            }
        }
        return found;
    }

    /** Our write shows in the sum, and its stage is another already: somebody moved it after us. */
    private static boolean isMovedBack(PaymentRow.@Nullable Try confirmed, PortalItem item) {
        return confirmed != null && confirmed.stage() != null && item.stage() != null
                && !confirmed.stage().equals(item.stage()) && !item.movedByMachine();
    }

    /** A stage that could not be named before, or cannot be now because it was renamed, tells of no move. */
    private static boolean isMovedByPerson(PaymentRow before, PortalItem item) {
        if (item.movedByMachine() || before.stage() == null || before.stage().equals(item.stage())) {
            return false;
        }
        return item.stage() == null ? !item.blindToStage()
                : before.tries().stream().noneMatch(one -> item.stage().equals(one.stage()));
    }

    private static boolean isDated(PaymentRow before, PortalItem item, List<Share> shares) {
        return !Objects.equals(item.paidDate(), before.seenDate()) && !item.blindToPaid()
                && shares.stream().anyMatch(share -> !share.isByHand() && share.written())
                && before.tries().stream().noneMatch(one -> Objects.equals(one.paidDate(), item.paidDate()));
    }

    /** @param byHand hands' money, or operations'; @param written in the portal's sum, or not yet */
    private static long sum(List<Share> shares, boolean byHand, boolean written) {
        return shares.stream().filter(share -> share.isByHand() == byHand && share.written() == written)
                .mapToLong(Share::amount).sum();
    }
}
