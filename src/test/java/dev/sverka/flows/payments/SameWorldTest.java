package dev.sverka.flows.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.state.Check;
import dev.sverka.flows.matching.MatchFiles;
import dev.sverka.flows.matching.MatchedOperation;
import dev.sverka.flows.matching.OfflineMatching;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * One world, told to {@code match} as files and to the daemon by portal and bank: both decide alike. {@code
 * -Dsverka.world=<folder>} takes another one, in the files of {@code docs/matching.md}; {@code -Dsverka.world.most=4000}.
 */
class SameWorldTest {

    private static final int MOST = Integer.getInteger("sverka.world.most", 2000);

    @TempDir
    Path folder;

    @Test
    void theDaemonDecidesAsTheMatcherOverFiles() throws IOException {
        String given = System.getProperty("sverka.world");
        Path world = given == null ? folder : Path.of(given);
        if (given == null) {
            new GeneratedWorld(7).write(world, MOST);
        }
        List<JsonNode> operations = SameWorld.lines(world.resolve("operations.jsonl")).stream().limit(MOST).toList();
        Path some = folder.resolve("some.jsonl");
        Files.write(some, operations.stream().map(JsonNode::toString).toList());
        LocalDate before = operations.stream().map(one -> LocalDate.parse(one.get("date").asString()))
                .min(LocalDate::compareTo).orElseThrow().minusDays(60);
        List<String> keys = new ArrayList<>(SameWorld.own(world.resolve("own.json")));
        try (PaymentsStage stage = new PaymentsStage("jdbc:h2:mem:same-world", keys.toArray(String[]::new))) {
            assertThat(stage.daemon.getBean("routesCheck", Check.class).check()).isEmpty();
            stage.read();
            Path history = world.resolve("history.jsonl");
            List<MatchedOperation> matched = stage.daemon.getBean(OfflineMatching.class).match(new MatchFiles(
                    world.resolve("payments.jsonl"), some, world.resolve("own.json"), history));
            SameWorld portal = new SameWorld(stage);
            List<JsonNode> payments = SameWorld.lines(world.resolve("payments.jsonl"));
            payments.forEach(portal::company);
            SameWorld.lines(history).forEach(portal::confirmed);
            payments.forEach(one -> portal.expected(one, before));
            Map<String, String> unlike = new TreeMap<>();
            Map<String, Integer> kinds = new TreeMap<>();
            for (int n = 0; n < operations.size(); n++) {
                JsonNode line = operations.get(n);
                String daemon = portal.decided(line);
                String match = told(matched.get(n));
                kinds.merge(matched.get(n).decision() + " " + matched.get(n).rule(), 1, Integer::sum);
                if (!daemon.equals(match)) {
                    unlike.put(line.get("id").asString(), line.get("purpose").asString() + ": match " + match + " "
                            + matched.get(n).evidence() + ", daemon " + daemon + " " + portal.why(line));
                }
            }
            if (given != null) {
                System.out.println(kinds);
            }
            assertThat(unlike.values()).as("of " + operations.size() + ", " + kinds).isEmpty();
            assertThat(kinds.keySet()).as("each way to decide is among them").contains("auto card-register",
                    "auto invoice-number", "auto papers", "auto only-sum");
        }
    }

    private static String told(MatchedOperation one) {
        return one.decision() + (one.decision().equals("auto") ? one.shares().stream().collect(Collectors.toMap(
                MatchedOperation.Share::payment, share -> share.amount().toPlainString(), (a, b) -> a, TreeMap::new))
                : "");
    }
}
