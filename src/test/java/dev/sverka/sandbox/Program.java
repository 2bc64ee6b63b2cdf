package dev.sverka.sandbox;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * How tests start the program: as a jar with an archive of its loaded classes, made once for all tests of a build. A third
 * of what a start costs is loading and verifying classes, and tests start it some hundred times.
 */
final class Program {

    private static final Path FOLDER = Path.of("target/program").toAbsolutePath();
    private static final Path JAR = FOLDER.resolve("sverka.jar");
    private static final Path ARCHIVE = FOLDER.resolve("sverka.jsa");
    private static final String MAIN = "dev.sverka.Application";
    private static final List<String> JVM = List.of("-XX:TieredStopAtLevel=1",
            // what is counted as alive after a collection is alive: no gaps are left and filled with arrays
            "-XX:+UseSerialGC", "-XX:MarkSweepAlwaysCompactCount=1", "-Xmx256m");

    private Program() {
    }

    /** The command up to the program's arguments. */
    static synchronized List<String> command() throws IOException {
        Files.createDirectories(FOLDER);
        try (FileChannel channel = FileChannel.open(FOLDER.resolve("lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE); FileLock alone = channel.lock()) {
            Path classes = classes();
            if (!Files.exists(ARCHIVE) || newest(classes) > Files.getLastModifiedTime(JAR).toMillis()) {
                make(classes);
            }
        }
        return java(classPath(), MAIN, "-XX:SharedArchiveFile=" + ARCHIVE, "-Xshare:auto", "-Xlog:cds=off",
                "-Xlog:class+path=off");
    }

    /** The same with classes of a test beside it, one of which is started. An archive knows nothing of those. */
    static List<String> beside(Path classes, String main, String... options) {
        return java(entries().collect(Collectors.joining(File.pathSeparator)) + File.pathSeparator + classes, main, options);
    }

    private static List<String> java(String classPath, String main, String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(JVM);
        command.addAll(List.of("-cp", classPath, main));
        return command;
    }

    private static void make(Path classes) throws IOException {
        Files.deleteIfExists(ARCHIVE);
        pack(classes);
        Path home = Files.createTempDirectory(FOLDER, "home");
        Process training = new ProcessBuilder(with(java(classPath(), MAIN, "-XX:ArchiveClassesAtExit=" + ARCHIVE),
                "--sverka.home=" + home, "--server.port=0", "--server.address=127.0.0.1"))
                .redirectErrorStream(true).start();
        try (BufferedReader said = training.inputReader()) {
            said.lines().filter(line -> line.contains("Started Application")).findFirst()
                    .ifPresent(started -> training.toHandle().destroy()); // the other closes what is read here
            said.transferTo(Writer.nullWriter());
            training.waitFor();
        } catch (InterruptedException stopped) {
            training.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        FileSystemUtils.deleteRecursively(home);
    }

    static List<String> with(List<String> command, String... arguments) {
        return Stream.concat(command.stream(), Arrays.stream(arguments)).toList();
    }

    private static void pack(Path classes) throws IOException {
        try (JarOutputStream jar = new JarOutputStream(new BufferedOutputStream(Files.newOutputStream(JAR)));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(one -> !one.equals(classes)).sorted().toList()) {
                String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
                // folders too: whoever looks for all files of one finds it by its own entry
                jar.putNextEntry(new JarEntry(Files.isDirectory(file) ? name + "/" : name));
                if (Files.isRegularFile(file)) {
                    Files.copy(file, jar);
                }
            }
        }
    }

    private static long newest(Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.mapToLong(file -> {
                try {
                    return Files.getLastModifiedTime(file).toMillis();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }).max().orElseThrow();
        }
    }

    private static Path classes() {
        return entries().filter(entry -> entry.endsWith(File.separator + "classes")).map(Path::of).findFirst().orElseThrow();
    }

    /** The program's own class path: everything but the tests. */
    private static String classPath() {
        return entries().map(entry -> entry.endsWith(File.separator + "classes") ? JAR.toString() : entry)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Stream<String> entries() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(path.split(File.pathSeparator)).filter(entry -> !entry.endsWith("test-classes"));
    }
}
