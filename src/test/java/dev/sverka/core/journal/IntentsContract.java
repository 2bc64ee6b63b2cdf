package dev.sverka.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.core.state.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A write happens once, whatever comes in between. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class IntentsContract {

    private final List<String> vendor = new ArrayList<>();
    private HikariDataSource dataSource;
    private Bench bench;
    private SettableClock clock;

    abstract HikariDataSource open();

    @BeforeAll
    void openTheStore() {
        dataSource = open();
    }

    @AfterAll
    void closeTheStore() {
        dataSource.close();
    }

    @BeforeEach
    void emptyTheStore() {
        clock = new SettableClock(Bench.START);
        bench = new Bench(dataSource, clock);
        bench.empty();
        vendor.clear();
    }

    @Test
    void aNewWriteIsSentWithoutLooking() {
        assertThat(bench.intents.once(intent("a"), this::mustNotLook, this::send)).isEqualTo(Map.of("id", 1L));
        assertThat(vendor).containsExactly("written");
    }

    @Test
    void whatWasDoneBeforeIsNotSentAgain() {
        bench.intents.once(intent("a"), this::mustNotLook, this::send);

        assertThat(new Bench(dataSource, bench.clock).intents.once(intent("a"), this::mustNotLook, this::send))
                .isEqualTo(Map.of("id", 1L));
        assertThat(vendor).hasSize(1);
    }

    @Test
    void otherContentUnderTheSameMarkerIsANewWrite() {
        bench.intents.once(intent("a"), this::mustNotLook, this::send);

        assertThat(bench.intents.once(intent("b"), this::mustNotLook, this::send)).isEqualTo(Map.of("id", 2L));
        assertThat(vendor).hasSize(2);
    }

    @Test
    void afterALostAnswerTheWriteIsFoundInsteadOfSentTwice() {
        assertThatThrownBy(() -> bench.intents.once(intent("a"), this::mustNotLook, () -> {
            send();
            throw new IllegalStateException("answer lost");
        })).hasMessage("answer lost");

        assertThat(bench.intents.once(intent("a"), this::look, this::send)).isEqualTo(Map.of("id", 1L));
        assertThat(bench.intents.once(intent("a"), this::mustNotLook, this::send)).isEqualTo(Map.of("id", 1L));
        assertThat(vendor).hasSize(1);
    }

    @Test
    void afterACrashBeforeTheCallTheNextTryLooksAndSends() {
        assertThatThrownBy(() -> bench.intents.once(intent("a"), this::mustNotLook, () -> {
            throw new IllegalStateException("killed");
        })).hasMessage("killed");

        assertThat(bench.intents.once(intent("a"), this::look, this::send)).isEqualTo(Map.of("id", 1L));
        assertThat(vendor).hasSize(1);
    }

    @Test
    void nothingIsLookedUpOrSentWhileTheVendorMayStillExecuteWhatNobodyAnswered() {
        Intents.Doubt doubt = new Intents.Doubt(Duration.ofSeconds(65), failure -> true);
        assertThatThrownBy(() -> bench.intents.once(intent("a"), doubt, false, this::mustNotLook, () -> {
            throw new IllegalStateException("connection reset");
        })).hasMessage("connection reset");
        clock.advance(Duration.ofSeconds(64));
        Bench other = new Bench(dataSource, bench.clock);
        assertThatThrownBy(() -> other.intents.once(intent("a"), doubt, false, this::mustNotLook, this::send))
                .isInstanceOf(NotYet.class);
        send();
        clock.advance(Duration.ofSeconds(1));
        assertThat(other.intents.once(intent("a"), doubt, false, this::look, this::send)).isEqualTo(Map.of("id", 1L));
        assertThat(vendor).as("executed late, and found").hasSize(1);
    }

    @Test
    void absoluteValuesAreNotSentWhileEarlierOnesMayStillBeExecuted() {
        Intents.Doubt doubt = new Intents.Doubt(Duration.ofSeconds(65), failure -> true);
        assertThatThrownBy(() -> bench.intents.once(marked("first"), doubt, true, this::mustNotLook, () -> {
            throw new IllegalStateException("lost");
        })).hasMessage("lost");
        assertThatThrownBy(() -> bench.intents.once(marked("second"), doubt, true, this::mustNotLook, this::send))
                .isInstanceOf(NotYet.class);
        clock.advance(Duration.ofSeconds(65));
        bench.intents.once(marked("second"), doubt, true, this::mustNotLook, this::send);
        assertThat(vendor).hasSize(1);
    }

    @Test
    void whatWasCertainlyNotCarriedOutHoldsNothingUp() {
        Intents.Doubt doubt = new Intents.Doubt(Duration.ofSeconds(65), failure -> false);
        assertThatThrownBy(() -> bench.intents.once(intent("a"), doubt, true, this::mustNotLook, () -> {
            throw new IllegalStateException("refused");
        })).hasMessage("refused");
        bench.intents.once(intent("a"), doubt, true, this::mustNotLook, this::send);
        assertThat(vendor).hasSize(1);
    }

    /** A portal that lost an answer often cannot be asked at once either. */
    @Test
    void aLookThatFailsLeavesTheDoubtUntilOneSucceeds() {
        Intents.Doubt doubt = new Intents.Doubt(Duration.ZERO, failure -> "lost".equals(failure.getMessage()),
                failure -> "a person looked".equals(failure.getMessage()));
        assertThatThrownBy(() -> bench.intents.once(intent("a"), doubt, false, this::mustNotLook, () -> {
            send();
            throw new IllegalStateException("lost");
        })).hasMessage("lost");
        assertThatThrownBy(() -> bench.intents.once(intent("a"), doubt, false, () -> {
            throw new IllegalStateException("503");
        }, this::send)).hasMessage("503");

        assertThat(bench.intents.once(intent("a"), doubt, false, this::look, this::send)).isEqualTo(Map.of("id", 1L));
        assertThat(vendor).hasSize(1);
    }

    @Test
    void whereOnlyAPersonCanLookWhatIsSentAgainIsSent() {
        Intents.Doubt doubt = new Intents.Doubt(Duration.ZERO, failure -> "lost".equals(failure.getMessage()),
                failure -> "look yourself".equals(failure.getMessage()));
        assertThatThrownBy(() -> bench.intents.once(intent("a"), doubt, false, this::mustNotLook, () -> {
            throw new IllegalStateException("lost");
        })).hasMessage("lost");
        assertThatThrownBy(() -> bench.intents.once(intent("a"), doubt, false, () -> {
            throw new IllegalStateException("look yourself");
        }, this::send)).hasMessage("look yourself");
        bench.intents.once(intent("a"), doubt, false, this::mustNotLook, this::send);
        assertThat(vendor).hasSize(1);
    }

    private static Intent marked(String marker) {
        return new Intent("bitrix24.main", "bitrix24:payment/update", "payment 1", marker, null, Map.of("paid", "1"));
    }

    @Test
    void aRollbackOfTheCallerForgetsNoWrite() {
        bench.transaction.executeWithoutResult(status -> {
            bench.intents.once(intent("a"), this::mustNotLook, this::send);
            status.setRollbackOnly();
        });

        bench.intents.once(intent("a"), this::mustNotLook, this::send);
        assertThat(vendor).hasSize(1);
    }

    @Test
    void theSameWriteInAnotherEntryWaitsForTheOneUnderWay() {
        bench.intents.once(intent("a"), this::mustNotLook, () -> {
            assertThatThrownBy(() -> bench.intents.once(intent("a"), this::mustNotLook, this::send))
                    .isInstanceOf(NotYet.class);
            return send();
        });
        assertThat(vendor).hasSize(1);
    }

    private Map<String, Object> send() {
        vendor.add("written");
        return Map.of("id", vendor.size());
    }

    private Optional<Map<String, Object>> look() {
        return vendor.isEmpty() ? Optional.empty() : Optional.of(Map.of("id", vendor.size()));
    }

    private Optional<Map<String, Object>> mustNotLook() {
        throw new AssertionError("looked although nothing was unclear");
    }

    private static Intent intent(String text) {
        return new Intent("bitrix24.main", "bitrix24:payment/comment", "42", "sverka:bank-operation:tbank.main:7",
                null, Map.of("text", text));
    }
}
