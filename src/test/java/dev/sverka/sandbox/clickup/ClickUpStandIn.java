package dev.sverka.sandbox.clickup;

import com.github.tomakehurst.wiremock.http.Request;
import dev.sverka.sandbox.StandIn;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;

/** ClickUp on loopback, as strict as its document and its clients' experience (clickup.md section 19). */
public final class ClickUpStandIn extends StandIn {

    public static final String TOKEN = "pk_55120001_SANDBOXTOKEN";
    public static final String OAUTH_TOKEN = "sandbox-clickup-oauth-token";
    private static final long WINDOW_SECONDS = 60;
    /** One kind of call: {@code METHOD path}, with {@code *} for an id. */
    private static final Map<String, String> CALLS = calls("""
            GET /v2/user = get user
            GET /v2/team = list teams
            GET /v2/team/*/plan = get plan
            GET /v2/team/*/space = list spaces
            GET /v2/space/* = get space
            GET /v2/space/*/folder = list folders
            POST /v2/space/*/folder = create folder
            GET /v2/folder/* = get folder
            PUT /v2/folder/* = update folder
            DELETE /v2/folder/* = delete folder
            GET /v2/folder/*/list = list lists
            POST /v2/folder/*/list = create list
            GET /v2/space/*/list = list lists
            POST /v2/space/*/list = create list
            GET /v2/list/* = get list
            PUT /v2/list/* = update list
            DELETE /v2/list/* = delete list
            GET /v2/list/*/field = list fields
            GET /v2/list/*/member = list members
            GET /v2/team/*/task = list tasks
            GET /v2/list/*/task = list tasks
            POST /v2/list/*/task = create task
            GET /v2/task/* = get task
            PUT /v2/task/* = update task
            DELETE /v2/task/* = delete task
            POST /v2/task/*/field/* = set field
            DELETE /v2/task/*/field/* = clear field
            POST /v2/task/*/tag/* = tag task
            DELETE /v2/task/*/tag/* = untag task
            PUT /v3/workspaces/*/tasks/*/home_list/* = move task
            GET /v2/team/*/time_entries = list time
            POST /v2/team/*/time_entries = create time
            GET /v2/team/*/time_entries/* = get time
            PUT /v2/team/*/time_entries/* = update time
            DELETE /v2/team/*/time_entries/* = delete time
            GET /v2/task/*/comment = list comments
            POST /v2/task/*/comment = create comment
            PUT /v2/comment/* = update comment
            DELETE /v2/comment/* = delete comment
            GET /v2/team/*/webhook = list webhooks
            POST /v2/team/*/webhook = create webhook
            PUT /v2/webhook/* = update webhook
            DELETE /v2/webhook/* = delete webhook
            """);

    private final Clock clock;
    private final ClickUpState state;
    private Instant opened = Instant.MIN;
    private int used;
    private volatile int refusals;

    public ClickUpStandIn(int port, Clock clock) {
        super(port);
        this.clock = clock;
        this.state = new ClickUpState(clock);
    }

    private static Map<String, String> calls(String table) {
        Map<String, String> calls = new LinkedHashMap<>();
        table.lines().forEach(line -> calls.put(line.split(" = ")[0].replace("*", "([^/]+)"), line.split(" = ")[1]));
        return calls;
    }

    public ClickUpState state() {
        return state;
    }

    public ClickUpSwitches switches() {
        return state.switches();
    }

    public String url() {
        return "http://127.0.0.1:" + port() + "/api";
    }

    /** How many calls were too many. */
    public int refusals() {
        return refusals;
    }

    private static String path(Request request) {
        return request.getUrl().replaceFirst("\\?.*", "").replaceFirst("^/api", "");
    }

    private static Matcher call(Request request) {
        String asked = request.getMethod() + " " + path(request);
        return CALLS.keySet().stream().map(one -> Pattern.compile(one).matcher(asked)).filter(Matcher::matches)
                .findFirst().orElse(null);
    }

    @Override
    protected String name(Request request) {
        Matcher call = call(request);
        return call == null ? "unknown" : CALLS.get(call.pattern().pattern());
    }

    @Override
    protected boolean isWrite(String name, Request request) {
        return !request.getMethod().toString().equals("GET");
    }

    @Override
    protected Reply answer(String name, Request request) {
        Reply refused = unauthorized(request);
        if (refused != null) {
            return refused;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        boolean over = counted(headers);
        Integer asked = switches().throttled.poll();
        if (over || asked != null) {
            refusals++;
            if (asked != null || switches().retryAfter) {
                headers.put("Retry-After", asked != null ? asked.toString() : "60");
            }
            return error(429, "APP_002", "Rate limit reached", headers);
        }
        ClickUpSwitches.Held held = switches().held.remove(name);
        try {
            if (held != null) {
                held.pass();
            }
            if (switches().errorsAs200.remove(name)) {
                return error(200, "ITEM_000", "Internal error", headers);
            }
            Object body;
            synchronized (this) {
                body = carriedOut(name, request);
            }
            return body == null ? new Reply(204, "application/json", "", headers)
                    : new Reply(200, "application/json; charset=utf-8", body, headers);
        } catch (ClickUpRefusal refusal) {
            return refusal.code.isEmpty() ? new Reply(refusal.status, "text/plain", refusal.getMessage(), headers)
                    : error(refusal.status, refusal.code, refusal.getMessage(), headers);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return Reply.broken();
        } finally {
            if (held != null) {
                held.finished();
            }
        }
    }

    /** Before the token is known there are no rate headers. */
    private Reply unauthorized(Request request) {
        String token = request.getHeader("Authorization");
        if (token == null) {
            return error(switches().missingHeader, "OAUTH_017", "Authorization Header Required", Map.of());
        }
        boolean known = token.equals(TOKEN) || token.equals("Bearer " + OAUTH_TOKEN);
        return known && !switches().tokenRevoked ? null : error(401, "OAUTH_025", "Token invalid", Map.of());
    }

    /** A fixed minute that the first call opens. */
    private synchronized boolean counted(Map<String, String> headers) {
        Instant now = clock.instant();
        if (opened == Instant.MIN || !now.isBefore(opened.plusSeconds(WINDOW_SECONDS))) {
            opened = now;
            used = 0;
        }
        used++;
        Instant server = state.now();
        headers.put("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(server.atOffset(ZoneOffset.UTC)));
        if (!switches().headers && used <= switches().perMinute) {
            return false;
        }
        headers.put("X-RateLimit-Limit", Integer.toString(switches().perMinute));
        headers.put("X-RateLimit-Remaining", Integer.toString(Math.max(0, switches().perMinute - used)));
        headers.put("X-RateLimit-Reset", Long.toString(opened.plusSeconds(WINDOW_SECONDS).plus(switches().skew)
                .getEpochSecond()));
        return used > switches().perMinute;
    }

    /** So many of this minute's requests another program has used. */
    public synchronized void othersUse(int requests) {
        if (opened == Instant.MIN) {
            opened = clock.instant();
        }
        used += requests;
    }

    private Object carriedOut(String name, Request request) {
        Matcher call = call(request);
        if (call == null) {
            boolean known = CALLS.keySet().stream().anyMatch(one -> path(request).matches(one.split(" ")[1]));
            throw new ClickUpRefusal(known ? 405 : 404, "", known ? "" : "404 page not found");
        }
        List<String> ids = new ArrayList<>();
        for (int n = 1; n <= call.groupCount(); n++) {
            ids.add(URLDecoder.decode(call.group(n), StandardCharsets.UTF_8));
        }
        if ((path(request).startsWith("/v2/team/") || path(request).startsWith("/v3/"))
                && !ids.get(0).equals(Long.toString(ClickUpState.TEAM))) {
            throw ClickUpRefusal.unknown();
        }
        String entity = name.split(" ")[1];
        return switch (entity) {
            case "folder", "folders", "list", "lists" -> places(name, ids, request);
            case "time" -> time(name, ids, request);
            case "comment", "comments" -> comments(name, ids, request);
            case "webhook", "webhooks" -> webhooks(name, ids, request);
            case "task", "tasks", "field" -> tasks(name, ids, request);
            default -> general(name, ids);
        };
    }

    private Object general(String name, List<String> ids) {
        return switch (name) {
            case "get user" -> {
                Map<String, Object> user = state.user(ClickUpState.BOT);
                user.put("timezone", ClickUpState.ZONE.getId());
                yield Map.of("user", user);
            }
            case "list teams" -> Map.of("teams", state.teams());
            case "get plan" -> Map.of("plan_name", switches().plan(), "plan_id", 3);
            case "get space" -> state.space(ids.get(0));
            case "list fields" -> {
                state.list(ids.get(0));
                yield Map.of("fields", state.tasks().fields().all());
            }
            case "list members" -> Map.of("members", List.of(state.user(ClickUpState.ANNA)));
            default -> Map.of("spaces", state.spaces(false));
        };
    }

    private Object places(String name, List<String> ids, Request request) {
        String id = ids.get(0);
        String parent = path(request).startsWith("/v2/folder") ? "folder" : "space";
        boolean archived = "true".equals(one(request, "archived"));
        switch (name) {
            case "delete folder" -> state.deleteFolder(id);
            case "delete list" -> state.deleteList(id);
            default -> {
                return switch (name) {
                    case "list folders" -> Map.of("folders", state.folders(id, archived));
                    case "create folder" -> state.createFolder(id, body(request));
                    case "get folder" -> state.folder(id);
                    case "update folder" -> state.updateFolder(id, body(request));
                    case "list lists" -> Map.of("lists", state.lists(parent, id, archived));
                    case "create list" -> state.createList(parent, id, body(request));
                    case "update list" -> state.updateList(id, body(request));
                    default -> state.list(id);
                };
            }
        }
        return Map.of();
    }

    private Object tasks(String name, List<String> ids, Request request) {
        String id = ids.get(0);
        switch (name) {
            case "list tasks" -> {
                String list = path(request).startsWith("/v2/list") ? id : null;
                if (list != null) {
                    state.list(list);
                }
                Object answer = new ClickUpTaskQuery(state, query(request)).answer(list);
                switches().betweenPages.run();
                return answer;
            }
            case "create task" -> {
                return state.tasks().create(id, body(request));
            }
            case "update task" -> {
                return state.tasks().update(id, body(request));
            }
            case "get task" -> {
                return state.tasks().get(id);
            }
            case "delete task" -> {
                state.tasks().delete(id);
                return null;
            }
            case "move task" -> state.tasks().move(ids.get(1), ids.get(2));
            case "set field" -> state.tasks().setField(id, ids.get(1), body(request));
            case "clear field" -> state.tasks().setField(id, ids.get(1), Map.of());
            default -> state.tasks().tag(id, ids.get(1), name.equals("tag task"));
        }
        return Map.of();
    }

    private Object time(String name, List<String> ids, Request request) {
        return switch (name) {
            case "list time" -> Map.of("data", state.time().list(query(request)));
            case "create time" -> Map.of("data", state.time().create(body(request)));
            case "update time" -> Map.of("data", List.of(state.time().update(ids.get(1), body(request))));
            case "delete time" -> Map.of("data", state.time().delete(ids.get(1)));
            default -> Map.of("data", switches().timeAsArray ? List.of(state.time().get(ids.get(1)))
                    : state.time().get(ids.get(1)));
        };
    }

    private Object comments(String name, List<String> ids, Request request) {
        switch (name) {
            case "list comments" -> {
                return Map.of("comments", state.tasks().comments(ids.get(0), one(request, "start"),
                        one(request, "start_id")));
            }
            case "create comment" -> {
                return state.tasks().comment(ids.get(0), body(request));
            }
            default -> state.tasks().changeComment(ids.get(0), name.startsWith("delete") ? null : body(request));
        }
        return Map.of();
    }

    private Object webhooks(String name, List<String> ids, Request request) {
        switch (name) {
            case "list webhooks" -> {
                return Map.of("webhooks", state.events().all());
            }
            case "create webhook" -> {
                return state.events().create(body(request));
            }
            case "update webhook" -> {
                return state.events().update(ids.get(0), body(request));
            }
            default -> state.events().delete(ids.get(0));
        }
        return Map.of();
    }

    /** Form encoding is not taken (section 1). */
    private static Map<String, Object> body(Request request) {
        String text = request.getBodyAsString();
        if (text.isBlank()) {
            return Map.of();
        }
        if (!String.valueOf(request.getHeader("Content-Type")).startsWith("application/json")) {
            throw new ClickUpRefusal(400, "APP_001", "Body must be JSON");
        }
        try {
            return ClickUpTaskState.map(JSON.readValue(text, Map.class));
        } catch (JacksonException broken) {
            throw new ClickUpRefusal(400, "APP_001", "Body must be JSON");
        }
    }

    private static String one(Request request, String key) {
        List<String> values = query(request).get(key);
        return values == null ? null : values.get(0);
    }

    private static Map<String, List<String>> query(Request request) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        String url = request.getUrl();
        if (url.contains("?")) {
            for (String pair : url.substring(url.indexOf('?') + 1).split("&")) {
                String[] parts = pair.split("=", 2);
                query.computeIfAbsent(URLDecoder.decode(parts[0], StandardCharsets.UTF_8), key -> new ArrayList<>())
                        .add(parts.length > 1 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "");
            }
        }
        return query;
    }

    private static Reply error(int status, String code, String words, Map<String, String> headers) {
        return new Reply(status, "application/json; charset=utf-8", Map.of("err", words, "ECODE", code), headers);
    }
}
