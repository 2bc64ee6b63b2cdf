package dev.sverka.desk.console;

import dev.sverka.flows.payments.Reviews;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a person sent from the page of a question, as typed.
 *
 * @param say which button: {@code allocate}, {@code keep}, {@code apply}, {@code ignore}, {@code find},
 *     {@code classify.<class>}, {@code same.<payment>}, {@code item.<id>}, {@code item} or {@code create}
 * @param typed sums by payment, blank ones left out
 * @param item the number of an item of the portal, as typed
 * @param also other questions that are answered alike
 * @param remember whether the payer's account is remembered as the customer's; null where that was not asked
 */
record ReviewAnswer(String say, Map<Long, String> typed, String reason, String find, String item, @Nullable Integer version,
        Set<Long> also, @Nullable Boolean remember) {

    /** What an operation may be that pays for nothing of the portal; {@code mappings/bank-rules.yaml} knows the same. */
    static final List<String> CLASSES = List.of("tax", "salary", "fee", "own-transfer", "refund", "acquiring", "loan",
            "deposit", "cash", "card", "penalty", "other");

    /** It cannot be so; said in the person's language. @param code a message's name */
    static final class Refused extends RuntimeException {

        private final String code;
        private final List<String> words;

        Refused(String code, String... words) {
            super(code);
            this.code = code;
            this.words = List.of(words);
        }

        String code() {
            return code;
        }

        List<String> words() {
            return words;
        }
    }

    static ReviewAnswer of(Map<String, String[]> sent) {
        Map<Long, String> typed = new LinkedHashMap<>();
        sent.forEach((name, values) -> {
            if (name.matches("amount\\.\\d{1,18}") && !values[0].isBlank()) {
                typed.put(Long.valueOf(name.substring("amount.".length())), values[0].strip());
            }
        });
        String version = one(sent, "version");
        return new ReviewAnswer(one(sent, "say"), typed, one(sent, "reason").strip(), one(sent, "find"), one(sent, "item").strip(),
                version.matches("\\d{1,9}") ? Integer.valueOf(version) : null,
                Arrays.stream(sent.getOrDefault("also", new String[0])).filter(id -> id.matches("\\d{1,18}"))
                        .map(Long::valueOf).collect(Collectors.toSet()),
                sent.containsKey("lesson") ? Boolean.valueOf(sent.containsKey("remember")) : null);
    }

    private static String one(Map<String, String[]> sent, String name) {
        String[] values = sent.get(name);
        return values == null || values.length == 0 ? "" : values[0];
    }

    boolean isSearch() {
        return say.equals("find");
    }

    /** @throws Refused where it cannot be so */
    Reviews.Said said(ReviewDetail asked) {
        if (say.startsWith("classify.") && CLASSES.contains(say.substring("classify.".length()))) {
            return said(null, say.substring("classify.".length()), null, null, null, null);
        }
        if (say.startsWith("same.")) {
            return said(null, null, null, null, same(asked, Long.parseLong(say.substring("same.".length()))), null);
        }
        if (say.startsWith("item.")) {
            return ofItem(say.substring("item.".length()));
        }
        return switch (say) {
            case "item" -> ofItem(item);
            case "create" -> new Reviews.Said(null, null, null, null, null, null, null, true, null, version);
            case "keep" -> said(null, null, null, true, null, null);
            case "apply" -> said(null, null, null, null, null, true);
            case "ignore" -> {
                if (reason.isEmpty()) {
                    throw new Refused("review.no-reason");
                }
                yield said(null, null, reason, null, null, null);
            }
            default -> said(allocations(asked), null, null, null, null, null);
        };
    }

    private Reviews.Said ofItem(String id) {
        if (!id.matches("\\d{1,18}")) {
            throw new Refused("review.no-item");
        }
        return new Reviews.Said(null, null, null, null, null, null, Long.valueOf(id), null, null, version);
    }

    private Reviews.Said said(@Nullable List<Reviews.Share> allocations, @Nullable String classify,
            @Nullable String ignore, @Nullable Boolean keep, Reviews.@Nullable Share same, @Nullable Boolean apply) {
        Reviews.Said said = new Reviews.Said(allocations, classify, ignore, keep, same, apply, version);
        return remember == null ? said : said.remembering(remember);
    }

    private List<Reviews.Share> allocations(ReviewDetail asked) {
        if (typed.isEmpty() && asked.held().signum() == 0) {
            throw new Refused("review.no-payment");
        }
        List<Reviews.Share> shares = new ArrayList<>();
        BigDecimal all = BigDecimal.ZERO;
        for (Map.Entry<Long, String> one : typed.entrySet()) {
            BigDecimal sum = sum(one.getValue());
            asked.cards().stream().filter(card -> card.payment().id() == one.getKey()).findFirst()
                    .filter(card -> sum.compareTo(card.room()) > 0).ifPresent(card -> {
                        throw new Refused("review.too-much-for-payment", card.payment().title(),
                                new Figures().money(card.room(), card.payment().currency()));
                    });
            shares.add(new Reviews.Share(one.getKey(), sum));
            all = all.add(sum);
        }
        if (all.compareTo(asked.amount()) > 0) {
            throw new Refused("review.too-much", new Figures().money(all, asked.currency()),
                    new Figures().money(asked.amount(), asked.currency()));
        }
        return shares;
    }

    /** What was typed for the payment, else as much as both sides have. */
    private Reviews.Share same(ReviewDetail asked, long payment) {
        BigDecimal most = asked.cards().stream().filter(card -> card.payment().id() == payment).findFirst()
                .map(card -> card.payment().hand().min(asked.free())).orElse(asked.free());
        return new Reviews.Share(payment, typed.containsKey(payment) ? sum(typed.get(payment)) : most);
    }

    private static BigDecimal sum(String text) {
        return Figures.typed(text).filter(sum -> sum.signum() > 0)
                .orElseThrow(() -> new Refused("review.unreadable", text));
    }
}
