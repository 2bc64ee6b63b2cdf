package dev.sverka.vendors.statements;

import dev.sverka.core.connector.Connector;
import dev.sverka.core.connector.DropFolder;
import dev.sverka.core.connector.Feed;
import dev.sverka.core.connector.Operation;
import dev.sverka.core.state.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The drop folders that are configured, as routes see them. */
final class StatementsConnector implements Connector {

    private final StatementsProperties properties;
    private final StatementRows rows;
    private final Path home;
    private final Clock clock;
    private final Map<String, StatementsAccount> open = new ConcurrentHashMap<>();

    StatementsConnector(StatementsProperties properties, StatementRows rows, Path home, Clock clock) {
        this.properties = properties;
        this.rows = rows;
        this.home = home;
        this.clock = clock;
    }

    private StatementsAccount account(String name) {
        return open.computeIfAbsent(name, absent -> new StatementsAccount(scheme() + "." + name,
                new DropFolder(folder(name), clock),
                new StatementReader(scheme() + "." + name, properties.ownAccounts(), rows, clock)));
    }

    private Path folder(String name) {
        StatementsProperties.Account account = properties.statements().get(name);
        if (account == null || !account.isOn()) {
            throw new IllegalArgumentException("sverka.statements." + name + ".folder is not set");
        }
        return home.resolve(Objects.requireNonNull(account.folder()).strip()).normalize();
    }

    @Override
    public String scheme() {
        return "statements";
    }

    @Override
    public Map<String, Boolean> accounts() {
        Map<String, Boolean> accounts = new LinkedHashMap<>();
        properties.statements().forEach((name, account) -> accounts.put(name, account.isOn()));
        accounts.putIfAbsent("main", false);
        return accounts;
    }

    @Override
    public Set<String> entities() {
        return Set.of("operation");
    }

    @Override
    public Map<String, Operation> operations(String entity) {
        return Map.of();
    }

    @Override
    public Optional<Feed> feed(String entity) {
        return Optional.of(new StatementsFeed(this::account, rows, clock));
    }

    @Override
    public boolean pushes(String entity) {
        return false;
    }

    /** Can files come and go, and is any account known as ours? Makes nothing. */
    @Override
    public List<Problem> check(String name) {
        Path folder = folder(name);
        String key = "sverka.statements." + name + ".folder";
        List<Problem> problems = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            problems.add(new Problem(key, 1, folder + " is no folder", "make it, or mend the path"));
        } else {
            for (Path place : List.of(folder, folder.resolve(DropFolder.DONE), folder.resolve(DropFolder.FAILED))) {
                if (Files.exists(place) && !(Files.isDirectory(place) && Files.isWritable(place))) {
                    problems.add(new Problem(key, 1, place + " is no folder that can be written to",
                            "give the daemon's user the right to write there"));
                }
            }
        }
        if (properties.ownAccounts().isEmpty()) {
            problems.add(new Problem("sverka.own-companies", 1, "no bank account of ours is named, so every statement"
                    + " in " + folder + " would be refused", "list our accounts in sverka.own-companies[].accounts"));
        }
        return problems;
    }
}
