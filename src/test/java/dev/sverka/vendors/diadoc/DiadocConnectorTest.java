package dev.sverka.vendors.diadoc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.http.VendorException;
import dev.sverka.records.edo.EdoDocument;
import dev.sverka.records.edo.EdoState;
import dev.sverka.sandbox.diadoc.DiadocLogins;
import dev.sverka.sandbox.diadoc.DiadocPaper;
import dev.sverka.sandbox.diadoc.DiadocStandIn;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What configuration and routes can ask of the room. */
class DiadocConnectorTest {

    private final DiadocStage stage = new DiadocStage();

    @AfterEach
    void close() {
        stage.close();
    }

    private static DiadocProperties bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("sverka", DiadocProperties.class);
    }

    @Test
    void anAccountIsOnWithEitherWayToLogInAndTellsNoSecret() {
        DiadocProperties properties = bound(Map.of("sverka.diadoc.main.client-id", "c",
                "sverka.diadoc.main.client-secret",
                "hush-1", "sverka.diadoc.main.refresh-token", "hush-2", "sverka.diadoc.old.api-client-id", "hush-3",
                "sverka.diadoc.old.login", "l", "sverka.diadoc.old.password", "hush-4", "sverka.diadoc.half.client-id",
                "c"));
        assertThat(properties.diadoc().get("main").isOn()).isTrue();
        assertThat(properties.diadoc().get("old").isOn()).isTrue();
        assertThat(properties.diadoc().get("half").isOn()).isFalse();
        assertThat(properties.diadoc().get("main").url()).isEqualTo("https://diadoc-api.kontur.ru");
        assertThat(properties.diadoc().get("main").identityUrl()).isEqualTo("https://identity.kontur.ru");
        assertThat(properties.poll().diadoc()).hasMinutes(1);
        assertThat(properties.reread().diadoc()).hasMinutes(10);
        assertThat(properties.history().diadoc()).hasDays(30);
        assertThat(properties.toString()).doesNotContain("hush");
    }

    @Test
    void aDocumentIsReadListedAndFetched() {
        DiadocPaper act = stage.sent(DiadocStage.ACT);
        DiadocPaper contract = stage.sent(DiadocStage.CONTRACT);
        stage.box().reject(act, "Нет");
        EdoDocument got = stage.ask("document", "get", Map.of("id", act.id()));
        assertThat(got.state()).isEqualTo(EdoState.REJECTED);
        assertThat(got.reason()).isEqualTo("Нет");
        List<EdoDocument> numbered = stage.ask("document", "list", Map.of("number", "45-К"));
        assertThat(numbered).extracting(EdoDocument::id).containsExactly(contract.id());
        List<EdoDocument> dated = stage.ask("document", "list", Map.of("from", "2026-11-17", "to", "2026-11-30"));
        assertThat(dated).usingRecursiveComparison().isEqualTo(List.of(got));
        List<EdoDocument> incoming = stage.ask("document", "list", Map.of("direction", "incoming"));
        assertThat(incoming).isEmpty();
        Map<String, Object> file = stage.ask("document", "content", Map.of("id", act.id()));
        assertThat(new String((byte[]) file.get("content"), StandardCharsets.UTF_8)).isEqualTo("file of " + act.id());
        assertThat(file.get("name")).isEqualTo("AcceptanceCertificate.xml");
    }

    @Test
    void aLongListIsReadToItsEndThoughItsKeysHoldSignsThatAddressesUse() {
        IntStream.range(0, 230).forEach(n -> stage.sent(DiadocStage.ACT));
        List<EdoDocument> listed = stage.ask("document", "list", Map.of("since", "2026-11-23T08:00:00Z"));
        assertThat(listed).hasSize(230);
        assertThat(Collections.frequency(stage.vendor.calls(), "GetDocuments")).isEqualTo(5);
    }

    @Test
    void whatCannotBeAskedIsSaid() {
        DiadocPaper act = stage.sent(DiadocStage.ACT);
        assertThatThrownBy(() -> stage.ask("document", "list", Map.of("number", "9", "since", "2026-11-23T08:00:00Z")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> stage.ask("document", "get", Map.of("id", "12"))).hasMessageContaining("box/message");
        stage.box().purge(act);
        assertThatThrownBy(() -> stage.ask("document", "get", Map.of("id", act.id())))
                .isInstanceOf(VendorException.Refused.class).hasMessageContaining("not in the box");
    }

    @Test
    void checkTellsWhichRightBoxAndVersionIsMissing() {
        assertThat(stage.connector.check("main")).isEmpty();
        stage.vendor.switches().accessLevel("DepartmentOnly").sunset(true);
        assertThat(stage.connector.check("main")).hasSize(3)
                .anySatisfy(problem -> assertThat(problem.toString()).contains("all documents"))
                .anySatisfy(problem -> assertThat(problem.toString()).contains("03 Apr 2027"));
        stage.start(stage.oidc(DiadocLogins.REFRESH_TOKEN, "99999999-0000-4000-8000-000000000009"));
        assertThat(stage.connector.check("main").get(0).toString()).contains("no box", DiadocStandIn.BOX);
    }

    @Test
    void boxesAreListedWithTheirOrganisations() {
        List<Map<String, Object>> boxes = stage.ask("box", "list", Map.of());
        assertThat(boxes).singleElement().satisfies(box -> assertThat(box).containsEntry("id", DiadocStandIn.BOX)
                .containsEntry("inn", DiadocStandIn.OWN_INN));
        assertThat(stage.connector.pushes("document")).isFalse();
        assertThat(stage.connector.feed("box")).isEmpty();
        stage.connector.entities().forEach(entity -> assertThat(stage.connector.operations(entity)).isNotEmpty()
                .allSatisfy((verb, operation) -> assertThat(operation.description()).isNotBlank()));
    }
}
