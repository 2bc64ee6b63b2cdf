package dev.sverka.vendors.diadoc;

import dev.sverka.core.connector.Feed;
import dev.sverka.core.connector.Operation;
import dev.sverka.core.http.Doors;
import dev.sverka.core.http.VendorException;
import dev.sverka.core.state.Leases;
import dev.sverka.core.state.Links;
import dev.sverka.core.state.SettableClock;
import dev.sverka.core.state.Stores;
import dev.sverka.records.edo.EdoDocument;
import dev.sverka.sandbox.diadoc.DiadocBox;
import dev.sverka.sandbox.diadoc.DiadocLogins;
import dev.sverka.sandbox.diadoc.DiadocPaper;
import dev.sverka.sandbox.diadoc.DiadocStandIn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The room over HTTP on the sandbox's Diadoc, a store, and a clock that stands still. */
final class DiadocStage implements AutoCloseable {

    static final DiadocPaper.Content CONTRACT = new DiadocPaper.Content("Contract", "default", "45-К",
            LocalDate.of(2026, 11, 16), "120000.00");
    static final DiadocPaper.Content ACT = new DiadocPaper.Content("AcceptanceCertificate", "default", "9",
            LocalDate.of(2026, 11, 18), "15000.00");

    final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    final DiadocStandIn vendor = new DiadocStandIn(0, clock);
    final Links links = Stores.open().links();
    final Leases leases = Stores.open().leases(clock);
    final Map<String, String> position = new HashMap<>();
    /** What a flow would know: the latest reading of each document, by the rules of the published language. */
    final Map<String, EdoDocument> known = new LinkedHashMap<>();
    private final Set<String> versions = new HashSet<>();
    private DiadocBox box = vendor.box();
    DiadocConnector connector;
    boolean present;

    DiadocStage() {
        start(oidc(DiadocLogins.REFRESH_TOKEN, null));
    }

    /** The process starts anew: what was only remembered is gone, position and store stay. */
    DiadocStage start(DiadocProperties.Account account) {
        connector = connector(account);
        return this;
    }

    DiadocConnector connector(DiadocProperties.Account account) {
        DiadocProperties properties = new DiadocProperties(Map.of("main", account),
                new DiadocProperties.Poll(Duration.ofMinutes(1)), new DiadocProperties.Reread(Duration.ofMinutes(10)),
                new DiadocProperties.Sweep(LocalTime.of(3, 30)), new DiadocProperties.History(Period.ofDays(30)));
        return new DiadocConnector(properties, new Doors((bucket, capacity, perSecond) -> Duration.ZERO),
                new DiadocConnector.Parts(links, leases, TransactionOperations.withoutTransaction(), clock),
                ZoneId.of("Europe/Moscow"));
    }

    DiadocProperties.Account oidc(String refreshToken, String box) {
        return new DiadocProperties.Account(vendor.url(), vendor.url(), DiadocLogins.CLIENT_ID,
                DiadocLogins.CLIENT_SECRET, refreshToken, null, null, null, box);
    }

    DiadocProperties.Account password(String password) {
        return new DiadocProperties.Account(vendor.url(), vendor.url(), null, null, null, DiadocLogins.API_CLIENT_ID,
                DiadocLogins.LOGIN, password, null);
    }

    DiadocBox box() {
        return box;
    }

    /** Another installation with a box of its own, in which nothing has happened. */
    void another(int number) {
        String id = "22222222-2222-4333-8444-%012d".formatted(number);
        box = vendor.box(id, DiadocStandIn.OWN_INN, "ООО \"Вымысел-Продавец\"");
        position.clear();
        known.clear();
        versions.clear();
        start(oidc(DiadocLogins.REFRESH_TOKEN, id));
    }

    DiadocClient client() {
        return connector.account("main").client();
    }

    DiadocPaper sent(DiadocPaper.Content content) {
        return box().sent("Outbound", DiadocStandIn.COUNTERPARTY, content);
    }

    Feed.Pages open() {
        return connector.feed("document").orElseThrow().open("main", Map.copyOf(position));
    }

    /** Reads one window as the consumer would; what the journal has had is not told again. */
    List<EdoDocument> poll() {
        return read(open(), Integer.MAX_VALUE);
    }

    /** Reads some pages, and then the process is gone. */
    List<EdoDocument> read(Feed.Pages pages, int atMost) {
        List<EdoDocument> told = new ArrayList<>();
        present = false;
        Feed.Page page = pages.next();
        for (int i = 0; i < atMost && page != null; i++) {
            page.news().forEach(news -> {
                EdoDocument document = (EdoDocument) news.body();
                if (versions.add(news.id() + "|" + news.version())) {
                    told.add(document);
                    known.merge(news.id(), document, DiadocStage::newer);
                }
            });
            position.clear();
            position.putAll(page.position());
            present = page.present();
            page = i + 1 < atMost ? pages.next() : null;
        }
        return told;
    }

    private static EdoDocument newer(EdoDocument before, EdoDocument now) {
        return now.changedAt().isBefore(before.changedAt()) ? before : now;
    }

    /** Polls until it has been read to the present, whatever fails in between. */
    void settle() {
        for (int n = 0; n < 60; n++) {
            try {
                poll();
                if (present) {
                    return;
                }
            } catch (VendorException.Transient later) {
                clock.set(later.until() == null ? clock.instant().plusSeconds(60) : later.until());
                continue;
            }
            clock.advance(Duration.ofMinutes(1));
        }
        throw new AssertionError("it never came to the present");
    }

    @SuppressWarnings("unchecked")
    <T> T ask(String entity, String verb, Object body) {
        return (T) ((Operation.Read) connector.operations(entity).get(verb).step())
                .read(new Operation.Request("main", entity, body));
    }

    static JsonNode sample(String name) {
        try (InputStream file = Objects.requireNonNull(
                DiadocStage.class.getResourceAsStream("/vendors/diadoc/" + name + ".json"))) {
            return JsonMapper.builder().build().readTree(file.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() {
        vendor.close();
    }
}
