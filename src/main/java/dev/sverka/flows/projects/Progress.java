package dev.sverka.flows.projects;

import dev.sverka.core.journal.Event;
import dev.sverka.core.journal.Journal;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Links;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What tasks and hours of a list mean for its stage. */
final class Progress {

    /** Where a stage stands while it is worked on: from any other place a person has moved it on. */
    private static final Set<String> UNDER_WAY = Set.of("new", "work");
    private static final int HASH = 8;
    private static final String ACCOUNT = "clickup.main";
    private static final String ACCEPTANCE = "acceptance";
    /** For which tasks a stage is being moved: a move that was carried out and not told yet still has its comment. */
    private static final String MOVING = "stage-moving";

    private final ProjectBook book;
    private final TimeBook time;
    private final Declared<FieldOwners> owners;
    private final Links links;
    private final Journal journal;
    private final ProjectTexts texts;
    private final Clock clock;
    private final ZoneId zone;

    Progress(ProjectBook book, TimeBook time, Declared<FieldOwners> owners, Links links, Journal journal,
            ProjectTexts texts, Clock clock, ZoneId zone) {
        this.book = book;
        this.time = time;
        this.owners = owners;
        this.links = links;
        this.journal = journal;
        this.texts = texts;
        this.clock = clock;
        this.zone = zone;
    }

    /** Takes over where a task is; its list, and the one it has left, are counted. */
    void task(Map<String, Object> task) {
        String id = String.valueOf(task.get("id"));
        if (Boolean.TRUE.equals(task.get("unreachable"))) {
            return;
        }
        String before = book.listOf(id).orElse(null);
        Object home = Item.map(task.get("list")).get("id");
        String list = Item.isDeleted(task) || home == null ? null : home.toString();
        book.task(id, list);
        if (before != null) {
            count(before);
        }
        if (list != null && !list.equals(before)) {
            count(list);
        }
    }

    private void count(String list) {
        book.stageOf(list).filter(stage -> !stage.deleted() && !stage.gone()).ifPresent(stage ->
                journal.accept(new Event("project-progress", "clickup.main", list, null, true, Map.of("list", list,
                        "stage", stage.id()), Map.of("SyncAccount", "clickup.main", "SyncEntity", "list", "SyncId",
                                list), null)));
    }

    /** Whom to ask for the tasks: nobody where the list went meanwhile. */
    Map<String, Object> counted(Map<String, Object> asked) {
        String list = String.valueOf(asked.get("list"));
        Optional<ProjectBook.Stage> stage = book.stageOf(list).filter(one -> !one.gone() && !one.deleted());
        return stage.isEmpty() ? Map.of() : Map.of("list", list, "stage", stage.get().id(), "filter",
                Map.of("archived", true));
    }

    /**
     * What the stage is to hold.
     *
     * @param item the stage as the portal holds it now
     * @param move whether a stage whose tasks are all closed is moved: {@code move: true}
     * @return {@code {id, fields}}; with {@code next} and {@code comment}, or {@code todo}, where all is closed
     */
    Map<String, Object> of(Map<String, Object> asked, Map<String, Object> item, List<Map<String, Object>> all,
            String move) {
        long id = Long.parseLong(asked.get("stage").toString());
        Map<String, Object> plan = new LinkedHashMap<>(Map.of("id", id));
        Map<String, Object> fields = new LinkedHashMap<>();
        plan.put("fields", fields);
        ProjectBook.Stage stage = book.stage(id).orElse(null);
        if (Item.isDeleted(item) || stage == null) {
            return plan;
        }
        List<Map<String, Object>> tasks = all.stream().filter(task -> isClosed(task)
                || !Boolean.TRUE.equals(task.get("archived"))).toList();
        long closed = tasks.stream().filter(Progress::isClosed).count();
        if (owners.get().is("progress", FieldOwners.CLICKUP) && (!tasks.isEmpty() || item.get("progress") != null)) {
            put(fields, item, "progress", tasks.isEmpty() ? 0L : closed * 100 / tasks.size());
        }
        if (owners.get().is("lastDue", FieldOwners.CLICKUP)) {
            put(fields, item, "lastDue", tasks.stream().map(task -> Item.day(task, "due_on")).filter(Objects::nonNull)
                    .max(Comparator.naturalOrder()).orElse(null));
        }
        if (!tasks.isEmpty() && closed == tasks.size()) {
            closed(plan, stage, item, tasks, move.contains("true"));
        }
        return plan;
    }

    /** Where the field is on the portal, and something is to be told. */
    private static void put(Map<String, Object> fields, Map<String, Object> item, String key,
            @Nullable Object value) {
        if (item.get(key) != null || value != null && Item.lacks(item, key)) {
            fields.put(key, value);
        }
    }

    /** Section 6 of the sheet knows open, custom and closed; done is what newer spaces say of what is finished. */
    private static boolean isClosed(Map<String, Object> task) {
        Object type = Item.map(task.get("status")).get("type");
        return "closed".equals(type) || "done".equals(type);
    }

    /** Once for one set of tasks: after that a person who moves the stage back has the last word. */
    private void closed(Map<String, Object> plan, ProjectBook.Stage stage, Map<String, Object> item,
            List<Map<String, Object>> tasks, boolean move) {
        String set = hash(tasks.stream().map(task -> String.valueOf(task.get("id"))).sorted()
                .collect(Collectors.joining(" ")));
        if (set.equals(stage.closedSet())) {
            return;
        }
        plan.put("set", set);
        String stands = String.valueOf(item.get("stage"));
        boolean moved = move && stands.equals(ACCEPTANCE) && set.equals(moving(stage.id()));
        if (!UNDER_WAY.contains(stands) && !moved) {
            return;
        }
        String marker = Folders.MARKER + stage.id() + ":" + set.substring(0, HASH);
        if (move) {
            links.agree(ACCOUNT, MOVING, Long.toString(stage.id()), Map.of("set", set));
            plan.put("next", Map.of("id", stage.id(), "fields", Map.of("stage", ACCEPTANCE)));
            plan.put("comment", Map.of("id", stage.id(), "marker", marker, "text", texts.allClosed(tasks.size()) + "\n"
                    + marker));
        } else {
            Map<String, Object> todo = new LinkedHashMap<>(Map.of("id", stage.id(), "marker", marker, "title",
                    texts.toAccept(), "deadline", LocalDate.ofInstant(clock.instant(), zone).plusDays(1).toString()));
            todo.put("responsible", item.get("assignee"));
            plan.put("todo", todo);
        }
    }

    private @Nullable Object moving(long stage) {
        return links.agreed(ACCOUNT, MOVING, Long.toString(stage)).get("set");
    }

    private static String hash(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(
                    StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What was done about these tasks is not done again. */
    void told(Map<String, Object> plan) {
        if (plan.get("set") != null) {
            book.closedSet(Long.parseLong(plan.get("id").toString()), plan.get("set").toString());
        }
    }

    /** Hours of a stage. @param item the stage as the portal holds it now @return {@code {id, fields}} */
    Map<String, Object> hours(Map<String, Object> item) {
        ProjectBook.Stage stage = book.stage(Item.id(item)).orElse(null);
        Map<String, Object> fields = new LinkedHashMap<>();
        if (isOfClickUp(item) && stage != null && stage.list() != null) {
            put(fields, item, "actualHours", hours(time.minutes(stage.list())));
        }
        Map<String, Object> plan = new LinkedHashMap<>(Map.of("id", Item.id(item), "fields", fields));
        if (stage != null && stage.deal() != null) {
            plan.put("deal", stage.deal());
        }
        return plan;
    }

    private boolean isOfClickUp(Map<String, Object> item) {
        return !Item.isDeleted(item) && owners.get().is("hours", FieldOwners.CLICKUP);
    }

    /** Hours of a deal: those of its stages. */
    Map<String, Object> dealHours(Map<String, Object> item) {
        long id = Item.id(item);
        Map<String, Object> fields = new LinkedHashMap<>();
        if (isOfClickUp(item)) {
            long minutes = book.stagesOf(id).stream().filter(one -> one.list() != null)
                    .mapToLong(one -> time.minutes(one.list())).sum();
            put(fields, item, "actualHours", hours(minutes));
        }
        return Map.of("id", id, "fields", fields);
    }

    /** Takes over an entry: hours of the lists it was and is in change. @return what changed */
    TimeBook.Change time(Map<String, Object> entry) {
        TimeBook.Change change = time.take(entry);
        Stream.of(change.before(), change.after()).filter(Objects::nonNull).map(TimeBook.Entry::list)
                .filter(Objects::nonNull).distinct().flatMap(list -> book.stageOf(list).stream())
                .filter(stage -> !stage.deleted()).forEach(stage -> Folders.accept(journal, "project-hours",
                        "stage", Long.toString(stage.id())));
        Stream.of(change.before(), change.after()).filter(Objects::nonNull).map(TimeBook.Entry::person).distinct()
                .forEach(this::worked);
        return change;
    }

    /** What a report has said of this person's time may not hold any more. */
    private void worked(long person) {
        String key = Long.toString(person);
        journal.accept(new Event("staff-person", "bitrix24.main", key, null, true, Map.of("person", person),
                Map.of("SyncAccount", "clickup.main", "SyncEntity", "person", "SyncId", key), null));
    }

    static BigDecimal hours(long minutes) {
        return BigDecimal.valueOf(minutes).divide(BigDecimal.valueOf(60), 2, RoundingMode.HALF_UP);
    }
}
