package dev.sverka.core.connector;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder into which people and programs drop files. A file is taken once two looks, 2 s apart or more, found it the
 * same; it leaves for {@code done/} or {@code failed/}, where nothing is ever overwritten.
 */
public final class DropFolder {

    public static final String DONE = "done";
    public static final String FAILED = "failed";
    private static final Duration STILL = Duration.ofSeconds(2);
    private static final String REPORT = ".txt";

    private final Path folder;
    private final Clock clock;
    private Map<Path, Look> looks = Map.of();

    public DropFolder(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** How a file was found. @param key tells one file from another of the same name, where the disk can */
    public record Look(long size, FileTime modified, @Nullable Object key, Instant since) {

        boolean isSame(Look other) {
            return size == other.size && modified.equals(other.modified) && Objects.equals(key, other.key);
        }
    }

    /** A file that stands still. */
    public record Drop(Path path, Look look) {

        /** Without the letters that this system's locale cannot write, such as Russian ones under {@code LANG=C}. */
        public String name() {
            String name = path.getFileName().toString();
            try {
                return Path.of(name).toString();
            } catch (InvalidPathException unwritable) {
                return name.replaceAll("[^ -~]", "_");
            }
        }
    }

    /**
     * Looks once more.
     *
     * @return files that stand still, oldest first
     * @throws IOException where the folder is not there, or files could not leave it
     */
    public List<Drop> still() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw Files.exists(folder) ? new NotDirectoryException(folder.toString())
                    : new NoSuchFileException(folder.toString());
        }
        for (Path place : List.of(folder, folder.resolve(DONE), folder.resolve(FAILED))) {
            Files.createDirectories(place);
            if (!Files.isWritable(place)) {
                throw new AccessDeniedException(place.toString());
            }
        }
        Map<Path, Look> seen = new HashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(DropFolder::isMeant).toList()) {
                look(file).ifPresent(look -> seen.put(file, look));
            }
        }
        looks = seen;
        List<Drop> still = new ArrayList<>();
        seen.forEach((file, look) -> {
            if (!look.since().plus(STILL).isAfter(clock.instant())) {
                still.add(new Drop(file, look));
            }
        });
        still.sort(Comparator.comparing((Drop drop) -> drop.look().modified()).thenComparing(Drop::name));
        return still;
    }

    private static boolean isMeant(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && !name.endsWith(".part") && !name.endsWith(".tmp");
    }

    /** Empty for what is no file, or no longer there. */
    private Optional<Look> look(Path file) throws IOException {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class,
                    LinkOption.NOFOLLOW_LINKS);
            Look now = new Look(found.size(), found.lastModifiedTime(), found.fileKey(), clock.instant());
            Look before = looks.get(file);
            return !found.isRegularFile() ? Optional.empty()
                    : Optional.of(before != null && before.isSame(now) ? before : now);
        } catch (NoSuchFileException goneMeanwhile) {
            return Optional.empty();
        }
    }

    /** The file's bytes; empty where it was written to or replaced since it was looked at. */
    public Optional<byte[]> read(Drop drop) throws IOException {
        try {
            byte[] bytes = Files.readAllBytes(drop.path());
            return bytes.length == drop.look().size() && isUnchanged(drop) ? Optional.of(bytes) : Optional.empty();
        } catch (NoSuchFileException goneMeanwhile) {
            return Optional.empty();
        }
    }

    private boolean isUnchanged(Drop drop) throws IOException {
        return look(drop.path()).filter(now -> now.isSame(drop.look())).isPresent();
    }

    /**
     * Moves a file away, unless another has taken its place; that one is looked at anew. Repeated after a crash, it
     * ends the same.
     *
     * @param to {@link #DONE} or {@link #FAILED}
     * @param report what to tell in a text beside it; null for nothing
     * @return the new name; empty where it was left
     */
    public Optional<String> move(Drop drop, String to, @Nullable String report) throws IOException {
        if (!isUnchanged(drop)) {
            return Optional.empty();
        }
        Path target = folder.resolve(to);
        String name = drop.name();
        for (int number = 2; !isFree(target, name, report); number++) {
            name = numbered(drop.name(), number);
        }
        if (report != null) {
            Files.writeString(target.resolve(name + REPORT), report);
        }
        Files.move(drop.path(), target.resolve(name));
        return Optional.of(name);
    }

    /** A report that was written before a crash, and before its file could follow, is that file's own. */
    private static boolean isFree(Path folder, String name, @Nullable String report) throws IOException {
        Path beside = folder.resolve(name + REPORT);
        return Files.notExists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)
                && (Files.notExists(beside, LinkOption.NOFOLLOW_LINKS) || report != null && Files.isRegularFile(beside)
                && Files.readString(beside, StandardCharsets.UTF_8).equals(report));
    }

    private static String numbered(String name, int number) {
        int dot = name.lastIndexOf('.');
        int end = dot <= 0 ? name.length() : dot;
        return name.substring(0, end) + " (" + number + ")" + name.substring(end);
    }
}
