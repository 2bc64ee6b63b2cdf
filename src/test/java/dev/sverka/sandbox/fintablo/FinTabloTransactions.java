package dev.sverka.sandbox.fintablo;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Cash-flow operations, facts and plans, and what can be done to them (fintablo.md section 8.6). */
final class FinTabloTransactions {

    private static final String TRANSACTION = "transaction";
    private static final Map<String, Long> UNALLOCATED = Map.of("income", 1_701_001L, "outcome", 1_701_002L,
            "transfer", 1_701_003L);

    private final FinTabloCompany company;

    FinTabloTransactions(FinTabloCompany company) {
        this.company = company;
    }

    Map<String, Object> create(Map<String, Object> body) {
        FinTabloRules.check(TRANSACTION, body, 400);
        if (body.get("date") == null && body.get("timestamp") == null) {
            throw new FinTabloRefusal(422, "Timestamp or date is reaquired");
        }
        company.references(TRANSACTION, body);
        String group = body.get("group").toString();
        if (group.equals("transfer")) {
            if (body.get("moneybag2Id") == null) {
                throw new FinTabloRefusal(422, "The moneybag2Id is not found");
            }
        }
        belongs(group, body);
        List<Map<String, Object>> parts = body.get("split") instanceof List<?> split
                ? split.stream().map(FinTabloCompany::map).toList() : List.of();
        Map<String, Object> item = new LinkedHashMap<>(Map.of("id", company.nextId(TRANSACTION)));
        FinTabloRules.RESOURCES.get(TRANSACTION).writable().stream().sorted()
                .forEach(key -> item.put(key, body.get(key)));
        item.put("parentId", null);
        item.putIfAbsent("isPlan", 0);
        item.putIfAbsent("spreadMonthes", 1);
        if (item.get("isPlan") == null) {
            item.put("isPlan", 0);
        }
        rules(item, Boolean.TRUE.equals(body.get("rulesOverwrite")));
        if (item.get("categoryId") == null) {
            item.put("categoryId", UNALLOCATED.get(group));
        }
        dated(item, body.get("factMonth") == null);
        company.shape(TRANSACTION, item);
        company.table(TRANSACTION).put((Long) item.get("id"), item);
        moved(item, 1);
        company.noted("create transaction " + item.get("id") + " " + item.get("description"));
        if (!parts.isEmpty()) {
            split((Long) item.get("id"), parts);
        }
        return item;
    }

    private void rules(Map<String, Object> item, boolean overwrite) {
        company.rules().forEach(rule -> {
            if (String.valueOf(item.get("description")).contains(rule.word())
                    && (overwrite || item.get(rule.field()) == null)) {
                item.put(rule.field(), rule.value());
            }
        });
    }

    /** Day, month and timestamp agree; noon in Moscow. */
    private static void dated(Map<String, Object> item, boolean month) {
        LocalDate day = item.get("date") == null
                ? LocalDate.ofInstant(java.time.Instant.ofEpochSecond(Long.parseLong(item.get("timestamp").toString())),
                        FinTabloCompany.MOSCOW) : FinTabloRules.day(item.get("date").toString(), true);
        item.put("date", FinTabloRules.DAY.format(day));
        item.put("timestamp", day.atTime(12, 0).atZone(FinTabloCompany.MOSCOW).toEpochSecond());
        if (month) {
            item.put("factMonth", FinTabloRules.MONTH.format(YearMonth.from(day)));
        }
    }

    /** The category is of the operation's own group; an income stands on the deal, not on its stage. */
    private void belongs(String group, Map<String, Object> body) {
        if (body.get("categoryId") != null && !group.equals(company.table("category")
                .get(FinTabloCompany.id(body.get("categoryId"))).get("group"))) {
            throw new FinTabloRefusal(422, "The categoryId is not found");
        }
        if (body.get("dealId") == null) {
            return;
        }
        Set<Long> deals = new HashSet<>(company.table("deal").keySet());
        Set<Long> stages = new HashSet<>();
        company.table("deal").values().forEach(deal -> FinTabloCompany.stages(deal)
                .forEach(stage -> stages.add((Long) stage.get("id"))));
        Set<Long> allowed = new HashSet<>(deals);
        if (!group.equals("income") || company.switches().incomeOnStage) {
            allowed.addAll(stages);
        }
        if (group.equals("outcome") && company.switches().outcomeOnDealRefused) {
            allowed.removeIf(id -> deals.contains(id)
                    && !FinTabloCompany.stages(company.table("deal").get(id)).isEmpty());
        }
        FinTabloCompany.exists(body, "dealId", allowed);
    }

    void update(Map<String, Object> item, Map<String, Object> body) {
        belongs(item.get("group").toString(), body);
        moved(item, -1);
        body.forEach((key, value) -> {
            if (FinTabloRules.RESOURCES.get(TRANSACTION).writable().contains(key) && !key.equals("group")
                    && !(value == null && Set.of("value", "moneybagId", "date").contains(key))) {
                item.put(key, value);
            }
        });
        dated(item, false);
        moved(item, 1);
    }

    /** Only facts move the account's balance. */
    private void moved(Map<String, Object> item, int sign) {
        Map<String, Object> account = company.table("moneybag").get(FinTabloCompany.id(item.get("moneybagId")));
        if (!Integer.valueOf(0).equals(item.get("isPlan")) || account == null || item.get("parentId") != null) {
            return;
        }
        BigDecimal value = new BigDecimal(item.get("value").toString());
        boolean in = item.get("group").equals("income");
        account.merge("balance", in == sign > 0 ? value : value.negate(),
                (before, by) -> ((BigDecimal) before).add((BigDecimal) by));
    }

    void forget(Map<String, Object> item) {
        moved(item, -1);
        parts((Long) item.get("id")).forEach(part -> company.table(TRANSACTION).remove((Long) part.get("id")));
    }

    List<Map<String, Object>> parts(long id) {
        return company.table(TRANSACTION).values().stream().filter(one -> Long.valueOf(id).equals(one.get("parentId")))
                .toList();
    }

    List<Map<String, Object>> act(long id, String action, Object body) {
        Map<String, Object> item = company.required(TRANSACTION, id);
        Map<String, Object> fields = body instanceof Map<?, ?> ? FinTabloCompany.map(body) : Map.of();
        List<Map<String, Object>> answer = switch (action) {
            case "confirm" -> confirm(item, fields);
            case "split" -> split(id, sent(body));
            case "unsplit" -> unsplit(item, fields);
            case "to-transfer" -> toTransfer(item, fields);
            case "split-transfer" -> splitTransfer(item);
            default -> throw new FinTabloRefusal(400, "Unknown method");
        };
        company.noted(action + " " + id);
        return answer;
    }

    private List<Map<String, Object>> confirm(Map<String, Object> item, Map<String, Object> body) {
        if (body.get("date") == null) {
            throw new FinTabloRefusal(422, "Timestamp or date is reaquired");
        }
        FinTabloRules.day(body.get("date").toString(), true);
        moved(item, -1);
        item.put("isPlan", 0);
        item.put("date", body.get("date"));
        dated(item, false);
        moved(item, 1);
        return List.of(item);
    }

    /** The schema has an object, the sample a bare array. */
    private List<Map<String, Object>> sent(Object body) {
        boolean bare = body instanceof List<?>;
        FinTabloSwitches.SplitForm form = company.switches().splitForm;
        Object parts = bare ? body : FinTabloCompany.map(body).get("split");
        if (!(parts instanceof List<?> rows) || form == FinTabloSwitches.SplitForm.OBJECT && bare
                || form == FinTabloSwitches.SplitForm.ARRAY && !bare) {
            throw FinTabloRefusal.required();
        }
        return rows.stream().map(FinTabloCompany::map).toList();
    }

    List<Map<String, Object>> split(long id, List<Map<String, Object>> parts) {
        Map<String, Object> parent = company.required(TRANSACTION, id);
        List<Map<String, Object>> made = new ArrayList<>();
        for (Map<String, Object> part : parts) {
            if (part.get("value") == null) {
                throw FinTabloRefusal.required();
            }
            FinTabloRules.check(TRANSACTION, part, 422);
            company.references(TRANSACTION, part);
            belongs(parent.get("group").toString(), part);
            Map<String, Object> one = new LinkedHashMap<>(parent);
            FinTabloRules.PART.forEach(key -> {
                if (part.get(key) != null || !key.equals("factMonth") && !key.equals("spreadMonthes")
                        && !key.equals("partnerId")) {
                    one.put(key, part.get(key));
                }
            });
            one.put("id", company.nextId(TRANSACTION));
            one.put("parentId", id);
            company.shape(TRANSACTION, one);
            made.add(one);
        }
        BigDecimal sum = made.stream().map(part -> new BigDecimal(part.get("value").toString()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        if (sum.compareTo(new BigDecimal(parent.get("value").toString())) != 0) {
            throw new FinTabloRefusal(422, "Invalid cost value");
        }
        made.forEach(one -> company.table(TRANSACTION).put((Long) one.get("id"), one));
        List<Map<String, Object>> answer = new ArrayList<>(List.of(parent));
        answer.addAll(made);
        return answer;
    }

    private List<Map<String, Object>> unsplit(Map<String, Object> item, Map<String, Object> body) {
        if (body.get("categoryId") == null) {
            throw FinTabloRefusal.required();
        }
        company.references(TRANSACTION, body);
        belongs(item.get("group").toString(), body);
        parts((Long) item.get("id")).forEach(part -> company.table(TRANSACTION).remove((Long) part.get("id")));
        item.put("categoryId", FinTabloCompany.id(body.get("categoryId")));
        return List.of(item);
    }

    /** The first id stays. */
    List<Map<String, Object>> merge(long id, long other) {
        Map<String, Object> one = company.required(TRANSACTION, id);
        Map<String, Object> two = company.required(TRANSACTION, other);
        if (!Set.of(one.get("group"), two.get("group")).equals(Set.of("income", "outcome"))) {
            throw new FinTabloRefusal(422, "Invalid type");
        }
        Map<String, Object> from = one.get("group").equals("outcome") ? one : two;
        Map<String, Object> to = from == one ? two : one;
        Map<String, Object> fields = Map.of("group", "transfer", "value", from.get("value"), "moneybagId",
                from.get("moneybagId"), "value2", to.get("value"), "moneybag2Id", to.get("moneybagId"),
                "categoryId", UNALLOCATED.get("transfer"));
        one.putAll(fields);
        company.table(TRANSACTION).remove(other);
        company.noted("merge " + id);
        return List.of(one);
    }

    private List<Map<String, Object>> toTransfer(Map<String, Object> item, Map<String, Object> body) {
        if (!body.keySet().containsAll(Set.of("value2", "moneybag2Id", "categoryId"))) {
            throw FinTabloRefusal.required();
        }
        company.references(TRANSACTION, body);
        belongs("transfer", body);
        item.putAll(body);
        item.put("group", "transfer");
        company.shape(TRANSACTION, item);
        return List.of(item);
    }

    private List<Map<String, Object>> splitTransfer(Map<String, Object> item) {
        if (!item.get("group").equals("transfer")) {
            throw new FinTabloRefusal(422, "Invalid type");
        }
        Map<String, Object> income = new LinkedHashMap<>(item);
        income.putAll(Map.of("id", company.nextId(TRANSACTION), "group", "income", "moneybagId",
                item.get("moneybag2Id"), "categoryId", UNALLOCATED.get("income")));
        item.putAll(Map.of("group", "outcome", "categoryId", UNALLOCATED.get("outcome")));
        List.of(item, income).forEach(one -> {
            one.put("value2", null);
            one.put("moneybag2Id", null);
        });
        company.table(TRANSACTION).put((Long) income.get("id"), income);
        return List.of(item, income);
    }
}
