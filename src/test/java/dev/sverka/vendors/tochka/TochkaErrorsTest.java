package dev.sverka.vendors.tochka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sverka.core.http.VendorException;
import dev.sverka.sandbox.Faults;
import dev.sverka.sandbox.StandIn;
import dev.sverka.sandbox.tochka.TochkaStandIn;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of verdicts, each asked for over the wire. */
class TochkaErrorsTest {

    private final TochkaStage stage = new TochkaStage();

    @AfterEach
    void close() {
        stage.close();
    }

    private TochkaClient client() {
        return stage.connector.account("main").client();
    }

    private void answers(int times, StandIn.Reply reply) {
        for (int i = 0; i < times; i++) {
            stage.bank.faults().answer("accounts", reply);
        }
    }

    @ParameterizedTest
    @CsvSource({"400,Refused,error-400", "401,AuthLost,error-403", "403,AuthLost,error-403",
        "403,AuthLost,error-403-int-code", "404,Refused,error-404", "410,Refused,error-404",
        "424,Transient,error-424", "429,Transient,error-424", "500,Transient,error-500", "501,AuthLost,error-500",
        "503,Transient,error-500"})
    void everyAnswerHasItsVerdict(int status, String verdict, String sample) {
        answers(3, StandIn.Reply.json(status, TochkaStage.sample(sample)));
        assertThatThrownBy(() -> client().accounts()).isInstanceOfSatisfying(VendorException.class, failure -> {
            assertThat(failure.getClass().getSimpleName()).isEqualTo(verdict);
            assertThat(failure.status()).isEqualTo(status);
            assertThat(failure.account()).isEqualTo("tochka.main");
            assertThat(failure).hasMessageContaining("HTTP " + status)
                    .hasMessageContaining(TochkaStage.sample(sample).path("message").asString())
                    .hasMessageContaining(TochkaStage.sample(sample).path("id").asString())
                    .hasMessageNotContaining(TochkaStandIn.TOKEN);
        });
    }

    @ParameterizedTest
    @EnumSource(value = Faults.Kind.class, names = {"BAD_GATEWAY", "TIMEOUT_504", "HTML_200", "TRUNCATED",
        "RESET_BEFORE"})
    void aPageOfHtmlAnOutageAndABrokenLineAreTransient(Faults.Kind kind) {
        for (int i = 0; i < 3; i++) {
            stage.bank.faults().next("accounts", kind);
        }
        assertThatThrownBy(() -> client().accounts()).isInstanceOf(VendorException.Transient.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aLostKeyIsAskedOnce(int status) {
        answers(1, StandIn.Reply.json(status, TochkaStage.sample("error-403")));
        assertThatThrownBy(() -> client().accounts()).isInstanceOf(VendorException.AuthLost.class);
        assertThat(stage.bank.calls()).containsExactly("accounts");
    }

    @Test
    void aLimitIsHonouredWhereItSaysUntilWhen() {
        answers(1, new StandIn.Reply(429, "application/json", "{}", Map.of("Retry-After", "30")));
        assertThat(catchThrowableOfType(VendorException.Transient.class, () -> client().accounts()).until())
                .isEqualTo(stage.clock.instant().plusSeconds(30));
        answers(1, StandIn.Reply.json(429, Map.of()));
        assertThat(catchThrowableOfType(VendorException.Transient.class, () -> client().accounts()).until()).isNull();
    }

    @Test
    void anOrderIsSentOnceWhateverComesBack() {
        stage.bank.faults().next("order", Faults.Kind.BAD_GATEWAY);
        assertThatThrownBy(() -> client().order(TochkaStage.ACCOUNT + "/044525104", stage.clock.instant()
                .atZone(TochkaOperations.MOSCOW).toLocalDate(), stage.clock.instant().atZone(TochkaOperations.MOSCOW)
                .toLocalDate())).isInstanceOf(VendorException.Transient.class);
        assertThat(stage.bank.calls()).containsExactly("order");
    }

    @Test
    void aSlowBankIsWaitedFor() {
        stage.bank.faults().slow("accounts", Duration.ofMillis(700));
        assertThat(client().accounts()).hasSize(1);
    }
}
