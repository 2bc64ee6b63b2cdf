package dev.sverka.core.connector;

import java.util.Map;
import java.util.TreeSet;
import org.apache.camel.Endpoint;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.support.DefaultComponent;

/**
 * The scheme of one vendor. A prototype bean named like the scheme: the running context keeps the instance it asked
 * for, a trial of edited routes gets one of its own.
 */
public final class ConnectorComponent extends DefaultComponent {

    private final Connector connector;
    private final ConnectorParts parts;

    public ConnectorComponent(Connector connector, ConnectorParts parts) {
        this.connector = connector;
        this.parts = parts;
    }

    /** Refuses an entity or a verb the vendor room does not know, naming those it does. */
    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        int slash = remaining.indexOf('/');
        String entity = slash < 0 ? remaining : remaining.substring(0, slash);
        String verb = slash < 0 ? "" : remaining.substring(slash + 1);
        if (!connector.entities().contains(entity)) {
            throw new ResolveEndpointFailedException(uri, "unknown entity '" + entity + "'; " + connector.scheme()
                    + " knows " + String.join(", ", new TreeSet<>(connector.entities())));
        }
        TreeSet<String> verbs = new TreeSet<>(connector.operations(entity).keySet());
        connector.feed(entity).ifPresent(feed -> verbs.add(ConnectorEndpoint.CHANGED));
        if (connector.pushes(entity)) {
            verbs.add(ConnectorEndpoint.PUSHED);
        }
        if (!verbs.contains(verb)) {
            throw new ResolveEndpointFailedException(uri, "unknown verb '" + verb + "' of " + entity + "; "
                    + connector.scheme() + " knows " + String.join(", ", verbs));
        }
        ConnectorEndpoint endpoint = new ConnectorEndpoint(uri, this, entity, verb);
        setProperties(endpoint, parameters);
        String account = endpoint.getAccount();
        if (account != null && !account.equals(ConnectorEndpoint.MAIN) && !connector.accounts().containsKey(account)) {
            throw new ResolveEndpointFailedException(uri, "unknown account '" + account + "'; add sverka."
                    + connector.scheme() + "." + account + ".… or name a configured one");
        }
        return endpoint;
    }

    Connector connector() {
        return connector;
    }

    ConnectorParts parts() {
        return parts;
    }
}
