package dev.sverka.vendors.bitrix24;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.connector.Operation.Request;
import dev.sverka.core.connector.Operation.Write;
import dev.sverka.core.http.VendorException;
import dev.sverka.core.portal.Portal;
import dev.sverka.core.portal.Portals;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Links;
import dev.sverka.core.state.SettableClock;
import dev.sverka.core.state.Stores;
import dev.sverka.sandbox.bitrix24.Administrator;
import dev.sverka.sandbox.bitrix24.Bitrix24StandIn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people do to the portal while the daemon runs, each found by the next poll. */
class Bitrix24DriftTest {

    private static final int PAYMENTS = dev.sverka.sandbox.bitrix24.Portal.PAYMENTS;
    private static final Duration CYCLE = Duration.ofSeconds(30);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-16T09:00:00Z"));
    private final Links links = Stores.open().links();
    private Bitrix24StandIn portal;
    private Declared<Portal> declared;
    private Administrator administrator;
    private Bitrix24Drift drift;
    private Bitrix24Names names;
    private Bitrix24Account account;

    @BeforeEach
    void open() throws Exception {
        portal = new Bitrix24StandIn(0, Clock.systemUTC()).limited(false);
        dev.sverka.sandbox.bitrix24.Portal.of(portal.crm());
        administrator = new Administrator(portal.crm());
        declared = Portals.declared(Files.readString(Path.of("mappings/portal.yaml")));
        daemon();
        names.of("payment");
        assertThat(drifted()).isEmpty();
    }

    /** One that has just started; the store is the same. */
    private void daemon() {
        Bitrix24Client client = Rooms.client(portal.url());
        drift = new Bitrix24Drift("bitrix24.main", declared, links);
        names = new Bitrix24Names(client, declared, clock, drift);
        account = new Bitrix24Account(client, names, new Bitrix24Items("bitrix24.main", names, java.util.Set.of()),
                new Bitrix24Companies(client), new Bitrix24Dates(links), Bitrix24Together.writes(client), Bitrix24Together.reads(client),
                new Bitrix24Recent("bitrix24.main", links, clock));
    }

    @AfterEach
    void close() {
        portal.close();
    }

    private void nextPoll() {
        clock.advance(CYCLE);
        names.watch(CYCLE);
    }

    /** This portal has no «Этапы», so that one relation is missing all the time. */
    private Map<String, String> drifted() {
        Map<String, String> drifted = drift.now();
        drifted.remove("payment.field.stageItem");
        return drifted;
    }

    @Test
    void renamedRetypedAndDeletedThingsAreToldWithTheirNewNamesWithinOnePoll() {
        administrator.renameField(PAYMENTS, "UF_CRM_12_PAID", "Поступило");
        administrator.dropField(PAYMENTS, "ufCrm12Duedate");
        administrator.renameStage(PAYMENTS, "DT1046_31:SUCCESS", "Закрыт");
        nextPoll();
        assertThat(drifted()).containsOnlyKeys("payment.field.paid", "payment.field.dueDate",
                "payment.in.stage.paid");
        assertThat(drift.now().get("payment.field.paid")).startsWith("is «Поступило», money now (UF_CRM_12_PAID)");
        assertThat(drift.now().get("payment.field.dueDate")).startsWith("was deleted");
        assertThat(drift.now().get("payment.in.stage.paid")).startsWith("is «Закрыт», success now")
                .contains("use: SUCCESS");

        administrator.renameField(PAYMENTS, "UF_CRM_12_PAID", "Оплачено");
        nextPoll();
        assertThat(drifted()).doesNotContainKey("payment.field.paid");
    }

    @Test
    void aWriteThatNeedsADriftedFieldIsRefusedAndTheOthersGoOn() {
        int item = (Integer) portal.crm().add(PAYMENTS, Map.of("title", "МК-1"),
                dev.sverka.sandbox.bitrix24.Portal.PERSON).get("id");
        administrator.renameField(PAYMENTS, "UF_CRM_12_PAID", "Поступило");
        nextPoll();
        assertThatThrownBy(() -> update(item, Map.of("paid", "10.00"))).isInstanceOf(VendorException.Refused.class)
                .hasMessageContaining("drift: payment.field.paid").hasMessageContaining("use:");
        assertThat(portal.writes()).isEmpty();
        update(item, Map.of("article", "Реклама"));
        assertThat(portal.writes()).hasSize(1);
    }

    private void update(int item, Map<String, Object> fields) {
        Write write = (Write) new Bitrix24Operations(declared, name -> account).of("payment").get("update").step();
        write.prepare(new Request("main", "payment", Map.of("id", item, "fields", fields))).orElseThrow().send().get();
    }

    @Test
    void aProcessThatWasRenamedIsToldAsThatAlsoAfterARestart() {
        administrator.renameType(PAYMENTS, "Счета и платежи");
        clock.advance(CYCLE);
        names.watch(CYCLE);
        assertThat(drift.now().get("payment")).startsWith("is called «Счета и платежи» now (1046)");
        daemon();
        assertThatThrownBy(() -> names.of("payment")).isInstanceOf(VendorException.Refused.class);
        assertThat(drift.now().get("payment")).startsWith("is called «Счета и платежи» now (1046)");

        administrator.dropType(PAYMENTS);
        clock.advance(Duration.ofMinutes(2));
        assertThatThrownBy(() -> names.of("payment")).isInstanceOf(VendorException.Refused.class);
        assertThat(drift.now().get("payment")).startsWith("was deleted");
    }

    @Test
    void aPollThatFindsNothingCostsTwoRequestsForAllEntities() {
        names.of("deal");
        names.of("company");
        portal.calls().clear();
        clock.advance(CYCLE);
        names.watch(CYCLE);
        names.watch(CYCLE);
        assertThat(portal.calls()).containsExactly("crm.type.list", "batch");
    }

    /** Funnels of deals that nobody declares are people's all the same, and a lost deal there is lost (section 6.6). */
    @Test
    void aDealInAFunnelThatNobodyDeclaresSaysWhetherItIsWonOrLost() {
        Bitrix24Client client = account.client();
        int funnel = client.write("crm.category.add", Map.of("entityTypeId", 2, "fields", Map.of("name", "Тендеры")))
                .path("category").path("id").asInt();
        long deal = client.write("crm.item.add", Map.of("entityTypeId", 2, "fields", Map.of("title", "Т-1", "categoryId",
                funnel))).path("item").path("id").asLong();
        assertThat(seen(deal)).containsEntry("semantics", "process").doesNotContainKey("pipeline");
        client.update(2, deal, Map.of("stageId", "C" + funnel + ":LOSE"));
        assertThat(seen(deal)).containsEntry("semantics", "failure");
        client.update(2, deal, Map.of("stageId", "C" + funnel + ":WON"));
        assertThat(seen(deal)).containsEntry("semantics", "success");
    }

    private Map<String, Object> seen(long deal) {
        return account.items().read("deal", account.client().items(2, account.items().select("deal"),
                Map.of("id", deal), 0).get(0));
    }
}
