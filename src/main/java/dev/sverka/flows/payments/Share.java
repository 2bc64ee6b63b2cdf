package dev.sverka.flows.payments;

import org.jspecify.annotations.Nullable;

/**
 * Money that counts as paid on a payment, in kopecks.
 *
 * @param operation whose money it is; null where a person's hand set it without an operation
 * @param rule of the decision that began it
 * @param why evidence of that decision, in Russian
 * @param byPerson who decided so; null for the machine
 * @param written whether the portal's sum has counted it
 * @param told whether its comment stands on the portal
 * @param endedWhy why it ended, in Russian; null while it stands
 * @param endedByPerson who ended it; null where the machine did
 */
record Share(long id, @Nullable Long operation, long payment, long amount, String rule, String ruleVersion, String why,
        @Nullable String byPerson, boolean written, boolean told, @Nullable String endedWhy,
        @Nullable String endedByPerson) {

    boolean isByHand() {
        return operation == null;
    }
}
