package dev.sverka.bench;

import dev.sverka.core.state.Databases;
import dev.sverka.sandbox.Daemon;
import dev.sverka.sandbox.clickup.ClickUpStandIn;
import dev.sverka.sandbox.clickup.ClickUpState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * How much sooner three programs finish a backlog than one, on one PostgreSQL: each entry is one call of a vendor that
 * does nothing but take its time. Then one of three is killed in the middle.
 */
public final class ReplicasBench {

    private static final Duration CALL = Duration.ofMillis(200);
    private static final String ROUTE = """
            - route:
                id: noop
                description: asks a vendor something and does nothing with the answer
                from:
                  uri: journal:noop
                  steps:
                    - to:
                        uri: clickup:space/list
            """;

    private ReplicasBench() {
    }

    public static void run(Figures figures, double scale) throws Exception {
        PaidInvoices.classPath();
        int entries = (int) (3000 * scale);
        try (ClickUpStandIn vendor = new ClickUpStandIn(0, Clock.systemUTC())) {
            vendor.switches().perMinute(1_000_000);
            vendor.faults().slow("*", CALL);
            double one = perSecond(vendor, entries, 1, false);
            double three = perSecond(vendor, entries, 3, false);
            figures.atLeast("entries a second of a backlog of " + entries + ": three programs against one", three, one, 2.2);
            double killed = perSecond(vendor, entries, 3, true);
            figures.atLeast("the same, one of three killed in the middle, against one", killed, one, 1);
        }
    }

    private static double perSecond(ClickUpStandIn vendor, int entries, int programs, boolean kill) throws Exception {
        Path home = home();
        String url = Databases.postgresUrl();
        Map<String, String> settings = settings(vendor, url, home);
        List<Daemon> daemons = new ArrayList<>();
        try {
            for (int n = 0; n < programs; n++) {
                daemons.add(Daemon.start(settings, home.resolve("log-" + n)));
                if (n == 0) {
                    daemons.get(0).ready();
                }
            }
            daemons.forEach(Daemon::ready);
            JdbcTemplate store = new JdbcTemplate(new DriverManagerDataSource(url, "postgres", ""));
            long before = calls(vendor);
            fill(store, entries);
            long began = System.nanoTime();
            if (kill) {
                Awaitility.await().atMost(Duration.ofMinutes(5)).pollInterval(Duration.ofMillis(50))
                        .until(() -> done(store) > entries / 3);
                daemons.remove(2).kill();
            }
            Awaitility.await().atMost(Duration.ofMinutes(20)).pollInterval(Duration.ofMillis(100))
                    .until(() -> done(store) == entries);
            double perSecond = entries / ((System.nanoTime() - began) / 1e9);
            nothingLostOrDoubled(store, entries, calls(vendor) - before, kill ? 4 : 0);
            return perSecond;
        } finally {
            for (Daemon daemon : daemons) {
                daemon.close();
            }
        }
    }

    private static Path home() throws Exception {
        Path home = Files.createTempDirectory("replicas-bench");
        Files.createDirectories(home.resolve("routes"));
        Files.createDirectories(home.resolve("mappings"));
        Files.writeString(home.resolve("routes/noop.yaml"), ROUTE);
        try (Stream<Path> files = Files.list(Path.of("mappings"))) {
            for (Path file : files.toList()) {
                Files.copy(file, home.resolve("mappings").resolve(file.getFileName()));
            }
        }
        return home;
    }

    private static Map<String, String> settings(ClickUpStandIn vendor, String url, Path home) {
        return new TreeMap<>(Map.of("sverka.database.url", url, "sverka.home", home.toString(), "sverka.journal.lease",
                "5s", "sverka.clickup.main.url", vendor.url(), "sverka.clickup.main.token", ClickUpStandIn.TOKEN,
                "sverka.clickup.main.team-id", Long.toString(ClickUpState.TEAM),
                "sverka.clickup.main.requests-per-minute", "100000"));
    }

    /** All at once, each with a key of its own. */
    private static void fill(JdbcTemplate store, int entries) {
        store.update("insert into lane values ('noop', 'clickup.main') on conflict do nothing");
        store.update("""
                insert into entry (flow, account, order_key, subject, payload, headers, state, head_key, claim_at, due_at,
                    accepted_at)
                select 'noop', 'clickup.main', 'k' || n, 's', '{"id": 1}', '{"SyncId": "1"}', 'queued', 'noop/k' || n, 1, 1, 1
                from generate_series(1, ?) n""", entries);
    }

    private static int done(JdbcTemplate store) {
        return store.queryForObject("select count(*) from entry where flow = 'noop' and state = 'done'", Integer.class);
    }

    private static long calls(ClickUpStandIn vendor) {
        return vendor.calls().stream().filter(call -> call.contains("space")).count();
    }

    /** @param underWay at most so many entries were in the hands of a program that was killed */
    private static void nothingLostOrDoubled(JdbcTemplate store, int entries, long calls, int underWay) {
        int rows = store.queryForObject("select count(*) from entry where flow = 'noop'", Integer.class);
        System.out.printf("replicas: %d entries done of %d, %d calls%n", done(store), rows, calls);
        if (rows != entries || done(store) != entries || calls < entries || calls > entries + underWay) {
            throw new IllegalStateException(entries + " entries are to be done once each: " + rows + " rows, "
                    + done(store) + " done, " + calls + " calls");
        }
    }
}
