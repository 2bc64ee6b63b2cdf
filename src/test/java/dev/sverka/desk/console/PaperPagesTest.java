package dev.sverka.desk.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import dev.sverka.core.state.Databases;
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
        long review = desk.reviews.open(10).stream().filter(one -> one.kind().equals("invoice-file")).findFirst()
                .orElseThrow().id();
        String address = "/reviews/" + review + "/picture";
        assertThat(page("/reviews?review=" + review)).contains("src=\"" + address + "\"");
        MockHttpServletResponse picture = call(address);
        assertThat(picture.getContentType()).isEqualTo("image/png");
        assertThat(picture.getContentAsByteArray()).isEqualTo(png);
        assertThat(call("/reviews/999999/picture").getStatus()).isEqualTo(404);
        assertThat(mvc.perform(get(address)).andReturn().getResponse().getStatus()).as("without a log-in").isEqualTo(302);
    }
}
