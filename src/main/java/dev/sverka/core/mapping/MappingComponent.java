package dev.sverka.core.mapping;

import java.util.Map;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** {@code mapping:<name>}: the body's fields by the field map {@code mappings/<name>.yaml} in force. */
final class MappingComponent extends DefaultComponent {

    /** Set by a route that knows the target's id: then {@code onlyOn: create} fields are left alone. */
    private static final String TARGET = "SyncTarget";

    private final Mappings mappings;

    MappingComponent(Mappings mappings) {
        this.mappings = mappings;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        if (mappings.fieldMap(remaining).isEmpty()) {
            throw new ResolveEndpointFailedException(uri, "there is no mappings/" + remaining + ".yaml; "
                    + Nearest.cure(remaining, mappings.names()));
        }
        MappingEndpoint endpoint = new MappingEndpoint(uri, this, remaining);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    /** One field map. */
    @UriEndpoint(firstVersion = "0.1", scheme = "mapping", title = "Mapping", syntax = "mapping:name",
            category = Category.TRANSFORMATION, producerOnly = true)
    public static final class MappingEndpoint extends DefaultEndpoint {

        @UriPath(description = "The field map's file name without .yaml")
        private final String name;

        MappingEndpoint(String uri, MappingComponent component, String name) {
            super(uri, component);
            this.name = name;
        }

        @Override
        public Producer createProducer() {
            Mappings mappings = ((MappingComponent) getComponent()).mappings;
            return new DefaultProducer(this) {
                @Override
                @SuppressWarnings("unchecked")
                public void process(Exchange exchange) {
                    FieldMap map = mappings.fieldMap(name).orElseThrow();
                    boolean create = exchange.getIn().getHeader(TARGET) == null;
                    exchange.getIn().setBody(map.apply((Map<String, Object>) exchange.getIn().getBody(Map.class),
                            create));
                }
            };
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            throw new IllegalArgumentException("mapping: stands in to:, not in from:");
        }
    }
}
