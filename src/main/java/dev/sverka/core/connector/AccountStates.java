package dev.sverka.core.connector;

import dev.sverka.core.http.VendorException;
import dev.sverka.core.journal.Accounts;
import java.time.Clock;
import java.time.Duration;

/** What a failed call means for the state of its account, apart from what it means for the work. */
final class AccountStates {

    /** How long a lost credential is left alone: asking on and on can cancel it for good (tbank.md section 8). */
    private static final Duration UNTIL_PROBED = Duration.ofMinutes(10);

    private AccountStates() {
    }

    static void failed(Accounts accounts, VendorException failure, Clock clock) {
        if (failure instanceof VendorException.AuthLost) {
            accounts.pause(failure.account(), "paused", clock.instant().plus(UNTIL_PROBED), failure.getMessage());
        } else if (failure instanceof VendorException.Transient outage && outage.until() != null) {
            accounts.pause(failure.account(), "throttled", outage.until(), failure.getMessage());
        } else if (failure instanceof VendorException.Transient || failure instanceof VendorException.Unclear) {
            accounts.down(failure.account(), failure.getMessage());
        }
    }
}
