package dev.sverka.vendors.invoices;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The process in which {@link PdfReader} reads: a file comes in by its length and bytes; back go whether it is a PDF,
 * its text or what is wrong with it, and its picture.
 */
final class PdfProcess {

    /** With nothing to do, or with one file: longer than the daemon has patience, should that be gone. */
    private static final long LONGEST_NANOS = 30_000_000_000L;
    private static final long LOOK_MILLIS = 1000;
    private static final AtomicLong SINCE = new AtomicLong(System.nanoTime());

    private PdfProcess() {
    }

    /** Ends with the daemon's end of the pipe. */
    public static void main(String[] nothing) throws IOException {
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out));
        // whatever else is printed is no answer
        System.setOut(System.err);
        endAtLast();
        out.writeBoolean(true);
        out.flush();
        DataInputStream in = new DataInputStream(System.in);
        while (true) {
            byte[] content;
            try {
                content = new byte[in.readInt()];
                in.readFully(content);
            } catch (EOFException noMore) {
                return;
            }
            SINCE.set(System.nanoTime());
            answer(content, out);
            SINCE.set(System.nanoTime());
        }
    }

    private static void answer(byte[] content, DataOutputStream out) throws IOException {
        try (InvoicePdf.Opened pdf = InvoicePdf.open(content)) {
            byte[] text = pdf.text().getBytes(StandardCharsets.UTF_8);
            out.writeBoolean(true);
            write(out, text);
            byte[] picture = pdf.picture();
            write(out, picture == null ? new byte[0] : picture);
        } catch (IOException | RuntimeException | StackOverflowError broken) {
            out.writeBoolean(false);
            write(out, String.valueOf(broken.getMessage()).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
        out.flush();
    }

    private static void endAtLast() {
        Thread watch = new Thread(() -> {
            while (System.nanoTime() - SINCE.get() < LONGEST_NANOS) {
                try {
                    Thread.sleep(LOOK_MILLIS);
                } catch (InterruptedException never) {
                    break;
                }
            }
            Runtime.getRuntime().halt(1);
        }, "watch");
        watch.setDaemon(true);
        watch.start();
    }
}
