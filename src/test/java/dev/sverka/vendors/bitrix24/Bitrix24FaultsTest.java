package dev.sverka.vendors.bitrix24;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sverka.core.http.VendorException;
import dev.sverka.sandbox.Faults;
import dev.sverka.sandbox.Sandbox;
import dev.sverka.sandbox.bitrix24.Bitrix24StandIn;
import dev.sverka.sandbox.bitrix24.Portal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the client makes of everything that can happen to a call. */
class Bitrix24FaultsTest {

    private Sandbox sandbox;
    private Bitrix24Client client;
    private int payment;

    @BeforeEach
    void open() {
        sandbox = Sandbox.open(Clock.systemUTC());
        client = client(sandbox.bitrix24().url());
        payment = (Integer) sandbox.portal().items(Portal.PAYMENTS).get(0).get("id");
    }

    private static Bitrix24Client client(String url) {
        return Rooms.client(url);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @EnumSource(value = Faults.Kind.class, names = {"ERROR_500", "BAD_GATEWAY", "TIMEOUT_504", "RESET_BEFORE",
            "LOST_ANSWER"})
    void aReadSurvivesOnePassingFault(Faults.Kind fault) {
        sandbox.bitrix24().faults().next("crm.item.get", fault);
        assertThat(client.item(Portal.PAYMENTS, payment)).isPresent();
    }

    @ParameterizedTest
    @EnumSource(value = Faults.Kind.class, names = {"HTML_200", "TRUNCATED"})
    void aReadThatGetsNonsenseIsTriedLater(Faults.Kind fault) {
        sandbox.bitrix24().faults().next("crm.item.get", fault);
        assertThatThrownBy(() -> client.item(Portal.PAYMENTS, payment)).isInstanceOf(VendorException.Transient.class);
    }

    @ParameterizedTest
    @EnumSource(value = Faults.Kind.class, names = {"NONE"}, mode = EnumSource.Mode.EXCLUDE)
    void aWriteIsNeverSentTwiceAndItsFaultIsUnclear(Faults.Kind fault) {
        sandbox.bitrix24().faults().next("crm.timeline.comment.add", fault);
        assertThatThrownBy(() -> client.write("crm.timeline.comment.add", Map.of("fields", Map.of(
                "ENTITY_ID", payment, "ENTITY_TYPE", "dynamic_1046", "COMMENT", "текст sverka:marker"))))
                .isInstanceOf(VendorException.Unclear.class);
        assertThat(sandbox.bitrix24().calls()).filteredOn("crm.timeline.comment.add"::equals).hasSize(1);
        boolean carriedOut = fault == Faults.Kind.LOST_ANSWER || fault == Faults.Kind.TRUNCATED;
        assertThat(client.findComment("dynamic_1046", payment, "sverka:marker").isPresent()).isEqualTo(carriedOut);
    }

    @Test
    void aPortalThatIsNotThereIsTransientForAWriteToo() {
        String url = sandbox.bitrix24().url();
        sandbox.bitrix24().close();
        assertThatThrownBy(() -> client(url).write("crm.timeline.comment.add", Map.of("fields", Map.of(
                "ENTITY_ID", 1, "ENTITY_TYPE", "deal", "COMMENT", "текст")))).isInstanceOf(VendorException.Transient.class);
    }

    @Test
    void aWrongSecretIsAuthLostAndNoMessageHoldsIt() {
        VendorException lost = catchThrowableOfType(VendorException.class,
                () -> client(sandbox.bitrix24().url().replace(Bitrix24StandIn.SECRET, "wrong-secret-text"))
                        .item(Portal.PAYMENTS, payment));
        assertThat(lost).isInstanceOf(VendorException.AuthLost.class);
        assertThat(lost.getMessage()).doesNotContain("wrong-secret-text");
    }

    @Test
    void noErrorHoldsTheSecretOfTheAddress() {
        String url = sandbox.bitrix24().url();
        sandbox.bitrix24().close();
        VendorException lost = catchThrowableOfType(VendorException.class, () -> client(url).item(2, 1));
        for (Throwable cause = lost; cause != null; cause = cause.getCause()) {
            assertThat(String.valueOf(cause.getMessage())).doesNotContain(Bitrix24StandIn.SECRET);
        }
    }

    @Test
    void theRequestLimitSaysUntilWhen() {
        VendorException.Transient full = catchThrowableOfType(VendorException.Transient.class, () -> {
            for (int n = 0; n < 70; n++) {
                client.item(Portal.PAYMENTS, payment);
            }
        });
        assertThat(full.code()).isEqualTo("QUERY_LIMIT_EXCEEDED");
        assertThat(full.until()).isNotNull();
    }

    @Test
    void aMissingItemIsNoFailure() {
        assertThat(client.item(Portal.PAYMENTS, 999_999)).isEmpty();
        assertThatThrownBy(() -> client.update(Portal.PAYMENTS, 999_999, Map.of("title", "x")))
                .isInstanceOf(VendorException.Refused.class);
    }

    @Test
    void anUnknownFieldInAFilterIsRefused() {
        assertThatThrownBy(() -> client.items(Portal.PAYMENTS, List.of("id"), Map.of("updatedTimeX", 1), 0))
                .isInstanceOf(VendorException.Refused.class).hasMessageContaining("updatedTimeX");
    }

    @Test
    void aBatchTellsItsFirstFailureAndBringsAllAnswers() {
        assertThat(client.readAll(Map.of("a", new Bitrix24Command("server.time", Map.of()),
                "b", new Bitrix24Command("crm.item.list", Map.of("entityTypeId", 4,
                        "filter", Map.of("title", "ООО «Ромашка»")))))
                .get("b").path("items").size()).isEqualTo(1);
        assertThatThrownBy(() -> client.readAll(Map.of("a", new Bitrix24Command("crm.item.get",
                Map.of("entityTypeId", 4, "id", 999_999))))).isInstanceOf(VendorException.Refused.class);
    }
}
