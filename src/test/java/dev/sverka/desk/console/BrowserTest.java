package dev.sverka.desk.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.SameSiteAttribute;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.test.annotation.DirtiesContext;

/** A person's way through the console in a real browser; pictures of it lie in {@code target/screenshots}. */
@SpringBootTest(classes = ConsoleStage.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "sverka.console.password=secret")
@DirtiesContext
class BrowserTest {

    private static final Path PICTURES = Path.of(System.getProperty("sverka.pictures", "target/screenshots"));

    private static Chromium chromium;

    @Autowired
    private ServletWebServerApplicationContext server;

    private final List<String> complaints = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private BrowserContext context;
    private Page page;
    private String base;

    @BeforeAll
    static void start() {
        chromium = new Chromium(BrowserTest.class);
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void open() {
        base = "http://localhost:" + server.getWebServer().getPort();
        open(new Browser.NewContextOptions().setViewportSize(1280, 900));
    }

    @AfterEach
    void close() {
        context.close();
    }

    private void open(Browser.NewContextOptions options) {
        if (context != null) {
            context.close();
        }
        context = chromium.browser.newContext(options);
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (List.of("error", "warning").contains(message.type())) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onRequest(request -> requests.add(request.url()));
    }

    @Test
    @DirtiesContext // the journal of the stage forgets the entry
    void aPersonSignsInReplaysADeadEntryChangesTheLanguageAndSignsOut() {
        page.navigate(base + "/");
        assertThat(page).hasURL(base + "/login");
        picture("login");
        signIn("wrong");
        assertThat(page.getByText("Неверное имя или пароль.")).isVisible();
        signIn("secret");

        assertThat(page).hasTitle("Обзор · Сверка");
        assertThat(context.cookies()).filteredOn(cookie -> cookie.name.equals("SVERKA")).singleElement()
                .matches(cookie -> cookie.httpOnly && cookie.sameSite == SameSiteAttribute.STRICT);
        assertThat(page.getByRole(AriaRole.ROW).filter(named("tbank.second"))).containsText("остановлена");
        assertThat(page.getByRole(AriaRole.ROW).filter(named("bitrix24.main"))).containsText("22 ноября, 21:15");
        assertThat(page.getByText("routes/bank.yaml:7")).isVisible();
        assertThat(page.locator("#entry-5")).containsText("Недостаточно прав");
        page.locator("#waiting > summary").press("Enter");
        assertThat(page.locator("#entry-7")).containsText("<script>alert(1)</script>");
        picture("home-ru");

        page.locator("#replay-5 summary").press("Enter");
        assertThat(page.getByText("Выполнить запись № 5 ещё раз?")).isVisible();
        picture("replay");
        page.keyboard().press("Escape");
        assertThat(page.getByText("Выполнить запись № 5 ещё раз?")).isHidden();
        page.locator("#replay-5 summary").press("Enter");
        page.locator("#replay-yes-5").click();
        assertThat(page.getByText("Запись № 5 снова в очереди.")).isVisible();
        assertThat(page.locator("#entry-5")).hasCount(0);

        page.getByTitle("English").click();
        assertThat(page).hasTitle("Overview · Sverka");
        page.navigate(base + "/");
        assertThat(page).hasTitle("Overview · Sverka");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out")).click();
        assertThat(page.getByText("You have signed out.")).isVisible();
        page.navigate(base + "/");
        assertThat(page).hasURL(base + "/login");

        assertThat(complaints).isEmpty();
        assertThat(requests).isNotEmpty().allMatch(url -> url.startsWith(base + "/"));
    }

    @Test
    void thePageRefreshesItselfAndLeavesTheFocusWhereItIs() {
        page.clock().install();
        page.navigate(base + "/");
        signIn("secret");
        page.locator("#waiting > summary").press("Enter");
        page.locator("#dismiss-5 summary").press("Enter");
        page.locator("#dismiss-yes-5").focus();
        page.evaluate("document.getElementById('entry-7').remove()");
        page.waitForResponse(base + "/live", () -> page.clock().runFor(5_000));
        assertThat(page.locator("#entry-7")).isVisible();
        assertThat(page.locator("#dismiss-yes-5")).isFocused();
        assertThat(complaints).isEmpty();
    }

    @Test
    void aPageThatIsNotThereSaysSoInWordsAndAProgramGetsJson() {
        page.navigate(base + "/");
        signIn("secret");
        assertThat(page.navigate(base + "/nowhere").status()).isEqualTo(404);
        assertThat(page.getByText("Здесь ничего нет").first()).isVisible();
        picture("not-found");
        assertThat(page.request().get(base + "/hooks/nobody").text()).isEqualTo("{\"error\":\"not found\"}");
    }

    @Test
    void thePageFitsAPhoneAndADarkRoom() {
        open(new Browser.NewContextOptions().setViewportSize(390, 844).setColorScheme(ColorScheme.DARK));
        page.navigate(base + "/");
        picture("login-phone-dark");
        signIn("secret");
        assertThat(page.locator("#entry-5")).isVisible();
        fits(390);
        page.locator("#dismiss-5 summary").click();
        fits(390);
        picture("home-phone-dark");
        open(new Browser.NewContextOptions().setViewportSize(1280, 900).setColorScheme(ColorScheme.DARK));
        page.navigate(base + "/login?lang=en");
        signIn("secret");
        assertThat(page).hasTitle("Overview · Sverka");
        picture("home-dark");
    }

    /** Once it is laid out, nothing stands beside the screen. */
    private void fits(int width) {
        page.waitForFunction("wide => document.documentElement.scrollWidth === wide", width);
    }

    private void signIn(String password) {
        page.locator("#username").fill("admin");
        page.locator("#password").fill(password);
        page.locator("#password").press("Enter");
    }

    private static Locator.FilterOptions named(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    private void picture(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")).setFullPage(true));
    }
}
