package dev.sverka.vendors.fintablo;

import dev.sverka.core.connector.Operation;
import dev.sverka.core.http.Quota;
import dev.sverka.core.state.SharedQuota;
import dev.sverka.core.state.Stores;
import dev.sverka.sandbox.fintablo.FinTabloStandIn;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A first load: so many operations that FinTablo has imported get their article, as the books do it: the list of the days
 * around, then the change. Room and vendor run on one fast clock and meet over HTTP; journal and routes are left out.
 *
 * @param changed how many FinTablo holds with the article at the end
 * @param refusals how often FinTablo said that it was too much
 * @param share of the configured budget that was used
 * @param took by the fast clock
 */
public record FirstLoad(int changed, int calls, int refusals, double share, Duration took) {

    private static final int PER_MINUTE = 240;
    private static final long ARTICLE = 1_701_210;
    private static final LocalDate FIRST = LocalDate.parse("2026-09-01");
    private static final int DAYS = 80;

    /** Runs faster than this machine's. */
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
    public static FirstLoad of(int operations, int speed) throws Exception {
        Clock clock = new FastClock(speed);
        try (FinTabloStandIn vendor = new FinTabloStandIn(0, clock)) {
            List<Long> ids = new ArrayList<>();
            for (int n = 0; n < operations; n++) {
                ids.add(vendor.company().bank(90_211, FIRST.plusDays(n % DAYS), BigDecimal.valueOf(10_000 + n, 2), "income",
                        "Оплата " + n, null));
            }
            SharedQuota quota = Stores.open().quota(clock);
            Quota paced = (bucket, capacity, perSecond) -> quota.take(bucket, capacity, perSecond).dividedBy(speed);
            FinTabloClient client = FinTabloStage.client(vendor.url(), Duration.ofSeconds(20), paced, clock);
            FinTabloAccount account = new FinTabloAccount(client, Stores.open().links(), clock);
            FinTabloOperations room = new FinTabloOperations(name -> account);
            Instant begun = clock.instant();
            ExecutorService workers = Executors.newFixedThreadPool(8);
            List<Future<?>> work = new ArrayList<>();
            for (int n = 0; n < operations; n++) {
                LocalDate day = FIRST.plusDays(n % DAYS);
                long id = ids.get(n);
                work.add(workers.submit(() -> enrich(room, day, id)));
            }
            for (Future<?> one : work) {
                one.get();
            }
            workers.shutdown();
            Duration took = Duration.between(begun, clock.instant());
            int calls = vendor.calls().size();
            int changed = (int) ids.stream().filter(id -> Long.valueOf(ARTICLE).equals(vendor.company().one("transaction",
                    id).get("categoryId"))).count();
            return new FirstLoad(changed, calls, vendor.refusals(), calls * 60_000.0 / took.toMillis() / PER_MINUTE, took);
        }
    }

    private static void enrich(FinTabloOperations room, LocalDate day, long id) {
        ((Operation.Read) room.of("transaction").get("list").step()).read(new Operation.Request("main", "transaction",
                Map.of("filter", Map.of("isPlan", 0, "moneybagId", 90_211, "group", "income", "dateFrom",
                        day.minusDays(1).toString(), "dateTo", day.plusDays(1).toString()))));
        ((Operation.Write) room.of("transaction").get("update").step()).prepare(new Operation.Request("main",
                "transaction", Map.of("id", id, "fields", Map.of("categoryId", ARTICLE)))).orElseThrow().send().get();
    }
}
