package dev.sverka.desk.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.sverka.core.journal.EntryView;
import dev.sverka.core.journal.Journal;
import dev.sverka.flows.payments.Reviews;
import java.lang.reflect.Constructor;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(classes = ConsoleStage.class, properties = "sverka.console.password=secret")
class ApiTest {

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private Reviews reviews;

    @Autowired
    private JsonMapper json;

    private MockMvc mvc;

    @BeforeEach
    void open() {
        mvc = MockMvcBuilders.webAppContextSetup(context).apply(springSecurity()).build();
    }

    @Test
    void statusTellsCountsAccountsAndRefusedEditsAsTheContractHasIt() throws Exception {
        MockHttpServletResponse answer = answer(get("/api/status"));
        assertThat(json.readTree(answer.getContentAsString()).path("accounts").path("bitrix24.main"))
                .isEqualTo(json.readTree("""
                        {"state":"up","since":"2026-11-22T21:15:07.123+03:00",
                         "lastSuccess":"2026-11-23T21:15:03.123+03:00"}"""));
        assertThat(json.readTree(answer.getContentAsString()).path("refused")).isEqualTo(json.readTree("""
                [{"file":"routes/bank.yaml","line":7,"problem":"unknown verb 'chnaged'",
                  "cure":"tbank knows changed, list, pushed"}]"""));
        assertThat(json.readTree(answer.getContentAsString()).propertyNames())
                .containsExactlyInAnyOrder("queued", "working", "waiting", "dead", "accounts", "refused");
    }

    @Test
    void anEntryOfTheJournalLooksAsTheContractHasIt() throws Exception {
        when(context.getBean(Journal.class).list("dead", 3)).thenReturn(
                List.of(new EntryView(1, "bank-operation", "k", "dead", 1, "refused",
                        "no right", ConsoleStage.NOW, null)));
        assertThat(json.readTree(answer(get("/api/journal?state=dead&limit=3")).getContentAsString()))
                .isEqualTo(json.readTree("""
                        [{"id":1,"flow":"bank-operation","key":"k","state":"dead","attempts":1,"cause":"refused",
                          "message":"no right","acceptedAt":"2026-11-23T21:15:07.123+03:00","dueAt":null}]"""));
    }

    @Test
    void anItemIsExplainedAndReleasedAsTheContractHasIt() throws Exception {
        assertThat(answer(get("/api/explain?entity=payment&id=42")).getContentAsString())
                .contains("\"field\":\"paid\",\"from\":\"0.00\",\"to\":\"45000.00\"")
                .contains("\"because\":[{\"rule\":\"invoice-number\"}],\"intent\":17");
        assertThat(answer(post("/api/items/payment/42/release")).getStatus()).isEqualTo(200);
        assertThat(answer(post("/api/items/payment/43/release")).getStatus()).isEqualTo(404);
        assertThat(answer(post("/api/items/deal/42/release")).getStatus()).isEqualTo(404);
    }

    @Test
    void aDecidedReviewIsAConflictAndTooMuchMoneyIsInvalid() throws Exception {
        doThrow(made(Reviews.Conflict.class, "this has been decided meanwhile"))
                .when(reviews).decide(eq(1L), any(), eq("admin"));
        doThrow(made(Reviews.Invalid.class, "payment 42 has only 45000.00 open"))
                .when(reviews).decide(eq(2L), any(), any());
        when(reviews.decide(eq(5L), any(), any())).thenReturn(true);
        doThrow(new IllegalStateException("token t.SECRET")).when(reviews).decide(eq(4L), any(), any());
        assertRefused(1, 409, "this has been decided meanwhile");
        assertRefused(2, 422, "payment 42 has only 45000.00 open");
        assertRefused(3, 404, "there is no review 3");
        assertRefused(4, 500, "log");
        assertThat(answer(decision(5)).getStatus()).isEqualTo(200);
    }

    /** The payments room alone makes these. */
    private static <T extends RuntimeException> T made(Class<T> type, String message) throws Exception {
        Constructor<T> constructor = type.getDeclaredConstructor(String.class);
        constructor.setAccessible(true);
        return constructor.newInstance(message);
    }

    private void assertRefused(long id, int status, String words) throws Exception {
        MockHttpServletResponse answer = answer(decision(id));
        assertThat(answer.getStatus()).isEqualTo(status);
        assertThat(answer.getContentType()).startsWith("application/json");
        assertThat(json.readTree(answer.getContentAsString()).path("error").asString()).contains(words)
                .doesNotContain("SECRET");
    }

    @Test
    void aBodyThatIsNotJsonIsToldSo() throws Exception {
        MockHttpServletResponse answer = answer(post("/api/reviews/1").contentType(MediaType.APPLICATION_JSON)
                .content("{oops"));
        assertThat(answer.getStatus()).isEqualTo(400);
        assertThat(answer.getContentAsString()).isEqualTo(
                "{\"error\":\"the body is not the JSON that is expected here\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/api/journal?state=lost           | ask for one of dead",
        "/api/journal?limit=many           | cannot be read",
        "/api/operations?box=drawer        | ask for one of allocated",
        "/api/operations?from=31.12.2026   | cannot be read",
        "/api/proof?to=yesterday           | cannot be read",
        "/api/forecast?days=all            | cannot be read",
        "/api/explain?id=42                | is missing"})
    void aQuestionThatCannotBeReadIsToldWhatIsWrongWithIt(String path, String words) throws Exception {
        MockHttpServletResponse answer = answer(get(path));
        assertThat(answer.getStatus()).isEqualTo(400);
        assertThat(json.readTree(answer.getContentAsString()).path("error").asString()).contains(words);
    }

    @Test
    void reviewsAreListedUpToALimit() throws Exception {
        when(reviews.open(anyInt())).thenReturn(List.of());
        assertThat(answer(get("/api/reviews?limit=5000")).getContentAsString()).isEqualTo("[]");
        verify(reviews).open(1000);
    }

    private static MockHttpServletRequestBuilder decision(long id) {
        return post("/api/reviews/" + id).contentType(MediaType.APPLICATION_JSON)
                .content("{\"allocations\":[{\"payment\":42,\"amount\":\"100.00\"}]}");
    }

    private MockHttpServletResponse answer(MockHttpServletRequestBuilder request) throws Exception {
        return mvc.perform(request.with(httpBasic("admin", "secret"))).andReturn().getResponse();
    }
}
