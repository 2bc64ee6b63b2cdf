package dev.sverka.flows.books;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.sandbox.AgencyMonth;
import dev.sverka.sandbox.Daemon;
import dev.sverka.sandbox.Faults;
import dev.sverka.sandbox.Sandbox;
import dev.sverka.sandbox.ShippedFolders;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The real process is killed while it writes the agency's operations to FinTablo and answers get lost: each settled
 * operation stands there once, with its sum, and each partner once.
 */
class BooksKillTest {

    private static final int KILLS = Integer.getInteger("sverka.kills", 1);
    private static final String MARKER = "sverka:bank-operation:main:";
    private static final Duration OFFSET = Duration.between(Instant.now(), Instant.parse("2026-11-23T09:00:00Z"));

    @TempDir
    Path home;

    private Map<String, String> settings(Sandbox sandbox) throws IOException {
        ShippedFolders.copyTo(home);
        Files.writeString(home.resolve("mappings/fintablo.yaml"), """
                categories: {in: 1701210, out: 1701320}
                moneybags: {"%s": 90211}
                """.formatted(AgencyMonth.OWN_ACCOUNT));
        Map<String, String> settings = new TreeMap<>(sandbox.settings());
        settings.put("sverka.database.url", "jdbc:h2:file:" + home.resolve("killed")
                + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
        settings.put("sverka.clock-offset", OFFSET.toString());
        settings.put("sverka.poll.bank", "1s");
        settings.put("sverka.poll.bitrix24", "3s");
        settings.put("sverka.bitrix24.main.plan", "enterprise");
        settings.put("sverka.journal.lease", "2s");
        settings.put("sverka.fintablo.main.bank-operations", "write");
        settings.put("sverka.fintablo.main.longest-execution", "1s");
        settings.put("sverka.home", home.toString());
        return settings;
    }

    @Test
    void eachSettledOperationStandsInFinTabloOnceWhateverIsKilled() throws Exception {
        Random dice = new Random(3);
        Path log = home.resolve("killed.log");
        try (Sandbox sandbox = Sandbox.open(Clock.offset(Clock.systemUTC(), OFFSET))) {
            sandbox.bitrix24().limited(false);
            sandbox.later().forEach(Runnable::run);
            sandbox.fintablo().faults().seed(5).chance(Faults.Kind.LOST_ANSWER, 0.3);
            Map<String, String> settings = settings(sandbox);
            for (int kill = 0; kill < KILLS; kill++) {
                Daemon daemon = Daemon.start(settings, log);
                awaitCreations(sandbox, 1 + dice.nextInt(2));
                assertThat(daemon.isAlive()).as("it runs until it is killed, see " + log).isTrue();
                daemon.kill();
            }
            sandbox.fintablo().faults().none();
            try (Daemon daemon = Daemon.start(settings, log).ready()) {
                Awaitility.await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(300)).untilAsserted(() -> {
                    assertThat(daemon.isAtRest()).isTrue();
                    assertThat(settled(daemon)).isNotEmpty().isEqualTo(written(sandbox));
                });
                List<Object> partners = sandbox.fintablo().company().all("partner").stream().filter(one -> String.valueOf(
                        one.get("comment")).contains("sverka:")).map(one -> one.get("inn")).toList();
                assertThat(partners).isNotEmpty().doesNotHaveDuplicates();
                System.out.printf("books, killed %d times: %d operations, %d partners, none twice%n", KILLS,
                        written(sandbox).size(), partners.size());
            }
        }
    }

    /** The instant of a kill: FinTablo was asked to make some more. */
    private static void awaitCreations(Sandbox sandbox, int more) {
        long before = creations(sandbox);
        try {
            Awaitility.await().atMost(Duration.ofSeconds(60)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2))
                    .until(() -> creations(sandbox) >= before + more);
        } catch (ConditionTimeoutException quiet) {
            // a daemon with nothing to do is killed too
        }
    }

    private static long creations(Sandbox sandbox) {
        return sandbox.fintablo().calls().stream().filter(call -> call.startsWith("create ")).count();
    }

    /** What the ledger says is to stand there: {@code id sum}. */
    private static List<String> settled(Daemon daemon) throws IOException, InterruptedException {
        JsonNode operations = daemon.api("/api/operations?box=allocated&limit=500");
        return Stream.iterate(0, n -> n < operations.size(), n -> n + 1).map(operations::get)
                .map(one -> one.path("id").asString() + " " + one.path("amount").asString()).sorted().toList();
    }

    private static List<String> written(Sandbox sandbox) {
        return sandbox.fintablo().company().all("transaction").stream().filter(one -> one.get("parentId") == null)
                .filter(one -> String.valueOf(one.get("description")).contains(MARKER))
                .map(one -> one.get("description").toString().replaceFirst("(?s).*" + MARKER, "") + " "
                        + new BigDecimal(one.get("value").toString()).setScale(2).toPlainString()).sorted().toList();
    }
}
