package dev.sverka.vendors.tbank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.connector.Operation;
import dev.sverka.core.http.Doors;
import dev.sverka.core.http.VendorException;
import dev.sverka.core.state.SettableClock;
import dev.sverka.sandbox.Faults;
import dev.sverka.sandbox.tbank.TBankStandIn;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The subscription that {@code provision} makes. */
class TBankWebhooksTest {

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final TBankStandIn bank = new TBankStandIn(0, clock, "40702810900000000001");

    @AfterEach
    void close() {
        bank.close();
    }

    private Optional<Operation.Effect> upsert(String publicUrl, String email) {
        TBankProperties properties = new TBankProperties(Map.of("main", new TBankProperties.Account(bank.url(),
                TBankStandIn.TOKEN, List.of(), "s3cret", "bearer", email, null)),
                new TBankProperties.Poll(Duration.ofMinutes(1)), new TBankProperties.Reread(Duration.ofMinutes(10)),
                new TBankProperties.Sweep(LocalTime.of(3, 30)), new TBankProperties.History(Period.ofDays(45)));
        TBankConnector connector = new TBankConnector(properties, new Doors((bucket, capacity, perSecond) ->
                Duration.ZERO), clock, ZoneId.of("Europe/Moscow"), publicUrl, Path.of(""));
        return ((Operation.Write) connector.operations("webhook").get("upsert").step())
                .prepare(new Operation.Request("main", "webhook", Map.of()));
    }

    @Test
    void aSubscriptionIsMadeOnceAndItsSecretIsShownNowhere() {
        Operation.Effect effect = upsert("https://sync.example.org", "ops@example.org").orElseThrow();
        assertThat(effect.content().toString()).doesNotContain("s3cret").doesNotContain("bearer");
        assertThat(effect.send().get().toString()).doesNotContain("s3cret");
        assertThat(upsert("https://sync.example.org", "ops@example.org")).as("it is there").isEmpty();
        assertThat(upsert("https://other.example.org", "ops@example.org")).isPresent();
    }

    @Test
    void aLostAnswerIsSettledByALook() {
        bank.faults().next("webhook", Faults.Kind.NONE).next("webhook", Faults.Kind.LOST_ANSWER);
        Operation.Effect effect = upsert("https://sync.example.org", "ops@example.org").orElseThrow();
        assertThatThrownBy(() -> effect.send().get()).isInstanceOf(VendorException.Unclear.class);
        assertThat(effect.find().get()).isPresent();
        assertThat(upsert("https://sync.example.org", "ops@example.org")).isEmpty();
    }

    @Test
    void whatTheBankDoesNotTellAndWhatIsNotConfiguredIsSaid() {
        assertThatThrownBy(() -> upsert(null, "ops@example.org")).isInstanceOf(VendorException.Refused.class)
                .hasMessageContaining("sverka.public-url");
        assertThatThrownBy(() -> upsert("https://sync.example.org", null)).hasMessageContaining("webhook-email");
        bank.company().switches().webhooksUnlisted(true);
        assertThatThrownBy(() -> upsert("https://sync.example.org", "ops@example.org"))
                .isInstanceOf(VendorException.Refused.class).hasMessageContaining("none is made");
    }
}
