package dev.sverka.vendors.bitrix24;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.http.VendorException;
import dev.sverka.core.state.Links;
import dev.sverka.core.state.Stores;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Bitrix24AddressTest {

    private static final String ACCOUNT = "bitrix24.main";
    private static final String OLD = "example-portal.bitrix24.ru";
    private final Links links = Stores.open().links();

    private Bitrix24Address address() {
        return new Bitrix24Address(ACCOUNT, URI.create("https://example-portal.bitrix24.ru/rest/17/secret"), links);
    }

    @Test
    void aRenamedPortalIsFollowedOnceAnEventProvedIt() {
        String renamed = "https://example-new.bitrix24.ru/rest/17/other/crm.item.list";
        assertThat(address().follow(renamed, OLD)).as("nothing came from there yet").isFalse();
        Bitrix24Address.proven(links, ACCOUNT, "example-new.bitrix24.ru");
        Bitrix24Address address = address();
        assertThat(address.follow(renamed, OLD)).isTrue();
        assertThat(address.follow(renamed, OLD)).as("a second call that was under way").isTrue();
        assertThat(address.follow(renamed, address.host())).as("no circle").isFalse();
        assertThat(address.of("scope")).as("only the host is taken over")
                .isEqualTo("https://example-new.bitrix24.ru/rest/17/secret/scope");
        assertThat(address().of("scope")).as("kept over a restart").startsWith("https://example-new.bitrix24.ru/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example-new.bitrix24.ru/rest/", "https://example-new.bitrix24.com/rest/",
        "https://example.org/rest/", "https://bitrix24.ru.example.org/rest/", "https://user@example-new.bitrix24.ru/",
        "/rest/", "::", "https://bitrix24.ru/rest/"})
    void nothingElseIsFollowed(String location) {
        for (String domain : new String[] {"example-new.bitrix24.ru", "example-new.bitrix24.com", "example.org",
            "bitrix24.ru.example.org", "bitrix24.ru"}) {
            Bitrix24Address.proven(links, ACCOUNT, domain);
            assertThat(address().follow(location, OLD)).isFalse();
        }
    }

    @Test
    void theCallIsSentAgainToTheNewHostWithItsBody() {
        try (ScriptedPortal before = new ScriptedPortal(); ScriptedPortal after = new ScriptedPortal()) {
            after.on("crm.item.update", call -> Map.of("item", Map.of("id", call.id())));
            before.movedTo("http://" + after.authority());
            Bitrix24Client client = Rooms.client(before.url(), Rooms.UNLIMITED, Rooms.LIMITS, Clock.systemUTC(),
                    UnaryOperator.identity(), links);
            assertThatThrownBy(() -> client.write("crm.item.update", Map.of("id", 5)))
                    .isInstanceOf(VendorException.AuthLost.class).hasMessageContaining("renamed");
            assertThat(after.calls()).as("the secret went nowhere").isEmpty();

            Bitrix24Address.proven(links, ACCOUNT, after.authority());
            assertThat(client.write("crm.item.update", Map.of("id", 5)).path("item").path("id").asInt()).isEqualTo(5);
            assertThat(after.calls("crm.item.update")).hasSize(1);
        }
    }
}
