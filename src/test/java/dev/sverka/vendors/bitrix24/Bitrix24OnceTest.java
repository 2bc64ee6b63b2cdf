package dev.sverka.vendors.bitrix24;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.connector.ConnectorStage;
import dev.sverka.core.connector.Operation;
import dev.sverka.core.http.VendorException;
import dev.sverka.core.portal.Portals;
import dev.sverka.core.state.Stores;
import dev.sverka.sandbox.Faults;
import dev.sverka.sandbox.bitrix24.Bitrix24StandIn;
import dev.sverka.sandbox.bitrix24.Portal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The portal knows no key of ours (bitrix24.md section 0.1, fact 4): whatever fails around a creation, it is one. */
class Bitrix24OnceTest {

    /** A read is sent so often before its work is put off. */
    private static final int TRIES = 3;
    private static final String MARKER = "sverka:deal-process:bitrix24.main:7";

    private final Stores stores = Stores.open();
    private Bitrix24StandIn portal;
    private ConnectorStage routes;

    @BeforeEach
    void open() throws Exception {
        portal = new Bitrix24StandIn(0, Clock.systemUTC()).limited(false);
        Portal.of(portal.crm());
        routes = new ConnectorStage(Rooms.connector(portal.url(),
                Portals.declared(Files.readString(Path.of("mappings/portal.yaml"))), stores.links(),
                Clock.systemUTC()), stores, Clock.systemUTC(), 0);
    }

    @AfterEach
    void close() {
        routes.close();
        portal.close();
    }

    private void fail(String method, int times) {
        for (int n = 0; n < times; n++) {
            portal.faults().next(method, Faults.Kind.BAD_GATEWAY);
        }
    }

    private long made() {
        return portal.writes().stream().filter(write -> write.startsWith("crm.item.add")).count();
    }

    private void payment() {
        routes.send("payment/create", Map.of("marker", MARKER, "pipeline", "in", "fields", Map.of("title", "МК-1",
                "amount", "45000.00")), 1);
    }

    @Test
    void aLostAnswerIsLookedForUntilTheLookSucceeds() {
        routes.send("payment/update", Map.of("id", portal.crm().add(Portal.PAYMENTS, Map.of("title", "МК-0"),
                Portal.PERSON).get("id"), "fields", Map.of("article", "Реклама")), 1); // names are known from here on
        portal.faults().next("crm.item.add", Faults.Kind.LOST_ANSWER);
        assertThatThrownBy(this::payment).isInstanceOf(VendorException.Unclear.class);
        fail("crm.item.list", TRIES);
        assertThatThrownBy(this::payment).isInstanceOf(VendorException.Transient.class);

        payment();
        payment();
        assertThat(made()).isEqualTo(1);
    }

    /** The company is there; what belongs to it is not yet. */
    @ParameterizedTest
    @ValueSource(strings = {"crm.requisite.list", "crm.requisite.preset.list", "crm.requisite.bankdetail.list"})
    void aCompanyWhoseRequisitesFailIsMadeOnceAndGetsThem(String failing) {
        Map<String, Object> body = Map.of("marker", MARKER, "fields", Map.of("title", "ООО «Новая»", "requisites",
                List.of(Map.of("inn", "7701234567", "accounts", List.of(Map.of("account", "40702810900000000001",
                        "bic", "044525000", "bank", "Банк"))))));
        fail(failing, TRIES);
        assertThatThrownBy(() -> routes.send("company/create", body, 1)).hasCauseInstanceOf(Operation.Partly.class)
                .hasRootCauseInstanceOf(VendorException.Transient.class);

        routes.send("company/create", body, 1);
        assertThat(made()).isEqualTo(1);
        assertThat(portal.writes()).filteredOn(write -> write.startsWith("crm.requisite.add")).hasSize(1);
        assertThat(portal.writes()).filteredOn(write -> write.startsWith("crm.requisite.bankdetail.add")).hasSize(1);
    }

    /** A person hears of it, and sends it again. */
    @Test
    void anItemOfWhichThePortalDidNotTakeAllIsNotMadeAnewByAReplay() {
        try (ScriptedPortal ignoring = new ScriptedPortal(); ConnectorStage routes = new ConnectorStage(Rooms.connector(
                ignoring.url(), Portals.declared("""
                        entities: {deal: {builtin: deal, fields: {title: {std: title, type: string}}}}
                        """), stores.links(), Clock.systemUTC()), stores, Clock.systemUTC(), 0)) {
            ignoring.on("crm.item.fields", call -> Map.of("fields", Map.of("title", Map.of("type", "string"))));
            ignoring.on("crm.item.add", call -> Map.of("item", Map.of("id", 5, "title", "Без названия")));
            ignoring.on("crm.item.list", call -> Map.of("items", List.of(Map.of("id", 5))));
            Map<String, Object> body = Map.of("marker", MARKER, "fields", Map.of("title", "Сделка"));
            assertThatThrownBy(() -> routes.send("deal/create", body, 1)).hasRootCauseInstanceOf(
                    VendorException.Refused.class).hasStackTraceContaining("did not take title");
            routes.send("deal/create", body, 1);
            assertThat(ignoring.calls("crm.item.add")).hasSize(1);
        }
    }
}
