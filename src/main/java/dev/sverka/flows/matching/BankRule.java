package dev.sverka.flows.matching;

import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Problem;
import dev.sverka.core.state.ProblemException;
import dev.sverka.flows.matching.BankRules.Facts;
import dev.sverka.records.bank.BankOperation.Direction;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One rule: everything it says must hold; of a list one entry is enough. Words are beginnings of words, phrases such
 * beginnings in a row: no expression language, so that no text can make a rule slow.
 *
 * @param kind the file's {@code class:}
 * @param certain whether it classifies; else it asks a person
 * @param ourBank whether the other side must be a bank that serves us
 * @param accounts beginnings of the other side's account
 * @param categories the bank's own words
 * @param from smallest sum in hundredths
 * @param to largest sum in hundredths
 */
public record BankRule(String name, String kind, boolean certain, @Nullable Direction direction, boolean ourBank,
        List<String> inns, List<String> accounts, List<String> categories, List<List<String>> words,
        List<List<String>> without, long from, long to) {

    /** @param said the purpose's words, asked for by few rules */
    boolean fits(Facts facts, Supplier<List<String>> said, Own own) {
        return (direction == null || direction == facts.direction())
                && (!ourBank || own.isBank(facts.partyInn()))
                && (inns.isEmpty() || facts.partyInn() != null && inns.contains(facts.partyInn()))
                && (accounts.isEmpty() || facts.partyAccount() != null
                        && accounts.stream().anyMatch(facts.partyAccount()::startsWith))
                && (categories.isEmpty() || categories.stream().anyMatch(one -> one.equalsIgnoreCase(facts.category())))
                && from <= facts.amount() && facts.amount() <= to
                && (words.isEmpty() || words.stream().anyMatch(phrase -> Letters.holds(said.get(), phrase)))
                && without.stream().noneMatch(phrase -> Letters.holds(said.get(), phrase));
    }

    /** By what the operation was known, in Russian. */
    String why(Facts facts, Own own) {
        List<String> why = new ArrayList<>();
        if (ourBank || own.isBank(facts.partyInn())) {
            why.add("другая сторона — наш банк");
        }
        if (!inns.isEmpty()) {
            why.add("ИНН " + facts.partyInn());
        }
        if (!accounts.isEmpty()) {
            why.add("счёт " + facts.partyAccount());
        }
        if (!categories.isEmpty()) {
            why.add("банк называет её «" + facts.category() + "»");
        }
        List<String> said = Letters.words(facts.purpose());
        words.stream().filter(phrase -> Letters.holds(said, phrase)).findFirst()
                .ifPresent(phrase -> why.add("в назначении «" + String.join(" ", phrase) + "…»"));
        return "правило «" + name + "»: " + String.join(", ", why);
    }

    static List<BankRule> readAll(Map<String, Object> content, Declared.Lines lines) {
        List<Problem> problems = new ArrayList<>();
        List<BankRule> rules = new ArrayList<>();
        Set<String> names = new HashSet<>();
        List<Map<String, Object>> written = maps(content.get("rules"));
        for (int i = 0; i < written.size(); i++) {
            BankRule rule = read(written.get(i));
            rules.add(rule);
            if (!names.add(rule.name())) {
                problems.add(lines.problem("the name '" + rule.name() + "' stands twice",
                        "give each rule a name of its own", "rules", i, "name"));
            }
            if (rule.isBlank()) {
                problems.add(lines.problem("rules." + i + " has a word of no letters",
                        "write words, or remove the entry", "rules", i));
            }
            if (rule.certain() && !rule.proves()) {
                problems.add(lines.problem("'" + rule.name() + "' classifies by words or sums alone, and a customer may"
                        + " write any words", "add party, inn, account or category, or write `then: review`", "rules",
                        i, "then"));
            }
            if (rule.from() > rule.to()) {
                problems.add(lines.problem("amount: from is above to", "exchange them", "rules", i, "amount"));
            }
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return List.copyOf(rules);
    }

    private static BankRule read(Map<String, Object> rule) {
        Object direction = rule.get("direction");
        return new BankRule(String.valueOf(rule.get("name")), String.valueOf(rule.get("class")),
                "classify".equals(rule.get("then")),
                direction == null ? null : "in".equals(direction) ? Direction.INCOMING : Direction.OUTGOING,
                "our-bank".equals(rule.get("party")), texts(rule.get("inn")), texts(rule.get("account")),
                texts(rule.get("category")), phrases(rule.get("words")), phrases(rule.get("without")),
                hundredths(rule, "from", 0), hundredths(rule, "to", Long.MAX_VALUE));
    }

    /** Whether something the other side cannot simply write speaks for it. */
    private boolean proves() {
        return ourBank || !inns.isEmpty() || !accounts.isEmpty() || !categories.isEmpty();
    }

    private boolean isBlank() {
        return words.stream().anyMatch(List::isEmpty) || without.stream().anyMatch(List::isEmpty);
    }

    private static long hundredths(Map<String, Object> rule, String bound, long absent) {
        Object sum = rule.get("amount") instanceof Map<?, ?> amount ? amount.get(bound) : null;
        return sum == null ? absent : new BigDecimal(sum.toString()).movePointRight(2).longValueExact();
    }

    private static List<List<String>> phrases(@Nullable Object list) {
        return texts(list).stream().map(Letters::words).toList();
    }

    private static List<String> texts(@Nullable Object list) {
        return list instanceof List<?> all ? all.stream().map(String::valueOf).toList() : List.of();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> maps(@Nullable Object list) {
        return list == null ? List.of() : (List<Map<String, Object>>) list;
    }
}
