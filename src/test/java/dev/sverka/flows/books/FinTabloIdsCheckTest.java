package dev.sverka.flows.books;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.state.Problem;
import dev.sverka.core.state.SettableClock;
import dev.sverka.sandbox.fintablo.FinTabloStandIn;
import dev.sverka.vendors.fintablo.FinTabloConnectors;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the mapping names, against what FinTablo has. */
class FinTabloIdsCheckTest {

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final FinTabloStandIn vendor = new FinTabloStandIn(0, clock);

    @AfterEach
    void close() {
        vendor.close();
    }

    private List<String> findings(FinTabloIds ids) {
        return findings(ids, vendor.url());
    }

    private List<String> findings(FinTabloIds ids, String url) {
        return new FinTabloIdsCheck(ids, "mappings/fintablo.yaml", FinTabloConnectors.of(url, clock)).check()
                .stream().map(Problem::toString).toList();
    }

    @Test
    void aMappingThatFitsHasNoFindings() {
        assertThat(findings(new FinTabloIds(Map.of("default", 148_701L), Map.of("in", 1_701_210L, "out", 1_701_320L),
                Map.of("open", 40_711L), Map.of("40702810000000007781", 90_211L), Map.of("7707083893/RUB", 90_211L), 4)))
                .isEmpty();
        assertThat(vendor.calls()).as("an account is asked for once").hasSize(4);
    }

    @Test
    void whatIsGoneArchivedOrOfTheOtherSideIsNamedBeforeAnythingIsWritten() {
        vendor.company().edit("direction", 148_702, "archived", 1);
        assertThat(findings(new FinTabloIds(Map.of("default", 148_702L, "Поддержка", 7L),
                Map.of("in", 1_701_320L, "out", 1_701_320L), Map.of("won", 8L), Map.of("40702810000000007781", 9L),
                Map.of("7707083893/USD", 90_211L, "7707083893/RUB", 10L), 4)))
                .hasSize(7).allMatch(one -> one.startsWith("mappings/fintablo.yaml:4"))
                .anyMatch(one -> one.contains("default is 148702, which is archived"))
                .anyMatch(one -> one.contains("Поддержка is 7, and FinTablo has no such direction"))
                .anyMatch(one -> one.contains("in is an article of the group outcome"))
                .anyMatch(one -> one.contains("won is 8"))
                .anyMatch(one -> one.contains("moneybags: 40702810000000007781 is 9"))
                .anyMatch(one -> one.contains("7707083893/USD is an account in RUB"))
                .anyMatch(one -> one.contains("plans: 7707083893/RUB is 10"));
        assertThat(findings(new FinTabloIds(Map.of("default", 7L), Map.of(), Map.of(), Map.of(), Map.of(), 4),
                "http://127.0.0.1:1"))
                .as("that FinTablo is away is said elsewhere").isEmpty();
    }
}
