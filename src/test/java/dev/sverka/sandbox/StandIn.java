package dev.sverka.sandbox;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A vendor on loopback: WireMock in front, state behind, faults between. */
public abstract class StandIn implements AutoCloseable {

    protected static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private final WireMockServer server;
    private final Faults faults = new Faults();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile Runnable beforeWrite = () -> { };
    private volatile Spelling spelling = Spelling.PLAIN;

    /** What goes back. @param body text, bytes, or an object to be written as JSON */
    public record Reply(int status, String type, Object body, Map<String, String> headers) {

        public static Reply json(int status, Object body) {
            return new Reply(status, "application/json; charset=utf-8", body, Map.of());
        }

        public static Reply html(int status, String body) {
            return new Reply(status, "text/html", body, Map.of());
        }

        /** The connection breaks instead of an answer. */
        public static Reply broken() {
            return new Reply(0, "", "", Map.of());
        }
    }

    /** @param port 0 for a free one */
    protected StandIn(int port) {
        server = new WireMockServer(WireMockConfiguration.wireMockConfig().bindAddress("127.0.0.1").port(port)
                .containerThreads(20).disableRequestJournal().extensions(new Behind()));
        server.start();
        server.stubFor(WireMock.any(WireMock.anyUrl()));
    }

    public int port() {
        return server.port();
    }

    public Faults faults() {
        return faults;
    }

    /** Names of all calls so far, oldest first; refused ones too. */
    public List<String> calls() {
        return calls;
    }

    @Override
    public void close() {
        faults.none();
        server.stop();
    }

    /** All answers that are objects are spelled so from now on. */
    public void spelled(Spelling how) {
        spelling = how;
    }

    /** Runs something before each request that changes anything, in time to script its fault. */
    public void beforeWrite(Runnable what) {
        beforeWrite = what;
    }

    /** What kind of call it is, for the log and for faults, such as {@code crm.item.update}. */
    protected abstract String name(Request request);

    /** Whether it changes anything. */
    protected abstract boolean isWrite(String name, Request request);

    /** Carries the call out. */
    protected abstract Reply answer(String name, Request request);

    /** The JSON as this vendor spells it. */
    protected String written(String json) {
        return json;
    }

    private final class Behind implements ResponseDefinitionTransformerV2 {

        @Override
        public ResponseDefinition transform(ServeEvent event) {
            Request request = event.getRequest();
            String name = name(request);
            calls.add(name);
            faults.awaitRelease(name);
            if (isWrite(name, request)) {
                beforeWrite.run();
            }
            Faults.Kind fault = faults.next(name, isWrite(name, request));
            if (fault == Faults.Kind.RESET_BEFORE) {
                return reset();
            }
            if (fault.status > 0) {
                return page(fault.status);
            }
            if (fault == Faults.Kind.HTML_200) {
                return page(200);
            }
            Reply refusal = faults.answer(name);
            Reply reply = refusal == null ? answer(name, request) : refusal;
            if (fault == Faults.Kind.LOST_ANSWER || reply.status() == 0) {
                return reset();
            }
            ResponseDefinitionBuilder answer = ResponseDefinitionBuilder.responseDefinition().withStatus(reply.status())
                    .withHeader("Content-Type", reply.type());
            if (reply.body() instanceof byte[] bytes) {
                answer.withBody(bytes);
            } else {
                String body = reply.body() instanceof String text ? text
                        : written(spelling.of(JSON.writeValueAsString(reply.body())));
                answer.withBody(fault == Faults.Kind.TRUNCATED ? body.substring(0, body.length() / 2) : body);
            }
            reply.headers().forEach(answer::withHeader);
            faults.delay(name).ifPresent(wait -> answer.withFixedDelay((int) wait.toMillis()));
            return answer.build();
        }

        private ResponseDefinition reset() {
            return ResponseDefinitionBuilder.responseDefinition().withFault(Fault.CONNECTION_RESET_BY_PEER).build();
        }

        private ResponseDefinition page(int status) {
            return ResponseDefinitionBuilder.responseDefinition().withStatus(status)
                    .withHeader("Content-Type", "text/html")
                    .withBody("<html><head><title>" + status + "</title></head><body>nginx</body></html>").build();
        }

        @Override
        public String getName() {
            return "stand-in";
        }
    }
}
