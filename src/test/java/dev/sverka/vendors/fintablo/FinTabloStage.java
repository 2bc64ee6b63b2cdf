package dev.sverka.vendors.fintablo;

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
import dev.sverka.sandbox.fintablo.FinTabloCompany;
import dev.sverka.sandbox.fintablo.FinTabloStandIn;
import dev.sverka.sandbox.fintablo.FinTabloSwitches;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;

/** The room over HTTP on the sandbox's FinTablo, a store, and a clock that stands still. */
final class FinTabloStage implements AutoCloseable {

    static final String MARKER = "sverka:deal-fintablo:main:1";
    static final Quota UNLIMITED = (bucket, capacity, perSecond) -> Duration.ZERO;

    final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    final Links links = Stores.open().links();
    final FinTabloStandIn vendor = new FinTabloStandIn(0, clock);
    FinTabloAccount account;
    FinTabloOperations operations;

    FinTabloStage() {
        restart(Duration.ofSeconds(20));
        vendor.company().switches().perMinute(1_000_000);
        // long ago, so that no earlier process can have left anything
        clock.advance(Duration.ofHours(1));
    }

    /** Another process begins. @param read how long it waits for an answer */
    void restart(Duration read) {
        account = new FinTabloAccount(client(vendor.url(), read, UNLIMITED, clock), links, clock);
        operations = new FinTabloOperations(name -> account);
    }

    static FinTabloClient client(String url, Duration read, Quota quota, Clock clock) {
        HttpUrl base = HttpUrl.get(url);
        Door door = new Doors(quota).open("fintablo.main", base, read, FinTabloConnector.limit(240));
        return new FinTabloClient(door, base, FinTabloStandIn.TOKEN, clock);
    }

    FinTabloCompany company() {
        return vendor.company();
    }

    FinTabloSwitches switches() {
        return vendor.company().switches();
    }

    Faults faults() {
        return vendor.faults();
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

    /** Tries until it is settled, a quarter of an hour apart at most: as the journal would. */
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

    List<Map<String, Object>> list(String entity, Map<String, Object> filter) {
        return read(entity, "list", Map.of("filter", filter));
    }

    static Map<String, Object> create(Map<String, Object> fields) {
        return Map.of("marker", MARKER, "fields", fields);
    }

    /** A planned receipt. */
    static Map<String, Object> plan(String date, String value) {
        return new LinkedHashMap<>(Map.of("group", "income", "isPlan", 1, "date", date, "value", value, "moneybagId",
                90211, "categoryId", 1701210, "description", "Оплата этапа 1"));
    }

    /** How many changes of a kind were carried out. */
    long done(String what) {
        return company().ledger().stream().filter(change -> change.startsWith(what + " ")).count();
    }

    @Override
    public void close() {
        vendor.close();
    }
}
