package dev.sverka.vendors.clickup;

import dev.sverka.core.connector.Operation.Effect;
import dev.sverka.core.connector.Operation.Request;
import dev.sverka.core.http.VendorException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Folders and lists (clickup.md section 7). Names are unique there, which makes a create safe: what is taken is looked
 * for and adopted; a name that only the trash holds gets a number.
 */
final class ClickUpPlaces {

    static final String FOLDER = "folder";
    static final String LIST = "list";
    private static final String SPACE = "space";
    private static final String APP = "https://app.clickup.com/";
    private static final String NAME = "name";
    private static final String CONTENT = "content";
    private static final String DUE = "due_date";
    private static final List<String> FOLDER_FIELDS = List.of(NAME);
    private static final List<String> LIST_FIELDS = List.of(NAME, CONTENT, DUE, "priority", "assignee");
    private static final int MOST_NAMES = 9;

    private final Function<String, ClickUpAccount> accounts;

    ClickUpPlaces(Function<String, ClickUpAccount> accounts) {
        this.accounts = accounts;
    }

    Object get(Request request) {
        ClickUpAccount account = accounts.apply(request.account());
        Map<String, Object> place = account.workspace().place(request.entity(), ClickUpRequests.id(request));
        if (ClickUpBodies.isDeleted(place)) {
            return ClickUpBodies.deleted(ClickUpRequests.id(request));
        }
        Map<String, Object> read = account.read(place);
        Instant after = request.entity().equals(LIST) ? account.changedAfter(ClickUpRequests.id(request), read) : null;
        if (after != null) {
            read.put("due_date_after", after);
        }
        return read;
    }

    /** Archived ones are told apart by a read of their own (section 6). */
    Object list(Request request) {
        ClickUpAccount account = accounts.apply(request.account());
        return there(account, request.entity(), parent(request), both(request)).map(account::read).toList();
    }

    /** As the app's own address bar shows them: the API tells no address of folders and lists (section 7). */
    Object link(Request request) {
        String team = APP + accounts.apply(request.account()).team();
        Map<String, Object> place = new LinkedHashMap<>(request.map());
        String id = ClickUpRequests.id(request);
        place.put("url", request.entity().equals(LIST) ? team + "/v/li/" + id
                : team + "/v/f/" + id + "/" + ClickUpRequests.required(request, SPACE));
        return place;
    }

    private static boolean both(Request request) {
        return request.body() instanceof Map<?, ?> map && Boolean.TRUE.equals(map.get("archived"));
    }

    /** Where a folder or list is: {@code space} or {@code folder}, and its id. */
    private record Parent(String kind, String id) {
    }

    private static Parent parent(Request request) {
        String folder = request.entity().equals(LIST) ? ClickUpRequests.other(request, FOLDER) : null;
        return folder != null ? new Parent(FOLDER, folder)
                : new Parent(SPACE, ClickUpRequests.required(request, SPACE));
    }

    private static Stream<Map<String, Object>> there(ClickUpAccount account, String entity, Parent parent,
            boolean archived) {
        return Stream.of(false, true).filter(one -> archived || !one).flatMap(one -> (entity.equals(FOLDER)
                ? account.workspace().folders(parent.id(), one)
                : account.workspace().lists(parent.kind(), parent.id(), one)).stream())
                .filter(place -> !ClickUpBodies.isDeleted(place));
    }

    Optional<Effect> create(Request request) {
        ClickUpAccount account = accounts.apply(request.account());
        String entity = request.entity();
        String marker = ClickUpMarker.of(request);
        Parent parent = parent(request);
        Map<String, Object> body = written(account, request, null);
        if (Objects.toString(body.get(NAME), "").isBlank()) {
            throw account.refused("body", "a new " + entity + " needs a name");
        }
        if (entity.equals(FOLDER)) {
            body.put(NAME, ClickUpMarker.keepSuffix(body.get(NAME).toString(), ClickUpMarker.suffix(marker)));
        } else {
            body.put(CONTENT, ClickUpMarker.append(body.get(CONTENT), marker));
        }
        String key = entity + " " + marker;
        return Optional.of(new Effect("new", marker, Map.of("marker", marker),
                () -> account.settled(key, () -> marked(account, entity, parent, marker))
                        .map(ClickUpAccount::result),
                // looked for the first time too: an older store knows nothing of it, and its name may differ by now
                () -> ClickUpAccount.result(account.once(key, () -> marked(account, entity, parent, marker)
                        .orElseGet(() -> made(account, entity, parent, marker, body)),
                        () -> marked(account, entity, parent, marker)))));
    }

    /** The one that carries our marker; archived ones too. */
    private static Optional<Map<String, Object>> marked(ClickUpAccount account, String entity, Parent parent,
            String marker) {
        return there(account, entity, parent, true).filter(place -> entity.equals(FOLDER)
                ? String.valueOf(place.get(NAME)).endsWith(ClickUpMarker.suffix(marker))
                : ClickUpMarker.stands(content(account, place), marker)).findFirst();
    }

    /** Whether listings show the content is not said: where they do not, each list is asked. */
    private static @Nullable Object content(ClickUpAccount account, Map<String, Object> list) {
        return list.containsKey(CONTENT) ? list.get(CONTENT)
                : account.workspace().place(LIST, String.valueOf(list.get("id"))).get(CONTENT);
    }

    private static Map<String, Object> made(ClickUpAccount account, String entity, Parent parent, String marker,
            Map<String, Object> body) {
        VendorException.Refused taken = null;
        for (int n = 1; n <= MOST_NAMES; n++) {
            Map<String, Object> numbered = new LinkedHashMap<>(body);
            numbered.put(NAME, numbered(body.get(NAME).toString(), n, entity, marker));
            try {
                return account.workspace().createPlace(entity, parent.kind(), parent.id(), numbered);
            } catch (VendorException.Refused refused) {
                if (!refused.code().equals(ClickUpErrors.FOLDER_NAME_TAKEN)
                        && !refused.code().equals(ClickUpErrors.LIST_NAME_TAKEN)) {
                    throw refused;
                }
                taken = refused;
                Optional<Map<String, Object>> adopted = adopted(account, entity, parent, marker, numbered);
                if (adopted.isPresent()) {
                    return adopted.get();
                }
            }
        }
        throw Objects.requireNonNull(taken);
    }

    private static String numbered(String name, int n, String entity, String marker) {
        String suffix = entity.equals(FOLDER) ? ClickUpMarker.suffix(marker) : "";
        return n == 1 ? name : name.substring(0, name.length() - suffix.length()) + " (" + n + ")" + suffix;
    }

    /** One that has our marker, or a list of this name that nobody's marker claims: it is given ours. */
    private static Optional<Map<String, Object>> adopted(ClickUpAccount account, String entity, Parent parent,
            String marker, Map<String, Object> body) {
        Optional<Map<String, Object>> ours = marked(account, entity, parent, marker);
        if (ours.isPresent() || entity.equals(FOLDER)) {
            return ours;
        }
        Optional<Map<String, Object>> named = there(account, entity, parent, true)
                .filter(list -> plain(list.get(NAME)).equals(plain(body.get(NAME))))
                .filter(list -> !ClickUpMarker.isMarked(content(account, list))).findFirst();
        named.ifPresent(list -> {
            Object text = content(account, list);
            account.workspace().updatePlace(entity, String.valueOf(list.get("id")), Map.of(NAME, list.get(NAME),
                    CONTENT, ClickUpMarker.append(text, marker)));
        });
        return named;
    }

    private static String plain(@Nullable Object name) {
        return Objects.toString(name, "").strip().toLowerCase(Locale.ROOT);
    }

    /** Absolute values: after a lost answer the route asks anew for what still differs. */
    Optional<Effect> update(Request request) {
        ClickUpAccount account = accounts.apply(request.account());
        String entity = request.entity();
        String id = ClickUpRequests.id(request);
        Map<String, Object> present = account.workspace().place(entity, id);
        if (ClickUpBodies.isDeleted(present)) {
            throw account.refused(ClickUpErrors.GONE, entity + " " + id + " is in ClickUp's trash, where a change would"
                    + " be taken and be lost; restore it there, or dismiss this work");
        }
        Map<String, Object> wanted = ClickUpRequests.fields(request, entity.equals(FOLDER) ? FOLDER_FIELDS
                : LIST_FIELDS);
        Map<String, Object> body = written(account, request, present);
        body.keySet().removeIf(key -> !wanted.containsKey(key) && !wanted.containsKey(key.replace("_time", ""))
                || isSame(account, key.replace("_time", ""), wanted, body, present));
        if (body.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> sent = new LinkedHashMap<>(body);
        // marked required (section 7.2)
        sent.putIfAbsent(NAME, present.get(NAME));
        return Optional.of(new Effect(entity + " " + id, null, ClickUpRequests.content(body), Optional::empty, () -> {
            account.workspace().updatePlace(entity, id, sent);
            account.forget(id);
            return Map.of("id", id);
        }));
    }

    private static boolean isSame(ClickUpAccount account, String key, Map<String, Object> wanted,
            Map<String, Object> body, Map<String, Object> present) {
        Object now = present.get(key);
        return switch (key) {
            case DUE -> ClickUpDates.isSame(wanted.get(key) == null ? null : ClickUpDates.wanted(wanted.get(key)), now,
                    account.zone());
            case "priority" -> number(now).equals(Objects.toString(body.get(key), ""));
            case "assignee" -> Objects.toString(ClickUpBodies.id(now), "none").equals(body.get(key).toString());
            default -> Objects.toString(now, "").strip().equals(Objects.toString(body.get(key), "").strip());
        };
    }

    /** A priority is read as an object and written as a number (section 8.1). */
    private static String number(@Nullable Object priority) {
        return Objects.toString(ClickUpBodies.id(priority), "");
    }

    /** @param present what it is now; null for a new one */
    private static Map<String, Object> written(ClickUpAccount account, Request request,
            @Nullable Map<String, Object> present) {
        Map<String, Object> body = ClickUpRequests.fields(request, request.entity().equals(FOLDER) ? FOLDER_FIELDS
                : LIST_FIELDS);
        if (body.containsKey(DUE)) {
            Object due = body.remove(DUE);
            ClickUpDates.put(body, DUE, due == null ? null : ClickUpDates.wanted(due), account.zone());
        }
        if (present != null && request.entity().equals(FOLDER)) {
            body.computeIfPresent(NAME, (key, name) -> ClickUpMarker.keepSuffix(name.toString(), present.get(NAME)));
        }
        if (present != null && body.containsKey(CONTENT)) {
            body.put(CONTENT, ClickUpMarker.keep(body.get(CONTENT), present.get(CONTENT)));
        }
        if (body.containsKey("assignee")) {
            Object who = body.get("assignee");
            // a number at creation, a text later, where "none" clears (section 7.2)
            body.put("assignee", present == null ? who : who == null ? "none" : who.toString());
        }
        return body;
    }

    /** What is in the trash is deleted, whatever the answer said. */
    Optional<Effect> delete(Request request) {
        ClickUpAccount account = accounts.apply(request.account());
        String entity = request.entity();
        String id = ClickUpRequests.id(request);
        return Optional.of(new Effect(entity + " " + id, null, Map.of("deleted", true), Optional::empty, () -> {
            List<VendorException> refusals = new ArrayList<>();
            try {
                account.workspace().delete(entity, id);
            } catch (VendorException.Refused refused) {
                refusals.add(refused);
            }
            if (!refusals.isEmpty() && !isDeleted(account, entity, id)) {
                throw refusals.get(0);
            }
            account.forget(id);
            return Map.of("id", id);
        }));
    }

    private static boolean isDeleted(ClickUpAccount account, String entity, String id) {
        try {
            return ClickUpBodies.isDeleted(account.workspace().place(entity, id));
        } catch (VendorException.Refused unknown) {
            return unknown.code().equals(ClickUpErrors.GONE);
        }
    }
}
