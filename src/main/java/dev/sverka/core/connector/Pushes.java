package dev.sverka.core.connector;

import dev.sverka.core.journal.Journal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;

/** Brings what webhooks tell to the routes that wait for it, each call whole or not at all. */
public class Pushes {

    private final Map<String, PushedConsumer> listening = new ConcurrentHashMap<>();
    private final Journal journal;

    public Pushes(Journal journal) {
        this.journal = journal;
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

    /**
     * Durable when it returns; what no route waits for is ignored.
     *
     * @throws RuntimeException when it could not be stored: nothing of the call was
     */
    public void deliver(String scheme, List<Hook.Pushed> news) {
        journal.gather(() -> {
            for (Hook.Pushed pushed : news) {
                PushedConsumer consumer = listening.get(name(scheme, pushed.account(), pushed.entity()));
                if (consumer != null) {
                    deliver(consumer, pushed);
                }
            }
        });
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
