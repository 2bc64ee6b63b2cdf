package dev.sverka.flows.projects;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whose value of one field holds: the side that changed it since both agreed, else by owner or time of change. */
final class Merge {

    /**
     * @param from after which moment it was changed at its vendor: {@code at} where the vendor tells the moment; null
     *     where nobody knows
     * @param at when it was changed there, at the latest; null for unknown, which is older than any
     */
    record Side<T>(@Nullable T value, @Nullable Instant from, @Nullable Instant at) {

        Side(@Nullable T value, @Nullable Instant at) {
            this(value, at, at);
        }
    }

    /**
     * What both sides are to hold.
     *
     * @param fromPortal whether it is the portal's
     * @param lost the value that gives way although it had been changed too; null where nothing is lost
     */
    record Verdict<T>(@Nullable T value, boolean fromPortal, boolean conflict, @Nullable T lost) {
    }

    private Merge() {
    }

    /** Whether ClickUp's change is surely the later one: what cannot be told apart is left to the portal. */
    static boolean isLater(Side<?> clickup, Side<?> portal) {
        return clickup.at() != null && (portal.at() == null
                || clickup.from() != null && clickup.from().isAfter(portal.at()));
    }

    /** Whether the two changes cannot be put in order. */
    static boolean isUnclear(Side<?> clickup, Side<?> portal) {
        return clickup.at() != null && portal.at() != null && portal.at().isBefore(clickup.at())
                && !isLater(clickup, portal);
    }

    /**
     * @param rule {@code bitrix24}, {@code clickup} or {@code latest}
     * @param agreed what both held last
     */
    static <T> Verdict<T> decide(String rule, @Nullable T agreed, Side<T> portal, Side<T> clickup) {
        if (Objects.equals(portal.value(), clickup.value()) || rule.equals(FieldOwners.BITRIX24)) {
            return new Verdict<>(portal.value(), true, false, null);
        }
        if (rule.equals(FieldOwners.CLICKUP)) {
            return new Verdict<>(clickup.value(), false, false, null);
        }
        boolean changedThere = !Objects.equals(portal.value(), agreed);
        boolean changedHere = !Objects.equals(clickup.value(), agreed);
        if (!changedThere || !changedHere) {
            return changedThere ? new Verdict<>(portal.value(), true, false, null)
                    : new Verdict<>(clickup.value(), false, false, null);
        }
        return !isLater(clickup, portal) ? new Verdict<>(portal.value(), true, true, clickup.value())
                : new Verdict<>(clickup.value(), false, true, portal.value());
    }
}
