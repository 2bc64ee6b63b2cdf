package dev.sverka.desk.console;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** The machine's own browser; none is ever downloaded. */
final class Chromium implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final Path PROGRAM = Path.of("/usr/bin/chromium");

    private final Playwright playwright;
    final Browser browser;

    /** @param test who asks: where there is no browser it is skipped, and says so */
    Chromium(Class<?> test) {
        boolean isThere = Files.isExecutable(PROGRAM);
        if (!isThere) {
            System.out.println(test.getSimpleName() + " is skipped: there is no " + PROGRAM + " on this machine");
        }
        Assumptions.assumeTrue(isThere, "no chromium");
        // other tests run beside it: what takes long is not wrong
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright.chromium().launch(new LaunchOptions().setExecutablePath(PROGRAM).setArgs(List.of(
                "--no-sandbox", "--headless", "--disable-gpu", "--disable-background-networking",
                "--disable-component-update", "--disable-sync")));
    }

    @Override
    public void close() {
        playwright.close();
    }
}
