package dev.sverka.flows.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sverka.Application;
import dev.sverka.core.portal.Provision;
import dev.sverka.sandbox.bitrix24.Bitrix24StandIn;
import dev.sverka.sandbox.bitrix24.Crm;
import dev.sverka.sandbox.bitrix24.Portal;
import dev.sverka.sandbox.clickup.ClickUpStandIn;
import dev.sverka.sandbox.clickup.ClickUpState;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The program with its shipped routes between a portal and a ClickUp, both over HTTP; nothing is played by hand. */
public final class ProjectsStage implements AutoCloseable {

    public static final int DEAL = 2;
    /** On the portal; Anna is in ClickUp under the same e-mail in other letters. */
    public static final int ANNA = 31;

    /** It goes on by itself, faster than life, so that pauses are short; a test may move it. */
    public static final class MovableClock extends Clock {

        private static final int FASTER = 8;
        private final Instant began = Instant.now();
        private volatile Duration ahead = Duration.ZERO;

        public void advance(Duration by) {
            ahead = ahead.plus(by);
        }

        /** To a moment, from which it goes on. */
        public void set(Instant moment) {
            ahead = ahead.plus(Duration.between(instant(), moment));
        }

        @Override
        public Instant instant() {
            return began.plus(Duration.between(began, Instant.now()).multipliedBy(FASTER)).plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    public final MovableClock clock = new MovableClock();
    public final Bitrix24StandIn bitrix24 = new Bitrix24StandIn(0, clock).limited(false);
    public final Portal portal = Portal.bare(bitrix24.crm());
    public final ClickUpStandIn clickup = new ClickUpStandIn(0, clock);
    public final ClickUpState space = clickup.state();
    private final Path home;
    private final String store;
    private final String[] more;
    private ConfigurableApplicationContext daemon;
    private int stages;

    public ProjectsStage(Path home, String store, String... more) throws IOException {
        this.home = home;
        this.store = store;
        this.more = more;
        for (String folder : List.of("routes", "mappings")) {
            Files.createDirectories(home.resolve(folder));
        }
        for (String name : List.of("portal.yaml", "calendar.yaml", "bank-rules.yaml", "clickup.yaml", "people.yaml",
            "rates.yaml")) {
            Files.copy(Path.of("mappings/" + name), home.resolve("mappings/" + name));
        }
        route("projects.yaml", text -> text);
        route("timesheets.yaml", text -> text);
        route("paperwork.yaml", text -> text);
        route("deals.yaml", text -> text);
        route("calendar.yaml", ProjectsStage::ofDealsAndStages);
        clickup.switches().perMinute(1_000_000);
        bitrix24.users().hire(ANNA, "Анна", "Орлова", "anna.orlova@EXAMPLE.com", "Разработчик");
        bitrix24.users().hire(Portal.PERSON, "Вера", "Бухгалтер", "vera@example.com", "Бухгалтер");
    }

    /** The triggers that both flows share, without the calendar's part. */
    private static String ofDealsAndStages(String calendar) {
        return Arrays.stream(calendar.split("(?m)^(?=- route:)")).filter(route -> route.matches(
                "(?s).*id: calendar-(deal|stage|report)-(hint-)?in.*")).map(route -> route.replaceFirst(
                "- to:\\s+uri: journal:calendar\n {8}", "")).filter(route -> route.contains("ref: projects"))
                .collect(Collectors.joining());
    }

    /** A file of the shipped routes, as an ops team may have edited it. */
    public ProjectsStage route(String name, java.util.function.UnaryOperator<String> edit) throws IOException {
        Files.writeString(home.resolve("routes/" + name), edit.apply(Files.readString(Path.of("routes/" + name))));
        return this;
    }

    /** A file of the mappings. */
    public ProjectsStage mapping(String name, String text) throws IOException {
        Files.writeString(home.resolve("mappings/" + name), text);
        return this;
    }

    /** Begins, or begins again after {@link #stop}. */
    public ProjectsStage start() {
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.addInitializers(context -> ((GenericApplicationContext) context).registerBean("movableClock",
                Clock.class, () -> clock, bean -> bean.setPrimary(true)));
        String[] settings = {"--sverka.home=" + home, "--sverka.database.url=" + store,
            "--sverka.bitrix24.main.url=" + bitrix24.url(), "--sverka.bitrix24.main.plan=box",
            "--sverka.bitrix24.main.longest-execution=1s", "--sverka.poll.bitrix24=PT0.2S",
            "--sverka.clickup.main.url=" + clickup.url(), "--sverka.clickup.main.team-id=" + ClickUpState.TEAM,
            "--sverka.clickup.main.requests-per-minute=10000", "--sverka.poll.clickup=PT0.2S",
            "--sverka.reread.clickup=PT0.2S"};
        String[] token = Arrays.stream(more).anyMatch(one -> one.contains("clickup.main.token")) ? new String[0]
                : new String[] {"--sverka.clickup.main.token=" + ClickUpStandIn.TOKEN};
        daemon = application.run(Stream.of(settings, token, more).flatMap(Arrays::stream).toArray(String[]::new));
        daemon.getBean(Provision.class).apply(done -> { });
        stages = portal.process("Этапы");
        return this;
    }

    public void stop() {
        if (daemon != null) {
            daemon.close();
            daemon = null;
        }
    }

    public <T> T bean(Class<T> type) {
        return daemon.getBean(type);
    }

    public JdbcClient jdbc() {
        return daemon.getBean(JdbcClient.class);
    }

    public int stageType() {
        return stages;
    }

    /** A person makes a deal. @param stage such as {@code В работе} */
    public int deal(String title, String stage) {
        return ((Number) portal.crm().add(DEAL, Map.of("title", title, "opportunity", new BigDecimal("100000"),
                "isManualOpportunity", "Y", "currencyId", "RUB", "stageId", dealStage(stage), "assignedById", ANNA),
                Portal.PERSON).get("id")).intValue();
    }

    private String dealStage(String name) {
        return portal.stageCode(DEAL, "Общая", name);
    }

    public void moveDeal(int deal, String stage) {
        edit(DEAL, deal, "stageId", dealStage(stage));
    }

    /** A person makes a stage of a deal. */
    public int stage(int deal, String title, LocalDate begin, LocalDate end) {
        Map<String, Object> fields = new LinkedHashMap<>(Map.of("title", title, "parentId" + DEAL, deal,
                "assignedById", ANNA));
        fields.put("begindate", begin == null ? "" : begin.toString());
        fields.put("closedate", end == null ? "" : end.toString());
        return ((Number) portal.crm().add(stages, fields, Portal.PERSON).get("id")).intValue();
    }

    /** A person changes an item. */
    public void edit(int type, int id, String field, Object value) {
        portal.crm().update(type, id, Map.of(field, value), Portal.PERSON);
    }

    public void moveStage(int stage, String name) {
        edit(stages, stage, "stageId", portal.stageCode(stages, "Этапы", name));
    }

    /** The name of the column a stage stands in. */
    public String column(int stage) {
        String code = String.valueOf(portal.item(stages, stage).get("stageId"));
        for (String name : List.of("Новый", "В работе", "На приёмке", "Завершён", "Отменён")) {
            if (code.equals(portal.stageCode(stages, "Этапы", name))) {
                return name;
            }
        }
        return code;
    }

    public List<Crm.Comment> comments(int stage) {
        return portal.comments(stages, stage);
    }

    public static void eventually(ThrowingRunnable what) {
        await().atMost(Duration.ofSeconds(60)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(50))
                .untilAsserted(what);
    }

    public String list(int stage) {
        return jdbc().sql("select list from project_stage where stage = ?").param(stage).query(String.class).optional()
                .orElse(null);
    }

    public String folder(int deal) {
        return jdbc().sql("select folder from project_deal where deal = ?").param(deal).query(String.class).optional()
                .orElse(null);
    }

    /** The list of a stage, once both sides are at rest about it. */
    public String settled(int stage) {
        eventually(() -> assertThat(list(stage)).isNotNull());
        quiet();
        return list(stage);
    }

    /** Waits until all feeds were read twice from now on and nothing is queued, working or waiting. */
    public void quiet() {
        Map<String, Long> before = feeds();
        eventually(() -> {
            Map<String, Long> now = feeds();
            assertThat(now.keySet()).allSatisfy(name -> assertThat(now.get(name)).isGreaterThan(
                    before.getOrDefault(name, 0L) + 1));
            assertThat(open()).isEmpty();
        });
        assertThat(dead()).isEmpty();
    }

    private Map<String, Long> feeds() {
        Map<String, Long> reads = new LinkedHashMap<>();
        reads.put("items", bitrix24.executed("crm.item.list"));
        if (isOn()) {
            for (String name : List.of("list tasks", "list time", "list folders")) {
                reads.put(name, clickup.calls().stream().filter(name::equals).count());
            }
        }
        return reads;
    }

    private boolean isOn() {
        return bean(Projects.class).isOn();
    }

    /** What is queued, working or waiting. */
    public List<String> open() {
        return jdbc().sql("""
                select flow || ' ' || order_key || ' ' || state || ': ' || coalesce(message, '') from entry
                where state in ('queued', 'working', 'waiting')""").query(String.class).list();
    }

    public List<String> dead() {
        return jdbc().sql("select flow || ' ' || order_key || ': ' || message from entry where state = 'dead'")
                .query(String.class).list();
    }

    /** How many changes of a kind ClickUp has carried out, such as {@code create list}. */
    public long done(String what) {
        return space.ledger().stream().filter(change -> change.startsWith(what)).count();
    }

    /** Whatever was written to either side so far. */
    public List<String> writes() {
        return Stream.concat(space.ledger().stream(), bitrix24.writes().stream()).toList();
    }

    @Override
    public void close() {
        stop();
        clickup.close();
        bitrix24.close();
    }
}
