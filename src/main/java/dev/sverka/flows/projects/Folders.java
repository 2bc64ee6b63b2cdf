package dev.sverka.flows.projects;

import dev.sverka.core.journal.Event;
import dev.sverka.core.journal.Journal;
import dev.sverka.core.state.Declared;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A deal and its folder. */
final class Folders {

    static final String NONE = "none";
    static final String MARKER = "sverka:deal-clickup:main:";
    private static final Logger LOG = LoggerFactory.getLogger(Folders.class);
    private static final int LONGEST_NAME = 200;

    private final ProjectBook book;
    private final Declared<FieldOwners> owners;
    private final Journal journal;

    Folders(ProjectBook book, Declared<FieldOwners> owners, Journal journal) {
        this.book = book;
        this.owners = owners;
        this.journal = journal;
    }

    /** @param started stages of deals that have begun, as the route lists them; every success stage too */
    Map<String, Object> deal(Map<String, Object> item, String started) {
        long id = Item.id(item);
        ProjectBook.Deal before = book.deal(id).orElse(null);
        if (Item.isDeleted(item)) {
            if (before != null) {
                book.keepDeal(id, null, null, null, before.started(), true);
            }
            return Map.of("action", NONE);
        }
        boolean begun = hasStarted(item, started);
        book.keepDeal(id, Item.title(item), Item.text(item, "pipeline"), Item.text(item, "url"), begun, false);
        Map<String, Object> plan = new LinkedHashMap<>(Map.of("deal", id, "link", Item.lacks(item, "clickupFolder")));
        String name = name(Item.title(item), id);
        if (before == null || before.folder() == null) {
            plan.put("action", begun ? "create" : NONE);
            // a copied deal brings the other one's link along
            plan.put("link", !Item.isMissing(item, "clickupFolder"));
            plan.put("marker", MARKER + id);
            plan.put("fields", Map.of("name", name));
            plan.put("space", owners.get().space(Item.text(item, "pipeline")));
            return plan;
        }
        boolean same = !owners.get().is("name", FieldOwners.BITRIX24) || name.equals(before.agreedName());
        plan.put("action", before.gone() || same && !Item.lacks(item, "clickupFolder") ? NONE : "look");
        plan.put("id", before.folder());
        plan.put("space", before.space());
        plan.put("name", name);
        return plan;
    }

    private static boolean hasStarted(Map<String, Object> item, String started) {
        Set<String> stages = Arrays.stream(started.replaceFirst("^\\s*started:", "").split("[,\\s]+"))
                .filter(one -> !one.isEmpty()).collect(Collectors.toSet());
        String stage = String.valueOf(item.get("stage"));
        return "success".equals(item.get("semantics")) || stages.contains(stage)
                || stages.contains(item.get("pipeline") + "." + stage);
    }

    private static String name(String title, long deal) {
        String cut = title.length() <= LONGEST_NAME ? title : title.substring(0, LONGEST_NAME).strip();
        return (cut.isEmpty() ? "Сделка" : cut) + " #" + deal;
    }

    /** The Workspace's only space, where the mapping names none. */
    Map<String, Object> space(Map<String, Object> plan, List<Map<String, Object>> spaces) {
        List<String> open = spaces.stream().filter(one -> !Boolean.TRUE.equals(one.get("archived")))
                .map(one -> String.valueOf(one.get("id"))).distinct().toList();
        Map<String, Object> chosen = new LinkedHashMap<>(plan);
        if (open.size() == 1) {
            chosen.put("space", open.get(0));
        } else {
            LOG.warn("deal {} gets no folder: ClickUp has {} spaces; name one under spaces: in mappings/clickup.yaml",
                    plan.get("deal"), open.size());
        }
        return chosen;
    }

    Map<String, Object> made(Map<String, Object> plan, Map<String, Object> result) {
        long deal = Long.parseLong(plan.get("deal").toString());
        book.folder(deal, String.valueOf(result.get("id")), String.valueOf(plan.get("space")));
        Object made = result.get("name") == null ? Item.map(plan.get("fields")).get("name") : result.get("name");
        String wanted = String.valueOf(Item.map(plan.get("fields")).get("name"));
        boolean same = isNamed(String.valueOf(made), wanted);
        book.agreedName(deal, same ? wanted : null);
        if (!same) {
            accept(journal, "project-deal", "deal", Long.toString(deal));
        }
        book.stagesOf(deal).forEach(stage -> accept(journal, "project-stage", "stage", Long.toString(stage.id())));
        Map<String, Object> place = new LinkedHashMap<>(plan);
        place.put("id", String.valueOf(result.get("id")));
        return place;
    }

    /** What is to be written to the folder. */
    Map<String, Object> seen(Map<String, Object> plan, Map<String, Object> folder) {
        long deal = Long.parseLong(plan.get("deal").toString());
        Map<String, Object> seen = new LinkedHashMap<>(plan);
        Map<String, Object> fields = new LinkedHashMap<>();
        boolean gone = Item.isDeleted(folder);
        book.folderGone(deal, gone);
        seen.put("gone", gone);
        String wanted = String.valueOf(plan.get("name"));
        boolean archived = Boolean.TRUE.equals(folder.get("archived"));
        if (!gone && !archived && owners.get().is("name", FieldOwners.BITRIX24)
                && !isNamed(String.valueOf(folder.get("name")), wanted)) {
            fields.put("name", wanted);
        }
        seen.put("fields", fields);
        return seen;
    }

    /** A name that was taken has a number before its suffix. */
    private static boolean isNamed(String name, String wanted) {
        int at = wanted.lastIndexOf(" #");
        return name.matches(Pattern.quote(wanted.substring(0, at)) + "( \\(\\d\\))?" + Pattern.quote(
                wanted.substring(at)));
    }

    void kept(Map<String, Object> plan) {
        book.agreedName(Long.parseLong(plan.get("deal").toString()), String.valueOf(plan.get("name")));
    }

    /** What the deal is told of its folder. */
    static Map<String, Object> link(Map<String, Object> place) {
        return Map.of("id", Long.parseLong(place.get("deal").toString()), "fields",
                Boolean.TRUE.equals(place.get("link")) && place.get("url") != null
                        ? Map.of("clickupFolder", place.get("url")) : Map.of());
    }

    /** Takes over what ClickUp tells of a folder. @return the deal's comment; no text where there is nothing to say */
    Map<String, Object> news(Map<String, Object> folder, ProjectTexts texts) {
        ProjectBook.Deal deal = book.dealOf(String.valueOf(folder.get("id"))).orElse(null);
        if (deal == null || Boolean.TRUE.equals(folder.get("unreachable"))) {
            return Map.of();
        }
        boolean gone = Item.isDeleted(folder);
        book.folderGone(deal.id(), gone);
        if (gone) {
            String marker = MARKER + deal.id() + ":gone";
            return deal.gone() || deal.deleted() ? Map.of() : Map.of("id", deal.id(), "marker", marker, "text",
                    texts.folderGone() + "\n" + marker);
        }
        if (deal.gone() || owners.get().is("name", FieldOwners.BITRIX24)
                && !isNamed(String.valueOf(folder.get("name")), name(deal.title(), deal.id()))) {
            book.agreedName(deal.id(), null);
            accept(journal, "project-deal", "deal", Long.toString(deal.id()));
        }
        return Map.of();
    }

    /** Work on an item of the portal that waits while ClickUp does. */
    static void accept(Journal journal, String flow, String entity, String id) {
        journal.accept(new Event(flow, "clickup.main", id, null, true,
                Map.of("id", Long.parseLong(id), "entity", entity), Map.of("SyncAccount", "bitrix24.main", "SyncEntity", entity, "SyncId", id), null));
    }
}
