package dev.sverka.vendors.fintablo;

import dev.sverka.core.connector.Connector;
import dev.sverka.core.http.Doors;
import dev.sverka.core.state.SettableClock;
import dev.sverka.core.state.Stores;
import dev.sverka.sandbox.fintablo.FinTabloStandIn;
import java.time.Duration;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.Map;

/** The room for tests of other rooms, with nobody counting calls. */
public final class FinTabloConnectors {

    private FinTabloConnectors() {
    }

    public static Connector of(String url, SettableClock clock) {
        FinTabloProperties properties = new FinTabloProperties(Map.of("main", new FinTabloProperties.Account(url,
                FinTabloStandIn.TOKEN, 240, FinTabloProperties.BankOperations.ENRICH, Duration.ofMinutes(3))),
                new FinTabloProperties.Poll(Duration.ofMinutes(5)), new FinTabloProperties.Reread(Duration.ofMinutes(10)),
                new FinTabloProperties.Sweep(LocalTime.of(3, 30)), new FinTabloProperties.History(Period.ofDays(90)));
        return new FinTabloConnector(properties, new Doors((bucket, capacity, perSecond) -> Duration.ZERO),
                Stores.open().links(), clock, ZoneId.of("Europe/Moscow"));
    }
}
