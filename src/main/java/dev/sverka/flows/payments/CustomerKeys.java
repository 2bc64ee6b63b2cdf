package dev.sverka.flows.payments;

import dev.sverka.flows.matching.Matcher;
import dev.sverka.flows.matching.PartyName;
import dev.sverka.records.bank.BankOperation;
import dev.sverka.records.bank.BankOperation.Direction;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whose news may decide an operation: an ИНН, a payer's account, or a name as names are compared. Under these it is
 * locked, waits for fresh news, and is woken.
 */
final class CustomerKeys {

    private static final String NAME = "имя ";
    /** With the prefix of a lock it has to fit a lock's name. */
    private static final int LONGEST = 60;

    private CustomerKeys() {
    }

    static Set<String> of(BankOperation told) {
        return of(told.direction() == Direction.INCOMING, told.counterparty().inn(), told.counterparty().account(),
                told.counterparty().name(), told.purpose());
    }

    static Set<String> of(StoredOperation operation) {
        return of(operation.isIncoming(), operation.partyInn(), operation.partyAccount(), operation.partyName(),
                operation.purpose());
    }

    private static Set<String> of(boolean incoming, @Nullable String inn, @Nullable String account,
            @Nullable String name, String purpose) {
        Set<String> keys = new TreeSet<>(Set.of(inn != null ? inn : account != null ? account : "unknown"));
        if (incoming) {
            keys.addAll(Matcher.innsIn(purpose)); // for one of them somebody else may pay
            PartyName.in(purpose).forEach(one -> add(keys, ofName(one)));
            if (inn == null) {
                add(keys, ofName(name));
            }
        }
        return keys;
    }

    private static void add(Set<String> keys, @Nullable String key) {
        if (key != null) {
            keys.add(key);
        }
    }

    /** Whether it is an ИНН: nobody else stands behind it. */
    static boolean isInn(String customer) {
        return customer.length() <= 12 && customer.chars().allMatch(Character::isDigit);
    }

    /** @return null where nothing of a name is left to compare */
    static @Nullable String ofName(@Nullable String name) {
        return name == null ? null : ofNameKey(PartyName.key(name));
    }

    /** @param key see {@link PartyName#key} */
    static @Nullable String ofNameKey(String key) {
        return key.isBlank() ? null : Operations.cut(NAME + key.strip(), LONGEST);
    }
}
