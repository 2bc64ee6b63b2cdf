package dev.sverka.bench;

import dev.sverka.core.state.Databases;
import dev.sverka.sandbox.Daemon;
import dev.sverka.sandbox.ShippedFolders;
import dev.sverka.sandbox.clickup.ClickUpStandIn;
import dev.sverka.sandbox.clickup.ClickUpState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/**
 * How much sooner three programs finish a backlog than one, on one PostgreSQL. Each entry is one comment at a vendor that
 * does nothing but take its time, as one in a network does, or else the processor would be what three programs share. Then
 * one of three is killed in the middle: the vendor has each comment once. How soon that is finished is no figure: what was
 * on its way is looked for at ClickUp for minutes before it is sent again, however long the backlog.
 */
public final class ReplicasBench {

    private static final Duration CALL = Duration.ofMillis(Integer.getInteger("bench.call", 50));
    /** Never more than one page of comments, so that one whose answer was lost is found again at once. */
    private static final int A_TASK = 20;
    /** Virtual machines load what they need with these; they do not count. */
    private static final int WARM = 200;
    /** Two at a time: what the vendor's own limit, 166 a second, lets three programs do. */
    private static final String ROUTE = """
            - route:
                id: noop
                description: comments on a task
                from:
                  uri: journal:noop
                  parameters: {workers: 2}
                  steps:
                    - to:
                        uri: clickup:comment/create
            """;

    /** @param wrong comments that are missing or there more than once */
    private record Outcome(double perSecond, int wrong) {
    }

    private ReplicasBench() {
    }

    public static void run(Figures figures, double scale) throws Exception {
        PaidInvoices.classPath();
        int entries = (int) (1800 * scale);
        Outcome one = outcome(entries, 1, false);
        Outcome three = outcome(entries, 3, false);
        Outcome killed = outcome(entries, 3, true);
        String backlog = "entries a second of a backlog of " + entries + ", " + CALL.toMillis() + " ms a call: ";
        figures.atLeast(backlog + "three programs against one", three.perSecond(), one.perSecond(), 2.2);
        figures.atMost("comments lost or doubled, nobody killed", one.wrong() + three.wrong(), 1, 0);
        figures.atMost("comments lost or doubled, one of three killed", killed.wrong(), 1, 0);
    }

    private static Outcome outcome(int entries, int programs, boolean kill) throws Exception {
        Path home = Files.createTempDirectory("replicas-bench");
        List<Daemon> daemons = new ArrayList<>();
        try (ClickUpStandIn vendor = new ClickUpStandIn(0, Clock.systemUTC())) {
            List<String> tasks = tasks(vendor, (entries + WARM) / A_TASK + 1);
            String url = Databases.postgresUrl();
            start(daemons, programs, settings(vendor, url, home), home);
            JdbcTemplate store = new JdbcTemplate(new DriverManagerDataSource(url, "postgres", ""));
            fill(store, tasks, 0, WARM);
            await(store, WARM);
            fill(store, tasks, WARM, entries);
            long began = System.nanoTime();
            if (kill) {
                await(store, WARM + entries / 3);
                daemons.remove(programs - 1).kill();
            }
            await(store, WARM + entries);
            double perSecond = entries / ((System.nanoTime() - began) / 1e9);
            return new Outcome(perSecond, wrong(vendor, store, WARM + entries));
        } finally {
            for (Daemon daemon : daemons) {
                daemon.close();
            }
            FileSystemUtils.deleteRecursively(home);
        }
    }

    private static List<String> tasks(ClickUpStandIn vendor, int count) {
        vendor.switches().perMinute(1_000_000);
        vendor.faults().slow("*", CALL);
        String list = vendor.state().listIn(vendor.state().folder(ClickUpState.SPACE, "Очередь"), "Работа");
        List<String> tasks = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            tasks.add(vendor.state().tasks().enter(list, "Задача " + n));
        }
        return tasks;
    }

    /** The first makes the tables. */
    private static void start(List<Daemon> daemons, int programs, Map<String, String> settings, Path home) throws Exception {
        Files.createDirectories(home.resolve("routes"));
        ShippedFolders.copyTo(home, "mappings");
        Files.writeString(home.resolve("routes/noop.yaml"), ROUTE);
        for (int n = 0; n < programs; n++) {
            daemons.add(Daemon.start(settings, home.resolve("log-" + n)));
            if (n == 0) {
                daemons.get(0).ready();
            }
        }
        daemons.forEach(Daemon::ready);
    }

    private static Map<String, String> settings(ClickUpStandIn vendor, String url, Path home) {
        return new TreeMap<>(Map.of("sverka.database.url", url, "sverka.home", home.toString(), "sverka.journal.lease",
                "5s", "sverka.clickup.main.url", vendor.url(), "sverka.clickup.main.token", ClickUpStandIn.TOKEN,
                "sverka.clickup.main.team-id", Long.toString(ClickUpState.TEAM),
                "sverka.clickup.main.requests-per-minute", "10000"));
    }

    /** All at once, each with a key of its own. */
    private static void fill(JdbcTemplate store, List<String> tasks, int from, int count) {
        store.update("insert into lane values ('noop', 'clickup.main') on conflict do nothing");
        store.update("""
                insert into entry (flow, account, order_key, subject, payload, headers, state, head_key, claim_at, due_at,
                    accepted_at)
                select 'noop', 'clickup.main', 'k' || n, 's', '{"task": "' || (?::text[])[n / ? + 1] || '", "marker": "'
                    || 'sverka:version:main:' || n || '", "fields": {"comment_text": "Готово"}}', '{}', 'queued',
                    'noop/k' || n, 1, 1, 1
                from generate_series(?, ?) n""", tasks.toArray(String[]::new), A_TASK, from, from + count - 1);
    }

    private static void await(JdbcTemplate store, int done) {
        Awaitility.await().atMost(Duration.ofMinutes(20)).pollInterval(Duration.ofMillis(100)).until(() ->
                store.queryForObject("select count(*) from entry where flow = 'noop' and state = 'done'", Integer.class)
                        >= done);
    }

    private static int wrong(ClickUpStandIn vendor, JdbcTemplate store, int entries) {
        Map<String, Integer> times = new HashMap<>();
        vendor.state().tasks().comments().forEach(text -> times.merge(text, 1, Integer::sum));
        int missing = entries - times.size();
        int doubled = times.values().stream().mapToInt(count -> count - 1).sum();
        int rows = store.queryForObject("select count(*) from entry", Integer.class);
        System.out.printf("replicas: %d entries of %d, %d comments missing, %d more than once, %d calls that create%n", rows,
                entries, missing, doubled, vendor.calls().stream().filter("create comment"::equals).count());
        return Math.abs(missing) + doubled + Math.abs(rows - entries);
    }
}
