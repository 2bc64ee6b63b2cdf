package dev.sverka.vendors.fintablo;

import dev.sverka.core.connector.Operation.Effect;
import dev.sverka.core.connector.Operation.Request;
import dev.sverka.core.connector.Operation;
import dev.sverka.core.http.VendorException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The verbs that change objects. What equals what is there is not sent; what was sent is compared with what came back;
 * a value that we left empty and the company's own rules filled is nobody's mistake (fintablo.md section 8.6).
 */
final class FinTabloWrites {

    private static final Logger LOG = LoggerFactory.getLogger(FinTabloWrites.class);
    /** Not shown again, or compared elsewhere. */
    private static final Set<String> NOT_SHOWN = Set.of("split", "rulesOverwrite", "stages", "timestamp");

    private final Function<String, FinTabloAccount> accounts;

    FinTabloWrites(Function<String, FinTabloAccount> accounts) {
        this.accounts = accounts;
    }

    /** One marker, one object: a body that reads otherwise on a second try still makes the same one. */
    Optional<Effect> create(Request request) {
        FinTabloAccount account = accounts.apply(request.account());
        FinTabloEntity entity = FinTabloEntity.of(request.entity());
        String marker = FinTabloMarker.of(request);
        Map<String, Object> wanted = values(request);
        if (entity.marked() != null) {
            wanted.put(entity.marked(), FinTabloMarker.append(wanted.get(entity.marked()), marker));
        }
        Map<String, Object> raw = written(account, entity, wanted);
        if (entity.name().equals(FinTabloEntity.TRANSACTION)) {
            requireWhole(account, raw);
        }
        String key = entity.name() + " " + marker;
        Supplier<Optional<Map<String, Object>>> shown = () -> account.finder().find(entity, marker, raw);
        return Optional.of(new Effect("new", marker, Map.of("marker", marker),
                () -> account.settled(key, shown).map(item -> Operation.afterwards(() -> equipped(account, entity,
                        marker, raw, item))),
                () -> {
                    Map<String, Object> item = made(account, entity, key, raw, shown);
                    return Operation.afterwards(() -> equipped(account, entity, marker, raw, item));
                }));
    }

    private static Map<String, Object> made(FinTabloAccount account, FinTabloEntity entity, String key,
            Map<String, Object> raw, Supplier<Optional<Map<String, Object>>> shown) {
        if (entity.marked() == null) {
            Optional<Map<String, Object>> named = account.finder().named(entity, raw);
            if (named.isPresent()) {
                return named.get();
            }
        }
        Map<String, Object> compared = new LinkedHashMap<>(raw);
        Map<String, Object> item = marked(account, entity, account.once(key,
                () -> Optional.of(account.client().create(entity, raw)), shown), compared);
        if (Boolean.TRUE.equals(raw.get("rulesOverwrite"))) {
            compared.keySet().retainAll(Set.of("value", "moneybagId", "date", "isPlan", entity.marked()));
        }
        Operation.afterwards(() -> {
            compare(account, entity, compared, item);
            return item;
        });
        return item;
    }

    /**
     * How long texts may be is not documented (section 15, row 14). One that is cut loses the marker at its end, and
     * with it what hinders a second creation: it is written again, in so many characters as were kept.
     *
     * @param compared what was sent; holds the shorter text then
     */
    private static Map<String, Object> marked(FinTabloAccount account, FinTabloEntity entity,
            Map<String, Object> item, Map<String, Object> compared) {
        String kept = entity.marked() == null ? "" : Objects.toString(item.get(entity.marked()), "");
        String sent = entity.marked() == null ? "" : Objects.toString(compared.get(entity.marked()), "");
        String marker = Objects.toString(FinTabloMarker.in(sent), "");
        if (kept.length() <= marker.length() || kept.length() >= sent.length() || !sent.startsWith(kept)) {
            return item;
        }
        String words = sent.substring(0, sent.length() - marker.length()).strip();
        int room = kept.length() - 1 - marker.length();
        String text = room < 2 ? marker : FinTabloMarker.cut(words, room) + " " + marker;
        compared.put(entity.marked(), text);
        return put(account, entity, (Long) item.get("id"), Map.of(entity.marked(), text));
    }

    private static Map<String, Object> equipped(FinTabloAccount account, FinTabloEntity entity, String marker,
            Map<String, Object> raw, Map<String, Object> item) {
        return raw.get("stages") instanceof List<?> stages
                ? FinTabloStages.complete(account, item, stages, marker) : item;
    }

    /** Section 8.6: what FinTablo guesses where it is left out, or refuses in words of its own. */
    private static void requireWhole(FinTabloAccount account, Map<String, Object> raw) {
        Set<String> needed = new TreeSet<>(Set.of("value", "moneybagId", "group", "date", "isPlan"));
        if ("transfer".equals(raw.get("group"))) {
            needed.addAll(Set.of("moneybag2Id", "value2"));
        }
        needed.removeIf(key -> raw.get(key) != null);
        if (!needed.isEmpty()) {
            throw account.refused("body", "a new operation needs " + String.join(", ", needed));
        }
        if (((BigDecimal) raw.get("value")).signum() <= 0) {
            throw account.refused("body", "the value of an operation is above zero; group: tells in or out");
        }
    }

    /** Absolute values: after a lost answer the route asks anew for what still differs. */
    Optional<Effect> update(Request request) {
        FinTabloAccount account = accounts.apply(request.account());
        FinTabloEntity entity = FinTabloEntity.of(request.entity());
        return update(account, entity, account.required(entity, request.id()), values(request));
    }

    static Optional<Effect> update(FinTabloAccount account, FinTabloEntity entity, Map<String, Object> present,
            Map<String, Object> wanted) {
        Map<String, Object> values = new LinkedHashMap<>(wanted);
        if (entity.marked() != null && values.containsKey(entity.marked())) {
            values.put(entity.marked(), FinTabloMarker.keep(values.get(entity.marked()),
                    present.get(entity.marked())));
        }
        Map<String, Object> raw = written(account, entity, values);
        raw.keySet().retainAll(entity.differing(raw, present));
        if (raw.isEmpty()) {
            return Optional.empty();
        }
        List<String> fixed = raw.keySet().stream().filter(entity.once()::contains).toList();
        if (!fixed.isEmpty()) {
            throw account.refused("fixed", entity.name() + " " + present.get("id") + ": FinTablo sets "
                    + String.join(", ", fixed) + " at creation only; stages are added by deal/add-stage");
        }
        long id = (Long) present.get("id");
        return Optional.of(new Effect(entity.name() + " " + id, null, content(raw), Optional::empty,
                () -> put(account, entity, id, raw)));
    }

    /** Section 13, row 3: a PUT that was refused once had removed the object. */
    static Map<String, Object> put(FinTabloAccount account, FinTabloEntity entity, long id,
            Map<String, Object> raw) {
        Optional<Map<String, Object>> answered;
        try {
            answered = account.client().update(entity, id, raw);
        } catch (VendorException.Refused refused) {
            Map<String, Object> now = account.client().item(entity, id).orElseThrow(() -> account.refused(
                    FinTabloErrors.GONE, entity.name() + " " + id + " is gone after a change that was refused ("
                            + refused.getMessage() + "); look in FinTablo and enter it anew"));
            if (!entity.differing(raw, now).isEmpty()) {
                throw refused;
            }
            return now;
        }
        Map<String, Object> item = answered.orElseGet(() -> account.required(entity, id));
        compare(account, entity, raw, item);
        return item;
    }

    /** What is not there any more is as good as deleted, also where the answer said otherwise. */
    Optional<Effect> delete(Request request) {
        FinTabloAccount account = accounts.apply(request.account());
        FinTabloEntity entity = FinTabloEntity.of(request.entity());
        long id = request.id();
        return Optional.of(new Effect(entity.name() + " " + id, null, Map.of("deleted", true), Optional::empty, () -> {
            try {
                account.client().delete(entity, id);
            } catch (VendorException.Refused refused) {
                if (account.client().item(entity, id).isPresent()) {
                    throw refused;
                }
            }
            return Map.of("id", id);
        }));
    }

    /** Read back where the answer differs: only then is it believed that FinTablo did not take a value. */
    private static void compare(FinTabloAccount account, FinTabloEntity entity, Map<String, Object> raw,
            Map<String, Object> answered) {
        if (notTaken(entity, raw, answered).isEmpty()) {
            return;
        }
        Map<String, Object> now = account.required(entity, (Long) answered.get("id"));
        Set<String> left = notTaken(entity, raw, now);
        if (!left.isEmpty()) {
            throw account.refused("not-taken", entity.name() + " " + now.get("id") + ": FinTablo did not take "
                    + String.join(", ", left) + "; look at it there: a rule of the company's, a closed period or a"
                    + " length may stand against it");
        }
    }

    private static Set<String> notTaken(FinTabloEntity entity, Map<String, Object> raw, Map<String, Object> item) {
        Set<String> left = entity.differing(raw, item);
        left.removeAll(NOT_SHOWN);
        left.removeIf(key -> key.equals("nds") && isRounded(entity, raw.get(key), item.get(key)));
        return left;
    }

    /** Section 15, row 15: {@code nds} may be kept in whole roubles. */
    private static boolean isRounded(FinTabloEntity entity, @Nullable Object sent, @Nullable Object kept) {
        if (sent instanceof BigDecimal sum && kept instanceof BigDecimal whole && whole.scale() <= 0
                && sum.subtract(whole).abs().compareTo(BigDecimal.ONE) < 0) {
            LOG.warn("FinTablo keeps nds of a {} as {} where {} was sent", entity.name(), whole, sum);
            return true;
        }
        return false;
    }

    /** @throws VendorException.Refused naming what cannot be written */
    static Map<String, Object> written(FinTabloAccount account, FinTabloEntity entity, Map<String, ?> values) {
        try {
            Map<String, Object> raw = entity.write(values);
            raw.computeIfPresent("name", (key, name) -> FinTabloMarker.cut(name.toString(),
                    FinTabloMarker.LONGEST_TEXT));
            return raw;
        } catch (IllegalArgumentException unfit) {
            throw account.refused("body", entity.name() + ": " + unfit.getMessage());
        }
    }

    /** What an intent may keep: nothing stands as an empty text there. */
    static Map<String, Object> content(Map<String, Object> values) {
        Map<String, Object> content = new LinkedHashMap<>(values);
        content.replaceAll((key, value) -> value == null ? "" : value);
        return content;
    }

    /** @throws IllegalArgumentException where the body lacks them */
    static Map<String, Object> values(Request request) {
        if (!(request.map().get("fields") instanceof Map<?, ?> fields)) {
            throw new IllegalArgumentException(request.entity() + ": the body has no fields:");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        fields.forEach((key, value) -> values.put(key.toString(), value));
        return values;
    }
}
