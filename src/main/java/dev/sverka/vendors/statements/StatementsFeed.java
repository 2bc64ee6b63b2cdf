package dev.sverka.vendors.statements;

import dev.sverka.core.connector.Feed;
import dev.sverka.core.http.VendorException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The files of a drop folder as a feed: one file is one page, so it is journaled whole or not at all. */
final class StatementsFeed implements Feed {

    private static final Duration EVERY = Duration.ofSeconds(2);
    /** How often an account whose folder stays empty says that it is well. */
    private static final Duration SIGN_OF_LIFE = Duration.ofMinutes(1);
    /** How long a folder in trouble is left alone, so that the log is not flooded. */
    private static final Duration REST = Duration.ofSeconds(15);

    private final Function<String, StatementsAccount> accounts;
    private final StatementRows rows;
    private final Clock clock;
    private final Map<String, Instant> restUntil = new ConcurrentHashMap<>();
    private final Map<String, Instant> wellAt = new ConcurrentHashMap<>();

    StatementsFeed(Function<String, StatementsAccount> accounts, StatementRows rows, Clock clock) {
        this.accounts = accounts;
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
        if (clock.instant().isBefore(restUntil.getOrDefault(name, Instant.EPOCH))) {
            return () -> null;
        }
        StatementsAccount account = accounts.apply(name);
        try {
            StatementFiles files = new StatementFiles(account, rows, clock, position);
            return new Watched(name, files, position);
        } catch (IOException trouble) {
            throw down(name, trouble);
        }
    }

    private VendorException down(String name, IOException trouble) {
        restUntil.put(name, clock.instant().plus(REST));
        wellAt.remove(name);
        String account = "statements." + name;
        return new VendorException.Transient(account, 0, "folder", account + ": " + words(trouble)
                + "; mend sverka." + account + ".folder or the rights on it, the files go on by themselves then", null,
                trouble);
    }

    /** What happened and where; Java's own messages often hold the path alone. */
    static String words(IOException trouble) {
        String where = trouble.getMessage();
        if (trouble instanceof NoSuchFileException) {
            return "there is no folder " + where;
        }
        if (trouble instanceof NotDirectoryException || trouble instanceof FileAlreadyExistsException) {
            return where + " is no folder";
        }
        return trouble instanceof AccessDeniedException ? "no right to read or write " + where
                : trouble.getClass().getSimpleName() + " at " + where;
    }

    /** Ends with an empty page now and then: only a page tells that the account is up. */
    private final class Watched implements Pages {

        private final String name;
        private final StatementFiles files;
        private final Map<String, String> position;

        Watched(String name, StatementFiles files, Map<String, String> position) {
            this.name = name;
            this.files = files;
            this.position = position;
        }

        @Override
        public @Nullable Page next() {
            try {
                Page page = files.next();
                Instant quietSince = wellAt.getOrDefault(name, Instant.EPOCH);
                if (page == null && !clock.instant().isBefore(quietSince.plus(SIGN_OF_LIFE))) {
                    page = new Page(List.of(), position, true);
                }
                if (page != null) {
                    wellAt.put(name, clock.instant());
                }
                return page;
            } catch (IOException trouble) {
                throw down(name, trouble);
            }
        }

        @Override
        public void stored(Page page) {
            files.stored();
        }
    }
}
