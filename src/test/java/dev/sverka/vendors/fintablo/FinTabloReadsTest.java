package dev.sverka.vendors.fintablo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.http.VendorException;
import dev.sverka.sandbox.Faults;
import dev.sverka.sandbox.Spelling;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Lists and objects, over HTTP. */
class FinTabloReadsTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 16);
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private final FinTabloStage stage = new FinTabloStage();

    @AfterEach
    void close() {
        stage.close();
    }

    private long outcome(String value) {
        return stage.company().bank(90211, DAY, new BigDecimal(value), "outcome", "Оплата", null);
    }

    private long calls(String call) {
        return stage.vendor.calls().stream().filter(call::equals).count();
    }

    @Test
    void aListWithoutPagesIsAskedForOnceHoweverLong() {
        IntStream.range(0, 1200).forEach(n -> stage.company().enter("partner", Map.of("name", "ООО " + n)));
        assertThat(stage.list("partner", Map.of())).hasSize(1200);
        assertThat(calls("list partner")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"deal,501,2", "deal,1000,3", "transaction,2500,4", "transaction,999,1", "transaction,1000,2"})
    void aListWithPagesIsReadToItsEnd(String entity, int count, int pages) {
        IntStream.range(0, count).forEach(n -> {
            if (entity.equals("deal")) {
                stage.company().enter("deal", Map.of("name", "Сделка " + n));
            } else {
                outcome("1");
            }
        });
        Map<String, Object> filter = entity.equals("deal") ? Map.of() : Map.of("isPlan", 0);
        assertThat(new HashSet<>(stage.list(entity, filter))).hasSize(count);
        assertThat(calls("list " + entity)).isEqualTo(pages);
    }

    @Test
    void rowsThatMoveBetweenPagesCountOnce() {
        IntStream.range(0, 1001).forEach(n -> outcome("1"));
        stage.switches().rowTwice("list transaction");
        assertThat(stage.list("transaction", Map.of("isPlan", 0))).hasSize(1001);
    }

    @Test
    void plansAndFactsAreNeverMixedAndUnknownFiltersNeverSent() {
        stage.company().enter("transaction", Map.of("group", "income", "isPlan", 1, "date", "15.12.2026", "value", 5,
                "moneybagId", 90211));
        outcome("7");
        assertThat(stage.list("transaction", Map.of("isPlan", 1))).singleElement()
                .satisfies(plan -> assertThat(plan).containsEntry("isPlan", 1));
        int before = stage.vendor.calls().size();
        assertThatThrownBy(() -> stage.list("transaction", Map.of())).isInstanceOf(VendorException.Refused.class)
                .hasMessageContaining("isPlan");
        assertThatThrownBy(() -> stage.list("deal", Map.of("comment", "x"))).isInstanceOf(VendorException.Refused.class)
                .hasMessageContaining("cannot be filtered by comment");
        assertThatThrownBy(() -> stage.list("transaction", Map.of("isPlan", 0, "dateFrom", "31.11.2026")))
                .isInstanceOf(VendorException.Refused.class);
        assertThat(stage.vendor.calls()).hasSize(before);
    }

    @Test
    void filtersTakeOurOwnValues() {
        outcome("7");
        assertThat(stage.list("transaction", Map.of("isPlan", false, "dateFrom", DAY, "dateTo", "2026-11-16",
                "valueFrom", new BigDecimal("6.50"), "moneybagId", "90211", "group", "outcome"))).hasSize(1);
        assertThat(stage.list("transaction", Map.of("isPlan", 0, "dateFrom", DAY.plusDays(1)))).isEmpty();
        assertThat(stage.list("direction", Map.of("archived", 0))).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sharesOfADealCountEachPartOnceAndNeverTheWhole(boolean flat) {
        stage.switches().flatSplits(flat);
        long deal = stage.company().enter("deal", Map.of("name", "Договор", "stages", List.of(Map.of("name", "Этап"))));
        long step = (Long) FinTabloStages.stages(stage.read("deal", "get", deal)).get(0).get("id");
        long other = stage.company().enter("deal", Map.of("name", "Другой"));
        stage.company().split(outcome("100000"), List.of(Map.of("value", 60000, "dealId", step),
                Map.of("value", 30000, "dealId", other), Map.of("value", 10000, "dealId", deal)));
        stage.company().edit("transaction", outcome("5.50"), "dealId", step);
        List<Map<String, Object>> shares = stage.read("transaction", "shares", Map.of("filter", Map.of("isPlan", 0,
                "dealId", deal)));
        assertThat(FinTabloSplits.sum(shares)).isEqualByComparingTo("70005.50");
        assertThat(shares).hasSize(3).allSatisfy(share -> assertThat(share).containsEntry("date", DAY)
                .containsEntry("group", "outcome").containsEntry("moneybagId", 90211L));
        assertThat(stage.list("transaction", Map.of("isPlan", 0, "dealId", other))).singleElement()
                .satisfies(parent -> assertThat(FinTabloSplits.parts(parent)).isNotEmpty());
    }

    /** Shape noise of section 17. */
    enum Noise {
        EXTRA, TEXT, MISSING, BOOLEANS, INN, TIMES
    }

    private void make(Noise noise) {
        switch (noise) {
            case EXTRA -> stage.switches().extraFields(true);
            case TEXT -> stage.switches().numbersAsText(true);
            case MISSING -> stage.switches().nothingIsMissing(true);
            case BOOLEANS -> stage.switches().flagsAsBooleans(true);
            case INN -> stage.switches().innAsNumber(true);
            default -> stage.switches().datesWithTime(true);
        }
    }

    @ParameterizedTest
    @EnumSource(Noise.class)
    void objectsReadAlikeHoweverTheyAreSpelled(Noise noise) {
        stage.company().enter("partner", Map.of("name", "ООО", "inn", "0799000112"));
        stage.company().enter("deal", Map.of("name", "Договор", "amount", new BigDecimal("1200000.50"), "stages",
                List.of(Map.of("name", "Этап", "amount", 5, "startDate", "05.10.2026"))));
        stage.company().split(outcome("100000"), List.of(Map.of("value", 60000), Map.of("value", 40000)));
        List<String> before = fingerprints();
        make(noise);
        assertThat(fingerprints()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(value = Spelling.class, names = "DIGITS_AS_NUMBERS", mode = EnumSource.Mode.EXCLUDE)
    void objectsReadAlikeInTheSpellingOfAnotherStandIn(Spelling spelling) {
        stage.company().enter("partner", Map.of("name", "ООО", "inn", "0799000112"));
        stage.company().enter("deal", Map.of("name", "Договор", "amount", new BigDecimal("1200000.50"), "stages",
                List.of(Map.of("name", "Этап", "amount", 5, "startDate", "05.10.2026"))));
        stage.company().split(outcome("100000"), List.of(Map.of("value", 60000), Map.of("value", 40000)));
        List<String> before = fingerprints();
        stage.vendor.spelled(spelling);
        assertThat(fingerprints()).isEqualTo(before);
    }

    private List<String> fingerprints() {
        return List.of("partner", "deal", "transaction", "moneybag").stream().flatMap(entity -> stage.list(entity,
                entity.equals("transaction") ? Map.of("isPlan", 0) : Map.of()).stream()
                .map(FinTabloEntity.of(entity)::fingerprint)).toList();
    }

    @Test
    void valuesComeAsMoneyDaysAndWholeTaxNumbers() {
        stage.switches().innAsNumber(true).numbersAsText(true);
        long partner = stage.company().enter("partner", Map.of("name", "ООО", "inn", "0799000112"));
        assertThat(stage.<Map<String, Object>>read("partner", "get", partner)).containsEntry("id", partner);
        stage.switches().numbersAsText(false);
        assertThat(stage.<Map<String, Object>>read("partner", "get", partner)).containsEntry("inn", "0799000112");
        assertThat(stage.list("partner", Map.of("inn", "0799000112"))).hasSize(1);
        Map<String, Object> operation = stage.read("transaction", "get", outcome("54000.5"));
        assertThat(operation).containsEntry("value", new BigDecimal("54000.5")).containsEntry("date", DAY)
                .containsEntry("timestamp", Instant.parse("2026-11-16T09:00:00Z"))
                .containsEntry("factMonth", "11.2026");
    }

    @Test
    void whatIsGoneSaysSoAlsoWhereTheStatusIsInTheBodyAlone() {
        assertThat(stage.<Map<String, Object>>read("deal", "get", 7)).isEqualTo(Map.of("id", 7L, "deleted", true));
        stage.switches().errorsAs200(true);
        assertThat(stage.<Map<String, Object>>read("deal", "get", 7)).containsEntry("deleted", true);
        assertThatThrownBy(() -> stage.write("deal", "create", FinTabloStage.create(Map.of("amount", 5))))
                .isInstanceOf(VendorException.Refused.class).hasMessageContaining("Required fields not exist");
    }

    @ParameterizedTest
    @EnumSource(value = Faults.Kind.class, names = {"ERROR_500", "BAD_GATEWAY", "RESET_BEFORE"})
    void aReadIsTriedAgainAtOnce(Faults.Kind fault) {
        stage.faults().next("list deal", fault);
        assertThat(stage.list("deal", Map.of())).isEmpty();
        assertThat(calls("list deal")).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(value = Faults.Kind.class, names = {"HTML_200", "TRUNCATED"})
    void aPageOfHtmlIsNoEmptyList(Faults.Kind fault) {
        stage.faults().next("list deal", fault);
        assertThatThrownBy(() -> stage.list("deal", Map.of())).isInstanceOf(VendorException.Transient.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"transaction.list.page1", "transaction.list.by-deal", "transaction.list.string-numbers",
        "transaction.list.undocumented-fields", "transaction.create.transfer", "deal.list.page1", "deal.create",
        "partner.list.duplicate-inn", "partner.list.inn-as-number", "moneybag.list", "obligation.list.by-deal"})
    void everySampleIsRead(String sample) throws IOException {
        FinTabloEntity entity = FinTabloEntity.of(sample.replaceFirst("\\..*", ""));
        try (InputStream file = Objects.requireNonNull(
                getClass().getResourceAsStream("/vendors/fintablo/" + sample + ".200.json"))) {
            List<Map<String, Object>> items = JSON.readTree(file).path("items").values().stream()
                    .map(item -> entity.read(JSON.treeToValue(item, Map.class))).toList();
            assertThat(items).isNotEmpty().allSatisfy(item -> {
                assertThat(item.get("id")).isInstanceOf(Long.class);
                item.forEach((key, value) -> {
                    if (List.of("value", "amount", "balance").contains(key)) {
                        assertThat(value).isInstanceOf(BigDecimal.class);
                    } else if (key.matches("date|startDate|actDate")) {
                        assertThat(value).isInstanceOf(LocalDate.class);
                    }
                });
            });
        }
    }
}
