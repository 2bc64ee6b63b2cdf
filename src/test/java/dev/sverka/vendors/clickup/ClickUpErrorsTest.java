package dev.sverka.vendors.clickup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sverka.core.http.VendorException;
import dev.sverka.sandbox.Faults;
import dev.sverka.sandbox.StandIn.Reply;
import dev.sverka.sandbox.clickup.ClickUpStandIn;
import dev.sverka.sandbox.clickup.ClickUpState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One verdict for each error of the catalogue (clickup.md section 4), over HTTP. */
class ClickUpErrorsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Map<String, Class<? extends VendorException>> NOT_REFUSED = Map.of(
            "APP_002", VendorException.Transient.class);

    private final ClickUpStage stage = new ClickUpStage();

    @AfterEach
    void close() {
        stage.close();
    }

    private VendorException read() {
        return (VendorException) catchThrowable(() -> stage.account.workspace().place("list", "7"));
    }

    private VendorException write() {
        return (VendorException) catchThrowable(() -> stage.account.workspace().createPlace("folder", "space",
                ClickUpState.SPACE, Map.of("name", "A")));
    }

    static Stream<Arguments> catalogue() throws IOException {
        JsonNode all = JSON.readTree(Files.readAllBytes(Path.of(
                "src/test/resources/vendors/clickup/errors.json")));
        return all.values().stream().map(one -> Arguments.of(one.path("status").asInt(),
                one.path("body").path("ECODE").asString(""), one));
    }

    /** Everything that was recorded with a working token: the object is at fault, or the minute. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("catalogue")
    void everyRecordedErrorIsJudged(int status, String code, JsonNode error) {
        if (error.path("body").isObject()) {
            // a read is repeated where the server is at fault
            for (int n = 0; n < (status >= 500 ? 3 : 1); n++) {
                stage.faults().answer("get list", new Reply(status, "application/json", error.path("body").toString(),
                        Map.of()));
            }
            VendorException verdict = read();
            assertThat(verdict).isInstanceOf(NOT_REFUSED.getOrDefault(code, VendorException.Refused.class));
            assertThat(verdict.getMessage()).contains(code).doesNotContain(ClickUpStandIn.TOKEN);
            assertThat(verdict.code()).isEqualTo(status == 401 || code.equals("OAUTH_017") ? "unreachable"
                    : code.equals("ITEM_013") ? "gone" : code);
        }
    }

    @ParameterizedTest
    @CsvSource({"500, INTERNAL", "502, ''", "503, ''", "504, ''"})
    void aFaultOfTheServersLeavesAWriteUnclearAndAReadToBeTriedAgain(int status, String code) {
        for (int n = 0; n < 4; n++) {
            stage.faults().answer("get list", new Reply(status, "text/html", "<html>" + code + "</html>", Map.of()));
        }
        assertThat(read()).isInstanceOf(VendorException.Transient.class);
        stage.faults().none();
        stage.faults().answer("create folder", new Reply(status, "text/html", "<html>no</html>", Map.of()));
        assertThat(write()).isInstanceOf(VendorException.Unclear.class);
        assertThat(stage.vendor.calls()).filteredOn("create folder"::equals).hasSize(1);
    }

    @Test
    void aDeadTokenIsToldFromAnUnknownObject() {
        assertThat(stage.account.workspace().user()).containsEntry("id", ClickUpState.BOT);
        VendorException unknown = (VendorException) catchThrowable(() -> stage.account.workspace().place("folder",
                "999"));
        assertThat(unknown).isInstanceOf(VendorException.Refused.class);
        assertThat(unknown.getMessage()).contains("OAUTH_027").contains("the token works");
        stage.switches().tokenRevoked(true);
        assertThat(read()).isInstanceOf(VendorException.AuthLost.class).hasMessageContaining("sverka.clickup.main"
                + ".token");
        assertThat(catchThrowable(() -> stage.account.workspace().user())).isInstanceOf(
                VendorException.AuthLost.class);
    }

    @Test
    void whileTheTokenCannotBeAskedNothingIsConcluded() {
        for (int n = 0; n < 3; n++) {
            stage.faults().next("get user", Faults.Kind.ERROR_500);
        }
        stage.faults().answer("get list", new Reply(401, "application/json", Map.of("err", "x", "ECODE", "OAUTH_027"),
                Map.of()));
        assertThat(read()).isInstanceOf(VendorException.Transient.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401})
    void aMissingTokenIsLostWhicheverStatusItHas(int status) {
        stage.switches().missingHeader(status).tokenRevoked(true);
        stage.faults().answer("get list", new Reply(status, "application/json", Map.of("err", "Authorization Header"
                + " Required", "ECODE", "OAUTH_017"), Map.of()));
        assertThat(read()).isInstanceOf(VendorException.AuthLost.class);
    }

    @Test
    void anErrorWithStatus200AndATruncatedAnswerAreNoSuccess() {
        stage.switches().errorAs200("create folder");
        assertThat(write()).as("no code of the catalogue: it may pass").isInstanceOf(VendorException.Unclear.class);
        stage.faults().next("create folder", Faults.Kind.TRUNCATED);
        assertThat(write()).isInstanceOf(VendorException.Unclear.class);
        assertThat(stage.done("create folder")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"get user", "get list", "get task", "list fields", "list webhooks", "list teams"})
    void aYesThatShowsNothingIsAskedAgain(String call) {
        String list = stage.list();
        stage.faults().answer(call, new Reply(200, "application/json", "", Map.of()));
        assertThat(catchThrowable(() -> {
            switch (call) {
                case "get user" -> stage.account.workspace().user();
                case "get list" -> stage.account.workspace().place("list", list);
                case "get task" -> stage.account.workspace().task("86czz0a11");
                case "list fields" -> stage.account.workspace().fields(list);
                case "list webhooks" -> stage.account.workspace().webhooks();
                default -> stage.account.workspace().teams();
            }
        })).isInstanceOf(VendorException.Transient.class).hasMessageContaining("shows nothing");
    }

    @ParameterizedTest
    @CsvSource({"'', Transient", "ITEM_000, Transient", "APP_002, Transient", "INPUT_003, Refused",
        "OAUTH_027, Refused", "FIELD_033, Refused"})
    void aCodeCountsWhateverTheStatus(String code, String verdict) {
        stage.faults().answer("get list", new Reply(200, "application/json", Map.of("err", "x", "ECODE", code),
                Map.of()));
        VendorException told = read();
        assertThat(told.getClass().getSimpleName()).isEqualTo(verdict);
        assertThat(code.equals("APP_002") == (told instanceof VendorException.Transient one && one.until() != null))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(value = Faults.Kind.class, names = {"RESET_BEFORE", "LOST_ANSWER"})
    void anAnswerThatNeverCameIsUnclearForAWrite(Faults.Kind fault) {
        stage.faults().next("create folder", fault);
        assertThat(write()).isInstanceOf(VendorException.Unclear.class);
    }

    @Test
    void aWrongAddressIsSaid() {
        ClickUpClient wrong = ClickUpStage.client(stage.vendor.url() + "/wrong", Duration.ofSeconds(5),
                ClickUpStage.UNLIMITED, stage.clock);
        assertThat(catchThrowable(() -> wrong.read("list teams", "v2/team", Map.of())))
                .isInstanceOf(VendorException.Refused.class).hasMessageContaining("sverka.clickup.main.url");
    }

    @Test
    void aPersonalTokenGoesBareAndOneOfOAuthAsABearer() {
        ClickUpClient oauth = ClickUpStage.client(stage.vendor.url(), ClickUpStandIn.OAUTH_TOKEN,
                Duration.ofSeconds(5), ClickUpStage.UNLIMITED, stage.clock);
        assertThat(oauth.read("get user", "v2/user", Map.of())).containsKey("user");
        ClickUpClient copied = ClickUpStage.client(stage.vendor.url(), "Bearer " + ClickUpStandIn.TOKEN,
                Duration.ofSeconds(5), ClickUpStage.UNLIMITED, stage.clock);
        assertThat(copied.read("get user", "v2/user", Map.of())).as("the word before it is taken off")
                .containsKey("user");
    }
}
