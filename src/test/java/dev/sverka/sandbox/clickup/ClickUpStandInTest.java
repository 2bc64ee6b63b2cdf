package dev.sverka.sandbox.clickup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.state.SettableClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The stand-in is as strict as the sheet, asked with another client than ours. */
class ClickUpStandInTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path SAMPLES = Path.of("src/test/resources/vendors/clickup");

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final ClickUpStandIn vendor = new ClickUpStandIn(0, clock);
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        vendor.close();
    }

    private HttpResponse<String> call(String method, String path, String body, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(vendor.url() + path))
                .header("Content-Type", "application/json").method(method,
                        HttpRequest.BodyPublishers.ofString(body == null ? "" : body));
        if (token != null) {
            request.header("Authorization", token);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private HttpResponse<String> call(String method, String path, String body) {
        return call(method, path, body, ClickUpStandIn.TOKEN);
    }

    private JsonNode json(String method, String path, String body) {
        return JSON.readTree(call(method, path, body).body());
    }

    private String list() {
        return vendor.state().listIn(vendor.state().folder(ClickUpState.SPACE, "ACME"), "Implementation");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "GET | /v2/folder/999 | | 401 | OAUTH_027", "GET | /v2/task/abc | | 401 | OAUTH_027",
            "GET | /v2/list/999 | | 400 | INPUT_003", "GET | /v2/space/999/folder | | 401 | OAUTH_023",
            "GET | /v2/space/abc/folder | | 400 | INPUT_002", "GET | /v2/team/7/task | | 401 | OAUTH_027",
            "POST | /v2/space/901590010010/folder | {} | 400 | OAUTH_117",
            "GET | /v2/team/90159990001/task?order_by=closed | | 500 | ITEMV2_003",
            "GET | /v2/team/90159990001/task?custom_fields=x | | 400 | ITEM_155",
            "GET | /v2/team/90159990001/task?statuses=open | | 400 | PUBAPITASK_014",
            "POST | /v2/team/90159990001/webhook | {\"endpoint\":\"http://example.com\"} | 400 | OAUTH_194"})
    void itRefusesInTheVendorsWords(String method, String path, String body, int status, String code) {
        HttpResponse<String> answer = call(method, path, body);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(JSON.readTree(answer.body()).path("ECODE").asString("")).isEqualTo(code);
        assertThat(answer.headers().firstValue("X-RateLimit-Limit")).contains("100");
    }

    @Test
    void anUnknownRouteIsPlainTextAndAWrongTokenHasNoRateHeaders() {
        assertThat(call("GET", "/v2/nothing", null).body()).isEqualTo("404 page not found");
        assertThat(call("PUT", "/v2/user", "{}").statusCode()).isEqualTo(405);
        HttpResponse<String> wrong = call("GET", "/v2/user", null, "pk_wrong");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.headers().firstValue("X-RateLimit-Limit")).isEmpty();
        assertThat(call("GET", "/v2/user", null, "Bearer " + ClickUpStandIn.TOKEN).statusCode()).isEqualTo(401);
        assertThat(call("GET", "/v2/user", null, null).body()).contains("OAUTH_017");
    }

    @Test
    void theMinuteIsFixedAndOpenedByTheFirstCall() {
        vendor.switches().perMinute(2);
        assertThat(call("GET", "/v2/user", null).statusCode()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(59));
        assertThat(call("GET", "/v2/user", null).headers().firstValue("X-RateLimit-Remaining")).contains("0");
        HttpResponse<String> over = call("GET", "/v2/user", null);
        assertThat(over.statusCode()).isEqualTo(429);
        assertThat(over.headers().firstValue("Retry-After")).contains("60");
        clock.advance(Duration.ofSeconds(1));
        assertThat(call("GET", "/v2/user", null).statusCode()).isEqualTo(200);
    }

    @Test
    void closedAndArchivedTasksAndSubtasksAreMissingByDefault() {
        String list = list();
        String open = vendor.state().tasks().enter(list, "open");
        vendor.state().tasks().edit(vendor.state().tasks().enter(list, "closed"), "status", "complete");
        vendor.state().tasks().edit(vendor.state().tasks().enter(list, "child"), "parent", open);
        vendor.state().tasks().edit(vendor.state().tasks().enter(list, "archived"), "archived", true);
        String tasks = "/v2/list/" + list + "/task";
        assertThat(json("GET", tasks, null).path("tasks").size()).isEqualTo(1);
        assertThat(json("GET", tasks + "?include_closed=true&subtasks=true", null).path("tasks").size()).isEqualTo(3);
        assertThat(json("GET", tasks + "?archived=true", null).path("tasks").size()).isEqualTo(1);
    }

    @Test
    void aPutTakesNeitherFieldsNorTagsAndAFlatListMakesWatchers() {
        String task = vendor.state().tasks().enter(list(), "A");
        JsonNode after = json("PUT", "/v2/task/" + task, "{\"assignees\":[55120002],\"tags\":[\"x\"],"
                + "\"custom_fields\":[{\"id\":\"" + ClickUpFieldState.EXTERNAL_ID + "\",\"value\":\"1\"}]}");
        assertThat(after.path("assignees").size()).isZero();
        assertThat(after.path("watchers").size()).isEqualTo(2);
        assertThat(after.path("tags").size()).isZero();
        assertThat(after.path("custom_fields").get(0).has("value")).isFalse();
    }

    @Test
    void theTrashAnswersAndHoldsItsNames() {
        String list = list();
        assertThat(call("DELETE", "/v2/list/" + list, null).body()).isEqualTo("{}");
        assertThat(json("PUT", "/v2/list/" + list, "{\"name\":\"Renamed\"}").path("deleted").asBoolean()).isTrue();
        assertThat(call("POST", "/v2/list/" + list + "/task", "{\"name\":\"A\"}").body()).contains("ACCESS_100");
        String folder = vendor.state().place(list).get("folder").toString().replaceAll(".*id=(\\d+).*", "$1");
        assertThat(call("POST", "/v2/folder/" + folder + "/list", "{\"name\":\"renamed\"}").body())
                .contains("SUBCAT_016");
        String task = vendor.state().tasks().enter(vendor.state().listIn(folder, "B"), "A");
        HttpResponse<String> deleted = call("DELETE", "/v2/task/" + task, null);
        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(deleted.body()).isEmpty();
        assertThat(call("GET", "/v2/task/" + task, null).body()).contains("ITEM_013");
    }

    @Test
    void timeOfOthersComesOnlyForNamedPeople() {
        vendor.state().time().enter(ClickUpState.ANNA, null, clock.instant().minusSeconds(60), Duration.ofMinutes(1),
                "", true);
        String time = "/v2/team/90159990001/time_entries";
        assertThat(json("GET", time, null).path("data").size()).isZero();
        assertThat(json("GET", time + "?assignee=55120002", null).path("data").size()).isEqualTo(1);
        assertThat(call("GET", time + "?list_id=1&task_id=2", null).statusCode()).isEqualTo(400);
    }

    /** What a real answer has, ours has too, in the same types. */
    @ParameterizedTest
    @CsvSource({"get-list.json, list, ''", "get-folders.json, folders, folders", "time-entries.json, time, data",
            "task-by-external-id.json, task, tasks"})
    void itsAnswersHaveTheShapeOfRecordedOnes(String sample, String what, String rows) throws IOException {
        String list = list();
        String task = vendor.state().tasks().enter(list, "A");
        vendor.state().time().enter(ClickUpState.BOT, task, clock.instant().minusSeconds(60), Duration.ofMinutes(1), "",
                true);
        String path = switch (what) {
            case "list" -> "/v2/list/" + list;
            case "folders" -> "/v2/space/" + ClickUpState.SPACE + "/folder";
            case "time" -> "/v2/team/90159990001/time_entries";
            default -> "/v2/list/" + list + "/task";
        };
        JsonNode recorded = JSON.readTree(Files.readAllBytes(SAMPLES.resolve(sample)));
        JsonNode own = json("GET", path, null);
        JsonNode one = rows.isEmpty() ? recorded : recorded.path(rows).get(recorded.path(rows).size() - 1);
        JsonNode ours = rows.isEmpty() ? own : own.path(rows).get(0);
        Set<String> compared = new TreeSet<>();
        one.properties().forEach(field -> {
            if (ours.has(field.getKey()) && !field.getValue().isNull() && !ours.path(field.getKey()).isNull()) {
                assertThat(ours.path(field.getKey()).getNodeType()).as(field.getKey())
                        .isEqualTo(field.getValue().getNodeType());
                compared.add(field.getKey());
            }
        });
        assertThat(compared).contains("id").hasSizeGreaterThan(8);
    }
}
