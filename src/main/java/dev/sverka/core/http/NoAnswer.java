package dev.sverka.core.http;

import java.io.IOException;

/** No usable answer came. Whether the vendor may have carried the call out is the one thing that matters then. */
public final class NoAnswer extends IOException {

    private final boolean mayHaveArrived;

    NoAnswer(String message, boolean mayHaveArrived, IOException cause) {
        super(message, cause);
        this.mayHaveArrived = mayHaveArrived;
    }

    /** True once the first byte of the request was on its way. */
    public boolean mayHaveArrived() {
        return mayHaveArrived;
    }
}
