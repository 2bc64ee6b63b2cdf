package dev.sverka.flows.matching;

import dev.sverka.flows.matching.MatchInput.Expected;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The customers of an offline run's files. */
final class FileDirectory implements Debtors.Directory {

    private final Map<String, Set<String>> accounts;
    private final Set<String> customers = new HashSet<>();
    private final Map<String, Map<String, String>> names = new HashMap<>();

    FileDirectory(MatchInput input) {
        accounts = input.accounts();
        for (Expected one : input.payments()) {
            if (one.partyInn() != null) {
                customers.add(one.partyInn());
                if (one.partyName() != null) {
                    names.computeIfAbsent(PartyName.key(one.partyName()), key -> new HashMap<>())
                            .put(one.partyInn(), one.partyName());
                }
            }
        }
    }

    @Override
    public boolean isCustomer(String inn) {
        return customers.contains(inn);
    }

    @Override
    public Set<String> confirmedFor(String account) {
        return accounts.getOrDefault(account, Set.of());
    }

    @Override
    public Map<String, String> bearers(String key) {
        return names.getOrDefault(key, Map.of());
    }
}
