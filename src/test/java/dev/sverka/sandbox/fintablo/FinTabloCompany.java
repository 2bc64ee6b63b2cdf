package dev.sverka.sandbox.fintablo;

import dev.sverka.sandbox.fintablo.FinTabloRules.Resource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One company in FinTablo: its objects, and what people and the bank do to them beside the API. */
public final class FinTabloCompany {

    static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");
    private static final String DEAL = "deal";

    private final Clock clock;
    private final FinTabloSwitches switches = new FinTabloSwitches();
    private final Map<String, TreeMap<Long, Map<String, Object>>> objects = new HashMap<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final Map<Long, Instant> born = new HashMap<>();
    private final List<String> ledger = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();
    private final FinTabloTransactions transactions = new FinTabloTransactions(this);

    /** A rule of the company's: operations with a word in the description get a value. */
    record Rule(String word, String field, Object value) {
    }

    /** With the system's own categories, and accounts, directions and statuses to work with. */
    FinTabloCompany(Clock clock, int number) {
        this.clock = clock;
        sequences.putAll(Map.of("transaction", 91_800_000L + number * 1_000_000L, DEAL, 883_000L + number * 10_000L,
                "partner", 5_120_000L + number * 10_000L, "category", 1_701_200L + number * 10_000L));
        seed("category", 1_701_001, Map.of("name", "Неразнесенное поступление", "group", "income", "isBuiltIn", 1));
        seed("category", 1_701_002, Map.of("name", "Неразнесенное списание", "group", "outcome", "isBuiltIn", 1));
        seed("category", 1_701_003, Map.of("name", "Перевод между счетами", "group", "transfer", "isBuiltIn", 1));
        seed("category", 1_701_210, Map.of("name", "Оплата от заказчиков", "group", "income", "isBuiltIn", 0));
        seed("category", 1_701_320, Map.of("name", "Подрядчики", "group", "outcome", "isBuiltIn", 0));
        seed("moneybag", 90_211, Map.of("name", "Р/с Т-Банк *7781", "type", "bank", "number", "40702810000000007781",
                "currency", "RUB", "balance", new BigDecimal("1840250.35"), "archived", 0));
        seed("moneybag", 90_212, Map.of("name", "Касса офис", "type", "nal", "currency", "RUB", "balance",
                new BigDecimal("54000"), "archived", 0));
        seed("direction", 148_701, Map.of("name", "Проектирование", "archived", 0));
        seed("direction", 148_702, Map.of("name", "Инженерные сети", "parentId", 148_701L, "archived", 0));
        seed("deal-status", 40_711, Map.of("name", "В работе"));
        seed("deal-status", 40_713, Map.of("name", "Завершена"));
        seed("obligation-status", 7_702, Map.of("name", "Исполнено"));
        seed("partner-group", 2_210, Map.of("name", "Заказчики"));
        seed("moneybag-group", 3_120, Map.of("name", "Мой бизнес", "isBuiltIn", 1));
    }

    private void seed(String resource, long id, Map<String, Object> fields) {
        Map<String, Object> item = new LinkedHashMap<>(Map.of("id", id));
        item.putAll(fields);
        table(resource).put(id, item);
    }

    public FinTabloSwitches switches() {
        return switches;
    }

    /** Every change that was carried out, as {@code create deal 883010 <comment or description>}. */
    public synchronized List<String> ledger() {
        return List.copyOf(ledger);
    }

    void noted(String what) {
        ledger.add(what);
    }

    /** All objects of a resource; parts of split operations too. */
    public synchronized List<Map<String, Object>> all(String resource) {
        return table(resource).values().stream().<Map<String, Object>>map(LinkedHashMap::new).toList();
    }

    public synchronized Map<String, Object> one(String resource, long id) {
        return table(resource).get(id);
    }

    TreeMap<Long, Map<String, Object>> table(String resource) {
        return objects.computeIfAbsent(resource, name -> new TreeMap<>());
    }

    FinTabloTransactions transactions() {
        return transactions;
    }

    List<Rule> rules() {
        return rules;
    }

    /** Sequences are shared by all companies: ids have gaps. */
    long nextId(String kind) {
        long id = sequences.merge(kind, 3L, (before, step) -> before + step);
        born.put(id, clock.instant());
        return id;
    }

    boolean isListed(Map<String, Object> item) {
        Instant at = born.get((Long) item.get("id"));
        return at == null || !clock.instant().isBefore(at.plus(switches.invisible));
    }

    /** The company's rule fills empty fields of new operations that hold a word. */
    public synchronized void rule(String word, String field, Object value) {
        rules.add(new Rule(word, field, value));
    }

    /** The bank's own import: a fact that nobody has classified. @param partnerId null where it does not know it */
    public synchronized long bank(long moneybagId, LocalDate day, BigDecimal value, String group, String description,
            Long partnerId) {
        Map<String, Object> body = new LinkedHashMap<>(Map.of("moneybagId", moneybagId, "value", value, "group", group,
                "description", description, "date", FinTabloRules.DAY.format(day), "isPlan", 0));
        body.put("partnerId", partnerId);
        return (Long) transactions.create(body).get("id");
    }

    /** A person changes something on the screen; null clears it. */
    public synchronized void edit(String resource, long id, String field, Object value) {
        table(resource).get(id).put(field, value);
    }

    /** A person deletes something. */
    public synchronized void remove(String resource, long id) {
        table(resource).remove(id);
    }

    /** A person enters something. */
    public synchronized long enter(String resource, Map<String, Object> body) {
        return (Long) create(resource, body).get("id");
    }

    /** A person splits an operation. */
    public synchronized void split(long id, List<Map<String, Object>> parts) {
        transactions.split(id, parts);
    }

    Map<String, Object> create(String resource, Map<String, Object> body) {
        if (body.isEmpty()) {
            throw new FinTabloRefusal(400, "The request data is empty");
        }
        Resource rule = FinTabloRules.RESOURCES.get(resource);
        if (rule.required().stream().anyMatch(key -> body.get(key) == null || body.get(key).equals(""))) {
            throw FinTabloRefusal.required();
        }
        if (resource.equals("transaction")) {
            return transactions.create(body);
        }
        FinTabloRules.check(resource, body, 400);
        references(resource, body);
        Map<String, Object> item = new LinkedHashMap<>(Map.of("id", nextId(resource)));
        rule.writable().stream().sorted().forEach(key -> item.put(key, body.get(key)));
        shape(resource, item);
        if (resource.equals(DEAL)) {
            item.put("stages", inlineStages(body));
        }
        table(resource).put((Long) item.get("id"), item);
        noted("create " + resource + " " + item.get("id") + " " + item.getOrDefault("comment",
                item.get("description")));
        return item;
    }

    private List<Map<String, Object>> inlineStages(Map<String, Object> body) {
        List<Map<String, Object>> stages = new ArrayList<>();
        if (body.get("stages") instanceof List<?> sent && !switches.inlineStagesDropped) {
            sent.forEach(stage -> stages.add(stage(map(stage))));
        }
        return stages;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private Map<String, Object> stage(Map<String, Object> body) {
        if (body.get("name") == null) {
            throw FinTabloRefusal.required();
        }
        FinTabloRules.check("stage", body, 400);
        references("stage", body);
        Map<String, Object> stage = new LinkedHashMap<>(Map.of("id", nextId(DEAL)));
        FinTabloRules.STAGE.writable().stream().sorted().forEach(key -> stage.put(key, body.get(key)));
        shape("stage", stage);
        return stage;
    }

    List<Map<String, Object>> addStage(long id, Map<String, Object> body) {
        Map<String, Object> deal = required(DEAL, id);
        Map<String, Object> stage = stage(body);
        stages(deal).add(stage);
        noted("add-stage " + id + " " + stage.get("comment"));
        return switches.allStagesAnswered ? stages(deal) : List.of(stage);
    }

    /** A person types a stage. */
    public synchronized void addByHand(long deal, String stage) {
        addStage(deal, Map.of("name", stage));
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> stages(Map<String, Object> deal) {
        return (List<Map<String, Object>>) deal.get("stages");
    }

    Map<String, Object> update(String resource, long id, Map<String, Object> body) {
        if (body.isEmpty()) {
            throw new FinTabloRefusal(400, "The request data is empty");
        }
        Map<String, Object> item = resource.equals(DEAL) && switches.stagesEditable ? dealOrStage(id)
                : required(resource, id);
        if (Integer.valueOf(1).equals(item.get("isBuiltIn"))) {
            throw new FinTabloRefusal(422, "The item is built in");
        }
        FinTabloRules.check(resource, body, 422);
        references(resource, body);
        Resource rule = FinTabloRules.RESOURCES.get(resource);
        if (resource.equals("transaction")) {
            transactions.update(item, body);
        } else {
            body.forEach((key, value) -> {
                if (rule.writable().contains(key) && !rule.fixed().contains(key)) {
                    item.put(key, value);
                }
            });
        }
        shape(resource, item);
        noted("update " + resource + " " + id);
        return item;
    }

    private Map<String, Object> dealOrStage(long id) {
        return table(DEAL).values().stream().flatMap(deal -> Stream.concat(Stream.of(deal), stages(deal).stream()))
                .filter(one -> one.get("id").equals(id)).findFirst().orElseThrow(FinTabloRefusal::noItem);
    }

    void delete(String resource, long id) {
        Map<String, Object> item = required(resource, id);
        if (Integer.valueOf(1).equals(item.get("isBuiltIn"))) {
            throw new FinTabloRefusal(422, "The item is built in");
        }
        if (Set.of("direction", "category", "partner-group", "moneybag-group", "moneybag", "deal-status").contains(
                resource) && isUsed(resource, id)) {
            throw new FinTabloRefusal(422, "The item is related to others and cannot be removed");
        }
        if (resource.equals("transaction")) {
            transactions.forget(item);
        }
        table(resource).remove(id);
        noted("delete " + resource + " " + id);
    }

    private boolean isUsed(String resource, long id) {
        Set<String> keys = switch (resource) {
            case "direction" -> Set.of("directionId", "parentId");
            case "category" -> Set.of("categoryId", "parentId");
            case "moneybag" -> Set.of("moneybagId", "moneybag2Id");
            case "deal-status" -> Set.of("statusId");
            default -> Set.of("groupId");
        };
        return objects.entrySet().stream().filter(kind -> !kind.getKey().equals("transaction")
                        || !keys.contains("parentId") || resource.equals("category") || resource.equals("direction"))
                .flatMap(kind -> kind.getValue().values().stream())
                .anyMatch(one -> keys.stream().anyMatch(key -> String.valueOf(one.get(key)).equals("" + id)));
    }

    Map<String, Object> required(String resource, long id) {
        Map<String, Object> item = table(resource).get(id);
        if (item == null) {
            throw FinTabloRefusal.noItem();
        }
        return item;
    }

    /** Everything a body names must be there (section 3). */
    void references(String resource, Map<String, Object> body) {
        FinTabloRules.REFERENCES.forEach((key, target) -> exists(body, key, table(target).keySet()));
        if (resource.equals(DEAL) || resource.equals("stage")) {
            exists(body, "statusId", table("deal-status").keySet());
        }
        if (resource.equals("obligation")) {
            exists(body, "statusId", table("obligation-status").keySet());
            exists(body, "dealId", table(DEAL).keySet());
        }
        if (resource.equals("partner") || resource.equals("moneybag")) {
            exists(body, "groupId", table(resource + "-group").keySet());
        }
        if (resource.equals("direction") || resource.equals("category")) {
            exists(body, "parentId", table(resource).keySet());
            Map<String, Object> parent = body.get("parentId") == null ? Map.of()
                    : table(resource).get(id(body.get("parentId")));
            if (resource.equals("direction") && parent.get("parentId") != null) {
                throw new FinTabloRefusal(422, "The item cannot be child of child item");
            }
            if (Integer.valueOf(1).equals(parent.get("isBuiltIn"))) {
                throw new FinTabloRefusal(422, "The item cannot be child of built in");
            }
        }
    }

    static void exists(Map<String, Object> body, String key, Set<Long> ids) {
        if (body.get(key) != null && !ids.contains(id(body.get(key)))) {
            throw new FinTabloRefusal(422, "The " + key + " is not found");
        }
    }

    static Long id(Object value) {
        return value.toString().matches("\\d{1,18}") ? Long.valueOf(value.toString()) : -1L;
    }

    /** As it is stored: ids as numbers, texts cut, VAT perhaps whole. */
    void shape(String resource, Map<String, Object> item) {
        item.replaceAll((key, value) -> {
            if (value instanceof String text && text.length() > switches.longestText) {
                return text.substring(0, switches.longestText);
            }
            if (key.endsWith("Id") && value != null) {
                return id(value);
            }
            return value;
        });
        if (switches.wholeNds && !resource.equals("transaction") && item.get("nds") != null) {
            item.put("nds", new BigDecimal(item.get("nds").toString()).setScale(0, RoundingMode.DOWN));
        }
    }
}
