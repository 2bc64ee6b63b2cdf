package dev.sverka.core.routes;

import dev.sverka.core.state.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The texts of {@code routes/} and {@code mappings/} under the home; where a folder is absent from the start, the
 * shipped ones. Compared by content: file events do not arrive for mounted configuration.
 */
final class Folder {

    static final String ROUTES = "routes/";
    static final String MAPPINGS = "mappings/";
    /** One byte more than {@code YamlText} takes: as much of a larger file as makes it refused there by name. */
    private static final int MAX_BYTES = 1024 * 1024 + 1;

    private final Path home;
    /** Folders of the home that were there once: one of them that is away is no edit, and nothing stands in for it. */
    private final Set<String> own = new HashSet<>();

    Folder(Path home) {
        this.home = home;
    }

    /**
     * What the folders say.
     *
     * @param texts by file, such as {@code routes/bank.yaml}; editors' temporary files are left out
     * @param away folders of the home in which nothing is found any more, {@code routes/} or {@code mappings/}
     * @param remarks what is there and is not read
     */
    record Content(Map<String, String> texts, Set<String> away, List<Problem> remarks) {

        /** Folders that are away say what they said when their texts were accepted: that they are away is no edit. */
        Content standingInFor(Map<String, String> accepted) {
            Set<String> missed = new TreeSet<>(away);
            missed.removeIf(kind -> accepted.keySet().stream().noneMatch(file -> file.startsWith(kind)));
            Map<String, String> whole = new TreeMap<>(texts);
            missed.forEach(kind -> whole.putAll(RoutesTrial.only(kind, accepted)));
            List<Problem> told = new ArrayList<>(remarks);
            missed.forEach(kind -> told.add(new Problem(kind, 1, "the folder is away or empty, which is taken for no "
                    + "edit: what was accepted of it goes on", "bring the folder back; to end a flow, delete its file "
                    + "and leave another")));
            return new Content(whole, missed, told);
        }
    }

    Content read() {
        Map<String, String> texts = new TreeMap<>();
        Set<String> away = new TreeSet<>();
        List<Problem> remarks = new ArrayList<>();
        for (String kind : List.of(ROUTES, MAPPINGS)) {
            read(kind, texts, away, remarks);
        }
        return new Content(texts, away, remarks);
    }

    private void read(String kind, Map<String, String> texts, Set<String> away, List<Problem> remarks) {
        Path folder = home.resolve(kind);
        try {
            if (Files.isDirectory(folder)) {
                own.add(kind);
                List<Path> files;
                try (Stream<Path> all = Files.list(folder)) {
                    files = all.filter(Folder::isSeen).sorted().toList();
                }
                for (Path file : files) {
                    if (isYaml(file)) {
                        put(kind + file.getFileName(), file, texts);
                    } else if (file.toString().endsWith(".yml")) {
                        remarks.add(new Problem(kind + file.getFileName(), 1, "this file is not read, only *.yaml is",
                                "name it " + file.getFileName().toString().replaceFirst("yml$", "yaml")));
                    }
                }
                if (files.stream().noneMatch(Folder::isYaml)) {
                    away.add(kind);
                }
            } else if (own.contains(kind)) {
                away.add(kind);
            } else {
                shipped(kind, texts);
            }
        } catch (NoSuchFileException | NotDirectoryException goneMeanwhile) {
            away.add(kind);
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

    private static boolean isSeen(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".") && !name.startsWith("#") && Files.isRegularFile(file);
    }

    private static boolean isYaml(Path file) {
        return file.toString().endsWith(".yaml");
    }

    private static void shipped(String kind, Map<String, String> texts) throws IOException {
        for (Resource file : new PathMatchingResourcePatternResolver().getResources(
                "classpath*:shipped/" + kind + "*.yaml")) {
            texts.put(kind + Objects.requireNonNull(file.getFilename()),
                    file.getContentAsString(StandardCharsets.UTF_8));
        }
    }
}
