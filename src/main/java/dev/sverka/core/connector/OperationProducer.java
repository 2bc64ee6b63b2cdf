package dev.sverka.core.connector;

import dev.sverka.core.http.VendorException;
import dev.sverka.core.journal.Intent;
import dev.sverka.core.journal.Intents;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;

/** Carries out one operation of a vendor for a route; every write goes out as an intent. */
final class OperationProducer extends DefaultProducer {

    private final ConnectorEndpoint endpoint;
    private final Operation operation;
    private final ConnectorParts parts;

    OperationProducer(ConnectorEndpoint endpoint, Operation operation) {
        super(endpoint);
        this.endpoint = endpoint;
        this.operation = operation;
        this.parts = endpoint.parts();
    }

    @Override
    public void process(Exchange exchange) {
        String account = endpoint.accountOf(exchange.getIn());
        String name = endpoint.fullName(account);
        if (!endpoint.isOn(account)) {
            throw new VendorException.NotYet(name, 0, "off", name
                    + " is off: give it a url and a credential, then this work goes on by itself");
        }
        awaitPause(name);
        Operation.Request request = new Operation.Request(account, endpoint.entity(), exchange.getIn().getBody());
        try {
            exchange.getIn().setBody(operation.step() instanceof Operation.Write write
                    ? write(write, request, exchange, name) : ((Operation.Read) operation.step()).read(request));
            parts.accounts().success(name);
        } catch (VendorException failure) {
            AccountStates.failed(parts.accounts(), failure, parts.clock());
            throw failure;
        } catch (Operation.Partly half) {
            AccountStates.failed(parts.accounts(), half.verdict(), parts.clock());
            throw half;
        }
    }

    /** Work that came from elsewhere is not held back with the account's own: it must not ask on and on either. */
    private void awaitPause(String account) {
        parts.accounts().pausedUntil(account).ifPresent(until -> {
            Duration left = Duration.between(parts.clock().instant(), until);
            throw new VendorException.NotYet(account, 0, "paused", account + " takes no calls at this moment, as the"
                    + " status says why; this work goes on by itself", left.isNegative() ? Duration.ZERO : left);
        });
    }

    /** What the item holds now of what is to be written; empty for one that is not there, or cannot be read alone. */
    private Map<String, Object> before(Operation.Request request, Operation.Effect wanted) {
        Operation get = endpoint.connector().operations(endpoint.entity()).get("get");
        Object id = request.body() instanceof Map<?, ?> map ? map.get("id") : null;
        if (wanted.marker() != null || id == null || get == null || !(get.step() instanceof Operation.Read read)) {
            return Map.of();
        }
        try {
            return read.read(new Operation.Request(request.account(), request.entity(), Map.of("id", id)))
                    instanceof Map<?, ?> item ? Rehearsal.ofSameKeys(item, wanted.content()) : Map.of();
        } catch (VendorException unreadable) {
            return Map.of();
        }
    }

    private static boolean isOfAnItem(Operation.Request request, Operation.Effect wanted) {
        return request.body() instanceof Map<?, ?> map && (map.containsKey("id") || map.containsKey("marker"))
                && !wanted.content().containsKey("deleted");
    }

    /** A vendor's verdict that is not {@code Unclear} says that nothing was carried out. */
    private static boolean isUnclear(RuntimeException failure) {
        return !(failure instanceof VendorException) || failure instanceof VendorException.Unclear;
    }

    private @Nullable Object write(Operation.Write write, Operation.Request request, Exchange exchange,
            String account) {
        Optional<Operation.Effect> effect = write.prepare(request);
        if (effect.isEmpty()) {
            return request.body();
        }
        Operation.Effect wanted = effect.get();
        Long entry = exchange.getIn().getHeader(SyncHeaders.ENTRY, Long.class);
        String marker = wanted.marker() == null ? UUID.randomUUID().toString() : wanted.marker();
        String target = endpoint.connector().scheme() + ":" + endpoint.entity() + "/" + endpoint.verb();
        Intents.Doubt doubt = new Intents.Doubt(endpoint.connector().longestExecution(request.account()),
                OperationProducer::isUnclear, failure -> failure instanceof VendorException.Refused);
        boolean isChange = wanted.marker() == null && !parts.rehearsal().isOn() && isOfAnItem(request, wanted);
        Map<String, Object> before = isChange
                ? parts.overturned().check(account, wanted.item(), wanted.content(), entry) : Map.of();
        Map<String, Object> result = parts.intents().once(
                new Intent(account, target, wanted.item(), marker, entry, wanted.content()), doubt,
                wanted.marker() == null, wanted.find(), !parts.rehearsal().isOn() ? wanted.send()
                        : () -> parts.rehearsal().withheld(String.valueOf(exchange.getFromRouteId()), account, target,
                                wanted, before(request, wanted)));
        if (isChange) {
            parts.overturned().sent(account, wanted.item(), wanted.content(), before);
        }
        exchange.getIn().setHeader("SyncResult", result);
        return request.body();
    }
}
