package dev.sverka.vendors.fintablo;

import static dev.sverka.vendors.fintablo.FinTabloStage.MARKER;
import static dev.sverka.vendors.fintablo.FinTabloStage.create;
import static dev.sverka.vendors.fintablo.FinTabloStage.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.http.VendorException;
import dev.sverka.sandbox.Faults;
import dev.sverka.sandbox.StandIn;
import dev.sverka.sandbox.fintablo.FinTabloSwitches;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The verbs that change objects, over HTTP. */
class FinTabloWritesTest {

    private final FinTabloStage stage = new FinTabloStage();

    @AfterEach
    void close() {
        stage.close();
    }

    /** Every entity with what it is made of, and a change. */
    static Stream<Arguments> entities() {
        return Stream.of(
                Arguments.of("partner", Map.of("name", "ООО «Вектор Плюс»", "inn", "0799000112", "groupId", 2210),
                        Map.of("name", "ООО «Вектор»")),
                Arguments.of("partner-group", Map.of("name", "Подрядчики"), Map.of("name", "Исполнители")),
                Arguments.of("category", Map.of("name", "Аренда", "group", "outcome", "type", "operating", "pnlType",
                        "direct-variable"), Map.of("name", "Аренда техники")),
                Arguments.of("direction", Map.of("name", "Монтаж", "parentId", 148701), Map.of("archived", 1)),
                Arguments.of("moneybag", Map.of("name", "Р/с *0017", "type", "bank", "number", "00702810000000000017",
                        "currency", "RUB", "surplus", "0"), Map.of("hideInTotal", true)),
                Arguments.of("deal", Map.of("name", "Договор 42/26", "amount", new BigDecimal("1200000.50"), "nds",
                        "264000", "statusId", 40711, "startDate", LocalDate.of(2026, 10, 5), "currency", "RUB"),
                        Map.of("statusId", 40713, "endDate", "2026-12-20")),
                Arguments.of("deal-status", Map.of("name", "На паузе"), Map.of("name", "Пауза")),
                Arguments.of("obligation", Map.of("name", "Акт 1", "amount", 200000, "nds", "44000.00", "actDate",
                        "15.11.2026"), Map.of("statusId", 7702)),
                Arguments.of("transaction", plan("2026-12-15", "610000"), Map.of("value", "610000.10", "date",
                        "16.12.2026")));
    }

    @ParameterizedTest
    @MethodSource("entities")
    void anObjectIsCreatedReadListedChangedAndDeleted(String entity, Map<String, Object> fields,
            Map<String, Object> change) {
        long id = (Long) stage.write(entity, "create", create(fields)).get("id");
        FinTabloEntity known = FinTabloEntity.of(entity);
        Map<String, Object> item = stage.read(entity, "get", id);
        Map<String, Object> own = new HashMap<>(fields);
        own.remove("description");
        assertThat(known.differing(own, item)).isEmpty();
        if (known.marked() != null) {
            assertThat(item.get(known.marked()).toString()).endsWith(MARKER);
        }
        Map<String, Object> filter = entity.equals("transaction") ? Map.of("isPlan", 1) : Map.of();
        assertThat(stage.list(entity, filter)).anyMatch(one -> one.get("id").equals(id));

        stage.write(entity, "update", Map.of("id", id, "fields", change));
        assertThat(known.differing(change, stage.read(entity, "get", id))).isEmpty();
        assertThat(stage.prepare(entity, "update", Map.of("id", id, "fields", change))).as("nothing differs").isEmpty();

        stage.write(entity, "delete", Map.of("id", id));
        stage.write(entity, "delete", Map.of("id", id));
        assertThat(stage.<Map<String, Object>>read(entity, "get", id)).containsEntry("deleted", true);
        assertThat(stage.done("delete " + entity)).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("entities")
    void aCreateWhoseAnswerWasLostMakesOneObject(String entity, Map<String, Object> fields) {
        stage.faults().next("create " + entity, Faults.Kind.LOST_ANSWER);
        assertThat(stage.settle(entity, "create", create(fields))).containsKey("id");
        assertThat(stage.done("create " + entity)).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("entities")
    void aCreateThatNeverArrivedIsSentAgainAfterAQuietTime(String entity, Map<String, Object> fields) {
        stage.faults().next("create " + entity, Faults.Kind.RESET_BEFORE);
        assertThat(stage.settle(entity, "create", create(fields))).containsKey("id");
        assertThat(stage.done("create " + entity)).isEqualTo(1);
        assertThat(stage.vendor.calls()).filteredOn(("create " + entity)::equals).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("entities")
    void anAnswerThatShowsNothingOrLiesIsNotBelieved(String entity, Map<String, Object> fields) {
        stage.switches().withoutItems("create " + entity);
        stage.settle(entity, "create", create(fields));
        Map<String, Object> second = new LinkedHashMap<>(fields);
        second.replaceAll((key, value) -> key.equals("name") ? value + " 2" : value);
        stage.switches().refusedThoughDone("create " + entity);
        String marker = "sverka:deal-fintablo:main:2";
        assertThat(stage.write(entity, "create", Map.of("marker", marker, "fields", second))).containsKey("id");
        assertThat(stage.done("create " + entity)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(value = Faults.Kind.class, names = {"ERROR_500", "BAD_GATEWAY", "TIMEOUT_504", "HTML_200"})
    void aGatewaysPageLeavesACreateInDoubtAndIsAskedOnce(Faults.Kind fault) {
        stage.faults().next("create deal", fault);
        assertThatThrownBy(() -> stage.write("deal", "create", create(Map.of("name", "Сделка"))))
                .isInstanceOf(VendorException.Unclear.class);
        assertThat(stage.vendor.calls()).filteredOn("create deal"::equals).hasSize(1);
        assertThatThrownBy(() -> stage.again("deal", "create", create(Map.of("name", "Сделка"))))
                .isInstanceOf(VendorException.NotYet.class);
        stage.clock.advance(FinTabloAccount.SETTLES);
        stage.again("deal", "create", create(Map.of("name", "Сделка")));
        assertThat(stage.done("create deal")).isEqualTo(1);
    }

    @Test
    void anAnswerCutShortIsFoundAtOnce() {
        stage.faults().next("create partner", Faults.Kind.TRUNCATED);
        assertThat(stage.write("partner", "create", create(Map.of("name", "ООО")))).containsKey("id");
        assertThat(stage.done("create partner")).isEqualTo(1);
    }

    @Test
    void theEngineNeverSendsACreateTwiceByItself() {
        stage.faults().answer("create deal", new StandIn.Reply(503, "text/html", "<html>503</html>",
                Map.of("Retry-After", "0")));
        assertThatThrownBy(() -> stage.write("deal", "create", create(Map.of("name", "Сделка"))))
                .isInstanceOf(VendorException.Unclear.class);
        assertThat(stage.vendor.calls()).filteredOn("create deal"::equals).hasSize(1);
        assertThat(stage.done("create deal")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"create deal", "create transaction", "create partner"})
    void whatFinTabloIsStillAtWorkOnIsNotSentAgain(String call) throws Exception {
        String entity = call.replace("create ", "");
        Map<String, Object> body = create(entity.equals("transaction") ? plan("2026-12-15", "5")
                : Map.of("name", "Сделка"));
        stage.restart(Duration.ofSeconds(1));
        stage.clock.advance(Duration.ofHours(1));
        FinTabloSwitches.Held held = stage.switches().hold(call);
        assertThatThrownBy(() -> stage.write(entity, "create", body)).isInstanceOf(VendorException.Unclear.class);
        stage.clock.advance(Duration.ofSeconds(30));
        assertThatThrownBy(() -> stage.again(entity, "create", body)).isInstanceOf(VendorException.NotYet.class);
        held.release();
        assertThat(stage.again(entity, "create", body)).containsKey("id");
        assertThat(stage.done(call)).isEqualTo(1);
    }

    @Test
    void whatIsNotOnListsAtOnceIsNotMadeTwice() {
        stage.switches().invisibleFor(Duration.ofSeconds(100));
        stage.faults().next("create transaction", Faults.Kind.LOST_ANSWER);
        assertThat(stage.settle("transaction", "create", create(plan("2026-12-15", "5")))).containsKey("id");
        assertThat(stage.done("create transaction")).isEqualTo(1);
    }

    @Test
    void anotherProcessKnowsTheDoubtAndANewOneWaitsForWhatItCannotKnow() {
        stage.faults().next("create deal", Faults.Kind.RESET_BEFORE);
        assertThatThrownBy(() -> stage.write("deal", "create", create(Map.of("name", "Сделка"))))
                .isInstanceOf(VendorException.Unclear.class);
        stage.restart(Duration.ofSeconds(20));
        assertThatThrownBy(() -> stage.again("deal", "create", create(Map.of("name", "Сделка"))))
                .isInstanceOf(VendorException.NotYet.class);
        Map<String, Object> killed = Map.of("marker", "sverka:deal-fintablo:main:9", "fields",
                Map.of("name", "Вторая"));
        assertThatThrownBy(() -> stage.again("deal", "create", killed)).isInstanceOf(VendorException.NotYet.class);
        stage.clock.advance(FinTabloAccount.SETTLES);
        assertThat(stage.again("deal", "create", killed)).containsKey("id");
        assertThat(stage.done("create deal")).isEqualTo(1);
    }

    @Test
    void anAnswerLostTwiceGoesToAPersonWhoMaySendItAnew() {
        Map<String, Object> body = create(Map.of("name", "Сделка"));
        for (int n = 0; n < 2; n++) {
            stage.faults().next("create deal", Faults.Kind.RESET_BEFORE);
            assertThatThrownBy(() -> stage.again("deal", "create", body)).isInstanceOf(VendorException.Unclear.class);
            stage.clock.advance(FinTabloAccount.SETTLES);
        }
        assertThatThrownBy(() -> stage.again("deal", "create", body)).isInstanceOf(VendorException.Refused.class)
                .hasMessageContaining("lost twice");
        assertThat(stage.again("deal", "create", body)).containsKey("id");
        assertThat(stage.done("create deal")).isEqualTo(1);
    }

    @Test
    void aMarkerIsAWordAndNotTheBeginningOfAnother() {
        stage.write("deal", "create", Map.of("marker", MARKER + "2", "fields", Map.of("name", "Двенадцатая")));
        assertThat(stage.prepare("deal", "create", create(Map.of("name", "Первая"))).orElseThrow().find().get())
                .isEmpty();
        for (String bad : List.of("sverka:deal fintablo:1", "b24:deal:1", "sverka:" + "x".repeat(40))) {
            assertThatThrownBy(() -> stage.prepare("deal", "create", Map.of("marker", bad, "fields", Map.of("name",
                    "x")))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aMarkerOutlivesLongTextsAndWhatPeopleAndRoutesWriteOver() {
        stage.switches().longestText(255);
        Map<String, Object> fields = plan("2026-12-15", "5");
        fields.put("description", "Очень длинное назначение ".repeat(20));
        long id = (Long) stage.write("transaction", "create", create(fields)).get("id");
        assertThat(stage.company().one("transaction", id).get("description").toString()).endsWith(MARKER);
        stage.write("transaction", "update", Map.of("id", id, "fields", Map.of("description", "Коротко")));
        assertThat(stage.company().one("transaction", id)).containsEntry("description", "Коротко " + MARKER);
        stage.switches().longestText(20);
        assertThatThrownBy(() -> stage.write("partner", "create", create(Map.of("name", "ООО"))))
                .as("a cut marker is told").hasRootCauseInstanceOf(VendorException.Refused.class)
                .hasMessageContaining("comment");
    }

    /** A text that FinTablo cuts loses its end, where the marker stands: without it the next try makes a second one. */
    @Test
    void aMarkerThatFinTabloCutsOffIsWrittenAgainInFewerWords() {
        stage.switches().longestText(80);
        Map<String, Object> fields = plan("2026-12-15", "5");
        fields.put("description", "Очень длинное назначение ".repeat(20));
        long id = (Long) stage.write("transaction", "create", create(fields)).get("id");
        assertThat(stage.company().one("transaction", id).get("description").toString()).hasSizeLessThanOrEqualTo(80)
                .startsWith("Очень длинное").endsWith(" " + MARKER);
        assertThat(stage.prepare("transaction", "create", create(fields)).orElseThrow().find().get().orElseThrow())
                .containsEntry("id", id);
        assertThat(stage.done("create transaction")).isEqualTo(1);
    }

    /** Parts may repeat their parent's text (section 8.6): the operation is the parent, also where ids grow a digit. */
    @ParameterizedTest
    @ValueSource(strings = {"""
            {"id":1000000,"parentId":999999,"value":2,"date":"15.12.2026","isPlan":1,"description":"Оплата %1$s"},
            {"id":999999,"value":5,"date":"15.12.2026","isPlan":1,"description":"Оплата %1$s"},
            {"id":1000001,"parentId":999999,"value":3,"date":"15.12.2026","isPlan":1,"description":"Оплата %1$s"}""",
        """
            {"id":999999,"value":5,"date":"15.12.2026","isPlan":1,"description":"Поправлено",
             "subs":[{"id":1000000,"value":2,"description":"Оплата %1$s"},{"value":3}]},
            {"id":1000001,"parentId":999999,"value":3}"""})
    void whatAPersonHasSplitIsFoundAsTheWhole(String rows) {
        stage.faults().answer("list transaction", new StandIn.Reply(200, "application/json",
                "{\"status\":200,\"items\":[" + rows.formatted(MARKER) + "]}", Map.of()));
        assertThat(stage.prepare("transaction", "create", create(plan("2026-12-15", "5"))).orElseThrow().find().get()
                .orElseThrow()).containsEntry("id", 999_999L);
    }

    @Test
    void partnersAreFoundHoweverTheCommentFilterCompares() {
        stage.switches().commentExact(true);
        stage.faults().next("create partner", Faults.Kind.LOST_ANSWER);
        stage.settle("partner", "create", create(Map.of("name", "ООО", "comment", "Давний заказчик")));
        assertThat(stage.done("create partner")).isEqualTo(1);
    }

    @Test
    void whereThereIsNoTextForAMarkerTheNameTells() {
        Map<String, Object> found = stage.write("deal-status", "create", create(Map.of("name", " в  РАБОТЕ ")));
        assertThat(found).containsEntry("id", 40711L);
        assertThat(stage.done("create deal-status")).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void stagesThatWereNotKeptAreAddedOnceWhateverIsLost(boolean allAnswered) {
        stage.switches().inlineStagesDropped(true).allStagesAnswered(allAnswered);
        List<Map<String, Object>> stages = List.of(Map.of("name", "Этап", "comment", "sverka:deal-fintablo:s:1",
                "amount", 5), Map.of("name", "Этап", "amount", 6), Map.of("name", "Этап", "amount", 7));
        stage.faults().next("create deal", Faults.Kind.LOST_ANSWER);
        for (int n = 0; n < 3; n++) {
            stage.faults().next("add-stage deal", Faults.Kind.LOST_ANSWER);
        }
        Map<String, Object> deal = stage.settle("deal", "create", create(Map.of("name", "Договор", "stages", stages)));
        assertThat(FinTabloStages.stages(deal)).hasSize(3).allSatisfy(one -> assertThat(one.get("id"))
                .isInstanceOf(Long.class));
        assertThat(stage.done("create deal")).isEqualTo(1);
        assertThat(stage.done("add-stage")).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(value = Faults.Kind.class, names = {"NONE", "LOST_ANSWER", "RESET_BEFORE", "TRUNCATED", "BAD_GATEWAY"})
    void aStageIsAddedOnce(Faults.Kind fault) {
        long deal = stage.company().enter("deal", Map.of("name", "Договор"));
        if (fault != Faults.Kind.NONE) {
            stage.faults().next("add-stage deal", fault);
        }
        Map<String, Object> added = stage.settle("deal", "add-stage", Map.of("id", deal, "marker", MARKER, "fields",
                Map.of("name", "Акт № 1", "actDate", LocalDate.of(2026, 11, 30), "amount", "100.50", "nds", 22)));
        assertThat(added).containsEntry("name", "Акт № 1").containsEntry("actDate", LocalDate.of(2026, 11, 30));
        assertThat((Long) added.get("id")).isNotEqualTo(deal);
        assertThat(stage.done("add-stage")).isEqualTo(1);
    }

    @Test
    void onlyWhatDiffersIsSentAndStagesAreNeverChangedByAPut() {
        long deal = stage.company().enter("deal", Map.of("name", "Договор", "amount", 100, "startDate", "05.10.2026"));
        assertThat(stage.prepare("deal", "update", Map.of("id", deal, "fields", Map.of("amount",
                new BigDecimal("100.00"), "startDate", "2026-10-05", "nds", "22"))).orElseThrow().content())
                .containsOnlyKeys("nds");
        assertThatThrownBy(() -> stage.prepare("deal", "update", Map.of("id", deal, "fields", Map.of("stages",
                List.of(Map.of("name", "Этап")))))).isInstanceOf(VendorException.Refused.class)
                .hasMessageContaining("add-stage");
        long plan = (Long) stage.write("transaction", "create", create(plan("2026-12-15", "5"))).get("id");
        assertThatThrownBy(() -> stage.prepare("transaction", "update", Map.of("id", plan, "fields", Map.of("group",
                "outcome")))).isInstanceOf(VendorException.Refused.class);
        assertThat(stage.done("update deal")).isZero();
    }

    @Test
    void aRefusedChangeIsReadBack() {
        long deal = stage.company().enter("deal", Map.of("name", "Договор"));
        stage.switches().refusedThoughDone("update deal");
        assertThat(stage.write("deal", "update", Map.of("id", deal, "fields", Map.of("amount", 7))))
                .containsEntry("amount", new BigDecimal("7"));
        stage.switches().goneThoughRefused("update deal");
        assertThatThrownBy(() -> stage.write("deal", "update", Map.of("id", deal, "fields", Map.of("amount", 8))))
                .isInstanceOf(VendorException.Refused.class).hasMessageContaining("is gone after a change");
        long other = stage.company().enter("deal", Map.of("name", "Договор"));
        assertThatThrownBy(() -> stage.write("deal", "update", Map.of("id", other, "fields", Map.of("statusId", 1))))
                .isInstanceOf(VendorException.Refused.class).hasMessageContaining("The statusId is not found");
    }

    @Test
    void aLostAnswerToAChangeIsSimplySentAgain() {
        long deal = stage.company().enter("deal", Map.of("name", "Договор"));
        stage.faults().next("update deal", Faults.Kind.LOST_ANSWER).next("update deal", Faults.Kind.BAD_GATEWAY);
        assertThat(stage.write("deal", "update", Map.of("id", deal, "fields", Map.of("amount", 7))))
                .containsEntry("amount", new BigDecimal("7"));
    }

    @Test
    void valuesAreClearedByNothing() {
        long id = (Long) stage.write("transaction", "create", create(plan("2026-12-15", "5"))).get("id");
        Map<String, Object> cleared = new HashMap<>();
        cleared.put("categoryId", null);
        stage.write("transaction", "update", Map.of("id", id, "fields", cleared));
        assertThat(stage.<Map<String, Object>>read("transaction", "get", id)).doesNotContainKey("categoryId");
    }

    @Test
    void ndsIsARateOnAnOperationAndASumOnADeal() {
        Map<String, Object> sum = plan("2026-12-15", "610000");
        sum.put("nds", "33000");
        assertThatThrownBy(() -> stage.prepare("transaction", "create", create(sum)))
                .isInstanceOf(VendorException.Refused.class).hasMessageContaining("rate in per cent");
        stage.switches().wholeNds(true);
        Map<String, Object> deal = stage.write("deal", "create", create(Map.of("name", "Договор", "nds", "33000.50")));
        assertThat(deal).containsEntry("nds", new BigDecimal("33000"));
    }

    @Test
    void whatFinTabloWouldGuessOrIgnoreIsRefusedBeforeItIsSent() {
        int before = stage.vendor.calls().size();
        for (String needed : List.of("isPlan", "date", "moneybagId", "value", "group")) {
            Map<String, Object> fields = plan("2026-12-15", "5");
            fields.remove(needed);
            assertThatThrownBy(() -> stage.prepare("transaction", "create", create(fields)))
                    .isInstanceOf(VendorException.Refused.class).hasMessageContaining(needed);
        }
        Map<String, Object> transfer = plan("2026-12-15", "5");
        transfer.put("group", "transfer");
        assertThatThrownBy(() -> stage.prepare("transaction", "create", create(transfer)))
                .hasMessageContaining("moneybag2Id, value2");
        for (Map<String, Object> bad : List.<Map<String, Object>>of(Map.of("name", "x", "colour", "red"),
                Map.of("name", "x", "amount", "1.234"), Map.of("name", "x", "startDate", "31.02.2026"),
                Map.of("name", "x", "id", 5))) {
            assertThatThrownBy(() -> stage.prepare("deal", "create", create(bad)))
                    .isInstanceOf(VendorException.Refused.class);
        }
        assertThat(stage.vendor.calls()).hasSize(before);
    }

    @Test
    void aReferenceThatIsNotKnownIsTriedOnceMore() {
        Map<String, Object> body = create(Map.of("name", "Договор", "partnerId", 5));
        assertThatThrownBy(() -> stage.write("deal", "create", body)).isInstanceOf(VendorException.NotYet.class);
        assertThatThrownBy(() -> stage.again("deal", "create", body)).isInstanceOf(VendorException.Refused.class)
                .hasMessageContaining("The partnerId is not found");
    }

    @Test
    void theCompanysRulesFillWhatWeLeaveEmpty() {
        stage.company().rule("этапа", "directionId", 148701L);
        Map<String, Object> made = stage.write("transaction", "create", create(plan("2026-12-15", "5")));
        assertThat(made).containsEntry("directionId", 148701L);
        stage.company().rule("Оплата", "categoryId", 1701001L);
        Map<String, Object> over = plan("2026-12-15", "6");
        over.put("rulesOverwrite", true);
        assertThat(stage.write("transaction", "create", Map.of("marker", "sverka:deal-fintablo:main:2", "fields",
                over))).containsEntry("categoryId", 1701001L);
    }

    @Test
    void theSystemsOwnAndUsedThingsAreNotDeleted() {
        for (Map.Entry<String, Integer> one : Map.of("category", 1701001, "direction", 148701).entrySet()) {
            assertThatThrownBy(() -> stage.write(one.getKey(), "delete", one.getValue()))
                    .isInstanceOf(VendorException.Refused.class);
        }
    }
}
