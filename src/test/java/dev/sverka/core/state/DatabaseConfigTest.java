package dev.sverka.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseConfigTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:h2:file:/data/sverka", "jdbc:h2:~/sverka", "jdbc:h2:./sverka;WRITE_DELAY=500",
        "jdbc:h2:file:/data/sverka;WRITE_DELAY=00", "jdbc:h2:file:/data/sverka;WRITE_DELAY=01;X=1"})
    void anH2FileThatMayLoseCommitsIsRefused(String url) {
        assertThatThrownBy(() -> DatabaseConfig.guard(url)).hasMessage("sverka.database.url is an H2 file without"
                + " WRITE_DELAY=0, which loses acknowledged events when the process is killed; add ;WRITE_DELAY=0"
                + " to it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:h2:file:/data/sverka;write_delay=0", "jdbc:h2:./x;A=1;WRITE_DELAY=0;B=2",
        "jdbc:h2:mem:test", "jdbc:postgresql://db/sverka"})
    void whatKeepsItsCommitsIsTaken(String url) {
        assertThatCode(() -> DatabaseConfig.guard(url)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:h2:./x;WRITE_DELAY=0;AUTO_SERVER=TRUE", "jdbc:h2:./x;FILE_LOCK=NO;WRITE_DELAY=0",
        "jdbc:h2:tcp://localhost/x;WRITE_DELAY=0"})
    void anH2FileThatLetsSeveralProcessesInIsRefused(String url) {
        assertThatThrownBy(() -> DatabaseConfig.guard(url)).hasMessageContaining("several processes");
    }

    @Test
    void anotherDatabaseIsRefused() {
        assertThatThrownBy(() -> DatabaseConfig.guard("jdbc:mysql://db/x")).hasMessageContaining("jdbc:postgresql:");
    }

    @Test
    void aSecondProcessOnTheFileIsToldSo() throws Exception {
        try (HikariDataSource first = Databases.h2(folder)) {
            assertThat(first.isRunning()).isTrue();
        }
        Path file = folder.resolve("sverka.mv.db");
        assertThat(Files.exists(file)).isTrue();

        try (FileChannel otherProcess = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock held = otherProcess.lock()) {
            assertThat(held.isValid()).isTrue();
            assertThatThrownBy(() -> DatabaseConfig.open(Databases.h2Url(folder), "", ""))
                    .hasMessageStartingWith("The store jdbc:h2:file:")
                    .hasMessageContaining("in use by another process");
        }
    }
}
