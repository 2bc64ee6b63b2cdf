package dev.sverka.vendors.bitrix24;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.http.VendorException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class Bitrix24ErrorsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

    /** What the sheet's catalogue says of a retry, and which verdicts may stand for it. */
    private static final Map<String, Class<? extends VendorException>> READS = Map.of(
            "backoff", VendorException.Transient.class,
            "wait_until_operating_reset_at", VendorException.NotYet.class,
            "reads_only", VendorException.Transient.class,
            "slow_probe", VendorException.Transient.class,
            "after_refresh", VendorException.AuthLost.class);

    private final Bitrix24Errors errors = new Bitrix24Errors("bitrix24.main");

    @TestFactory
    Stream<DynamicTest> eachErrorOfTheCatalogueGetsItsVerdict() throws IOException {
        JsonNode catalogue;
        try (InputStream sample = getClass().getResourceAsStream("/vendors/bitrix24/errors_catalogue.json")) {
            catalogue = JsonMapper.builder().build().readTree(Objects.requireNonNull(sample));
        }
        return catalogue.values().stream().filter(row -> row.path("body").has("error")).map(row -> {
            String code = row.path("body").path("error").asString("");
            int status = row.path("httpStatus").asInt();
            String retry = row.path("retry").asString("");
            return DynamicTest.dynamicTest(status + " " + code + " " + retry, () -> {
                VendorException verdict = errors.verdict("crm.item.get", false, status, code,
                        row.path("body").path("error_description").asString(""), NOW);
                if (READS.containsKey(retry)) {
                    assertThat(verdict).isInstanceOf(READS.get(retry));
                } else {
                    assertThat(verdict).isInstanceOfAny(VendorException.Refused.class, VendorException.AuthLost.class);
                }
            });
        });
    }

    @ParameterizedTest
    @CsvSource({"502,", "504,", "200,", "500,INTERNAL_SERVER_ERROR", "500,ERROR_UNEXPECTED_ANSWER"})
    void aWriteWhoseOutcomeIsUnknownIsUnclear(int status, String code) {
        assertThat(errors.verdict("crm.item.add", true, status, code, "", NOW))
                .isInstanceOf(VendorException.Unclear.class);
    }

    @Test
    void aWriteThatWasNotTakenForTheLimitIsNotUnclear() {
        VendorException verdict = errors.verdict("crm.item.add", true, 503, "query_limit_exceeded", "", NOW);
        assertThat(verdict).isInstanceOf(VendorException.Transient.class);
        assertThat(((VendorException.Transient) verdict).until()).isAfter(NOW);
    }

    @ParameterizedTest
    @CsvSource({"503,OVERLOAD_LIMIT,AuthLost,support", "403,INVALID_CREDENTIALS,Refused,lacks this right",
        "401,INVALID_CREDENTIALS,AuthLost,incoming webhook", "403,insufficient_scope,AuthLost,tick what is missing",
        "429,OPERATION_TIME_LIMIT,NotYet,OPERATION_TIME_LIMIT", "302,,AuthLost,renamed",
        "200,INTERNAL_SERVER_ERROR,Transient,INTERNAL", "200,NOT_FOUND,Refused,NOT_FOUND", "403,,Transient,HTTP 403"})
    void eachVerdictSaysWhatToDo(int status, String code, String verdict, String words) {
        VendorException told = errors.verdict("crm.item.get", false, status, code, "", NOW);
        assertThat(told.getClass().getSimpleName()).isEqualTo(verdict);
        assertThat(told).hasMessageContaining(words);
    }

    /** Section 1.3: the scope im is none of the deals'. */
    @Test
    void aScopeThatOneCallNeedsStopsNoOther() {
        for (String method : List.of("im.notify.system.add", "user.get", "disk.folder.uploadfile", "userfieldconfig.list")) {
            assertThat(errors.verdict(method, false, 403, "insufficient_scope", "", NOW)).as(method)
                    .isInstanceOf(VendorException.Refused.class).hasMessageContaining("tick what is missing");
        }
    }

    @Test
    void tagsOfADescriptionAreNotShown() {
        assertThat(errors.verdict("crm.item.update", true, 400, "100", "Поле<br>пустое", NOW))
                .hasMessage("bitrix24.main crm.item.update: 100 (Поле пустое)");
    }
}
