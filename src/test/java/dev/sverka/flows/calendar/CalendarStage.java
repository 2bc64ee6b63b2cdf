package dev.sverka.flows.calendar;

import dev.sverka.Application;
import dev.sverka.core.mapping.Mappings;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** The whole program over a store of its own, its routes at rest, its clock in the test's hand. */
public final class CalendarStage implements AutoCloseable {

    public static final String MEMBER = "5f0c1d2e3b4a59687766554433221100";
    static final LocalDate TODAY = LocalDate.parse("2026-11-27");
    static final Instant NOW = Instant.parse("2026-11-27T09:00:00Z");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final SettableClock clock = new SettableClock(NOW);
    private final ConfigurableApplicationContext daemon;
    private final int port;

    /** @param more settings, such as {@code --server.port=0} */
    public CalendarStage(String store, String... more) {
        SpringApplication application = new SpringApplication(Application.class);
        application.addInitializers(context -> ((GenericApplicationContext) context).registerBean("settableClock",
                Clock.class, () -> clock, bean -> bean.setPrimary(true)));
        List<String> settings = new ArrayList<>(List.of("--sverka.database.url=" + store,
                "--sverka.routes.start=false", "--sverka.console.password=test", "--server.port=0",
                "--server.address=127.0.0.1", "--sverka.public-url=https://sync.example.org"));
        settings.addAll(List.of(more));
        daemon = application.run(settings.toArray(String[]::new));
        Mappings mappings = daemon.getBean(Mappings.class);
        mappings.putInForce(mappings.read(shipped()));
        port = ((ServletWebServerApplicationContext) daemon).getWebServer().getPort();
    }

    private static Map<String, String> shipped() {
        Map<String, String> texts = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(Path.of("mappings"))) {
            for (Path file : files.toList()) {
                texts.put("mappings/" + file.getFileName(), Files.readString(file));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return texts;
    }

    CalendarItems items() {
        return daemon.getBean(CalendarItems.class);
    }

    Calendars calendars() {
        return daemon.getBean(Calendars.class);
    }

    JdbcClient jdbc() {
        return daemon.getBean(JdbcClient.class);
    }

    @SuppressWarnings("unchecked")
    Declared<CalendarRules> rules() {
        return (Declared<CalendarRules>) daemon.getBeanProvider(
                ResolvableType.forClassWithGenerics(Declared.class, CalendarRules.class)).getObject();
    }

    /** As the routes bring it: with where it is seen and the portal's id. */
    public void remember(Map<String, Object> item) {
        items().remember(item);
    }

    /** A deal from one day to another; null for no date. */
    public static Map<String, Object> deal(long id, LocalDate begin, LocalDate end) {
        Map<String, Object> item = item("deal", id, "work");
        put(item, "begin", begin);
        put(item, "end", end);
        item.put("title", "Магазин " + id);
        return item;
    }

    static Map<String, Object> payment(long id, String side, LocalDate due) {
        Map<String, Object> item = item("payment", id, "planned");
        item.put("pipeline", side);
        item.put("title", "Счёт " + id);
        put(item, "dueDate", due);
        return item;
    }

    static Map<String, Object> item(String entity, long id, String stage) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("entity", entity);
        item.put("id", id);
        item.put("pipeline", "main");
        item.put("stage", stage);
        item.put("assignee", 7L);
        item.put("url", "https://portal.example.org/crm/" + entity + "/" + id + "/");
        item.put("portal", MEMBER);
        return item;
    }

    private static void put(Map<String, Object> item, String key, Object value) {
        if (value != null) {
            item.put(key, value);
        }
    }

    /** @return the path of the feed */
    public String issue(Calendars.Wanted wanted) {
        return "/calendar/" + calendars().issue(wanted, "test").token() + ".ics";
    }

    public static Calendars.Wanted wanted(long person, String view) {
        return new Calendars.Wanted(person, view, false, null, null, null, null, null);
    }

    public String address() {
        return "http://127.0.0.1:" + port;
    }

    HttpResponse<byte[]> get(String path, String... headers) {
        return send("GET", path, headers);
    }

    HttpResponse<byte[]> send(String method, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    static String basic() {
        return "Basic " + Base64.getEncoder().encodeToString("admin:test".getBytes());
    }

    /** The feed as it came, lines still folded. */
    public String raw(String path) {
        HttpResponse<byte[]> answer = get(path);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + " answered " + answer.statusCode());
        }
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    /** The events of a feed by the part of their UID before the {@code @}. */
    Map<String, Map<String, String>> events(String path) {
        Map<String, Map<String, String>> events = new LinkedHashMap<>();
        Matcher event = Pattern.compile("BEGIN:VEVENT\r\n(.*?)END:VEVENT\r\n", Pattern.DOTALL)
                .matcher(raw(path).replace("\r\n ", ""));
        while (event.find()) {
            Map<String, String> lines = new LinkedHashMap<>();
            event.group(1).lines().forEach(line -> lines.put(line.replaceFirst("[:;].*", ""),
                    line.substring(line.indexOf(':') + 1)));
            events.put(lines.get("UID").replaceFirst("@.*", ""), lines);
        }
        return events;
    }

    void script(String resource) {
        new ResourceDatabasePopulator(new ClassPathResource(resource)).execute(daemon.getBean(DataSource.class));
    }

    /** All events as they are kept. */
    List<EventRow> rows() {
        EventStore store = new EventStore(jdbc());
        return jdbc().sql("select distinct entity, item from calendar_event").query((row, n) ->
                store.of(row.getString(1), row.getLong(2))).list().stream().flatMap(List::stream).toList();
    }

    /** What was handed over to be told: the texts by person. */
    List<Map<String, Object>> notices() {
        return jdbc().sql("select payload from entry where flow = 'calendar-notice' order by id").query(String.class)
                .list().stream().map(Contents::item).toList();
    }

    @Override
    public void close() {
        daemon.close();
    }
}
