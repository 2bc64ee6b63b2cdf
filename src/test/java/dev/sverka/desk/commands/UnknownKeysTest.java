package dev.sverka.desk.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class UnknownKeysTest {

    @ParameterizedTest
    @ValueSource(strings = {"sverka.zone", "sverka.public-url", "sverka.publicUrl", "sverka.own-companies[0].inn",
            "sverka.own-companies[1].accounts[0]", "sverka.ownCompanies[1].accounts", "sverka.tbank.main.token",
            "sverka.tbank[romashka].token", "sverka.bitrix24.main.robot-users", "sverka.bitrix24.main.robotUsers[3]",
            "sverka.poll.bank", "sverka.history.saby", "sverka.alerts.mail.host", "sverka.console.users[0].role"})
    void knownKeysAreKnownInEverySpelling(String key) {
        assertThat(of(key, "x").check()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sverka.zones", "sverka.own-companies.inn[0].x", "sverka.bitrix24.second.url",
            "sverka.tbank.token", "sverka.poll.banks", "sverka.console.users[0].pasword", "sverka.zone.x"})
    void otherKeysAreUnknown(String key) {
        assertThat(of(key, "x").check()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SVERKA_TBANK_MAIN_TOKEN", "SVERKA_PUBLICURL", "SVERKA_PUBLIC_URL", "SVERKA_HOME",
            "SVERKA_OWNCOMPANIES_0_ACCOUNTS_0", "SVERKA_BITRIX24_MAIN_APPLICATIONTOKEN",
            "SVERKA_BITRIX24_MAIN_APPLICATION_TOKEN", "SVERKA_CONSOLE_USERS_0_NAME"})
    void environmentVariablesAreKnownWithAndWithoutUnderscoresForDashes(String variable) {
        assertThat(ofVariable(variable).check()).isEmpty();
    }

    @Test
    void anUnknownEnvironmentVariableIsNamedAsItWasWritten() {
        assertThat(ofVariable("SVERKA_TBANK_MAIN_TOKN").check()).singleElement().hasToString(
                "config:1: unknown key sverka.tbank.main.tokn (environment variable SVERKA_TBANK_MAIN_TOKN); "
                        + "write sverka.tbank.main.token");
    }

    @Test
    void aParentMayStandEmptyButNotHoldAValue() {
        assertThat(of("sverka.diadoc", "").check()).isEmpty();
        assertThat(of("sverka.diadoc", "x").check()).hasSize(1);
    }

    @Test
    void keysOfOthersAreNoneOfOurBusiness() {
        assertThat(of("sverkax.zone", "x").check()).isEmpty();
    }

    private static UnknownKeys of(String key, String value) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of(key, value)));
        return new UnknownKeys(environment);
    }

    private static UnknownKeys ofVariable(String variable) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        Map.of(variable, "x")));
        return new UnknownKeys(environment);
    }
}
