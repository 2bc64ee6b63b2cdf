package dev.sverka.core.connector;

import dev.sverka.core.http.VendorException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.ScheduledPollConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a feed from its position. Each page's news goes through the route and its position is saved in one
 * transaction: a crash in between loses neither, and what the overlap brings twice falls in the journal. One replica
 * reads a feed at a time.
 */
final class CursorConsumer extends ScheduledPollConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(CursorConsumer.class);
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final ConnectorEndpoint endpoint;
    private final String account;
    private final Feed feed;
    private final ConnectorParts parts;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile boolean stopping;
    private volatile String said = "";

    CursorConsumer(ConnectorEndpoint endpoint, String account, Processor processor, Feed feed) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.account = account;
        this.feed = feed;
        this.parts = endpoint.parts();
    }

    @Override
    protected void doStart() throws Exception {
        stopping = false;
        // here and no earlier: when it configures a consumer, Camel sets half a second where the route names no delay
        if (endpoint.getDelay() < 0) {
            setDelay(feed.every().toMillis());
        }
        if (endpoint.isOn(account)) {
            parts.rehearsal().awaits(feedName());
            super.doStart();
        } else {
            LOG.info("{} is off (no url or credential): {} is not read", accountName(), feedName());
        }
    }

    /** Camel would interrupt a poll at work, and H2 closes its file under an interrupted thread: the page ends first. */
    @Override
    protected void doStop() throws Exception {
        stopping = true;
        reading.lock();
        try {
            super.doStop();
        } finally {
            reading.unlock();
        }
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
        if (!reading.tryLock()) {
            return 0;
        }
        try {
            return stopping || !mayRead() ? 0 : read();
        } finally {
            reading.unlock();
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
                Feed.Page whole = page;
                parts.transactions().executeWithoutResult(status -> {
                    deliver(whole);
                    pages.stored(whole);
                });
                read += whole.news().size();
                present = whole.present();
                parts.accounts().success(accountName());
                said = "";
                parts.leases().hold(feedName(), LEASE);
            }
        } catch (VendorException failure) {
            AccountStates.failed(parts.accounts(), failure, parts.clock());
            say(String.valueOf(failure.getMessage()));
            parts.rehearsal().failed(feedName(), String.valueOf(failure.getMessage()),
                    !(failure instanceof VendorException.Refused));
        } catch (RuntimeException failure) {
            parts.accounts().down(accountName(), endpoint.entity() + " cannot be read: " + failure);
            parts.rehearsal().failed(feedName(), failure.toString(), true);
            LOG.error("{} could not be read, next try in {} s", feedName(), feed.every().toSeconds(), failure);
        } finally {
            parts.leases().release(feedName());
        }
        if (present) {
            parts.rehearsal().reached(feedName());
        }
        return read;
    }

    /** Once, until it is another trouble or is over: a poll a minute would fill the log with one sentence. */
    private void say(String trouble) {
        if (trouble.equals(said)) {
            LOG.debug("{} still cannot be read: {}", feedName(), trouble);
        } else {
            LOG.warn("{} could not be read, next try in {} s: {}", feedName(), feed.every().toSeconds(), trouble);
            said = trouble;
        }
    }

    private void deliver(Feed.Page page) {
        for (Feed.News news : page.news()) {
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
        parts.cursors().save(feedName(), page.position());
        if (page.present()) {
            parts.cursors().reached(feedName());
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
