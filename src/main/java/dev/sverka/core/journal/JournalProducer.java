package dev.sverka.core.journal;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;

/** Stores a message as news of a flow. The names of its headers are told in {@code connector.SyncHeaders}. */
final class JournalProducer extends DefaultProducer {

    private final JournalEndpoint endpoint;

    JournalProducer(JournalEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public void process(Exchange exchange) {
        Message in = exchange.getMessage();
        String source = text(in, "SyncAccount");
        String account = endpoint.getAccount() != null ? endpoint.getAccount() : source;
        endpoint.getComponent().journal().offer(new Event(endpoint.getFlow(), account == null ? "none" : account,
                key(in), told(in), endpoint.isMelt(), in.getBody(), headers(in), null));
    }

    private String key(Message in) {
        String key = text(in, "SyncKey");
        String found = key != null ? key : text(in, "SyncId");
        if (found == null) {
            throw new IllegalArgumentException("News for journal:" + endpoint.getFlow() + " has no SyncId and no"
                    + " SyncKey; set one of these headers before this step");
        }
        return found;
    }

    /** Only news with a version can be told from its own repetition. */
    private Event.@Nullable Told told(Message in) {
        String version = text(in, "SyncVersion");
        if (version == null) {
            return null;
        }
        String part = version.substring(0, Math.max(0, version.indexOf('|')));
        return new Event.Told(String.join("/", String.valueOf(text(in, "SyncAccount")),
                String.valueOf(text(in, "SyncEntity")), String.valueOf(text(in, "SyncId")), endpoint.getFlow(), part),
                version);
    }

    private static Map<String, String> headers(Message in) {
        Map<String, String> headers = new HashMap<>();
        in.getHeaders().forEach((name, value) -> {
            if (name.startsWith("Sync") && !name.equals("SyncEntry") && value != null) {
                headers.put(name, value.toString());
            }
        });
        return headers;
    }

    private static @Nullable String text(Message in, String header) {
        return in.getHeader(header, String.class);
    }
}
