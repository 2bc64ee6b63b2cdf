package dev.sverka.vendors.clickup;

import dev.sverka.core.connector.Operation;
import dev.sverka.core.connector.Operation.Effect;
import dev.sverka.core.http.Quota;
import dev.sverka.core.state.Links;
import dev.sverka.core.state.SharedQuota;
import dev.sverka.core.state.Stores;
import dev.sverka.sandbox.clickup.ClickUpStandIn;
import dev.sverka.sandbox.clickup.ClickUpState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A first load: a folder for each deal with a list for each of its stages. Room and vendor run on one fast clock and meet
 * over HTTP; journal and routes are left out.
 *
 * @param made folders and lists that ClickUp holds at the end
 * @param refusals how often ClickUp said that it was too much
 * @param share of the configured budget that was used
 * @param took by the fast clock
 */
public record FirstLoad(int made, int calls, int refusals, double share, Duration took) {

    private static final int PER_MINUTE = 80;
    private static final int STAGES = 3;

    private static final class FastClock extends Clock {

        private final long began = System.nanoTime();
        private final int speed;

        FastClock(int speed) {
            this.speed = speed;
        }

        @Override
        public Instant instant() {
            return Instant.parse("2026-11-23T09:00:00Z").plusNanos((System.nanoTime() - began) * speed);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** @param speed of the clock; on a busy machine a lower one tells more */
    public static FirstLoad of(int deals, int speed) throws Exception {
        Clock clock = new FastClock(speed);
        try (ClickUpStandIn vendor = new ClickUpStandIn(0, clock)) {
            SharedQuota quota = Stores.open().quota(clock);
            Quota paced = (bucket, capacity, perSecond) -> quota.take(bucket, capacity, perSecond).dividedBy(speed);
            Links links = Stores.open().links();
            ClickUpAccount account = new ClickUpAccount(ClickUpStage.client(vendor.url(), Duration.ofSeconds(20), paced,
                    clock), ClickUpStage.TEAM, links, clock, ClickUpStage.MOSCOW);
            ClickUpOperations room = new ClickUpOperations(name -> account, new ClickUpWebhooks(name -> account,
                    new ClickUpSecrets(Map.of(), links), null));
            Instant begun = clock.instant();
            ExecutorService workers = Executors.newFixedThreadPool(4);
            List<Future<?>> work = new ArrayList<>();
            for (int n = 1; n <= deals; n++) {
                int deal = n;
                work.add(workers.submit(() -> make(room, deal)));
            }
            for (Future<?> one : work) {
                one.get();
            }
            workers.shutdown();
            Duration took = Duration.between(begun, clock.instant());
            int calls = vendor.calls().size();
            int made = (int) vendor.state().ledger().stream().filter(change -> change.startsWith("create ")).count();
            return new FirstLoad(made, calls, vendor.refusals(), calls * 60_000.0 / took.toMillis() / PER_MINUTE, took);
        }
    }

    private static void make(ClickUpOperations room, int deal) {
        Object folder = write(room, "folder", Map.of("space", ClickUpState.SPACE, "marker", "sverka:deal-clickup:main:"
                + deal, "fields", Map.of("name", "Сделка #" + deal))).get("id");
        for (int n = 1; n <= STAGES; n++) {
            write(room, "list", Map.of("folder", folder, "marker", "sverka:deal-clickup:main:" + deal + n, "fields",
                    Map.of("name", "Этап " + n, "content", "Этап", "due_date", "2026-12-0" + n)));
        }
    }

    private static Map<String, Object> write(ClickUpOperations room, String entity, Map<String, Object> body) {
        Effect effect = ((Operation.Write) room.of(entity).get("create").step()).prepare(new Operation.Request("main", entity,
                body)).orElseThrow();
        return effect.send().get();
    }
}
