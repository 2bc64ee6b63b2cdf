package dev.sverka.vendors.fintablo;

import static dev.sverka.vendors.fintablo.FinTabloKind.COUNT;
import static dev.sverka.vendors.fintablo.FinTabloKind.DAY;
import static dev.sverka.vendors.fintablo.FinTabloKind.FLAG;
import static dev.sverka.vendors.fintablo.FinTabloKind.ID;
import static dev.sverka.vendors.fintablo.FinTabloKind.INN;
import static dev.sverka.vendors.fintablo.FinTabloKind.MOMENT;
import static dev.sverka.vendors.fintablo.FinTabloKind.MONTH;
import static dev.sverka.vendors.fintablo.FinTabloKind.RATE;
import static dev.sverka.vendors.fintablo.FinTabloKind.SUM;
import static dev.sverka.vendors.fintablo.FinTabloKind.SWITCH;
import static dev.sverka.vendors.fintablo.FinTabloKind.TEXT;
import static dev.sverka.vendors.fintablo.FinTabloKind.rows;

import dev.sverka.core.connector.Fingerprint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What this vendor says of one of its resources (fintablo.md sections 5, 7 and 8).
 *
 * @param name as paths and routes say it
 * @param readOnly fields that only the vendor sets
 * @param once fields that are set at creation and never after; a PUT would ignore them without a word
 * @param filters of its list
 * @param page how many a page holds; 0 for a list that has no pages
 * @param marked the text field in which our marker stands; null where there is none, so that the name tells
 */
record FinTabloEntity(String name, Map<String, FinTabloKind> fields, Set<String> readOnly, Set<String> once,
        Set<String> filters, int page, @Nullable String marked) {

    static final String TRANSACTION = "transaction";
    static final String DEAL = "deal";
    static final String PARTNER = "partner";

    /** 8.7: lines of a deal. */
    private static final Map<String, FinTabloKind> LINE = Map.of("id", ID, "quantity", COUNT);

    /** 8.7: what {@code add-stage} takes, and a deal's {@code stages} at its creation. */
    static final FinTabloEntity STAGE = new FinTabloEntity("stage", all(Map.of("id", ID, "name", TEXT, "comment", TEXT,
            "partnerId", ID), works()), Set.of("id"), Set.of(), Set.of(), 0, "comment");

    /** 8.6: a part of a split operation. */
    static final Map<String, FinTabloKind> PART = Map.of("id", ID, "value", SUM, "categoryId", ID, "partnerId", ID,
            "directionId", ID, "dealId", ID, "obligationId", ID, "factMonth", MONTH, "spreadMonthes", COUNT,
            "parentId", ID);

    private static final Map<String, FinTabloEntity> ALL = Stream.of(
            new FinTabloEntity("category", Map.of("id", ID, "name", TEXT, "parentId", ID, "group", TEXT, "type", TEXT,
                    "pnlType", TEXT, "description", TEXT, "isBuiltIn", FLAG), Set.of("id", "isBuiltIn"),
                    Set.of("group"), Set.of("parentId", "group", "type", "pnlType"), 0, "description"),
            new FinTabloEntity("moneybag", all(Map.of("id", ID, "name", TEXT, "type", TEXT, "number", TEXT, "currency",
                    TEXT, "balance", SUM, "surplus", SUM, "surplusTimestamp", MOMENT, "groupId", ID),
                    Map.of("archived", FLAG, "hideInTotal", FLAG, "withoutNds", FLAG)), Set.of("id"),
                    Set.of("currency"), Set.of("type", "currency", "groupId", "archived", "hideInTotal", "withoutNds"),
                    0, null),
            new FinTabloEntity(PARTNER, Map.of("id", ID, "name", TEXT, "inn", INN, "groupId", ID, "comment", TEXT),
                    Set.of("id"), Set.of(), Set.of("name", "inn", "comment", "groupId"), 0, "comment"),
            new FinTabloEntity("partner-group", Map.of("id", ID, "name", TEXT), Set.of("id"), Set.of(), Set.of(), 0,
                    null),
            new FinTabloEntity("direction", Map.of("id", ID, "name", TEXT, "parentId", ID, "description", TEXT,
                    "archived", FLAG), Set.of("id"), Set.of(), Set.of("parentId", "archived"), 0, "description"),
            new FinTabloEntity("deal-status", Map.of("id", ID, "name", TEXT), Set.of("id"), Set.of(), Set.of(), 0,
                    null),
            new FinTabloEntity(DEAL, all(Map.of("id", ID, "name", TEXT, "comment", TEXT, "partnerId", ID, "currency",
                    TEXT, "stages", rows(STAGE.fields)), works()), Set.of("id"), Set.of("stages"),
                    Set.of("name", "directionId", "statusId", "partnerId", "responsibleId", "currency",
                            "startDateFrom", "startDateTo", "endDateFrom", "endDateTo", "actDateFrom", "actDateTo"),
                    500, "comment"),
            new FinTabloEntity("obligation", Map.of("id", ID, "name", TEXT, "categoryId", ID, "directionId", ID,
                    "dealId", ID, "amount", SUM, "nds", SUM, "currency", TEXT, "statusId", ID, "partnerId", ID),
                    Set.of("id"), Set.of(), Set.of("name", "directionId", "statusId", "partnerId", "categoryId",
                            "dealId", "currency", "actDateFrom", "actDateTo"), 0, "comment")
                    .with(Map.of("comment", TEXT, "actDate", DAY)),
            new FinTabloEntity(TRANSACTION, all(PART, Map.of("moneybagId", ID, "group", TEXT, "value2", SUM,
                    "moneybag2Id", ID, "description", TEXT, "date", DAY, "timestamp", MOMENT, "isPlan", FLAG,
                    "nds", RATE, "obtainingId", ID)), Set.of("id", "parentId", "subs"),
                    Set.of("group", "split", "rulesOverwrite"), Set.of("dateFrom", "dateTo", "group", "parentId",
                            "categoryId", "partnerId", "directionId", "dealId", "moneybagId", "valueFrom", "valueTo",
                            "isPlan"), 1000, "description")
                    .with(Map.of("split", rows(PART), "subs", rows(PART), "rulesOverwrite", SWITCH)))
            .collect(Collectors.toMap(FinTabloEntity::name, Function.identity()));

    static FinTabloEntity of(String name) {
        FinTabloEntity entity = ALL.get(name);
        if (entity == null) {
            throw new IllegalArgumentException("FinTablo has no " + name);
        }
        return entity;
    }

    static Set<String> names() {
        return ALL.keySet();
    }

    /** What deal and stage have in common. */
    private static Map<String, FinTabloKind> works() {
        return all(Map.of("jobs", rows(LINE), "goods", rows(LINE), "directionId", ID, "amount", SUM, "nds", SUM,
                "customCostPrice", SUM, "statusId", ID, "responsibleId", ID, "startDate", DAY, "endDate", DAY),
                Map.of("actDate", DAY));
    }

    private static Map<String, FinTabloKind> all(Map<String, FinTabloKind> some, Map<String, FinTabloKind> more) {
        Map<String, FinTabloKind> all = new HashMap<>(some);
        all.putAll(more);
        return Map.copyOf(all);
    }

    private FinTabloEntity with(Map<String, FinTabloKind> more) {
        return new FinTabloEntity(name, all(fields, more), readOnly, once, filters, page, marked);
    }

    /** @throws IllegalArgumentException naming what cannot be written */
    Map<String, Object> write(Map<String, ?> values) {
        List<String> theirs = values.keySet().stream().filter(readOnly::contains).toList();
        if (!theirs.isEmpty()) {
            throw new IllegalArgumentException("FinTablo itself sets " + String.join(", ", theirs));
        }
        return FinTabloKind.write(fields, values);
    }

    Map<String, Object> read(Map<?, ?> raw) {
        return FinTabloKind.read(fields, raw);
    }

    /** Which of the wanted values an object does not hold. */
    Set<String> differing(Map<String, ?> wanted, Map<String, ?> present) {
        return wanted.keySet().stream().filter(key -> !fields.getOrDefault(key, TEXT)
                .isSame(wanted.get(key), present.get(key))).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Equal for objects that say the same: without undocumented fields, and without {@code timestamp}, which follows
     * the date.
     */
    String fingerprint(Map<String, Object> item) {
        Map<String, Object> canonical = FinTabloKind.canonical(fields, item);
        canonical.remove("timestamp");
        return Fingerprint.of(canonical);
    }
}
