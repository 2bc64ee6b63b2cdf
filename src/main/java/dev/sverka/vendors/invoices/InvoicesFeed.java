package dev.sverka.vendors.invoices;

import dev.sverka.core.connector.DropFolder;
import dev.sverka.core.connector.Feed;
import dev.sverka.core.http.VendorException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The files of a drop folder as a feed: one file is one page, so it is journaled whole or not at all. */
final class InvoicesFeed implements Feed {

    private static final Duration EVERY = Duration.ofSeconds(2);
    /** How often an account whose folder stays empty says that it is well. */
    private static final Duration SIGN_OF_LIFE = Duration.ofMinutes(1);
    /** How long a folder in trouble is left alone, so that the log is not flooded. */
    private static final Duration REST = Duration.ofSeconds(15);

    private final Function<String, DropFolder> folders;
    private final InvoiceRows rows;
    private final PdfReader reader;
    private final Clock clock;
    private final Map<String, Instant> restUntil = new ConcurrentHashMap<>();
    private final Map<String, Instant> wellAt = new ConcurrentHashMap<>();

    InvoicesFeed(Function<String, DropFolder> folders, InvoiceRows rows, PdfReader reader, Clock clock) {
        this.reader = reader;
        this.folders = folders;
        this.rows = rows;
        this.clock = clock;
    }

    @Override
    public Duration every() {
        return EVERY;
    }

    /** The position is not used: what was taken is known by its content. */
    @Override
    public Pages open(String name, Map<String, String> position) {
        String account = "invoices." + name;
        if (clock.instant().isBefore(restUntil.getOrDefault(account, Instant.EPOCH))) {
            return () -> null;
        }
        try {
            return new InvoiceFiles(this, account, folders.apply(name), rows, clock, position);
        } catch (IOException trouble) {
            throw down(account, trouble);
        }
    }

    PdfReader reader() {
        return reader;
    }

    boolean isSignDue(String account) {
        Instant now = clock.instant();
        boolean due = !now.isBefore(wellAt.getOrDefault(account, Instant.EPOCH).plus(SIGN_OF_LIFE));
        if (due) {
            wellAt.put(account, now);
        }
        return due;
    }

    VendorException down(String account, IOException trouble) {
        restUntil.put(account, clock.instant().plus(REST));
        wellAt.remove(account);
        return new VendorException.Transient(account, 0, "folder", account + ": " + trouble.getClass().getSimpleName()
                + " at " + trouble.getMessage() + "; mend sverka." + account + ".folder or the rights on it, the files go"
                + " on by themselves then", null, trouble);
    }
}
