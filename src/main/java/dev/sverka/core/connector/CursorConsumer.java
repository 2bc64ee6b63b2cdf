package dev.sverka.core.connector;

import dev.sverka.core.http.VendorException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.ScheduledPollConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a feed from its position. Each page's news goes through the route and its position is saved in one
 * transaction: a crash in between loses neither, and what the overlap brings twice falls in the journal. One replica
 * reads a feed at a time.
 *
 * <p>Stopping it waits for the store, never for the vendor: a page that is still asked for is not delivered when it
 * comes, and is read again from the saved position by whoever reads the feed next.
 */
final class CursorConsumer extends ScheduledPollConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(CursorConsumer.class);
    private static final Duration LEASE = Duration.ofSeconds(30);
    /** How often it is looked whether a poll is due; feeds that begin later may put it off. */
    private static final Duration TICK = Duration.ofSeconds(1);
    /**
     * Reads apart from Camel's polling thread: that one is interrupted when the route stops, and H2 closes its file
     * under an interrupted thread.
     */
    private static final ExecutorService READERS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "feed");
        thread.setDaemon(true);
        return thread;
    });

    private final ConnectorEndpoint endpoint;
    private final String account;
    private final Feed feed;
    private final ConnectorParts parts;
    /** Held while a page goes through the route; {@link #stopping} changes under it. */
    private final ReentrantLock delivering = new ReentrantLock();
    private volatile boolean stopping;
    /** A route on trial is stopped without having been started: it takes nothing from the one that runs. */
    private volatile boolean polls;
    private volatile String said = "";
    private volatile Duration wished;
    /** By this machine's running time; null before the first poll. */
    private volatile @Nullable Long endedAt;

    CursorConsumer(ConnectorEndpoint endpoint, String account, Processor processor, Feed feed) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.account = account;
        this.feed = feed;
        this.parts = endpoint.parts();
        this.wished = feed.every();
    }

    @Override
    protected void doStart() throws Exception {
        stopping = false;
        endedAt = null;
        // here and no earlier: when it configures a consumer, Camel sets half a second where the route names no delay
        wished = endpoint.getDelay() < 0 ? feed.every() : Duration.ofMillis(endpoint.getDelay());
        setDelay(Math.max(1, Math.min(wished.toMillis(), TICK.toMillis())));
        if (endpoint.isOn(account)) {
            polls = true;
            wish();
            parts.rehearsal().awaits(feedName());
            super.doStart();
        } else {
            LOG.info("{} is off (no url or credential): {} is not read", accountName(), feedName());
        }
    }

    @Override
    protected void doStop() throws Exception {
        delivering.lock();
        try {
            stopping = true;
        } finally {
            delivering.unlock();
        }
        if (polls) {
            polls = false;
            parts.polls().end(accountName(), endpoint.entity());
        }
        super.doStop();
    }

    private void wish() {
        parts.polls().begin(accountName(), endpoint.entity(), new Polls.Wish(wished, feed.requests(account),
                endpoint.connector().pollsPerSecond(account)));
    }

    private Duration length() {
        return parts.polls().length(accountName(), endpoint.entity(), wished);
    }

    /** Polls of an account that come too often together would leave nothing for the work they tell. */
    private boolean isDue() {
        Long ended = endedAt;
        if (ended == null) {
            return true;
        }
        Duration since = Duration.ofNanos(System.nanoTime() - ended).plusMillis(1);
        Duration length = length();
        if (since.compareTo(wished) >= 0 && since.compareTo(length) < 0) {
            parts.polls().stretched(accountName(), wished, length);
        }
        return since.compareTo(length) >= 0;
    }

    private String accountName() {
        return endpoint.fullName(account);
    }

    /** The name of the position: one a feed, whichever route reads it. */
    private String feedName() {
        return accountName() + "/" + endpoint.entity();
    }

    @Override
    protected int poll() throws Exception {
        if (!isDue()) {
            return 0;
        }
        try {
            return READERS.submit(() -> stopping || !mayRead() ? 0 : read()).get();
        } catch (InterruptedException stopped) {
            return 0; // what is being read ends by itself, undelivered
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof Exception cause ? cause : failure;
        } finally {
            endedAt = System.nanoTime();
        }
    }

    private boolean mayRead() {
        return parts.accounts().pausedUntil(accountName()).isEmpty()
                && parts.leases().hold(feedName(), LEASE);
    }

    private int read() {
        int read = 0;
        boolean present = true;
        try {
            Feed.Pages pages = feed.open(account, parts.cursors().load(feedName()));
            for (Feed.Page page = pages.next(); page != null && !stopping; page = pages.next()) {
                if (!deliver(pages, page)) {
                    return read;
                }
                read += page.news().size();
                present = page.present();
                parts.accounts().success(accountName());
                said = "";
                parts.leases().hold(feedName(), LEASE);
            }
        } catch (RuntimeException afterTheEnd) {
            if (!stopping) {
                failed(afterTheEnd);
            }
        } finally {
            if (!stopping) { // the lease may be the successor's by now
                parts.leases().release(feedName());
                wish(); // by now the room may know better what a poll takes
            }
        }
        if (present) {
            parts.rehearsal().reached(feedName());
        }
        return read;
    }

    private void failed(RuntimeException failure) {
        if (failure instanceof VendorException verdict) {
            AccountStates.failed(parts.accounts(), verdict, parts.clock());
            say(verdict);
            parts.rehearsal().failed(feedName(), String.valueOf(verdict.getMessage()),
                    !(verdict instanceof VendorException.Refused));
        } else {
            parts.rehearsal().failed(feedName(), failure.toString(), true);
            parts.accounts().down(accountName(), endpoint.entity() + " cannot be read: " + failure);
            LOG.error("{} could not be read, next try in {} s", feedName(), length().toSeconds(), failure);
        }
    }

    /** False where the route has been stopped meanwhile. */
    private boolean deliver(Feed.Pages pages, Feed.Page page) {
        delivering.lock();
        try {
            if (stopping) {
                return false;
            }
            parts.transactions().executeWithoutResult(status -> {
                deliver(page);
                pages.stored(page);
            });
            return true;
        } finally {
            delivering.unlock();
        }
    }

    /** Once, until it is another trouble or is over: a poll a minute would fill the log with one sentence. */
    private void say(VendorException verdict) {
        String trouble = String.valueOf(verdict.getMessage());
        if (trouble.equals(said)) {
            LOG.debug("{} still cannot be read: {}", feedName(), trouble);
        } else if (verdict instanceof VendorException.NotYet) {
            // a limit that we keep ourselves is no trouble; a feed that falls silent by it is told by the alerts
            LOG.info("{} waits, next try in {} s: {}", feedName(), length().toSeconds(), trouble);
            said = trouble;
        } else {
            LOG.warn("{} could not be read, next try in {} s: {}", feedName(), length().toSeconds(), trouble);
            said = trouble;
        }
    }

    /** What the page tells is stored together when all of it went through the route: keys are locked in one order. */
    private void deliver(Feed.Page page) {
        parts.journal().gather(() -> page.news().forEach(this::deliver));
        parts.cursors().save(feedName(), page.position());
        if (page.present()) {
            parts.cursors().reached(feedName());
        }
    }

    private void deliver(Feed.News news) {
        Exchange exchange = createExchange(false);
        try {
            exchange.getIn().setHeaders(headers(news));
            exchange.getIn().setBody(news.body());
            getProcessor().process(exchange);
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalStateException(feedName() + " " + news.id() + " was not taken", failure);
        } finally {
            releaseExchange(exchange, false);
        }
    }

    private Map<String, Object> headers(Feed.News news) {
        Map<String, Object> headers = new HashMap<>(Map.of(
                SyncHeaders.ACCOUNT, accountName(),
                SyncHeaders.ENTITY, endpoint.entity(),
                SyncHeaders.ID, news.id(),
                SyncHeaders.KEY, news.id()));
        if (news.version() != null) {
            headers.put(SyncHeaders.VERSION, news.version());
        }
        return headers;
    }
}
