package dev.sverka.vendors.diadoc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.http.Doors;
import dev.sverka.core.http.VendorException;
import dev.sverka.core.state.Leases;
import dev.sverka.core.state.Stores;
import dev.sverka.sandbox.Faults;
import dev.sverka.sandbox.StandIn;
import dev.sverka.sandbox.diadoc.DiadocLogins;
import java.time.Duration;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionOperations;

/** Both ways to log in, and what lasts of a token. */
class DiadocLoginTest {

    private final DiadocStage stage = new DiadocStage();

    @AfterEach
    void close() {
        stage.close();
    }

    private int logins() {
        return Collections.frequency(stage.vendor.calls(), "token");
    }

    private void restart() {
        stage.start(stage.oidc(DiadocLogins.REFRESH_TOKEN, null));
    }

    @Test
    void oneTokenServesUntilShortlyBeforeItsEnd() {
        stage.client().organizations();
        stage.clock.advance(Duration.ofMinutes(58));
        stage.client().organizations();
        assertThat(logins()).isEqualTo(1);
        stage.clock.advance(Duration.ofMinutes(1));
        stage.client().organizations();
        assertThat(logins()).isEqualTo(2);
    }

    @Test
    void aRotatedTokenWinsOverTheConfiguredOneAlsoAfterARestart() {
        stage.client().organizations();
        restart();
        stage.client().organizations();
        restart();
        stage.client().organizations();
        assertThat(logins()).as("the dead configured one was never tried").isEqualTo(3);
        assertThat(stage.vendor.logins().refreshToken()).isNotEqualTo(DiadocLogins.REFRESH_TOKEN);
    }

    @Test
    void anotherConfiguredTokenEndsTheKeptOne() {
        stage.client().organizations();
        stage.vendor.logins().consent("given-anew");
        restart();
        assertThatThrownBy(() -> stage.client().organizations()).isInstanceOfSatisfying(VendorException.AuthLost.class,
                lost -> assertThat(lost).hasMessageContaining("invalid_grant").hasMessageContaining("consent"));
        int before = logins();
        stage.start(stage.oidc("given-anew", null));
        stage.client().organizations();
        assertThat(logins()).as("it is the first that is tried").isEqualTo(before + 1);
    }

    @Test
    void theStoreHoldsNoTokenThatCanBeRead() {
        stage.client().organizations();
        Map<String, Object> kept = stage.links.agreed("diadoc.main", "refresh-token", "latest");
        assertThat(kept).containsKeys("given", "since", "sealed", "before");
        assertThat(kept.toString()).doesNotContain("sandbox-refresh-token").doesNotContain("sandbox.access");
    }

    @Test
    void withAnotherSecretTheKeptOneCannotBeOpenedAndTheConfiguredOneIsUsed() {
        stage.client().organizations();
        DiadocTokenStore other = new DiadocTokenStore("diadoc.main", DiadocLogins.REFRESH_TOKEN, "another secret",
                stage.links, TransactionOperations.withoutTransaction(),
                stage.clock);
        assertThat(other.candidates()).containsExactly(DiadocLogins.REFRESH_TOKEN);
        DiadocTokenStore same = new DiadocTokenStore("diadoc.main", DiadocLogins.REFRESH_TOKEN,
                DiadocLogins.CLIENT_SECRET, stage.links,
                TransactionOperations.withoutTransaction(), stage.clock);
        assertThat(same.candidates()).containsExactly(stage.vendor.logins().refreshToken(),
                DiadocLogins.REFRESH_TOKEN);
    }

    @Test
    void whereNothingRotatesTheConfiguredOneGoesOn() {
        stage.vendor.switches().rotates(false);
        stage.client().organizations();
        restart();
        stage.client().organizations();
        assertThat(logins()).isEqualTo(2);
        assertThat(stage.connector.account("main").credentialAge()).isZero();
        stage.clock.advance(Duration.ofDays(24));
        assertThat(stage.connector.check("main")).anySatisfy(problem ->
                assertThat(problem.toString()).contains("refresh token is in use for 24 days"));
    }

    @Test
    void aLogInWhoseAnswerIsLostAsksAPersonOnceTheTokenIsDead() {
        stage.vendor.faults().next("token", Faults.Kind.LOST_ANSWER);
        assertThatThrownBy(() -> stage.client().organizations()).isInstanceOf(VendorException.Transient.class);
        assertThat(logins()).as("a refresh token is sent once").isEqualTo(1);
        assertThatThrownBy(() -> stage.client().organizations()).isInstanceOf(VendorException.AuthLost.class);
    }

    @Test
    void aLostAnswerHarmsNothingWhereTokensDoNotRotate() {
        stage.vendor.switches().rotates(false);
        stage.vendor.faults().next("token", Faults.Kind.LOST_ANSWER);
        assertThatThrownBy(() -> stage.client().organizations()).isInstanceOf(VendorException.Transient.class);
        assertThat(stage.client().organizations()).hasSize(1);
    }

    @Test
    void anOutageOfTheIdentityProviderIsNoLostCredential() {
        stage.vendor.faults().next("token", Faults.Kind.BAD_GATEWAY);
        assertThatThrownBy(() -> stage.client().organizations()).isInstanceOf(VendorException.Transient.class);
        stage.vendor.faults().answer("token", StandIn.Reply.json(400, DiadocStage.sample("oidc_token_error")));
        stage.vendor.faults().next("token", Faults.Kind.HTML_200);
        assertThatThrownBy(() -> stage.client().organizations()).isInstanceOf(VendorException.Transient.class);
        assertThatThrownBy(() -> stage.client().organizations()).isInstanceOf(VendorException.AuthLost.class);
        assertThat(stage.client().organizations()).hasSize(1);
    }

    @Test
    void theSampleAnswerIsRead() {
        stage.vendor.faults().answer("token", StandIn.Reply.json(200, DiadocStage.sample("oidc_token_response")));
        stage.vendor.faults().answer("GetMyOrganizations", StandIn.Reply.json(200,
                DiadocStage.sample("get_my_organizations")));
        assertThat(stage.connector.account("main").boxes().own()).containsExactly("11111111222243338444555555555501");
        assertThat(stage.connector.account("main").boxes().party("11111111-2222-4333-8444-555555555501").inn())
                .isEqualTo("0000123404");
    }

    @Test
    void whileAnotherReplicaLogsInItIsWaitedFor() {
        Stores other = Stores.open();
        Leases foreign = other.leases(stage.clock);
        foreign.hold("diadoc.main/token", Duration.ofMinutes(1));
        DiadocConnector mine = new DiadocConnector(new DiadocProperties(Map.of("main",
                stage.oidc(DiadocLogins.REFRESH_TOKEN, null)), new DiadocProperties.Poll(Duration.ofMinutes(1)),
                new DiadocProperties.Reread(Duration.ofMinutes(10)),
                new DiadocProperties.Sweep(LocalTime.NOON),
                new DiadocProperties.History(Period.ofDays(30))),
                new Doors((bucket, capacity, perSecond) -> Duration.ZERO),
                new DiadocConnector.Parts(stage.links, other.leases(stage.clock),
                        TransactionOperations.withoutTransaction(),
                        stage.clock), ZoneOffset.UTC);
        assertThatThrownBy(() -> mine.account("main").client().organizations())
                .isInstanceOfSatisfying(VendorException.Transient.class, wait -> assertThat(wait.until())
                        .isEqualTo(stage.clock.instant().plusSeconds(5)));
        foreign.release("diadoc.main/token");
        assertThat(mine.account("main").client().organizations()).hasSize(1);
    }

    @Test
    void theOlderLogInWorksForADayAndIsRenewed() {
        stage.start(stage.password(DiadocLogins.PASSWORD));
        stage.client().organizations();
        stage.clock.advance(Duration.ofHours(22));
        stage.client().organizations();
        assertThat(Collections.frequency(stage.vendor.calls(), "Authenticate")).isEqualTo(1);
        stage.clock.advance(Duration.ofHours(3));
        stage.client().organizations();
        assertThat(stage.vendor.calls()).doesNotContain("token");
        stage.start(stage.password("wrong-password"));
        assertThatThrownBy(() -> stage.client().organizations()).isInstanceOf(VendorException.AuthLost.class)
                .hasMessageNotContaining("wrong-password");
    }

    @Test
    void aTokenThatIsRefusedIsRenewedOnceAndTheCallRepeatedOnce() {
        stage.client().organizations();
        stage.vendor.logins().forget();
        stage.client().organizations();
        assertThat(stage.vendor.calls()).containsExactly("token", "GetMyOrganizations", "GetMyOrganizations", "token",
                "GetMyOrganizations");
        stage.vendor.faults().answer("GetMyOrganizations", DiadocErrorsTest.text(401));
        stage.vendor.faults().answer("GetMyOrganizations", DiadocErrorsTest.text(401));
        assertThatThrownBy(() -> stage.client().organizations()).isInstanceOf(VendorException.AuthLost.class);
    }
}
