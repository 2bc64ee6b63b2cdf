package dev.sverka.vendors.fintablo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sverka.core.http.VendorException;
import dev.sverka.sandbox.StandIn;
import dev.sverka.sandbox.fintablo.FinTabloStandIn;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vendor's answers, word for word, and what the room makes of them for a read and for a create. */
class FinTabloErrorsTest {

    private final FinTabloStage stage = new FinTabloStage();

    @AfterEach
    void close() {
        stage.close();
    }

    private static String sample(String name) throws IOException {
        try (InputStream file = Objects.requireNonNull(
                FinTabloErrorsTest.class.getResourceAsStream("/vendors/fintablo/error." + name + ".json"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void answers(String call, int status, String body) {
        stage.faults().answer(call, new StandIn.Reply(status, "application/json", body, Map.of("X-Request-Id",
                "req-42")));
    }

    private VendorException read() {
        return catchThrowableOfType(VendorException.class, () -> stage.list("deal", Map.of()));
    }

    private VendorException create() {
        return catchThrowableOfType(VendorException.class, () -> stage.write("deal", "create",
                FinTabloStage.create(Map.of("name", "Сделка"))));
    }

    @ParameterizedTest
    @CsvSource({"400.filter-date,400,Refused", "400.id-required,400,Refused", "400.invalid-group,400,Refused",
        "400.required-fields,400,Refused", "400.unknown-method,400,Refused", "401,401,AuthLost",
        "401.framework-variant,401,AuthLost", "422.built-in,422,Refused", "422.date-format,422,Refused",
        "422.no-item,422,Refused", "422.related,422,Refused", "422.timestamp-or-date,422,Refused",
        "429,429,Transient", "200-with-error-body,200,Refused"})
    void everyDocumentedErrorHasItsVerdict(String name, int status, String verdict) throws IOException {
        answers("list deal", status, sample(name));
        assertThat(read().getClass().getSimpleName()).isEqualTo(verdict);
        stage.clock.advance(Duration.ofMinutes(5));
        answers("create deal", status, sample(name));
        VendorException failure = create();
        assertThat(failure.getClass().getSimpleName()).isEqualTo(verdict);
        assertThat(failure).hasMessageContaining("fintablo.main create deal").hasMessageContaining("req-42")
                .hasMessageNotContaining(FinTabloStandIn.TOKEN);
        assertThat(stage.vendor.calls()).filteredOn("create deal"::equals).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"500", "502", "503", "504", "408", "200", "404"})
    void aPageOfHtmlIsAnOutageForAReadAndADoubtForAWrite(int status) {
        for (int n = 0; n < 3; n++) {
            answers("list deal", status, "<html><head><title>nginx</title></head></html>");
        }
        assertThat(read()).isInstanceOf(VendorException.Transient.class);
        stage.faults().none();
        answers("create deal", status, "<html><head><title>nginx</title></head></html>");
        assertThat(create()).isInstanceOf(VendorException.Unclear.class).hasMessageNotContaining("<html>");
    }

    @ParameterizedTest
    @CsvSource({"301", "302", "403"})
    void whatStandsBetweenUsIsNamed(int status) {
        answers("list deal", status, "");
        assertThat(read()).isInstanceOf(VendorException.AuthLost.class)
                .hasMessageContaining("sverka.fintablo.main.url");
    }

    @Test
    void anEmptyBodyIsNoSuccess() {
        answers("list deal", 200, "");
        assertThat(read()).isInstanceOf(VendorException.Transient.class);
        answers("list deal", 200, "{}");
        assertThat(read()).isInstanceOf(VendorException.Transient.class);
        answers("list deal", 200, "{\"status\":200}");
        assertThat(stage.list("deal", Map.of())).isEmpty();
        answers("list deal", 200, "{\"status\":\"200\",\"items\":[],\"новое\":1}");
        assertThat(stage.list("deal", Map.of())).isEmpty();
    }

    @Test
    void aTokenThatWasReplacedIsLostAndComesBack() {
        stage.switches().tokenReplaced(true);
        assertThat(read()).isInstanceOf(VendorException.AuthLost.class)
                .hasMessageContaining("sverka.fintablo.main.token");
        stage.switches().tokenReplaced(false);
        assertThat(stage.list("deal", Map.of())).isEmpty();
    }

    @Test
    void everybodyRestsAfterARefusalAndLongerAfterTheSecond() {
        Instant now = stage.clock.instant();
        stage.switches().throttle(1, null);
        VendorException.Transient first = (VendorException.Transient) read();
        assertThat(first.until()).isBetween(now.plusSeconds(15), now.plusSeconds(20));
        int calls = stage.vendor.calls().size();
        VendorException.Transient resting = (VendorException.Transient) create();
        assertThat(resting.until()).isEqualTo(first.until());
        assertThat(stage.vendor.calls()).as("nothing is sent meanwhile").hasSize(calls);

        stage.clock.set(first.until());
        stage.switches().throttle(1, null);
        assertThat(((VendorException.Transient) read()).until()).isBetween(first.until().plusSeconds(60),
                first.until().plusSeconds(65));
        stage.clock.advance(Duration.ofMinutes(2));
        assertThat(stage.list("deal", Map.of())).isEmpty();
        stage.switches().throttle(1, null);
        assertThat(((VendorException.Transient) read()).until()).as("a good answer in between")
                .isBefore(stage.clock.instant().plusSeconds(21));
    }

    @Test
    void retryAfterIsHonoured() {
        stage.switches().throttle(1, 42);
        assertThat(((VendorException.Transient) read()).until()).isEqualTo(stage.clock.instant().plusSeconds(42));
    }

    @Test
    void aCreateRefusedForTheLimitIsSentAgainWithoutDoubt() {
        stage.switches().throttle(1, 20);
        assertThatThrownBy(() -> stage.write("deal", "create", FinTabloStage.create(Map.of("name", "Сделка"))))
                .isInstanceOf(VendorException.Transient.class);
        stage.clock.advance(Duration.ofSeconds(20));
        assertThat(stage.again("deal", "create", FinTabloStage.create(Map.of("name", "Сделка")))).containsKey("id");
        assertThat(stage.done("create deal")).isEqualTo(1);
    }

    @Test
    void aConnectionThatTheServerClosesHarmsNothing() {
        stage.switches().closesConnections(true);
        for (int n = 0; n < 5; n++) {
            stage.write("deal", "create", Map.of("marker", "sverka:deal-fintablo:main:" + n, "fields", Map.of("name",
                    "Сделка")));
        }
        assertThat(stage.done("create deal")).isEqualTo(5);
    }
}
