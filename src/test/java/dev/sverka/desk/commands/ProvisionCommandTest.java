package dev.sverka.desk.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.Application;
import dev.sverka.sandbox.bitrix24.Bitrix24StandIn;
import dev.sverka.sandbox.bitrix24.Portal;
import dev.sverka.sandbox.clickup.ClickUpSpace;
import dev.sverka.sandbox.clickup.ClickUpStandIn;
import dev.sverka.sandbox.clickup.ClickUpState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** The real command against stand-ins, with the shipped declaration. */
class ProvisionCommandTest {

    @TempDir
    private Path home;

    private final Bitrix24StandIn portal = new Bitrix24StandIn(0, Clock.systemUTC()).limited(false);
    private final ClickUpStandIn clickup = new ClickUpStandIn(0, Clock.systemUTC());
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @AfterEach
    void close() {
        clickup.close();
        portal.close();
        // a command silences the log of this process, which goes on to other tests
        LoggingSystem.get(getClass().getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.INFO);
    }

    private int provision(String... more) {
        out = new StringWriter();
        err = new StringWriter();
        List<String> args = new ArrayList<>(List.of("provision", "--SVERKA_HOME=" + home,
                "--sverka.public-url=https://sync.example.org"));
        args.addAll(List.of(more));
        return Commands.execute(Application.class, new PrintWriter(out, true), new PrintWriter(err, true),
                args.toArray(String[]::new));
    }

    @Test
    void differencesEndWithTwoAreMadeOnceAndThenThePortalIsInStep() {
        Portal.bare(portal.crm());
        ClickUpSpace.seed(clickup.state(), Clock.systemUTC().instant());
        String[] accounts = {"--sverka.bitrix24.main.url=" + portal.url(), "--sverka.clickup.main.url="
                + clickup.url(), "--sverka.clickup.main.token=" + ClickUpStandIn.TOKEN,
            "--sverka.clickup.main.team-id=" + ClickUpState.TEAM};
        int code = provision(accounts);
        assertThat(code).as(err.toString()).isEqualTo(2);
        assertThat(out.toString()).contains("create: payment smart process «Платежи»",
                "create: clickup.main.webhook to https://sync.example.org/hooks/clickup",
                "handler: https://sync.example.org/hooks/bitrix24", "ONCRMDYNAMICITEMUPDATE",
                "sverka.bitrix24.main.application-token");
        assertThat(portal.writes()).isEmpty();

        String[] applying = new String[accounts.length + 1];
        System.arraycopy(accounts, 0, applying, 1, accounts.length);
        applying[0] = "--apply";
        code = provision(applying);
        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString()).contains("done: create: payment.field.paid", "портал в порядке");
        int written = portal.writes().size();

        code = provision(applying);
        assertThat(code).as(out + " " + err).isZero();
        assertThat(portal.writes()).hasSize(written);
        assertThat(out.toString()).doesNotContain("done:");
    }

    @Test
    void withoutAPortalOrItsRightsItEndsWithOneAndSaysWhatToDo() {
        assertThat(provision()).isEqualTo(1);
        assertThat(err.toString()).contains("sverka.bitrix24.main.url is not set");
    }
}
