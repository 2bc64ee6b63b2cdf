package dev.sverka.vendors.tochka;

import dev.sverka.core.connector.Feed;
import dev.sverka.core.http.Doors;
import dev.sverka.core.state.SettableClock;
import dev.sverka.core.state.Settings;
import java.time.Duration;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The room's feed for tests of other rooms, with nobody counting calls; where it waits, the clock moves on. */
public final class TochkaFeeds {

    private TochkaFeeds() {
    }

    public static Feed of(String url, String token, String clientId, SettableClock clock) {
        TochkaProperties properties = new TochkaProperties(Map.of("main", new TochkaProperties.Account(url, token,
                clientId, null, List.of(), null, null)), new TochkaProperties.Poll(Duration.ofMinutes(5)),
                new TochkaProperties.Reread(Duration.ofHours(1)), new TochkaProperties.Sweep(LocalTime.of(3, 30)),
                new TochkaProperties.History(Period.ofDays(45)));
        Settings settings = new Settings(ZoneId.of("Europe/Moscow"), Locale.ENGLISH, "https://sync.example.org",
                Duration.ZERO, ".");
        return new TochkaConnector(properties, new Doors((bucket, capacity, perSecond) -> Duration.ZERO), clock,
                settings, time -> {
            clock.advance(time);
            return true;
        }).feed("operation").orElseThrow();
    }
}
