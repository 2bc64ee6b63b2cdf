package dev.sverka.vendors.tochka;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Lets time pass until a statement is asked for again. */
interface TochkaPause {

    /** How long one reading waits for the bank; what is not ready then is asked for at the next one. */
    Duration PATIENCE = Duration.ofSeconds(60);
    /** A stop of the program waits no longer. */
    Duration LONGEST = Duration.ofSeconds(4);

    /** @return false where the program is stopping */
    boolean rest(Duration time);

    /** 1, 2, 4, 4 … seconds (tochka.md section 6.1, with a shorter last step). */
    static Duration step(Duration waited) {
        Duration next = waited.plusSeconds(1);
        return next.compareTo(LONGEST) < 0 ? next : LONGEST;
    }

    /** Really waits. */
    static boolean sleep(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
