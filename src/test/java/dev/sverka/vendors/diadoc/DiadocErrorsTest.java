package dev.sverka.vendors.diadoc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sverka.core.http.VendorException;
import dev.sverka.sandbox.Faults;
import dev.sverka.sandbox.StandIn;
import dev.sverka.sandbox.diadoc.DiadocStandIn;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of verdicts, each asked for over the wire. */
class DiadocErrorsTest {

    private final DiadocStage stage = new DiadocStage();

    @AfterEach
    void close() {
        stage.close();
    }

    static StandIn.Reply text(int status) {
        return new StandIn.Reply(status, "text/plain; charset=utf-8", "invented: words of Diadoc",
                Map.of("X-Diadoc-ErrorCode", "DiadocApi.Word", "X-Kontur-Trace-Id", "0123456789abcdef"));
    }

    private void answers(int times, StandIn.Reply reply) {
        for (int i = 0; i < times; i++) {
            stage.vendor.faults().answer("GetMyEmployee", reply);
        }
    }

    private String ask() {
        return stage.client().accessLevel(DiadocStandIn.BOX);
    }

    @ParameterizedTest
    @CsvSource({"400,Refused", "401,AuthLost", "402,AuthLost", "403,AuthLost", "404,Refused", "405,Refused",
        "409,Transient", "410,Refused", "415,Refused", "429,Transient", "500,Transient", "503,Transient",
        "504,Transient"})
    void everyAnswerHasItsVerdict(int status, String verdict) {
        answers(3, text(status));
        assertThatThrownBy(this::ask).isInstanceOfSatisfying(VendorException.class, failure -> {
            assertThat(failure.getClass().getSimpleName()).isEqualTo(verdict);
            assertThat(failure.status()).isEqualTo(status);
            assertThat(failure.account()).isEqualTo("diadoc.main");
            assertThat(failure).hasMessageContaining("HTTP " + status).hasMessageContaining("0123456789abcdef")
                    .hasMessageContaining("words of Diadoc").hasMessageNotContaining("sandbox.access");
        });
    }

    @ParameterizedTest
    @EnumSource(value = Faults.Kind.class, names = {"BAD_GATEWAY", "TIMEOUT_504", "HTML_200", "TRUNCATED",
        "RESET_BEFORE"})
    void aPageOfHtmlAnOutageAndABrokenLineAreTransient(Faults.Kind kind) {
        for (int i = 0; i < 3; i++) {
            stage.vendor.faults().next("GetMyEmployee", kind);
        }
        assertThatThrownBy(this::ask).isInstanceOf(VendorException.Transient.class);
        stage.vendor.faults().none();
        assertThat(ask()).isEqualTo("AllDocuments");
    }

    @Test
    void anAnswerWithoutItsListIsNoEmptyOne() {
        stage.vendor.faults().answer("GetDocuments", StandIn.Reply.json(200, Map.of()));
        assertThatThrownBy(() -> stage.client().documents(DiadocStandIn.BOX, "Any.Outbound", Map.of(), null))
                .isInstanceOf(VendorException.Transient.class);
        stage.vendor.faults().answer("GetMyOrganizations", StandIn.Reply.json(200, Map.of()));
        assertThatThrownBy(() -> stage.client().organizations()).isInstanceOf(VendorException.Transient.class);
    }

    private Instant throttledUntil(String retryAfter) {
        answers(1, DiadocStandIn.throttled(retryAfter));
        VendorException.Transient wait = catchThrowableOfType(VendorException.Transient.class, this::ask);
        assertThat(wait).as("a page of HTML is not told").hasMessageNotContaining("<");
        return wait.until();
    }

    @Test
    void aPauseIsKeptAsAskedForAndOtherwiseGrows() {
        Instant now = stage.clock.instant();
        assertThat(throttledUntil("7")).isEqualTo(now.plusSeconds(7));
        assertThat(throttledUntil("86400")).as("no longer than is sane").isEqualTo(now.plus(Duration.ofMinutes(15)));
        assertThat(ask()).isEqualTo("AllDocuments");
        assertThat(throttledUntil(null)).isBetween(now.plusSeconds(5), now.plusMillis(6250));
        assertThat(throttledUntil(null)).isBetween(now.plusSeconds(10), now.plusMillis(12500));
        for (int i = 0; i < 8; i++) {
            throttledUntil(null);
        }
        assertThat(throttledUntil(null)).isBetween(now.plusSeconds(300), now.plusSeconds(375));
        assertThat(ask()).isEqualTo("AllDocuments");
        assertThat(throttledUntil(null)).as("a good answer ends it").isBefore(now.plusSeconds(7));
    }

    @Test
    void aSlowAnswerIsWaitedFor() {
        stage.vendor.faults().slow("GetMyEmployee", Duration.ofMillis(700));
        assertThat(ask()).isEqualTo("AllDocuments");
    }
}
