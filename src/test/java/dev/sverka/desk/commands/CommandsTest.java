package dev.sverka.desk.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.journal.AccountState;
import dev.sverka.core.journal.Accounts;
import dev.sverka.core.state.Check;
import dev.sverka.core.state.Problem;
import dev.sverka.core.state.ProblemException;
import jakarta.validation.constraints.Pattern;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.validation.annotation.Validated;

class CommandsTest {

    @TempDir
    private Path home;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @EnableConfigurationProperties(Toy.class)
    @Import(CommandsConfig.class)
    static class Healthy {

        @Bean
        Accounts accounts() {
            Accounts accounts = Mockito.mock(Accounts.class);
            Mockito.when(accounts.all()).thenReturn(List.of(
                    new AccountState("clickup.main", "off", Instant.EPOCH, null, null, null),
                    new AccountState("tbank.main", "up", Instant.EPOCH, null, null, null)));
            return accounts;
        }
    }

    @Validated
    @ConfigurationProperties("sverka.keep")
    record Toy(Duration journal, @Pattern(regexp = "P.*") @Nullable String raw) {
    }

    static class Ailing extends Healthy {

        @Bean
        Check routes() {
            return () -> List.of(new Problem("routes/bank.yaml", 7, "unknown verb 'chnaged'", "write changed"));
        }

        @Bean
        Check broken() {
            return () -> {
                throw new IllegalStateException("no portal");
            };
        }
    }

    static class Dying extends Healthy {

        @Bean
        String mapping() {
            throw new ProblemException(new Problem("mappings/portal.yaml", 3, "no such stage", "name one of paid"));
        }
    }

    static class Looking extends Healthy {

        @Bean
        Check tame(Environment environment) {
            return () -> List.of(new Problem("config", 1, environment.getProperty("sverka.routes.start") + " "
                    + environment.getProperty("sverka.database.url"), ""));
        }
    }

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectories(home.resolve("config"));
        write("sverka:\n  keep.journal: P90D\n");
    }

    /** A check silences the log of this process, which goes on to other tests. */
    @AfterEach
    void speakAgain() {
        LoggingSystem.get(getClass().getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.INFO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "run", "--server.port=0", "run --server.port=0"})
    void withoutACommandOrWithRunTheDaemonIsToBeStarted(String line) {
        assertThat(execute(Healthy.class, line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(-1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aMistypedCommandIsAnErrorThatNamesTheCommands() {
        assertThat(execute(Healthy.class, "chekc")).isEqualTo(1);
        assertThat(err.toString()).contains("'chekc' is neither a command", "run, check");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version", "check --help"})
    void helpAndVersionArePrinted(String line) {
        assertThat(execute(Healthy.class, line.split(" "))).isZero();
        assertThat(out.toString()).contains("sverka");
    }

    @Test
    void whereAllIsWellCheckSaysSoAndAccountsThatAreOffAreNoFindings() {
        assertThat(check(Healthy.class)).isZero();
        assertThat(out.toString().lines()).containsExactly(
                "к сведению: учётная запись clickup.main выключена", "всё в порядке");
    }

    @Test
    void eachFindingIsALineAndTheExitCodeIsOne() {
        assertThat(check(Ailing.class, "--sverka.locale=en")).isEqualTo(1);
        assertThat(out.toString().lines()).containsExactly("note: account clickup.main is off",
                "config:1: a check itself failed: java.lang.IllegalStateException: no portal; "
                        + "start the daemon and look into its log",
                "routes/bank.yaml:7: unknown verb 'chnaged'; write changed", "2 findings");
    }

    @Test
    void aCheckTouchesNeitherTheRealStoreNorTheRoutesWhateverTheConfigurationSays() {
        check(Looking.class, "--sverka.database.url=jdbc:postgresql://production/db", "--sverka.routes.start=true");
        assertThat(out.toString()).contains("false jdbc:h2:mem:check");
    }

    @Test
    void aSecretMayComeFromAFileNamedByItsKey() throws IOException {
        Files.createDirectories(home.resolve("secrets"));
        Files.writeString(home.resolve("secrets/sverka.tbank.main.token"), "t.1\n");
        Files.writeString(home.resolve("secrets/sverka.tbank.main.tokn"), "t.1\n");
        check(Healthy.class, "--spring.config.import=configtree:" + home.resolve("secrets") + "/");
        assertThat(out.toString()).contains("secrets/sverka.tbank.main.tokn:1: unknown key sverka.tbank.main.tokn",
                "замечаний: 1");
    }

    @Test
    void unknownKeysAreFoundWithFileLineAndTheKeyThatWasMeant() throws IOException {
        write("""
                sverka:
                  bitrix24:
                    main:
                      url: https://example.bitrix24.ru/rest/1/x/
                      aplication-token: abc
                  tbank:
                    second:
                      tokn: t.1
                  invented: 5
                  diadoc:
                """);
        assertThat(check(Healthy.class)).isEqualTo(1);
        assertThat(out.toString().lines()).contains(
                "config/application.yaml:5: unknown key sverka.bitrix24.main.aplication-token; "
                        + "write sverka.bitrix24.main.application-token",
                "config/application.yaml:8: unknown key sverka.tbank.second.tokn; write sverka.tbank.second.token",
                "config/application.yaml:9: unknown key sverka.invented; remove it; the README lists the keys there are",
                "замечаний: 3");
    }

    @Test
    void aValueThatCannotBeReadIsFoundWithItsPlaceAndWithoutTheValueItself() throws IOException {
        write("sverka:\n  zone: Europe/Moscow\n  keep:\n    journal: forever\n");
        assertThat(check(Healthy.class)).isEqualTo(1);
        assertThat(out.toString()).contains("config/application.yaml:4: the value of sverka.keep.journal");
    }

    @Test
    void aValueThatIsNotValidIsFoundWithItsPlace() throws IOException {
        write("sverka:\n  keep:\n    journal: P1D\n    raw: secret\n");
        assertThat(check(Healthy.class)).isEqualTo(1);
        assertThat(out.toString()).contains("config/application.yaml:4: sverka.keep.raw must match")
                .doesNotContain("secret");
    }

    @Test
    void aTextThatIsNotYamlIsFoundWithItsLine() throws IOException {
        write("sverka:\n  zone: \"Europe\n");
        assertThat(check(Healthy.class)).isEqualTo(1);
        assertThat(out.toString()).contains("config/application.yaml:", "this is not YAML");
    }

    @Test
    void whatStopsTheStartIsAFinding() {
        assertThat(check(Dying.class)).isEqualTo(1);
        assertThat(out.toString()).contains("mappings/portal.yaml:3: no such stage; name one of paid");
    }

    private void write(String yaml) throws IOException {
        Files.writeString(home.resolve("config/application.yaml"), yaml);
    }

    private int check(Class<?> application, String... more) {
        String[] args = new String[more.length + 2];
        args[0] = "check";
        args[1] = "--SVERKA_HOME=" + home;
        System.arraycopy(more, 0, args, 2, more.length);
        return execute(application, args);
    }

    private int execute(Class<?> application, String... args) {
        return Commands.execute(application, new PrintWriter(out, true), new PrintWriter(err, true), args);
    }
}
