package dev.sverka.core.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.journal.JournalStage;
import dev.sverka.core.state.Stores;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class CursorConsumerTest {

    private final Stores stores = Stores.open();
    private final JournalStage journal = new JournalStage(stores.dataSource());
    private final JdbcClient jdbc = JdbcClient.create(stores.dataSource());

    private List<String> keys() {
        return jdbc.sql("select order_key from entry order by id").query(String.class).list();
    }

    private void read(Feed feed, RouteBuilder route) throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.getRegistry().bind("vendor", new ConnectorComponent(new ToyVendor(feed),
                    ToyVendor.parts(stores, journal, new Polls())));
            camel.getRegistry().bind("journal", journal.component());
            camel.addRoutes(route);
            camel.start();
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() ->
                    jdbc.sql("select count(*) from feed_cursor where present_at is not null").query(Integer.class)
                            .single() > 0);
        }
    }

    /** One page, of these ids. */
    private static Feed feed(String... ids) {
        return new Feed() {
            @Override
            public Duration every() {
                return Duration.ofMillis(50);
            }

            @Override
            public Pages open(String account, Map<String, String> position) {
                AtomicInteger pages = new AtomicInteger();
                return () -> pages.getAndIncrement() > 0 || !position.isEmpty() ? null : new Page(
                        Stream.of(ids).map(id -> new News(id, null, Map.of("id", id))).toList(),
                        Map.of("read", "all"), true);
            }
        };
    }

    /** Two pages that name the same things in another order would wait for each other. */
    @Test
    void aPageIsStoredInTheOrderOfItsKeysWhateverOrderItCameIn() throws Exception {
        read(feed("c", "a", "b"), new RouteBuilder() {
            @Override
            public void configure() {
                from("vendor:one/changed").to("journal:news");
            }
        });

        assertThat(keys()).containsExactly("a", "b", "c");
    }

    @Test
    void aPageOneItemOfWhichIsNotTakenIsNotStoredAtAll() throws Exception {
        AtomicInteger fails = new AtomicInteger(1);
        read(feed("a", "b"), new RouteBuilder() {
            @Override
            public void configure() {
                from("vendor:one/changed").to("journal:news").process(exchange -> {
                    if (exchange.getMessage().getHeader(SyncHeaders.ID).equals("b") && fails.getAndDecrement() > 0) {
                        assertThat(keys()).as("nothing of it yet").isEmpty();
                        throw new IllegalStateException("not yet");
                    }
                });
            }
        });

        assertThat(keys()).as("the second reading took both, once").containsExactly("a", "b");
    }
}
