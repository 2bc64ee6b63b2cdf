package dev.sverka.vendors.fintablo;

import dev.sverka.core.connector.Operation.Effect;
import dev.sverka.core.connector.Operation.Request;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Stages of a deal (fintablo.md section 8.7): they can be added and read, not changed. */
final class FinTabloStages {

    private static final FinTabloEntity DEAL = FinTabloEntity.of(FinTabloEntity.DEAL);
    private static final FinTabloEntity STAGE = FinTabloEntity.STAGE;
    private static final String ADD = "add-stage";

    private final Function<String, FinTabloAccount> accounts;

    FinTabloStages(Function<String, FinTabloAccount> accounts) {
        this.accounts = accounts;
    }

    /** The answer shows one stage or all, it is not said which: the deal is read again. */
    Optional<Effect> add(Request request) {
        FinTabloAccount account = accounts.apply(request.account());
        long deal = request.id();
        String marker = FinTabloMarker.of(request);
        Map<String, Object> wanted = FinTabloWrites.values(request);
        wanted.put("comment", FinTabloMarker.append(wanted.get("comment"), marker));
        Map<String, Object> raw = FinTabloWrites.written(account, STAGE, wanted);
        String key = "stage " + deal + " " + marker;
        Supplier<Optional<Map<String, Object>>> shown = () -> stages(account.required(DEAL, deal)).stream()
                .filter(stage -> FinTabloMarker.stands(stage.get("comment"), marker)).findFirst();
        return Optional.of(new Effect("deal " + deal, marker, Map.of("marker", marker),
                () -> account.settled(key, shown), () -> account.once(key, () -> {
                    account.client().act(DEAL, deal, ADD, raw);
                    return Optional.empty();
                }, shown)));
    }

    /** Whether a new deal keeps the stages sent with it is not proven: what lacks is added (section 15, row 2). */
    static Map<String, Object> complete(FinTabloAccount account, Map<String, Object> created, List<?> wanted,
            String marker) {
        if (missing(wanted, created).isEmpty()) {
            return created;
        }
        long id = (Long) created.get("id");
        Map<String, Object> deal = account.required(DEAL, id);
        List<Map<?, ?>> missing = missing(wanted, deal);
        for (int n = 0; n < missing.size(); n++) {
            Map<?, ?> stage = missing.get(n);
            int left = missing.size() - n;
            account.once("stage " + id + " " + marker + " " + name(stage), () -> {
                account.client().act(DEAL, id, ADD, stage);
                return Optional.empty();
            }, () -> Optional.of(account.required(DEAL, id)).filter(now -> missing(wanted, now).size() < left));
        }
        return missing.isEmpty() ? deal : account.required(DEAL, id);
    }

    /** Matched by our marker, else by name; names may repeat. */
    private static List<Map<?, ?>> missing(List<?> wanted, Map<String, Object> deal) {
        List<String> present = new ArrayList<>();
        stages(deal).forEach(stage -> present.add(name(stage)));
        List<Map<?, ?>> missing = new ArrayList<>();
        for (Object one : wanted) {
            Map<?, ?> stage = (Map<?, ?>) one;
            if (!present.remove(name(stage))) {
                missing.add(stage);
            }
        }
        return missing;
    }

    private static String name(Map<?, ?> stage) {
        String marker = FinTabloMarker.in(stage.get("comment"));
        return marker == null ? Objects.toString(stage.get("name"), "") : marker;
    }

    /** Stages of a deal as it was read; the key may be missing. */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> stages(Map<String, Object> deal) {
        return deal.get("stages") instanceof Collection<?> stages
                ? List.copyOf((Collection<Map<String, Object>>) stages) : List.of();
    }
}
