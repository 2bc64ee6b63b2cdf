package dev.sverka.vendors.statements;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class StatementsPropertiesTest {

    @Test
    void aCompanyWithoutAccountsStopsNoStart() {
        StatementsProperties bound = new Binder(new MapConfigurationPropertySource(Map.of(
                "sverka.own-companies[0].inn", "0099000014", "sverka.own-companies[1].name", "ООО «Вторая»",
                "sverka.own-companies[1].accounts[0]", "40702810200009990001")))
                .bind("sverka", StatementsProperties.class).get();
        assertThat(bound.ownAccounts()).containsExactly("40702810200009990001");
    }
}
