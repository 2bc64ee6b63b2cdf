package dev.sverka.vendors.fintablo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.http.VendorException;
import dev.sverka.sandbox.Faults;
import dev.sverka.sandbox.fintablo.FinTabloSwitches.SplitForm;
import dev.sverka.sandbox.fintablo.FinTabloSwitches;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
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

/** What is done to operations beside changing them, over HTTP. */
class FinTabloActionsTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 16);
    private static final String TRANSACTION = "transaction";

    private final FinTabloStage stage = new FinTabloStage();

    @AfterEach
    void close() {
        stage.close();
    }

    private long fact(String group, String value) {
        return stage.company().bank(90211, DAY, new BigDecimal(value), group, "Оплата по счёту 311", null);
    }

    private long plan() {
        Map<String, Object> fields = new HashMap<>(FinTabloStage.plan("2026-11-15", "610000"));
        fields.put("date", "15.11.2026");
        return stage.company().enter(TRANSACTION, fields);
    }

    private static Map<String, Object> parts(long id, Object... values) {
        return Map.of("id", id, "split", Stream.of(values).map(value -> Map.of("value", value, "categoryId", 1701320))
                .toList());
    }

    private Map<String, Object> get(long id) {
        return stage.read(TRANSACTION, "get", id);
    }

    /** Each action with what it needs, made anew on a stage. */
    private Map<String, Object> body(String action) {
        return switch (action) {
            case "confirm" -> Map.of("id", plan(), "date", "2026-11-18");
            case "split" -> parts(fact("outcome", "100000"), 60000, 40000);
            case "unsplit" -> {
                long id = fact("outcome", "100000");
                stage.company().split(id, List.of(Map.of("value", 60000), Map.of("value", 40000)));
                yield Map.of("id", id, "categoryId", 1701320);
            }
            case "merge" -> Map.of("id", fact("outcome", "7"), "id2", fact("income", "7"));
            case "to-transfer" -> Map.of("id", fact("outcome", "7"), "value2", 7, "moneybag2Id", 90212, "categoryId",
                    1701003);
            default -> Map.of("id", stage.company().enter(TRANSACTION, Map.of("group", "transfer", "value", 7,
                    "moneybagId", 90211, "moneybag2Id", 90212, "value2", 7, "date", "16.11.2026")));
        };
    }

    static Stream<Arguments> actionsAndFaults() {
        return Stream.of("confirm", "split", "unsplit", "merge", "to-transfer", "split-transfer")
                .flatMap(action -> Stream.of(Faults.Kind.NONE, Faults.Kind.LOST_ANSWER, Faults.Kind.RESET_BEFORE,
                        Faults.Kind.HTML_200, Faults.Kind.TRUNCATED).map(fault -> Arguments.of(action, fault)));
    }

    @ParameterizedTest
    @MethodSource("actionsAndFaults")
    void everyActionIsDoneOnceWhateverIsLost(String action, Faults.Kind fault) {
        Map<String, Object> body = body(action);
        if (fault != Faults.Kind.NONE) {
            stage.faults().next(action + " transaction", fault);
        }
        stage.settle(TRANSACTION, action, body);
        assertThat(stage.done(action)).isEqualTo(1);
        assertThat(stage.prepare(TRANSACTION, action, action.equals("merge") ? body : Map.copyOf(body)))
                .as("nothing is left to do").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"confirm", "split", "merge"})
    void anErrorProvesNothing(String action) {
        stage.switches().refusedThoughDone(action + " transaction");
        assertThat(stage.write(TRANSACTION, action, body(action))).containsKey("id");
        assertThat(stage.done(action)).isEqualTo(1);
    }

    @Test
    void aSplitThatFinTabloIsStillAtWorkOnIsNotSentAgain() throws Exception {
        Map<String, Object> body = body("split");
        stage.restart(Duration.ofSeconds(1));
        FinTabloSwitches.Held held = stage.switches().hold("split transaction");
        assertThatThrownBy(() -> stage.write(TRANSACTION, "split", body)).isInstanceOf(VendorException.Unclear.class);
        assertThatThrownBy(() -> stage.again(TRANSACTION, "split", body)).isInstanceOf(VendorException.NotYet.class);
        held.release();
        assertThat(stage.again(TRANSACTION, "split", body)).as("it is there: nothing to do").isEmpty();
        assertThat(stage.done("split")).isEqualTo(1);
    }

    @Test
    void aConfirmedPlanHasTheRealDayAndSumAndMonth() {
        long id = plan();
        BigDecimal before = (BigDecimal) stage.company().one("moneybag", 90211).get("balance");
        Map<String, Object> fact = stage.write(TRANSACTION, "confirm", Map.of("id", id, "date", "2026-12-01", "value",
                "600000.00", "factMonth", "2026-12"));
        assertThat(fact).containsEntry("isPlan", 0).containsEntry("date", LocalDate.of(2026, 12, 1))
                .containsEntry("value", new BigDecimal("600000")).containsEntry("factMonth", "12.2026");
        assertThat((BigDecimal) stage.company().one("moneybag", 90211).get("balance"))
                .isEqualByComparingTo(before.add(new BigDecimal("600000")));
    }

    @ParameterizedTest
    @EnumSource(SplitForm.class)
    void theFormOfASplitIsFoundOut(SplitForm form) {
        stage.switches().splitForm(form);
        for (int n = 0; n < 2; n++) {
            stage.write(TRANSACTION, "split", parts(fact("outcome", "100000"), "60000.00", 40000));
        }
        assertThat(stage.done("split")).isEqualTo(2);
        assertThat(stage.vendor.calls().stream().filter("split transaction"::equals).count())
                .as("the form is remembered").isEqualTo(form == SplitForm.ARRAY ? 3 : 2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void partsAddUpAndAPersonsSplitIsLeftAlone(boolean flat) {
        stage.switches().flatSplits(flat);
        long id = fact("outcome", "100000");
        assertThatThrownBy(() -> stage.prepare(TRANSACTION, "split", parts(id, 60000, 30000)))
                .isInstanceOf(VendorException.Refused.class).hasMessageContaining("add up to 90000");
        stage.company().split(id, List.of(Map.of("value", 70000), Map.of("value", 30000)));
        assertThatThrownBy(() -> stage.prepare(TRANSACTION, "split", parts(id, 60000, 40000)))
                .isInstanceOf(VendorException.Refused.class).hasMessageContaining("split otherwise");
        stage.write(TRANSACTION, "unsplit", Map.of("id", id, "categoryId", 1701320));
        stage.write(TRANSACTION, "split", parts(id, 60000, 40000));
        assertThat(stage.prepare(TRANSACTION, "split", parts(id, 40000, 60000))).as("in any order").isEmpty();
    }

    @Test
    void aFedOperationIsGivenItsDealAndAnIncomeNeverAStage() {
        long deal = stage.company().enter("deal", Map.of("name", "Договор", "stages", List.of(Map.of("name", "Этап"))));
        long step = (Long) FinTabloStages.stages(stage.read("deal", "get", deal)).get(0).get("id");
        long income = fact("income", "366000");
        stage.write(TRANSACTION, "update", Map.of("id", income, "fields", Map.of("dealId", deal, "categoryId",
                1701210)));
        assertThat(get(income)).containsEntry("dealId", deal);
        Map<String, Object> onStage = Map.of("id", income, "fields", Map.of("dealId", step));
        assertThatThrownBy(() -> stage.write(TRANSACTION, "update", onStage)).isInstanceOf(
                VendorException.Refused.class).hasMessageContaining("not its stage");
        long outcome = fact("outcome", "5");
        stage.write(TRANSACTION, "update", Map.of("id", outcome, "fields", Map.of("dealId", step)));
        assertThat(get(outcome)).containsEntry("dealId", step);
        assertThatThrownBy(() -> stage.write(TRANSACTION, "update", Map.of("id", outcome, "fields", Map.of("categoryId",
                1701210)))).as("a category of the other group").isInstanceOf(VendorException.Refused.class);
    }

    @Test
    void whatIsGoneIsToldAndNotDone() {
        long id = fact("income", "5");
        stage.company().remove(TRANSACTION, id);
        for (String action : List.of("confirm", "split", "unsplit", "to-transfer", "split-transfer")) {
            Map<String, Object> body = new HashMap<>(body(action));
            body.put("id", id);
            assertThatThrownBy(() -> stage.prepare(TRANSACTION, action, body)).as(action)
                    .isInstanceOf(VendorException.Refused.class).hasMessageContaining("not in FinTablo any more");
        }
        assertThatThrownBy(() -> stage.prepare(TRANSACTION, "merge", Map.of("id", fact("income", "5"), "id2",
                fact("income", "5")))).isInstanceOf(VendorException.Refused.class);
    }
}
