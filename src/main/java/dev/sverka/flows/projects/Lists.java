package dev.sverka.flows.projects;

import dev.sverka.core.journal.Journal;
import dev.sverka.core.state.Audit;
import dev.sverka.core.state.AuditRow;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Links;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A stage and its list. What both hold is kept under {@code name}, {@code due}, {@code text} and {@code person}: where
 * the portal tells the same again and ClickUp nothing new, ClickUp is not even asked.
 */
final class Lists {

    private static final String ACCOUNT = "clickup.main";
    private static final String ENTITY = "list";
    private static final String PLACE = "id";
    /** So often one and the same value is written against somebody or something that changes it back, a day. */
    private static final long MOST_REWRITES = 3;

    private final ProjectBook book;
    private final Declared<FieldOwners> owners;
    private final Links links;
    private final Audit audit;
    private final Journal journal;
    private final ProjectTexts texts;
    private final Clock clock;
    private final ZoneId zone;

    Lists(ProjectBook book, Declared<FieldOwners> owners, Links links, Audit audit, Journal journal, ProjectTexts texts,
            Clock clock, ZoneId zone) {
        this.book = book;
        this.owners = owners;
        this.links = links;
        this.audit = audit;
        this.journal = journal;
        this.texts = texts;
        this.clock = clock;
        this.zone = zone;
    }

    /** What is to be done about a stage as the portal holds it now. */
    Map<String, Object> stage(Map<String, Object> item) {
        long id = Item.id(item);
        if (Item.isDeleted(item)) {
            book.stageDeleted(id);
            return Map.of("action", Folders.NONE);
        }
        Instant changed = Item.moment(item, "updatedTime");
        movedFrom(id, Item.number(item, "deal"));
        book.keepStage(id, Item.number(item, "deal"), Item.title(item), Item.day(item, "end"),
                changed == null ? clock.instant() : changed);
        ProjectBook.Stage stage = book.stage(id).orElseThrow();
        ProjectBook.Deal deal = stage.deal() == null ? null : book.deal(stage.deal()).orElse(null);
        boolean homeless = deal == null || deal.folder() == null || deal.gone();
        if (stage.gone() || stage.list() == null && (homeless || "failure".equals(item.get("semantics")))) {
            return Map.of("action", Folders.NONE);
        }
        Map<String, Object> plan = new LinkedHashMap<>(Map.of("stage", id, "link", Item.lacks(item, "clickupList")));
        plan.put("name", Item.title(item).isEmpty() ? "Этап #" + id : Item.title(item));
        plan.put("end", Objects.toString(Item.day(item, "end"), ""));
        plan.put("text", String.join("\n", texts.lines(owned("begin") ? Item.day(item, "begin") : null,
                Item.text(item, "url"), deal == null ? null : deal.page())));
        Map<String, Object> agreed = stage.list() == null ? Map.of() : agreed(stage.list());
        Long assignee = Item.number(item, "assignee");
        plan.put("assignee", Objects.toString(assignee, ""));
        if (owned("responsible") && assignee != null && !assignee.toString().equals(agreed.get("person"))) {
            plan.put("person", assignee);
        }
        if (stage.list() == null) {
            plan.put("action", "create");
            // a copied stage brings the other one's link along
            plan.put("link", !Item.isMissing(item, "clickupList"));
            plan.put("folder", Objects.requireNonNull(deal).folder());
            plan.put("marker", Folders.MARKER + id);
            plan.put("fields", created(plan));
            return plan;
        }
        plan.put(PLACE, stage.list());
        boolean quiet = !stage.dirty() && plan.get("person") == null && !Item.lacks(item, "clickupList")
                && same("name", plan.get("name"), agreed.get("name"))
                && same("due", plan.get("end"), agreed.get("due")) && plan.get("text").equals(agreed.get("text"));
        plan.put("action", quiet ? Folders.NONE : "look");
        return plan;
    }

    /** A stage that goes to another deal takes its hours with it. */
    private void movedFrom(long id, @Nullable Long deal) {
        Long before = book.stage(id).filter(stage -> stage.list() != null).map(ProjectBook.Stage::deal).orElse(null);
        if (before != null && !before.equals(deal)) {
            Folders.accept(journal, "project-deal-hours", "deal", before.toString());
            Folders.accept(journal, "project-hours", "stage", Long.toString(id));
        }
    }

    private boolean owned(String field) {
        return owners.get().is(field, FieldOwners.BITRIX24);
    }

    private boolean same(String field, @Nullable Object one, @Nullable Object other) {
        return owners.get().is(field, "none") || Objects.equals(one, other);
    }

    private Map<String, Object> agreed(String list) {
        return links.agreed(ACCOUNT, ENTITY, list);
    }

    private Map<String, Object> created(Map<String, Object> plan) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", plan.get("name"));
        fields.put("content", plan.get("text"));
        if (!owners.get().is("due", "none") && !plan.get("end").toString().isEmpty()) {
            fields.put("due_date", plan.get("end"));
        }
        return fields;
    }

    /** The member of ClickUp that stands for the stage's responsible person goes into the plan; unknown: nobody. */
    static Map<String, Object> responsible(Map<String, Object> plan, Map<String, Object> user,
            List<Map<String, Object>> members, People people) {
        Optional<Map<String, Object>> member = people.member(user, members);
        Map<String, Object> fields = new LinkedHashMap<>(Item.map(plan.get("fields")));
        member.ifPresent(one -> {
            if (!String.valueOf(one.get(PLACE)).equals(plan.get("present"))) {
                fields.put("assignee", Long.valueOf(one.get(PLACE).toString()));
            }
        });
        if (member.isEmpty() && plan.get("present") != null) {
            fields.put("assignee", null);
        }
        Map<String, Object> known = new LinkedHashMap<>(plan);
        known.put("fields", fields);
        known.put("write", !fields.isEmpty());
        known.remove("person");
        return known;
    }

    /** Nothing is agreed yet: one that was adopted may hold anything. */
    Map<String, Object> made(Map<String, Object> plan, Map<String, Object> result) {
        String list = String.valueOf(result.get(PLACE));
        book.list(number(plan, "stage"), list);
        links.agree(ACCOUNT, ENTITY, list, Map.of());
        // one that was adopted may have had tasks and time before
        Folders.accept(journal, "project-hours", "stage", String.valueOf(plan.get("stage")));
        Map<String, Object> made = new LinkedHashMap<>(plan);
        made.put(PLACE, list);
        made.remove("fields");
        // a dry run's ids are below zero: nothing of them can be read
        made.put("rehearsed", list.startsWith("-"));
        return made;
    }

    /** A name that was taken has a number behind it. */
    private static boolean isNamed(String name, String wanted) {
        return name.strip().equals(wanted) || name.matches(Pattern.quote(wanted) + " \\(\\d\\)");
    }

    private static Map<String, Object> agreement(Map<String, Object> plan, @Nullable Object due,
            Map<String, Object> before) {
        Map<String, Object> agreed = new LinkedHashMap<>(before);
        agreed.put("name", plan.get("name"));
        agreed.put("due", Objects.toString(due, ""));
        agreed.put("text", plan.get("text"));
        agreed.put("person", plan.get("assignee"));
        return agreed;
    }

    /** What is to be written to either side, now that the list is in sight. */
    Map<String, Object> seen(Map<String, Object> plan, Map<String, Object> list) {
        long id = number(plan, "stage");
        ProjectBook.Stage stage = book.stage(id).orElseThrow();
        Map<String, Object> seen = new LinkedHashMap<>(plan);
        if (Item.isDeleted(list) || Boolean.TRUE.equals(list.get("archived"))) {
            book.listGone(id, Item.isDeleted(list));
            // an archived one is looked at again once it is back
            book.dirty(id, true);
            seen.put("action", "rest");
            seen.remove("person");
            return seen;
        }
        String key = String.valueOf(plan.get(PLACE));
        Map<String, Object> agreed = agreed(key);
        LocalDate due = Item.day(list, "due_on");
        if (!Objects.equals(due, stage.dueOn())) {
            book.due(id, due, Item.moment(list, "due_date_after"), clock.instant());
            stage = book.stage(id).orElseThrow();
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        if (owned("name") && !isNamed(String.valueOf(list.get("name")), String.valueOf(plan.get("name")))) {
            fields.put("name", plan.get("name"));
        }
        String content = ProjectTexts.content(Item.text(list, "content"), String.valueOf(plan.get("text")).lines()
                .toList());
        if (!content.equals(Objects.toString(list.get("content"), "").strip())) {
            fields.put("content", content);
        }
        seen.put("present", Item.text(Item.map(list.get("assignee")), PLACE));
        due(seen, stage, agreed, due, fields);
        seen.put("fields", fields);
        seen.put("write", !fields.isEmpty());
        seen.put("action", isFutile(agreed, fields) ? "rest" : "update");
        return seen;
    }

    private void due(Map<String, Object> seen, ProjectBook.Stage stage, Map<String, Object> agreed,
            @Nullable LocalDate due, Map<String, Object> fields) {
        String rule = owners.get().rule("due");
        LocalDate end = day(seen.get("end"));
        if (rule.equals("none")) {
            seen.put("due", "");
            return;
        }
        Merge.Verdict<LocalDate> verdict = Merge.decide(rule, day(agreed.get("due")),
                new Merge.Side<>(end, stage.endAt()), new Merge.Side<>(due, stage.dueFrom(), stage.dueAt()));
        seen.put("due", Objects.toString(verdict.value(), ""));
        if (!Objects.equals(verdict.value(), due)) {
            fields.put("due_date", verdict.value());
        }
        if (!Objects.equals(verdict.value(), end)) {
            Map<String, Object> back = new LinkedHashMap<>();
            back.put("end", verdict.value());
            seen.put("back", back);
        }
        if (verdict.conflict()) {
            keepLost(stage, verdict);
        }
    }

    /** Once, though the work may be repeated. */
    private void keepLost(ProjectBook.Stage stage, Merge.Verdict<LocalDate> verdict) {
        String id = Long.toString(stage.id());
        Merge.Side<LocalDate> portal = new Merge.Side<>(stage.endOn(), stage.endAt());
        Merge.Side<LocalDate> clickup = new Merge.Side<>(stage.dueOn(), stage.dueFrom(), stage.dueAt());
        String because = "{\"rule\":\"latest\",\"evidence\":\"" + texts.compared(portal, clickup, zone)
                + "\",\"kept\":\"" + (verdict.fromPortal() ? "bitrix24" : "clickup") + "\",\"bitrix24At\":\""
                + Objects.toString(stage.endAt(), "") + "\",\"clickupAfter\":\"" + Objects.toString(stage.dueFrom(), "")
                + "\",\"clickupAt\":\"" + Objects.toString(stage.dueAt(), "") + "\"}";
        List<AuditRow> all = audit.of("stage", id);
        if (all.stream().noneMatch(row -> row.because().equals(because))) {
            audit.write(new AuditRow(clock.instant(), verdict.fromPortal() ? ACCOUNT : "bitrix24.main", "stage", id,
                    "end", Objects.toString(verdict.lost(), ""), Objects.toString(verdict.value(), ""), because, null));
        }
    }

    /** Never in a loop against an automation: one and the same write goes out a few times a day. */
    private boolean isFutile(Map<String, Object> agreed, Map<String, Object> fields) {
        return wrote(fields).equals(agreed.get("wrote"))
                && Long.parseLong(agreed.get("times").toString()) >= MOST_REWRITES;
    }

    private String wrote(Map<String, Object> fields) {
        return LocalDate.ofInstant(clock.instant(), zone) + " " + fields;
    }

    /** What the stage is told. @param place the list with its {@code url} */
    static Map<String, Object> back(Map<String, Object> plan, Map<String, Object> place) {
        Map<String, Object> fields = new LinkedHashMap<>(Item.map(plan.get("back")));
        if (Boolean.TRUE.equals(plan.get("link")) && place.get("url") != null) {
            fields.put("clickupList", place.get("url"));
        }
        return Map.of(PLACE, number(plan, "stage"), "fields", fields);
    }

    /** Both sides hold it now. */
    void agreed(Map<String, Object> plan) {
        long stage = number(plan, "stage");
        String list = String.valueOf(plan.get(PLACE));
        LocalDate due = day(plan.get("due"));
        Map<String, Object> before = agreed(list);
        Map<String, Object> agreed = agreement(plan, plan.get("due"), before);
        if (Boolean.TRUE.equals(plan.get("write"))) {
            String wrote = wrote(Item.map(plan.get("fields")));
            agreed.put("times", wrote.equals(before.get("wrote")) ? Long.parseLong(before.get("times").toString()) + 1
                    : 1L);
            agreed.put("wrote", wrote);
        }
        links.agree(ACCOUNT, ENTITY, list, agreed);
        ProjectBook.Stage kept = book.stage(stage).orElseThrow();
        if (!Objects.equals(kept.dueOn(), due)) {
            book.due(stage, due, kept.dueFrom(), kept.dueAt());
        }
        if (plan.get("back") != null) {
            book.end(stage, due);
        }
        book.dirty(stage, false);
    }

    /**
     * Takes over what ClickUp tells of a list.
     *
     * @param hint an event's, with the moment of the change
     * @return the stage's comment; no text where there is nothing to say
     */
    Map<String, Object> news(Map<String, Object> list, Map<String, Object> hint) {
        ProjectBook.Stage stage = book.stageOf(String.valueOf(list.get(PLACE))).orElse(null);
        if (stage == null || stage.deleted() || Boolean.TRUE.equals(list.get("unreachable"))) {
            return Map.of();
        }
        if (Item.isDeleted(list)) {
            book.listGone(stage.id(), true);
            String marker = Folders.MARKER + stage.id() + ":gone";
            return stage.gone() ? Map.of() : Map.of(PLACE, stage.id(), "marker", marker, "text",
                    texts.listGone() + "\n" + marker);
        }
        book.listGone(stage.id(), false);
        LocalDate due = Item.day(list, "due_on");
        if (!Objects.equals(due, stage.dueOn())) {
            Instant told = Item.moment(hint, "date");
            book.due(stage.id(), due, told == null ? Item.moment(list, "due_date_after") : told,
                    told == null ? clock.instant() : told);
        }
        Map<String, Object> agreed = agreed(String.valueOf(stage.list()));
        boolean differs = stage.gone() || stage.dirty() || owned("name") && !isNamed(String.valueOf(list.get("name")),
                Objects.toString(agreed.get("name"), "")) || !same("due", Objects.toString(due, ""),
                        agreed.get("due"));
        if (differs && !Boolean.TRUE.equals(list.get("archived"))) {
            book.dirty(stage.id(), true);
            Folders.accept(journal, "project-stage", "stage", Long.toString(stage.id()));
        }
        return Map.of();
    }

    private static long number(Map<String, Object> map, String key) {
        return Long.parseLong(String.valueOf(map.get(key)));
    }

    private static @Nullable LocalDate day(@Nullable Object text) {
        return text == null || text.toString().isEmpty() ? null : LocalDate.parse(text.toString());
    }
}
