package dev.sverka.core.connector;

import dev.sverka.core.journal.Event;
import dev.sverka.core.journal.Journal;
import dev.sverka.core.journal.NotYet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What webhooks tell: appended to the journal as it came, and handed from there to the routes that wait for it. So a call
 * is answered without asking a vendor and without any route: neither a portal that hangs nor an edit of a route loses one.
 */
public class Pushes {

    /** The flow that {@link #hand} works off. */
    public static final String FLOW = "pushed";

    private static final Logger LOG = LoggerFactory.getLogger(Pushes.class);
    /** How long a route may be on its way: at the start, or in an edit. */
    private static final Duration ROUTES_STAND = Duration.ofMinutes(1);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Map<String, PushedConsumer> listening = new ConcurrentHashMap<>();
    private final Map<String, Hook> hooks = new ConcurrentHashMap<>();
    private final Journal journal;
    private final Clock clock;
    private final Instant started;

    Pushes(Journal journal, List<Hook> hooks, Clock clock) {
        this.journal = journal;
        this.clock = clock;
        this.started = clock.instant();
        hooks.forEach(hook -> this.hooks.put(hook.scheme(), hook));
    }

    void listen(String what, PushedConsumer consumer) {
        listening.put(what, consumer);
    }

    void leave(String what, PushedConsumer consumer) {
        listening.remove(what, consumer);
    }

    static String name(String scheme, String account, String entity) {
        return scheme + "." + account + "/" + entity;
    }

    /** The hook at {@code /hooks/<scheme>}; null where no vendor calls there. */
    public @Nullable Hook hook(String scheme) {
        return hooks.get(scheme);
    }

    /**
     * Durable when it returns, each call whole or not at all.
     *
     * @throws RuntimeException when it could not be stored: nothing of the call was
     */
    public void accept(String scheme, List<Hook.Pushed> news) {
        String told = clock.instant().toString();
        journal.acceptAll(news.stream().map(one -> {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("scheme", scheme);
            body.put("account", one.account());
            body.put("entity", one.entity());
            body.put("id", one.id());
            body.put("body", one.body());
            body.put("told", told);
            return new Event(FLOW, scheme + "." + one.account(),
                    name(scheme, one.account(), one.entity()) + "/" + one.id(), null, true, body,
                    Map.of(SyncHeaders.ID, one.id(), SyncHeaders.ACCOUNT, scheme + "." + one.account(),
                            SyncHeaders.ENTITY, one.entity()), null);
        }).toList());
    }

    /** Hands on what was told. What no route waits for once the routes stand is nobody's news. */
    void hand(Map<String, Object> told) {
        String scheme = String.valueOf(told.get("scheme"));
        Hook.Pushed pushed = new Hook.Pushed(String.valueOf(told.get("account")), String.valueOf(told.get("entity")),
                String.valueOf(told.get("id")), told.get("body"));
        Instant now = clock.instant();
        // work of before the start comes sooner than routes and mappings do, and a hook may need them to know what it is told
        if (listening.isEmpty() && now.isBefore(started.plus(ROUTES_STAND))) {
            throw new NotYet("the routes do not stand yet", LOOK_AGAIN);
        }
        Hook hook = hooks.get(scheme);
        Optional<Hook.Pushed> known = hook == null ? Optional.empty() : hook.resolve(pushed);
        if (known.isEmpty()) {
            return;
        }
        PushedConsumer consumer = listening.get(name(scheme, known.get().account(), known.get().entity()));
        if (consumer != null) {
            deliver(consumer, known.get());
        } else if (now.isBefore(later(Instant.parse(String.valueOf(told.get("told"))), started).plus(ROUTES_STAND))) {
            throw new NotYet("no route waits for " + scheme + ":" + known.get().entity() + "/pushed yet", LOOK_AGAIN);
        } else {
            LOG.debug("{} {} was told, and no route waits for it", scheme, known.get().entity());
        }
    }

    /** What was told before a stop is news as what was told after it. */
    private static Instant later(Instant told, Instant started) {
        return told.isAfter(started) ? told : started;
    }

    private static void deliver(PushedConsumer consumer, Hook.Pushed pushed) {
        Exchange exchange = consumer.exchange(pushed);
        try {
            consumer.getProcessor().process(exchange);
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalStateException(pushed.entity() + " " + pushed.id() + " was not taken", failure);
        } finally {
            consumer.releaseExchange(exchange, false);
        }
    }
}
