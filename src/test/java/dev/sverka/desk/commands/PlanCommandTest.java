package dev.sverka.desk.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.Application;
import dev.sverka.sandbox.Sandbox;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** The real command over the agency's small month. */
class PlanCommandTest {

    @TempDir
    private Path home;

    private final Sandbox sandbox = Sandbox.open(Clock.systemUTC());
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void close() {
        sandbox.close();
        // a command silences the log of this process, which goes on to other tests
        LoggingSystem.get(getClass().getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.INFO);
    }

    private int plan(String... more) {
        List<String> args = new ArrayList<>(List.of("plan", "--SVERKA_HOME=" + home));
        Map<String, String> settings = sandbox.settings();
        settings.forEach((key, value) -> args.add("--" + key + "=" + value));
        args.addAll(List.of(more));
        return Commands.execute(Application.class, new PrintWriter(out, true), new PrintWriter(err, true),
                args.toArray(String[]::new));
    }

    @Test
    void everyWriteIsPrintedWithWhatIsThereNowAndNothingIsChangedAnywhere() throws Exception {
        sandbox.bitrix24().limited(false);
        int code = plan();
        assertThat(code).as(out + "\n" + err).isEqualTo(2);
        assertThat(out.toString()).as(err.toString()).containsPattern(
                "bitrix24:payment/update payment \\d+: .*paid (—|0.*) → 240000.*").contains("stage invoiced → paid");
        assertThat(sandbox.bitrix24().writes()).isEmpty();
        assertThat(sandbox.bitrix24().calls()).contains("crm.item.list").doesNotContain("crm.item.update",
                "crm.item.add", "crm.timeline.comment.add");
        try (var files = Files.walk(home)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }
}
