package dev.sverka.core.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.http.VendorException;
import dev.sverka.core.journal.NotYet;
import dev.sverka.core.journal.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.CannotCreateTransactionException;

class FlowErrorsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final String ACCOUNT = "bitrix24.main";

    private final FlowErrors errors = new FlowErrors(Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void aVendorThatSaysUntilWhenHoldsItsWholeAccount() {
        Instant until = NOW.plusSeconds(30);
        assertThat(errors.of(new VendorException.Transient(ACCOUNT, 503, "LIMIT", "full", until, null), 1))
                .isEqualTo(new Outcome.Pause(ACCOUNT, "throttled", until, "transient", "full"));
    }

    @ParameterizedTest
    @CsvSource({"1,2", "2,4", "5,32", "9,512", "10,600", "60,600"})
    void pausesGrowWithTheAttempts(int attempts, long seconds) {
        Outcome.Later later = (Outcome.Later) errors.of(
                new IllegalStateException(new VendorException.Unclear(ACCOUNT, 0, "", "lost", null)), attempts);
        assertThat(later.counted()).isTrue();
        assertThat(later.cause()).isEqualTo("unclear");
        assertThat(Duration.between(NOW, later.due()).toMillis()).isBetween(seconds * 899, seconds * 1101);
    }

    @Test
    void aLostCredentialPausesTheAccountAndARefusalIsDeadWithTheVendorsWords() {
        assertThat(errors.of(new VendorException.AuthLost(ACCOUNT, 401, "NO_AUTH", "reissue"), 1))
                .isInstanceOfSatisfying(Outcome.Pause.class, pause -> assertThat(pause.state()).isEqualTo("paused"));
        assertThat(errors.of(new VendorException.Refused(ACCOUNT, 400, "100", "поле пустое"), 1))
                .isEqualTo(new Outcome.Dead("refused", "поле пустое"));
    }

    @Test
    void whatIsNotYetThereCostsNoAttempt() {
        assertThat(errors.of(new NotYet("the portal is being read"), 7))
                .isInstanceOfSatisfying(Outcome.Later.class, later -> assertThat(later.counted()).isFalse());
        assertThat(errors.of(new VendorException.NotYet("tochka.main", 200, "undated", "x", Duration.ofHours(3)), 9))
                .as("where the vendor is not to be asked soon").isInstanceOfSatisfying(Outcome.Later.class, later -> {
                    assertThat(later.counted()).isFalse();
                    assertThat(later.due()).isEqualTo(NOW.plus(Duration.ofHours(3)));
                });
    }

    @Test
    void aStoreInTroubleIsTriedAgainAndOurOwnFaultIsDead() {
        assertThat(errors.of(new CannotAcquireLockException("lock"), 1)).isInstanceOf(Outcome.Later.class);
        assertThat(errors.of(new CannotCreateTransactionException("away"), 1)).isInstanceOf(Outcome.Later.class);
        assertThat(errors.of(new DataIntegrityViolationException("null"), 1)).isInstanceOf(Outcome.Dead.class);
        assertThat(errors.of(new IllegalStateException("bug"), 1))
                .isEqualTo(new Outcome.Dead("error", "IllegalStateException: bug"));
    }
}
