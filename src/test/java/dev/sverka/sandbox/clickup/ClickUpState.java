package dev.sverka.sandbox.clickup;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** One Workspace: people, spaces, folders and lists. Its methods are ClickUp's own doing; tests use them as people. */
public final class ClickUpState {

    public static final long TEAM = 90159990001L;
    public static final String SPACE = "901590010010";
    public static final long BOT = 55120001;
    public static final long ANNA = 55120002;
    public static final long BEN = 55120003;
    static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final LocalTime DAY_ONLY = LocalTime.of(4, 0);

    private final Clock clock;
    private final ClickUpSwitches switches = new ClickUpSwitches();
    private final Map<Long, Map<String, Object>> members = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> spaces = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> folders = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> lists = new LinkedHashMap<>();
    private final List<String> ledger = new CopyOnWriteArrayList<>();
    private final AtomicLong ids = new AtomicLong(901590020020L);
    private final ClickUpEvents events;
    private final ClickUpTaskState tasks;
    private final ClickUpTimeState time;

    ClickUpState(Clock clock) {
        this.clock = clock;
        this.events = new ClickUpEvents(this);
        this.tasks = new ClickUpTaskState(this);
        this.time = new ClickUpTimeState(this);
        member(BOT, "Sync Bot", "sync.bot@example.com", 2);
        member(ANNA, "Anna Orlova", "Anna.Orlova@example.com", 1);
        member(BEN, "Ben Carter", "ben.carter@example.com", 3);
        space(SPACE, "Client Projects");
    }

    public ClickUpSwitches switches() {
        return switches;
    }

    public ClickUpTaskState tasks() {
        return tasks;
    }

    public ClickUpTimeState time() {
        return time;
    }

    public ClickUpEvents events() {
        return events;
    }

    /** What was changed, oldest first: {@code create task 86czz0001}. */
    public List<String> ledger() {
        return ledger;
    }

    void log(String change) {
        ledger.add(change);
    }

    Instant now() {
        return clock.instant().plus(switches.skew);
    }

    /** Section 5: a day without a time becomes 04:00 of the user who set it. */
    static String stored(Object millis, boolean time) {
        Instant moment = Instant.ofEpochMilli(Long.parseLong(millis.toString()));
        Instant kept = time ? moment : moment.atZone(ZONE).toLocalDate().atTime(DAY_ONLY).atZone(ZONE).toInstant();
        return Long.toString(kept.toEpochMilli());
    }

    public void member(long id, String name, String email, int role) {
        Map<String, Object> user = new LinkedHashMap<>(Map.of("id", id, "username", name, "email", email, "color",
                "#595d66", "initials", name.substring(0, 1), "role", role));
        user.put("profilePicture", null);
        members.put(id, user);
        time.person(id, user);
    }

    /** Leaves the Workspace; the time stays. */
    public void leave(long id) {
        members.remove(id);
    }

    Map<Long, Map<String, Object>> members() {
        return members;
    }

    Map<String, Object> user(long id) {
        Map<String, Object> user = new LinkedHashMap<>(time.people().get(id));
        user.remove("role");
        return user;
    }

    List<Map<String, Object>> teams() {
        List<Map<String, Object>> people = members.values().stream().map(one -> {
            Map<String, Object> shown = new LinkedHashMap<>(one);
            if (one.get("id").equals(BOT) && !switches.admin) {
                shown.put("role", 3);
            }
            return Map.<String, Object>of("user", shown);
        }).toList();
        return List.of(Map.of("id", Long.toString(TEAM), "name", "Vega Works", "members", people));
    }

    void space(String id, String name) {
        List<Map<String, Object>> statuses = List.of(status("p" + id + "_aT0d0001", "to do", "open", 0),
                status("p" + id + "_bPr0g002", "in progress", "custom", 1),
                status("p" + id + "_dC0mp004", "complete", "closed", 2));
        spaces.put(id, new LinkedHashMap<>(Map.of("id", id, "name", name, "private", false, "archived", false,
                "statuses", statuses)));
    }

    private static Map<String, Object> status(String id, String name, String type, int index) {
        return Map.of("id", id, "status", name, "type", type, "orderindex", index, "color", "#87909e");
    }

    List<Map<String, Object>> spaces(boolean archived) {
        return spaces.values().stream().filter(one -> one.get("archived").equals(archived)).toList();
    }

    Map<String, Object> space(String id) {
        if (!id.matches("\\d+")) {
            throw new ClickUpRefusal(400, "INPUT_002", "Space ID invalid");
        }
        if (!spaces.containsKey(id)) {
            throw new ClickUpRefusal(401, "OAUTH_023", "Team(s) not authorized");
        }
        return spaces.get(id);
    }

    Map<String, Object> createFolder(String space, Map<String, Object> body) {
        space(space);
        String name = name(body, "OAUTH_117", "Name is required");
        taken(folders, "space", space, name, null, "CAT_014", "Folder name taken");
        String id = id();
        Map<String, Object> folder = new LinkedHashMap<>(Map.of("id", id, "name", name, "orderindex", folders.size(),
                "override_statuses", false, "hidden", false, "space", reference(spaces.get(space)), "archived", false,
                "statuses", List.of(), "deleted", false));
        folders.put(id, folder);
        log("create folder " + id);
        events.of("folderCreated", "folder_id", id);
        return shown(folder, true);
    }

    private String id() {
        return Long.toString(ids.getAndIncrement());
    }

    private static Map<String, Object> reference(Map<String, Object> place) {
        return Map.of("id", place.get("id"), "name", place.get("name"), "access", true);
    }

    private static String name(Map<String, Object> body, String code, String words) {
        if (body.get("name") == null || body.get("name").toString().isBlank()) {
            throw new ClickUpRefusal(400, code, words);
        }
        return body.get("name").toString();
    }

    /** Trashed ones hold their names too. */
    private static void taken(Map<String, Map<String, Object>> places, String parent, String parentId, String name,
            String own, String code, String words) {
        if (places.values().stream().anyMatch(one -> !one.get("id").equals(own)
                && ((Map<?, ?>) one.get(parent)).get("id").equals(parentId)
                && one.get("name").toString().strip().equalsIgnoreCase(name.strip()))) {
            throw new ClickUpRefusal(400, code, words);
        }
    }

    List<Map<String, Object>> folders(String space, boolean archived) {
        space(space);
        return folders.values().stream().filter(one -> !(boolean) one.get("hidden") && !(boolean) one.get("deleted")
                && one.get("archived").equals(archived) && ((Map<?, ?>) one.get("space")).get("id").equals(space))
                .map(one -> shown(one, switches.listsInFolders)).toList();
    }

    private Map<String, Object> shown(Map<String, Object> folder, boolean withLists) {
        Map<String, Object> shown = new LinkedHashMap<>(folder);
        List<Map<String, Object>> inside = (boolean) folder.get("deleted") || !withLists ? List.of()
                : lists.values().stream().filter(one -> isIn(one, "folder", folder.get("id"))
                        && !(boolean) one.get("deleted") && !(boolean) one.get("archived"))
                        .map(this::listed).toList();
        shown.put("lists", inside);
        shown.put("task_count", Long.toString(lists.values().stream().filter(one -> isIn(one, "folder",
                folder.get("id"))).mapToLong(one -> tasks.count(one.get("id").toString())).sum()));
        shown.put("permission_level", "create");
        return shown;
    }

    private static boolean isIn(Map<String, Object> list, String parent, Object id) {
        return ((Map<?, ?>) list.get(parent)).get("id").equals(id);
    }

    Map<String, Object> folder(String id) {
        if (!id.matches("\\d+")) {
            throw new ClickUpRefusal(400, "INPUT_011", "Folder ID invalid");
        }
        if (!folders.containsKey(id) || switches.unreachable.contains(id)) {
            throw ClickUpRefusal.unknown();
        }
        return shown(folders.get(id), true);
    }

    Map<String, Object> updateFolder(String id, Map<String, Object> body) {
        folder(id);
        if (body.get("name") != null) {
            folders.get(id).put("name", body.get("name").toString());
            log("update folder " + id);
            events.of("folderUpdated", "folder_id", id);
        }
        return folder(id);
    }

    void deleteFolder(String id) {
        folder(id);
        folders.get(id).put("deleted", true);
        folders.get(id).put("orderindex", -1);
        log("delete folder " + id);
        events.of("folderDeleted", "folder_id", id);
        lists.values().stream().filter(one -> isIn(one, "folder", id)).forEach(one -> one.put("deleted", true));
    }

    /** @param parent {@code folder} or {@code space} */
    Map<String, Object> createList(String parent, String parentId, Map<String, Object> body) {
        Map<String, Object> folder = parent.equals("folder") ? folder(parentId) : hidden(parentId);
        String name = name(body, "INPUT_005", "List Name Invalid");
        taken(lists, parent, parentId, name, null, "SUBCAT_016", "List name taken");
        String id = id();
        Map<String, Object> space = space(((Map<?, ?>) folder.get("space")).get("id").toString());
        Map<String, Object> list = new LinkedHashMap<>(Map.of("id", id, "name", name, "deleted", false, "orderindex",
                lists.size(), "content", "", "archived", false, "override_statuses", false, "inbound_address",
                "a.t." + id + ".u-" + BOT + ".secret@tasks.clickup.com"));
        for (String empty : List.of("priority", "assignee", "due_date", "start_date")) {
            list.put(empty, null);
        }
        list.put("folder", Map.of("id", folder.get("id"), "name", folder.get("name"), "hidden", folder.get("hidden"),
                "archived", false, "access", true));
        list.put("space", reference(space));
        list.put("statuses", space.get("statuses"));
        lists.put(id, list);
        write(list, body);
        log("create list " + id);
        events.of("listCreated", "list_id", id);
        return list(id);
    }

    private Map<String, Object> hidden(String space) {
        String id = "9015900209" + space.substring(space.length() - 2);
        return folders.computeIfAbsent(id, key -> new LinkedHashMap<>(Map.of("id", key, "name", "hidden", "hidden",
                true, "deleted", false, "archived", false, "orderindex", 0, "space", reference(space(space)))));
    }

    private void write(Map<String, Object> list, Map<String, Object> body) {
        for (String key : List.of("name", "content")) {
            if (body.get(key) != null) {
                list.put(key, body.get(key));
            }
        }
        if (body.containsKey("due_date")) {
            list.put("due_date", body.get("due_date") == null ? null
                    : stored(body.get("due_date"), Boolean.TRUE.equals(body.get("due_date_time"))));
        }
        if (body.containsKey("priority")) {
            list.put("priority", body.get("priority") == null ? null : Map.of("id", body.get("priority").toString()));
        }
        if (body.get("assignee") != null) {
            list.put("assignee", body.get("assignee").equals("none") ? null
                    : user(Long.parseLong(body.get("assignee").toString())));
        }
        if (body.get("archived") instanceof Boolean archived) {
            list.put("archived", archived);
        }
    }

    List<Map<String, Object>> lists(String parent, String parentId, boolean archived) {
        if (parent.equals("folder")) {
            folder(parentId);
        } else {
            space(parentId);
        }
        return lists.values().stream().filter(one -> !(boolean) one.get("deleted")
                && one.get("archived").equals(archived) && isIn(one, parent, parentId)
                && (parent.equals("folder") || (boolean) ((Map<?, ?>) one.get("folder")).get("hidden")))
                .map(this::listed).toList();
    }

    /** Without statuses (section 7.2). */
    private Map<String, Object> listed(Map<String, Object> list) {
        Map<String, Object> listed = new LinkedHashMap<>(list(list.get("id").toString()));
        listed.remove("statuses");
        if (!switches.contentListed) {
            listed.remove("content");
        }
        return listed;
    }

    Map<String, Object> list(String id) {
        if (switches.unreachable.contains(id)) {
            throw ClickUpRefusal.unknown();
        }
        if (!lists.containsKey(id)) {
            throw new ClickUpRefusal(400, "INPUT_003", "List ID invalid");
        }
        Map<String, Object> list = new LinkedHashMap<>(lists.get(id));
        list.put("task_count", tasks.count(id));
        list.put("permission_level", "create");
        return list;
    }

    /** Also in the trash (section 15). */
    Map<String, Object> updateList(String id, Map<String, Object> body) {
        Map<String, Object> list = list(id);
        if (body.get("name") != null) {
            taken(lists, "folder", ((Map<?, ?>) list.get("folder")).get("id").toString(), body.get("name").toString(),
                    id, "SUBCAT_016", "List name taken");
        }
        write(lists.get(id), body);
        log("update list " + id);
        Map<String, Object> now = lists.get(id);
        events.list(id, List.of("name", "content", "due_date", "assignee", "priority").stream()
                .filter(key -> !Objects.equals(list.get(key), now.get(key)))
                .map(key -> ClickUpEvents.item(key, list.get(key), now.get(key))).toList());
        return list(id);
    }

    void deleteList(String id) {
        list(id);
        lists.get(id).put("deleted", true);
        log("delete list " + id);
        events.of("listDeleted", "list_id", id);
    }

    /** A person archives a list or a folder. */
    public void archive(String id, boolean on) {
        (lists.containsKey(id) ? lists : folders).get(id).put("archived", on);
    }

    /** A person gives a list statuses of its own. */
    public void statuses(String list, String... names) {
        List<Map<String, Object>> statuses = new ArrayList<>();
        for (int n = 0; n < names.length; n++) {
            statuses.add(status("sc" + list + "_" + n, names[n], n == 0 ? "open" : n == names.length - 1 ? "closed"
                    : "custom", n));
        }
        lists.get(list).put("statuses", statuses);
        lists.get(list).put("override_statuses", true);
    }

    /** A person makes a folder. @return its id */
    public String folder(String space, String name) {
        return createFolder(space, Map.of("name", name)).get("id").toString();
    }

    /** A person makes a list in a folder. @return its id */
    public String listIn(String folder, String name) {
        return createList("folder", folder, Map.of("name", name)).get("id").toString();
    }

    /** A person writes to a list or throws it away. */
    public void edit(String list, String key, Object value) {
        Map<String, Object> change = new LinkedHashMap<>();
        change.put(key, value);
        updateList(list, change);
    }

    public void trash(String id) {
        if (lists.containsKey(id)) {
            deleteList(id);
        } else {
            deleteFolder(id);
        }
    }

    /** A list or folder as it is. */
    public Map<String, Object> place(String id) {
        return lists.containsKey(id) ? list(id) : folder(id);
    }

    boolean isDeleted(String list) {
        return (boolean) lists.get(list).get("deleted");
    }
}
