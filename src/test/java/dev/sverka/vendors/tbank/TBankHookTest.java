package dev.sverka.vendors.tbank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sverka.core.connector.Hook;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the room makes of the bank's notes: proven, and never more than a hint. */
class TBankHookTest {

    private static final String ACCOUNT = "40702810200009990001";

    private final TBankHook hook = new TBankHook(Map.of(
            "main", account("t.main", List.of(ACCOUNT), "path-one", "bearer-one"),
            "second", account("t.second", List.of(), "path-two", null),
            "blank", account("t.blank", List.of(), "path-four", " "),
            "off", account(null, List.of(), "path-three", null)));

    private static TBankProperties.Account account(String token, List<String> accounts, String path, String bearer) {
        return new TBankProperties.Account("http://localhost", token, accounts, path, bearer, null, null);
    }

    private static byte[] sample(String name) throws IOException {
        try (InputStream file = Objects.requireNonNull(TBankHookTest.class.getResourceAsStream("/vendors/tbank/" + name))) {
            return file.readAllBytes();
        }
    }

    private List<Hook.Pushed> told(String path, String bearer, byte[] body) throws Hook.Refused {
        return hook.receive(new Hook.Request(path, Map.of("authorization", "Bearer " + bearer), body));
    }

    @ParameterizedTest
    @CsvSource({"credit,2026-11-16", "debit-early,2026-11-17", "debit-final,2026-11-17", "tax,2026-11-17"})
    void everySpellingOfAnEventIsAHintWithItsDay(String name, LocalDate day) throws Exception {
        assertThat(told("path-one", "bearer-one", sample("webhook-oper-feed-operation-" + name + ".json")))
                .containsExactly(new Hook.Pushed("main", "operation", ACCOUNT,
                        Map.of("bankAccount", ACCOUNT, "day", day)));
    }

    @ParameterizedTest
    @CsvSource({"path-one,bearer-two", "path-two-and-more,x", "'',x", "path,bearer-one"})
    void aCallThatDoesNotKnowTheSecretsIsTurnedAway(String path, String bearer) {
        Hook.Refused refused = catchThrowableOfType(Hook.Refused.class,
                () -> told(path, bearer, "{}".getBytes(StandardCharsets.UTF_8)));
        assertThat(refused.status()).isEqualTo(401);
    }

    @Test
    void eachCompanyHasItsOwnAddressAndOneThatIsOffHearsNothing() throws Exception {
        byte[] body = sample("webhook-oper-feed-operation-credit.json");
        assertThat(told("path-two", "whatever", body)).extracting(Hook.Pushed::account).containsExactly("second");
        assertThat(told("path-three", "whatever", body)).isEmpty();
    }

    @Test
    void aBearerLeftBlankIsNone() throws Exception {
        assertThat(told("path-four", "", sample("webhook-oper-feed-operation-credit.json")))
                .extracting(Hook.Pushed::account).containsExactly("blank");
    }

    @Test
    void whatIsNotAboutAnAccountOfOursMeansNothing() throws Exception {
        assertThat(told("path-one", "bearer-one", sample("webhook-payment-status.json"))).isEmpty();
        assertThat(told("path-one", "bearer-one", "{\"accountNumber\": \"40702810900000000009\"}"
                .getBytes(StandardCharsets.UTF_8))).isEmpty();
    }
}
