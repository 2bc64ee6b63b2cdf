package dev.sverka.vendors.fintablo;

import dev.sverka.core.connector.Operation.Effect;
import dev.sverka.core.connector.Operation.Request;
import dev.sverka.core.http.VendorException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What can be done to an operation beside changing it (fintablo.md section 8.6). None of it may be repeated, so the
 * state is read before, and after whatever came back.
 */
final class FinTabloActions {

    private static final FinTabloEntity TRANSACTION = FinTabloEntity.of(FinTabloEntity.TRANSACTION);
    private static final String TRANSFER = "transfer";
    private static final String GROUP = "group";

    private final Function<String, FinTabloAccount> accounts;
    /** Whether parts go bare: the schema has an object, the vendor's sample an array (section 14). */
    private volatile boolean bareParts;

    FinTabloActions(Function<String, FinTabloAccount> accounts) {
        this.accounts = accounts;
    }

    private Effect effect(FinTabloAccount account, long id, String action, Map<String, Object> content, Runnable call,
            Supplier<Optional<Map<String, Object>>> shown) {
        return new Effect("transaction " + id, null, FinTabloWrites.content(content), Optional::empty,
                () -> account.once(action + " " + id, () -> {
                    call.run();
                    return Optional.empty();
                }, shown));
    }

    /** @param call gives what its answer shows of the change; empty where that has to be looked for */
    private static Effect answered(FinTabloAccount account, long id, String action, Map<String, Object> content,
            Supplier<Optional<Map<String, Object>>> call, Supplier<Optional<Map<String, Object>>> shown) {
        return new Effect("transaction " + id, null, FinTabloWrites.content(content), Optional::empty,
                () -> account.once(action + " " + id, call, shown));
    }

    private static boolean isPlan(Map<String, Object> operation) {
        return operation.getOrDefault("isPlan", 0).equals(1);
    }

    /** The answer may show the old date and month (section 14): what still differs is written afterwards. */
    Optional<Effect> confirm(Request request) {
        FinTabloAccount account = accounts.apply(request.account());
        long id = request.id();
        Map<String, Object> raw = FinTabloWrites.written(account, TRANSACTION, without(request, "id"));
        if (raw.get("date") == null) {
            throw account.refused("body", "confirm needs date:, the day on which the money moved");
        }
        Map<String, Object> present = account.required(TRANSACTION, id);
        if (!isPlan(present)) {
            return FinTabloWrites.update(account, TRANSACTION, present, raw);
        }
        Effect confirmed = effect(account, id, "confirm", raw, () -> account.client().act(TRANSACTION, id, "confirm",
                Map.of("date", raw.get("date"))), () -> Optional.of(account.required(TRANSACTION, id))
                        .filter(now -> !isPlan(now)));
        return Optional.of(new Effect(confirmed.item(), null, confirmed.content(), confirmed.find(), () -> {
            Map<String, Object> now = confirmed.send().get();
            return FinTabloWrites.update(account, TRANSACTION, now, raw).map(left -> left.send().get()).orElse(now);
        }));
    }

    Optional<Effect> split(Request request) {
        FinTabloAccount account = accounts.apply(request.account());
        long id = request.id();
        List<Map<String, Object>> wanted = wantedParts(account, request);
        Object date = request.map().get("date");
        LocalDate day = date == null ? null : (LocalDate) FinTabloKind.DAY.ours().apply(date);
        Map<String, Object> present = whole(account, id, day).orElseGet(() -> account.required(TRANSACTION, id));
        List<Map<String, Object>> parts = FinTabloSplits.parts(present);
        if (FinTabloSplits.isSplitInto(parts, wanted)) {
            return Optional.empty();
        }
        if (!parts.isEmpty()) {
            throw account.refused("split", "transaction " + id + " is split otherwise already, perhaps by a person;"
                    + " unsplit it first");
        }
        if (FinTabloSplits.sum(wanted).compareTo((BigDecimal) present.get("value")) != 0) {
            throw account.refused("body", "the parts of transaction " + id + " add up to "
                    + FinTabloSplits.sum(wanted).toPlainString() + ", its value is " + present.get("value"));
        }
        Predicate<Map<String, Object>> done = now -> FinTabloSplits.isSplitInto(FinTabloSplits.parts(now), wanted);
        return Optional.of(answered(account, id, "split", Map.of("split", wanted),
                () -> FinTabloSplits.folded(sendParts(account, id, wanted)).stream()
                        .filter(one -> Long.valueOf(id).equals(one.get("id"))).filter(done).findFirst(),
                () -> whole(account, id, day).filter(done)));
    }

    private static List<Map<String, Object>> wantedParts(FinTabloAccount account, Request request) {
        Object parts = FinTabloWrites.written(account, TRANSACTION, without(request, "id")).get("split");
        if (!(parts instanceof Collection<?> rows) || rows.isEmpty()) {
            throw account.refused("body", "split needs split:, a list of parts with value");
        }
        List<Map<String, Object>> wanted = rows.stream().map(row -> part((Map<?, ?>) row)).toList();
        if (!wanted.stream().allMatch(part -> part.get("value") instanceof BigDecimal)) {
            throw account.refused("body", "every part of split: needs a value");
        }
        return wanted;
    }

    private static Map<String, Object> part(Map<?, ?> row) {
        Map<String, Object> part = new LinkedHashMap<>();
        row.forEach((key, value) -> part.put(key.toString(), value));
        return part;
    }

    private List<Map<String, Object>> sendParts(FinTabloAccount account, long id, List<Map<String, Object>> parts) {
        try {
            return account.client().act(TRANSACTION, id, "split", bareParts ? parts : Map.of("split", parts));
        } catch (VendorException.Refused refused) {
            if (bareParts || refused.status() != 400 || whole(account, id, null).filter(now -> FinTabloSplits.parts(now)
                    .isEmpty()).isEmpty()) {
                throw refused;
            }
            List<Map<String, Object>> answer = account.client().act(TRANSACTION, id, "split", parts);
            bareParts = true;
            return answer;
        }
    }

    /** An operation with its parts. @param day of it, which saves a call; null for one that is not known */
    private static Optional<Map<String, Object>> whole(FinTabloAccount account, long id, @Nullable LocalDate day) {
        Optional<Map<String, Object>> listed = day == null ? Optional.empty()
                : FinTabloSplits.onDay(account.client(), id, day, "0");
        return listed.isPresent() ? listed : account.client().item(TRANSACTION, id).map(now -> {
            Map<String, Object> whole = new LinkedHashMap<>(now);
            whole.put("subs", FinTabloSplits.parts(account.client(), now));
            return whole;
        });
    }

    Optional<Effect> unsplit(Request request) {
        FinTabloAccount account = accounts.apply(request.account());
        long id = request.id();
        Map<String, Object> raw = FinTabloWrites.written(account, TRANSACTION, without(request, "id"));
        Map<String, Object> present = account.required(TRANSACTION, id);
        if (FinTabloSplits.parts(account.client(), present).isEmpty()) {
            return FinTabloWrites.update(account, TRANSACTION, present, raw);
        }
        return Optional.of(effect(account, id, "unsplit", raw,
                () -> account.client().act(TRANSACTION, id, "unsplit", raw),
                () -> whole(account, id, null).filter(now -> FinTabloSplits.parts(now).isEmpty())));
    }

    /** An outcome and an income become one transfer; one of the two ids stays. */
    Optional<Effect> merge(Request request) {
        FinTabloAccount account = accounts.apply(request.account());
        long id = request.id();
        long other = new Request(request.account(), request.entity(), request.map().get("id2")).id();
        Optional<Map<String, Object>> merged = merged(account, id, other);
        if (merged.isPresent()) {
            return Optional.empty();
        }
        List<Object> groups = List.of(account.required(TRANSACTION, id).get(GROUP),
                account.required(TRANSACTION, other).get(GROUP));
        if (!groups.containsAll(List.of("income", "outcome"))) {
            throw account.refused("body", "transactions " + id + " and " + other + " are " + groups
                    + ": an outcome and an income can be merged");
        }
        return Optional.of(effect(account, id, "merge", Map.of("id2", other),
                () -> account.client().act(TRANSACTION, id, "merge/" + other, null),
                () -> merged(account, id, other)));
    }

    private static Optional<Map<String, Object>> merged(FinTabloAccount account, long id, long other) {
        Optional<Map<String, Object>> one = account.client().item(TRANSACTION, id);
        Optional<Map<String, Object>> two = account.client().item(TRANSACTION, other);
        return one.isPresent() == two.isPresent() ? Optional.empty() : one.or(() -> two)
                .filter(left -> TRANSFER.equals(left.get(GROUP)));
    }

    Optional<Effect> toTransfer(Request request) {
        FinTabloAccount account = accounts.apply(request.account());
        long id = request.id();
        Map<String, Object> raw = FinTabloWrites.written(account, TRANSACTION, without(request, "id"));
        if (!raw.keySet().containsAll(List.of("value2", "moneybag2Id", "categoryId"))) {
            throw account.refused("body", "to-transfer needs value2, moneybag2Id and categoryId");
        }
        Map<String, Object> present = account.required(TRANSACTION, id);
        if (TRANSFER.equals(present.get(GROUP))) {
            return FinTabloWrites.update(account, TRANSACTION, present, raw);
        }
        return Optional.of(effect(account, id, "to-transfer", raw,
                () -> account.client().act(TRANSACTION, id, "to-transfer", raw), inGroup(account, id, true)));
    }

    /** A transfer becomes an outcome, which keeps the id, and a new income. */
    Optional<Effect> splitTransfer(Request request) {
        FinTabloAccount account = accounts.apply(request.account());
        long id = request.id();
        if (!TRANSFER.equals(account.required(TRANSACTION, id).get(GROUP))) {
            return Optional.empty();
        }
        return Optional.of(effect(account, id, "split-transfer", Map.of(),
                () -> account.client().act(TRANSACTION, id, "split-transfer", null), inGroup(account, id, false)));
    }

    private static Supplier<Optional<Map<String, Object>>> inGroup(FinTabloAccount account, long id, boolean transfer) {
        return () -> Optional.of(account.required(TRANSACTION, id))
                .filter(now -> TRANSFER.equals(now.get(GROUP)) == transfer);
    }

    private static Map<String, Object> without(Request request, String key) {
        Map<String, Object> left = new LinkedHashMap<>(request.map());
        left.remove(key);
        return left;
    }
}
