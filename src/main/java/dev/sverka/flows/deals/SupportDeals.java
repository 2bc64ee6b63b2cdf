package dev.sverka.flows.deals;

import dev.sverka.core.journal.Event;
import dev.sverka.core.journal.FlowSteps;
import dev.sverka.core.journal.Journal;
import dev.sverka.core.state.Links;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The steps that give a support deal its stage and its payment of each month, once; {@code bean:supportDeals} in routes.
 * Months that a downtime swallowed are made up one after another; a month in which the deal was no support deal is not.
 */
@FlowSteps
public class SupportDeals {

    private static final String PORTAL = "bitrix24.main";
    private static final String FLOW = "deal-month";
    private static final String MONTHLY = "monthly";
    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("yyMM");
    private static final DateTimeFormatter WORDS = DateTimeFormatter.ofPattern("LLLL yyyy", Locale.forLanguageTag("ru"));
    private static final List<String> OF_PAYMENT = List.of("amount", "vat", "company", "ourCompany", "assignee",
            "article", "method", "contractNumber", "contractDate");
    private static final List<String> OF_DEAL = List.of("amount", "vat", "company", "assignee", "contractNumber");

    private final TransactionOperations transactions;
    private final Links links;
    private final Journal journal;
    private final Clock clock;
    private final ZoneId zone;

    SupportDeals(TransactionOperations transactions, Links links, Journal journal, Clock clock, ZoneId zone) {
        this.transactions = transactions;
        this.links = links;
        this.journal = journal;
        this.clock = clock;
        this.zone = zone;
    }

    /** One deal as a list. */
    public List<Map<String, Object>> one(Map<String, Object> deal) {
        return List.of(deal);
    }

    /**
     * Accepts the work on the deals that repeat.
     *
     * @param repeat {@code monthly}; anything else repeats nothing
     * @param pipeline key of the funnel in which they stand
     * @param stage key of the stage at which they stand, or {@code any} that is not the end
     */
    public void due(List<Map<String, Object>> deals, String repeat, String pipeline, String stage) {
        transactions.executeWithoutResult(status -> deals.forEach(deal -> {
            boolean deleted = Boolean.TRUE.equals(deal.get("deleted"));
            boolean repeats = repeat.equals(MONTHLY) && !deleted && !Values.isOver(deal)
                    && pipeline.equals(deal.get("pipeline")) && (stage.equals("any") || stage.equals(deal.get("stage")));
            YearMonth last = last(deal);
            if (repeats && next(deal).isPresent()) {
                accept(deal.get("id"));
            } else if (!repeats && last != null && last.isBefore(now().minusMonths(1))) {
                keep(deal.get("id"), now().minusMonths(1));
            }
        }));
    }

    /**
     * What a deal lacks of its next month.
     *
     * @param stages of the deal; @param payments of the deal
     * @return {@code {deal, month, stage, stageItem, payment}}: {@code stage} and {@code payment} are to be made;
     *     empty where no month is due
     */
    public Map<String, Object> month(Map<String, Object> deal, List<Map<String, Object>> stages,
            List<Map<String, Object>> payments) {
        Optional<YearMonth> due = Boolean.TRUE.equals(deal.get("deleted")) || Values.isOver(deal) ? Optional.empty()
                : next(deal);
        if (due.isEmpty()) {
            return Map.of();
        }
        YearMonth month = due.get();
        List<Map<String, Object>> incoming = payments.stream().filter(one -> "in".equals(one.get("pipeline"))).toList();
        Optional<Map<String, Object>> basis = incoming.stream().filter(one -> !isCancelled(one)
                && Values.text(one.get("period")) != null).max(Comparator.comparing(one -> one.get("period").toString()));
        Map<String, Object> work = new LinkedHashMap<>(Map.of("deal", deal.get("id"), "month", month.toString()));
        Optional<Map<String, Object>> stage = stages.stream().filter(one -> marker(deal, "s", month)
                .equals(one.get("xmlId")) || isWithin(one, month)).findFirst();
        stage.ifPresentOrElse(one -> work.put("stageItem", one.get("id")),
                () -> work.put("stage", stage(deal, month, basis.orElse(deal), stages)));
        if (incoming.stream().noneMatch(one -> marker(deal, "p", month).equals(one.get("xmlId"))
                || month.toString().equals(one.get("period")))) {
            Map<String, Object> fields = ofMonth(deal, month);
            copy(basis.orElse(deal), fields, basis.isPresent() ? OF_PAYMENT : OF_DEAL);
            fields.put("period", month.toString());
            work.put("payment", made(deal, marker(deal, "p", month), fields));
        }
        return work;
    }

    private static Map<String, Object> stage(Map<String, Object> deal, YearMonth month, Map<String, Object> basis,
            List<Map<String, Object>> stages) {
        Map<String, Object> fields = ofMonth(deal, month);
        copy(basis, fields, List.of("amount", "vat", "ourCompany"));
        copy(deal, fields, List.of("company", "assignee"));
        fields.put("begin", month.atDay(1).toString());
        fields.put("end", month.atEndOfMonth().toString());
        stages.stream().filter(one -> String.valueOf(one.get("xmlId")).startsWith(DealProcess.MARKER + deal.get("id")
                + ".s")).max(Comparator.comparing(one -> one.get("xmlId").toString()))
                .ifPresent(before -> copy(before, fields, List.of("plannedHours")));
        return made(deal, marker(deal, "s", month), fields);
    }

    /**
     * The month's payment.
     *
     * @param result the portal's answer to the creation of the month's stage
     * @param day of the month, by which it is to be paid
     * @return marker and fields; empty where there is one
     */
    @SuppressWarnings("unchecked")
    public Map<String, Object> payment(Map<String, Object> work, @Nullable Map<String, Object> result, int day) {
        if (!(work.get("payment") instanceof Map<?, ?> payment)) {
            return Map.of();
        }
        Map<String, Object> made = new LinkedHashMap<>((Map<String, Object>) payment);
        Map<String, Object> fields = new LinkedHashMap<>((Map<String, Object>) made.get("fields"));
        YearMonth month = YearMonth.parse(work.get("month").toString());
        fields.put("dueDate", month.atDay(Math.min(day, month.lengthOfMonth())).toString());
        Object stage = work.get("stageItem") != null ? work.get("stageItem") : result == null ? null : result.get("id");
        if (stage != null) {
            fields.put("stageItem", stage);
        }
        made.put("fields", fields);
        return made;
    }

    /** Keeps that the month is made, and accepts the work on one that is due after it. */
    public void done(Map<String, Object> work) {
        YearMonth month = YearMonth.parse(work.get("month").toString());
        transactions.executeWithoutResult(status -> {
            keep(work.get("deal"), month);
            if (month.isBefore(now())) {
                accept(work.get("deal"));
            }
        });
    }

    private Optional<YearMonth> next(Map<String, Object> deal) {
        YearMonth last = last(deal);
        YearMonth next = last == null ? now() : last.plusMonths(1);
        LocalDate begin = Values.day(deal.get("begin"));
        LocalDate end = Values.day(deal.get("end"));
        YearMonth first = begin == null || !next.isBefore(YearMonth.from(begin)) ? next : YearMonth.from(begin);
        return first.isAfter(now()) || end != null && first.isAfter(YearMonth.from(end)) ? Optional.empty()
                : Optional.of(first);
    }

    private @Nullable YearMonth last(Map<String, Object> deal) {
        Object month = links.agreed(PORTAL, FLOW, deal.get("id").toString()).get("month");
        return month == null ? null : YearMonth.parse(month.toString());
    }

    private void keep(Object deal, YearMonth month) {
        links.agree(PORTAL, FLOW, deal.toString(), Map.of("month", month.toString()));
    }

    private void accept(Object deal) {
        String id = deal.toString();
        journal.accept(new Event(FLOW, PORTAL, id, null, true, Map.of("id", Long.valueOf(id)),
                Map.of("SyncAccount", PORTAL, "SyncEntity", "deal", "SyncId", id), null));
    }

    private YearMonth now() {
        return YearMonth.from(LocalDate.ofInstant(clock.instant(), zone));
    }

    /** A stage that people made for the month is as good as ours. */
    private static boolean isWithin(Map<String, Object> stage, YearMonth month) {
        LocalDate begin = Values.day(stage.get("begin"));
        LocalDate end = Values.day(stage.get("end"));
        return begin != null && end != null && YearMonth.from(begin).equals(month) && YearMonth.from(end).equals(month);
    }

    private static boolean isCancelled(Map<String, Object> payment) {
        return Values.isOver(payment) && !Values.SUCCESS.equals(payment.get("semantics"));
    }

    private static Map<String, Object> ofMonth(Map<String, Object> deal, YearMonth month) {
        return new LinkedHashMap<>(Map.of("title", "Поддержка, " + WORDS.format(month), "deal", deal.get("id")));
    }

    private static Map<String, Object> made(Map<String, Object> deal, String marker, Map<String, Object> fields) {
        return new LinkedHashMap<>(Map.of("marker", marker, "fields", fields, "currency", Values.currency(deal)));
    }

    private static void copy(Map<String, Object> from, Map<String, Object> to, List<String> keys) {
        keys.stream().filter(key -> from.get(key) != null && !from.get(key).toString().isBlank())
                .forEach(key -> to.put(key, from.get(key)));
    }

    private static String marker(Map<String, Object> deal, String what, YearMonth month) {
        return DealProcess.MARKER + deal.get("id") + "." + what + SHORT.format(month);
    }
}
