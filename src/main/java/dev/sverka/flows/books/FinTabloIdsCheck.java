package dev.sverka.flows.books;

import dev.sverka.core.connector.Connector;
import dev.sverka.core.connector.Operation;
import dev.sverka.core.http.VendorException;
import dev.sverka.core.state.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether what {@code mappings/fintablo.yaml} names is there in FinTablo, is not archived and fits: FinTablo refuses an
 * article of the other side (fintablo.md section 8.1), and that would be found at the first operation only.
 */
final class FinTabloIdsCheck {

    private static final String ACCOUNT = "main";
    private static final Map<String, String> SIDES = Map.of("in", "income", "out", "outcome");

    private final FinTabloIds ids;
    private final String file;
    private final Connector fintablo;
    private final List<Problem> problems = new ArrayList<>();

    FinTabloIdsCheck(FinTabloIds ids, String file, Connector fintablo) {
        this.ids = ids;
        this.file = file;
        this.fintablo = fintablo;
    }

    /** @return nothing where FinTablo cannot be asked: that is a finding of its own */
    List<Problem> check() {
        try {
            look("directions", "direction", ids.directions());
            Map<Long, Map<?, ?>> articles = look("categories", "category", ids.categories());
            SIDES.forEach((key, group) -> side(key, group, articles));
            look("dealStatuses", "deal-status", ids.dealStatuses());
            Map<Long, Map<?, ?>> accounts = look("moneybags", "moneybag", ids.moneybags());
            found("plans", "moneybag", ids.plans(), accounts);
            ids.plans().forEach((key, id) -> currency(key, accounts.get(id)));
        } catch (VendorException unreachable) {
            return List.of();
        }
        return problems;
    }

    private Map<Long, Map<?, ?>> look(String where, String entity, Map<String, Long> named) {
        Map<Long, Map<?, ?>> there = new LinkedHashMap<>();
        if (fintablo.operations(entity).get("list").step() instanceof Operation.Read read
                && read.read(new Operation.Request(ACCOUNT, entity, Map.of())) instanceof List<?> rows) {
            for (Object row : rows) {
                Map<?, ?> item = (Map<?, ?>) row;
                there.put(Long.valueOf(String.valueOf(item.get("id"))), item);
            }
        }
        found(where, entity, named, there);
        return there;
    }

    private void found(String where, String entity, Map<String, Long> named, Map<Long, Map<?, ?>> there) {
        named.forEach((key, id) -> {
            Map<?, ?> item = there.get(id);
            if (item == null) {
                problem(where + ": " + key + " is " + id + ", and FinTablo has no such " + entity);
            } else if ("1".equals(String.valueOf(item.get("archived")))) {
                problem(where + ": " + key + " is " + id + ", which is archived in FinTablo" + name(item));
            }
        });
    }

    private void side(String key, String group, Map<Long, Map<?, ?>> articles) {
        Map<?, ?> article = articles.get(ids.categories().getOrDefault(key, 0L));
        if (article != null && !group.equals(article.get("group"))) {
            problem("categories: " + key + " is an article of the group " + article.get("group") + ", not " + group
                    + name(article));
        }
    }

    private void currency(String key, @Nullable Map<?, ?> account) {
        Object currency = account == null ? null : account.get("currency");
        if (currency != null && !key.endsWith("/" + currency)) {
            problem("plans: " + key + " is an account in " + currency + name(account));
        }
    }

    private static String name(Map<?, ?> item) {
        return " («" + item.get("name") + "»)";
    }

    private void problem(String what) {
        problems.add(new Problem(file, ids.line(), what, "put FinTablo's present id there"));
    }
}
