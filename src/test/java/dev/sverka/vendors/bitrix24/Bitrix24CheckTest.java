package dev.sverka.vendors.bitrix24;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.connector.MassDeletions;
import dev.sverka.core.http.Doors;
import dev.sverka.core.portal.Portal;
import dev.sverka.core.portal.Portals;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Problem;
import dev.sverka.core.state.Links;
import dev.sverka.core.state.Stores;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Bitrix24CheckTest {

    private final Declared<Portal> declared = Portals.declared("""
            entities:
              user: {builtin: user, fields: {email: {std: EMAIL, type: string}}}
              deal:
                builtin: deal
                pipelines: {main: {title: Продажи, use: 0, stages: {new: {title: Новая}, work: {title: В работе}}}}
                fields: {title: {std: title, type: string}, vat: {label: НДС, type: list}}
              company: {builtin: company, fields: {title: {std: title, type: string}}}
              stage: {title: Этапы, fields: {title: {std: title, type: string}}}
            """);

    private List<String> check(ScriptedPortal portal) {
        return connector(portal.url(), Bitrix24Properties.Plan.STANDARD).check("main").stream().map(Problem::problem)
                .toList();
    }

    private Bitrix24Connector connector(String url, Bitrix24Properties.Plan plan) {
        Bitrix24Properties properties = new Bitrix24Properties(Map.of("main",
                new Bitrix24Properties.Account(url,
                "token", plan, List.of(), Duration.ofSeconds(480), 0.9,
                Bitrix24Governor.Accounting.AUTO, Duration.ofSeconds(65))), new Bitrix24Properties.Rhythm(Duration.ofSeconds(30)),
                new Bitrix24Properties.Reread(Duration.ofMinutes(10)),
                new Bitrix24Properties.Sweep(LocalTime.of(3, 30)), new Bitrix24Properties.History(null));
        Links links = Stores.open().links();
        return new Bitrix24Connector(properties, declared, new Doors(Rooms.UNLIMITED), Rooms.UNLIMITED, links,
                new MassDeletions(links, event -> { }), Clock.systemUTC(), ZoneId.of("Europe/Moscow"));
    }

    /** The shipped feeds: seven of one request, and companies with requisites and bank details. */
    @Test
    void pollsMayTakeHalfOfThePlanTheLookForDriftIncluded() {
        Bitrix24Connector standard = connector("http://127.0.0.1/rest/1/secret/", Bitrix24Properties.Plan.STANDARD);
        Bitrix24Connector enterprise = connector("http://127.0.0.1/rest/1/secret/", Bitrix24Properties.Plan.ENTERPRISE);
        assertThat(standard.pollsPerSecond("main")).isEqualTo(0.8);
        assertThat(enterprise.pollsPerSecond("main")).isEqualTo(2.3);
        assertThat(standard.feed("deal").orElseThrow().requests("main")).isEqualTo(1);
        assertThat(standard.feed("company").orElseThrow().requests("main")).isEqualTo(3);
    }

    private static ScriptedPortal portal(List<String> scopes, String stage, String type) {
        return new ScriptedPortal().on("scope", call -> scopes)
                .on("crm.type.list", call -> Map.of("types", List.of()))
                .on("crm.item.fields", call -> Map.of("fields", Map.of("title", Map.of("type", "string"),
                        "ufCrmVat", Map.of("type", type, "title", "НДС", "isMultiple", false))))
                .on("crm.category.list", call -> Map.of("categories", List.of(Map.of("id", 0, "name", "Общая"))))
                .on("crm.status.list", call -> List.of(Map.of("STATUS_ID", "NEW", "NAME", "Новая"),
                        Map.of("STATUS_ID", "EXECUTING", "NAME", stage)));
    }

    @Test
    void driftAndMissingScopesAreToldEachByItself() {
        try (ScriptedPortal portal = portal(List.of("crm"), "Делаем", "string")) {
            assertThat(check(portal)).containsExactlyInAnyOrder(
                    "the webhook lacks the scope im, so nobody can be notified",
                    "the webhook lacks the scope user, so people cannot be looked up",
                    "drift: deal.field.vat is not on the portal under its name and type",
                    "drift: deal.main.stage.work is not on the portal under its name and type",
                    "drift: stage is not on the portal under its name and type");
        }
    }

    @Test
    void whatIsThereIsNotToldAndUsersMayBeSeenInPart() {
        try (ScriptedPortal portal = portal(List.of("crm", "im", "user_basic"), "В  работе", "enumeration")) {
            assertThat(check(portal)).containsExactly(
                    "drift: stage is not on the portal under its name and type");
        }
    }

    /** Processes are listed to administrators of the CRM alone (section 6.2): nothing is to be created then. */
    @Test
    void aLackingRightIsNoDrift() {
        try (ScriptedPortal portal = portal(List.of("crm", "im", "user"), "В работе", "enumeration")) {
            portal.on("crm.type.list", call -> {
                throw new ScriptedPortal.Refusal(400, "ACCESS_DENIED");
            });
            assertThat(check(portal)).singleElement().asString().contains("crm.type.list: ACCESS_DENIED")
                    .doesNotContain("drift");
        }
    }

    @Test
    void aWebhookWithoutTheCrmIsAllThatIsSaid() {
        try (ScriptedPortal portal = portal(List.of("im"), "В работе", "enumeration")) {
            assertThat(check(portal)).containsExactly("the webhook lacks the scope crm");
        }
    }
}
