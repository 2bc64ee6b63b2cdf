package dev.sverka.core.routes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The texts of {@code routes/} and {@code mappings/} under the home; where a folder is absent, the shipped ones.
 * Compared by content: file events do not arrive for mounted configuration.
 */
final class Folder {

    static final String ROUTES = "routes/";
    static final String MAPPINGS = "mappings/";
    /** One byte more than {@code YamlText} takes: as much of a larger file as makes it refused there by name. */
    private static final int MAX_BYTES = 1024 * 1024 + 1;

    private final Path home;

    Folder(Path home) {
        this.home = home;
    }

    /** Texts by file, such as {@code routes/bank.yaml}. Editors' temporary files are left out. */
    Map<String, String> read() {
        Map<String, String> texts = new TreeMap<>();
        read(ROUTES, texts);
        read(MAPPINGS, texts);
        return texts;
    }

    private void read(String kind, Map<String, String> texts) {
        Path folder = home.resolve(kind);
        try {
            if (!Files.isDirectory(folder)) {
                shipped(kind, texts);
                return;
            }
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(Folder::isOurs).sorted().toList()) {
                    put(kind + file.getFileName(), file, texts);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void put(String name, Path file, Map<String, String> texts) throws IOException {
        try {
            texts.put(name, text(file));
        } catch (NoSuchFileException goneMeanwhile) {
            // it alone is left out; those after it are read all the same
        }
    }

    private static String text(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            byte[] content = bytes.readNBytes(MAX_BYTES);
            String text = new String(content, StandardCharsets.UTF_8);
            return content.length < MAX_BYTES ? text.replace("\r\n", "\n") : text;
        }
    }

    private static boolean isOurs(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".yaml") && !name.startsWith(".") && !name.startsWith("#") && Files.isRegularFile(file);
    }

    private static void shipped(String kind, Map<String, String> texts) throws IOException {
        for (Resource file : new PathMatchingResourcePatternResolver().getResources(
                "classpath*:shipped/" + kind + "*.yaml")) {
            texts.put(kind + Objects.requireNonNull(file.getFilename()),
                    file.getContentAsString(StandardCharsets.UTF_8));
        }
    }
}
