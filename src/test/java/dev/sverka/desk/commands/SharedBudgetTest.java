package dev.sverka.desk.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.Application;
import dev.sverka.core.http.Quota;
import dev.sverka.sandbox.bitrix24.Bitrix24StandIn;
import dev.sverka.sandbox.bitrix24.Portal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A command and the daemon beside it, two contexts over real HTTP: the portal's requests are counted in one place. */
class SharedBudgetTest {

    @TempDir
    private Path home;

    private final Bitrix24StandIn portal = new Bitrix24StandIn(0, Clock.systemUTC()).limited(false);
    private ConfigurableApplicationContext daemon;

    @AfterEach
    void close() {
        portal.close();
        if (daemon != null) {
            daemon.close();
        }
        LoggingSystem.get(getClass().getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.INFO);
    }

    @Test
    void whatACommandAsksThePortalIsTakenFromTheDaemonsBudget() {
        Portal.bare(portal.crm());
        daemon = new SpringApplicationBuilder(Application.class).registerShutdownHook(false).run("--server.port=0",
                "--SVERKA_HOME=" + home, "--sverka.database.url=jdbc:h2:mem:budget", "--sverka.console.password=known");

        assertThat(check("wrong")).as("it goes on alone").contains("payment");
        assertThat(taken()).isZero();
        int asked = portal.calls().size();
        assertThat(asked).isPositive();

        check("known");
        assertThat(taken()).isBetween(1.0, (double) portal.calls().size() - asked);

        Quota quota = daemon.getBean(Quota.class);
        IntStream.range(0, 100).forEach(again -> quota.take("bitrix24.main", 45, 2));
        assertThat(taken()).as("what the command took is missing here").isBetween(43.0, 45.0);
    }

    private double taken() {
        return daemon.getBean(JdbcClient.class).sql("select coalesce(max(filled), 0) from quota where bucket = 'bitrix24.main'")
                .query(Double.class).single();
    }

    private String check(String password) {
        StringWriter out = new StringWriter();
        Commands.execute(Application.class, new PrintWriter(out, true), new PrintWriter(out, true), "check",
                "--SVERKA_HOME=" + home, "--server.port=" + daemon.getEnvironment().getProperty("local.server.port"),
                "--sverka.console.password=" + password, "--sverka.bitrix24.main.url=" + portal.url());
        return out.toString();
    }
}
