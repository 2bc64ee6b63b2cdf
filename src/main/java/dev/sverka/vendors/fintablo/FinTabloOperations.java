package dev.sverka.vendors.fintablo;

import dev.sverka.core.connector.Operation;
import dev.sverka.core.connector.Operation.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What routes can ask of FinTablo: the table from verb to calls, and the verbs that only read. */
final class FinTabloOperations {

    /** Filters that FinTablo itself compares by a part of the text, or may. */
    private static final Set<String> BY_PART = Set.of("name", "comment");

    private final Function<String, FinTabloAccount> accounts;
    private final FinTabloWrites writes;
    private final FinTabloStages stages;
    private final FinTabloActions actions;

    FinTabloOperations(Function<String, FinTabloAccount> accounts) {
        this.accounts = accounts;
        this.writes = new FinTabloWrites(accounts);
        this.stages = new FinTabloStages(accounts);
        this.actions = new FinTabloActions(accounts);
    }

    Map<String, Operation> of(String entity) {
        Stream<Operation> all = Stream.of(
                new Operation("get", "Reads one by its id; {id, deleted: true} where it is gone",
                        (Operation.Read) this::get),
                new Operation("list", "Reads those that fit the vendor's filters under filter:, all pages",
                        (Operation.Read) this::list),
                new Operation("create", "Creates one from fields:, once for a marker:",
                        (Operation.Write) writes::create),
                new Operation("update", "Writes the values under fields: that differ to the one with id:",
                        (Operation.Write) writes::update),
                new Operation("delete", "Deletes the one with id:", (Operation.Write) writes::delete));
        Stream<Operation> more = switch (entity) {
            case FinTabloEntity.DEAL -> Stream.of(new Operation("add-stage",
                    "Adds a stage from fields: to the deal id:, once for a marker:", (Operation.Write) stages::add));
            case FinTabloEntity.TRANSACTION -> ofTransaction();
            default -> Stream.empty();
        };
        return Stream.concat(all, more).collect(Collectors.toMap(Operation::verb, operation -> operation));
    }

    private Stream<Operation> ofTransaction() {
        return Stream.of(
                new Operation("shares", "Reads operations like list, split ones part by part; with dealId those of the "
                        + "deal's stages too", (Operation.Read) this::shares),
                new Operation("confirm", "Makes the plan id: a fact of date:; further values are written after it",
                        (Operation.Write) actions::confirm),
                new Operation("split", "Splits the operation id: into the parts under split:, which add up to it; a fact's date: saves a call",
                        (Operation.Write) actions::split),
                new Operation("unsplit", "Removes the parts of id: and gives it categoryId:",
                        (Operation.Write) actions::unsplit),
                new Operation("merge", "Makes one transfer of the outcome id: and the income id2:, or the reverse",
                        (Operation.Write) actions::merge),
                new Operation("to-transfer", "Makes id: a transfer of value2: to moneybag2Id: with categoryId:",
                        (Operation.Write) actions::toTransfer),
                new Operation("split-transfer", "Makes the transfer id: an outcome and a new income",
                        (Operation.Write) actions::splitTransfer));
    }

    private Object get(Request request) {
        FinTabloEntity entity = FinTabloEntity.of(request.entity());
        return accounts.apply(request.account()).client().item(entity, request.id())
                .orElseGet(() -> new LinkedHashMap<>(Map.of("id", request.id(), "deleted", true)));
    }

    private Object list(Request request) {
        FinTabloAccount account = accounts.apply(request.account());
        FinTabloEntity entity = FinTabloEntity.of(request.entity());
        Map<String, Object> asked = filter(request);
        return fitting(entity, asked, account.client().list(entity, spelled(account, entity, asked)));
    }

    /** Section 15, row 18: whether a deal's filter includes its stages is not known, so each is asked for. */
    private Object shares(Request request) {
        FinTabloAccount account = accounts.apply(request.account());
        FinTabloEntity entity = FinTabloEntity.of(FinTabloEntity.TRANSACTION);
        Map<String, Object> asked = filter(request);
        Set<Long> deals = new LinkedHashSet<>();
        if (asked.get("dealId") != null) {
            long deal = new Request(request.account(), request.entity(), asked.remove("dealId")).id();
            deals.add(deal);
            FinTabloStages.stages(account.required(FinTabloEntity.of(FinTabloEntity.DEAL), deal))
                    .forEach(stage -> deals.add((Long) stage.get("id")));
        }
        Map<String, String> filter = spelled(account, entity, asked);
        Map<Object, Map<String, Object>> rows = new LinkedHashMap<>();
        for (Map<String, String> one : deals.isEmpty() ? List.of(filter) : deals.stream().map(deal -> {
            Map<String, String> own = new LinkedHashMap<>(filter);
            own.put("dealId", deal.toString());
            return own;
        }).toList()) {
            account.client().list(entity, one).forEach(row -> rows.putIfAbsent(row.get("id"), row));
        }
        return fitting(entity, asked, new ArrayList<>(rows.values())).stream()
                .flatMap(operation -> FinTabloSplits.shares(operation).stream())
                .filter(share -> deals.isEmpty() || deals.contains(share.get("dealId"))).toList();
    }

    private static Map<String, Object> filter(Request request) {
        Map<String, Object> filter = new LinkedHashMap<>();
        if (request.body() instanceof Map<?, ?> body && body.get("filter") instanceof Map<?, ?> asked) {
            asked.forEach((key, value) -> filter.put(key.toString(), value));
        }
        return filter;
    }

    /** An unknown filter would be ignored and answered with everything; plans and facts are never mixed. */
    private static Map<String, String> spelled(FinTabloAccount account, FinTabloEntity entity,
            Map<String, Object> filter) {
        if (entity.filters().contains("isPlan") && filter.get("isPlan") == null) {
            throw account.refused("body", "filter: must say isPlan: 0 for facts or 1 for plans");
        }
        Map<String, String> spelled = new LinkedHashMap<>();
        filter.forEach((key, value) -> {
            if (!entity.filters().contains(key) || value == null) {
                throw account.refused("body", entity.name() + " cannot be filtered by " + key + "; there are "
                        + String.join(", ", new TreeSet<>(entity.filters())));
            }
            FinTabloKind kind = entity.fields().get(key.replaceFirst("(From|To)$", ""));
            try {
                spelled.put(key, kind.theirs().apply(kind.ours().apply(value)).toString());
            } catch (RuntimeException unfit) {
                throw account.refused("body", entity.name() + " filter " + key + " '" + value + "': "
                        + unfit.getMessage());
            }
        });
        return spelled;
    }

    /** What fits also by our own reading. A split operation fits where one of its parts does. */
    private static List<Map<String, Object>> fitting(FinTabloEntity entity, Map<String, Object> asked,
            List<Map<String, Object>> rows) {
        List<Map<String, Object>> whole = entity.name().equals(FinTabloEntity.TRANSACTION)
                ? FinTabloSplits.folded(rows) : rows;
        return whole.stream().filter(row -> asked.entrySet().stream().allMatch(one -> {
            FinTabloKind kind = entity.fields().get(one.getKey());
            return kind == null || BY_PART.contains(one.getKey()) || Stream.concat(Stream.of(row),
                    FinTabloSplits.parts(row).stream()).anyMatch(item -> kind.isSame(one.getValue(),
                            item.get(one.getKey())));
        })).toList();
    }
}
