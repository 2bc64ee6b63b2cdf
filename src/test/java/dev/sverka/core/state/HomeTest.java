package dev.sverka.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.Application;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Routes and store are looked for where the daemon was started, with its web server as without. */
class HomeTest {

    @TempDir
    private Path folder;

    private Path home(String... more) {
        String[] args = {"--server.port=0", "--sverka.routes.start=false",
            "--sverka.database.url=" + Databases.h2Url(folder)};
        String[] all = Stream.of(args, more).flatMap(Arrays::stream).toArray(String[]::new);
        try (ConfigurableApplicationContext daemon = new SpringApplication(Application.class).run(all)) {
            return daemon.getBean(Settings.class).homeFolder();
        }
    }

    @Test
    void withoutAHomeItIsTheWorkingDirectory() {
        assertThat(home()).isEqualTo(Path.of("").toAbsolutePath());
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "src", "./src/"})
    void aRelativeHomeIsSeenFromTheWorkingDirectory(String relative) {
        assertThat(home("--sverka.home=" + relative)).isEqualTo(Path.of(relative).toAbsolutePath().normalize());
    }

    @Test
    void anAbsoluteHomeStands() {
        assertThat(home("--sverka.home=" + folder)).isEqualTo(folder);
    }
}
