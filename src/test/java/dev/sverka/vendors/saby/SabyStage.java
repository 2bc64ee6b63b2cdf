package dev.sverka.vendors.saby;

import dev.sverka.core.connector.Feed;
import dev.sverka.core.connector.Operation;
import dev.sverka.core.http.Doors;
import dev.sverka.core.http.VendorException;
import dev.sverka.core.state.Links;
import dev.sverka.core.state.SettableClock;
import dev.sverka.core.state.Stores;
import dev.sverka.records.edo.EdoDocument;
import dev.sverka.sandbox.saby.SabyOffice;
import dev.sverka.sandbox.saby.SabyStandIn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
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
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The room over HTTP on the sandbox's Saby, a store, and a clock that stands still. */
final class SabyStage implements AutoCloseable {

    final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    final SabyStandIn vendor = new SabyStandIn(0, clock);
    final Map<String, String> position = new HashMap<>();
    final Map<String, EdoDocument> known = new LinkedHashMap<>();
    private final Set<String> versions = new HashSet<>();
    private final Stores store = Stores.open();
    private final Links links = store.links();
    SabyConnector connector;
    boolean present;

    SabyStage() {
        start(application());
    }

    /** The process starts anew: what was only remembered is gone, position and store stay. */
    SabyStage start(SabyProperties.Account account) {
        SabyProperties properties = new SabyProperties(Map.of("main", account),
                new SabyProperties.Poll(Duration.ofMinutes(1)), new SabyProperties.Reread(Duration.ofMinutes(10)),
                new SabyProperties.Sweep(LocalTime.of(3, 30)), new SabyProperties.History(Period.ofDays(30)));
        connector = new SabyConnector(properties, new Doors((bucket, capacity, perSecond) -> Duration.ZERO), links,
                clock, ZoneId.of("Europe/Moscow"));
        return this;
    }

    /** Another installation in which nothing has happened. */
    void another() {
        vendor.another();
        position.clear();
        known.clear();
        versions.clear();
        // a store of its own for each of ten thousand would fill the memory
        JdbcClient.create(store.dataSource()).sql("delete from link").update();
        start(application());
    }

    SabyProperties.Account application() {
        return application(vendor.url(), null, Duration.ZERO);
    }

    SabyProperties.Account application(String url, String mirror, Duration pause) {
        return new SabyProperties.Account(url, mirror, SabyStandIn.APP_CLIENT_ID, SabyStandIn.APP_SECRET,
                SabyStandIn.SECRET_KEY, null, null, pause);
    }

    SabyProperties.Account password(String password) {
        return new SabyProperties.Account(vendor.url(), null, null, null, null, SabyStandIn.LOGIN, password,
                Duration.ZERO);
    }

    SabyOffice office() {
        return vendor.office();
    }

    SabyClient client() {
        return connector.client("main");
    }

    String sent() {
        String id = office().paper("ДокОтгрИсх", "15000.00");
        office().send(id);
        return id;
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
                if (versions.add(news.id() + "|" + news.version())) {
                    told.add((EdoDocument) news.body());
                    known.put(news.id(), (EdoDocument) news.body());
                }
            });
            position.clear();
            position.putAll(page.position());
            pages.stored(page);
            present = page.present();
            page = i + 1 < atMost ? pages.next() : null;
        }
        return told;
    }

    /** Polls until it has been read to the present, whatever fails in between. */
    void settle() {
        for (int n = 0; n < 20; n++) {
            try {
                poll();
                if (present) {
                    return;
                }
            } catch (VendorException.Transient later) {
                clock.advance(Duration.ofMinutes(1));
            }
        }
        throw new AssertionError("it never came to the present");
    }

    @SuppressWarnings("unchecked")
    <T> T ask(String verb, Object body) {
        return (T) ((Operation.Read) connector.operations("document").get(verb).step())
                .read(new Operation.Request("main", "document", body));
    }

    static JsonNode sample(String name) {
        try (InputStream file = Objects.requireNonNull(
                SabyStage.class.getResourceAsStream("/vendors/saby/" + name + ".json"))) {
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
