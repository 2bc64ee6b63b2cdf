package dev.sverka.desk.console;

import dev.sverka.flows.payments.AlikeReviews.Alike;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What {@code mappings/bank-rules.yaml} would say so that nobody is asked about such operations again. */
final class RuleSuggestion {

    /** Of an account's beginning: less says nothing about who it is. */
    private static final int ACCOUNT_KIND = 5;
    private static final int SHORTEST_STEM = 4;

    private RuleSuggestion() {
    }

    /**
     * @param alike operations that a person has just given one class
     * @param kind the class, such as {@code salary}
     * @param name the class in words
     * @return YAML to be added under {@code rules:}; empty where nothing but words is common to them, for a rule never
     *     classifies by words alone
     */
    static Optional<String> of(List<Alike> alike, String kind, String name) {
        if (alike.size() < 2) {
            return Optional.empty();
        }
        String inn = common(alike, Alike::inn);
        String account = common(alike, one -> one.account() == null || one.account().length() < ACCOUNT_KIND ? null
                : one.account().substring(0, ACCOUNT_KIND));
        String words = stems(alike.get(0).purpose());
        if (inn == null && account == null || words.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("  - name: " + name + "\n"
                + "    direction: " + (alike.get(0).incoming() ? "in" : "out") + "\n"
                + (inn != null ? "    inn: [\"" + inn + "\"]\n" : "    account: [\"" + account + "\"]\n")
                + "    words: [" + words + "]\n"
                + "    class: " + kind + "\n"
                + "    then: classify\n");
    }

    private static @Nullable String common(List<Alike> alike, Function<Alike, @Nullable String> part) {
        String first = part.apply(alike.get(0));
        return first != null && alike.stream().allMatch(one -> first.equals(part.apply(one))) ? first : null;
    }

    /** Beginnings of the first two words, so that other endings of them fit too. */
    private static String stems(String purpose) {
        return Arrays.stream(purpose.toLowerCase().split("[^\\p{L}]+")).filter(word -> !word.isEmpty()).limit(2)
                .map(word -> word.length() > SHORTEST_STEM + 2 ? word.substring(0, word.length() - 2) : word)
                .collect(Collectors.joining(" "));
    }
}
