package dev.sverka.core.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.mapping.YamlText;
import dev.sverka.core.state.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a home counts as routes and mappings. */
class FolderTest {

    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(strings = {".bank.yaml.swp", "bank.yaml~", ".#bank.yaml", "#bank.yaml#", "#bank.yaml", ".bank.yaml",
        "4913", "bank.yml", "bank.yaml.bak", "README.md"})
    void editorsTemporaryFilesAndOthersAreLeft(String name) throws IOException {
        write("routes/" + name, "- nonsense\n");
        assertThat(new Folder(home).read().texts()).noneSatisfy((file, text) -> assertThat(file).startsWith("routes/"));
    }

    @Test
    void subfoldersAndLinksThatLeadNowhereAreLeftAndLinksToFilesAreFollowed() throws IOException {
        Files.createDirectories(home.resolve("routes/old.yaml"));
        write("elsewhere.yaml", "a: 1\n");
        Files.createSymbolicLink(home.resolve("routes/link.yaml"), home.resolve("elsewhere.yaml"));
        Files.createSymbolicLink(home.resolve("routes/nowhere.yaml"), home.resolve("gone.yaml"));
        Map<String, String> texts = new Folder(home).read().texts();
        texts.keySet().removeIf(file -> !file.startsWith("routes/"));
        assertThat(texts).containsOnly(Map.entry("routes/link.yaml", "a: 1\n"));
    }

    @Test
    void whereAFolderIsAbsentTheShippedFilesStandInAndAnEmptyOneStaysEmpty() throws IOException {
        Files.createDirectories(home.resolve("routes"));
        assertThat(new Folder(home).read().texts()).containsOnlyKeys(shipped("mappings/"))
                .containsEntry("mappings/portal.yaml", Files.readString(Path.of("mappings/portal.yaml")));
        Files.delete(home.resolve("routes"));
        assertThat(new Folder(home).read().texts()).containsKeys("routes/bank.yaml", "routes/payments.yaml");
    }

    @Test
    void aFileThatIsNotReadForItsNameIsNamed() throws IOException {
        write("routes/bank.yml", "- nonsense\n");
        assertThat(new Folder(home).read().remarks()).singleElement().hasToString(
                "routes/bank.yml:1: this file is not read, only *.yaml is; name it bank.yaml");
    }

    @Test
    void lineEndsOfWindowsAndAByteOrderMarkChangeNothing() throws IOException {
        write("routes/x.yaml", "- a: 1\r\n  b: 2\r\n");
        write("routes/y.yaml", "\ufeff- a: 1\n  b: 2\n");
        Map<String, String> texts = new Folder(home).read().texts();
        assertThat(texts).containsEntry("routes/x.yaml", "- a: 1\n  b: 2\n");
        assertThat(YamlText.parse("y", texts.get("routes/y.yaml")).content())
                .isEqualTo(YamlText.parse("x", texts.get("routes/x.yaml")).content());
    }

    @Test
    void aFileOverOneMebibyteIsReadNoFurtherAndRefusedByName() throws IOException {
        write("routes/x.yaml", "# " + "ж".repeat(3 * 1024 * 1024));
        String text = new Folder(home).read().texts().get("routes/x.yaml");
        assertThat(text.length()).isLessThan(1024 * 1024 + 2);
        assertThatThrownBy(() -> YamlText.parse("routes/x.yaml", text)).isInstanceOf(ProblemException.class)
                .hasMessage("routes/x.yaml:1: larger than 1 MiB; split it into several files");
    }

    private static String[] shipped(String kind) throws IOException {
        try (var files = Files.list(Path.of(kind))) {
            return files.map(file -> kind + file.getFileName()).filter(file -> file.endsWith(".yaml"))
                    .toArray(String[]::new);
        }
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(home.resolve(file).getParent());
        Files.writeString(home.resolve(file), text);
    }
}
