package dev.sverka.sandbox.saby;

import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import dev.sverka.sandbox.StandIn;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Saby's JSON-RPC: sessions, changes, documents, and faults (saby.md section 10). */
public final class SabyStandIn extends StandIn {

    public static final String APP_CLIENT_ID = "0000000000000000";
    public static final String APP_SECRET = "SANDBOXSECRET";
    public static final String SECRET_KEY = "sandboxServiceKey";
    public static final String LOGIN = "robot-demo";
    public static final String PASSWORD = "sandbox-password";

    private static final Duration IDLE = Duration.ofHours(24);
    private static final Duration LONGEST = Duration.ofDays(21);
    private static final int BUSINESS = -32000;
    private static final int LOGINS_A_MINUTE = 300;

    private final Clock clock;
    private final SabySwitches switches = new SabySwitches();
    private SabyOffice office;
    private final Map<String, Instant> sessions = new HashMap<>();
    private final Map<String, Instant> used = new HashMap<>();
    private int number;
    private Instant cycle = Instant.EPOCH;
    private final List<Instant> logins = new ArrayList<>();

    public SabyStandIn(int port, Clock clock) {
        super(port);
        this.clock = clock;
        this.office = new SabyOffice(clock, url());
    }

    public SabyOffice office() {
        return office;
    }

    /** Another account, in which nothing has happened. */
    public void another() {
        office = new SabyOffice(clock, url());
    }

    public SabySwitches switches() {
        return switches;
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** What a daemon must be set to. */
    public Map<String, String> settings() {
        return Map.of("sverka.saby.main.url", url(), "sverka.saby.main.app-client-id", APP_CLIENT_ID,
                "sverka.saby.main.app-secret", APP_SECRET, "sverka.saby.main.secret-key", SECRET_KEY);
    }

    /** All sessions are gone. */
    public synchronized void forget() {
        sessions.clear();
    }

    private static String path(Request request) {
        return request.getUrl().replaceFirst("\\?.*", "");
    }

    @Override
    protected String name(Request request) {
        if (path(request).startsWith("/disk/")) {
            return "file";
        }
        if (!path(request).equals("/service/")) {
            return "log-in";
        }
        try {
            return JSON.readTree(request.getBodyAsString()).path("method").asString("?").replaceFirst("СБИС\\.", "");
        } catch (JacksonException broken) {
            return "?";
        }
    }

    @Override
    protected boolean isWrite(String name, Request request) {
        return name.equals("log-in");
    }

    @Override
    protected synchronized Reply answer(String name, Request request) {
        if (path(request).startsWith("/disk/")) {
            return file(request);
        }
        String type = String.valueOf(request.getHeader("Content-Type")).toLowerCase(Locale.ROOT);
        boolean read = type.replace(" ", "").contains("charset=utf-8");
        String text = new String(request.getBody(), read ? StandardCharsets.UTF_8 : Charset.forName("windows-1251"));
        JsonNode body;
        try {
            body = JSON.readTree(text);
        } catch (JacksonException broken) {
            return error(-32700, "Parse error", "");
        }
        if (!request.getMethod().equals(RequestMethod.POST) || !read && text.contains("Р")) {
            return error(-32700, "Parse error", "");
        }
        if (!path(request).equals("/service/") && areTooMany(clock.instant())) {
            return error(BUSINESS, "Слишком много запросов аутентификации", "");
        }
        return switch (path(request)) {
            case "/oauth/service/" -> application(body);
            case "/auth/service/" -> password(body);
            case "/service/" -> called(name, request, body.path("params"));
            default -> Reply.html(404, "<html>404</html>");
        };
    }

    /** One reading of the changes may have several pages, but not take longer than half of the pause. */
    private boolean isTooSoon(Instant now) {
        Duration since = Duration.between(cycle, now);
        if (since.compareTo(switches.pause) >= 0) {
            cycle = now;
            return false;
        }
        return since.compareTo(switches.pause.dividedBy(2)) >= 0;
    }

    private boolean areTooMany(Instant now) {
        logins.removeIf(one -> one.isBefore(now.minusSeconds(60)));
        logins.add(now);
        return logins.size() > LOGINS_A_MINUTE;
    }

    private String open() {
        String session = "00000001-00000002-00ba-%016d".formatted(++number);
        sessions.put(session, clock.instant());
        used.put(session, clock.instant());
        return session;
    }

    private Reply application(JsonNode body) {
        boolean genuine = body.path("app_client_id").asString("").equals(APP_CLIENT_ID)
                && body.path("app_secret").asString("").equals(APP_SECRET)
                && body.path("secret_key").asString("").equals(SECRET_KEY);
        return genuine ? Reply.json(200, switches.tokensOnly ? Map.of("access_token", open())
                : Map.of("token", "sandbox-access-token", "sid", open()))
                : error(BUSINESS, "Неверный ключ приложения", "");
    }

    private Reply password(JsonNode body) {
        JsonNode given = body.path("params").path("Параметр");
        if (!given.path("Логин").asString("").equals(LOGIN) || !given.path("Пароль").asString("").equals(PASSWORD)) {
            return error(BUSINESS, "Неверный логин или пароль", "");
        }
        return switches.confirms ? Reply.json(200, Map.of("jsonrpc", "2.0", "id", 1, "error", Map.of("code", BUSINESS,
                "message", "Для входа введите полученный код подтверждения.", "data",
                Map.of("classid", "{00000000-0000-0000-0000-1FA000001002}")))) : result(open());
    }

    private Reply called(String name, Request request, JsonNode params) {
        String session = String.valueOf(request.getHeader(switches.tokensOnly ? "X-SBISAccessToken" : "X-SBISSessionID"));
        Instant opened = sessions.get(session);
        Instant now = clock.instant();
        if (opened == null || now.isAfter(opened.plus(LONGEST)) || now.isAfter(used.get(session).plus(IDLE))) {
            return new Reply(401, "application/json; charset=utf-8", Map.of("jsonrpc", "2.0", "id", 1, "error",
                    Map.of("code", BUSINESS, "message", "Сессия не найдена или устарела")), Map.of());
        }
        used.put(session, now);
        JsonNode filter = params.path("Фильтр");
        if (name.startsWith("Список") && !filter.isObject()) {
            return error(BUSINESS, "В объекте нет поля Фильтр", "");
        }
        return switch (name) {
            case "ИнформацияОВерсии" -> result(Map.of("ВнешнийИнтерфейс", Map.of("ДатаВремяЗапроса",
                    SabyOffice.text(now))));
            case "СписокИзменений" -> isTooSoon(now) ? Reply.html(429, "<html>429</html>") : changes(filter);
            case "ПрочитатьДокумент" -> {
                Map<String, Object> paper = office.paper(params.path("Документ").path("Идентификатор").asString(""));
                yield paper == null ? error(BUSINESS, "Документ не найден", "") : result(shown(paper));
            }
            case "СписокДокументов" -> listed("Документ", office.dated(filter.path("ДатаС").asString(""),
                    filter.path("ДатаПо").asString(""), filter.path("Тип").asString("")), filter);
            case "СписокДокументовПоСобытиям" -> switches.sparing ? sparingly(register(filter), filter)
                    : listed("Реестр", register(filter), filter);
            default -> error(-32601, "Метод не найден", "");
        };
    }

    /** A link leads on once; the first time it may be too early. */
    private Reply file(Request request) {
        if (!sessions.containsKey(String.valueOf(request.getHeader("X-SBISSessionID")))) {
            return Reply.html(401, "<html>401</html>");
        }
        if (path(request).startsWith("/disk/api/")) {
            String target = switches.elsewhere == null ? url() + path(request).replace("/api/v1/", "/file/")
                    : switches.elsewhere;
            return new Reply(302, "text/html", "", Map.of("Location", target));
        }
        if (switches.notReady > 0) {
            switches.notReady--;
            return error(BUSINESS, "Файл не готов", "{00000000-0000-0000-0000-1AA0000F1002}");
        }
        return new Reply(200, "application/octet-stream", ("file of " + path(request).replaceFirst(".*/", ""))
                .getBytes(StandardCharsets.UTF_8), Map.of());
    }

    private Map<String, Object> shown(Map<String, Object> paper) {
        if (switches.partials == 0) {
            return paper;
        }
        switches.partials--;
        Map<String, Object> part = new LinkedHashMap<>(paper);
        part.keySet().removeAll(List.of("Номер", "Сумма", "Контрагент", "Событие"));
        part.put("ЧастичныеДанные", "Да");
        return part;
    }

    private Reply changes(JsonNode filter) {
        List<SabyOffice.Change> feed = office.feed();
        String event = filter.path("ИдентификаторСобытия").asString("");
        int from = 0;
        if (!event.isEmpty()) {
            from = 1 + feed.stream().map(SabyOffice.Change::event).toList().indexOf(event);
            if (from == 0) {
                return error(BUSINESS, "Событие не найдено", "");
            }
        } else {
            Instant since = since(filter.path("ДатаВремяС").asString(""));
            if (since == null) {
                return error(BUSINESS, "Неверный формат ДатаВремяС", "");
            }
            while (from < feed.size() && feed.get(from).at().isBefore(since)) {
                from++;
            }
        }
        int asked = Integer.parseInt(filter.path("Навигация").path("РазмерСтраницы").asString("25"));
        int to = Math.min(feed.size(), from + Math.min(asked, switches.cap));
        List<Map<String, Object>> page = new ArrayList<>(feed.subList(from, to).stream()
                .map(SabyOffice.Change::record).toList());
        if (switches.repeats > 0 && !page.isEmpty()) {
            switches.repeats--;
            page.add(0, feed.get(0).record());
        }
        if (switches.reports) {
            page.add(0, Map.of("Идентификатор", "b0000000-0000-4000-8000-000000000009", "Тип", "ОтчетФНС",
            "Направление",
                    "Исходящий", "Состояние", Map.of("Код", "7"), "Событие", List.of()));
        }
        if (switches.eventless > 0 && !page.isEmpty()) {
            switches.eventless--;
            page.replaceAll(one -> {
                Map<String, Object> bare = new LinkedHashMap<>(one);
                bare.put("Событие", List.of());
                return bare;
            });
        }
        if (switches.sparing) {
            page.replaceAll(one -> new LinkedHashMap<>(Map.of("Идентификатор", one.get("Идентификатор"), "Событие",
                    one.get("Событие"))));
            return result(Map.of("Документ", page));
        }
        return result(Map.of("Документ", page, "Навигация", Map.of("РазмерСтраницы", Integer.toString(asked),
                "Страница",
                "0", "ЕстьЕще", to < feed.size() ? "Да" : "Нет")));
    }

    private Instant since(String text) {
        try {
            return LocalDateTime.parse(text, DateTimeFormatter.ofPattern(switches.colons ? "dd.MM.yyyy HH:mm:ss"
                    : "dd.MM.yyyy HH.mm.ss")).atZone(SabyOffice.MOSCOW).toInstant();
        } catch (DateTimeParseException wrong) {
            return null;
        }
    }

    private List<Map<String, Object>> register(JsonNode filter) {
        boolean incoming = filter.path("ТипРеестра").asString("").equals("Входящие");
        DateTimeFormatter days = DateTimeFormatter.ofPattern("dd.MM.yyyy");
        LocalDate from = LocalDate.parse(filter.path("ДатаС").asString(""), days);
        LocalDate to = LocalDate.parse(filter.path("ДатаПо").asString(""), days);
        List<Map<String, Object>> rows = new ArrayList<>();
        office.feed().stream().filter(one -> !LocalDate.ofInstant(one.at(), SabyOffice.MOSCOW).isBefore(from)
                && !LocalDate.ofInstant(one.at(), SabyOffice.MOSCOW).isAfter(to)).filter(one -> one.record().get(
                "Направление").equals(incoming ? "Входящий" : "Исходящий"))
                .filter(one -> office.paper((String) one.record().get("Идентификатор")) != null)
                .forEach(one -> rows.add(Map.of("ДатаВремя", SabyOffice.text(one.at()), "Документ",
                        one.record())));
        return rows;
    }

    private static Reply listed(String name, List<Map<String, Object>> rows, JsonNode filter) {
        int size = Integer.parseInt(filter.path("Навигация").path("РазмерСтраницы").asString("25"));
        int page = Integer.parseInt(filter.path("Навигация").path("Страница").asString("0"));
        int from = Math.min(rows.size(), page * size);
        int to = Math.min(rows.size(), from + size);
        return result(Map.of(name, rows.subList(from, to), "Навигация", Map.of("РазмерСтраницы", Integer.toString(size),
                "Страница", Integer.toString(page), "ЕстьЕще", to < rows.size() ? "Да" : "Нет")));
    }

    private static Reply sparingly(List<Map<String, Object>> rows, JsonNode filter) {
        int size = Integer.parseInt(filter.path("Навигация").path("РазмерСтраницы").asString("25"));
        int from = Math.min(rows.size(), size * Integer.parseInt(filter.path("Навигация").path("Страница").asString("0")));
        return result(Map.of("Реестр", rows.subList(from, Math.min(rows.size(), from + size))));
    }

    private static Reply result(Object result) {
        return Reply.json(200, Map.of("jsonrpc", "2.0", "result", result, "id", 1));
    }

    private Reply error(int code, String message, String kind) {
        return Reply.json(switches.errorStatus, Map.of("jsonrpc", "2.0", "id", 1, "error", Map.of("code", code,
                "message",
                message, "details", message, "type", "error", "data", kind.isEmpty() ? Map.of()
                        : Map.of("classid", kind))));
    }
}
