package dev.sverka.desk.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.sverka.core.state.Databases;
import dev.sverka.flows.payments.Reviews;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The README's pictures: {@code ./mvnw test -Dtest=PicturesTest -Dsverka.pictures=docs/images}. */
@EnabledIfSystemProperty(named = "sverka.pictures", matches = ".+")
class PicturesTest {

    private static final List<String> NAMES = List.of("ООО «Ромашка»", "АО «Вектор»", "ООО «Липа и Клён»", "ИП Белова А. В.",
            "ООО «Север-Логистика»", "АНО «Центр добрых дел»");

    @TempDir
    private static Path folder;

    @Test
    void everyPageInBothLanguages() throws IOException {
        Path pictures = Path.of(System.getProperty("sverka.pictures"));
        try (Chromium chromium = new Chromium(PicturesTest.class); DeskStage desk = new DeskStage(Databases.h2Url(folder))) {
            Map<String, String> pages = month(desk);
            for (String language : List.of("ru", "en")) {
                Page page = chromium.browser.newPage(new Browser.NewPageOptions().setViewportSize(1200, 760)
                        .setColorScheme(language.equals("ru") ? ColorScheme.LIGHT : ColorScheme.DARK));
                page.navigate(desk.address() + "/login?lang=" + language);
                page.locator("#username").fill("Анна");
                page.locator("#password").fill("secret");
                page.locator("#password").press("Enter");
                page.waitForURL(desk.address() + "/");
                pages.forEach((name, path) -> {
                    page.navigate(desk.address() + path);
                    page.screenshot(new Page.ScreenshotOptions().setPath(pictures.resolve(name + "-" + language + ".png")));
                    assertThat(pictures.resolve(name + "-" + language + ".png")).satisfies(file ->
                            assertThat(Files.size(file)).isBetween(5_000L, 200_000L));
                });
            }
        }
    }

    /** Some of every kind. @return addresses by the pictures' names */
    private static Map<String, String> month(DeskStage desk) throws IOException {
        for (String account : List.of("bitrix24.main", "tbank.main", "fintablo.main")) {
            long now = System.currentTimeMillis();
            desk.jdbc.sql("delete from account where name = ?").param(account).update();
            desk.jdbc.sql("insert into account (name, state, since, last_success) values (?, 'up', ?, ?)")
                    .params(account, now, now).update();
        }
        long decided = 0;
        long invoice = 0;
        for (int n = 1; n <= 18; n++) {
            DeskStage.Customer customer = desk.customer(NAMES.get(n % NAMES.size()));
            String sum = (12_000 + n * 3_457) + ".00";
            long payment = desk.invoice(customer, "МК-" + n, sum);
            long money = desk.money(customer, sum, "Оплата по счету № МК-" + n + " от 12.11.2026 за разработку сайта. Без НДС");
            if (n <= 12) {
                desk.reviews.decide(desk.question(money), Reviews.Said.allocate(List.of(
                        new Reviews.Share(payment, new BigDecimal(sum)))), "Анна");
                decided = money;
                invoice = payment;
            }
        }
        DeskStage.Customer several = desk.customer("ООО «Океан-Маркет»");
        desk.invoice(several, "П-205", "48000.50");
        desk.invoice(several, "П-206", "52000.00");
        long asked = desk.money(several, "100000.00", "Оплата счетов № П-205, П-206 частично. Без НДС");
        desk.nameless("Перевод", "40702810600000881234", "7500.00", "Перевод средств");
        for (int n = 1; n <= 5; n++) {
            desk.spent("Хозяин " + n, "4080281009991000430" + n, "15000.00", "Аренда переговорной за ноябрь, день " + n);
        }
        LocalDate today = LocalDate.now(ZoneId.of("Europe/Moscow"));
        desk.habit(several, 30, today);
        desk.planned(several, "in", "П-207", "180000.00", today.plusDays(6), null);
        desk.planned(several, "in", "П-208", "95000.00", today.minusDays(2), null);
        desk.planned(several, "out", "Аренда", "120000.00", today.plusDays(9), null);
        desk.planned(several, "in", "П-209", "240000.00", today.plusDays(20), null);
        desk.balance(today, "64000.00");
        desk.folders();
        long dead = desk.dead("payment-write", "refused", "Bitrix24: Недостаточно прав для изменения элемента");
        desk.dead("payment-write", "refused", "Bitrix24: Недостаточно прав для изменения элемента");
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("home", "/");
        pages.put("reviews", "/reviews?review=" + desk.question(asked));
        pages.put("operations", "/operations?from=2026-11-01");
        pages.put("operation", "/operations/" + decided);
        pages.put("payment", "/payments/" + invoice);
        pages.put("search", "/search?q=МК-1");
        pages.put("forecast", "/forecast");
        pages.put("calendars", "/calendars");
        pages.put("status", "/status");
        pages.put("journal", "/journal?state=dead");
        pages.put("entry", "/journal/" + dead);
        pages.put("routes", "/routes");
        pages.put("route", "/routes/file?name=routes/bank.yaml");
        return pages;
    }
}
