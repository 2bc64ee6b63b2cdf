package dev.sverka.connector;

import dev.sverka.http.VendorException;
import dev.sverka.journal.Accounts;

/** What a failed call means for the state of its account, apart from what it means for the work. */
final class AccountStates {

    private AccountStates() {
    }

    static void failed(Accounts accounts, VendorException failure) {
        if (failure instanceof VendorException.Transient outage && outage.until() != null) {
            accounts.pause(failure.account(), "throttled", outage.until(), failure.getMessage());
        } else if (failure instanceof VendorException.Transient || failure instanceof VendorException.Unclear
                || failure instanceof VendorException.AuthLost) {
            accounts.down(failure.account(), failure.getMessage());
        }
    }
}
