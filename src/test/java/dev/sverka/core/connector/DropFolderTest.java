package dev.sverka.core.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.connector.DropFolder.Drop;
import dev.sverka.core.state.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a file between the look that found it still and its way out of the folder. */
class DropFolderTest {

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-20T07:00:00Z"));
    private DropFolder drops;
    private Drop drop;

    @BeforeEach
    void dropAFile() throws IOException {
        drops = new DropFolder(folder, clock);
        Files.writeString(folder.resolve("a.txt"), "first");
        assertThat(drops.still()).isEmpty();
        clock.advance(Duration.ofSeconds(2));
        drop = drops.still().get(0);
    }

    @Test
    void aFileWrittenToSinceItWasLookedAtIsNotRead() throws IOException {
        Files.writeString(folder.resolve("a.txt"), "first and more");
        assertThat(drops.read(drop)).isEmpty();
    }

    @Test
    void aFileThatIsGoneIsNotRead() throws IOException {
        Files.delete(folder.resolve("a.txt"));
        assertThat(drops.read(drop)).isEmpty();
        assertThat(drops.still()).isEmpty();
    }

    @Test
    void aFileThatTookThePlaceOfOneThatWasReadStays() throws IOException {
        assertThat(drops.read(drop)).hasValue("first".getBytes());
        Files.writeString(folder.resolve("new"), "other");
        Files.setLastModifiedTime(folder.resolve("new"), Files.getLastModifiedTime(folder.resolve("a.txt")));
        Files.delete(folder.resolve("a.txt"));
        Files.move(folder.resolve("new"), folder.resolve("a.txt"));
        assertThat(drops.move(drop, DropFolder.DONE, "report")).isEmpty();
        assertThat(folder.resolve("a.txt")).hasContent("other");
        assertThat(folder.resolve("done")).isEmptyDirectory();
    }

    @Test
    void neitherAFileNorItsReportIsOverwritten() throws IOException {
        Files.writeString(folder.resolve("failed/a.txt"), "earlier");
        Files.writeString(folder.resolve("failed/a (2).txt.txt"), "the report of another");
        assertThat(drops.move(drop, DropFolder.FAILED, "report")).hasValue("a (3).txt");
        assertThat(folder.resolve("failed/a.txt")).hasContent("earlier");
        assertThat(folder.resolve("failed/a (2).txt.txt")).hasContent("the report of another");
        assertThat(folder.resolve("failed/a (3).txt")).hasContent("first");
        assertThat(folder.resolve("failed/a (3).txt.txt")).hasContent("report");
    }

    @Test
    void aReportWithoutItsFileIsThatOfAMoveCutShort() throws IOException {
        Files.writeString(folder.resolve("failed/a.txt.txt"), "report");
        assertThat(drops.move(drop, DropFolder.FAILED, "report")).hasValue("a.txt");
    }

    @Test
    void aLinkIsNoFile() throws IOException {
        Files.createSymbolicLink(folder.resolve("link.txt"), folder.resolve("a.txt"));
        drops.still();
        clock.advance(Duration.ofSeconds(2));
        assertThat(drops.still()).extracting(Drop::name).containsExactly("a.txt");
    }
}
