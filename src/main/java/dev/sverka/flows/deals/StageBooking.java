package dev.sverka.flows.deals;

import dev.sverka.core.state.Links;
import dev.sverka.flows.books.FinTabloIds;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A deal's stages in FinTablo (fintablo.md section 8.7). They are made with the deal or added to it; nothing changes or
 * deletes them over the API, so what differs afterwards is a note for a person. Joins the running transaction.
 */
final class StageBooking {

    private static final String ADD = "add";
    private static final String ADOPT = "adopt";
    /** FinTablo holds what is wanted, or a person has deleted the stage there: no more is said of it. */
    static final String KEEP = "keep";
    static final String BY_HAND = "через API этапы ФинТабло не меняются, поправьте в ФинТабло сами: ";
    private static final Map<String, String> WORDS = Map.of("name", "название", "amount", "сумма без НДС", "nds", "НДС",
            "startDate", "начало", "endDate", "конец", "directionId", "направление", "actDate", "дата акта");

    private final DealBook book;
    private final DealBooking deals;
    private final Links links;

    StageBooking(DealBook book, DealBooking deals, Links links) {
        this.book = book;
        this.deals = deals;
        this.links = links;
    }

    /** FinTablo's stage; null while there is none. */
    @Nullable Long theirs(@Nullable Long stage) {
        return stage == null ? null : links.right(FinTabloIds.STAGES, stage.toString()).map(Long::valueOf).orElse(null);
    }

    /** The stages that a new deal is made with. @param deal what FinTablo's deal is to hold */
    List<Map<String, Object>> inline(Map<String, String> deal, List<Map<String, Object>> stages) {
        return stages.stream().filter(StageBooking::isAlive).sorted(inOrder()).map(stage -> {
            Map<String, Object> fields = new LinkedHashMap<>(wanted(stage, deal, new ArrayList<>()));
            fields.put("comment", marker(stage));
            return fields;
        }).toList();
    }

    private static Comparator<Map<String, Object>> inOrder() {
        return Comparator.<Map<String, Object>, BigDecimal>comparing(one -> one.get("number") == null
                ? BigDecimal.valueOf(Long.MAX_VALUE) : new BigDecimal(one.get("number").toString()))
                .thenComparing(StageBooking::id);
    }

    /** Keeps the stages that a new deal was made with. @param made FinTablo's deal */
    void made(long deal, Map<String, String> written, List<Map<String, Object>> stages, Map<String, Object> made) {
        for (Map<String, Object> stage : stages) {
            rows(made).stream().filter(one -> String.valueOf(one.get("comment")).contains(marker(stage) + " ")
                    || String.valueOf(one.get("comment")).endsWith(marker(stage))).findFirst().ifPresent(one -> {
                        links.link(FinTabloIds.STAGES, Long.toString(id(stage)), one.get("id").toString());
                        book.keep(id(stage), new DealBook.Stage(deal, Values.held(one,
                                wanted(stage, written, new ArrayList<>()))));
                    });
        }
    }

    /** @return {@code {id, item, due, look}}: {@code look} is FinTablo's deal */
    Map<String, Object> begin(Map<String, Object> item) {
        long id = id(item);
        Map<String, Object> work = new LinkedHashMap<>(Map.of("id", id, "item", item, "due", false));
        Long deal = book.stage(id).map(DealBook.Stage::deal).orElseGet(() -> Values.id(item.get("deal")));
        Long theirDeal = deals.theirs(deal);
        if (deal == null || theirDeal == null || theirDeal < 0) {
            return work;
        }
        Map<String, String> written = book.stage(id).map(DealBook.Stage::written).orElse(Map.of());
        boolean due = theirs(id) == null ? isAlive(item) : isDeleted(item) || !isOf(item, deal)
                || !written.equals(wanted(item, book.deal(deal).map(DealBook.Deal::written).orElse(Map.of()),
                        new ArrayList<>()));
        work.put("due", due);
        work.put("deal", deal);
        work.put("look", theirDeal);
        return work;
    }

    /** What is to be done. @param present FinTablo's deal @return {@code {action, …}}: none, add, adopt or keep */
    Map<String, Object> choose(Map<String, Object> work, Map<String, Object> item, Map<String, Object> present) {
        long id = id(item);
        long deal = Long.parseLong(work.get("deal").toString());
        List<String> findings = new ArrayList<>();
        Map<String, String> wanted = isDeleted(item) ? Map.of() : wanted(item,
                book.deal(deal).map(DealBook.Deal::written).orElse(Map.of()), findings);
        Map<String, Object> chosen = new LinkedHashMap<>(Map.of("portal", id, "deal", deal, "item", item, "wanted",
                wanted, "findings", findings, "action", DealBooking.NONE));
        if (Boolean.TRUE.equals(present.get("deleted"))) {
            return chosen;
        }
        Long theirs = theirs(id);
        if (theirs == null) {
            List<Map<String, Object>> alike = rows(present).stream().filter(one -> plain(one.get("name"))
                    .equals(plain(wanted.get("name"))) && links.left(FinTabloIds.STAGES, one.get("id").toString())
                            .isEmpty()).toList();
            chosen.putAll(alike.size() == 1 ? Map.of("action", ADOPT, "theirs", alike.get(0).get("id"))
                    : Map.of("action", ADD, "id", work.get("look"), "marker", marker(item), "fields",
                            new LinkedHashMap<>(wanted)));
            return chosen;
        }
        compare(chosen, wanted, rows(present).stream().filter(one -> theirs.toString()
                .equals(String.valueOf(one.get("id")))).findFirst().orElse(null), findings);
        return chosen;
    }

    private static void compare(Map<String, Object> chosen, Map<String, String> wanted,
            @Nullable Map<String, Object> theirs, List<String> findings) {
        Map<?, ?> item = (Map<?, ?>) chosen.get("item");
        chosen.put("action", KEEP);
        if (theirs == null) {
            return;
        }
        List<String> other = new ArrayList<>();
        if (Boolean.TRUE.equals(item.get("deleted"))) {
            other.add("этап удалён на портале, удалите его и там, если за ним ничего не числится");
        } else if (!Objects.equals(Values.id(item.get("deal")), chosen.get("deal"))) {
            other.add("этап перенесён в другую сделку, перенесите его и там");
        }
        other.addAll(differing(wanted, theirs));
        if (!other.isEmpty()) {
            chosen.put("action", DealBooking.NONE);
            findings.add(BY_HAND + String.join(", ", other));
        }
    }

    /** What FinTablo's stage holds otherwise, for a person. */
    static List<String> differing(Map<String, String> wanted, Map<String, Object> theirs) {
        List<String> other = new ArrayList<>();
        wanted.forEach((key, value) -> {
            String held = theirs.get(key) == null ? "" : Values.canonical(theirs.get(key));
            if (!held.equals(value)) {
                other.add(WORDS.get(key) + " " + (held.isEmpty() ? "пусто" : held) + " → " + value);
            }
        });
        return other;
    }

    /** Keeps what {@link #choose} was carried out to. @param result FinTablo's answer to an addition */
    void booked(Map<String, Object> chosen, Map<String, String> wanted, @Nullable Map<String, Object> result) {
        long id = Long.parseLong(chosen.get("portal").toString());
        long deal = Long.parseLong(chosen.get("deal").toString());
        String action = chosen.get("action").toString();
        Object theirs = action.equals(ADOPT) ? chosen.get("theirs") : action.equals(ADD) && result != null
                ? result.get("id") : null;
        if (theirs != null) {
            links.link(FinTabloIds.STAGES, Long.toString(id), theirs.toString());
        }
        if (theirs != null || action.equals(KEEP)) {
            book.keep(id, new DealBook.Stage(deal, action.equals(ADD) ? Values.held(result, wanted) : wanted));
        }
    }

    /** @param deal what FinTablo's deal holds, or is to hold: where a stage says no VAT, the deal's rate holds */
    private static Map<String, String> wanted(Map<String, Object> item, Map<String, String> deal,
            List<String> findings) {
        Map<String, String> wanted = new LinkedHashMap<>();
        put(wanted, "name", Objects.requireNonNullElse(Values.text(item.get("title")), "Этап"));
        put(wanted, "directionId", deal.get("directionId"));
        put(wanted, "startDate", Values.day(item.get("begin")));
        put(wanted, "endDate", Values.day(item.get("end")));
        BigDecimal amount = Values.kopecks(item.get("amount"));
        if (amount.signum() > 0) {
            Integer own = Values.vatRate(item.get("vat"));
            Integer rate = own != null ? own : Values.vatRate(deal.get("amount"), deal.get("nds"));
            if (rate == null) {
                findings.add("сумма этапа не передана: не указан НДС ни у этапа, ни у сделки");
            } else {
                BigDecimal vat = Values.vat(amount, rate);
                put(wanted, "amount", amount.subtract(vat));
                put(wanted, "nds", vat);
            }
        }
        return wanted;
    }

    private static void put(Map<String, String> wanted, String key, @Nullable Object value) {
        if (value != null) {
            wanted.put(key, Values.canonical(value));
        }
    }

    private static boolean isOf(Map<String, Object> item, long deal) {
        return Objects.equals(Values.id(item.get("deal")), deal);
    }

    private static boolean isDeleted(Map<String, Object> item) {
        return Boolean.TRUE.equals(item.get("deleted"));
    }

    /** A stage that was given up before FinTablo had it is not made there. */
    private static boolean isAlive(Map<String, Object> item) {
        return !isDeleted(item) && (!Values.isOver(item) || Values.SUCCESS.equals(item.get("semantics")));
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> rows(Map<String, Object> deal) {
        return deal.get("stages") instanceof List<?> stages ? (List<Map<String, Object>>) stages : List.of();
    }

    static String plain(@Nullable Object name) {
        return Objects.toString(name, "").toLowerCase(Locale.ROOT).replace('ё', 'е').replaceAll("\\s+", " ").strip();
    }

    private static long id(Map<String, Object> item) {
        return Long.parseLong(item.get("id").toString());
    }

    private static String marker(Map<String, Object> item) {
        return Deals.MARKER + item.get("id");
    }
}
