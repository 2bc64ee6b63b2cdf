package dev.sverka.desk.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.sverka.core.journal.Accounts;
import dev.sverka.core.state.AcceptedTexts;
import dev.sverka.core.state.Cursors;
import dev.sverka.core.state.Databases;
import dev.sverka.core.state.SharedQuota;
import dev.sverka.desk.alerts.MailServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ops team's pages in a real browser over the whole daemon, which starts once for all of them. */
class OpsBrowserTest {


    @TempDir
    private static Path folder;
    private static Chromium chromium;
    private static DeskStage desk;
    private static MailServer mail;

    private final Visitors visitors = new Visitors(chromium, desk.address());

    @BeforeAll
    static void start() throws IOException {
        chromium = new Chromium(OpsBrowserTest.class);
        mail = new MailServer("sverka", "secret-of-mail");
        desk = new DeskStage(Databases.h2Url(folder), "--sverka.alerts.mail.host=127.0.0.1",
                "--sverka.alerts.mail.port=" + mail.port(), "--sverka.alerts.mail.security=none",
                "--sverka.alerts.mail.user=sverka", "--sverka.alerts.mail.password=secret-of-mail",
                "--sverka.alerts.mail.from=sverka@example.org", "--sverka.alerts.mail.to[0]=ops@example.org");
        Accounts accounts = desk.daemon.getBean(Accounts.class);
        accounts.declare("tbank.main", true);
        accounts.declare("tochka.main", true);
        accounts.success("tbank.main");
        accounts.down("tochka.main", "Точка не отвечает: 502 Bad Gateway <b>x</b>");
        accounts.pause("diadoc.main", "paused", Instant.now().plusSeconds(86_400), "Токен отозван: получите новый");
        accounts.pause("saby.main", "throttled", Instant.now().plusSeconds(3600), "Saby просит подождать (429)");
        SharedQuota quota = desk.daemon.getBean(SharedQuota.class);
        for (int n = 0; n < 7; n++) {
            quota.take("tbank.main", 20, 0.001);
        }
        desk.daemon.getBean(Cursors.class).reached("tbank.main/operation");
        desk.folders();
        // another replica looks for alerts: what stands here is what the tests say
        desk.jdbc.sql("delete from lease where name = 'alerts'").update();
        desk.jdbc.sql("insert into lease (name, holder, until_at) values ('alerts', 'another', ?)")
                .param(Instant.now().plusSeconds(86_400).toEpochMilli()).update();
    }

    @AfterAll
    static void stop() {
        if (desk != null) {
            desk.close();
            mail.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @AfterEach
    void nothingWasComplainedOfOrFetchedFromElsewhere() {
        visitors.leave();
    }

    @Test
    void theStatusShowsEachAccountAndRefreshesItself() {
        Page page = visitors.person("admin");
        page.clock().install();
        page.navigate(desk.address() + "/status");
        assertThat(page.locator("[id='account-tbank.main']")).containsText("работает");
        assertThat(page.locator("[id='account-tbank.main']")).containsText("operation");
        assertThat(page.locator("[id='account-tbank.main']")).containsText("прочитана до");
        assertThat(page.locator("[id='account-tbank.main']")).containsText("Запросы: 7 из 20");
        assertThat(page.locator("[id='account-tochka.main']")).containsText("не отвечает с");
        assertThat(page.locator("[id='account-tochka.main']")).containsText("502 Bad Gateway <b>x</b>");
        assertThat(page.locator("[id='account-diadoc.main']")).containsText("остановлена");
        assertThat(page.locator("[id='account-saby.main']")).containsText("сдерживается до");
        assertThat(page.locator("[id='account-clickup.main']")).containsText("выключена");

        desk.jdbc.sql("insert into alert (alert_key, text, raised_at, told_at) values ('down x', 'x не отвечает', ?, ?)")
                .params(System.currentTimeMillis(), System.currentTimeMillis()).update();
        page.waitForResponse(desk.address() + "/status/live", () -> page.clock().runFor(5_000));
        assertThat(page.locator("#alerts")).containsText("x не отвечает");
        desk.jdbc.sql("delete from alert where alert_key = 'down x'").update();
        page.waitForResponse(desk.address() + "/status/live", () -> page.clock().runFor(5_000));
        assertThat(page.locator("#alerts")).hasCount(0);
    }

    @Test
    void aChannelIsTriedByOpsAloneAndSaysWhatTheServerSaid() throws Exception {
        Page page = visitors.person("admin");
        page.navigate(desk.address() + "/status");
        page.locator("#channels button").press("Enter");
        assertThat(page.locator("[role=status]")).containsText("E-mail");
        assertThat(mail.letters()).hasSize(1);
        assertThat(mail.letters().get(0).getSubject()).contains("Пробное оповещение, отправил(а) admin");
        mail.full(true);
        page.locator("#channels button").click();
        assertThat(page.locator("#failure")).containsText("the mailbox is full");
        mail.full(false);
        page.locator("#channels button").click();
        assertThat(page.locator("[role=status]")).isVisible();
        for (String name : List.of("guest", "Анна")) {
            Page other = visitors.person(name);
            other.navigate(desk.address() + "/status");
            assertThat(other.locator("#channels")).containsText("E-mail");
            assertThat(other.locator("#channels button")).hasCount(0);
        }
    }

    @Test
    void filesAreShownAsTheyRunWithEditsRefusalsAndPictures() {
        Page page = visitors.person("guest");
        page.navigate(desk.address() + "/routes");
        assertThat(page.locator("#refused")).containsText("routes/bank.yaml:7");
        assertThat(page.locator("#refused .cure")).containsText("tbank knows changed, list, pushed");
        assertThat(page.locator("#files")).containsText("bank-operation-in");
        page.locator(".edit summary").first().press("Enter");
        assertThat(page.locator(".edit .taken")).containsText("tells an alert");
        assertThat(page.locator(".edit .put")).containsText("<b>tells</b>");
        page.locator("#files a").filter(new Locator.FilterOptions().setHasText("routes/bank.yaml")).press("Enter");
        assertThat(page.locator("#route-bank-operation-in svg")).isVisible();
        assertThat(page.locator("#route-bank-operation-in .source text")).hasText("tbank:operation/changed");
        assertThat(page.locator("#route-bank-operation-in .target").first()).isVisible();
        page.navigate(desk.address() + "/routes/file?name=mappings/rates.yaml");
        assertThat(page.locator("#text")).containsText("vat");
    }

    private static String state(long id) {
        return desk.texts("select state from entry where id = " + id).get(0);
    }

    @Test
    void deadWorkIsSeenByCauseDecidedOnAndTakenBack() {
        long first = desk.dead("one-flow", "refused", "Bitrix24: Недостаточно прав <script>alert(1)</script>");
        long second = desk.dead("one-flow", "refused", "Bitrix24: Недостаточно прав");
        long other = desk.dead("other-flow", "error", "NullPointerException");
        Page page = visitors.person("Анна");
        page.clock().install();
        page.navigate(desk.address() + "/journal");
        assertThat(page.locator("#group-one-flow-refused")).containsText("Недостаточно прав");
        page.locator("#group-one-flow-refused a").press("Enter");
        assertThat(page.locator("#entry-" + first)).containsText("<script>alert(1)</script>");
        assertThat(page.locator("#entry-" + other)).hasCount(0);

        page.locator("#dismiss-" + first).press("Enter");
        assertThat(page.locator("#open")).containsText("Решение: Анна. Будет выполнено в");
        page.waitForResponse(desk.address() + "/journal/live", () -> page.clock().runFor(5_000));
        page.locator("#open button.main").press("Enter");
        assertThat(page.locator("[role=status]")).containsText("Решение отменено, всё осталось как было.");
        assertThat(page.locator("#open .told")).hasCount(0);
        assertThat(state(first)).isEqualTo("dead");

        page.locator("#group-one-flow-refused button.quiet").click();
        page.locator("#open button:not(.main)").click();
        page.waitForFunction("() => !document.querySelector('#open .told')", null, new Page.WaitForFunctionOptions());
        assertThat(page.locator("#latest")).containsText("отменено: Анна");
        page.navigate(desk.address() + "/journal/" + second);
        assertThat(page.locator("#story")).containsText("Решил(а) Анна");
        assertThat(page.locator("#story")).containsText("требует человека");
        assertThat(List.of(state(first), state(second), state(other))).containsExactly("dismissed", "dismissed", "dead");

        page.navigate(desk.address() + "/journal?q=" + first);
        assertThat(page).hasURL(desk.address() + "/journal/" + first);
        assertThat(page.locator("pre").first()).containsText("45000.00");
        page.locator("#replay-" + first).press("Enter");
        assertThat(page.locator("#open .told")).hasCount(1);
        Page guest = visitors.person("guest");
        guest.navigate(desk.address() + "/journal?state=dismissed&flow=one-flow&cause=refused");
        assertThat(guest.locator("#entry-" + first)).isVisible();
        assertThat(guest.locator("main button")).hasCount(1); // to find
        page.locator("#open button.main").click();
        assertThat(state(first)).isEqualTo("dismissed");
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({"en, 1280, DARK", "ru, 390, LIGHT"})
    void everyPageFitsIsReadableAndSmall(String language, int width, ColorScheme scheme) {
        long entry = desk.dead("page-flow", "refused", "Bitrix24: очень-длинное-слово-без-пробелов-" + "x".repeat(90));
        long edit = desk.daemon.getBean(AcceptedTexts.class).edits(null, 1).get(0).id();
        visitors.walk("admin", language, width, scheme, List.of("/status", "/journal",
                "/journal?state=dead&flow=page-flow&cause=refused", "/journal/" + entry, "/routes",
                "/routes/file?name=routes/bank.yaml", "/routes/edits/" + edit));
    }
}
