package dev.sverka.flows.timesheets;

import dev.sverka.core.journal.Event;
import dev.sverka.core.journal.Journal;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Links;
import dev.sverka.core.state.Locks;
import dev.sverka.flows.projects.ProjectPlaces;
import dev.sverka.flows.projects.TimeBook;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Work reports of stages, and the acts they yield. */
final class WorkReports {

    static final String MARKER = "sverka:timesheet:main:";
    private static final String DRAFT = "draft";
    private static final String FIELDS = "fields";
    private static final String DECLINED = "declined";
    private static final String ACCOUNT = "timesheets";
    /** What is on its way to a draft's item; empty once it has arrived. */
    private static final String PENDING = "work-pending";
    private static final String ROUNDING = "work-rounding";
    private static final String RATED = "work-rates";

    private final WorkBook book;
    private final WorkActs acts;
    private final Links links;
    private final Locks locks;
    private final TimeBook time;
    private final ProjectPlaces places;
    private final Declared<Rates> rates;
    private final Journal journal;
    private final Clock clock;
    private final ZoneId zone;
    private final WorkSheet sheet;

    /** What reports are kept with. */
    record Store(WorkBook book, Links links, Locks locks) {
    }

    WorkReports(Store store, TimeBook time, ProjectPlaces places, Declared<Rates> rates, Journal journal,
            Clock clock, ZoneId zone, Locale locale) {
        this.book = store.book();
        this.links = store.links();
        this.locks = store.locks();
        this.acts = new WorkActs(links, locale);
        this.time = time;
        this.places = places;
        this.rates = rates;
        this.journal = journal;
        this.clock = clock;
        this.zone = zone;
        this.sheet = new WorkSheet(locale);
    }

    List<Map<String, Object>> drafts(Map<String, Object> stage) {
        long id = Long.parseLong(stage.get("id").toString());
        ProjectPlaces.Place place = places.stage(id).orElse(null);
        if (place == null || Boolean.TRUE.equals(stage.get("deleted"))) {
            return List.of();
        }
        hold(id);
        List<WorkLedger.Report> known = book.of(id).stream().map(one -> new WorkLedger.Report(one.month(),
                one.state(), one.state() == WorkLedger.State.FROZEN ? book.lines(one.id()) : List.of(),
                rounding(one.id()))).toList();
        Rates.Rounding rounding = rounding(place, text(stage, "company"));
        List<TimeBook.Entry> worked = time.of(place.list()).stream()
                .filter(one -> one.billable() && !one.deleted() && one.minutes() > 0).toList();
        Map<YearMonth, List<WorkLine>> wanted = WorkLedger.drafts(worked.stream().map(one -> line(one, place,
                rounding)).toList(), worked.stream().collect(Collectors.toMap(TimeBook.Entry::id,
                        TimeBook.Entry::minutes)), known, YearMonth.from(LocalDate.ofInstant(clock.instant(), zone)));
        List<Map<String, Object>> writes = new ArrayList<>();
        wanted.forEach((month, lines) -> {
            WorkBook.Report draft = draft(id, month);
            Map<String, Object> fields = fields(stage, place, month, lines);
            String hash = hash(fields + " " + lines);
            if (!hash.equals(draft.written())) {
                Map<String, Object> write = new LinkedHashMap<>(Map.of("report", draft.id(), FIELDS, fields, "marker",
                        MARKER + "w" + draft.id(), "hash", hash));
                write.put("id", draft.item());
                writes.add(write);
                pending(draft.id(), lines, fields, rounding);
            }
        });
        return writes;
    }

    /** One at a time about the reports of a stage: what is frozen and what is drafted must not cross. */
    private void hold(long stage) {
        locks.hold(List.of("work-report " + stage));
    }

    private WorkLine line(TimeBook.Entry entry, ProjectPlaces.Place place, Rates.Rounding rounding) {
        long minutes = rounding.minutes(entry.minutes());
        long rate = rates.get().of(entry.email(), place.deal(), entry.day());
        return new WorkLine(entry.id(), entry.person(), entry.name(), entry.task(), entry.taskName(), entry.day(),
                minutes, rate, Rates.amount(minutes, rate), false);
    }

    private Rates.Rounding rounding(ProjectPlaces.Place place, @Nullable String company) {
        return rates.get().rounding(place.deal(), company == null ? null : Long.valueOf(company));
    }

    /** By which the minutes of a report were rounded that the portal shows; null for one that an older version made. */
    private Rates.@Nullable Rounding rounding(long report) {
        Map<String, Object> kept = links.agreed(ACCOUNT, ROUNDING, Long.toString(report));
        return kept.get("mode") == null ? null : new Rates.Rounding(Long.parseLong(kept.get("to").toString()),
                kept.get("mode").toString());
    }

    /** Whether a write arrives is known only after it: until then both are kept, what the portal showed and is to show. */
    private void pending(long report, List<WorkLine> lines, Map<String, Object> fields, Rates.Rounding rounding) {
        book.pending(report, lines);
        book.written(report, null);
        links.agree(ACCOUNT, PENDING, Long.toString(report), Map.of("hours", fields.get("hours").toString(), "amount",
                fields.get("amount").toString(), "to", rounding.to(), "mode", rounding.mode()));
    }

    /** The portal shows what was pending. */
    private void show(long report) {
        Map<String, Object> pending = links.agreed(ACCOUNT, PENDING, Long.toString(report));
        if (!pending.isEmpty()) {
            book.show(report);
            links.agree(ACCOUNT, ROUNDING, Long.toString(report), Map.of("to", pending.get("to"), "mode",
                    pending.get("mode")));
            links.agree(ACCOUNT, PENDING, Long.toString(report), Map.of());
        }
    }

    /** Whether the item shows what was sent last, though nobody answered that it arrived. */
    private boolean isShown(long report, Map<String, Object> item) {
        Map<String, Object> pending = links.agreed(ACCOUNT, PENDING, Long.toString(report));
        boolean never = links.agreed(ACCOUNT, ROUNDING, Long.toString(report)).isEmpty() && book.lines(report).isEmpty();
        return !pending.isEmpty() && (never || is(pending, item, "hours") && is(pending, item, "amount"));
    }

    private static boolean is(Map<String, Object> pending, Map<String, Object> item, String key) {
        return item.get(key) != null && new BigDecimal(item.get(key).toString()).compareTo(new BigDecimal(
                pending.get(key).toString())) == 0;
    }

    private WorkBook.Report draft(long stage, YearMonth month) {
        return open(stage, month).orElseGet(() -> {
            book.open(stage, month);
            return open(stage, month).orElseThrow();
        });
    }

    private Optional<WorkBook.Report> open(long stage, YearMonth month) {
        return book.of(stage).stream().filter(one -> one.state() == WorkLedger.State.DRAFT
                && one.month().equals(month)).findFirst();
    }

    private Map<String, Object> fields(Map<String, Object> stage, ProjectPlaces.Place place, YearMonth month,
            List<WorkLine> lines) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("title", place.title() + ", " + String.format("%02d.%d", month.getMonthValue(), month.getYear()));
        fields.put("deal", place.deal());
        fields.put("stageItem", place.stage());
        fields.put("from", month.atDay(1).toString());
        fields.put("to", month.atEndOfMonth().toString());
        fields.put("hours", BigDecimal.valueOf(lines.stream().mapToLong(WorkLine::minutes).sum())
                .divide(BigDecimal.valueOf(60), 2, RoundingMode.HALF_UP));
        fields.put("amount", BigDecimal.valueOf(amount(lines, text(stage, "vat")), 2));
        // a draft that has nothing to say any more has no rates: the portal takes an empty text for none
        fields.put("rates", lines.isEmpty() ? null : lines.stream().map(line -> line.name() + ": " + (line.rate() == 0 ? "нет ставки"
                : BigDecimal.valueOf(line.rate(), 2).toPlainString())).distinct().sorted()
                .collect(Collectors.joining("\n")));
        for (String key : List.of("assignee", "company", "ourCompany")) {
            if (stage.get(key) != null) {
                fields.put(key, stage.get(key));
            }
        }
        return fields;
    }

    /** Kopecks, with VAT. @param vat such as {@code 22 %}; nothing for none */
    private long amount(List<WorkLine> lines, @Nullable String vat) {
        long sum = lines.stream().mapToLong(WorkLine::amount).sum();
        String percent = Objects.toString(vat, "").replaceAll("\\D", "");
        return !rates.get().excluded() || percent.isEmpty() ? sum : sum + BigDecimal.valueOf(sum)
                .multiply(new BigDecimal(percent)).divide(BigDecimal.valueOf(100), 0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    Map<String, Object> made(Map<String, Object> draft, Map<String, Object> result) {
        long item = Long.parseLong(result.get("id").toString());
        book.item(Long.parseLong(draft.get("report").toString()), item);
        Map<String, Object> made = new LinkedHashMap<>(draft);
        made.put("id", item);
        return made;
    }

    Map<String, Object> file(Map<String, Object> draft) {
        Map<?, ?> fields = (Map<?, ?>) draft.get(FIELDS);
        long kopecks = new BigDecimal(fields.get("amount").toString()).movePointRight(2).longValueExact();
        return Map.of("id", draft.get("id"), "field", "file", "name", "report-" + draft.get("report") + ".xlsx",
                "content", sheet.of(String.valueOf(fields.get("title")),
                        book.pending(Long.parseLong(draft.get("report").toString())), kopecks));
    }

    void shown(Map<String, Object> draft) {
        long id = Long.parseLong(draft.get("report").toString());
        hold(book.report(id).orElseThrow().stage());
        WorkBook.Report report = book.report(id).orElseThrow();
        boolean frozen = report.state() == WorkLedger.State.FROZEN;
        if (frozen && !links.agreed(ACCOUNT, PENDING, Long.toString(id)).isEmpty()) {
            // it left Черновик while this was on its way, and shows it now
            show(id);
            moved(report, WorkLedger.State.FROZEN, hash(book.lines(id).toString()));
        } else {
            show(id);
        }
        book.written(id, draft.get("hash").toString());
    }

    Map<String, Object> report(Map<String, Object> item) {
        long id = Long.parseLong(item.get("id").toString());
        Map<String, Object> plan = new HashMap<>(Map.of("id", id, FIELDS, Map.of()));
        Optional<Long> ofAct = acts.reportOf(item);
        if (ofAct.isPresent()) {
            book.report(ofAct.get()).ifPresent(report -> act(report, item));
            return plan;
        }
        WorkBook.Report report = book.ofItem(id).orElse(null);
        if (report == null) {
            return plan;
        }
        hold(report.stage());
        report = taken(book.report(report.id()).orElseThrow(), item, plan);
        boolean deleted = Boolean.TRUE.equals(item.get("deleted"));
        if (report.hash() != null && !deleted) {
            plan.put(FIELDS, Map.of("hash", report.hash()));
        }
        if (report.state() == WorkLedger.State.FROZEN && !deleted && "agreed".equals(item.get("stage"))) {
            acts.due(report.id());
            plan.put("report", report.id());
            plan.put("act", acts.act(report.id(), item));
        }
        return plan;
    }

    /** A report as the portal holds it now. @return as it is kept from now on */
    private WorkBook.Report taken(WorkBook.Report report, Map<String, Object> item, Map<String, Object> plan) {
        boolean deleted = Boolean.TRUE.equals(item.get("deleted"));
        String stage = String.valueOf(item.get("stage"));
        boolean declined = deleted || stage.equals(DECLINED);
        if (report.state() == WorkLedger.State.DRAFT) {
            if (deleted) {
                book.clear(report.id());
                moved(report, WorkLedger.State.DROPPED, null);
            } else if (!stage.equals(DRAFT) && item.get("stage") != null) {
                moved(report, declined ? WorkLedger.State.DECLINED : WorkLedger.State.FROZEN, snapshot(report, item));
            }
        } else if (report.state() == WorkLedger.State.FROZEN) {
            if (!deleted && isShown(report.id(), item)) {
                moved(report, WorkLedger.State.FROZEN, snapshot(report, item));
            }
            if (declined && acts.stands(report.id())) {
                // its minutes are on the act: they are free once that is
                acts.released(report.id(), true);
                acts.comment(report.id()).ifPresent(comment -> plan.put("comment", comment));
            } else if (declined) {
                moved(report, WorkLedger.State.DECLINED, book.report(report.id()).orElseThrow().hash());
            } else {
                acts.released(report.id(), false);
            }
        } else if (report.state() == WorkLedger.State.DECLINED && !declined) {
            plan.put("comment", acts.gone(report.id(), Long.parseLong(item.get("id").toString())));
        }
        return book.report(report.id()).orElseThrow();
    }

    private String snapshot(WorkBook.Report report, Map<String, Object> item) {
        if (isShown(report.id(), item)) {
            show(report.id());
        }
        return hash(book.lines(report.id()).toString());
    }

    /** An act that was declined, revoked or deleted lets go the minutes of a report that was rejected too. */
    private void act(WorkBook.Report known, Map<String, Object> item) {
        hold(known.stage());
        WorkBook.Report report = book.report(known.id()).orElseThrow();
        if (acts.take(report.id(), item) && report.state() == WorkLedger.State.FROZEN) {
            moved(report, WorkLedger.State.DECLINED, report.hash());
        }
    }

    void actMade(Map<String, Object> plan, Map<String, Object> result) {
        acts.made(Long.parseLong(plan.get("report").toString()), Long.parseLong(result.get("id").toString()));
    }

    /** The work on every stage that has a draft: rates, or what the stage says of itself, may be others now. */
    void due() {
        book.stagesWithDrafts().forEach(this::accept);
    }

    /** Whether the rates are others than those by which all drafts were looked at last. */
    boolean isRatedAnew() {
        return !version().equals(links.agreed(ACCOUNT, RATED, RATED).get("version"));
    }

    void rated() {
        String version = version();
        due();
        links.agree(ACCOUNT, RATED, RATED, Map.of("version", version));
    }

    private String version() {
        return Integer.toHexString(rates.get().hashCode());
    }

    /** Minutes that are free again, or that come later, go to another draft. */
    private void moved(WorkBook.Report report, WorkLedger.State state, @Nullable String hash) {
        book.state(report.id(), state, hash);
        accept(report.stage());
    }

    private void accept(long id) {
        String stage = Long.toString(id);
        journal.accept(new Event("work-report", "bitrix24.main", stage, null, true, Map.of("id", id, "entity", "stage"),
                Map.of("SyncAccount", "bitrix24.main", "SyncEntity", "stage", "SyncId", stage), null));
    }

    private static @Nullable String text(Map<String, Object> map, String key) {
        return map.get(key) == null ? null : map.get(key).toString();
    }

    static String hash(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(
                    StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
