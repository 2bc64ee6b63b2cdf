package dev.sverka.flows.books;

import dev.sverka.flows.payments.LedgerDays;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;

/** What our accounts hold by the last statement and all that is known since. Reads only. */
public class AccountBalances {

    private final BalanceBook stated;
    private final LedgerDays ledger;

    AccountBalances(BalanceBook stated, LedgerDays ledger) {
        this.stated = stated;
        this.ledger = ledger;
    }

    /**
     * Kopecks by account, of those for which a bank has ever stated a balance.
     *
     * @param today the business day: a balance stated for a later one is of no use yet
     */
    public Map<String, Long> on(LocalDate today) {
        Map<String, Long> balances = new TreeMap<>();
        for (String account : stated.accounts()) {
            Map.Entry<LocalDate, BalanceBook.Stated> last = stated.starts(account).floorEntry(today);
            if (last != null) {
                balances.put(account, last.getValue().amount() + ledger.movedSince(account, last.getKey()));
            }
        }
        return balances;
    }

    /** Kopecks by account as a past day ended. */
    public Map<String, Long> evening(LocalDate day) {
        Map<String, Long> balances = new TreeMap<>();
        for (String account : stated.accounts()) {
            Map.Entry<LocalDate, BalanceBook.Stated> last = stated.starts(account).floorEntry(day.plusDays(1));
            if (last != null) {
                balances.put(account, last.getValue().amount() + ledger.movedBetween(account, last.getKey(), day));
            }
        }
        return balances;
    }
}
