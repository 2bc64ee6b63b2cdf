package dev.sverka.vendors.invoices;

import dev.sverka.core.connector.DropFolder.Drop;
import dev.sverka.core.connector.DropFolder;
import dev.sverka.core.connector.Feed;
import dev.sverka.records.invoice.InvoiceFile;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The invoice files that stand still at one look, one page each. A file leaves its folder only after its page is
 * committed; a crash in between is made up for at the next look, which knows the file by its hash.
 */
final class InvoiceFiles implements Feed.Pages {

    private static final Logger LOG = LoggerFactory.getLogger(InvoiceFiles.class);
    private static final long LARGEST = 10L * 1024 * 1024;

    private final String account;
    private final DropFolder folder;
    private final InvoiceRows rows;
    private final Clock clock;
    private final Map<String, String> position;
    private final InvoicesFeed feed;
    private final Deque<Drop> left;
    private @Nullable Read read;
    private boolean ended;

    InvoiceFiles(InvoicesFeed feed, String account, DropFolder folder, InvoiceRows rows, Clock clock,
            Map<String, String> position) throws IOException {
        this.feed = feed;
        this.account = account;
        this.folder = folder;
        this.rows = rows;
        this.clock = clock;
        this.position = position;
        this.left = new ArrayDeque<>(folder.still());
    }

    /** A file whose page has been handed out. */
    private record Read(Drop drop, String hash, byte[] content, InvoicePdf pdf) {
    }

    @Override
    public Feed.@Nullable Page next() {
        try {
            leave();
            while (!left.isEmpty()) {
                Feed.Page page = take(left.remove());
                if (page != null) {
                    return page;
                }
            }
        } catch (IOException trouble) {
            throw feed.down(account, trouble);
        }
        if (!ended && feed.isSignDue(account)) {
            ended = true;
            return new Feed.Page(List.of(), position, true);
        }
        return null;
    }

    /** Joins the transaction in which the page handed out last is stored. */
    @Override
    public void stored(Feed.Page page) {
        if (read != null && !page.news().isEmpty()) {
            rows.take(read.hash(), account, read.drop().name(), read.content(), read.pdf().picture(), clock.millis());
        }
    }

    private void leave() throws IOException {
        if (read != null) {
            Drop committed = read.drop();
            read = null;
            folder.move(committed, DropFolder.DONE, null);
        }
    }

    private Feed.@Nullable Page take(Drop drop) throws IOException {
        if (drop.look().size() > LARGEST) {
            refuse(drop, "файл больше 10 МБ; положите сам счёт, без приложений");
            return null;
        }
        Instant readAt = clock.instant();
        Optional<byte[]> bytes = folder.read(drop);
        if (bytes.isEmpty()) {
            return null;
        }
        String hash = hash(bytes.get());
        if (rows.isTaken(hash)) {
            folder.move(drop, DropFolder.DONE, null);
            LOG.info("{}: {} was taken before", account, printable(drop));
            return null;
        }
        InvoicePdf pdf;
        try {
            pdf = feed.reader().read(bytes.get());
        } catch (PdfReader.Unreadable noPdf) {
            refuse(drop, "это не PDF, он защищён паролем или слишком сложен; сохраните счёт в PDF без пароля");
            return null;
        }
        InvoiceText text = InvoiceText.read(pdf.text());
        read = new Read(drop, hash, bytes.get(), pdf);
        LOG.info("{}: {} was read{}", account, printable(drop), text.faults().isEmpty() ? "" : "; "
                + text.faults().size() + " things of it could not be");
        InvoiceFile file = new InvoiceFile(account, hash, printable(drop), text.number(), text.date(), text.amount(),
                text.vatRate(), text.vat(), text.seller(), text.buyer(), text.contract(), text.faults(), readAt);
        return new Feed.Page(List.of(new Feed.News(hash, hash, file)), position, true);
    }

    private void refuse(Drop drop, String why) throws IOException {
        folder.move(drop, DropFolder.FAILED, "Файл «" + printable(drop) + "» не принят: " + why + ".\n")
                .ifPresent(name -> LOG.warn("{}: {} was refused; {}/{}.txt says why", account, printable(drop),
                        DropFolder.FAILED, name));
    }

    /** A file's name is anything but {@code /}: line ends too. */
    private static String printable(Drop drop) {
        return Objects.requireNonNull(drop.name()).replaceAll("\\p{Cntrl}", "?");
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
