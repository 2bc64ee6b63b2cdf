package dev.sverka.vendors.bitrix24;

import dev.sverka.core.connector.Connector;
import dev.sverka.core.connector.Feed;
import dev.sverka.core.connector.MassDeletions;
import dev.sverka.core.connector.Operation;
import dev.sverka.core.http.Door;
import dev.sverka.core.http.Doors;
import dev.sverka.core.http.Quota;
import dev.sverka.core.http.Usage;
import dev.sverka.core.http.VendorException;
import dev.sverka.core.portal.Portal;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Links;
import dev.sverka.core.state.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import okhttp3.HttpUrl;
import org.springframework.context.SmartLifecycle;

/** The portals that are configured, as routes see them. */
final class Bitrix24Connector implements Connector, SmartLifecycle, Usage {

    /** Above the vendor's cut at 60 s: otherwise the outcome of a slow write is never learnt (bitrix24.md 2.5). */
    private static final Duration READ = Duration.ofSeconds(65);
    /** How long a worker waits for the limits before its work is put off; below the time a stop may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** The code of our own verdict that the portal lacks what is declared. */
    private static final String DRIFT = "drift";

    /** Methods of an account whose operating time people are shown. */
    private static final int SHOWN = 3;

    private final Bitrix24Properties properties;
    private final Declared<Portal> portal;
    private final Doors doors;
    private final Quota quota;
    private final Links links;
    private final MassDeletions doubts;
    private final Clock clock;
    private final ZoneId zone;
    private final Bitrix24Operations operations;
    private final Map<String, Bitrix24Account> open = new ConcurrentHashMap<>();
    private volatile boolean running;

    Bitrix24Connector(Bitrix24Properties properties, Declared<Portal> portal, Doors doors, Quota quota, Links links,
            MassDeletions doubts, Clock clock, ZoneId zone) {
        this.properties = properties;
        this.portal = portal;
        this.doors = doors;
        this.quota = quota;
        this.links = links;
        this.doubts = doubts;
        this.clock = clock;
        this.zone = zone;
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
        String url = Objects.requireNonNull(configured.url()).strip().replaceAll("/+$", "");
        HttpUrl base = HttpUrl.parse(url);
        if (base == null || base.pathSize() < 3) {
            throw new IllegalArgumentException("sverka.bitrix24." + name
                    + ".url is no incoming webhook: it looks like https://PORTAL/rest/USER/SECRET/");
        }
        String account = scheme() + "." + name;
        Door door = doors.open(account, base, READ);
        Bitrix24Governor governor = new Bitrix24Governor(account, configured.limits(PATIENCE), quota, clock,
                UnaryOperator.identity());
        return account(new Bitrix24Client(door, new Bitrix24Address(account, base.uri(), links), governor, clock),
                portal, links, clock, machines(configured, base));
    }

    /** Users whose changes are no person's: the portal's robots, and the webhook's own user. */
    private static Set<Long> machines(Bitrix24Properties.Account configured, HttpUrl base) {
        Set<Long> machines = new HashSet<>(configured.robotUsers());
        int user = base.pathSegments().indexOf("rest") + 1;
        if (user > 0 && user < base.pathSize() && base.pathSegments().get(user).matches("\\d{1,12}")) {
            machines.add(Long.parseLong(base.pathSegments().get(user)));
        }
        return machines;
    }

    /** What belongs to one portal around its client. */
    static Bitrix24Account account(Bitrix24Client client, Declared<Portal> portal, Links links, Clock clock,
            Set<Long> robots) {
        Bitrix24Names names = new Bitrix24Names(client, portal, clock,
                new Bitrix24Drift(client.account(), portal, links));
        return new Bitrix24Account(client, names, new Bitrix24Items(client.account(), names, robots),
                new Bitrix24Companies(client), new Bitrix24Dates(links), Bitrix24Together.writes(client),
                Bitrix24Together.reads(client),
                new Bitrix24Recent(client.account(), links, clock));
    }

    /** Operating time; requests are told by who counts them over all replicas. */
    @Override
    public List<Used> used() {
        return open.values().stream().flatMap(account -> account.client().governor().used(SHOWN).stream()).toList();
    }

    @Override
    public void start() {
        running = true;
    }

    /** The first to stop: nobody waits for a limit while the routes end their work. */
    @Override
    public void stop() {
        running = false;
        open.values().forEach(account -> account.client().governor().close());
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public Duration longestExecution(String account) {
        Bitrix24Properties.Account configured = properties.bitrix24().get(account);
        return configured == null ? Duration.ZERO : configured.longestExecution();
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
        return Optional.of(new Watching(new Bitrix24Feed(entity, properties, portal, this::account, links, doubts,
                clock, zone), this::account));
    }

    /** Half of what the portal takes; the look for drift is a poll too. */
    @Override
    public double pollsPerSecond(String account) {
        Bitrix24Properties.Account configured = properties.bitrix24().get(account);
        return configured == null ? Double.POSITIVE_INFINITY
                : configured.plan().perSecond / 2.0 - 2.0 / Watching.SHORTEST.toSeconds();
    }

    /** A feed that looks for drift first: whichever is read first in a poll cycle does it for all. */
    private record Watching(Feed feed, Function<String, Bitrix24Account> accounts) implements Feed {

        private static final Duration SHORTEST = Duration.ofSeconds(10);

        @Override
        public Duration every() {
            return feed.every();
        }

        @Override
        public double requests(String account) {
            return feed.requests(account);
        }

        @Override
        public Pages open(String account, Map<String, String> position) {
            Duration cycle = every();
            // two requests a look: with a poll every second they alone would use up a portal's budget
            accounts.apply(account).names().watch(cycle.compareTo(SHORTEST) < 0 ? SHORTEST : cycle);
            return feed.open(account, position);
        }
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
        needed(scopes).forEach((scope, what) -> problems.add(new Problem(key + ".url", 1, "the webhook lacks the scope "
                + scope + ", so " + what, "tick it in the incoming webhook on the portal")));
        portal.get().entities().keySet().forEach(entity -> problems.addAll(drift(account, entity)));
        if (properties.bitrix24().get(name).applicationToken() == null) {
            problems.add(new Problem(key + ".application-token", 1, "not set, so the portal's events are refused",
                    "copy it from the outgoing webhook on the portal"));
        }
        return problems;
    }

    /** Scopes that are missing, and what does not work without (section 1.3). */
    private Map<String, String> needed(List<String> granted) {
        Map<String, String> missing = new TreeMap<>(Map.of("im", "nobody can be notified"));
        if (portal.get().entities().values().stream().anyMatch(entity -> "user".equals(entity.builtin()))) {
            missing.put("user", "people cannot be looked up");
        }
        missing.keySet().removeIf(scope -> granted.stream().anyMatch(one -> one.equals(scope)
                || one.startsWith(scope + "_")));
        return missing;
    }

    /** What the portal no longer calls, or types, as declared. */
    private List<Problem> drift(Bitrix24Account account, String entity) {
        account.names().forget(entity);
        List<String> missing;
        try {
            missing = account.names().of(entity).missing();
        } catch (VendorException.Refused absent) {
            if (!absent.code().equals(DRIFT)) {
                return List.of(new Problem(portal.file(), 1, entity + " cannot be looked up: " + absent.getMessage(),
                        "give the webhook's user administrator's rights on the CRM"));
            }
            missing = List.of(entity);
        }
        return missing.stream().map(one -> new Problem(portal.file(), 1,
                "drift: " + one + " is not on the portal under its name and type",
                "create it there, or point the key at an existing one with use:")).toList();
    }
}
