package dev.sverka.vendors.bitrix24;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * The operating time of one method as the portal counts it (bitrix24.md section 3.2): ten one-minute baskets, each of
 * which drops out ten minutes after its first call. Milliseconds throughout; guarded by the governor.
 */
final class Bitrix24OperatingTime {

    private static final long WINDOW = 600_000;
    private static final long BASKET = 60_000;
    /** What a call is taken to cost before one was measured. */
    private static final long UNKNOWN_COST = 300;
    /** Rounding and calls that the portal does not count (under 0.1 s) make no difference worth a correction. */
    private static final long SLACK = 1_000;
    private static final long FIRST_BLOCK = 30_000;

    private static final class Basket {
        final long opened;
        long spent;

        Basket(long opened) {
            this.opened = opened;
        }
    }

    private final Deque<Basket> baskets = new ArrayDeque<>();
    private long reserved;
    private double mean = UNKNOWN_COST;
    private double deviation;
    private boolean measured;
    private long blockedUntil;
    private long resetAt;
    private int blocks;

    /** What the last ten minutes hold. */
    long used(long now) {
        while (!baskets.isEmpty() && baskets.getFirst().opened + WINDOW <= now) {
            baskets.removeFirst();
        }
        return baskets.stream().mapToLong(basket -> basket.spent).sum();
    }

    /** What calls under way will probably add. */
    long reserved() {
        return reserved;
    }

    /** What a number of calls will probably cost. */
    long expected(int calls) {
        return Math.round(mean * calls);
    }

    /** What nearly every call stays below: two deviations above the mean. */
    long nearlyAlwaysBelow() {
        return Math.max(1, Math.round(mean + 2 * deviation));
    }

    /** How long to wait until {@code need} fits into {@code budget}; 0 when it does. */
    long waitFor(long now, long need, long budget) {
        if (blockedUntil > now) {
            return blockedUntil - now;
        }
        long over = used(now) + reserved + need - budget;
        if (over <= 0 || baskets.isEmpty() && reserved == 0) {
            return 0;
        }
        for (Basket basket : baskets) {
            over -= basket.spent;
            if (over <= 0) {
                return basket.opened + WINDOW - now;
            }
        }
        return SLACK;
    }

    void reserve(long millis) {
        reserved += millis;
    }

    void release(long millis) {
        reserved = Math.max(0, reserved - millis);
    }

    /** What others have spent drops out when the portal says its oldest basket does, not ten minutes from now. */
    private void bookOthers(long now, long millis, long resetIn) {
        Basket theirs = new Basket(now + (resetIn <= 0 ? WINDOW : Math.min(WINDOW, resetIn)) - WINDOW);
        theirs.spent = millis;
        List<Basket> all = new ArrayList<>(baskets);
        all.add(theirs);
        all.sort(Comparator.comparingLong(basket -> basket.opened));
        baskets.clear();
        baskets.addAll(all);
    }

    void book(long now, long millis) {
        used(now);
        if (baskets.isEmpty() || now / BASKET > baskets.getLast().opened / BASKET) {
            baskets.addLast(new Basket(now));
        }
        baskets.getLast().spent += millis;
    }

    /** A measured call: what the next one will cost. */
    void measure(long millis) {
        if (!measured) {
            measured = true;
            mean = millis;
            return;
        }
        deviation += (Math.abs(millis - mean) - deviation) / 8;
        mean += (millis - mean) / 8;
    }

    /**
     * The portal's own count after a call. What it holds above ours others have used: another replica or program. Below
     * ours is believed only while nothing else is under way.
     *
     * @param resetIn until its oldest basket drops out
     */
    void told(long now, long operating, long resetIn) {
        resetAt = now + Math.max(0, resetIn);
        blocks = 0;
        long difference = operating - used(now) - reserved;
        if (difference > SLACK) {
            bookOthers(now, difference, resetIn);
        } else if (reserved == 0 && operating > 0 && difference < -SLACK) {
            for (Basket basket : baskets) {
                long less = Math.min(basket.spent, -difference);
                basket.spent -= less;
                difference += less;
            }
        }
    }

    /** The portal has refused the method: until its own count drops, else in growing steps up to ten minutes. */
    void blocked(long now) {
        long step = Math.min(WINDOW, FIRST_BLOCK << Math.min(blocks++, 5));
        blockedUntil = resetAt > now && resetAt <= now + WINDOW ? resetAt : now + step;
    }

    boolean isBlocked(long now) {
        return blockedUntil > now;
    }

    /** Forgets what is booked: it turned out to be booked elsewhere. */
    void clear() {
        baskets.clear();
    }
}
