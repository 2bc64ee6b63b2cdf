package dev.sverka.vendors.tochka;

import dev.sverka.core.connector.Connector;
import dev.sverka.core.connector.Feed;
import dev.sverka.core.connector.Operation;
import dev.sverka.core.http.Door;
import dev.sverka.core.http.Doors;
import dev.sverka.core.http.VendorException;
import dev.sverka.core.state.Problem;
import dev.sverka.core.state.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys that are configured, as routes see them. */
final class TochkaConnector implements Connector {

    private static final Logger LOG = LoggerFactory.getLogger(TochkaConnector.class);
    private static final String OPERATION = "operation";
    private static final String BALANCE = "balance";
    private static final String WEBHOOK = "webhook";
    private static final Duration READ = Duration.ofSeconds(60);
    private static final Duration KEY_READ = Duration.ofSeconds(5);
    /** No limit is published; the sheet asks for one a second and two at once (tochka.md section 3). */
    private static final Door.Limit LIMIT = new Door.Limit(2, 1);

    private final TochkaProperties properties;
    private final Doors doors;
    private final Clock clock;
    private final Settings settings;
    private final TochkaPause pause;
    private final TochkaHints hints;
    private final TochkaWebhooks webhooks;
    private final Map<String, TochkaAccount> open = new ConcurrentHashMap<>();
    private final Map<String, TochkaKeys> keys = new ConcurrentHashMap<>();

    TochkaConnector(TochkaProperties properties, Doors doors, Clock clock, Settings settings, TochkaPause pause) {
        this.properties = properties;
        this.doors = doors;
        this.clock = clock;
        this.settings = settings;
        this.pause = pause;
        this.hints = new TochkaHints(clock);
        this.webhooks = new TochkaWebhooks(properties, this::account, settings.publicUrl());
    }

    TochkaAccount account(String name) {
        return open.computeIfAbsent(name, this::connect);
    }

    /** The bank's keys for an account's events. */
    TochkaKeys keys(String name) {
        return keys.computeIfAbsent(name, this::watch);
    }

    private TochkaAccount connect(String name) {
        TochkaProperties.Account configured = configured(name);
        HttpUrl base = address(name, "url", configured.url());
        Door door = doors.open(scheme() + "." + name, base, READ, LIMIT, rootCa(configured));
        return new TochkaAccount(new TochkaClient(door, base, Objects.requireNonNull(configured.token()), clock),
                configured, pause);
    }

    private TochkaKeys watch(String name) {
        TochkaProperties.Account configured = configured(name);
        String own = configured.webhookKeyUrl();
        HttpUrl url = own != null && !own.isBlank() ? address(name, "webhook-key-url", own)
                : Objects.requireNonNull(address(name, "url", configured.url())
                        .resolve("/doc/openapi/static/keys/public"));
        Door door = doors.open(scheme() + "." + name + ".key", url, KEY_READ, LIMIT, rootCa(configured));
        return new TochkaKeys(new TochkaKeyClient(door, url), clock);
    }

    private TochkaProperties.Account configured(String name) {
        TochkaProperties.Account configured = properties.tochka().get(name);
        if (configured == null || !configured.isOn()) {
            throw new IllegalArgumentException("sverka.tochka." + name + ".token is not set");
        }
        return configured;
    }

    private static HttpUrl address(String name, String key, String text) {
        HttpUrl url = HttpUrl.parse(text);
        if (url == null) {
            throw new IllegalArgumentException("sverka.tochka." + name + "." + key + " is no address");
        }
        return url;
    }

    private @Nullable Path rootCa(TochkaProperties.Account configured) {
        String file = configured.rootCa();
        return file == null || file.isBlank() ? null : settings.homeFolder().resolve(file);
    }

    @Override
    public String scheme() {
        return "tochka";
    }

    @Override
    public Map<String, Boolean> accounts() {
        Map<String, Boolean> accounts = new LinkedHashMap<>();
        properties.tochka().forEach((name, account) -> accounts.put(name, account.isOn()));
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
        return Set.of(OPERATION, BALANCE, WEBHOOK);
    }

    @Override
    public Map<String, Operation> operations(String entity) {
        return switch (entity) {
            case OPERATION -> Map.of(
                    "list", new Operation("list",
                            "Reads the operations of bankAccount: from the day before day: to now, oldest first",
                            (Operation.Read) this::list),
                    "recheck", new Operation("recheck",
                            "Tries once more what could not be read: a row of a statement, or a whole bankAccount",
                            (Operation.Read) this::recheck));
            case BALANCE -> Map.of("list", new Operation("list",
                    "Reads what the accounts hold: bankAccount, type, amount, currency, at",
                    (Operation.Read) this::balances));
            case WEBHOOK -> webhooks.operations();
            default -> Map.of();
        };
    }

    private Object list(Operation.Request request) {
        TochkaAccount account = account(request.account());
        String bankAccount = String.valueOf(request.map().get("bankAccount"));
        Map<String, String> listed = account.listed();
        if (!account.wanted(listed).contains(bankAccount)) {
            return List.of();
        }
        Object day = request.map().get("day");
        try {
            return hints.list(account, account.id(listed, bankAccount), day == null ? null
                    : LocalDate.parse(day.toString()));
        } catch (VendorException.Refused unmade) {
            // the feed asks for fewer days at a time, and tells a person where that does not help either
            LOG.warn("{}; the feed reads on", unmade.getMessage());
            return List.of();
        }
    }

    /** @throws VendorException.Refused with the bank's words while it still cannot be read */
    private Object recheck(Operation.Request request) {
        TochkaAccount account = account(request.account());
        String name = account.client().account();
        if (request.map().containsKey("row")) {
            return TochkaRows.mayComeRight(request.map(), clock.instant()) ? dated(account, request.map())
                    : TochkaRows.read(name, request.map(), clock.instant()).map(List::of).orElse(List.of());
        }
        String bankAccount = String.valueOf(request.map().get("bankAccount"));
        Map<String, String> listed = account.listed();
        if (!listed.containsKey(bankAccount)) {
            throw new VendorException.Refused(name, 0, "gone", name + ": the account " + bankAccount
                    + " is not among the key's open ones: it was closed, or the key may not see it; it is still asked"
                    + " for now and then. Take it out of sverka." + name
                    + ".accounts, or issue a key that may read it");
        }
        try {
            return hints.list(account, account.id(listed, bankAccount), null);
        } catch (VendorException.AuthLost right) {
            // the list was answered: the key lives, and this account's company has not given the right
            throw right.status() == 401 ? right
                    : new VendorException.Refused(name, right.status(), right.code(), right.getMessage());
        }
    }

    /**
     * Reads the days of a row that lacked its own once more: where it stands there no more as it did, the bank has dated
     * it or taken it back.
     */
    private Object dated(TochkaAccount account, Map<String, Object> news) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String bankAccount = String.valueOf(news.get("bankAccount"));
        TochkaReading reading = hints.reading(account, account.id(account.listed(), bankAccount), TochkaJob.of(now,
                LocalDate.parse(news.get("from").toString()), LocalDate.parse(news.get("to").toString())));
        if (reading.isContradicted() || reading.holdsOdd(String.valueOf(news.get("content")))) {
            throw TochkaRows.undated(account.client().account(), news, now);
        }
        return reading.operations();
    }

    private Object balances(Operation.Request request) {
        TochkaAccount account = account(request.account());
        Set<String> wanted = account.wanted(account.listed());
        return account.client().balances().stream().filter(one -> wanted.contains(one.bankAccount()))
                .map(one -> Map.<String, Object>of("bankAccount", one.bankAccount(), "type", one.type(), "amount",
                        one.amount(), "currency", one.currency(), "at", one.at())).toList();
    }

    @Override
    public Optional<Feed> feed(String entity) {
        return entity.equals(OPERATION)
                ? Optional.of(new TochkaFeed(properties, this::account, clock, settings.zone())) : Optional.empty();
    }

    @Override
    public boolean pushes(String entity) {
        return entity.equals(OPERATION);
    }

    @Override
    public List<Problem> check(String name) {
        return new TochkaCheck(clock).check(name, account(name), configured(name), webhooks.hookUrl());
    }
}
