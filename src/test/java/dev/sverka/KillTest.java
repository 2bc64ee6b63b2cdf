package dev.sverka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.state.Databases;
import dev.sverka.sandbox.Daemon;
import dev.sverka.sandbox.Faults;
import dev.sverka.sandbox.Sandbox;
import dev.sverka.sandbox.bitrix24.Crm;
import dev.sverka.sandbox.bitrix24.Portal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real process is killed at random instants of the agency's day, while answers get lost: the portal ends as after a
 * day without kills, and nothing stands there twice.
 */
class KillTest {

    private static final int KILLS = Integer.getInteger("sverka.kills", 3);
    /** Noon in Moscow of a working day, so that no midnight passes during the test. */
    private static final Duration OFFSET = Duration.between(Instant.now(), Instant.parse("2026-11-23T09:00:00Z"));

    private static List<String> undisturbed;

    @TempDir
    static Path home;

    private static Sandbox sandbox() {
        Sandbox sandbox = Sandbox.open(Clock.offset(Clock.systemUTC(), OFFSET));
        sandbox.bitrix24().limited(false);
        return sandbox;
    }

    private static Map<String, String> settings(Sandbox sandbox, String database) {
        Map<String, String> settings = new TreeMap<>(sandbox.settings());
        settings.put("sverka.database.url", database);
        settings.put("sverka.clock-offset", OFFSET.toString());
        settings.put("sverka.poll.bank", "1s");
        // eight feeds and the look for drift, each within what the plan takes
        settings.put("sverka.poll.bitrix24", "3s");
        settings.put("sverka.bitrix24.main.plan", "enterprise");
        settings.put("sverka.journal.lease", "2s");
        settings.put("sverka.home", Path.of("").toAbsolutePath().toString());
        return settings;
    }

    private static String h2(String name) {
        return "jdbc:h2:file:" + home.resolve(name) + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
    }

    @BeforeAll
    static void aDayWithoutKills() throws Exception {
        try (Sandbox sandbox = sandbox();
                Daemon daemon = Daemon.start(settings(sandbox, h2("undisturbed")), home.resolve("undisturbed.log"))) {
            sandbox.tell(daemon.ready().address());
            sandbox.later().forEach(Runnable::run);
            awaitRest(sandbox, daemon);
            undisturbed = state(sandbox.portal());
        }
        assertThat(undisturbed).as("the day itself must hold something")
                .anyMatch(line -> line.contains("Оплачен")).anyMatch(line -> line.contains("Частично оплачен"));
    }

    @Test
    void onH2TheDayEndsTheSameWhateverIsKilled() throws Exception {
        Path log = home.resolve("killed-h2.log");
        disturbed(h2("killed"), 1, (sandbox, settings, dice, later) -> {
            for (int kill = 0; kill < KILLS; kill++) {
                Daemon daemon = Daemon.start(settings, log);
                sandbox.tell(daemon.address());
                hit(sandbox, daemon, kill, dice, later);
            }
            return Daemon.start(settings, log).ready();
        });
    }

    /** Two programs on one store: now one of them is killed, now the other, and a new one takes its place. */
    @Test
    void onPostgreSqlTheDayEndsTheSameWhicheverReplicaIsKilled() throws Exception {
        disturbed(Databases.postgresUrl(), 2, (sandbox, settings, dice, later) -> {
            Daemon standing = Daemon.start(settings, home.resolve("replica-0.log")).ready();
            for (int kill = 0; kill < KILLS; kill++) {
                Daemon fresh = Daemon.start(settings, home.resolve("replica-" + (kill + 1) + ".log"));
                boolean old = dice.nextBoolean();
                sandbox.tell((old ? fresh : standing).address());
                hit(sandbox, old ? standing : fresh, kill, dice, later);
                standing = old ? fresh : standing;
            }
            return standing.ready();
        });
    }

    /** What happens to the programs of a day. */
    private interface Disturbance {
        /** @return the one that is left */
        Daemon of(Sandbox sandbox, Map<String, String> settings, Random dice, Deque<Runnable> later) throws Exception;
    }

    private static void disturbed(String database, long seed, Disturbance kills) throws Exception {
        Random dice = new Random(seed);
        try (Sandbox sandbox = sandbox()) {
            sandbox.bitrix24().faults().seed(seed).chance(Faults.Kind.LOST_ANSWER, 0.2)
                    .chance(Faults.Kind.BAD_GATEWAY, 0.03).chance(Faults.Kind.RESET_BEFORE, 0.03);
            sandbox.events().unreliable(0.3, 0.3);
            Deque<Runnable> later = new ArrayDeque<>(sandbox.later());
            try (Daemon daemon = kills.of(sandbox, settings(sandbox, database), dice, later)) {
                sandbox.tell(daemon.address());
                later.forEach(Runnable::run);
                sandbox.bitrix24().faults().none();
                awaitRest(sandbox, daemon);
                assertThat(state(sandbox.portal())).isEqualTo(undisturbed);
                assertThat(daemon.api("/api/status").path("dead").asInt()).isZero();
            }
        }
    }

    private static void hit(Sandbox sandbox, Daemon daemon, int kill, Random dice, Deque<Runnable> later) throws Exception {
        if (kill % 2 == 0 && !later.isEmpty()) {
            later.remove().run();
        }
        awaitCalls(sandbox, dice.nextInt(25));
        assertThat(daemon.isAlive()).as("it runs until it is killed, see " + home).isTrue();
        daemon.kill();
    }

    /** The instant of a kill: just when the vendors have been called some more times. */
    private static void awaitCalls(Sandbox sandbox, int more) {
        long before = calls(sandbox);
        try {
            Awaitility.await().atMost(Duration.ofSeconds(8)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(3))
                    .until(() -> calls(sandbox) > before + more);
        } catch (ConditionTimeoutException quiet) {
            // a daemon with nothing to do is killed too
        }
    }

    private static long calls(Sandbox sandbox) {
        return sandbox.bitrix24().calls().size() + (long) sandbox.tbank().calls().size();
    }

    /** Nothing to do, and still nothing after every feed was read twice more. */
    private static void awaitRest(Sandbox sandbox, Daemon daemon) {
        for (int round = 0; round < 2; round++) {
            long statements = statements(sandbox);
            Awaitility.await().atMost(Duration.ofSeconds(120)).pollInterval(Duration.ofMillis(200))
                    .untilAsserted(() -> {
                        assertThat(statements(sandbox)).isGreaterThanOrEqualTo(statements + 3);
                        assertThat(daemon.isAtRest()).as("what does not rest: " + daemon.api("/api/status") + daemon.api(
                                "/api/journal?state=waiting&limit=5") + daemon.api("/api/journal?state=queued&limit=5"))
                                .isTrue();
                    });
        }
    }

    private static long statements(Sandbox sandbox) {
        return sandbox.tbank().calls().stream().filter("statement"::equals).count();
    }

    /** The portal as people see it: each payment with stage, sum, date and comments. */
    private static List<String> state(Portal portal) {
        return portal.items(Portal.PAYMENTS).stream().map(payment -> String.join(" | ",
                String.valueOf(payment.get("ufCrm12Number")), portal.stage(payment), portal.paid(payment).toPlainString(),
                String.valueOf(payment.get("ufCrm12Paiddate")),
                portal.comments(Portal.PAYMENTS, (Integer) payment.get("id")).stream().map(Crm.Comment::text).sorted()
                        .toList().toString())).toList();
    }
}
