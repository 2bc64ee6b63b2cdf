package dev.sverka.vendors.clickup;

import dev.sverka.core.connector.Feed;
import dev.sverka.core.connector.Operation.Effect;
import dev.sverka.core.connector.Operation.Request;
import dev.sverka.core.connector.Operation;
import dev.sverka.core.http.Door;
import dev.sverka.core.http.Doors;
import dev.sverka.core.http.Quota;
import dev.sverka.core.http.VendorException;
import dev.sverka.core.state.Links;
import dev.sverka.core.state.SettableClock;
import dev.sverka.core.state.Stores;
import dev.sverka.sandbox.Faults;
import dev.sverka.sandbox.clickup.ClickUpStandIn;
import dev.sverka.sandbox.clickup.ClickUpState;
import dev.sverka.sandbox.clickup.ClickUpSwitches;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;

/** The room over HTTP on the sandbox's ClickUp, a store, and a clock that stands still. */
final class ClickUpStage implements AutoCloseable {

    static final String MARKER = "sverka:deal-clickup:main:42";
    static final String TEAM = Long.toString(ClickUpState.TEAM);
    static final String PUBLIC_URL = "http://127.0.0.1:9";
    static final Quota UNLIMITED = (bucket, capacity, perSecond) -> Duration.ZERO;
    static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");

    final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    final Links links = Stores.open().links();
    final ClickUpStandIn vendor = new ClickUpStandIn(0, clock);
    final ClickUpProperties properties = new ClickUpProperties(Map.of("main", new ClickUpProperties.Account(
            vendor.url(), ClickUpStandIn.TOKEN, TEAM, null, 80)), new ClickUpProperties.Poll(Duration.ofMinutes(1)),
            new ClickUpProperties.Reread(Duration.ofMinutes(10)), new ClickUpProperties.Sweep(LocalTime.of(3, 30)),
            new ClickUpProperties.History(Period.ofDays(45)));
    final ClickUpSecrets secrets = new ClickUpSecrets(properties.clickup(), links);
    private final Map<String, Map<String, String>> positions = new HashMap<>();
    ClickUpAccount account;
    ClickUpWebhooks webhooks;
    ClickUpOperations operations;
    ClickUpWatch watch;

    ClickUpStage() {
        restart(Duration.ofSeconds(20));
        switches().perMinute(1_000_000);
        // long ago, so that no earlier process can have left anything
        clock.advance(Duration.ofHours(1));
    }

    /** Another process begins. @param read how long it waits for an answer */
    void restart(Duration read) {
        account = new ClickUpAccount(client(vendor.url(), read, UNLIMITED, clock), TEAM, links, clock, MOSCOW);
        webhooks = new ClickUpWebhooks(name -> account, secrets, PUBLIC_URL);
        operations = new ClickUpOperations(name -> account, webhooks);
        watch = new ClickUpWatch(webhooks, links, clock);
    }

    static ClickUpClient client(String url, Duration read, Quota quota, Clock clock) {
        return client(url, ClickUpStandIn.TOKEN, read, quota, clock);
    }

    static ClickUpClient client(String url, String token, Duration read, Quota quota, Clock clock) {
        HttpUrl base = HttpUrl.get(url);
        Door door = new Doors(quota).open("clickup.main", base, read, ClickUpConnector.limit(80));
        return new ClickUpClient(door, base, token, clock);
    }

    ClickUpState state() {
        return vendor.state();
    }

    ClickUpSwitches switches() {
        return vendor.switches();
    }

    Faults faults() {
        return vendor.faults();
    }

    /** A folder with a list in it, as people make them. @return the list's id */
    String list() {
        return state().listIn(state().folder(ClickUpState.SPACE, "ACME Retail"), "Implementation");
    }

    Optional<Effect> prepare(String entity, String verb, Object body) {
        return ((Operation.Write) operations.of(entity).get(verb).step()).prepare(new Request("main", entity, body));
    }

    /** The first try of a write. */
    Map<String, Object> write(String entity, String verb, Object body) {
        return prepare(entity, verb, body).orElseThrow().send().get();
    }

    /** A further try of a write that was not settled: it is looked for first, as intents do. */
    Map<String, Object> again(String entity, String verb, Object body) {
        Optional<Effect> effect = prepare(entity, verb, body);
        return effect.isEmpty() ? Map.of() : effect.get().find().get().orElseGet(effect.get().send());
    }

    /** Tries until it is settled, as the journal would. */
    Map<String, Object> settle(String entity, String verb, Object body) {
        VendorException last = null;
        for (int n = 0; n < 8; n++) {
            try {
                return n == 0 ? prepare(entity, verb, body).map(effect -> effect.send().get()).orElse(Map.of())
                        : again(entity, verb, body);
            } catch (VendorException.Unclear | VendorException.NotYet | VendorException.Transient later) {
                last = later;
                clock.advance(Duration.ofSeconds(45));
            }
        }
        throw last;
    }

    @SuppressWarnings("unchecked")
    <T> T read(String entity, String verb, Object body) {
        return (T) ((Operation.Read) operations.of(entity).get(verb).step()).read(new Request("main", entity, body));
    }

    Feed feed(String entity) {
        ClickUpRhythm rhythm = new ClickUpRhythm(properties, MOSCOW);
        return switch (entity) {
            case "task" -> new ClickUpTaskFeed(name -> account, rhythm, watch, links, clock);
            case "time" -> new ClickUpTimeFeed(name -> account, rhythm, watch, links, clock, MOSCOW);
            default -> new ClickUpPlaceFeed(entity, name -> account, rhythm, links, clock);
        };
    }

    /** Reads a feed to its end. @return what was told */
    List<Feed.News> poll(String entity) {
        List<Feed.News> told = new ArrayList<>();
        boolean present = false;
        Feed.Pages pages = feed(entity).open("main", positions.getOrDefault(entity, Map.of()));
        for (Feed.Page page = pages.next(); page != null; page = pages.next()) {
            pages.stored(page);
            positions.put(entity, page.position());
            present |= page.present();
            told.addAll(page.news());
        }
        if (!present) {
            throw new IllegalStateException("the feed of " + entity + " did not reach the present");
        }
        return told;
    }

    /** A page of a feed, and a crash after it. */
    List<Feed.News> firstPage(String entity) {
        Feed.Pages pages = feed(entity).open("main", positions.getOrDefault(entity, Map.of()));
        Feed.Page page = pages.next();
        pages.stored(page);
        positions.put(entity, page.position());
        return page.news();
    }

    List<Feed.News> later(String entity, Duration time) {
        clock.advance(time);
        return poll(entity);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> body(Feed.News news) {
        return (Map<String, Object>) news.body();
    }

    /** How many changes of a kind were carried out. */
    long done(String what) {
        return state().ledger().stream().filter(change -> change.startsWith(what + " ")).count();
    }

    @Override
    public void close() {
        vendor.close();
    }
}
