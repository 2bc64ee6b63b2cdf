package dev.sverka.vendors.tbank;

import java.util.List;

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

    /** Which bank accounts are read, 20 digits each. */
    List<String> bankAccounts() {
        return isFiltered() ? configured : client.bankAccounts();
    }
}
