package dev.sverka.vendors.clickup;

import dev.sverka.core.connector.Connector;
import dev.sverka.core.connector.Feed;
import dev.sverka.core.connector.Operation;
import dev.sverka.core.http.Door;
import dev.sverka.core.http.Doors;
import dev.sverka.core.state.Links;
import dev.sverka.core.state.Problem;
import dev.sverka.core.state.Settings;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.HttpUrl;

/** ClickUp as routes see it. */
final class ClickUpConnector implements Connector {

    /** Very large lists are slow (clickup.md section 16). */
    private static final Duration READ = Duration.ofSeconds(60);
    private static final Set<String> PUSHED = Set.of(ClickUpOperations.TASK, ClickUpOperations.TIME,
            ClickUpPlaces.LIST, ClickUpPlaces.FOLDER);

    private final ClickUpProperties properties;
    private final Doors doors;
    private final Links links;
    private final Clock clock;
    private final Settings settings;
    private final ClickUpRhythm rhythm;
    private final ClickUpWebhooks webhooks;
    private final ClickUpOperations operations;
    private final ClickUpWatch watch;
    private final Map<String, ClickUpAccount> open = new ConcurrentHashMap<>();

    ClickUpConnector(ClickUpProperties properties, Doors doors, Links links, Clock clock, Settings settings,
            ClickUpSecrets secrets) {
        this.properties = properties;
        this.doors = doors;
        this.links = links;
        this.clock = clock;
        this.settings = settings;
        this.rhythm = new ClickUpRhythm(properties, settings.zone());
        this.webhooks = new ClickUpWebhooks(this::account, secrets, settings.publicUrl());
        this.operations = new ClickUpOperations(this::account, webhooks);
        this.watch = new ClickUpWatch(webhooks, links, clock);
    }

    /** @throws IllegalArgumentException for an account without a token */
    ClickUpAccount account(String name) {
        return open.computeIfAbsent(name, this::connect);
    }

    private ClickUpAccount connect(String name) {
        ClickUpProperties.Account configured = configured(name);
        HttpUrl base = HttpUrl.parse(configured.url().strip().replaceAll("/+$", ""));
        if (base == null) {
            throw new IllegalArgumentException("sverka.clickup." + name + ".url is no address");
        }
        Door door = doors.open(scheme() + "." + name, base, READ, limit(configured.requestsPerMinute()));
        return new ClickUpAccount(new ClickUpClient(door, base, Objects.requireNonNull(configured.token()).strip(),
                clock), configured.teamId(), links, clock, settings.zone());
    }

    private ClickUpProperties.Account configured(String name) {
        ClickUpProperties.Account configured = properties.clickup().get(name);
        if (configured == null || !configured.isOn()) {
            throw new IllegalArgumentException("sverka.clickup." + name + ".token is not set");
        }
        return configured;
    }

    /** The minute begins with the first request (section 3): what flows in and what lies ready fit into any minute. */
    static Door.Limit limit(int perMinute) {
        int ready = Math.max(1, perMinute / 10);
        return new Door.Limit(ready, (perMinute - ready) / 60.0);
    }

    @Override
    public String scheme() {
        return "clickup";
    }

    @Override
    public Map<String, Boolean> accounts() {
        Map<String, Boolean> accounts = new LinkedHashMap<>(Map.of("main", false));
        properties.clickup().forEach((name, account) -> accounts.put(name, account.isOn()));
        return accounts;
    }

    /** Half of what the vendor takes; the other half is left for the work that polls tell. */
    @Override
    public double pollsPerSecond(String account) {
        return properties.clickup().containsKey(account)
                ? properties.clickup().get(account).requestsPerMinute() / 60.0 / 2 : Double.POSITIVE_INFINITY;
    }

    @Override
    public Set<String> entities() {
        return ClickUpOperations.ENTITIES;
    }

    @Override
    public Map<String, Operation> operations(String entity) {
        return operations.of(entity);
    }

    @Override
    public Optional<Feed> feed(String entity) {
        return switch (entity) {
            case ClickUpOperations.TASK -> Optional.of(new ClickUpTaskFeed(this::account, rhythm, watch, links, clock));
            case ClickUpOperations.TIME -> Optional.of(new ClickUpTimeFeed(this::account, rhythm, watch, links, clock,
                    settings.zone()));
            case ClickUpPlaces.FOLDER, ClickUpPlaces.LIST -> Optional.of(new ClickUpPlaceFeed(entity, this::account,
                    rhythm, links, clock));
            default -> Optional.empty();
        };
    }

    @Override
    public boolean pushes(String entity) {
        return PUSHED.contains(entity);
    }

    @Override
    public List<Problem> check(String name) {
        return new ClickUpCheck(name, account(name), configured(name), webhooks).problems();
    }
}
