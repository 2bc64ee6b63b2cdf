package dev.sverka.vendors.statements;

import dev.sverka.core.connector.DropFolder.Drop;
import dev.sverka.core.connector.DropFolder;
import dev.sverka.core.connector.Feed;
import dev.sverka.vendors.statements.Finding.Kind;
import dev.sverka.vendors.statements.StatementReader.Reading;
import dev.sverka.vendors.statements.StatementRows.Taken;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that stand still at one look, one page each. A file leaves its folder only after its page is committed; a
 * crash in between is made up for at the next look, which knows the file by its hash.
 */
final class StatementFiles {

    private static final Logger LOG = LoggerFactory.getLogger(StatementFiles.class);
    private static final long LARGEST = 50L * 1024 * 1024;
    private static final int MOST_FINDINGS = 200;

    private final StatementsAccount account;
    private final StatementRows rows;
    private final Clock clock;
    private final Map<String, String> position;
    private final Deque<Drop> left;
    private @Nullable Read read;
    private @Nullable IOException trouble;

    StatementFiles(StatementsAccount account, StatementRows rows, Clock clock, Map<String, String> position)
            throws IOException {
        this.account = account;
        this.rows = rows;
        this.clock = clock;
        this.position = position;
        this.left = new ArrayDeque<>(account.folder().still());
    }

    /** A file whose page has been handed out. */
    private record Read(Drop drop, String hash, Reading reading, @Nullable String report) {
    }

    /**
     * The next file's page; null when there is none.
     *
     * @throws IOException where a file could not be read or moved; the others have been taken all the same
     */
    Feed.@Nullable Page next() throws IOException {
        leave();
        while (!left.isEmpty()) {
            Drop drop = left.remove();
            try {
                Feed.Page page = take(drop);
                if (page != null) {
                    return page;
                }
            } catch (IOException unreadable) {
                trouble = unreadable;
            }
        }
        if (trouble != null) {
            throw trouble;
        }
        return null;
    }

    /** Joins the transaction in which the page handed out last is stored. */
    void stored() {
        if (read != null) {
            read.reading().retelling().store(rows);
            rows.take(read.hash(), account.name(), read.drop().name(),
                    new Taken(read.reading().isComplete(), read.report()), clock.millis());
        }
    }

    private void leave() throws IOException {
        if (read != null) {
            Read committed = read;
            read = null;
            move(committed.drop(), DropFolder.DONE, committed.report());
        }
    }

    private Feed.@Nullable Page take(Drop drop) throws IOException {
        try {
            if (drop.look().size() > LARGEST) {
                throw new Refusal(Kind.FILE, 0, "файл больше 50 МБ", "выгрузите выписку за меньший срок");
            }
            Optional<byte[]> bytes = account.folder().read(drop);
            return bytes.isEmpty() ? null : take(drop, bytes.get());
        } catch (Refusal refusal) {
            move(drop, DropFolder.FAILED, "Файл «" + printable(drop) + "» не принят, из него ничего не взято.\n\n"
                    + listed(refusal.findings())).ifPresent(name -> LOG.warn(
                    "{}: {} was refused ({}); {}/{}.txt says what to do", account.name(), printable(drop),
                    refusal.getMessage(), DropFolder.FAILED, name));
            return null;
        }
    }

    private Feed.@Nullable Page take(Drop drop, byte[] bytes) throws IOException, Refusal {
        String hash = hash(bytes);
        Optional<Taken> before = rows.taken(hash);
        if (before.isPresent() && before.get().complete()) {
            move(drop, DropFolder.DONE, before.get().report());
            LOG.info("{}: {} was taken before, it tells nothing new", account.name(), printable(drop));
            return null;
        }
        Reading reading = account.reader().read(bytes);
        List<Feed.News> news = reading.news();
        // what there was to tell at the first time is not found again, because it is known by now
        boolean again = before.isPresent() && reading.told() == 0 && !reading.isComplete();
        read = new Read(drop, hash, reading, again ? before.get().report() : report(drop, reading));
        LOG.info("{}: {} tells {} operations, {} of them new or changed{}", account.name(), printable(drop),
                reading.rows(), reading.told(), reading.findings().isEmpty() ? "" : "; findings: "
                        + Finding.logged(reading.findings()));
        return new Feed.Page(news, position, true);
    }

    /** Null where there is nothing to say. Holds no times: the same file gets the same words. */
    private static @Nullable String report(Drop drop, Reading reading) {
        return reading.findings().isEmpty() ? null : "Файл «" + printable(drop) + "» принят"
                + (reading.isComplete() ? ", но есть замечания" : " не полностью") + ". Принято операций: "
                + reading.rows() + ".\n\n" + listed(reading.findings());
    }

    private static String listed(List<Finding> findings) {
        int more = findings.size() - MOST_FINDINGS;
        return findings.stream().limit(MOST_FINDINGS).map(Finding::toString)
                .collect(Collectors.joining("\n\n", "", more > 0 ? "\n\nИ ещё замечаний: " + more + "\n" : "\n"));
    }

    private Optional<String> move(Drop drop, String to, @Nullable String report) throws IOException {
        return account.folder().move(drop, to, report);
    }

    /** A file's name is anything but {@code /}: line ends too. */
    private static String printable(Drop drop) {
        return drop.name().replaceAll("\\p{Cntrl}", "?");
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
