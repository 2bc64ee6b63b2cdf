package dev.sverka.bitrix24;

import dev.sverka.connector.Connector;
import dev.sverka.connector.Feed;
import dev.sverka.connector.Operation;
import dev.sverka.http.Door;
import dev.sverka.http.Doors;
import dev.sverka.portal.Portal;
import dev.sverka.state.Declared;
import dev.sverka.state.Problem;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.HttpUrl;

/** The portals that are configured, as routes see them. */
final class Bitrix24Connector implements Connector {

    /** Above the vendor's cut at 60 s: otherwise the outcome of a slow write is never learnt (bitrix24.md 2.5). */
    private static final Duration READ = Duration.ofSeconds(65);

    private final Bitrix24Properties properties;
    private final Declared<Portal> portal;
    private final Doors doors;
    private final Clock clock;
    private final Bitrix24Operations operations;
    private final Map<String, Bitrix24Account> open = new ConcurrentHashMap<>();

    Bitrix24Connector(Bitrix24Properties properties, Declared<Portal> portal, Doors doors, Clock clock) {
        this.properties = properties;
        this.portal = portal;
        this.doors = doors;
        this.clock = clock;
        this.operations = new Bitrix24Operations(portal, this::account);
    }

    /** @throws IllegalArgumentException for an account without a url */
    Bitrix24Account account(String name) {
        return open.computeIfAbsent(name, this::connect);
    }

    private Bitrix24Account connect(String name) {
        Bitrix24Properties.Account configured = properties.bitrix24().get(name);
        if (configured == null || !configured.isOn()) {
            throw new IllegalArgumentException("sverka.bitrix24." + name + ".url is not set");
        }
        String url = Objects.requireNonNull(configured.url());
        HttpUrl base = HttpUrl.parse(url.endsWith("/") ? url : url + "/");
        if (base == null || base.pathSize() < 4) {
            throw new IllegalArgumentException("sverka.bitrix24." + name
                    + ".url is no incoming webhook: it looks like https://PORTAL/rest/USER/SECRET/");
        }
        String account = scheme() + "." + name;
        // a tenth is left free: a request reaches the portal's bucket a little later than ours
        Door door = doors.open(account, base, READ,
                new Door.Limit(configured.plan().threshold * 9 / 10, configured.plan().perSecond));
        Bitrix24Client client = new Bitrix24Client(door, withoutEmptyEnd(base), clock);
        Bitrix24Names names = new Bitrix24Names(client, portal, clock);
        return new Bitrix24Account(client, names, new Bitrix24Items(account, names,
                Set.copyOf(configured.robotUsers())));
    }

    private static HttpUrl withoutEmptyEnd(HttpUrl base) {
        return base.pathSegments().get(base.pathSize() - 1).isEmpty()
                ? base.newBuilder().removePathSegment(base.pathSize() - 1).build() : base;
    }

    @Override
    public String scheme() {
        return "bitrix24";
    }

    @Override
    public Map<String, Boolean> accounts() {
        Map<String, Boolean> accounts = new LinkedHashMap<>(Map.of("main", false));
        properties.bitrix24().forEach((name, account) -> accounts.put(name, account.isOn()));
        return accounts;
    }

    @Override
    public Set<String> entities() {
        return portal.get().names();
    }

    @Override
    public Map<String, Operation> operations(String entity) {
        return operations.of(entity);
    }

    @Override
    public Optional<Feed> feed(String entity) {
        return Optional.of(new Bitrix24Feed(entity, properties.poll().bitrix24(), portal, this::account));
    }

    @Override
    public boolean pushes(String entity) {
        return portal.get().entities().containsKey(entity);
    }

    /** Does the webhook work, has it the scopes, are the declared names there? */
    @Override
    public List<Problem> check(String name) {
        String key = "sverka.bitrix24." + name;
        Bitrix24Account account = account(name);
        List<String> scopes = Bitrix24Client.rows(account.client().read("scope", Map.of())).stream()
                .map(scope -> scope.asString("")).toList();
        if (!scopes.contains("crm")) {
            return List.of(new Problem(key + ".url", 1, "the webhook lacks the scope crm",
                    "tick CRM in the incoming webhook on the portal"));
        }
        List<Problem> problems = new ArrayList<>();
        for (String entity : portal.get().entities().keySet()) {
            account.names().of(entity).missing().forEach(missing -> problems.add(new Problem(portal.file(), 1,
                    "drift: " + missing + " is not on the portal",
                    "create it there, or point the key at an existing one with use:")));
        }
        if (properties.bitrix24().get(name).applicationToken() == null) {
            problems.add(new Problem(key + ".application-token", 1, "not set, so the portal's events are refused",
                    "copy it from the outgoing webhook on the portal"));
        }
        return problems;
    }
}
