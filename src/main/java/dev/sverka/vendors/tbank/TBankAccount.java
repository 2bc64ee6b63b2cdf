package dev.sverka.vendors.tbank;

import dev.sverka.core.http.VendorException;
import java.util.List;
import java.util.Set;

/** One company's token at work. */
final class TBankAccount {

    private final TBankClient client;
    private final List<String> configured;

    /** @param configured the bank accounts to read; empty for all the token sees */
    TBankAccount(TBankClient client, List<String> configured) {
        this.client = client;
        this.configured = configured;
    }

    TBankClient client() {
        return client;
    }

    /** Whether the configuration says which accounts are read. */
    boolean isFiltered() {
        return !configured.isEmpty();
    }

    /**
     * Whether the token's list holds a bank account that is read: a closed one may leave it without a word (section 11,
     * row 12). A token that may not see the list says nothing of it.
     *
     * @throws VendorException.AuthLost where the token is lost
     */
    Set<String> listed() {
        try {
            return Set.copyOf(client.bankAccounts());
        } catch (VendorException unseen) {
            if (unseen.status() == 401) {
                throw unseen;
            }
            return Set.copyOf(bankAccounts());
        }
    }

    /** Which bank accounts are read, 20 digits each. */
    List<String> bankAccounts() {
        return isFiltered() ? configured : client.bankAccounts();
    }
}
