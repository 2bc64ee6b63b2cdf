package dev.sverka.vendors.clickup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sverka.core.http.Door;
import dev.sverka.core.http.VendorException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The token's minute (clickup.md section 3). */
class ClickUpLimitTest {

    private final ClickUpStage stage = new ClickUpStage();

    @AfterEach
    void close() {
        stage.close();
    }

    private Throwable ask() {
        return catchThrowable(() -> stage.account.workspace().user());
    }

    private Duration wait(Throwable refused) {
        assertThat(refused).isInstanceOf(VendorException.Transient.class);
        Instant until = ((VendorException.Transient) refused).until();
        assertThat(until).isNotNull();
        return Duration.between(stage.clock.instant(), until);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -3600, 3600})
    void nobodyCallsOnceTheMinuteIsSpentWhateverClickUpsClockSays(long skew) {
        stage.switches().perMinute(5).skew(Duration.ofSeconds(skew));
        for (int n = 0; n < 5; n++) {
            assertThat(ask()).isNull();
        }
        stage.clock.advance(Duration.ofSeconds(20));
        assertThat(wait(ask())).isBetween(Duration.ofSeconds(38), Duration.ofSeconds(41));
        assertThat(stage.vendor.refusals()).isZero();
        stage.clock.advance(Duration.ofSeconds(41));
        assertThat(ask()).isNull();
    }

    @Test
    void anotherProgramWithTheTokenIsNoticedAndTheWholeAccountRests() {
        assertThat(ask()).isNull();
        stage.switches().perMinute(100);
        stage.vendor.othersUse(100);
        assertThat(wait(ask())).isBetween(Duration.ofSeconds(58), Duration.ofSeconds(62));
        int calls = stage.vendor.calls().size();
        assertThat(catchThrowable(() -> stage.poll("task"))).isInstanceOf(VendorException.Transient.class);
        assertThat(stage.vendor.calls()).hasSize(calls);
    }

    @Test
    void whatIsUnderWayCountsBeforeItIsAnswered() throws Exception {
        for (int round = 0; round < 12; round++) {
            stage.switches().perMinute(7);
            stage.clock.advance(Duration.ofMinutes(2));
            Thread[] threads = new Thread[4];
            for (int n = 0; n < threads.length; n++) {
                threads[n] = new Thread(() -> {
                    for (int tries = 0; tries < 6 && ask() == null; tries++) {
                        Thread.onSpinWait();
                    }
                });
            }
            for (Thread thread : threads) {
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(stage.vendor.refusals()).as("round " + round).isZero();
        }
        assertThat(stage.vendor.calls().size()).as("what there is is used").isGreaterThanOrEqualTo(12 * 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 600})
    void aRefusedCallSaysWhenItGoesOnAndIsNeverUnclear(int seconds) {
        stage.switches().throttle(1, seconds).perMinute(1_000_000);
        Throwable refused = catchThrowable(() -> stage.write("folder", "create", java.util.Map.of("space",
                dev.sverka.sandbox.clickup.ClickUpState.SPACE, "marker", ClickUpStage.MARKER, "fields",
                java.util.Map.of("name", "A"))));
        assertThat(wait(refused)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(91));
        stage.clock.advance(Duration.ofSeconds(91));
        assertThat(ask()).isNull();
        assertThat(stage.done("create folder")).isZero();
    }

    @Test
    void aSmallerPlanInFlightIsKeptAtOnce() {
        assertThat(ask()).isNull();
        stage.switches().perMinute(3);
        assertThat(ask()).isNull();
        assertThat(ask()).isNull();
        assertThat(ask()).isNotNull();
        assertThat(stage.vendor.refusals()).isZero();
        assertThat(stage.account.limit()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 80, 100, 10_000})
    void whatLiesReadyAndWhatFlowsInFitIntoOneMinute(int perMinute) {
        Door.Limit limit = ClickUpConnector.limit(perMinute);
        assertThat(limit.capacity() + limit.perSecond() * 60).isLessThanOrEqualTo(perMinute + 0.001);
        assertThat(limit.perSecond()).isPositive();
    }
}
