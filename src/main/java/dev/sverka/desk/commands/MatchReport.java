package dev.sverka.desk.commands;

import dev.sverka.flows.matching.MatchedOperation;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** The page of {@code match --report}: totals, the wordings that cost most questions, and every operation with filters. */
final class MatchReport {

    private static final int MOST_WORDINGS = 10;
    private static final Map<String, String> NAMES = new LinkedHashMap<>();

    static {
        NAMES.put("auto", "разнесено");
        NAMES.put("review", "к человеку");
        NAMES.put("ignore", "не платёж CRM");
    }

    private final List<MatchedOperation> operations;

    MatchReport(List<MatchedOperation> operations) {
        this.operations = operations;
    }

    /** @param sum with the currency; several where there are several */
    record Total(String decision, String rule, int count, String sum) {
    }

    /** Purposes that are alike but for their figures. @param why what a person was asked about, the first time */
    record Wording(String example, int count, String why) {
    }

    String page(ITemplateEngine pages) {
        byte[] random = new byte[18];
        new SecureRandom().nextBytes(random);
        Context context = new Context(Locale.forLanguageTag("ru"));
        context.setVariable("nonce", Base64.getUrlEncoder().encodeToString(random));
        context.setVariable("operations", operations);
        NAMES.keySet().forEach(decision -> context.setVariable(decision,
                operations.stream().filter(one -> one.decision().equals(decision)).count()));
        context.setVariable("names", NAMES);
        context.setVariable("totals", totals());
        context.setVariable("wordings", wordings());
        context.setVariable("rules", new TreeSet<>(operations.stream().map(MatchedOperation::rule).toList()));
        context.setVariable("parties", new TreeSet<>(operations.stream().map(MatchedOperation::party).toList()));
        return pages.process("match-report", context);
    }

    List<Total> totals() {
        List<Total> totals = new ArrayList<>();
        for (String decision : NAMES.keySet()) {
            operations.stream().filter(one -> one.decision().equals(decision))
                    .collect(Collectors.groupingBy(MatchedOperation::rule, TreeMap::new, Collectors.toList()))
                    .forEach((rule, some) -> totals.add(new Total(decision, rule, some.size(), sum(some))));
        }
        return totals;
    }

    private static String sum(List<MatchedOperation> some) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        some.forEach(one -> sums.merge(one.currency(), one.amount(), BigDecimal::add));
        return sums.entrySet().stream().map(one -> one.getValue().toPlainString()
                .replaceAll("\\B(?=(\\d{3})+\\.)", " ") + " " + one.getKey()).collect(Collectors.joining(", "));
    }

    /** Those that cost most questions, the dearest first; of equals the first one of the file. */
    List<Wording> wordings() {
        Map<String, List<MatchedOperation>> alike = operations.stream().filter(one -> one.decision().equals("review"))
                .collect(Collectors.groupingBy(one -> shape(one.purpose()), LinkedHashMap::new, Collectors.toList()));
        return alike.values().stream()
                .sorted((one, other) -> Integer.compare(other.size(), one.size())).limit(MOST_WORDINGS)
                .map(some -> new Wording(some.get(0).purpose(), some.size(), String.join("; ", some.get(0).evidence())))
                .toList();
    }

    /** What is left of a purpose without what differs from one payment to the next: figures, and words with figures. */
    private static String shape(String purpose) {
        String plain = purpose.toLowerCase(Locale.ROOT).replace('ё', 'е').replaceAll("[\\p{L}/_.,-]*\\d[\\p{L}\\d/_.,-]*", "0");
        return plain.replaceAll("[^\\p{L}0]+", " ").replaceAll("(?:0 ?)+", "0 ").strip();
    }
}
