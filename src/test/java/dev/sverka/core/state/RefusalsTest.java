package dev.sverka.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalsTest {

    @Test
    void aFilesFaultsAreReplacedAndClearedAsOne() {
        Refusals refusals = new Refusals();
        Problem a = new Problem("routes/a.yaml", 7, "unknown option", "remove it");
        Problem b = new Problem("routes/b.yaml", 1, "no route", "write one");

        refusals.set("routes/b.yaml", List.of(b));
        refusals.set("routes/a.yaml", List.of(b));
        refusals.set("routes/a.yaml", List.of(a));
        assertThat(refusals.all()).containsExactly(a, b);
        refusals.clear("routes/b.yaml");
        assertThat(refusals.all()).containsExactly(a);
    }
}
