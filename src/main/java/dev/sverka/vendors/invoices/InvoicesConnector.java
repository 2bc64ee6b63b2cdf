package dev.sverka.vendors.invoices;

import dev.sverka.core.connector.Connector;
import dev.sverka.core.connector.DropFolder;
import dev.sverka.core.connector.Feed;
import dev.sverka.core.connector.Operation;
import dev.sverka.core.http.VendorException;
import dev.sverka.core.state.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The drop folders for invoices that are configured, as routes see them. */
final class InvoicesConnector implements Connector {

    private static final String FILE = "file";

    private final InvoicesProperties properties;
    private final InvoiceRows rows;
    private final PdfReader reader;
    private final Path home;
    private final Clock clock;
    private final Map<String, DropFolder> open = new ConcurrentHashMap<>();

    InvoicesConnector(InvoicesProperties properties, InvoiceRows rows, PdfReader reader, Path home, Clock clock) {
        this.reader = reader;
        this.properties = properties;
        this.rows = rows;
        this.home = home;
        this.clock = clock;
    }

    private DropFolder open(String name) {
        return open.computeIfAbsent(name, absent -> new DropFolder(folder(name), clock));
    }

    private Path folder(String name) {
        InvoicesProperties.Account account = properties.invoices().get(name);
        if (account == null || !account.isOn()) {
            throw new IllegalArgumentException("sverka.invoices." + name + ".folder is not set");
        }
        return home.resolve(Objects.requireNonNull(account.folder()).strip()).normalize();
    }

    @Override
    public String scheme() {
        return "invoices";
    }

    @Override
    public Map<String, Boolean> accounts() {
        Map<String, Boolean> accounts = new LinkedHashMap<>();
        properties.invoices().forEach((name, account) -> accounts.put(name, account.isOn()));
        accounts.putIfAbsent("main", false);
        return accounts;
    }

    @Override
    public Set<String> entities() {
        return Set.of(FILE);
    }

    @Override
    public Map<String, Operation> operations(String entity) {
        return Map.of("content", new Operation("content", "Gives name: and content: of the file with hash: as it was"
                + " dropped", (Operation.Read) request -> {
                    String hash = String.valueOf(request.map().get("hash"));
                    return rows.content(hash).orElseThrow(() -> new VendorException.Refused(scheme(), 404, "gone",
                            "invoices: there is no file " + hash));
                }));
    }

    @Override
    public Optional<Feed> feed(String entity) {
        return Optional.of(new InvoicesFeed(this::open, rows, reader, clock));
    }

    @Override
    public boolean pushes(String entity) {
        return false;
    }

    /** Can files come and go? Makes nothing. */
    @Override
    public List<Problem> check(String name) {
        Path folder = folder(name);
        String key = "sverka.invoices." + name + ".folder";
        if (!Files.isDirectory(folder)) {
            return List.of(new Problem(key, 1, folder + " is no folder", "make it, or mend the path"));
        }
        return List.of(folder, folder.resolve(DropFolder.DONE), folder.resolve(DropFolder.FAILED)).stream()
                .filter(place -> Files.exists(place) && !(Files.isDirectory(place) && Files.isWritable(place)))
                .map(place -> new Problem(key, 1, place + " is no folder that can be written to",
                        "give the daemon's user the right to write there")).toList();
    }
}
