package dev.sverka.vendors.tochka;

import dev.sverka.core.connector.Operation.Effect;
import dev.sverka.core.connector.Operation.Request;
import dev.sverka.core.connector.Operation;
import dev.sverka.core.http.VendorException;
import dev.sverka.vendors.tochka.TochkaClient.Subscription;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one subscription of a client id (tochka.md section 7.1). One that has our address is adopted and keeps the events
 * it has; one with another address belongs to somebody and is replaced only when that is asked for.
 */
final class TochkaWebhooks {

    /** The events that say something of a bank account. */
    static final List<String> USEFUL = List.of("incomingPayment", "outgoingPayment");

    private final TochkaProperties properties;
    private final Function<String, TochkaAccount> accounts;
    private final @Nullable String publicUrl;

    TochkaWebhooks(TochkaProperties properties, Function<String, TochkaAccount> accounts, @Nullable String publicUrl) {
        this.properties = properties;
        this.accounts = accounts;
        this.publicUrl = publicUrl;
    }

    Map<String, Operation> operations() {
        return Map.of(
                "list", new Operation("list", "Reads the subscription to events: url: and types:, or nothing",
                        (Operation.Read) this::list),
                "upsert", new Operation("upsert", "Subscribes url: (left out: this daemon) to types: of events; one"
                        + " with another address is taken over with replace: true only", (Operation.Write) this::upsert));
    }

    private Object list(Request request) {
        return accounts.apply(request.account()).client().subscription(clientId(request.account()))
                .map(one -> List.of(told(one))).orElse(List.of());
    }

    private static Map<String, Object> told(Subscription one) {
        return Map.of("url", one.url(), "types", one.types());
    }

    private Optional<Effect> upsert(Request request) {
        TochkaClient client = accounts.apply(request.account()).client();
        String clientId = clientId(request.account());
        Map<?, ?> asked = request.body() instanceof Map<?, ?> map ? map : Map.of();
        String url = url(client, asked);
        TreeSet<String> types = new TreeSet<>();
        (asked.get("types") instanceof List<?> named ? named : USEFUL)
                .forEach(type -> types.add(type.toString()));
        Optional<Subscription> before = client.subscription(clientId);
        if (before.isPresent() && before.get().url().equals(url)) {
            if (before.get().types().containsAll(types)) {
                return Optional.empty();
            }
            types.addAll(before.get().types());
        } else if (before.isPresent() && !Boolean.TRUE.equals(asked.get("replace"))) {
            throw new VendorException.Refused(client.account(), 0, "taken", client.account() + ": the bank tells "
                    + before.get().url() + " of events, and a client id has one address only; make a key of its own"
                    + " for this daemon, or ask with replace: true");
        }
        Subscription wanted = new Subscription(List.copyOf(types), url);
        return Optional.of(new Effect("webhook", null, told(wanted),
                () -> client.subscription(clientId).filter(wanted::equals).map(TochkaWebhooks::told),
                () -> told(send(client, clientId, wanted, before.isPresent()))));
    }

    private Subscription send(TochkaClient client, String clientId, Subscription wanted, boolean exists) {
        try {
            return client.subscribe(clientId, wanted, exists);
        } catch (VendorException.Refused refused) {
            throw new VendorException.Refused(client.account(), refused.status(), refused.code(), refused.getMessage()
                    + "; the bank tries " + wanted.url() + " first: it must be https on port 443, reachable from"
                    + " outside and answer 200, with sverka." + client.account() + ".webhook-key-url as it is");
        }
    }

    private String url(TochkaClient client, Map<?, ?> asked) {
        if (asked.get("url") != null) {
            return asked.get("url").toString();
        }
        return hookUrl().orElseThrow(() -> new VendorException.Refused(client.account(), 0, "url",
                "sverka.public-url is not set: the bank cannot be told where this daemon is"));
    }

    /** Where the bank reaches this daemon. */
    Optional<String> hookUrl() {
        return Optional.ofNullable(publicUrl).map(base -> base + "/hooks/tochka");
    }

    private String clientId(String account) {
        TochkaProperties.Account configured = properties.tochka().get(account);
        String id = configured == null ? null : configured.clientId();
        if (id == null || id.isBlank()) {
            throw new VendorException.Refused("tochka." + account, 0, "client-id", "sverka.tochka." + account
                    + ".client-id is not set: the internet bank shows it beside the key");
        }
        return id;
    }
}
