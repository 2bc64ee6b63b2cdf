package dev.sverka.flows.matching;

import dev.sverka.flows.matching.MatchInput.Booked;
import dev.sverka.flows.matching.MatchInput.Expected;
import dev.sverka.flows.matching.Matcher.Source;
import dev.sverka.records.bank.BankOperation.Direction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whose payment an operation may be where the other side's ИНН does not tell: somebody else pays and the text names the
 * customer by ИНН or full name, or the bank gives no ИНН. A similar name is nothing.
 */
final class Debtors {

    private final MatchInput input;
    private final PurposeWords words;
    private final Set<String> customers = new HashSet<>();
    /** By the key of a name, the customers that bear it. */
    private final Map<String, Set<String>> names = new HashMap<>();
    private final Map<String, String> written = new HashMap<>();

    record Known(String inn, Source source) {
    }

    Debtors(MatchInput input, PurposeWords words) {
        this.input = input;
        this.words = words;
        for (Expected one : input.payments()) {
            if (one.partyInn() != null) {
                customers.add(one.partyInn());
                if (one.partyName() != null) {
                    names.computeIfAbsent(PartyName.key(one.partyName()), key -> new HashSet<>()).add(one.partyInn());
                    written.put(one.partyInn(), one.partyName());
                }
            }
        }
    }

    @Nullable Known of(Booked operation) {
        boolean in = operation.direction() == Direction.INCOMING;
        String party = operation.party().inn();
        String named = in ? inText(operation) : null;
        if (named != null && !named.equals(party)) {
            return new Known(named, Source.TEXT);
        }
        if (party != null || !in) {
            return null;
        }
        Set<String> known = input.accounts().getOrDefault(String.valueOf(operation.party().account()), Set.of());
        if (!known.isEmpty()) {
            return known.size() == 1 ? new Known(known.iterator().next(), Source.ACCOUNT) : null;
        }
        String name = operation.party().name();
        String bearer = name == null ? null : bearer(name);
        return bearer == null ? null : new Known(bearer, Source.NAME);
    }

    /** The one customer that the text names; null where it names none, or several, or only the payer. */
    private @Nullable String inText(Booked operation) {
        List<String> strangers = Stream.concat(input.own().ownCompanies().stream().map(Own.Company::inn),
                input.own().banks().stream().map(Own.Bank::inn)).toList();
        Purpose purpose = Purpose.read(operation.purpose(), words);
        Set<String> inns = purpose.inns().stream().filter(inn -> !strangers.contains(inn))
                .filter(inn -> !inn.equals(operation.party().inn())).collect(Collectors.toSet());
        if (!inns.isEmpty()) {
            return inns.size() == 1 && customers.containsAll(inns) ? inns.iterator().next() : null;
        }
        List<String> named = PartyName.in(operation.purpose()).stream().map(this::bearer).filter(Objects::nonNull)
                .distinct().toList();
        return named.size() == 1 && !strangers.contains(named.get(0)) ? named.get(0) : null;
    }

    private @Nullable String bearer(String name) {
        Set<String> bearers = names.getOrDefault(PartyName.key(name), Set.of());
        String only = bearers.size() == 1 ? bearers.iterator().next() : null;
        return only != null && PartyName.isSame(written.get(only), name) ? only : null;
    }
}
