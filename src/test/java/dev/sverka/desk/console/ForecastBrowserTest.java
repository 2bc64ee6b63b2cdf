package dev.sverka.desk.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.sverka.core.state.Databases;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of cash ahead in a real browser over the whole daemon. */
class ForecastBrowserTest {

    private static final Path PICTURES = Path.of(System.getProperty("sverka.pictures", "target/screenshots"));
    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Europe/Moscow"));

    @TempDir
    private static Path folder;
    private static Chromium chromium;
    private static DeskStage desk;
    private static long overdue;

    @BeforeAll
    static void start() {
        chromium = new Chromium(ForecastBrowserTest.class);
        desk = new DeskStage(Databases.h2Url(folder));
        DeskStage.Customer customer = desk.customer("ООО «Ромашка»");
        desk.habit(customer, 30, TODAY);
        overdue = desk.planned(customer, "in", "П-1", "45000.00", TODAY.minusDays(2), null);
        desk.planned(customer, "in", "П-2", "150000.00", TODAY.plusDays(5), null);
        desk.planned(customer, "out", "Аренда", "120000.00", TODAY.plusDays(8), null);
        desk.balance(TODAY, "10000.00");
        desk.jdbc.sql("insert into cash_forecast (made_on, on_day, accounts, planned, p10, p50, p90, came)"
                + " values (?, ?, ?, 100000, 50000, 90000, 110000, 95000)").params(TODAY.minusDays(8), TODAY.minusDays(1),
                DeskStage.ACCOUNT).update();
    }

    @AfterAll
    static void stop() {
        if (desk != null) {
            desk.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({"ru, 1280, LIGHT", "en, 390, DARK"})
    void whatIsLikelyStandsBesideThePlanAndFits(String language, int width, ColorScheme scheme) throws IOException {
        List<String> complaints = new ArrayList<>();
        try (var context = chromium.browser.newContext(new Browser.NewContextOptions().setViewportSize(width, 900)
                .setColorScheme(scheme).setBypassCSP(true))) { // for axe alone: it is put into the page
            Page page = context.newPage();
            page.onPageError(complaints::add);
            page.navigate(desk.address() + "/login");
            page.locator("#username").fill("guest");
            page.locator("#password").fill("secret");
            page.locator("#password").press("Enter");
            assertThat(page).hasURL(desk.address() + "/");
            page.navigate(desk.address() + "/forecast?lang=" + language);
            assertThat(page.locator("svg.cash polygon.spread")).hasCount(1);
            assertThat(page.locator("svg.cash polyline")).hasCount(2);
            assertThat(page.locator("svg script")).hasCount(0);
            assertThat(page.locator("#overdue")).containsText("45 000,00 ₽");
            assertThat(page.locator("#overdue a")).hasAttribute("href", "/payments/" + overdue);
            assertThat(page.locator("#weeks")).containsText("150 000,00 ₽");
            assertThat(page.locator("#weeks")).containsText("−120 000,00 ₽");
            assertThat(page.locator("#scores")).containsText("1 (100 %)");
            assertThat(page.locator("#past")).containsText("950,00 ₽");
            assertThat(page.locator("#habit")).containsText("P10");
            assertThat(page.locator("main")).not().containsText("??");
            page.waitForFunction("wide => document.documentElement.scrollWidth === wide", width);
            page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(PICTURES.resolve(
                    "forecast-" + language + "-" + width + ".png")));
            assertThat(axe(page)).isEmpty();
        }
        assertThat(complaints).isEmpty();
    }

    /** What axe-core calls serious or worse. */
    private static List<String> axe(Page page) throws IOException {
        try (InputStream script = ForecastBrowserTest.class.getResourceAsStream(
                "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
            page.evaluate(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
        Object found = page.evaluate("""
                async () => (await axe.run()).violations.filter((one) => ['serious', 'critical'].includes(one.impact))
                    .map((one) => one.id + ': ' + one.nodes.map((node) => node.html).join(' | '))""");
        return ((List<?>) found).stream().map(String::valueOf).toList();
    }
}
