package dev.sverka.vendors.bitrix24;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.connector.Hook;
import dev.sverka.core.state.Links;
import dev.sverka.core.state.Stores;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Bitrix24HookTest {

    private final Links links = Stores.open().links();
    private Bitrix24Hook hook = hook("token");

    private Bitrix24Hook hook(String token) {
        return new Bitrix24Hook(Map.of("main", new Bitrix24Properties.Account("https://p/rest/1/s", token,
                Bitrix24Properties.Plan.STANDARD, List.of(), Duration.ofSeconds(480), 0.9,
                Bitrix24Governor.Accounting.AUTO, Duration.ofSeconds(65))), name -> {
                    throw new IllegalStateException("not asked for");
                }, links);
    }

    private List<Hook.Pushed> receive(String event) throws Hook.Refused {
        return receive(event, "m", "token");
    }

    private List<Hook.Pushed> receive(String event, String member, String token) throws Hook.Refused {
        String body = "event=" + event + "&data[FIELDS][ID]=5&auth[domain]=new.bitrix24.ru&auth[member_id]=" + member
                + "&auth[application_token]=" + token;
        return hook.receive(new Hook.Request("", Map.of(), body.getBytes(StandardCharsets.UTF_8))).stream()
                .flatMap(told -> hook.resolve(told).stream()).toList();
    }

    @ParameterizedTest
    @CsvSource({"ONCRMDEALUPDATE,deal", "onCrmLeadAdd,lead", "ONCRMCONTACTDELETE,contact", "ONCRMCOMPANYUPDATE,company",
        "ONCRMDEALMOVETOCATEGORY,deal"})
    void anEventTellsWhichItemToLookAt(String event, String entity) throws Hook.Refused {
        assertThat(receive(event)).singleElement().satisfies(pushed -> {
            assertThat(pushed.entity()).isEqualTo(entity);
            assertThat(pushed.id()).isEqualTo("5");
        });
    }

    @ParameterizedTest
    @CsvSource({"ONCRMLEADUSERFIELDADD", "ONCRMDEALRECURRINGADD", "ONCRMDEALUSERFIELDSETENUMVALUES", "ONTASKADD"})
    void whatIsNoItemsEventIsIgnored(String event) throws Hook.Refused {
        assertThat(receive(event)).isEmpty();
    }

    @Test
    void anotherPortalIsRefusedUntilANewTokenIsSetForIt() throws Hook.Refused {
        receive("ONCRMDEALUPDATE", "old", "token");
        assertThatThrownBy(() -> receive("ONCRMDEALUPDATE", "new", "token")).isInstanceOf(Hook.Refused.class)
                .hasMessageContaining("another portal");
        hook = hook("second");
        assertThat(receive("ONCRMDEALUPDATE", "new", "second")).hasSize(1);
        assertThatThrownBy(() -> receive("ONCRMDEALUPDATE", "old", "second")).isInstanceOf(Hook.Refused.class);
        assertThat(receive("ONCRMDEALUPDATE", "new", "second")).hasSize(1);
    }

    @Test
    void aGenuineEventProvesWhereThePortalIs() throws Hook.Refused {
        receive("ONCRMDEALUPDATE");
        assertThat(links.right("bitrix24-domain", "bitrix24.main")).contains("new.bitrix24.ru");
    }
}
