package dev.sverka.vendors.invoices;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads PDFs in a process of its own. A file is anything that somebody sends: no thread can be stopped that works on one
 * without end, and no memory is safe from it, but a process can be ended. The same one reads file after file, and ends
 * by itself when there are none.
 */
final class PdfReader implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String LAUNCHER = "org.springframework.boot.loader.launch.PropertiesLauncher";

    private final Duration patience;
    private volatile @Nullable Running running;

    PdfReader() {
        this(PATIENCE);
    }

    PdfReader(Duration patience) {
        this.patience = patience;
    }

    /** A file is no PDF, is encrypted, or cannot be read in time or in memory. */
    static final class Unreadable extends IOException {
        Unreadable(String message) {
            super(message);
        }
    }

    private record Running(Process process, DataInputStream in, DataOutputStream out) {
    }

    /**
     * Reads one after another, whoever asks.
     *
     * @throws Unreadable where it is the file's fault
     * @throws IOException where nothing can be read here
     */
    synchronized InvoicePdf read(byte[] content) throws IOException {
        Running before = running;
        if (before != null && before.process().isAlive()) {
            try {
                return read(content, before);
            } catch (Unreadable its) {
                throw its;
            } catch (IOException ended) {
                // it had nothing to do for so long that it ended just now
            }
        }
        Running started = start();
        try {
            return read(content, started);
        } catch (Unreadable its) {
            throw its;
        } catch (IOException ended) {
            throw new Unreadable("it takes more memory to read than an invoice may");
        }
    }

    private InvoicePdf read(byte[] content, Running reader) throws IOException {
        CompletableFuture<Void> reading = patience(reader.process());
        String text = null;
        try {
            reader.out().writeInt(content.length);
            reader.out().write(content);
            reader.out().flush();
            boolean good = reader.in().readBoolean();
            String told = new String(bytes(reader.in()), StandardCharsets.UTF_8);
            if (!good) {
                throw new Unreadable(told);
            }
            text = told;
            byte[] picture = bytes(reader.in());
            return new InvoicePdf(text, picture.length == 0 ? null : picture);
        } catch (Unreadable its) {
            throw its;
        } catch (IOException broken) {
            end(reader.process());
            if (text != null) {
                return new InvoicePdf(text, null);
            }
            if (reading.isCompletedExceptionally()) {
                throw new Unreadable("it takes too long to read");
            }
            throw broken;
        } finally {
            reading.complete(null);
        }
    }

    /** Ends the process unless it is completed in time. */
    private CompletableFuture<Void> patience(Process process) {
        CompletableFuture<Void> waiting = new CompletableFuture<>();
        waiting.whenComplete((nothing, late) -> {
            if (late != null) {
                process.destroyForcibly();
            }
        });
        return waiting.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > InvoicePdf.LARGEST_ANSWER) {
            throw new EOFException("an answer of " + length + " bytes");
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    private Running start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command()).redirectError(ProcessBuilder.Redirect.DISCARD);
        // what the daemon is told in secret is none of its business
        builder.environment().keySet().removeIf(name -> !List.of("HOME", "LANG", "LD_LIBRARY_PATH", "TMPDIR")
                .contains(name));
        builder.environment().put("CLASSPATH", classPath());
        Process process = builder.start();
        Running started = new Running(process, new DataInputStream(new BufferedInputStream(process.getInputStream())),
                new DataOutputStream(process.getOutputStream()));
        CompletableFuture<Void> starting = patience(process);
        try {
            started.in().readBoolean();
        } catch (IOException notStarted) {
            end(process);
            throw new IOException("the process that reads PDFs, which does not start", notStarted);
        } finally {
            starting.complete(null);
        }
        running = started;
        return started;
    }

    private static List<String> command() {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true",
                "-Dorg.apache.commons.logging.Log=org.apache.commons.logging.impl.NoOpLog"));
        if (PdfReader.class.getProtectionDomain().getCodeSource().getLocation().toString().contains("nested:")) {
            // from the executable jar
            command.addAll(List.of("-Dloader.main=" + PdfProcess.class.getName(), LAUNCHER));
        } else {
            command.add(PdfProcess.class.getName());
        }
        return command;
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString()).collect(Collectors.joining(File.pathSeparator));
    }

    private void end(Process reader) {
        reader.destroyForcibly();
        try {
            reader.waitFor(1, TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        running = null;
    }

    @Override
    public void close() {
        Running reader = running;
        if (reader != null) {
            reader.process().destroyForcibly();
        }
    }
}
