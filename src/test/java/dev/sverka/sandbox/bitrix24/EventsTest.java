package dev.sverka.sandbox.bitrix24;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The outgoing webhook of the stand-in against sections 8 and 14.6 of the sheet. */
class EventsTest {

    private final WireMockServer handler = new WireMockServer(WireMockConfiguration.wireMockConfig()
            .bindAddress("127.0.0.1").dynamicPort());
    private Bitrix24StandIn bitrix24;
    private Portal portal;
    private OutgoingWebhook events;
    private int deal;
    private int payment;

    @BeforeEach
    void open() {
        handler.start();
        handler.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.aResponse().withStatus(200)));
        bitrix24 = new Bitrix24StandIn(0, Clock.fixed(Instant.parse("2026-09-14T07:00:00Z"), ZoneOffset.UTC));
        portal = Portal.of(bitrix24.crm());
        deal = portal.deal("Сделка", 1, BigDecimal.TEN);
        payment = (Integer) bitrix24.crm().add(Portal.PAYMENTS, Map.of("title", "Счёт"), Portal.PERSON).get("id");
        events = new OutgoingWebhook(bitrix24.crm()).to(handler.baseUrl() + "/hook");
    }

    @AfterEach
    void close() {
        events.close();
        bitrix24.close();
        handler.stop();
    }

    private List<String> received(int count) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> handler.getAllServeEvents().size() >= count);
        return handler.findAll(WireMock.anyRequestedFor(WireMock.anyUrl())).stream().map(LoggedRequest::getBodyAsString)
                .toList();
    }

    private void edit(int entityTypeId, int id, String title) {
        bitrix24.crm().update(entityTypeId, id, Map.of("title", title), Portal.PERSON);
    }

    /** A sample with this portal's item, domain and token instead of its own. */
    private String sample(String name, int id) {
        return Rest.text(name).replaceFirst("ID(%5D|\\])=\\d+", "ID$1=" + id)
                .replaceFirst("ts=\\d+", "ts=" + bitrix24.clock().instant().getEpochSecond())
                .replace("example-portal", "sandbox").replaceFirst("[^=]+$", OutgoingWebhook.TOKEN);
    }

    @Test
    void bodiesAreLetterByLetterThoseOfTheSamples() {
        edit(2, deal, "1");
        assertThat(received(1)).containsExactly(sample("event_deal_update_webhook.txt", deal));
        events.rawBrackets(true);
        edit(2, deal, "2");
        assertThat(received(2)).last().isEqualTo(sample("event_deal_update_webhook_raw_brackets.txt", deal));
        events.rawBrackets(false).minimalAuth(true);
        edit(2, deal, "3");
        assertThat(received(3)).last().isEqualTo(sample("event_deal_update_webhook_minimal_auth.txt", deal));
        events.minimalAuth(false);
        edit(Portal.PAYMENTS, payment, "4");
        assertThat(received(4)).last().isEqualTo(sample("event_dynamic_item_update_webhook.txt", payment));
    }

    @Test
    void ourOwnWritesEchoAndADealThatMovesToAnotherPipelineIsSilent() {
        Rest rest = new Rest(bitrix24.url());
        int category = rest.result("crm.category.add", Map.of("entityTypeId", 2, "fields", Map.of("name", "Юг")))
                .path("category").path("id").asInt();
        rest.result("crm.item.update", Map.of("entityTypeId", 2, "id", deal, "fields", Map.of("categoryId", category)));
        rest.result("crm.item.update", Map.of("entityTypeId", 2, "id", deal, "fields", Map.of("title", "эхо")));
        assertThat(received(1)).hasSize(1);
        assertThat(events.sent()).hasSize(1);
    }

    @Test
    void aChangedRequisiteHasAnEventOfItsOwnWhereItIsTicked() {
        Rest rest = new Rest(bitrix24.url());
        int company = portal.company("ООО «Пример»", "0012345673", null, false);
        received(1);
        int requisite = rest.result("crm.requisite.list", Map.of("filter", Map.of("ENTITY_ID", company))).path(0)
                .path("ID").asInt();
        rest.result("crm.requisite.update", Map.of("id", requisite, "fields", Map.of("RQ_INN", "1")));
        events.requisites(true);
        rest.result("crm.requisite.update", Map.of("id", requisite, "fields", Map.of("RQ_INN", "2")));
        assertThat(received(2)).last().asString().startsWith("event=ONCRMREQUISITEUPDATE&")
                .contains("ID%5D=" + requisite + "&");
        assertThat(events.sent()).as("the company is not told of it").hasSize(2);
    }

    @Test
    void nothingIsSentTwiceWhateverTheHandlerAnswers() {
        handler.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.aResponse().withStatus(500)));
        edit(2, deal, "1");
        edit(2, deal, "2");
        assertThat(received(2)).hasSize(2);
        assertThat(events.sent()).hasSize(2);
    }

    @Test
    void eventsGetLostAndDoubled() {
        events.unreliable(1, 0);
        edit(2, deal, "lost");
        events.unreliable(0, 1);
        edit(2, deal, "twice");
        List<String> bodies = received(2);
        assertThat(bodies).hasSize(2);
        assertThat(bodies.get(0)).isEqualTo(bodies.get(1));
    }

    @Test
    void eventsGetLateByThePortalsClockAndBearTheTimeOfSending() {
        events.delayed(Duration.ofMinutes(30), Duration.ZERO);
        edit(2, deal, "late");
        bitrix24.clock().advance(Duration.ofMinutes(29));
        assertThat(events.sent()).isEmpty();
        bitrix24.clock().advance(Duration.ofMinutes(1));
        assertThat(received(1)).containsExactly(sample("event_deal_update_webhook.txt", deal));
    }

    @Test
    void twoEventsSwapTheirPlaces() {
        events.reordered(1);
        edit(2, deal, "first");
        edit(Portal.PAYMENTS, payment, "second");
        assertThat(received(2)).satisfiesExactly(one -> assertThat(one).contains("ONCRMDYNAMICITEMUPDATE"),
                two -> assertThat(two).contains("ONCRMDEALUPDATE"));
    }

    @Test
    void forgedForeignUnknownAndReplayedEventsArriveToo() {
        events.forged(2, deal);
        events.foreign(2, deal);
        events.arbitrary("ONTASKADD", 2, deal);
        assertThat(received(3)).satisfiesExactly(
                forged -> assertThat(forged).contains("application_token%5D=deadbeefdeadbeefdeadbeefdeadbeef"),
                foreign -> assertThat(foreign).contains("member_id%5D=00000000000000000000000000000000"),
                unknown -> assertThat(unknown).contains("event=ONTASKADD"));
        events.replay();
        assertThat(received(4)).last().asString().contains("event=ONTASKADD");
    }

    @Test
    void aMassChangeIsAThousandCalls() {
        events.burst(2, deal, 1000);
        assertThat(received(1000)).hasSize(1000);
    }

    @Test
    void aSlowHandlerIsCalledLessAndLessOften() {
        events.patience(Duration.ZERO);
        edit(2, deal, "1");
        received(1);
        Awaitility.await().until(() -> events.spacing().equals(Duration.ofSeconds(1)));
        edit(2, deal, "2");
        edit(2, deal, "3");
        received(2);
        assertThat(events.sent()).as("the third waits").hasSize(2);
        bitrix24.clock().advance(Duration.ofSeconds(1));
        assertThat(received(3)).hasSize(3);
        Awaitility.await().until(() -> events.spacing().compareTo(Duration.ofSeconds(2)) >= 0);
    }
}
