package dev.sverka.flows.books;

import dev.sverka.core.state.Links;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * FinTablo's partners, one for each ИНН. Deals and operations come to the same one: they share its link and its marker.
 * Joins the running transaction.
 */
public final class FinTabloPartners {

    /** The flow that made partners first; another marker would make a second one. */
    private static final String MARKER = "sverka:deal-fintablo:main:";

    private static final String ACCOUNT = "fintablo.main";
    private static final String TWINS = "partner-twins";

    private final Links links;

    public FinTabloPartners(Links links) {
        this.links = links;
    }

    /** FinTablo's id; null while none is known. */
    public @Nullable Long find(@Nullable String inn) {
        return inn == null ? null : links.right(FinTabloIds.PARTNERS, inn).map(Long::valueOf).orElse(null);
    }

    /** The vendor's filter where the partner is yet to be found; empty where it is known, or cannot be. */
    public Map<String, Object> sought(@Nullable String inn) {
        return find(inn) != null ? Map.of() : all(inn);
    }

    /** The vendor's filter of all partners with an ИНН; empty for none. */
    static Map<String, Object> all(@Nullable String inn) {
        return inn == null ? Map.of() : Map.of("filter", Map.of("inn", inn));
    }

    /** FinTablo lets an ИНН stand twice (fintablo.md section 8.4), and what it imports may name either. */
    Set<Long> alike(@Nullable String inn) {
        Set<Long> alike = new TreeSet<>();
        if (inn != null) {
            links.agreed(ACCOUNT, TWINS, inn).keySet().forEach(id -> alike.add(Long.valueOf(id)));
        }
        Long one = find(inn);
        if (one != null) {
            alike.add(one);
        }
        return alike;
    }

    /**
     * Takes over the listed partner with this ИНН; of several the oldest, so that it is always the same one. One that is
     * known stays.
     *
     * @return whether there is one
     */
    public boolean take(String inn, List<Map<String, Object>> listed) {
        Set<Long> alike = listed.stream().filter(one -> inn.equals(String.valueOf(one.get("inn"))))
                .map(one -> Long.valueOf(String.valueOf(one.get("id")))).collect(Collectors.toCollection(TreeSet::new));
        if (alike.isEmpty()) {
            return false;
        }
        if (find(inn) == null) {
            keep(inn, alike.iterator().next());
        }
        if (alike.size() > 1) {
            Map<String, Object> twins = new LinkedHashMap<>();
            alike.forEach(id -> twins.put(id.toString(), "seen"));
            links.agree(ACCOUNT, TWINS, inn, twins);
        }
        return true;
    }

    /** Marker and fields of one that FinTablo lacks. @param name null where nothing but the ИНН is known */
    public static Map<String, Object> missing(String inn, @Nullable String name) {
        return new LinkedHashMap<>(Map.of("marker", MARKER + inn, "fields",
                Map.of("name", name == null || name.isBlank() ? "ИНН " + inn : name, "inn", inn)));
    }

    public void keep(String inn, long partner) {
        links.link(FinTabloIds.PARTNERS, inn, Long.toString(partner));
    }
}
