package dev.sverka.desk.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** People at browsers of their own during one test, with all that their browsers complain of and ask for. */
final class Visitors {

    private static final Path PICTURES = Path.of(System.getProperty("sverka.pictures", "target/screenshots"));
    private static final int MOST_BYTES = 150_000;

    private final Browser browser;
    private final String address;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private final List<BrowserContext> contexts = new ArrayList<>();

    Visitors(Chromium chromium, String address) {
        this.browser = chromium.browser;
        this.address = address;
    }

    static Browser.NewContextOptions desk() {
        return new Browser.NewContextOptions().setViewportSize(1280, 900);
    }

    /** @return a page of a browser that nobody has used yet */
    Page open(Browser.NewContextOptions options) {
        BrowserContext context = browser.newContext(options);
        contexts.add(context);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (List.of("error", "warning").contains(message.type())) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onRequest(request -> requests.add(request.url()));
        return page;
    }

    /** @return the first page of somebody who has signed in */
    Page person(String name, Browser.NewContextOptions options) {
        Page page = open(options);
        page.navigate(address + "/login");
        page.locator("#username").fill(name);
        page.locator("#password").fill("secret");
        page.locator("#password").press("Enter");
        assertThat(page).hasURL(address + "/");
        return page;
    }

    Page person(String name) {
        return person(name, desk());
    }

    /** Walks through pages as somebody who is signed in: each is small, as wide as the screen, and readable to all. */
    void walk(String name, String language, int width, ColorScheme scheme, List<String> paths) {
        Page page = person(name, new Browser.NewContextOptions().setViewportSize(width, 900).setColorScheme(scheme)
                .setBypassCSP(true)); // for axe alone: it is put into the page
        page.navigate(address + "/?lang=" + language);
        for (String path : paths) {
            assertThat(page.navigate(address + path).body().length).as(path).isLessThan(MOST_BYTES);
            assertThat(page.locator("header nav a").count()).as("ways on from " + path).isGreaterThan(3);
            page.waitForFunction("wide => document.documentElement.scrollWidth === wide", width);
            assertThat(axe(page)).as(path).isEmpty();
            page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(PICTURES.resolve("page"
                    + path.replaceAll("[\\W\\d]+", "-") + "-" + language + "-" + width + ".png")));
        }
    }

    /** What axe-core calls serious or worse. */
    private List<String> axe(Page page) {
        try (InputStream script = Visitors.class.getResourceAsStream(
                "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
            page.evaluate(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Object found = page.evaluate("""
                async () => (await axe.run()).violations.filter((one) => ['serious', 'critical'].includes(one.impact))
                    .map((one) => one.id + ': ' + one.nodes.map((node) => node.html).join(' | '))""");
        complaints.removeIf(text -> text.startsWith("Canvas2D")); // of axe's own way to measure contrast
        return ((List<?>) found).stream().map(String::valueOf).toList();
    }

    /** They leave. Nothing was complained of, and nothing fetched from elsewhere. */
    void leave() {
        contexts.forEach(BrowserContext::close);
        assertThat(complaints).isEmpty();
        assertThat(requests).isNotEmpty().allMatch(url -> url.startsWith(address + "/"));
    }
}
