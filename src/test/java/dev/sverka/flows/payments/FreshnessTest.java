package dev.sverka.flows.payments;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.flows.matching.Own;
import dev.sverka.core.journal.JournalStage;
import dev.sverka.core.journal.NotYet;
import dev.sverka.core.state.Cursors;
import dev.sverka.core.state.SettableClock;
import dev.sverka.core.state.Stores;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

class FreshnessTest {

    @Test
    void twoPollsAreAsLongAsPollsAreNow() {
        Stores stores = Stores.open();
        SettableClock clock = new SettableClock(Instant.parse("2026-11-16T09:00:00Z"));
        Cursors cursors = stores.cursors(clock);
        JdbcClient jdbc = JdbcClient.create(stores.dataSource());
        AtomicReference<Duration> poll = new AtomicReference<>(Duration.ofMillis(12_500));
        Freshness freshness = new Freshness(cursors, new JournalStage(stores.dataSource()).journal(),
                new PaymentMirror(jdbc, JsonMapper.builder().build()),
                new Companies(jdbc, new Own(List.of(), List.of())), clock, poll::get);
        cursors.reached("bitrix24.main/payment");
        cursors.reached("bitrix24.main/company");
        clock.advance(Duration.ofSeconds(20));
        assertThatCode(() -> freshness.check(Set.of("0012345673"))).as("one poll of a stretched interval ago")
                .doesNotThrowAnyException();
        poll.set(Duration.ofSeconds(1));
        assertThatThrownBy(() -> freshness.check(Set.of("0012345673"))).isInstanceOf(NotYet.class)
                .hasMessageContaining("bitrix24.main/payment was read last");
    }
}
