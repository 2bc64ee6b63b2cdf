package dev.sverka.desk.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.sverka.Application;
import dev.sverka.core.connector.Hook;
import dev.sverka.core.connector.Polls;
import dev.sverka.core.connector.Pushes;
import dev.sverka.core.connector.Schedules;
import dev.sverka.core.journal.Accounts;
import dev.sverka.core.journal.Event;
import dev.sverka.core.journal.Journal;
import dev.sverka.core.journal.NewsTally;
import dev.sverka.core.state.Cursors;
import dev.sverka.core.state.Databases;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Links;
import dev.sverka.core.state.SettableClock;
import dev.sverka.core.state.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.context.support.ResourceBundleMessageSource;

/** What is silent, by the real journal, cursors and accounts; only how often feeds are asked is the test's, as the clock is. */
class SilenceSourcesTest {

    private static final SettableClock CLOCK = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));

    @TempDir
    static Path folder;
    private static ConfigurableApplicationContext daemon;
    private static final Polls POLLS = mock(Polls.class);
    private static final Schedules SCHEDULES = mock(Schedules.class);

    @BeforeAll
    static void start() {
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.addInitializers(context -> ((GenericApplicationContext) context).registerBean("settableClock",
                Clock.class, () -> CLOCK, bean -> bean.setPrimary(true)));
        daemon = application.run("--sverka.database.url=" + Databases.h2Url(folder), "--sverka.routes.start=false");
    }

    @AfterAll
    static void stop() {
        daemon.close();
    }

    private static <T> T bean(Class<T> type) {
        return daemon.getBean(type);
    }

    private static SilenceSources sources(String language) {
        ResourceBundleMessageSource texts = new ResourceBundleMessageSource();
        texts.setBasename("messages");
        texts.setDefaultEncoding("UTF-8");
        texts.setFallbackToSystemLocale(false);
        return new SilenceSources(bean(Accounts.class), POLLS, bean(Cursors.class), bean(NewsTally.class), SCHEDULES,
                bean(Links.class), new Declared<>("working-days", (content, lines) -> null), new AlertWords(texts, Locale.forLanguageTag(language)), bean(Settings.class), CLOCK);
    }

    private static List<String> keys(SilenceSources sources) {
        return sources.now().stream().map(Alert::key).toList();
    }

    private static void read(String account, String feed) {
        bean(Cursors.class).save(account + "/" + feed, Map.of());
        bean(Cursors.class).reached(account + "/" + feed);
        bean(Accounts.class).success(account);
    }

    private static void found(String account, String entity, int many) {
        IntStream.range(0, many).forEach(n -> bean(Journal.class).accept(new Event("toy-work", account, "k" + n
                + CLOCK.millis(), null, false, Map.of(), Map.of("SyncAccount", account, "SyncEntity", entity, "SyncId",
                "" + n), null)));
    }

    @Test
    void aFeedThatIsNotReadIsToldWithPlaceAndCureAndIsOverOnceItIsRead() {
        when(POLLS.lengths("tochka.main")).thenReturn(Map.of("operation", Duration.ofMinutes(5)));
        SilenceSources sources = sources("ru");
        SilenceSources english = sources("en");
        read("tochka.main", "operation");
        CLOCK.advance(Duration.ofMinutes(15));
        assertThat(keys(sources)).doesNotContain("silent tochka.main/operation");
        CLOCK.advance(Duration.ofSeconds(1));
        assertThat(sources.now()).filteredOn(alert -> alert.key().equals("silent tochka.main/operation")).singleElement()
                .satisfies(alert -> assertThat(alert.text()).contains("tochka.main", "«operation»", "раз в 5 мин",
                        "проверьте связь"));
        assertThat(english.now()).filteredOn(alert -> alert.key().equals("silent tochka.main/operation")).singleElement()
                .satisfies(alert -> assertThat(alert.text()).contains("\"operation\" cannot be read", "every 5 min"));
        read("tochka.main", "operation");
        assertThat(keys(sources)).doesNotContain("silent tochka.main/operation");
    }

    @Test
    void whatWasSilentWhileTheProgramDidNotRunIsNoTrouble() {
        when(POLLS.lengths("diadoc.main")).thenReturn(Map.of("document", Duration.ofMinutes(1)));
        read("diadoc.main", "document");
        CLOCK.advance(Duration.ofDays(3));
        SilenceSources sources = sources("ru");
        assertThat(keys(sources)).doesNotContain("silent diadoc.main/document");
        CLOCK.advance(Duration.ofMinutes(16));
        assertThat(keys(sources)).contains("silent diadoc.main/document");
    }

    @Test
    void pollsThatFindWhatNoEventToldMeanThatTheWebhookIsDead() {
        when(POLLS.lengths("bitrix24.main")).thenReturn(Map.of("payment", Duration.ofSeconds(30)));
        read("bitrix24.main", "payment");
        SilenceSources sources = sources("ru");
        assertThat(keys(sources)).doesNotContain("hook bitrix24.main/payment");
        bean(Pushes.class).accept("bitrix24", IntStream.range(0, 25).mapToObj(n -> new Hook.Pushed("main", "payment",
                "" + n, Map.of())).toList());
        found("bitrix24.main", "payment", 25);
        assertThat(keys(sources)).doesNotContain("hook bitrix24.main/payment");
        CLOCK.advance(Duration.ofMinutes(1));
        bean(Pushes.class).accept("bitrix24", List.of(new Hook.Pushed("main", "payment", "99", Map.of())));
        assertThat(keys(sources)).doesNotContain("hook bitrix24.main/payment");
        CLOCK.advance(Duration.ofMinutes(1));
        found("bitrix24.main", "payment", 7);
        CLOCK.advance(Duration.ofMinutes(20));
        read("bitrix24.main", "payment");
        assertThat(keys(sources)).as("many at once, as where a bank renames them").doesNotContain(
                "hook bitrix24.main/payment");
        for (int times = 0; times < 2; times++) {
            CLOCK.advance(Duration.ofMinutes(1));
            found("bitrix24.main", "payment", 1);
            keys(sources);
        }
        read("bitrix24.main", "payment");
        assertThat(sources.now()).filteredOn(alert -> alert.key().equals("hook bitrix24.main/payment")).hasSize(1);
        bean(Pushes.class).accept("bitrix24", List.of(new Hook.Pushed("main", "payment", "98", Map.of())));
        for (int times = 0; times < 3; times++) {
            CLOCK.advance(Duration.ofMinutes(1));
            found("bitrix24.main", "payment", 2);
            keys(sources);
        }
        assertThat(keys(sources)).as("an event may be late").doesNotContain("hook bitrix24.main/payment");
        CLOCK.advance(Duration.ofMinutes(15));
        read("bitrix24.main", "payment");
        assertThat(sources.now()).filteredOn(alert -> alert.key().equals("hook bitrix24.main/payment")).singleElement()
                .satisfies(alert -> assertThat(alert.text()).contains("события по «payment» не приходят",
                        "Проверьте вебхук"));
        bean(Pushes.class).accept("bitrix24", List.of(new Hook.Pushed("main", "payment", "100", Map.of())));
        assertThat(keys(sources)).as("it is over with the next event").doesNotContain("hook bitrix24.main/payment");
    }

    @Test
    void aSuspendedWebhookATokenThatEndsAndAScheduleThatStoppedAreTold() {
        bean(Accounts.class).success("clickup.main");
        bean(Accounts.class).success("tbank.main");
        SilenceSources sources = sources("ru");
        bean(Links.class).agree("clickup.main", "clickup-webhook", "watch", Map.of("since",
                CLOCK.instant().minusSeconds(300).toString(), "at", CLOCK.instant().toString()));
        assertThat(keys(sources)).contains("suspended clickup.main").doesNotContain("token tbank.main");
        CLOCK.advance(Duration.ofHours(2));
        assertThat(keys(sources)).doesNotContain("suspended clickup.main");
        CLOCK.advance(Duration.ofDays(76));
        assertThat(sources.now()).filteredOn(alert -> alert.key().equals("token tbank.main")).singleElement()
                .satisfies(alert -> assertThat(alert.text()).contains("банк его отзовёт", "Т-Бизнес"));
        bean(Accounts.class).success("tbank.main");
        when(SCHEDULES.standing()).thenReturn(List.of(new Schedules.Standing("books-prove", CLOCK.instant(), 0),
                new Schedules.Standing("failing", CLOCK.instant(), 15)));
        assertThat(keys(sources)).doesNotContain("token tbank.main", "schedule books-prove").contains("schedule failing");
        CLOCK.advance(Duration.ofMinutes(16));
        assertThat(keys(sources)).contains("schedule books-prove");
        when(SCHEDULES.standing()).thenReturn(List.of());
        assertThat(keys(sources)).doesNotContain("schedule books-prove", "schedule failing");
    }
}
