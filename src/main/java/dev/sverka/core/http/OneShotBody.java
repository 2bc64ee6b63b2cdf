package dev.sverka.core.http;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/**
 * A body that the engine never sends a second time by itself: it would after a 503 with {@code Retry-After: 0}, which
 * proves nothing of what a gateway has passed on.
 */
public final class OneShotBody extends RequestBody {

    private final MediaType type;
    private final byte[] bytes;

    public OneShotBody(MediaType type, byte[] bytes) {
        this.type = type;
        this.bytes = bytes;
    }

    @Override
    public MediaType contentType() {
        return type;
    }

    @Override
    public long contentLength() {
        return bytes.length;
    }

    @Override
    public boolean isOneShot() {
        return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        sink.write(bytes);
    }
}
