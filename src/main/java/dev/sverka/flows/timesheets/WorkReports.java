package dev.sverka.flows.timesheets;

import dev.sverka.core.journal.Event;
import dev.sverka.core.journal.Journal;
import dev.sverka.core.state.Declared;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Work reports of stages, and the acts they yield. */
final class WorkReports {

    private static final String MARKER = "sverka:timesheet:main:";
    private static final String DRAFT = "draft";
    private static final String FIELDS = "fields";

    private final WorkBook book;
    private final TimeBook time;
    private final ProjectPlaces places;
    private final Declared<Rates> rates;
    private final Journal journal;
    private final Clock clock;
    private final ZoneId zone;
    private final WorkSheet sheet;

    WorkReports(WorkBook book, TimeBook time, ProjectPlaces places, Declared<Rates> rates, Journal journal,
            Clock clock, ZoneId zone, Locale locale) {
        this.book = book;
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
        List<WorkLedger.Report> known = book.of(id).stream().map(one -> new WorkLedger.Report(one.month(),
                one.state(), one.state() == WorkLedger.State.FROZEN ? book.lines(one.id()) : List.of())).toList();
        Map<YearMonth, List<WorkLine>> wanted = WorkLedger.drafts(billed(place, text(stage, "company")), known,
                YearMonth.from(LocalDate.ofInstant(clock.instant(), zone)));
        List<Map<String, Object>> writes = new ArrayList<>();
        wanted.forEach((month, lines) -> {
            WorkBook.Report draft = draft(id, month);
            book.lines(draft.id(), lines);
            Map<String, Object> fields = fields(stage, place, month, lines);
            String hash = hash(fields + " " + lines);
            if (!hash.equals(draft.written())) {
                Map<String, Object> write = new LinkedHashMap<>(Map.of("report", draft.id(), FIELDS, fields, "marker",
                        MARKER + "w" + draft.id(), "hash", hash));
                write.put("id", draft.item());
                writes.add(write);
            }
        });
        return writes;
    }

    private List<WorkLine> billed(ProjectPlaces.Place place, @Nullable String company) {
        Long client = company == null ? null : Long.valueOf(company);
        return time.of(place.list()).stream().filter(one -> one.billable() && !one.deleted() && one.minutes() > 0)
                .map(one -> {
                    long minutes = rates.get().minutes(one.minutes(), place.deal(), client);
                    long rate = rates.get().of(one.email(), place.deal(), one.day());
                    return new WorkLine(one.id(), one.person(), one.name(), one.task(), one.taskName(), one.day(),
                            minutes, rate, Rates.amount(minutes, rate), false);
                }).filter(line -> line.minutes() > 0).toList();
    }

    private WorkBook.Report draft(long stage, YearMonth month) {
        return open(stage, month).orElseGet(() -> {
            book.open(stage, month);
            return open(stage, month).orElseThrow();
        });
    }

    private java.util.Optional<WorkBook.Report> open(long stage, YearMonth month) {
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
                        book.lines(Long.parseLong(draft.get("report").toString())), kopecks));
    }

    void shown(Map<String, Object> draft) {
        book.written(Long.parseLong(draft.get("report").toString()), draft.get("hash").toString());
    }

    Map<String, Object> report(Map<String, Object> item) {
        long id = Long.parseLong(item.get("id").toString());
        WorkBook.Report report = book.ofItem(id).orElse(null);
        Map<String, Object> plan = new HashMap<>(Map.of("id", id, FIELDS, Map.of()));
        if (report == null) {
            return plan;
        }
        if (Boolean.TRUE.equals(item.get("deleted"))) {
            if (report.state() == WorkLedger.State.DRAFT) {
                book.lines(report.id(), List.of());
                moved(report, WorkLedger.State.DROPPED, null);
            }
            return plan;
        }
        String stage = String.valueOf(item.get("stage"));
        if (report.state() == WorkLedger.State.DRAFT && !stage.equals(DRAFT) && item.get("stage") != null) {
            String hash = hash(book.lines(report.id()).toString());
            moved(report, stage.equals("declined") ? WorkLedger.State.DECLINED : WorkLedger.State.FROZEN, hash);
            report = book.report(report.id()).orElseThrow();
        } else if (report.state() == WorkLedger.State.FROZEN && stage.equals("declined")) {
            moved(report, WorkLedger.State.DECLINED, report.hash());
            report = book.report(report.id()).orElseThrow();
        }
        if (report.hash() != null) {
            plan.put(FIELDS, Map.of("hash", report.hash()));
        }
        if (report.state() == WorkLedger.State.FROZEN && stage.equals("agreed")) {
            plan.put("act", act(report, item));
        }
        return plan;
    }

    /** Minutes that are free again, or that come later, go to another draft. */
    private void moved(WorkBook.Report report, WorkLedger.State state, @Nullable String hash) {
        book.state(report.id(), state, hash);
        String stage = Long.toString(report.stage());
        journal.accept(new Event("work-report", "bitrix24.main", stage, null, true, Map.of("id", report.stage(),
                "entity", "stage"), Map.of("SyncAccount", "bitrix24.main", "SyncEntity", "stage", "SyncId", stage),
                null));
    }

    private static Map<String, Object> act(WorkBook.Report report, Map<String, Object> item) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String key : List.of("title", "deal", "stageItem", "amount", "hours", "from", "to", "assignee", "company",
                "ourCompany")) {
            if (item.get(key) != null) {
                fields.put(key, item.get(key));
            }
        }
        return Map.of("marker", MARKER + "a" + report.id(), FIELDS, fields);
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
