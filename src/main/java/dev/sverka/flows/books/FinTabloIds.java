package dev.sverka.flows.books;

import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Problem;
import dev.sverka.flows.matching.Own;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code mappings/fintablo.yaml}: FinTablo's ids by our names. Immutable.
 *
 * @param directions by the deal's funnel, {@code default} for all others
 * @param categories by article or kind; {@code in} and {@code out} for all others
 * @param dealStatuses open, won and lost
 * @param moneybags by account number
 * @param plans by own company's ИНН and currency
 * @param line of the file in which the moneybags stand
 */
public record FinTabloIds(Map<String, Long> directions, Map<String, Long> categories, Map<String, Long> dealStatuses,
        Map<String, Long> moneybags, Map<String, Long> plans, int line) {

    /** Whose links name FinTablo's deals and stages by the portal's, and partners by ИНН. */
    public static final String DEALS = "fintablo.main/deal";
    public static final String STAGES = "fintablo.main/stage";
    public static final String PARTNERS = "fintablo.main/partner";

    /** What holds where there is no file: nothing is written. */
    static final FinTabloIds NONE = new FinTabloIds(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), 1);

    static FinTabloIds read(Map<String, Object> content, Declared.Lines lines) {
        return new FinTabloIds(ids(content.get("directions")), ids(content.get("categories")),
                ids(content.get("dealStatuses")), ids(content.get("moneybags")), ids(content.get("plans")),
                lines.problem("", "", "moneybags").line());
    }

    /** Accounts of ours whose operations stand nowhere in FinTablo. */
    List<Problem> unmapped(Own own, String file) {
        return own.ownCompanies().stream().flatMap(company -> company.accounts().stream())
                .filter(account -> !moneybags.containsKey(account))
                .map(account -> new Problem(file, line, "account " + account + " has no moneybag, so its operations are"
                        + " not written to FinTablo", "add `\"" + account + "\": <FinTablo's id>` under moneybags:"))
                .toList();
    }

    private static Map<String, Long> ids(@Nullable Object value) {
        Map<String, Long> ids = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, id) -> ids.put(key.toString(), ((Number) id).longValue()));
        }
        return Map.copyOf(ids);
    }

    /** @param article of a payment; null for none. @return null where it is not mapped */
    public @Nullable Long category(@Nullable String article, boolean incoming) {
        Long own = article == null ? null : categories.get(article);
        return own != null ? own : categories.get(incoming ? "in" : "out");
    }
}
