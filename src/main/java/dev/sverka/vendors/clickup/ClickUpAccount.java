package dev.sverka.vendors.clickup;

import dev.sverka.core.connector.LostAnswers;
import dev.sverka.core.http.VendorException;
import dev.sverka.core.state.Links;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One Workspace at work: its calls, what seldom changes there, and what must not be done twice. */
final class ClickUpAccount {

    /** How long a lost call may still be under way there (clickup.md sections 10.3 and 14). */
    static final Duration SETTLES = Duration.ofMinutes(2);

    /** Section 18: definitions, lists and members are asked for again after an hour. */
    private static final Duration KEPT = Duration.ofHours(1);

    private static final String MEMBERS = "members";

    private final ClickUpClient client;
    private final ClickUpWorkspace workspace;
    private final LostAnswers doubts;
    private final Links links;
    private final Clock clock;
    private final ZoneId zone;
    private final @Nullable String team;
    private final Map<String, Cached> cached = new ConcurrentHashMap<>();

    private record Cached(Object value, Instant at) {
    }

    /**
     * @param team the configured Workspace; null for the only one the token sees
     * @param zone where ClickUp does not tell the user's
     */
    ClickUpAccount(ClickUpClient client, @Nullable String team, Links links, Clock clock, ZoneId zone) {
        this.client = client;
        this.team = team == null || team.isBlank() ? null : team.strip();
        this.workspace = new ClickUpWorkspace(client, this::team);
        this.doubts = new LostAnswers(client.account(), "ClickUp", SETTLES, links, clock);
        this.links = links;
        this.clock = clock;
        this.zone = zone;
    }

    /** Its full name, such as {@code clickup.main}. */
    String name() {
        return client.account();
    }

    ClickUpWorkspace workspace() {
        return workspace;
    }

    /** ClickUp's clock: its first answer tells how far ours is from it. */
    Instant serverTime() {
        zone();
        return client.serverTime();
    }

    int limit() {
        return client.limit();
    }

    /** The Workspace's id. */
    String team() {
        return team != null ? team : keep("team", () -> {
            List<Map<String, Object>> all = workspace.teams();
            if (all.size() != 1) {
                throw refused("team", "the token sees " + all.size() + " Workspaces; set sverka." + name()
                        + ".team-id to one of " + all.stream().map(ClickUpBodies::id).toList());
            }
            return String.valueOf(ClickUpBodies.id(all.get(0)));
        });
    }

    /** The zone of the token's user, in which days without a time are kept (section 5). */
    ZoneId zone() {
        return keep("zone", () -> {
            Object told = workspace.user().get("timezone");
            try {
                return told == null ? zone : ZoneId.of(told.toString());
            } catch (DateTimeException unknown) {
                return zone;
            }
        });
    }

    /** The Workspace's people as they were within the hour. */
    List<Map<String, Object>> membersKept() {
        return keep(MEMBERS, this::asked);
    }

    /** The Workspace's people now. */
    List<Map<String, Object>> members() {
        cached.remove(MEMBERS);
        return membersKept();
    }

    private List<Map<String, Object>> asked() {
        List<Map<String, Object>> members = new ArrayList<>();
        workspace.teams().stream().filter(one -> team().equals(ClickUpBodies.id(one))).forEach(one -> {
            if (one.get("members") instanceof Collection<?> all) {
                all.forEach(member -> members.add(ClickUpWorkspace.map(ClickUpWorkspace.map(member).get("user"))));
            }
        });
        return members;
    }

    /** The custom fields of a list. */
    List<Map<String, Object>> fields(String list) {
        return keep("fields " + list, () -> workspace.fields(list));
    }

    /**
     * A custom field of a list by its uuid or its name.
     *
     * @throws VendorException.Refused where there is none, also after the list was asked anew
     */
    Map<String, Object> field(String list, Object called) {
        return named(fields(list), called).or(() -> {
            forget(list);
            return named(fields(list), called);
        }).orElseThrow(() -> refused("field", "list " + list + " has no custom field '" + called + "'; there are "
                + String.join(", ", fields(list).stream().map(one -> String.valueOf(one.get("name"))).toList())
                + "; ClickUp lets people make fields and no program (clickup.md section 9.1)"));
    }

    private static Optional<Map<String, Object>> named(List<Map<String, Object>> fields, Object called) {
        return fields.stream().filter(one -> ClickUpFields.isCalled(one, called)).findFirst();
    }

    /** A list with its statuses. */
    Map<String, Object> list(String id) {
        return keep("list " + id, () -> workspace.place("list", id));
    }

    /** What is kept of a list is asked for anew. */
    void forget(String list) {
        cached.remove("fields " + list);
        cached.remove("list " + list);
    }

    @SuppressWarnings("unchecked")
    private <T> T keep(String key, Supplier<T> asked) {
        Cached known = cached.get(key);
        if (known == null || !clock.instant().isBefore(known.at().plus(KEPT))) {
            known = new Cached(asked.get(), clock.instant());
            cached.put(key, known);
        }
        return (T) known.value();
    }

    /** After which moment a list has got the due date it has; null where nobody knows. */
    @Nullable Instant changedAfter(String id, Map<String, Object> list) {
        return new ClickUpReadings(links, name()).changedAfter(id, list);
    }

    /** An object for routes. */
    Map<String, Object> read(Map<String, Object> raw) {
        return ClickUpBodies.read(raw, zone());
    }

    /**
     * Does what must happen once; a lost answer is followed by a look.
     *
     * @param key names what is done
     * @param call sends
     * @param shown looks whether it is done
     */
    Map<String, Object> once(String key, Supplier<Map<String, Object>> call,
            Supplier<Optional<Map<String, Object>>> shown) {
        try {
            return doubts.once(key, call);
        } catch (VendorException.Unclear lost) {
            Optional<Map<String, Object>> done = shown.get();
            if (done.isEmpty()) {
                throw lost;
            }
            doubts.settled(key);
            return done.get();
        }
    }

    /** What an earlier try has done; empty where it may be sent (again). */
    Optional<Map<String, Object>> settled(String key, Supplier<Optional<Map<String, Object>>> shown) {
        Optional<Map<String, Object>> done = shown.get();
        if (done.isEmpty()) {
            doubts.orphaned(key);
        } else {
            doubts.settled(key);
        }
        return done;
    }

    /** What a write leaves for the journal: the id and where people find it. */
    static Map<String, Object> result(Map<String, Object> raw) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("id", String.valueOf(raw.get("id")));
        for (String key : List.of("name", "url")) {
            if (raw.get(key) != null) {
                result.put(key, raw.get(key));
            }
        }
        return result;
    }

    VendorException.Refused refused(String code, String message) {
        return new VendorException.Refused(name(), 0, code, name() + ": " + message);
    }
}
