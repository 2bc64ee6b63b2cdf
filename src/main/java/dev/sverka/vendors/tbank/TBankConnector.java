package dev.sverka.vendors.tbank;

import dev.sverka.core.connector.Connector;
import dev.sverka.core.connector.Feed;
import dev.sverka.core.connector.Operation;
import dev.sverka.core.http.Door;
import dev.sverka.core.http.Doors;
import dev.sverka.core.http.VendorException;
import dev.sverka.core.state.Problem;
import dev.sverka.records.bank.BankOperation;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** The companies' tokens that are configured, as routes see them. */
final class TBankConnector implements Connector {

    private static final String OPERATION = "operation";
    private static final String WEBHOOK = "webhook";
    private static final Duration READ = Duration.ofSeconds(60);
    /** One client believes 4 a second over all methods; the sheet asks to stay at two (tbank.md section 8). */
    private static final Door.Limit LIMIT = new Door.Limit(2, 2);

    private final TBankProperties properties;
    private final Doors doors;
    private final Clock clock;
    private final ZoneId zone;
    private final Path home;
    private final TBankWebhooks webhooks;
    private final Map<String, TBankAccount> open = new ConcurrentHashMap<>();

    /** @param home what {@code root-ca} is relative to */
    TBankConnector(TBankProperties properties, Doors doors, Clock clock, ZoneId zone, @Nullable String publicUrl,
            Path home) {
        this.properties = properties;
        this.doors = doors;
        this.clock = clock;
        this.zone = zone;
        this.home = home;
        this.webhooks = new TBankWebhooks(properties, this::account, publicUrl);
    }

    TBankAccount account(String name) {
        return open.computeIfAbsent(name, this::connect);
    }

    private TBankAccount connect(String name) {
        TBankProperties.Account configured = properties.tbank().get(name);
        if (configured == null || !configured.isOn()) {
            throw new IllegalArgumentException("sverka.tbank." + name + ".token is not set");
        }
        HttpUrl base = HttpUrl.parse(configured.url());
        if (base == null) {
            throw new IllegalArgumentException("sverka.tbank." + name + ".url is no address");
        }
        String rootCa = configured.rootCa();
        Door door = doors.open(scheme() + "." + name, base, READ, LIMIT,
                rootCa == null || rootCa.isBlank() ? null : home.resolve(rootCa.strip()));
        return new TBankAccount(new TBankClient(door, base, Objects.requireNonNull(configured.token()), clock),
                configured.accounts());
    }

    @Override
    public String scheme() {
        return "tbank";
    }

    @Override
    public Map<String, Boolean> accounts() {
        Map<String, Boolean> accounts = new LinkedHashMap<>();
        properties.tbank().forEach((name, account) -> accounts.put(name, account.isOn()));
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
        return Set.of(OPERATION, WEBHOOK);
    }

    @Override
    public Map<String, Operation> operations(String entity) {
        return entity.equals(WEBHOOK) ? webhooks.operations() : Map.of(
                "list", new Operation("list",
                        "Reads the operations of bankAccount: from the day before day: to now, oldest first",
                        (Operation.Read) this::list),
                "recheck", new Operation("recheck",
                        "Tries once more what could not be read: a row of a statement, or a whole bankAccount",
                        (Operation.Read) this::recheck));
    }

    /**
     * Answers a hint: the event's day minus one, because its times may be the day before's (section 7.4). What cannot
     * be read is left to the feed, which tells it.
     */
    private Object list(Operation.Request request) {
        TBankAccount account = account(request.account());
        String bankAccount = String.valueOf(request.map().get("bankAccount"));
        if (!account.bankAccounts().contains(bankAccount)) {
            return List.of();
        }
        Instant now = clock.instant();
        Object day = request.map().get("day");
        LocalDate today = LocalDate.ofInstant(now, TBankOperations.MOSCOW);
        LocalDate told = day == null ? today : LocalDate.parse(day.toString());
        LocalDate from = (told.isAfter(today) ? today : told).minusDays(1);
        from = from.isBefore(today.minusDays(TBankFeed.LONGEST)) ? today.minusDays(TBankFeed.LONGEST) : from;
        TBankReading reading = new TBankReading(account.client(), bankAccount, from, now);
        List<BankOperation> operations = new ArrayList<>();
        do {
            reading.next().forEach(news -> {
                if (news.body() instanceof BankOperation operation) {
                    operations.add(operation);
                }
            });
        } while (!reading.isAtEnd());
        operations.sort(Comparator.comparing(BankOperation::bookedOn));
        return operations;
    }

    /** @throws dev.sverka.core.http.VendorException.Refused with the bank's words while it still cannot be read */
    private Object recheck(Operation.Request request) {
        TBankClient client = account(request.account()).client();
        if (request.map().containsKey("row")) {
            return TBankRows.read(client.account(), request.map(), clock.instant()).map(List::of).orElse(List.of());
        }
        String bankAccount = String.valueOf(request.map().get("bankAccount"));
        if (!client.bankAccounts().contains(bankAccount)) {
            throw new VendorException.Refused(client.account(), 0, "gone", client.account() + ": the account "
                    + bankAccount + " is not in the token's list: it was closed, or the token may not see it; it is"
                    + " still asked for now and then. Take it out of sverka." + client.account()
                    + ".accounts, or issue a token that may read it");
        }
        if (request.map().containsKey("balances")) {
            return recheckBalances(client, bankAccount, LocalDate.parse(String.valueOf(request.map().get("from"))));
        }
        Instant now = clock.instant();
        client.statement(bankAccount, now.minus(Duration.ofDays(1)), now, null);
        return List.of();
    }

    /** The bank's own figures must agree before its silence about an operation means anything (section 4.2). */
    private Object recheckBalances(TBankClient client, String bankAccount, LocalDate from) {
        TBankReading reading = new TBankReading(client, bankAccount, from, clock.instant());
        do {
            reading.next();
        } while (!reading.isAtEnd());
        if (reading.isContradicted()) {
            throw new VendorException.Refused(client.account(), 200, "balances", client.account() + ": "
                    + reading.contradiction() + ". Until they agree nothing of these days is called withdrawn; ask the"
                    + " bank, and replay this once it has mended them");
        }
        return List.of();
    }

    @Override
    public Optional<Feed> feed(String entity) {
        return entity.equals(OPERATION) ? Optional.of(new TBankFeed(properties, this::account, clock, zone))
                : Optional.empty();
    }

    @Override
    public boolean pushes(String entity) {
        return entity.equals(OPERATION);
    }

    /** Does the token read the bank accounts that are configured? */
    @Override
    public List<Problem> check(String name) {
        List<String> seen = account(name).client().bankAccounts();
        return properties.tbank().get(name).accounts().stream().filter(number -> !seen.contains(number))
                .map(number -> new Problem("sverka.tbank." + name + ".accounts", 1,
                        "the token does not see the account " + number,
                        "mend the number, or issue a token that may read it")).toList();
    }
}
