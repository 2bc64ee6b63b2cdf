package dev.sverka.vendors.saby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.http.VendorException;
import dev.sverka.sandbox.Faults;
import dev.sverka.sandbox.StandIn;
import dev.sverka.sandbox.saby.SabyStandIn;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of verdicts and the life of a session, over the wire. */
class SabyErrorsTest {

    private static final String METHOD = "ИнформацияОВерсии";

    private final SabyStage stage = new SabyStage();

    @AfterEach
    void close() {
        stage.close();
    }

    private int logins() {
        return Collections.frequency(stage.vendor.calls(), "log-in");
    }

    private void answers(int times, StandIn.Reply reply) {
        for (int i = 0; i < times; i++) {
            stage.vendor.faults().answer(METHOD, reply);
        }
    }

    @ParameterizedTest
    @CsvSource({"200,error_event_not_found,Refused", "500,error_event_not_found,Refused",
        "500,error_parse_charset,Refused", "401,error_session_expired_401,AuthLost", "500,error_file_not_ready,NotYet",
        "200,auth_error_confirmation_required,AuthLost"})
    void anErrorHasItsVerdictWithWhateverStatus(int status, String sample, String verdict) {
        answers(3, StandIn.Reply.json(status, SabyStage.sample(sample)));
        assertThatThrownBy(() -> stage.client().theirTime()).isInstanceOfSatisfying(VendorException.class, failure -> {
            assertThat(failure.getClass().getSimpleName()).isEqualTo(verdict);
            assertThat(failure.account()).isEqualTo("saby.main");
            assertThat(failure).hasMessageContaining(SabyStage.sample(sample).path("error").path("message").asString()
                    .substring(0, 10));
        });
    }

    @Test
    void anAnswerWithoutItsListIsNoEmptyOne() {
        stage.vendor.faults().answer("СписокИзменений", StandIn.Reply.json(200, Map.of("jsonrpc", "2.0", "result",
                Map.of(), "id", 1)));
        assertThatThrownBy(() -> stage.client().changesAfter("1")).isInstanceOf(VendorException.Transient.class);
    }

    @ParameterizedTest
    @CsvSource({"404,Refused", "429,Transient", "502,Transient", "503,Transient", "504,Transient"})
    void aPageOfHtmlHasTheVerdictOfItsStatus(int status, String verdict) {
        answers(3, new StandIn.Reply(status, "text/html", "<html></html>", Map.of("Retry-After", "30")));
        assertThatThrownBy(() -> stage.client().theirTime()).isInstanceOfSatisfying(VendorException.class, failure -> {
            assertThat(failure.getClass().getSimpleName()).isEqualTo(verdict);
            if (failure instanceof VendorException.Transient wait) {
                assertThat(wait.until()).isEqualTo(stage.clock.instant().plusSeconds(30));
            }
        });
    }

    @ParameterizedTest
    @EnumSource(value = Faults.Kind.class, names = {"HTML_200", "TRUNCATED", "RESET_BEFORE"})
    void aBrokenAnswerIsTransient(Faults.Kind kind) {
        for (int i = 0; i < 3; i++) {
            stage.vendor.faults().next(METHOD, kind);
        }
        assertThatThrownBy(() -> stage.client().theirTime()).isInstanceOf(VendorException.Transient.class);
        stage.vendor.faults().none();
        assertThat(stage.client().theirTime()).isEqualTo(stage.clock.instant());
    }

    @Test
    void oneSessionServesForHalfADayAndIsRenewedOnceWhereItIsLost() {
        stage.client().theirTime();
        stage.clock.advance(Duration.ofHours(11));
        stage.client().theirTime();
        assertThat(logins()).isEqualTo(1);
        stage.clock.advance(Duration.ofHours(2));
        stage.client().theirTime();
        assertThat(logins()).isEqualTo(2);
        stage.vendor.forget();
        stage.client().theirTime();
        assertThat(logins()).isEqualTo(3);
        answers(2, StandIn.Reply.json(401, SabyStage.sample("error_session_expired_401")));
        assertThatThrownBy(() -> stage.client().theirTime()).isInstanceOf(VendorException.AuthLost.class);
        assertThat(logins()).as("never in a loop").isEqualTo(4);
    }

    @Test
    void aPasswordWorksUnlessItIsWrongOrAPersonIsAskedForACode() {
        stage.start(stage.password(SabyStandIn.PASSWORD));
        assertThat(stage.client().theirTime()).isEqualTo(stage.clock.instant());
        stage.start(stage.password("wrong-password"));
        assertThatThrownBy(() -> stage.client().theirTime()).isInstanceOf(VendorException.AuthLost.class)
                .hasMessageContaining("Неверный логин").hasMessageNotContaining("wrong-password");
        stage.vendor.switches().confirms(true);
        stage.start(stage.password(SabyStandIn.PASSWORD));
        assertThatThrownBy(() -> stage.client().theirTime()).isInstanceOf(VendorException.AuthLost.class)
                .hasMessageContaining("application's three secrets");
        assertThat(stage.application().toString() + stage.password("wrong-password")).doesNotContain("wrong-password")
                .doesNotContain(SabyStandIn.APP_SECRET);
    }

    @Test
    void anOutageAtTheLogInIsNoLostCredential() {
        stage.vendor.faults().next("log-in", Faults.Kind.BAD_GATEWAY);
        assertThatThrownBy(() -> stage.client().theirTime()).isInstanceOf(VendorException.Transient.class);
        assertThat(stage.client().theirTime()).isEqualTo(stage.clock.instant());
        assertThat(stage.connector.check("main")).isEmpty();
    }
}
