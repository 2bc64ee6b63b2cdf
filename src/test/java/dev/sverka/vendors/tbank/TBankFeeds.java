package dev.sverka.vendors.tbank;

import dev.sverka.core.connector.Feed;
import dev.sverka.core.http.Doors;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** The room's feed for tests of other rooms, with nobody counting calls. */
public final class TBankFeeds {

    private TBankFeeds() {
    }

    public static Feed of(String url, String token, Clock clock) {
        TBankProperties properties = new TBankProperties(Map.of("main", new TBankProperties.Account(url, token,
                List.of(), "secret", null, null, null)), new TBankProperties.Poll(Duration.ofMinutes(1)),
                new TBankProperties.Reread(Duration.ofMinutes(10)), new TBankProperties.Sweep(LocalTime.of(3, 30)),
                new TBankProperties.History(Period.ofDays(45)));
        return new TBankConnector(properties, new Doors((bucket, capacity, perSecond) -> Duration.ZERO), clock,
                ZoneId.of("Europe/Moscow"), null, Path.of("")).feed("operation").orElseThrow();
    }
}
