package dev.sverka.vendors.bitrix24;

import dev.sverka.core.state.Stores;
import dev.sverka.vendors.bitrix24.Bitrix24Governor.Accounting;
import dev.sverka.vendors.bitrix24.Bitrix24Governor.Limits;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Changed items are written as fast as the portal's limits allow; the daemon's governor and the portal run on one
 * accelerated clock and meet over HTTP.
 *
 * @param items how many were written
 * @param refusals how often the portal said that it was too much
 * @param requests HTTP requests it took
 * @param share the least part of the configured budget that was used in any ten minutes with work left over
 * @param took by the accelerated clock
 */
public record Drain(int items, int refusals, int requests, double share, Duration took) {

    private static final Duration WINDOW = Duration.ofMinutes(10);

    /**
     * Writes every item once by {@code crm.item.update}.
     *
     * @param cost of one update; 480 ms is what a real portal took (bitrix24.md section 3.4)
     * @param onBatch whether the portal books a batch's time on the batch
     * @param speed of the clock
     */
    public static Drain of(int items, Duration cost, boolean onBatch, int speed) throws Exception {
        AcceleratedClock clock = new AcceleratedClock(Instant.parse("2026-11-23T09:00:00Z"), speed);
        try (LimitedPortal portal = portal(clock, cost, onBatch)) {
            Limits limits = new Limits(50, 2, Duration.ofSeconds(480), 0.9, Accounting.AUTO, Duration.ofHours(2));
            Stores store = Stores.open();
            Bitrix24Client client = Rooms.client(portal.url(), store.quota(clock), limits, clock, clock::pace,
                    store.links());
            Bitrix24Together together = Bitrix24Together.writes(client);
            Instant begun = clock.instant();
            ExecutorService workers = Executors.newFixedThreadPool(8);
            IntStream.rangeClosed(1, items).forEach(id -> workers.execute(() -> together.call(new Bitrix24Command(
                    "crm.item.update", Map.of("entityTypeId", 1046, "id", id, "fields", Map.of("title", "Счёт "
                    + id))))));
            workers.shutdown();
            workers.awaitTermination(10, TimeUnit.MINUTES);
            Instant ended = clock.instant();
            double share = 1;
            for (Instant from = begun; !from.plus(WINDOW).isAfter(ended); from = from.plus(WINDOW)) {
                share = Math.min(share, portal.spentBetween(from, from.plus(WINDOW)) / (double) limits.budget());
            }
            long written = portal.done().stream().filter(call -> call.startsWith("crm.item.update")).distinct().count();
            return new Drain((int) written, portal.refusals(), portal.requests(), share, Duration.between(begun,
                    ended));
        }
    }

    private static LimitedPortal portal(AcceleratedClock clock, Duration cost, boolean onBatch) throws IOException {
        LimitedPortal portal = new LimitedPortal(clock).cost("crm.item.update", cost);
        return onBatch ? portal.onBatch() : portal;
    }
}
