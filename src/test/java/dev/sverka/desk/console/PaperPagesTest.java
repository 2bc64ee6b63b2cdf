package dev.sverka.desk.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.sverka.core.state.Databases;
import dev.sverka.core.state.Links;
import dev.sverka.flows.payments.Questions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.UserRequestPostProcessor;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.WebApplicationContext;

/** Pages of papers over the whole daemon: versions with their files, and the picture of an invoice file. */
class PaperPagesTest {

    private static final UserRequestPostProcessor GUEST = user("guest").roles("VIEWER");

    @TempDir
    static Path home;

    private static DeskStage desk;
    private static MockMvc mvc;

    @BeforeAll
    static void start() {
        desk = new DeskStage(Databases.h2Url(home));
        mvc = MockMvcBuilders.webAppContextSetup((WebApplicationContext) desk.daemon).apply(springSecurity()).build();
        version(1, "{\"amount\":\"1000\",\"title\":\"Договор\"}", "{}");
        version(2, "{\"amount\":\"1100\",\"title\":\"Договор\",\"file\":\"7\"}", "{\"amount\":[\"1000\",\"1100\"]}");
        version(3, "{\"amount\":\"1200\",\"title\":\"Договор\",\"file\":\"7\"}", "{\"amount\":[\"1100\",\"1200\"]}");
        version(4, "{\"amount\":\"1300\",\"title\":\"<b>жирный</b>\",\"file\":\"8\"}", "{\"amount\":[\"1200\",\"1300\"]}");
        version(5, "{\"amount\":\"1300\",\"title\":\"Итог\",\"file\":\"8\"}", "{\"title\":[\"<b>жирный</b>\",\"Итог\"]}");
        desk.jdbc.sql("insert into version_content (hash, content) values ('aa', ?)").param("байты".getBytes(
                StandardCharsets.UTF_8)).update();
        file(2, "7", "договор.docx", "aa", null);
        file(3, "7", "договор.docx", "aa", null);
        file(4, "8", "большой.docx", null, "large");
        file(5, "8", "большой.docx", null, "large");
    }

    private static void version(int number, String content, String changes) {
        desk.jdbc.sql("insert into item_version (entity, item, number, at, by_user, content, changes, told)"
                + " values ('document', 42, ?, ?, 7, ?, ?, true)").params(number, 1_800_000_000_000L + number, content,
                changes).update();
    }

    private static void file(int number, String file, String name, String hash, String why) {
        desk.jdbc.sql("insert into version_file (entity, item, number, file, name, size, hash, why)"
                + " values ('document', 42, ?, ?, ?, 10, ?, ?)").params(number, file, name, hash, why).update();
    }

    @AfterAll
    static void stop() {
        desk.close();
    }

    private static MockHttpServletResponse call(String address) throws Exception {
        return mvc.perform(get(address).with(GUEST).header("Accept-Language", "ru")).andReturn().getResponse();
    }

    private static String page(String address) throws Exception {
        MockHttpServletResponse response = call(address);
        assertThat(response.getStatus()).as(address).isEqualTo(200);
        return response.getContentAsString(StandardCharsets.UTF_8);
    }

    @Test
    void whatChangedBetweenAnyTwoVersionsIsShown() throws Exception {
        String page = page("/versions/document/42?from=3&to=5");
        String changes = page.substring(page.indexOf("id=\"changes\""), page.indexOf("</dl>"));
        assertThat(changes).contains("1200", "1300", "Договор", "Итог", "договор.docx", "большой.docx")
                .doesNotContain("жирный", "1100");
        assertThat(page).contains("слишком большой", "&lt;b&gt;жирный").doesNotContain("<b>жирный");
        assertThat(page("/versions/document/42?from=2&to=2")).contains("Различий нет");
        assertThat(page("/versions/document/42")).contains("между 4 и 5");
        assertThat(call("/versions/document/42?from=3&to=9").getStatus()).isEqualTo(404);
        assertThat(call("/versions/document/43").getStatus()).isEqualTo(404);
    }

    @Test
    void theFileOfAVersionIsDownloadedAndNeverShown() throws Exception {
        MockHttpServletResponse file = call("/versions/document/42/3/file");
        assertThat(file.getContentAsByteArray()).asString(StandardCharsets.UTF_8).isEqualTo("байты");
        assertThat(file.getContentType()).isEqualTo("application/octet-stream");
        assertThat(file.getHeader("Content-Disposition")).startsWith("attachment").contains("UTF-8''");
        assertThat(file.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(call("/versions/document/42/4/file").getStatus()).isEqualTo(404);
        assertThat(mvc.perform(get("/versions/document/42/3/file")).andReturn().getResponse().getStatus())
                .as("without a log-in").isEqualTo(302);
    }

    @Test
    void explainLeadsToTheVersions() throws Exception {
        assertThat(page("/items/document/42")).contains("href=\"/versions/document/42\"");
        assertThat(page("/api/explain?entity=document&id=42")).contains("\"versions\":\"/versions/document/42\"");
    }

    @Test
    void theFirstPageOfAWaitingInvoiceFileIsShownToWhoMaySeeReviews() throws Exception {
        byte[] png = {(byte) 0x89, 'P', 'N', 'G'};
        desk.jdbc.sql("insert into invoice_file (hash, account, name, content, picture, taken_at) values"
                + " ('f1', 'invoices.main', 'счёт.pdf', ?, ?, 0)").params(png, png).update();
        new TransactionTemplate(desk.daemon.getBean(PlatformTransactionManager.class)).executeWithoutResult(status ->
                desk.daemon.getBean(Questions.class).ask("invoice-file", "file-f1", Map.of("hash", "f1", "why",
                        "нет номера", "title", "Счёт из файла «счёт.pdf»", "account", "invoices.main"), List.of()));
        long review = desk.jdbc.sql("select max(id) from review where account = 'file-f1'").query(Long.class).single();
        String address = "/reviews/" + review + "/picture";
        assertThat(page("/reviews?review=" + review)).contains("src=\"" + address + "\"");
        MockHttpServletResponse picture = call(address);
        assertThat(picture.getContentType()).isEqualTo("image/png");
        assertThat(picture.getContentAsByteArray()).isEqualTo(png);
        assertThat(call("/reviews/999999/picture").getStatus()).isEqualTo(404);
        assertThat(mvc.perform(get(address)).andReturn().getResponse().getStatus()).as("without a log-in").isEqualTo(302);
    }

    private static long ask(String kind, String about, Map<String, Object> subject, List<Questions.Choice> choices) {
        new TransactionTemplate(desk.daemon.getBean(PlatformTransactionManager.class)).executeWithoutResult(status ->
                desk.daemon.getBean(Questions.class).ask(kind, about, subject, choices));
        return desk.jdbc.sql("select max(id) from review where account = ?").param(about).query(Long.class).single();
    }

    private static MockHttpServletResponse say(long review, String... names) throws Exception {
        MockHttpServletRequestBuilder request = post("/reviews/" + review).with(user("Анна").roles("FINANCE")).with(csrf())
                .header("Accept-Language", "ru");
        for (int i = 0; i < names.length; i += 2) {
            request.param(names[i], names[i + 1]);
        }
        return mvc.perform(request).andReturn().getResponse();
    }

    private static Map<String, Object> said(String hash) {
        return desk.daemon.getBean(Links.class).agreed("invoices", "decided", hash);
    }

    private static long askOfFile(String hash) {
        desk.daemon.getBean(Links.class).agree("invoices", "file", hash, Map.of("hash", hash, "source", "invoices.main",
                "name", hash + ".pdf", "seller", Map.of("inn", "0099000014"), "buyer", Map.of("inn", "0099000127"),
                "amount", 4_500_000L, "faults", List.of(), "readAt", "2026-11-16T00:00:00Z"));
        return ask("invoice-file", "file-" + hash, Map.of("hash", hash, "why", "платёж нельзя назвать однозначно", "title",
                "Счёт из файла «" + hash + ".pdf»", "number", "МК-12", "date", "2026-11-12", "amount", "45000.00", "seller",
                "0099000014"), List.of(new Questions.Choice(Map.of("id", 42, "title", "Счёт № МК-12"), List.of("сумма та же"),
                        List.of("дата другая"), null)));
    }

    @Test
    void aPersonSaysOnThePageWhichItemAnInvoiceFileIs() throws Exception {
        long review = askOfFile("f2");
        assertThat(page("/reviews")).contains("Счёт из файла «f2.pdf»", "платёж нельзя назвать однозначно")
                .doesNotContain("…e-f2");
        assertThat(page("/reviews?q=f2.pdf")).contains("Ждут решения: 1");
        assertThat(page("/reviews?review=" + review)).contains("МК-12", "12.11.2026", "45\u00a0000,00\u00a0₽", "сумма та же",
                "дата другая").doesNotContain("value=\"item.42\"");

        MockHttpServletResponse unnamed = say(review, "say", "item", "item", "сорок два");
        assertThat(unnamed.getStatus()).isEqualTo(422);
        assertThat(unnamed.getContentAsString(StandardCharsets.UTF_8)).contains("номер элемента портала цифрами",
                "value=\"item.42\"", "value=\"create\"", "id=\"ignore\"").doesNotContain("id=\"apply\"", "id=\"keep\"");
        assertThat(said("f2")).isEmpty();
        say(review, "say", "item.42");
        assertThat(said("f2")).containsEntry("by", "Анна").hasEntrySatisfying("item",
                item -> assertThat(item).hasToString("42"));
        assertThat(say(review, "say", "create").getStatus()).as("decided already").isEqualTo(409);
    }

    @Test
    void aPersonMakesANewItemOrSetsAnInvoiceFileAside() throws Exception {
        long one = askOfFile("f3");
        say(one, "say", "create");
        assertThat(said("f3")).containsEntry("create", true);
        long other = askOfFile("f4");
        assertThat(say(other, "say", "ignore").getStatus()).as("no reason").isEqualTo(422);
        say(other, "say", "ignore", "reason", "черновик");
        assertThat(said("f4")).containsEntry("ignore", "черновик");
        long typed = askOfFile("f5");
        say(typed, "say", "item", "item", "77");
        assertThat(said("f5").get("item")).hasToString("77");
    }

    @Test
    void whereProviderAndPersonContradictOneOfThemIsSaidToBeRight() throws Exception {
        long review = ask("document", "edo-9-document", Map.of("paper", 9, "entity", "document", "item", 42, "state", "Подписан",
                "title", "Договор № 7", "why", "стадию изменил человек", "link", "javascript:alert(1)"), List.of(
                        new Questions.Choice(Map.of("id", 42, "title", "Договор"), List.of(), List.of(), null)));
        String page = say(review, "say", "item", "item", "").getContentAsString(StandardCharsets.UTF_8);
        assertThat(page).contains("Верно то, что у оператора ЭДО", "id=\"keep\"", "Договор № 7")
                .doesNotContain("id=\"create\"", "id=\"ignore\"", "javascript:");
    }
}
