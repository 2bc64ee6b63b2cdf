package dev.sverka.vendors.saby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.connector.Feed;
import dev.sverka.core.http.VendorException;
import dev.sverka.records.edo.EdoDocument;
import dev.sverka.records.edo.EdoFlag;
import dev.sverka.records.edo.EdoState;
import dev.sverka.sandbox.StandIn;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the feed tells, whatever the provider does to its changes. */
class SabyFeedTest {

    private final SabyStage stage = new SabyStage();

    @AfterEach
    void close() {
        stage.close();
    }

    private EdoState state(String id) {
        EdoDocument known = stage.known.get(id);
        return known == null ? null : known.state();
    }

    private void minutes(int minutes) {
        stage.clock.advance(Duration.ofMinutes(minutes));
    }

    @Test
    void aDocumentIsFollowedToItsSignatureAndBeyond() {
        String act = stage.sent();
        assertThat(stage.poll()).extracting(EdoDocument::state).containsExactly(EdoState.SENT);
        stage.office().deliver(act);
        assertThat(stage.poll()).extracting(EdoDocument::state).containsExactly(EdoState.DELIVERED);
        stage.office().sign(act);
        assertThat(stage.poll()).extracting(EdoDocument::state).containsExactly(EdoState.SIGNED);
        stage.office().happens(act, "27", "Получение соглашения об аннулировании", "Ошибка");
        assertThat(stage.poll()).singleElement().satisfies(told -> {
            assertThat(told.state()).isEqualTo(EdoState.REVOCATION_REQUESTED);
            assertThat(told.reason()).isEqualTo("Ошибка");
        });
        stage.office().happens(act, "22", "Аннулирование", "");
        assertThat(stage.poll()).extracting(EdoDocument::state).containsExactly(EdoState.REVOKED);
        assertThat(stage.poll()).isEmpty();
        assertThat(stage.present).isTrue();
    }

    @Test
    void aRejectedOneIsSignedAfterAllWithAndWithoutANewRevision() {
        String revised = stage.sent();
        String repeated = stage.sent();
        stage.office().reject(revised, "Не та сумма");
        stage.office().reject(repeated, "Подождите");
        stage.poll();
        assertThat(stage.known.get(revised).reason()).isEqualTo("Не та сумма");
        stage.office().revise(revised);
        stage.poll();
        assertThat(state(revised)).isEqualTo(EdoState.SENT);
        stage.office().sign(revised);
        stage.office().sign(repeated);
        stage.poll();
        assertThat(List.of(state(revised), state(repeated))).containsOnly(EdoState.SIGNED);
        assertThat(stage.known.get(revised).revision()).endsWith("2");
    }

    @Test
    void aPollThatBringsNothingAsksOnce() {
        stage.sent();
        stage.poll();
        minutes(1);
        int before = stage.vendor.calls().size();
        assertThat(stage.poll()).isEmpty();
        assertThat(stage.vendor.calls().subList(before, stage.vendor.calls().size()))
                .containsExactly("СписокИзменений");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 25})
    void pagesFollowTheLastEvent(int size) {
        stage.vendor.switches().pagesOf(size);
        List<String> ids = IntStream.range(0, 30).mapToObj(n -> stage.sent()).toList();
        stage.poll();
        assertThat(stage.known.keySet()).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void aNewInstallationReadsItsHistory() {
        String old = stage.sent();
        stage.clock.advance(Duration.ofDays(31));
        String recent = stage.sent();
        stage.poll();
        assertThat(stage.known.keySet()).contains(recent).doesNotContain(old);
        stage.office().sign(old);
        stage.poll();
        assertThat(state(old)).as("an old one that moves is told").isEqualTo(EdoState.SIGNED);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 500})
    void anEventThatIsGoneIsReplacedByItsTime(int status) {
        stage.vendor.switches().errorStatus(status);
        String act = stage.sent();
        String gone = stage.office().happens(act, "4", "Извещение о получении", "");
        stage.poll();
        stage.office().forget(gone);
        stage.office().sign(act);
        assertThat(stage.poll()).extracting(EdoDocument::state).containsExactly(EdoState.SIGNED);
        minutes(1);
        int before = stage.vendor.calls().size();
        stage.poll();
        assertThat(stage.vendor.calls().size()).as("the new one works").isEqualTo(before + 1);
    }

    @Test
    void whereNeitherEventNorTimeIsTakenItFailsAndDoesNotLoop() {
        stage.sent();
        stage.poll();
        IntStream.range(0, 3).forEach(n -> stage.vendor.faults().answer("СписокИзменений",
                StandIn.Reply.json(200, SabyStage.sample("error_event_not_found"))));
        int before = stage.vendor.calls().size();
        assertThatThrownBy(stage::poll).isInstanceOf(VendorException.Refused.class);
        assertThat(stage.vendor.calls().size() - before).as("event, dots, colons").isEqualTo(3);
    }

    @Test
    void colonsAreTriedWhereDotsAreRefusedAndKeptTo() {
        stage.vendor.switches().colons(true);
        String act = stage.sent();
        stage.poll();
        assertThat(state(act)).isEqualTo(EdoState.SENT);
        int refused = Collections.frequency(stage.vendor.calls(), "СписокИзменений");
        minutes(11);
        stage.poll();
        assertThat(Collections.frequency(stage.vendor.calls(), "СписокИзменений") - refused).isEqualTo(2);
    }

    @Test
    void changesWithoutEventsAreReadAndThenReadAgainByTime() {
        String act = stage.sent();
        stage.vendor.switches().withoutEvents(2);
        stage.poll();
        assertThat(state(act)).isEqualTo(EdoState.SENT);
        assertThat(stage.position).doesNotContainKey("event");
        stage.office().deliver(act);
        stage.poll();
        assertThat(state(act)).isEqualTo(EdoState.DELIVERED);
        assertThat(stage.position).containsKey("event");
    }

    @Test
    void aChangeToldAgainIsToldOnce() {
        String act = stage.sent();
        stage.poll();
        stage.vendor.switches().repeats(9);
        stage.office().deliver(act);
        assertThat(stage.poll()).hasSize(1);
        assertThat(stage.poll()).isEmpty();
        assertThat(stage.present).isTrue();
    }

    @Test
    void aChangeWrittenLateIsFoundWhenTheLatestAreReadAgain() {
        String act = stage.sent();
        stage.poll();
        minutes(9);
        stage.sent();
        stage.poll();
        stage.office().written(Duration.ofMinutes(4), () -> stage.office().deliver(act));
        stage.poll();
        assertThat(state(act)).as("the cursor is past it").isEqualTo(EdoState.SENT);
        minutes(1);
        stage.poll();
        assertThat(state(act)).isEqualTo(EdoState.DELIVERED);
    }

    @Test
    void whatNoEventTellsIsFoundAtNightAlsoAWayBack() {
        String act = stage.sent();
        stage.office().sign(act);
        stage.poll();
        stage.clock.advance(Duration.ofHours(24));
        stage.office().state(act, "20");
        stage.office().delete(act);
        stage.poll();
        assertThat(state(act)).isEqualTo(EdoState.REVOKED);
        assertThat(stage.known.get(act).flags()).contains(EdoFlag.DELETED_LOCALLY);
        stage.clock.advance(Duration.ofHours(24));
        stage.office().state(act, "7");
        stage.poll();
        assertThat(state(act)).as("a state it had before is news").isEqualTo(EdoState.SIGNED);
    }

    @Test
    void anUnknownCodeIsToldWithoutAState() {
        String act = stage.sent();
        stage.office().happens(act, "77", "Нечто новое", "");
        assertThat(stage.poll()).singleElement().satisfies(told -> {
            assertThat(told.state()).isNull();
            assertThat(told.providerState()).startsWith("77");
        });
    }

    @Test
    void reportsToAuthoritiesAndDocumentsThatAreGoneAreLeftAlone() {
        String act = stage.sent();
        String gone = stage.sent();
        stage.office().purge(gone);
        stage.vendor.switches().reports(true);
        stage.poll();
        assertThat(stage.known.keySet()).containsExactly(act);
        assertThat(stage.present).isTrue();
    }

    @Test
    void aSessionThatEndsBetweenPagesStopsNothing() {
        stage.vendor.switches().pagesOf(1);
        IntStream.range(0, 4).forEach(n -> stage.sent());
        Feed.Pages pages = stage.open();
        stage.read(pages, 2);
        stage.vendor.forget();
        stage.read(pages, 100);
        assertThat(stage.known).hasSize(4);
        assertThat(Collections.frequency(stage.vendor.calls(), "log-in")).isEqualTo(2);
    }

    @Test
    void changesAreReadAtMostOnceAMinuteAlsoAfterARestart() {
        stage.vendor.switches().atMostEvery(Duration.ofSeconds(60));
        SabyProperties.Account patient = stage.application(stage.vendor.url(), null, Duration.ofSeconds(60));
        stage.start(patient);
        String act = stage.sent();
        stage.poll();
        stage.office().deliver(act);
        int before = stage.vendor.calls().size();
        stage.clock.advance(Duration.ofSeconds(59));
        assertThat(stage.poll()).isEmpty();
        stage.start(patient);
        assertThat(stage.poll()).isEmpty();
        assertThat(stage.vendor.calls()).hasSize(before);
        stage.clock.advance(Duration.ofSeconds(1));
        assertThat(stage.poll()).extracting(EdoDocument::state).containsExactly(EdoState.DELIVERED);
    }

    @Test
    void anErrorOfTheMethodIsAskedForOnceAlsoWhereItComesWith500() {
        stage.sent();
        stage.poll();
        stage.office().purge(stage.sent());
        int before = stage.vendor.calls().size();
        stage.poll();
        assertThat(stage.vendor.calls().subList(before, stage.vendor.calls().size()))
                .containsExactly("СписокИзменений", "ПрочитатьДокумент");
    }

    @Test
    void aDocumentShownInPartIsReadAgain() {
        stage.poll();
        minutes(1);
        String act = stage.sent();
        stage.vendor.switches().partly(2);
        assertThat(stage.poll()).as("as often as one window asks").isEmpty();
        minutes(1);
        assertThat(stage.poll()).singleElement().satisfies(told -> {
            assertThat(told.id()).isEqualTo(act);
            assertThat(told.amount()).isEqualTo(1_500_000L);
        });
        assertThat(stage.position).doesNotContainKey("partial");
    }

    @Test
    void whereTheAddressIsDeadTheMirrorIsAskedAndKeptTo() throws Exception {
        int dead;
        try (ServerSocket socket = new ServerSocket(0)) {
            dead = socket.getLocalPort();
        }
        stage.start(stage.application("http://127.0.0.1:" + dead, stage.vendor.url(), Duration.ZERO));
        String act = stage.sent();
        assertThat(stage.poll()).extracting(EdoDocument::id).containsExactly(act);
    }

    @Test
    void theProvidersOwnMirrorIsKnown() {
        assertThat(SabyHostClient.of("main", stage.application("https://fix-online.sbis.ru", null, Duration.ZERO)).mirror())
                .hasToString("https://fix-online.saby.ru/");
        assertThat(SabyHostClient.of("main", stage.application()).mirror()).isNull();
    }

    @Test
    void theFileOfADocumentIsFetchedWhereItsLinkLeadsButNeverElsewhere() {
        String act = stage.sent();
        stage.vendor.switches().notReady(1);
        assertThatThrownBy(() -> stage.ask("content", Map.of("id", act))).isInstanceOf(VendorException.NotYet.class);
        stage.vendor.faults().answer("file", StandIn.Reply.html(200, "<html>log in</html>"));
        assertThatThrownBy(() -> stage.ask("content", Map.of("id", act))).isInstanceOf(VendorException.Transient.class);
        stage.vendor.forget();
        Map<String, Object> file = stage.ask("content", Map.of("id", act));
        assertThat(file).containsEntry("name", act + "-1.xml");
        assertThat((byte[]) file.get("content")).asString().isEqualTo("file of " + act + "-1");
        stage.vendor.switches().leadsTo("http://localhost:" + stage.vendor.port() + "/disk/file/stolen");
        int before = stage.vendor.calls().size();
        assertThatThrownBy(() -> stage.ask("content", Map.of("id", act))).isInstanceOf(VendorException.Refused.class)
                .hasMessageContaining("leads elsewhere");
        assertThat(stage.vendor.calls().subList(before, stage.vendor.calls().size()))
                .containsExactly("ПрочитатьДокумент", "file");
    }

    @Test
    void underMaintenanceTheAccountRestsForAMinute() {
        stage.sent();
        stage.vendor.faults().answer("СписокИзменений", StandIn.Reply.html(504, "<html></html>"));
        assertThatThrownBy(stage::poll).isInstanceOfSatisfying(VendorException.Transient.class, told ->
                assertThat(told.until()).isEqualTo(stage.clock.instant().plus(Duration.ofMinutes(1))));
        assertThat(Collections.frequency(stage.vendor.calls(), "СписокИзменений")).isEqualTo(1);
    }

    @Test
    void pagesBehindOneWithoutEventsAreFoundInTheRegisters() {
        stage.sent();
        stage.poll();
        minutes(20);
        stage.vendor.switches().pagesOf(1).withoutEvents(1);
        List<String> ids = List.of(stage.sent(), stage.sent(), stage.sent());
        stage.poll();
        minutes(15);
        stage.vendor.switches().withoutEvents(9);
        stage.poll();
        assertThat(stage.known.keySet()).containsAll(ids);
    }

    @Test
    void aDocumentIsReadAndListed() {
        String act = stage.sent();
        stage.office().reject(act, "Нет");
        EdoDocument got = stage.ask("get", Map.of("id", act));
        assertThat(got.reason()).isEqualTo("Нет");
        IntStream.range(0, 210).forEach(n -> stage.office().paper("ДоговорВх", "1.00"));
        List<EdoDocument> listed = stage.ask("list", Map.of("from", "2026-11-23", "to", "2026-11-23"));
        assertThat(listed).hasSize(211);
        List<EdoDocument> acts = stage.ask("list", Map.of("type", "ДокОтгрИсх"));
        assertThat(acts).extracting(EdoDocument::id).containsExactly(act);
        assertThatThrownBy(() -> stage.ask("get", Map.of("id", "nobody"))).isInstanceOf(VendorException.Refused.class)
                .hasMessageContaining("Документ не найден");
    }

    @Test
    void aStandInThatTellsOnlyWhatItMustIsReadWhole() {
        stage.vendor.switches().sparing(true).tokensOnly(true);
        stage.vendor.faults().answer("ИнформацияОВерсии", StandIn.Reply.json(200, Map.of("jsonrpc", "2.0", "id", 1,
                "error", Map.of("code", -32601, "message", "Метод не найден"))));
        List<String> acts = IntStream.range(0, 210).mapToObj(n -> stage.sent()).toList();
        stage.poll();
        assertThat(stage.present).isTrue();
        assertThat(stage.known).containsOnlyKeys(acts);
        acts.forEach(act -> stage.office().state(act, "7"));
        stage.clock.advance(Duration.ofDays(1));
        stage.poll();
        assertThat(acts).allMatch(act -> state(act) == EdoState.SIGNED);
    }
}
