package dev.sverka.vendors.saby;

import dev.sverka.core.connector.Daily;
import dev.sverka.core.connector.Feed;
import dev.sverka.core.state.Links;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The documents of an account that a change touched, each as it is now. */
final class SabyFeed implements Feed {

    private final SabyProperties properties;
    private final Function<String, SabyClient> clients;
    private final Links links;
    private final Clock clock;
    private final Daily sweeps;

    /** @param zone in which {@code sverka.sweep.saby} is meant */
    SabyFeed(SabyProperties properties, Function<String, SabyClient> clients, Links links, Clock clock, ZoneId zone) {
        this.properties = properties;
        this.clients = clients;
        this.links = links;
        this.clock = clock;
        this.sweeps = new Daily(properties.sweep().saby(), zone);
    }

    @Override
    public Duration every() {
        return properties.poll().saby();
    }

    Period history() {
        return properties.history().saby();
    }

    boolean isRereadDue(@Nullable Instant last, Instant now) {
        return last == null || !now.isBefore(last.plus(properties.reread().saby()));
    }

    boolean isSweepDue(@Nullable Instant last, Instant now) {
        return last == null || last.isBefore(sweeps.lastDue(now));
    }

    /**
     * The position: {@code event} the last one handled, {@code at} its time by their clock, {@code low} from where on
     * changes have yet to be read again, when they were {@code reread} and all {@code swept}, {@code partial} ids of
     * documents that were shown in part only, {@code asked} when the changes were asked for last. That lies in the
     * store, so that the pause holds over restarts, for all replicas, and whatever pace a route asks for.
     */
    @Override
    public Pages open(String account, Map<String, String> position) {
        String asked = position.get("asked");
        Duration pause = properties.saby().get(account).leastPause();
        Instant now = clock.instant();
        if (asked != null && now.isBefore(Instant.parse(asked).plus(pause)) && !Instant.parse(asked).isAfter(now)) {
            return () -> null;
        }
        return new SabyWalk(this, clients.apply(account), links, clock, position);
    }
}
