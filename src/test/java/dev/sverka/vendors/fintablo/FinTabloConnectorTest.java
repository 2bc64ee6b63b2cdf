package dev.sverka.vendors.fintablo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.http.Doors;
import dev.sverka.core.http.VendorException;
import dev.sverka.sandbox.fintablo.FinTabloStandIn;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What configuration makes of the room. */
class FinTabloConnectorTest {

    private final FinTabloStage stage = new FinTabloStage();

    @AfterEach
    void close() {
        stage.close();
    }

    private static FinTabloProperties bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("sverka",
                FinTabloProperties.class);
    }

    private FinTabloConnector connector(Map<String, String> settings) {
        return new FinTabloConnector(bound(settings), new Doors(FinTabloStage.UNLIMITED), stage.links, stage.clock,
                ZoneId.of("Europe/Moscow"));
    }

    @Test
    void withoutATokenItIsOffAndItsDefaultsAreTheVendors() {
        assertThat(connector(Map.of()).accounts()).isEqualTo(Map.of("main", false));
        FinTabloProperties properties = bound(Map.of("sverka.fintablo.main.token", "secret-token"));
        FinTabloProperties.Account account = properties.fintablo().get("main");
        assertThat(account.isOn()).isTrue();
        assertThat(account.url()).isEqualTo("https://api.fintablo.ru");
        assertThat(account.requestsPerMinute()).isEqualTo(240);
        assertThat(account.bankOperations()).isEqualTo(FinTabloProperties.BankOperations.ENRICH);
        assertThat(properties.toString()).doesNotContain("secret-token");
        assertThat(properties.poll().fintablo()).hasMinutes(5);
        assertThat(properties.history().fintablo()).hasDays(90);
    }

    @Test
    void whatCannotWorkIsRefusedAtTheStart() {
        for (Map.Entry<String, String> bad : Map.of("requests-per-minute", "301", "bank-operations", "guess")
                .entrySet()) {
            assertThatThrownBy(() -> bound(Map.of("sverka.fintablo.main." + bad.getKey(), bad.getValue())))
                    .as(bad.getKey()).hasMessageContaining("sverka");
        }
    }

    @Test
    void checkAsksWhetherTheTokenWorks() {
        FinTabloConnector connector = connector(Map.of("sverka.fintablo.main.url", stage.vendor.url(),
                "sverka.fintablo.main.token", FinTabloStandIn.TOKEN));
        assertThat(connector.check("main")).isEmpty();
        stage.switches().tokenReplaced(true);
        assertThatThrownBy(() -> connector.check("main")).isInstanceOf(VendorException.AuthLost.class);
    }

    @Test
    void everyEntityHasItsVerbsEachDescribed() {
        FinTabloConnector connector = connector(Map.of());
        assertThat(connector.entities()).containsExactlyInAnyOrder("partner", "partner-group", "category", "direction",
                "moneybag", "deal", "deal-status", "transaction", "obligation");
        connector.entities().forEach(entity -> assertThat(connector.operations(entity)).containsKeys("get", "list",
                "create", "update", "delete").allSatisfy((verb, operation) -> assertThat(operation.description())
                        .isNotBlank()));
        assertThat(connector.operations("transaction")).containsKeys("shares", "confirm", "split", "unsplit", "merge",
                "to-transfer", "split-transfer");
        assertThat(connector.operations("deal")).containsKey("add-stage");
        assertThat(connector.operations("invoice")).isEmpty();
        assertThat(connector.feed("category")).isEmpty();
        assertThat(connector.feed("transaction")).isPresent();
        assertThat(connector.pushes("transaction")).isFalse();
    }
}
