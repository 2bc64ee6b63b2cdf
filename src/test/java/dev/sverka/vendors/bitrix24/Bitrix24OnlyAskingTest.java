package dev.sverka.vendors.bitrix24;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.http.Door;
import dev.sverka.core.http.Doors;
import dev.sverka.core.http.VendorException;
import dev.sverka.core.state.Stores;
import dev.sverka.sandbox.bitrix24.Bitrix24StandIn;
import dev.sverka.sandbox.bitrix24.Portal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;

/** The door of a dry run, with every call counted behind it. */
class Bitrix24OnlyAskingTest {

    @Test
    void whatAsksGoesOutAndWhatChangesSomethingNeverDoesAloneOrInABatch() {
        try (Bitrix24StandIn portal = new Bitrix24StandIn(0, Clock.systemUTC())) {
            Portal.of(portal.crm());
            String base = portal.url().replaceFirst("/$", "");
            Door door = new Doors(Rooms.UNLIMITED, true).open("bitrix24.main", HttpUrl.get(base),
                    Duration.ofSeconds(10));
            Bitrix24Client client = new Bitrix24Client(door, new Bitrix24Address("bitrix24.main", URI.create(base),
                    Stores.open().links()), new Bitrix24Governor("bitrix24.main", Rooms.LIMITS, Rooms.UNLIMITED,
                            Clock.systemUTC(), UnaryOperator.identity()), Clock.systemUTC());
            Bitrix24Command add = new Bitrix24Command("crm.item.add", Map.of("entityTypeId", 2, "fields",
                    Map.of("title", "Новая")));

            assertThat(client.read("crm.type.list", Map.of()).path("types").size()).isEqualTo(1);
            assertThat(client.readAll(Map.of("a", new Bitrix24Command("server.time", Map.of())))).hasSize(1);
            assertThatThrownBy(() -> client.write(add.method(), add.parameters()))
                    .isInstanceOf(VendorException.Refused.class).hasMessageContaining("not sent");
            assertThatThrownBy(() -> client.batch(Map.of("a", add), true)).isInstanceOf(VendorException.Refused.class);
            assertThat(portal.calls()).containsExactly("crm.type.list", "batch");
            assertThat(portal.writes()).isEmpty();
        }
    }
}
