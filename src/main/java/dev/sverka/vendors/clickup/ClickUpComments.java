package dev.sverka.vendors.clickup;

import dev.sverka.core.connector.Operation.Effect;
import dev.sverka.core.connector.Operation.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Comments on tasks (clickup.md section 12): our marker is their last line. */
final class ClickUpComments {

    private static final int PAGE = 25;
    private static final int MOST_PAGES = 40;
    private static final String TEXT = "comment_text";
    private static final List<String> NEW = List.of(TEXT, "assignee", "notify_all");
    private static final List<String> CHANGEABLE = List.of(TEXT, "assignee", "resolved");

    private final Function<String, ClickUpAccount> accounts;

    ClickUpComments(Function<String, ClickUpAccount> accounts) {
        this.accounts = accounts;
    }

    Object list(Request request) {
        ClickUpAccount account = accounts.apply(request.account());
        return all(account, ClickUpRequests.required(request, "task")).stream().map(raw -> {
            Map<String, Object> read = account.read(raw);
            // a number where it was created, a text here (section 5)
            read.put("id", String.valueOf(raw.get("id")));
            return read;
        }).toList();
    }

    /** The next page needs both the date and the id of the last one. */
    private static List<Map<String, Object>> all(ClickUpAccount account, String task) {
        List<Map<String, Object>> all = new ArrayList<>();
        Map<String, Object> query = new LinkedHashMap<>();
        for (int page = 0; page < MOST_PAGES; page++) {
            List<Map<String, Object>> rows = account.workspace().comments(task, query);
            all.addAll(rows);
            if (rows.size() < PAGE) {
                break;
            }
            Map<String, Object> last = rows.get(rows.size() - 1);
            query.put("start", String.valueOf(last.get("date")));
            query.put("start_id", String.valueOf(last.get("id")));
        }
        return all;
    }

    Optional<Effect> create(Request request) {
        ClickUpAccount account = accounts.apply(request.account());
        String task = ClickUpRequests.required(request, "task");
        String marker = ClickUpMarker.of(request);
        Map<String, Object> body = ClickUpRequests.fields(request, NEW);
        if (Objects.toString(body.get(TEXT), "").isBlank()) {
            throw account.refused("body", "a comment needs a comment_text");
        }
        body.put(TEXT, ClickUpMarker.append(body.get(TEXT), marker));
        body.putIfAbsent("notify_all", false);
        String key = "comment " + task + " " + marker;
        Supplier<Optional<Map<String, Object>>> shown = () -> all(account, task).stream()
                .filter(one -> ClickUpMarker.stands(one.get(TEXT), marker)).findFirst();
        return Optional.of(new Effect("task " + task, marker, Map.of("marker", marker),
                () -> account.settled(key, shown).map(ClickUpAccount::result),
                () -> ClickUpAccount.result(account.once(key, () -> account.workspace().createComment(task, body),
                        shown))));
    }

    /** There is no call that reads one comment, so what is wanted is sent. */
    Optional<Effect> update(Request request) {
        ClickUpAccount account = accounts.apply(request.account());
        String id = ClickUpRequests.id(request);
        Map<String, Object> body = ClickUpRequests.fields(request, CHANGEABLE);
        return Optional.of(new Effect("comment " + id, null, ClickUpRequests.content(body), Optional::empty, () -> {
            account.workspace().updateComment(id, body);
            return Map.of("id", id);
        }));
    }

    Optional<Effect> delete(Request request) {
        ClickUpAccount account = accounts.apply(request.account());
        String id = ClickUpRequests.id(request);
        return Optional.of(new Effect("comment " + id, null, Map.of("deleted", true), Optional::empty, () -> {
            account.workspace().delete("comment", id);
            return Map.of("id", id);
        }));
    }
}
