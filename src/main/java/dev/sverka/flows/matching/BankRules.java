package dev.sverka.flows.matching;

import dev.sverka.core.state.Declared;
import dev.sverka.records.bank.BankOperation.Direction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What operations are that touch no payment of the portal, as {@code mappings/bank-rules.yaml} says: the first rule
 * that fits is the one. Transfers between our own accounts are told without a rule. Immutable.
 *
 * @param version hash of the content; another one means that what was classified may be decided again
 */
public record BankRules(List<BankRule> rules, String version) {

    /** Beginnings of accounts of natural persons, and of cash. */
    private static final List<String> PERSONAL = List.of("40817", "40820", "423", "426", "20202", "20207", "20208");

    /** What holds where there is no file: people are asked about everything but our own transfers. */
    public static final BankRules NONE = new BankRules(List.of(), "none");

    /**
     * What a rule says of an operation.
     *
     * @param kind such as {@code tax}; the words of the file's {@code class:}
     * @param ruleName as it stands in the file
     * @param why in Russian
     * @param version of the rules
     * @param certain false where the rule only asks a person
     */
    public record Ruling(String kind, String ruleName, String why, String version, boolean certain) {
    }

    /** What rules look at. @param ownAccount 20 digits; @param category the bank's own word */
    public record Facts(Direction direction, long amount, String ownAccount, String purpose, @Nullable String category,
            @Nullable String partyInn, @Nullable String partyAccount) {
    }

    /** The rule for an operation; empty where none speaks of it. */
    public Optional<Ruling> rule(Facts facts, Own own) {
        Optional<Ruling> ours = betweenOurselves(facts, own);
        if (ours.isPresent()) {
            return ours;
        }
        AtomicReference<@Nullable List<String>> words = new AtomicReference<>();
        Supplier<List<String>> said = () -> {
            List<String> known = words.get();
            if (known == null) {
                known = Letters.words(facts.purpose());
                words.set(known);
            }
            return known;
        };
        return rules.stream().filter(rule -> rule.fits(facts, said, own)).findFirst()
                .map(rule -> new Ruling(rule.kind(), rule.name(), rule.why(facts, own), version, rule.certain()));
    }

    /** An account of the same company proves a transfer of one's own; anything else between our ИНН is a person's. */
    private Optional<Ruling> betweenOurselves(Facts facts, Own own) {
        Optional<Own.Company> here = own.owner(facts.ownAccount());
        Optional<Own.Company> there = own.owner(facts.partyAccount());
        if (here.isEmpty() || there.isEmpty() && !own.isCompany(facts.partyInn())) {
            return Optional.empty();
        }
        boolean same = there.map(company -> company.inn().equals(here.get().inn())
                && (facts.partyInn() == null || facts.partyInn().equals(company.inn()))).orElse(false);
        if (same) {
            return Optional.of(new Ruling("own-transfer", "own-transfer", "оба счёта принадлежат нашей компании "
                    + here.get().inn(), version, true));
        }
        boolean person = there.isEmpty() && here.get().inn().equals(facts.partyInn()) && facts.partyInn().length() == 12
                && PERSONAL.stream().anyMatch(String.valueOf(facts.partyAccount())::startsWith);
        if (person) {
            return Optional.of(new Ruling("own-transfer", "personal-money", "личные деньги предпринимателя "
                    + here.get().inn() + ": счёт " + facts.partyAccount(), version, true));
        }
        boolean another = there.map(company -> !company.inn().equals(here.get().inn()))
                .orElse(!here.get().inn().equals(facts.partyInn()));
        return Optional.of(another
                ? new Ruling("intercompany", "intercompany", "деньги между двумя нашими компаниями", version, false)
                : new Ruling("own-transfer", "own-transfer", "ИНН наш, но счёта " + facts.partyAccount()
                        + " нет в sverka.own-companies", version, false));
    }

    /** Gives the file its meaning. */
    public static BankRules read(Map<String, Object> content, Declared.Lines lines) {
        return new BankRules(BankRule.readAll(content, lines), hash(content.toString()));
    }

    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, 12);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
