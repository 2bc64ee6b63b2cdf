package dev.sverka.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** The journal as routes see it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(30)
abstract class JournalComponentContract {

    private record Seen(Object body, Map<String, Object> headers) {
    }

    private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
    private HikariDataSource dataSource;
    private Bench bench;
    private DefaultCamelContext camel;
    private volatile Outcome verdict;

    abstract HikariDataSource open();

    @BeforeAll
    void openTheStore() {
        dataSource = open();
    }

    @AfterAll
    void closeTheStore() {
        dataSource.close();
    }

    @BeforeEach
    void startCamel() {
        bench = new Bench(dataSource, Clock.systemUTC());
        bench.empty();
        seen.clear();
        verdict = new Outcome.Dead("refused", "no");
        camel = context();
        camel.start();
    }

    @AfterEach
    void stopCamel() {
        camel.stop();
    }

    private DefaultCamelContext context() {
        DefaultCamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("journal", component());
        context.getShutdownStrategy().setTimeout(10);
        return context;
    }

    private JournalComponent component() {
        Verdicts verdicts = (failure, attempts) -> verdict;
        StaticListableBeanFactory beans = new StaticListableBeanFactory(Map.of("verdicts", verdicts));
        return new JournalComponent(bench.journal, bench.claims, bench.signals, beans.getBeanProvider(Verdicts.class));
    }

    @Test
    void aMessageComesBackWithItsHeadersAndItsEntry() throws Exception {
        route(this::remember);
        send("journal:flow", Map.of("amount", new BigDecimal("45000.00")), Map.of("SyncAccount", "tbank.main",
                "SyncEntity", "operation", "SyncId", "7", "SyncVersion", "v1", "SyncKey", "7701234567", "Cookie", "x"));

        Seen work = next();
        assertThat(work.body()).isEqualTo(Map.of("amount", new BigDecimal("45000.00")));
        assertThat(work.headers()).containsOnlyKeys("SyncAccount", "SyncEntity", "SyncId", "SyncEntry")
                .containsEntry("SyncId", "7");
        EntryView entry = bench.journal.list(null, 1).get(0);
        assertThat(entry.key()).isEqualTo("7701234567");
        assertThat(work.headers()).containsEntry("SyncEntry", entry.id());
    }

    @Test
    void aVersionIsAcceptedOnceByEachFlow() {
        Map<String, Object> version = Map.of("SyncAccount", "tbank.main", "SyncEntity", "operation", "SyncId", "7",
                "SyncVersion", "v1");
        send("journal:flow", "a", version);
        send("journal:flow", "a", version);
        send("journal:other?melt=false&account=bitrix24.main", "a", version);

        assertThat(bench.journal.list(null, 10)).extracting(EntryView::flow).containsExactly("other", "flow");
        assertThat(bench.jdbc.sql("select account from entry order by id").query(String.class).list())
                .containsExactly("tbank.main", "bitrix24.main");
    }

    @Test
    void newsWithoutAnIdIsRefused() {
        assertThatThrownBy(() -> send("journal:flow", "a", Map.of()))
                .hasRootCauseMessage("News for journal:flow has no SyncId and no SyncKey; set one of these headers"
                        + " before this step");
    }

    @Test
    void aMisspeltOptionAndABadFlowStopTheStart() {
        assertThatThrownBy(() -> camel.getEndpoint("journal:flow?melts=false")).hasMessageContaining("melts");
        assertThatThrownBy(() -> camel.getEndpoint("journal:Flow/x")).hasRootCauseMessage(
                "journal:Flow/x names no flow; write lower case letters, digits and dashes, such as"
                        + " journal:bank-operation");
    }

    @Test
    void whatTheRouteThrowsGoesToTheVerdicts() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        route(exchange -> {
            failed.countDown();
            throw new IllegalStateException("no such field");
        });
        send("journal:flow", "a", Map.of("SyncId", "7"));

        assertThat(failed.await(10, TimeUnit.SECONDS)).isTrue();
        camel.getRouteController().stopRoute("work");
        assertThat(bench.journal.list("dead", 10)).extracting(EntryView::message).containsExactly("no");
    }

    @Test
    void anUncountedRetryRunsAgainAtItsTime() throws Exception {
        verdict = new Outcome.Later(Instant.now(), false, "not-yet", "the company is still to come");
        int[] runs = {0};
        route(exchange -> {
            if (runs[0]++ == 0) {
                throw new NotYet("the company is still to come");
            }
            remember(exchange);
        });
        send("journal:flow", "a", Map.of("SyncId", "7"));

        assertThat(next().body()).isEqualTo("a");
    }

    @Test
    void aStopFinishesWhatIsAtWorkAndTheNextRouteOfTheFlowTakesTheRest() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        route(exchange -> {
            begun.countDown();
            goOn.await();
            remember(exchange);
        });
        for (int n = 0; n < 20; n++) {
            send("journal:flow?melt=false", n, Map.of("SyncId", "one key"));
        }
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        Thread stop = new Thread(() -> {
            try {
                camel.getRouteController().stopRoute("work");
                camel.removeRoute("work");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        stop.start();
        goOn.countDown();
        stop.join();
        int before = seen.size();
        assertThat(bench.journal.counts()).isEqualTo(new Counts(20 - before, 0, 0, 0));

        route(this::remember);
        for (long n = 0; n < 20; n++) {
            assertThat(next().body()).isEqualTo(n);
        }
        camel.getRouteController().stopRoute("work");
        assertThat(bench.journal.counts()).isEqualTo(new Counts(0, 0, 0, 0));
    }

    @Test
    void aSuspendedRouteBeginsNothingAndAResumedOneGoesOn() throws Exception {
        route(this::remember);
        send("journal:flow", "a", Map.of("SyncId", "1"));
        next();
        camel.getRouteController().suspendRoute("work");
        send("journal:flow", "b", Map.of("SyncId", "2"));
        assertThat(seen.poll(1500, TimeUnit.MILLISECONDS)).isNull();

        camel.getRouteController().resumeRoute("work");
        assertThat(next().body()).isEqualTo("b");
    }

    @Test
    void anotherProcesssNewsIsFoundWithoutBeingWoken() throws Exception {
        route(this::remember);
        new Bench(dataSource, Clock.systemUTC()).melting("1", "a");

        assertThat(next().body()).isEqualTo("a");
    }

    @Test
    void aStoreThatIsAwayStopsNoWorker() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        route(exchange -> {
            begun.countDown();
            goOn.await();
        });
        send("journal:flow", "a", Map.of("SyncId", "1"));
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

        bench.jdbc.sql("alter table entry rename to entry_away").update();
        goOn.countDown();
        bench.signals.of("flow").raise();
        // The workers fail at least once meanwhile.
        assertThat(seen.poll(700, TimeUnit.MILLISECONDS)).isNull();
        bench.jdbc.sql("alter table entry_away rename to entry").update();

        send("journal:flow", "b", Map.of("SyncId", "1"));
        while (!bench.journal.counts().equals(new Counts(0, 0, 0, 0))) {
            Thread.onSpinWait();
        }
        assertThat(bench.journal.list("done", 10)).hasSize(2);
    }

    private void route(Processor step) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("journal:flow").routeId("work").process(step);
            }
        });
    }

    private void remember(Exchange exchange) {
        seen.add(new Seen(exchange.getMessage().getBody(), new HashMap<>(exchange.getMessage().getHeaders())));
    }

    private Seen next() throws InterruptedException {
        @Nullable Seen next = seen.poll(10, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    private void send(String uri, Object body, Map<String, Object> headers) {
        camel.createProducerTemplate().sendBodyAndHeaders(uri, body, headers);
    }
}
