package dev.sverka.flows.books;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.state.Problem;
import dev.sverka.flows.matching.Own;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FinTabloIdsTest {

    private static final String FILE = "mappings/fintablo.yaml";
    private final FinTabloIds ids = FinTabloIds.read(Map.of("categories",
            Map.of("in", 201, "out", 202, "Подрядчики", 203), "moneybags", Map.of("40702810900000000001", 301)),
            (problem, cure, path) -> new Problem(FILE, 4, problem, cure));

    @Test
    void anArticleWinsOverTheSide() {
        assertThat(ids.category("Подрядчики", false)).isEqualTo(203);
        assertThat(ids.category("Неизвестная", true)).isEqualTo(201);
        assertThat(ids.category(null, false)).isEqualTo(202);
    }

    @Test
    void anAccountOfOursThatIsNotMappedIsAFinding() {
        Own own = new Own(List.of(new Own.Company("7701234567", null,
                List.of("40702810900000000001", "40702810900000000002"))), List.of());
        assertThat(ids.unmapped(own, FILE)).singleElement().satisfies(one -> {
            assertThat(one.line()).isEqualTo(4);
            assertThat(one.problem()).contains("40702810900000000002");
            assertThat(one.cure()).contains("moneybags:");
        });
    }
}
