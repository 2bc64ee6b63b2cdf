package dev.sverka.flows.deals;

import dev.sverka.flows.deals.ActBook.Act;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A deal's signed acts in FinTablo, so that its profit and loss recognises the money when the work was accepted: the
 * latest dates the deal, and where the deal has stages each is a stage «Акт № …» of its own. Joins the running
 * transaction.
 */
final class ActBooking {

    private static final Set<String> ACTS = Set.of("Акт", "УПД");
    private static final String ADD = "add";
    private static final String ADOPT = "adopt";
    private static final String DATE = "date";

    private final ActBook acts;
    private final DealBook book;
    private final DealBooking deals;

    ActBooking(ActBook acts, DealBook book, DealBooking deals) {
        this.acts = acts;
        this.book = book;
        this.deals = deals;
    }

    /**
     * Takes over an act, or a document that is one.
     *
     * @return deals whose date of the act has to be looked at again
     */
    Set<Long> take(Map<String, Object> item) {
        String id = item.get("entity") + " " + item.get("id");
        Act before = acts.act(id).orElse(null);
        Long deal = isSigned(item) ? Values.id(item.get("deal")) : null;
        Set<Long> touched = new TreeSet<>();
        if (before != null && ActBook.STAGE.equals(before.place())) {
            boolean still = Objects.equals(deal, before.deal());
            acts.keep(new Act(id, before.deal(), still ? signedOn(item) : before.signedOn(), still ? said(item) : null,
                    before.place(), before.written(), before.theirs()));
            return touched;
        }
        acts.forget(id);
        if (before != null) {
            touched.add(before.deal());
        }
        if (deal != null) {
            boolean dated = before != null && deal.equals(before.deal()) && ActBook.DEAL.equals(before.place());
            acts.keep(new Act(id, deal, signedOn(item), said(item), dated ? ActBook.DEAL : null, Map.of(), null));
        }
        return touched;
    }

    /** The deal at which an act has to stand; null where there is nothing to do. */
    @Nullable Long pending(String id) {
        return acts.act(id).filter(act -> !ActBook.DEAL.equals(act.place())).map(Act::deal).orElse(null);
    }

    /** Acts that FinTablo does not have yet. */
    List<String> pendingOf(long deal) {
        return acts.of(deal).stream().filter(act -> act.place() == null).map(Act::id).toList();
    }

    /** @return {@code {id, due, look}}: {@code look} is FinTablo's deal */
    Map<String, Object> begin(String id) {
        Map<String, Object> work = new LinkedHashMap<>(Map.of("id", id, "due", false));
        Act act = acts.act(id).orElse(null);
        Long theirs = act == null ? null : deals.theirs(act.deal());
        // a dry run invents ids below zero, of which FinTablo knows nothing
        if (act != null && theirs != null && theirs > 0 && !ActBook.DEAL.equals(act.place())
                && (act.place() == null || !act.written().equals(wanted(act, new ArrayList<>())))) {
            work.put("due", true);
            work.put("look", theirs);
        }
        return work;
    }

    /** What is to be done. @param present FinTablo's deal @return {@code {action, …}}: none, date, add, adopt or keep */
    Map<String, Object> choose(Map<String, Object> work, Map<String, Object> present) {
        Act act = acts.act(work.get("id").toString()).orElseThrow();
        List<String> findings = new ArrayList<>();
        Map<String, String> wanted = wanted(act, findings);
        String[] words = act.id().split(" ", 2);
        Map<String, Object> chosen = new LinkedHashMap<>(Map.of("portal", words[1], "act", act.id(), "deal",
                act.deal(), "wanted", wanted, "findings", findings, "action", DealBooking.NONE, "item", Map.of("entity", words[0], "title",
                        wanted.getOrDefault("name", act.written().getOrDefault("name", "Акт")))));
        List<Map<String, Object>> stages = StageBooking.rows(present);
        if (Boolean.TRUE.equals(present.get("deleted"))) {
            findings.clear();
        } else if (act.place() != null) {
            compare(chosen, act, wanted, stages, findings);
        } else if (stages.isEmpty()) {
            findings.clear();
            chosen.put("action", DATE);
        } else if (findings.isEmpty()) {
            enter(chosen, act, wanted, stages, work.get("look"));
            if (present.get("actDate") != null) {
                findings.add("у сделки в ФинТабло стоит дата акта " + Values.canonical(present.get("actDate"))
                        + ", по ней признаётся вся её сумма; теперь акты стоят этапами, сотрите дату у сделки сами");
            }
        }
        return chosen;
    }

    /** One paper may be an act and a document on the portal, and people may have typed it: it is one stage. */
    private void enter(Map<String, Object> chosen, Act act, Map<String, String> wanted,
            List<Map<String, Object>> stages, Object theirDeal) {
        Map<String, Object> same = stages.stream().filter(one -> StageBooking.plain(one.get("name"))
                .equals(StageBooking.plain(wanted.get("name"))) && (one.get("actDate") == null
                        || Values.canonical(one.get("actDate")).equals(wanted.get("actDate")))).findFirst().orElse(null);
        chosen.putAll(same != null ? Map.of("action", ADOPT, "theirs", same.get("id"))
                : Map.of("action", ADD, "id", theirDeal, "marker", Deals.MARKER + act.id().charAt(0)
                        + chosen.get("portal"), "fields", new LinkedHashMap<>(wanted)));
    }

    private static void compare(Map<String, Object> chosen, Act act, Map<String, String> wanted,
            List<Map<String, Object>> stages, List<String> findings) {
        findings.clear();
        Map<String, Object> theirs = stages.stream().filter(one -> String.valueOf(one.get("id"))
                .equals(String.valueOf(act.theirs()))).findFirst().orElse(null);
        List<String> other = theirs == null ? List.of() : act.said() == null
                ? List.of("акт больше не подписан, удалён или перенесён в другую сделку, удалите его этап и там")
                : StageBooking.differing(wanted, theirs);
        if (other.isEmpty()) {
            chosen.put("action", StageBooking.KEEP);
        } else {
            findings.add(StageBooking.BY_HAND + String.join(", ", other));
        }
    }

    /**
     * Keeps what {@link #choose} was carried out to.
     *
     * @param result FinTablo's answer to an addition
     * @return whether it has to be looked at once more: the stage was there, or holds something else
     */
    boolean booked(Map<String, Object> chosen, Map<String, String> wanted, @Nullable Map<String, Object> result) {
        Act act = acts.act(chosen.get("act").toString()).orElseThrow();
        switch (chosen.get("action").toString()) {
            case DATE -> acts.keep(act.at(ActBook.DEAL, Map.of(), null));
            case StageBooking.KEEP -> acts.keep(act.at(act.place(), wanted, act.theirs()));
            case ADOPT -> {
                acts.keep(act.at(ActBook.STAGE, Map.of(), Values.id(chosen.get("theirs"))));
                return true;
            }
            case ADD -> {
                if (result != null) {
                    Map<String, String> held = Values.held(result, wanted);
                    acts.keep(act.at(ActBook.STAGE, held, Values.id(result.get("id"))));
                    return !held.equals(wanted);
                }
            }
            default -> {
                // a person has to mend something
            }
        }
        return false;
    }

    /** A stage cannot be changed later: while something lacks it is a finding, and nothing is made. */
    private Map<String, String> wanted(Act act, List<String> findings) {
        Map<String, String> said = act.said();
        Map<String, String> wanted = new LinkedHashMap<>();
        if (said == null) {
            return wanted;
        }
        Map<String, String> deal = book.deal(act.deal()).map(DealBook.Deal::written).orElse(Map.of());
        wanted.put("name", said.get("name"));
        wanted.put("actDate", act.signedOn().toString());
        if (deal.get("directionId") != null) {
            wanted.put("directionId", deal.get("directionId"));
        }
        BigDecimal amount = Values.kopecks(said.get("amount"));
        Map<String, String> stage = said.get("stage") == null ? Map.of()
                : book.stage(Long.parseLong(said.get("stage"))).map(DealBook.Stage::written).orElse(Map.of());
        Integer own = Values.vatRate(stage.get("amount"), stage.get("nds"));
        Integer rate = own != null ? own : Values.vatRate(deal.get("amount"), deal.get("nds"));
        if (amount.signum() <= 0) {
            findings.add("этап не добавлен: у подписанного акта не указана сумма, укажите её на портале");
        } else if (rate == null) {
            findings.add("этап не добавлен: ставка НДС акта не видна ни по его этапу, ни по сделке, укажите их НДС и"
                    + " сумму на портале");
        } else {
            BigDecimal vat = Values.vat(amount, rate);
            wanted.put("amount", Values.canonical(amount.subtract(vat)));
            wanted.put("nds", Values.canonical(vat));
        }
        return wanted;
    }

    private static Map<String, String> said(Map<String, Object> item) {
        Map<String, String> said = new LinkedHashMap<>();
        String number = Values.text(item.get("number"));
        String kind = ACTS.contains(String.valueOf(item.get("kind"))) ? item.get("kind").toString() : "Акт";
        said.put("name", number != null ? kind + " № " + number : Objects.requireNonNullElse(Values.text(
                item.get("title")), kind + " от " + item.get("date")));
        if (item.get("amount") != null) {
            said.put("amount", Values.canonical(Values.kopecks(item.get("amount"))));
        }
        if (item.get("stageItem") != null) {
            said.put("stage", item.get("stageItem").toString());
        }
        return said;
    }

    private static LocalDate signedOn(Map<String, Object> item) {
        return Objects.requireNonNull(Values.day(item.get("date")));
    }

    private static boolean isSigned(Map<String, Object> item) {
        return isActSigned(item) && Values.day(item.get("date")) != null;
    }

    /** A signed act of a deal without a date: FinTablo cannot be told when the work was accepted. */
    static boolean isUndated(Map<String, Object> item) {
        return isActSigned(item) && item.get("deal") != null && Values.day(item.get("date")) == null;
    }

    private static boolean isActSigned(Map<String, Object> item) {
        boolean act = "report".equals(item.get("entity")) ? "act".equals(item.get("pipeline"))
                : ACTS.contains(String.valueOf(item.get("kind")));
        return act && "signed".equals(item.get("stage"));
    }
}
