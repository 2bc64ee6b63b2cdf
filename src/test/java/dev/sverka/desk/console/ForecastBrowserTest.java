package dev.sverka.desk.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.sverka.core.state.Databases;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of cash ahead in a real browser over the whole daemon. */
class ForecastBrowserTest {

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
    void whatIsLikelyStandsBesideThePlanAndFits(String language, int width, ColorScheme scheme) {
        Visitors visitors = new Visitors(chromium, desk.address());
        Page page = visitors.person("guest");
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
        visitors.walk("guest", language, width, scheme, List.of("/forecast"));
        visitors.leave();
    }
}
