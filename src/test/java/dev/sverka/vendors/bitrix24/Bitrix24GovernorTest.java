package dev.sverka.vendors.bitrix24;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sverka.core.http.VendorException;
import dev.sverka.core.state.SettableClock;
import dev.sverka.core.state.SharedQuota;
import dev.sverka.core.state.Stores;
import dev.sverka.sandbox.bitrix24.Bitrix24StandIn;
import dev.sverka.sandbox.bitrix24.Portal;
import dev.sverka.vendors.bitrix24.Bitrix24Governor.Accounting;
import dev.sverka.vendors.bitrix24.Bitrix24Governor.Lane;
import dev.sverka.vendors.bitrix24.Bitrix24Governor.Limits;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Bitrix24GovernorTest {

    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final int SPEED = 100;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDrainOfMoreThanAWindowsWorkIsNeverRefused(boolean onBatch) throws Exception {
        int items = onBatch ? 2000 : 1300;
        Drain drain = Drain.of(items, Duration.ofMillis(480), onBatch, SPEED);
        assertThat(drain.items()).isEqualTo(items);
        assertThat(drain.refusals()).isZero();
        assertThat(drain.took()).as("more than a window's work; batches may have a budget of their own")
                .isGreaterThan(Duration.ofMinutes(10));
    }

    @Test
    void lightWritesAreHeldToTheRequestsAlone() throws Exception {
        Drain drain = Drain.of(600, Duration.ofMillis(150), false, SPEED);
        assertThat(drain.items()).isEqualTo(600);
        assertThat(drain.refusals()).isZero();
        assertThat(drain.requests()).as("they travel together").isLessThan(540);
    }

    @Test
    void tellsHowThePortalBooksABatch() throws Exception {
        AcceleratedClock clock = new AcceleratedClock(NOW, SPEED);
        for (boolean onBatch : List.of(false, true)) {
            try (LimitedPortal portal = new LimitedPortal(clock).cost("crm.item.update", Duration.ofMillis(500))) {
                Bitrix24Client client = client(onBatch ? portal.onBatch() : portal, clock, Duration.ofHours(1));
                client.batch(updates(3), true);
                assertThat(client.governor().accounting()).isEqualTo(onBatch ? Accounting.BATCH : Accounting.METHOD);
            }
        }
    }

    @Test
    void whatOtherProgramsUseIsLearntFromTheAnswers() throws Exception {
        AcceleratedClock clock = new AcceleratedClock(NOW, SPEED);
        try (LimitedPortal portal = new LimitedPortal(clock).cost("crm.item.update", Duration.ofMillis(500))) {
            portal.useUp("crm.item.update", Duration.ofSeconds(400));
            Bitrix24Client client = client(portal, clock, Duration.ofSeconds(5));
            for (int n = 0; n < 2; n++) {
                client.write("crm.item.update", Map.of("id", 1));
            }
            assertThatThrownBy(() -> {
                for (int n = 0; n < 100; n++) {
                    client.write("crm.item.update", Map.of("id", 1));
                }
            }).isInstanceOf(VendorException.NotYet.class).hasMessageContaining("crm.item.update");
            assertThat(portal.refusals()).isZero();
            assertThat(client.read("crm.item.get", Map.of("id", 1)).isObject()).as("other methods go on").isTrue();
        }
    }

    @Test
    void inABatchThatIsBlockedHalfwayTheFirstAreDoneAndTheRestAreForLater() throws Exception {
        AcceleratedClock clock = new AcceleratedClock(NOW, SPEED);
        try (LimitedPortal portal = new LimitedPortal(clock).cost("crm.item.update", Duration.ofSeconds(1))) {
            portal.useUp("crm.item.update", Duration.ofMillis(476_500));
            Bitrix24Client client = client(portal, clock, Duration.ofHours(1));
            Map<String, Bitrix24Client.Outcome> outcomes = client.batch(updates(10), true);
            List<Bitrix24Client.Outcome> all = List.copyOf(outcomes.values());
            int done = portal.done().size();
            assertThat(done).isBetween(1, 9);
            assertThat(all.subList(0, done)).allMatch(one -> one.answer() != null);
            assertThat(all.subList(done, 10)).allMatch(one -> one.failure() instanceof VendorException.NotYet);

            Bitrix24Together together = Bitrix24Together.writes(client);
            Instant before = clock.instant();
            together.call(new Bitrix24Command("crm.item.update", Map.of("id", 10)));
            assertThat(Duration.between(before, clock.instant())).as("the method rests").isGreaterThan(
                    Duration.ofMinutes(8));
            assertThat(portal.done()).contains("crm.item.update 10");
        }
    }

    @Test
    void aBatchThatWasCutOffIsFollowedByShorterOnes() throws Exception {
        AcceleratedClock clock = new AcceleratedClock(NOW, SPEED);
        try (LimitedPortal portal = new LimitedPortal(clock).cost("crm.item.list", Duration.ofSeconds(4))) {
            Bitrix24Client client = client(portal, clock, Duration.ofHours(1));
            assertThatThrownBy(() -> client.batch(Bitrix24Listing.items(1046, List.of("id"), Map.of()).chain(0, 30),
                    false))
                    .isInstanceOf(VendorException.Transient.class);
            assertThat(portal.cut()).isEqualTo(1);
            Bitrix24Pages pages = new Bitrix24Pages(client, Bitrix24Listing.items(1046, List.of("id"), Map.of()), 0);
            while (!pages.isDone()) {
                pages.next();
            }
            assertThat(portal.cut()).isEqualTo(1);
        }
    }

    /** Which of the two books a portal keeps is not known beforehand (section 3.2, conflict 2). */
    @Test
    void whereBatchesAreBlockedCallsGoOneByOne() {
        try (Bitrix24StandIn portal = new Bitrix24StandIn(0, Clock.systemUTC())) {
            Portal.of(portal.crm());
            int payment = (Integer) portal.crm().add(Portal.PAYMENTS, Map.of("title", "МК-1"), Portal.PERSON).get("id");
            portal.operatingBookedOnBatch(true);
            portal.operatingCeiling(BigDecimal.ONE);
            portal.cost("crm.item.get", "2", "0");
            Map<String, Bitrix24Command> asked = Map.of("a", new Bitrix24Command("crm.item.get",
                    Map.of("entityTypeId", Portal.PAYMENTS, "id", payment)));
            Bitrix24Client client = Rooms.client(portal.url());
            client.readAll(asked);

            assertThat(client.readAll(asked).get("a").path("item").path("title").asString()).isEqualTo("МК-1");
            assertThat(portal.calls()).containsExactly("batch", "batch", "crm.item.get");
            Map<String, Bitrix24Client.Outcome> written = client.batch(Map.of("w", new Bitrix24Command("crm.item.update", Map.of(
                    "entityTypeId", Portal.PAYMENTS, "id", payment, "fields", Map.of("title", "МК-2"))), "x",
                    new Bitrix24Command("crm.item.update", Map.of("entityTypeId", Portal.PAYMENTS, "id", 1))), true);
            assertThat(written.get("w").answer()).isNotNull();
            assertThat(written.get("x").failure()).as("each with its own verdict")
                    .isInstanceOf(VendorException.Refused.class);
            assertThat(portal.calls()).as("batches rest").filteredOn("batch"::equals).hasSize(2);
        }
    }

    /** A link to a file leads to a method like any other (section 10). */
    @Test
    void aFileCostsARequestToo() {
        AtomicInteger taken = new AtomicInteger();
        try (Bitrix24StandIn portal = new Bitrix24StandIn(0, Clock.systemUTC())) {
            Portal.of(portal.crm());
            Bitrix24Client client = Rooms.client(portal.url(), (bucket, capacity, perSecond) -> {
                taken.incrementAndGet();
                return Duration.ZERO;
            }, Rooms.LIMITS, Clock.systemUTC(), UnaryOperator.identity(), Stores.open().links());
            assertThatThrownBy(() -> client.file(client.address().page("rest/crm.controller.item.getFile.json?token=crm|x")))
                    .isInstanceOf(VendorException.class);
            assertThat(taken).hasValue(1);
        }
    }

    @Test
    void peopleGoBeforeBackfill() {
        SettableClock clock = new SettableClock(NOW);
        Bitrix24Governor governor = governor(clock, Duration.ZERO);
        for (int n = 0; n < 35; n++) {
            governor.enter(Lane.BACKFILL, Map.of("crm.item.list", 1), false).notSent();
        }
        assertThatThrownBy(() -> governor.enter(Lane.BACKFILL, Map.of("crm.item.list", 1), false))
                .isInstanceOf(VendorException.NotYet.class);
        for (int n = 0; n < 10; n++) {
            governor.enter(Lane.PEOPLE, Map.of("crm.item.update", 1), false).notSent();
        }
        assertThatThrownBy(() -> governor.enter(Lane.PEOPLE, Map.of("crm.item.update", 1), false))
                .isInstanceOf(VendorException.NotYet.class);
    }

    @Test
    void twoReplicasShareTheRequests() {
        SettableClock clock = new SettableClock(NOW);
        SharedQuota quota = Stores.open().quota(clock);
        Limits limits = new Limits(50, 2, Duration.ofSeconds(480), 0.9, Accounting.AUTO, Duration.ZERO);
        List<Bitrix24Governor> replicas = List.of(
                new Bitrix24Governor("bitrix24.main", limits, quota, clock, UnaryOperator.identity()),
                new Bitrix24Governor("bitrix24.main", limits, quota, clock, UnaryOperator.identity()));
        for (int n = 0; n < 45; n++) {
            replicas.get(n % 2).enter(Lane.PEOPLE, Map.of("crm.item.get", 1), false).notSent();
        }
        assertThat(catchThrowableOfType(VendorException.NotYet.class,
                () -> replicas.get(0).enter(Lane.PEOPLE, Map.of("crm.item.get", 1), false))).isNotNull();
        clock.advance(Duration.ofMillis(500));
        replicas.get(1).enter(Lane.PEOPLE, Map.of("crm.item.get", 1), false).notSent();
    }

    @Test
    void nobodyWaitsForTheLimitsOfADaemonThatStops() throws Exception {
        SettableClock clock = new SettableClock(NOW);
        Bitrix24Governor governor = governor(clock, Duration.ofHours(1));
        for (int n = 0; n < 45; n++) {
            governor.enter(Lane.PEOPLE, Map.of("crm.item.get", 1), false).notSent();
        }
        CompletableFuture<Throwable> waiting = CompletableFuture.supplyAsync(() -> catchThrowableOfType(
                VendorException.NotYet.class, () -> governor.enter(Lane.PEOPLE, Map.of("crm.item.get", 1), false)));
        governor.close();
        assertThat(waiting.get()).isNotNull();
    }

    private static Bitrix24Governor governor(SettableClock clock, Duration patience) {
        return new Bitrix24Governor("bitrix24.main", new Limits(50, 2, Duration.ofSeconds(480), 0.9, Accounting.AUTO,
                patience), Stores.open().quota(clock), clock, UnaryOperator.identity());
    }

    private static Bitrix24Client client(LimitedPortal portal, AcceleratedClock clock, Duration patience) {
        Stores store = Stores.open();
        return Rooms.client(portal.url(), store.quota(clock), new Limits(50, 2, Duration.ofSeconds(480), 0.9,
                Accounting.AUTO, patience), clock, clock::pace, store.links());
    }

    private static Map<String, Bitrix24Command> updates(int count) {
        Map<String, Bitrix24Command> updates = new LinkedHashMap<>();
        for (int n = 1; n <= count; n++) {
            updates.put("u" + n, new Bitrix24Command("crm.item.update", Map.of("id", n)));
        }
        return updates;
    }
}
