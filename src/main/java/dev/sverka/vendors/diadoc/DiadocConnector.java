package dev.sverka.vendors.diadoc;

import dev.sverka.core.connector.Connector;
import dev.sverka.core.connector.Feed;
import dev.sverka.core.connector.Operation;
import dev.sverka.core.http.Door;
import dev.sverka.core.http.Doors;
import dev.sverka.core.state.Leases;
import dev.sverka.core.state.Links;
import dev.sverka.core.state.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import org.springframework.transaction.support.TransactionOperations;

/** Diadoc as routes see it. */
final class DiadocConnector implements Connector {

    private static final Duration READ = Duration.ofSeconds(60);
    /** The sheet asks to stay below ten a second in all (diadoc.md section 4). */
    private static final Door.Limit LIMIT = new Door.Limit(2, 8);
    /** How long a refresh token lives no page tells; a month is assumed, and a week is left to people (section 14). */
    private static final Duration TOKEN_IS_OLD = Duration.ofDays(23);

    private final DiadocProperties properties;
    private final Doors doors;
    private final Parts parts;
    private final ZoneId zone;
    private final DiadocOperations operations;
    private final Map<String, DiadocAccount> open = new ConcurrentHashMap<>();

    /** What a log-in needs of the store. @param apart commits at once, whatever the caller's transaction does */
    record Parts(Links links, Leases leases, TransactionOperations apart, Clock clock) {
    }

    DiadocConnector(DiadocProperties properties, Doors doors, Parts parts, ZoneId zone) {
        this.properties = properties;
        this.doors = doors;
        this.parts = parts;
        this.zone = zone;
        this.operations = new DiadocOperations(this::account, parts.clock());
    }

    /** @throws IllegalArgumentException for an account without credentials */
    DiadocAccount account(String name) {
        return open.computeIfAbsent(name, this::connect);
    }

    private DiadocAccount connect(String name) {
        DiadocProperties.Account configured = properties.diadoc().get(name);
        if (configured == null || !configured.isOn()) {
            throw new IllegalArgumentException("sverka.diadoc." + name + " is off: set client-id, client-secret and "
                    + "refresh-token, or api-client-id, login and password");
        }
        String account = scheme() + "." + name;
        HttpUrl base = address(name, "url", configured.url());
        Door door = doors.open(account, base, READ, LIMIT);
        if (configured.isOlder()) {
            String key = Objects.requireNonNull(configured.apiClientId());
            DiadocLoginClient login = new DiadocLoginClient(door, base, parts.clock());
            return account(door, base, configured, new DiadocPassword(key, () -> login.token(key,
                    Objects.requireNonNull(configured.login()), Objects.requireNonNull(configured.password())),
                    parts.clock()), () -> Duration.ZERO);
        }
        HttpUrl identity = address(name, "identity-url", configured.identityUrl());
        DiadocLoginClient login = new DiadocLoginClient(doors.open(account, identity, READ, LIMIT), identity,
                parts.clock());
        String secret = Objects.requireNonNull(configured.clientSecret());
        DiadocTokenStore store = new DiadocTokenStore(account, Objects.requireNonNull(configured.refreshToken()),
                secret,
                parts.links(), parts.apart(), parts.clock());
        DiadocTokens tokens = new DiadocTokens(account, store, token -> login.refresh(
                Objects.requireNonNull(configured.clientId()), secret, token), parts.leases(), parts.clock());
        return account(door, base, configured, tokens, store::age);
    }

    private DiadocAccount account(Door door, HttpUrl base, DiadocProperties.Account configured, DiadocLogin login,
            Supplier<Duration> credentialAge) {
        DiadocClient client = new DiadocClient(door, base, login, parts.clock());
        return new DiadocAccount(client, new DiadocBoxes(client, configured.boxId(), parts.clock()), credentialAge,
                parts.clock());
    }

    private static HttpUrl address(String name, String key, String url) {
        HttpUrl address = HttpUrl.parse(url);
        if (address == null) {
            throw new IllegalArgumentException("sverka.diadoc." + name + "." + key + " is no address");
        }
        return address;
    }

    @Override
    public String scheme() {
        return "diadoc";
    }

    @Override
    public Map<String, Boolean> accounts() {
        Map<String, Boolean> accounts = new LinkedHashMap<>();
        properties.diadoc().forEach((name, account) -> accounts.put(name, account.isOn()));
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
        return Set.of(DiadocOperations.DOCUMENT, DiadocOperations.BOX);
    }

    @Override
    public Map<String, Operation> operations(String entity) {
        return operations.of(entity);
    }

    @Override
    public Optional<Feed> feed(String entity) {
        return entity.equals(DiadocOperations.DOCUMENT)
                ? Optional.of(new DiadocFeed(properties, this::account, parts.clock(), zone)) : Optional.empty();
    }

    /** Nothing is pushed (section 1). */
    @Override
    public boolean pushes(String entity) {
        return false;
    }

    /** Is every box there, does the user see all of it, and how long will log-in and methods last? */
    @Override
    public List<Problem> check(String name) {
        DiadocAccount account = account(name);
        String where = "sverka.diadoc." + name;
        List<Problem> problems = new ArrayList<>();
        List<String> visible = account.boxes().visible();
        for (String box : account.boxes().own()) {
            if (!visible.contains(box)) {
                problems.add(new Problem(where + ".box-id", 1, "the log-in has no box " + DiadocId.guid(box),
                        "name one of " + String.join(", ", visible.stream().map(DiadocId::guid).toList())));
            } else if (!account.client().accessLevel(box).equals("AllDocuments")) {
                problems.add(new Problem(where, 1, "the user does not see all documents of the box "
                        + DiadocId.guid(box), "let its administrator give the right «все документы»"));
            }
        }
        if (account.credentialAge().compareTo(TOKEN_IS_OLD) > 0) {
            problems.add(new Problem(where + ".refresh-token", 1, "the refresh token is in use for "
                    + account.credentialAge().toDays() + " days and may end soon", "let a person consent anew"));
        }
        account.client().sunsets().forEach((method, day) -> problems.add(new Problem(where, 1,
                "Kontur removes " + method + " on " + day, "update Sverka before that day")));
        return problems;
    }
}
