package dev.sverka.flows.calendar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A calendar as it is sent; packed when somebody first asks for that. */
public final class CalendarBody {

    private final byte[] plain;
    private final String hash;
    private final Instant changedAt;
    private byte @Nullable [] packed;

    CalendarBody(byte[] plain, Instant changedAt) {
        this.plain = plain;
        this.hash = Contents.hash(plain);
        this.changedAt = changedAt;
    }

    public byte[] plain() {
        return plain;
    }

    public synchronized byte[] gzip() {
        if (packed == null) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 8);
            try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
                gzip.write(plain);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
            packed = bytes.toByteArray();
        }
        return packed;
    }

    /** Equal for equal bytes, so that a strong ETag can be made of it. */
    public String hash() {
        return hash;
    }

    /** Nothing in it is younger. */
    public Instant changedAt() {
        return changedAt;
    }

    int size() {
        return plain.length;
    }
}
