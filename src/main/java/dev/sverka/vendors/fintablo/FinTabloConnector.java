package dev.sverka.vendors.fintablo;

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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.HttpUrl;

/** FinTablo as routes see it. */
final class FinTabloConnector implements Connector {

    /** What one long-running client settled on (fintablo.md section 2). */
    private static final Duration READ = Duration.ofSeconds(60);
    private static final Set<String> FEEDS = Set.of(FinTabloEntity.TRANSACTION, FinTabloEntity.DEAL,
            FinTabloEntity.PARTNER);

    private final FinTabloProperties properties;
    private final Doors doors;
    private final Links links;
    private final Clock clock;
    private final ZoneId zone;
    private final FinTabloOperations operations;
    private final Map<String, FinTabloAccount> open = new ConcurrentHashMap<>();

    FinTabloConnector(FinTabloProperties properties, Doors doors, Links links, Clock clock, ZoneId zone) {
        this.properties = properties;
        this.doors = doors;
        this.links = links;
        this.clock = clock;
        this.zone = zone;
        this.operations = new FinTabloOperations(this::account);
    }

    /** @throws IllegalArgumentException for an account without a token */
    FinTabloAccount account(String name) {
        return open.computeIfAbsent(name, this::connect);
    }

    private FinTabloAccount connect(String name) {
        FinTabloProperties.Account configured = properties.fintablo().get(name);
        if (configured == null || !configured.isOn()) {
            throw new IllegalArgumentException("sverka.fintablo." + name + ".token is not set");
        }
        HttpUrl base = HttpUrl.parse(configured.url());
        if (base == null) {
            throw new IllegalArgumentException("sverka.fintablo." + name + ".url is no address");
        }
        Door door = doors.open(scheme() + "." + name, base, READ, limit(configured.requestsPerMinute()));
        return new FinTabloAccount(new FinTabloClient(door, base, Objects.requireNonNull(configured.token()), clock),
                links, clock, configured.longestExecution());
    }

    /** Whether the vendor's minute slides is not known: what flows in and what lies ready fit into any minute. */
    static Door.Limit limit(int perMinute) {
        int ready = Math.max(1, perMinute / 60);
        return new Door.Limit(ready, (perMinute - ready) / 60.0);
    }

    @Override
    public String scheme() {
        return "fintablo";
    }

    @Override
    public Map<String, Boolean> accounts() {
        Map<String, Boolean> accounts = new LinkedHashMap<>(Map.of("main", false));
        properties.fintablo().forEach((name, account) -> accounts.put(name, account.isOn()));
        return accounts;
    }

    /** Half of what the vendor takes; the other half is left for the work that polls tell. */
    @Override
    public double pollsPerSecond(String account) {
        return properties.fintablo().containsKey(account)
                ? properties.fintablo().get(account).requestsPerMinute() / 60.0 / 2 : Double.POSITIVE_INFINITY;
    }

    @Override
    public Set<String> entities() {
        return FinTabloEntity.names();
    }

    @Override
    public Map<String, Operation> operations(String entity) {
        return FinTabloEntity.names().contains(entity) ? operations.of(entity) : Map.of();
    }

    @Override
    public Optional<Feed> feed(String entity) {
        return FEEDS.contains(entity)
                ? Optional.of(new FinTabloFeed(entity, properties, this::account, links, clock, zone))
                : Optional.empty();
    }

    /** There are no webhooks (section 10). */
    @Override
    public boolean pushes(String entity) {
        return false;
    }

    /** Does the token work? One short list tells. */
    @Override
    public List<Problem> check(String name) {
        account(name).client().list(FinTabloEntity.of("moneybag"), Map.of());
        return List.of();
    }
}
