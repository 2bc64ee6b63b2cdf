package dev.sverka.vendors.saby;

import dev.sverka.core.connector.Connector;
import dev.sverka.core.connector.Feed;
import dev.sverka.core.connector.Operation;
import dev.sverka.core.http.Door;
import dev.sverka.core.http.Doors;
import dev.sverka.core.state.Links;
import dev.sverka.core.state.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Saby as routes see it. */
final class SabyConnector implements Connector {

    private static final String DOCUMENT = "document";
    private static final Duration READ = Duration.ofSeconds(60);
    /** Limits are not published; one or two calls at a time are advised (saby.md section 4). */
    private static final Door.Limit LIMIT = new Door.Limit(4, 4);
    /** A clock that is off by more spoils positions by time. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final SabyProperties properties;
    private final Doors doors;
    private final Links links;
    private final Clock clock;
    private final ZoneId zone;
    private final SabyOperations operations;
    private final Map<String, SabyClient> open = new ConcurrentHashMap<>();

    SabyConnector(SabyProperties properties, Doors doors, Links links, Clock clock, ZoneId zone) {
        this.properties = properties;
        this.doors = doors;
        this.links = links;
        this.clock = clock;
        this.zone = zone;
        this.operations = new SabyOperations(this::client, clock);
    }

    /** @throws IllegalArgumentException for an account without credentials */
    SabyClient client(String name) {
        return open.computeIfAbsent(name, this::connect);
    }

    private SabyClient connect(String name) {
        SabyProperties.Account configured = properties.saby().get(name);
        if (configured == null || !configured.isOn()) {
            throw new IllegalArgumentException("sverka.saby." + name + " is off: set app-client-id, app-secret and "
                    + "secret-key, or login and password");
        }
        SabyHostClient hosts = SabyHostClient.of(name, configured);
        return new SabyClient(doors.open(scheme() + "." + name, hosts.first(), READ, LIMIT), hosts, configured, clock);
    }

    @Override
    public String scheme() {
        return "saby";
    }

    @Override
    public Map<String, Boolean> accounts() {
        Map<String, Boolean> accounts = new LinkedHashMap<>();
        properties.saby().forEach((name, account) -> accounts.put(name, account.isOn()));
        accounts.putIfAbsent("main", false);
        return accounts;
    }

    /** Half of what the vendor takes; the other half is left for the work that polls tell. */
    @Override
    public double pollsPerSecond(String account) {
        return LIMIT.perSecond() / 2;
    }

    @Override
    public Set<String> entities() {
        return Set.of(DOCUMENT);
    }

    @Override
    public Map<String, Operation> operations(String entity) {
        return entity.equals(DOCUMENT) ? operations.all() : Map.of();
    }

    @Override
    public Optional<Feed> feed(String entity) {
        return entity.equals(DOCUMENT)
                ? Optional.of(new SabyFeed(properties, this::client, links, clock, zone)) : Optional.empty();
    }

    /** No webhook for documents is known (section 1). */
    @Override
    public boolean pushes(String entity) {
        return false;
    }

    /** Does the log-in work, and do the clocks agree? */
    @Override
    public List<Problem> check(String name) {
        Duration off = Duration.between(clock.instant(), client(name).theirTime()).abs();
        return off.compareTo(SKEW) <= 0 ? List.of() : List.of(new Problem("sverka.saby." + name, 1,
                "the provider's clock differs by " + off.toMinutes() + " minutes",
                "set this machine's clock, or clock-offset to what it was"));
    }
}
