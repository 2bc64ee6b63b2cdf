package dev.sverka.desk.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.sverka.core.state.Audit;
import dev.sverka.core.state.AuditRow;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** The pages without a browser's scripts, over the whole daemon: who may, what is refused, what is written down. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DeskPagesContract {

    private static final RequestPostProcessor ANNA = user("Анна").roles("FINANCE");

    private DeskStage desk;
    private MockMvc mvc;

    /** Of a database of this test's own. */
    abstract String url();

    @BeforeAll
    void start() {
        desk = new DeskStage(url());
        mvc = MockMvcBuilders.webAppContextSetup((WebApplicationContext) desk.daemon).apply(springSecurity()).build();
    }

    @AfterAll
    void stop() {
        desk.close();
    }

    @BeforeEach
    void forget() {
        desk.forget();
    }

    private MockHttpServletResponse call(MockHttpServletRequestBuilder request) throws Exception {
        return mvc.perform(request).andReturn().getResponse();
    }

    private static String page(MockHttpServletResponse response) throws Exception {
        return response.getContentAsString(StandardCharsets.UTF_8);
    }

    @Test
    void withoutScriptsAFormDoesTheSame() throws Exception {
        DeskStage.Customer customer = desk.customer("ООО «Без скриптов»");
        long invoice = desk.invoice(customer, "Л-1", "100.00");
        long money = desk.money(customer, "150.00", "Оплата за услуги");
        String address = "/reviews/" + desk.question(money);
        MockHttpServletResponse searched = call(post(address).with(ANNA).with(csrf()).param("say", "find")
                .param("find", "Л-1").param("amount." + invoice, "12,00"));
        assertThat(page(searched)).contains("value=\"12,00\"", "<html");
        MockHttpServletResponse refused = call(post(address).with(ANNA).with(csrf()).param("say", "allocate")
                .param("amount." + invoice, "160,00"));
        assertThat(refused.getStatus()).isEqualTo(422);
        assertThat(page(refused)).contains("примет не больше 100,00", "value=\"160,00\"");
        assertThat(call(post(address).with(ANNA).with(csrf()).param("say", "allocate")
                .param("amount." + invoice, "сто рублей")).getStatus()).isEqualTo(422);
        MockHttpServletResponse stale = call(post(address).with(ANNA).with(csrf()).param("say", "allocate")
                .param("version", "99").param("amount." + invoice, "77,00"));
        assertThat(stale.getStatus()).isEqualTo(409);
        assertThat(page(stale)).contains("вопрос изменился", "value=\"77,00\"");
        assertThat(desk.shares(money)).isEmpty();

        MockHttpServletResponse done = call(post(address).with(ANNA).with(csrf()).param("say", "allocate")
                .param("amount." + invoice, "99,50"));
        assertThat(done.getStatus()).isEqualTo(200);
        assertThat(desk.shares(money)).isEqualTo(Map.of(invoice, 9950L));

        MockHttpServletResponse late = call(post(address).with(ANNA).with(csrf()).param("say", "ignore")
                .param("reason", "опоздал"));
        assertThat(late.getStatus()).isEqualTo(409);
        assertThat(desk.box(money)).isEqualTo("allocated");
    }

    @Test
    void nobodyActsWithoutATokenOrTheRight() throws Exception {
        DeskStage.Customer customer = desk.customer("ООО «Права»");
        long invoice = desk.invoice(customer, "М-1", "100.00");
        long money = desk.money(customer, "100.00", "Оплата по счету № М-1 от 12.11.2026");
        String address = "/reviews/" + desk.question(money);
        RequestPostProcessor guest = user("guest").roles("VIEWER");
        assertThat(call(post(address).with(ANNA).param("say", "ignore").param("reason", "x")).getStatus()).isEqualTo(403);
        assertThat(call(post(address).with(guest).with(csrf()).param("say", "ignore").param("reason", "x")).getStatus())
                .isEqualTo(403);
        assertThat(call(post("/operations/" + money + "/reopen").with(guest).with(csrf())).getStatus()).isEqualTo(403);
        assertThat(call(post("/payments/" + invoice + "/release").with(guest).with(csrf())).getStatus()).isEqualTo(403);
        assertThat(page(call(get("/reviews").with(guest)))).contains("Счёт № М-1").doesNotContain("<form id=\"answer\"");
        for (String path : List.of("/reviews", "/operations", "/operations/" + money, "/operations.xlsx",
                "/payments/" + invoice, "/search")) {
            assertThat(call(get(path)).getRedirectedUrl()).as(path).endsWith("/login");
            assertThat(call(get(path).with(guest)).getStatus()).as(path).isEqualTo(200);
        }
        assertThat(desk.box(money)).isEqualTo("review");
    }

    @Test
    void theListIsNarrowedBySumCustomerAndKind() throws Exception {
        DeskStage.Customer one = desk.customer("ООО «Первая»");
        DeskStage.Customer other = desk.customer("ООО «Вторая 100%_»");
        desk.invoice(one, "Н-1", "10.00");
        desk.money(one, "10.00", "Оплата по счету № Н-1 от 12.11.2026");
        desk.money(other, "2000.00", "Неизвестно за что");
        assertThat(page(call(get("/reviews").with(ANNA)))).contains("Ждут решения: 2");
        assertThat(page(call(get("/reviews").param("min", "1 000,00").with(ANNA)))).contains("Ждут решения: 1", "Вторая");
        assertThat(page(call(get("/reviews").param("kind", "proposal").with(ANNA)))).contains("Ждут решения: 1", "Первая");
        assertThat(page(call(get("/reviews").param("q", "100%_").with(ANNA)))).contains("Ждут решения: 1", "Вторая");
        assertThat(page(call(get("/reviews").param("q", "%").param("kind", "proposal").with(ANNA))))
                .contains("ничего не ждёт решения");
        assertThat(page(call(get("/reviews").param("account", DeskStage.ACCOUNT).with(ANNA)))).contains("Ждут решения: 2");
        assertThat(page(call(get("/reviews").param("days", "7").with(ANNA)))).contains("ничего не ждёт решения");
    }

    @Test
    void theLedgerIsReadBackFromItsWorkbookAsNumbersAndDays() throws Exception {
        DeskStage.Customer customer = desk.customer("ООО «Книга»");
        long invoice = desk.invoice(customer, "О-1", "1234.56");
        long money = desk.money(customer, "1234.56", "=Оплата по счету № О-1 от 12.11.2026");
        call(post("/reviews/" + desk.question(money)).with(ANNA).with(csrf()).param("say", "allocate")
                .param("amount." + invoice, "1 234,56"));
        MockHttpServletResponse sheet = call(get("/operations.xlsx").param("q", customer.inn()).with(ANNA));
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(sheet.getContentAsByteArray()))) {
            List<Row> rows = book.getFirstSheet().read();
            assertThat(rows).hasSize(2);
            assertThat(rows.get(0).getCellText(0)).isEqualTo("Дата");
            Row row = rows.get(1);
            assertThat(row.getCellAsDate(0)).contains(LocalDateTime.parse("2026-11-16T00:00"));
            assertThat(row.getCellText(1)).isEqualTo(DeskStage.ACCOUNT);
            assertThat(row.getCellAsNumber(2)).contains(new BigDecimal("1234.56"));
            assertThat(row.getCellAsNumber(3)).isEmpty();
            assertThat(row.getCellText(6)).isEqualTo(customer.inn());
            assertThat(row.getCellText(8)).startsWith("=Оплата"); // a text, never a formula
            assertThat(row.getCellText(9)).isEqualTo("распределена");
            assertThat(row.getCellAsNumber(10)).contains(new BigDecimal("1234.56"));
            assertThat(row.getCellText(12)).isEqualTo("Анна");
        }
    }

    @Test
    void anOperationTellsItsStoryAndAPaymentItsMoney() throws Exception {
        DeskStage.Customer customer = desk.customer("ООО «История»");
        long invoice = desk.invoice(customer, "П-1", "50.00");
        long money = desk.money(customer, "50.00", "Оплата по счету № П-1 от 12.11.2026");
        call(post("/reviews/" + desk.question(money)).with(ANNA).with(csrf()).param("say", "allocate")
                .param("amount." + invoice, "50,00"));
        call(post("/operations/" + money + "/reopen").with(ANNA).with(csrf()));
        assertThat(page(call(get("/operations/" + money).with(ANNA)))).containsSubsequence("Банк сообщил",
                "правило «по номеру счёта»", "Решил(а) Анна", "решение снято человеком");
        assertThat(page(call(get("/payments/" + invoice).with(ANNA)))).contains("50,00", "Снято", "Анна");
        assertThat(page(call(get("/search").param("q", "п-1").with(ANNA)))).contains("Счёт № П-1", "ООО «История»");
        assertThat(page(call(get("/search").param("q", "50,00").with(ANNA)))).contains("/operations/" + money);
        assertThat(page(call(get("/").with(ANNA)))).contains("invoice-number", "по номеру счёта", "нужно согласий подряд: ");
        assertThat(call(get("/operations/999999").with(ANNA)).getStatus()).isEqualTo(404);
    }

    @Test
    void aPayersAccountIsRememberedOnlyWhereThePersonWantsItAndIsForgottenAgain() throws Exception {
        DeskStage.Customer customer = desk.customer("ООО «Память»");
        long invoice = desk.invoice(customer, "Р-1", "30.00");
        long first = desk.nameless("Перевод", "40702810600000881234", "10.00", "Перевод");
        assertThat(page(call(get("/reviews").with(ANNA)))).contains("Запомнить счёт …1234", "id=\"remember\"");
        String allocate = "amount." + invoice;
        call(post("/reviews/" + desk.question(first)).with(ANNA).with(csrf()).param("say", "allocate")
                .param("lesson", "asked").param(allocate, "10,00"));
        assertThat(page(call(get("/operations/" + first).with(ANNA)))).doesNotContain("Закреплён за клиентом");

        long second = desk.nameless("Перевод", "40702810600000881234", "12.00", "Перевод");
        String done = page(call(post("/reviews/" + desk.question(second)).with(ANNA).with(csrf()).param("say", "allocate")
                .param("lesson", "asked").param("remember", "yes").param(allocate, "12,00")));
        assertThat(done).contains("Счёт …1234 запомнен за клиентом: ООО «Память», ИНН " + customer.inn());
        assertThat(page(call(get("/operations/" + second).with(ANNA)))).contains("Закреплён за клиентом: ООО «Память»");
        call(post("/operations/" + second + "/forget").with(ANNA).with(csrf()));
        assertThat(page(call(get("/operations/" + second).with(ANNA)))).doesNotContain("Закреплён за клиентом");

        desk.nameless("Банк", "30101810600000881234", "5.00", "Перевод");
        assertThat(page(call(get("/reviews").with(ANNA)))).doesNotContain("id=\"remember\"");
    }

    @Test
    void theFirstPageTellsWhatWasDoneSinceThePersonWasThereLast() throws Exception {
        RequestPostProcessor boris = user("Борис").roles("FINANCE");
        page(call(get("/").with(boris)));
        assertThat(desk.texts("select person from desk_visit where before_at is null")).contains("Борис");
        long hour = 3_600_000;
        desk.jdbc.sql("update desk_visit set seen_at = seen_at - ? where person = 'Борис'").param(hour).update();
        desk.spent("Т-Банк", "47423810099910004300", "99.00", "Какие-то деньги");
        page(call(get("/").with(boris)));
        page(call(get("/").with(boris)));
        Long before = desk.jdbc.sql("select before_at from desk_visit where person = 'Борис'").query(Long.class).single();
        Long seen = desk.jdbc.sql("select seen_at from desk_visit where person = 'Борис'").query(Long.class).single();
        assertThat(seen - before).isBetween(hour, hour + 600_000);
        assertThat(page(call(get("/").with(boris)))).contains("программа спросила людей");
    }

    @Test
    void aMarkerOfAPortalsCommentLeadsToItsPaymentAndThePaymentToThePortal() throws Exception {
        DeskStage.Customer customer = desk.customer("ООО «Метка»");
        long invoice = desk.invoice(customer, "С-1", "50.00");
        desk.jdbc.sql("""
                insert into intent (account, target, item, marker, content, result, opened_at, closed_at)
                values ('bitrix24.main', 'bitrix24:payment/comment', ?, 'sverka:bank-operation:tbank.main:77', '{"a":1}',
                    '{"id":5}', 1, 2)""").param("payment " + invoice).update();
        long intent = desk.jdbc.sql("select max(id) from intent").query(Long.class).single();
        desk.daemon.getBean(Audit.class).write(new AuditRow(Instant.EPOCH, "bitrix24.main", "payment",
                Long.toString(invoice), "paidDate", null, "2026-11-16", "[{\"rule\":\"invoice-number\",\"version\":\"1\","
                + "\"evidence\":\"сумма 5000.00\",\"source\":\"tbank.main operation 77\"}]", intent));
        desk.jdbc.sql("insert into portal_page (entity, before_id) values ('payment', 'https://p.example/crm/type/177/details/')")
                .update();
        assertThat(page(call(get("/search").param("q", "sverka:bank-operation:tbank.main:77").with(ANNA))))
                .contains("/payments/" + invoice);
        assertThat(page(call(get("/payments/" + invoice).with(ANNA)))).contains("Дата оплаты", "16.11.2026", "5\u00a0000,00",
                "bitrix24:payment/comment", "{&quot;id&quot;:5}", "https://p.example/crm/type/177/details/" + invoice + "/");
        assertThat(page(call(get("/items/payment/" + invoice).with(ANNA)))).isEmpty();
        assertThat(call(get("/items/stage/1").with(ANNA)).getStatus()).isEqualTo(404);
    }

    @Test
    void aFewUnanimousAnswersProveLittleAndManyProveMuch() {
        assertThat(HomeFigures.trust("r", 2, 2).enough()).isFalse();
        assertThat(HomeFigures.trust("r", 51, 51).enough()).isFalse();
        assertThat(HomeFigures.trust("r", 52, 52).enough()).isTrue();
        assertThat(HomeFigures.trust("r", 52, 51).enough()).isFalse();
        assertThat(HomeFigures.trust("r", 10, 0).proven()).isZero();
        assertThat(HomeFigures.trust("r", 2, 2).more()).isEqualTo(50);
        assertThat(HomeFigures.trust("r", 52, 51).more()).isPositive();
        assertThat(HomeFigures.trust("r", 52, 52).more()).isZero();
    }
}
