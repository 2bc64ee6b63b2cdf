package dev.sverka.core.connector;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.journal.NotYet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** What was told before a program stopped, and is worked on while the next one is still starting. */
class PushesTest {

    private static final Instant START = Instant.parse("2026-11-29T06:00:00Z");

    private Instant now = START;
    private final Clock clock = Mockito.mock(Clock.class, call -> call.getMethod().getName().equals("instant") ? now
            : ZoneOffset.UTC);
    private final Hook hook = Mockito.mock(Hook.class);

    private void hand(Pushes pushes) {
        pushes.hand(Map.of("scheme", "crm", "account", "main", "entity", "deal", "id", "7", "body", Map.of(), "told",
                START.minus(Duration.ofHours(2)).toString()));
    }

    @Test
    void waitsForTheRoutesHoweverLongAgoItWasTold() {
        Mockito.when(hook.scheme()).thenReturn("crm");
        Mockito.when(hook.resolve(Mockito.any())).thenThrow(new IllegalStateException("no mapping has been read"));
        Pushes pushes = new Pushes(null, List.of(hook), clock);
        now = START.plusSeconds(5);
        assertThatThrownBy(() -> hand(pushes)).isInstanceOf(NotYet.class);
    }

    @Test
    void isNobodysNewsOnceTheRoutesHaveHadTheirTime() {
        Mockito.when(hook.scheme()).thenReturn("crm");
        Mockito.when(hook.resolve(Mockito.any())).thenAnswer(call -> Optional.of(call.getArgument(0)));
        Pushes pushes = new Pushes(null, List.of(hook), clock);
        now = START.plusSeconds(61);
        assertThatCode(() -> hand(pushes)).doesNotThrowAnyException();
    }
}
