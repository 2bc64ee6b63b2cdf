package dev.sverka.core.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.connector.Polls.Wish;
import dev.sverka.core.journal.JournalStage;
import dev.sverka.core.state.Stores;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class PollsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Polls polls = new Polls();

    private Duration length(String feed) {
        return polls.length("bitrix24.main", feed, Duration.ofDays(1));
    }

    @Test
    void eightFeedsShareWhatPollsMayTake() {
        for (int n = 0; n < 7; n++) {
            polls.begin("bitrix24.main", "process" + n, new Wish(SECOND, 1, 0.8));
        }
        polls.begin("bitrix24.main", "company", new Wish(SECOND, 3, 0.8));
        assertThat(length("company")).isEqualTo(length("process0")).isEqualTo(Duration.ofMillis(12_500));
        polls.end("bitrix24.main", "company");
        assertThat(length("process0")).as("fewer feeds are asked more often").isEqualTo(Duration.ofMillis(8_750));
    }

    @Test
    void whatFitsStaysAsItIsWishedFor() {
        polls.begin("bitrix24.main", "payment", new Wish(Duration.ofSeconds(30), 1, 0.8));
        polls.begin("clickup.main", "task", new Wish(SECOND, 100, Double.POSITIVE_INFINITY));
        assertThat(length("payment")).isEqualTo(Duration.ofSeconds(30));
        assertThat(polls.length("clickup.main", "task", SECOND)).isEqualTo(SECOND);
        assertThat(length("deal")).as("nothing reads it here").isEqualTo(Duration.ofDays(1));
    }

    @Test
    void aFeedThatIsSeldomAskedStaysSoAndTakesLittle() {
        polls.begin("bitrix24.main", "often", new Wish(SECOND, 1, 0.5));
        polls.begin("bitrix24.main", "seldom", new Wish(Duration.ofSeconds(100), 10, 0.5));
        assertThat(length("often")).as("1 / (0.5 - 10 / 100)").isEqualTo(Duration.ofMillis(2_500));
        assertThat(length("seldom")).isEqualTo(Duration.ofSeconds(100));
    }

    /** Through Camel: two feeds wished for every 5 ms, which together may take 20 requests a second. */
    @Test
    void aConsumerKeepsToItHoweverShortTheIntervalIs() throws Exception {
        Deque<Long> asked = new ArrayDeque<>();
        CountDownLatch enough = new CountDownLatch(8);
        Feed feed = new Feed() {
            @Override
            public Duration every() {
                return Duration.ofMillis(5);
            }

            @Override
            public Pages open(String account, Map<String, String> position) {
                synchronized (asked) {
                    asked.add(System.nanoTime());
                }
                enough.countDown();
                AtomicInteger pages = new AtomicInteger();
                return () -> pages.getAndIncrement() == 0 ? new Page(List.of(), Map.of("read", "all"), true) : null;
            }
        };
        Stores stores = Stores.open();
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.getRegistry().bind("vendor", new ConnectorComponent(new ToyVendor(feed),
                    ToyVendor.parts(stores, new JournalStage(stores.dataSource()), polls)));
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("vendor:one/changed").to("log:one");
                    from("vendor:other/changed").to("log:other");
                }
            });
            camel.start();
            assertThat(enough.await(30, TimeUnit.SECONDS)).isTrue();
            Duration together = Duration.ofNanos(last(asked, 8) - asked.getFirst());
            assertThat(together).as("eight polls of two feeds are three times 100 ms").isGreaterThan(
                    Duration.ofMillis(290));
        }
        assertThat(polls.length("vendor.main", "one", SECOND)).as("nothing reads it any more").isEqualTo(SECOND);
    }

    private static long last(Deque<Long> asked, int count) {
        synchronized (asked) {
            return asked.stream().skip(count - 1).findFirst().orElseThrow();
        }
    }
}
