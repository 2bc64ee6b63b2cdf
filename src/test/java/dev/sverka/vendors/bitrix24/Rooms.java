package dev.sverka.vendors.bitrix24;

import dev.sverka.core.connector.MassDeletions;
import dev.sverka.core.http.Door;
import dev.sverka.core.http.Doors;
import dev.sverka.core.http.Quota;
import dev.sverka.core.portal.Portal;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Links;
import dev.sverka.core.state.Stores;
import dev.sverka.vendors.bitrix24.Bitrix24Governor.Accounting;
import dev.sverka.vendors.bitrix24.Bitrix24Governor.Limits;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import okhttp3.HttpUrl;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rooms around a portal's address, for tests. */
final class Rooms {

    static final Quota UNLIMITED = (bucket, capacity, perSecond) -> Duration.ZERO;
    static final Limits LIMITS = new Limits(50, 2, Duration.ofSeconds(480), 0.9, Accounting.AUTO,
            Duration.ofSeconds(10));

    private Rooms() {
    }

    static Bitrix24Client client(String url) {
        return client(url, UNLIMITED, LIMITS, Clock.systemUTC(), UnaryOperator.identity(), Stores.open().links());
    }

    static Bitrix24Client client(String url, Quota quota, Limits limits, Clock clock, UnaryOperator<Duration> pace,
            Links links) {
        String base = url.replaceFirst("/$", "");
        Door door = new Doors(UNLIMITED).open("bitrix24.main", HttpUrl.get(base), Duration.ofSeconds(60));
        return new Bitrix24Client(door, new Bitrix24Address("bitrix24.main", URI.create(base), links),
                new Bitrix24Governor("bitrix24.main", limits, quota, clock, pace), clock);
    }

    static Bitrix24Account account(Bitrix24Client client, Declared<Portal> portal, Links links, Clock clock) {
        return Bitrix24Connector.account(client, portal, links, clock, Set.of());
    }

    static Bitrix24Feed feed(String entity, Declared<Portal> portal, Bitrix24Account account, Links links,
            Clock clock) {
        return feed(entity, portal, account, links, new MassDeletions(links, event -> { }), clock);
    }

    static Bitrix24Feed feed(String entity, Declared<Portal> portal, Bitrix24Account account, Links links,
            MassDeletions doubts, Clock clock) {
        Bitrix24Properties properties = new Bitrix24Properties(Map.of(),
                new Bitrix24Properties.Rhythm(Duration.ofSeconds(30)),
                new Bitrix24Properties.Reread(Duration.ofMinutes(10)),
                new Bitrix24Properties.Sweep(LocalTime.of(3, 30)), new Bitrix24Properties.History(null));
        return new Bitrix24Feed(entity, properties, portal, name -> account, links, doubts, clock,
                ZoneId.of("Europe/Moscow"));
    }

    /** A whole connector; a write that nobody answered is over at once. */
    static Bitrix24Connector connector(String url, Declared<Portal> portal, Links links, Clock clock) {
        Bitrix24Properties properties = new Bitrix24Properties(Map.of("main", new Bitrix24Properties.Account(url, null,
                Bitrix24Properties.Plan.BOX, List.of(), Duration.ofSeconds(480), 0.9, Accounting.AUTO, Duration.ZERO)),
                new Bitrix24Properties.Rhythm(Duration.ofSeconds(30)),
                new Bitrix24Properties.Reread(Duration.ofMinutes(10)),
                new Bitrix24Properties.Sweep(LocalTime.of(3, 30)), new Bitrix24Properties.History(null));
        return new Bitrix24Connector(properties, portal, new Doors(UNLIMITED), UNLIMITED, links,
                new MassDeletions(links, event -> { }), clock, ZoneId.of("Europe/Moscow"));
    }

    static JsonNode json(Object value) {
        return JsonMapper.builder().build().valueToTree(value);
    }
}
