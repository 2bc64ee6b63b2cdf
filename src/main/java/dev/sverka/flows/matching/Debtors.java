package dev.sverka.flows.matching;

import dev.sverka.flows.matching.Matcher.Operation;
import dev.sverka.flows.matching.Matcher.Source;
import dev.sverka.records.bank.BankOperation.Direction;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whose payment an operation may be where the other side's ИНН does not tell: somebody else pays and the text names the
 * customer by ИНН or full name, or the bank gives no ИНН. A similar name is nothing.
 */
public final class Debtors {

    /** Accounts that stand for many payers, or none (a bank's own, transit, agents', the treasury): nothing is learned from them. */
    private static final List<String> SHARED_ACCOUNTS = List.of("0000", "03", "20", "30", "401", "402", "403",
            "404", "409", "40821", "47", "60", "61", "70");

    private static final Pattern INN = Pattern.compile("\\d+");

    /** What is known of customers. */
    public interface Directory {

        /** Whether there are payments of a company with the ИНН. */
        boolean isCustomer(String inn);

        /** ИНН of the customers whom people have confirmed for a payer's account. */
        Set<String> confirmedFor(String account);

        /**
         * All customers with payments whose name has a {@link PartyName#key}: names as written, by ИНН; where no ИНН is
         * known, by something that is none.
         */
        Map<String, String> bearers(String key);
    }

    /** A customer, and how it is known. */
    public record Known(String inn, Source source) {
    }

    private final Own own;
    private final Directory directory;

    public Debtors(Own own, Directory directory) {
        this.own = own;
        this.directory = directory;
    }

    /** Whether an account may be one payer's. */
    public static boolean isOnePayers(String account) {
        return SHARED_ACCOUNTS.stream().noneMatch(account::startsWith);
    }

    /** @param account the other side's; null where the bank gives none */
    public @Nullable Known of(Operation operation, @Nullable String account) {
        boolean in = operation.direction() == Direction.INCOMING;
        String named = in ? inText(operation) : null;
        if (named != null && !named.equals(operation.partyInn())) {
            return new Known(named, Source.TEXT);
        }
        if (operation.partyInn() != null || !in) {
            return null;
        }
        Set<String> known = account == null || !isOnePayers(account) ? Set.of() : directory.confirmedFor(account);
        if (!known.isEmpty()) {
            return known.size() == 1 ? new Known(known.iterator().next(), Source.ACCOUNT) : null;
        }
        String bearer = operation.partyName() == null ? null : bearer(operation.partyName());
        return bearer == null ? null : new Known(bearer, Source.NAME);
    }

    /** The one customer that the text names; null where it names none, or several, or only the payer. */
    private @Nullable String inText(Operation operation) {
        Set<String> inns = Purpose.inns(operation.purpose()).stream().filter(inn -> !isOurs(inn))
                .filter(inn -> !inn.equals(operation.partyInn())).collect(Collectors.toSet());
        if (!inns.isEmpty()) {
            return inns.size() == 1 && directory.isCustomer(inns.iterator().next()) ? inns.iterator().next() : null;
        }
        List<String> named = PartyName.in(operation.purpose()).stream().map(this::bearer).filter(Objects::nonNull)
                .distinct().toList();
        return named.size() == 1 && !isOurs(named.get(0)) ? named.get(0) : null;
    }

    private boolean isOurs(String inn) {
        return own.isCompany(inn) || own.isBank(inn);
    }

    private @Nullable String bearer(String name) {
        String key = PartyName.key(name);
        Map<String, String> bearers = key.isEmpty() ? Map.of() : directory.bearers(key);
        if (bearers.size() != 1) {
            return null;
        }
        Map.Entry<String, String> only = bearers.entrySet().iterator().next();
        return INN.matcher(only.getKey()).matches() && PartyName.isSame(only.getValue(), name) ? only.getKey() : null;
    }
}
