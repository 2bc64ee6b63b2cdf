package dev.sverka.vendors.tochka;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One key at work. */
final class TochkaAccount {

    /** Periods kept in mind. */
    private static final int MOST = 1000;
    /** So often an account's first reading is halved because it contradicts itself: some three faulty days are found. */
    private static final int HALVINGS = 16;

    private final TochkaClient client;
    private final TochkaProperties.Account configured;
    private final TochkaPause pause;
    private final Map<String, TochkaJob> hinted = new ConcurrentHashMap<>();
    private final Map<String, String> narrowed = new ConcurrentHashMap<>();
    private final Map<String, Integer> halvings = new ConcurrentHashMap<>();
    private volatile Map<String, TochkaJob> fed = Map.of();

    TochkaAccount(TochkaClient client, TochkaProperties.Account configured, TochkaPause pause) {
        this.client = client;
        this.configured = configured;
        this.pause = pause;
    }

    TochkaClient client() {
        return client;
    }

    TochkaPause pause() {
        return pause;
    }

    /** Whether the configuration says which accounts are read. */
    boolean isFiltered() {
        return !configured.accounts().isEmpty();
    }

    /**
     * The open accounts that the key shows, by their 20 digits, with the ids the bank wants: of the company that is
     * configured, and not a person's, unless they are configured themselves.
     */
    Map<String, String> listed() {
        Map<String, String> listed = new LinkedHashMap<>();
        List<String> named = configured.numbers();
        for (TochkaClient.Account one : client.accounts()) {
            String number = TochkaClient.number(one.id());
            boolean ours = isFiltered() ? named.contains(number)
                    : !one.personal() && isOurs(one.customerCode());
            if (one.open() && ours) {
                listed.put(number, one.id());
            }
        }
        return listed;
    }

    /** @param customerCode as an account or an event tells it */
    boolean isOurs(String customerCode) {
        String ours = configured.customerCode();
        return ours == null || ours.isBlank() || customerCode.equals(ours);
    }

    /** Which bank accounts are read, 20 digits each. */
    Set<String> wanted(Map<String, String> listed) {
        return new LinkedHashSet<>(isFiltered() ? configured.numbers() : listed.keySet());
    }

    /** The id the bank wants for one. */
    String id(Map<String, String> listed, String bankAccount) {
        String told = listed.get(bankAccount);
        return told != null ? told : TochkaClient.accountId(configured.accounts().stream()
                .filter(one -> TochkaClient.number(one).equals(bankAccount)).findFirst().orElse(bankAccount));
    }

    /** Statements that hints wait for, by period: the feed takes such a one over instead of ordering its own. */
    Map<String, TochkaJob> hinted() {
        return hinted;
    }

    /** The feed's statements under way, by period: a hint does not order the same beside them. */
    Map<String, TochkaJob> fed() {
        return fed;
    }

    void fed(Map<String, TochkaJob> periods) {
        fed = Map.copyOf(periods);
    }

    /** Whether the first reading of an account may look for one more faulty day: each statement is a job at the bank. */
    boolean mayNarrow(String bankAccount) {
        return halvings.merge(bankAccount, 1, Integer::sum) <= HALVINGS;
    }

    /**
     * Whether a statement that contradicts itself is to be asked for in halves: once for the same answer, for each costs
     * the bank a job, and what the halves said was told then.
     */
    boolean narrows(String period, String content) {
        if (narrowed.size() > MOST) {
            narrowed.clear();
        }
        return !content.equals(narrowed.put(period, content));
    }
}
