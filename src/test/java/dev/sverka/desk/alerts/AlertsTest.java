package dev.sverka.desk.alerts;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.sverka.core.http.Door;
import dev.sverka.core.http.Doors;
import dev.sverka.core.state.SettableClock;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.HttpUrl;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class AlertsTest {

    private static final AtomicInteger STORES = new AtomicInteger();
    private static final AlertWords WORDS = words();
    private static final Alert DOWN = new Alert("down tbank.main", "tbank.main не отвечает");
    private static final Alert DEAD = new Alert("dead payment-write", "Ждут человека: 1");

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final List<Alert> standing = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final AlertBook book = new AlertBook(JdbcClient.create(store()));
    private boolean broken;

    private static AlertWords words() {
        ResourceBundleMessageSource source = new ResourceBundleMessageSource();
        source.setBasename("messages");
        source.setDefaultEncoding("UTF-8");
        return new AlertWords(source, Locale.forLanguageTag("ru"));
    }

    private static javax.sql.DataSource store() {
        javax.sql.DataSource store = JdbcConnectionPool.create(
                "jdbc:h2:mem:alerts" + STORES.incrementAndGet() + ";DB_CLOSE_DELAY=-1", "", "");
        Flyway.configure().dataSource(store).load().migrate();
        return store;
    }

    private final class Ear implements Channel {
        @Override
        public String name() {
            return "Ухо";
        }

        @Override
        public void send(String id, String text) {
            if (broken) {
                throw new IllegalStateException("оглохло");
            }
            told.add(text);
        }
    }

    private Alerts alerts(String quiet, Channel... more) {
        List<Channel> channels = new ArrayList<>(List.of(more));
        channels.add(new Ear());
        return new Alerts(() -> List.copyOf(standing), book, channels, properties(quiet), WORDS, clock,
                ZoneId.of("Europe/Moscow"));
    }

    private static AlertProperties properties(String quiet) {
        return new AlertProperties(new AlertProperties.Telegram(null, null, ""), new AlertProperties.Mail(null, null,
                AlertProperties.Security.STARTTLS, null, null, null, List.of()), List.of(), null, quiet);
    }

    private void look(Alerts alerts, Duration later) {
        clock.advance(later);
        alerts.look();
    }

    @Test
    void whatComesUpTogetherIsToldTogetherOnceAndItsEndToo() {
        Alerts alerts = alerts(null);
        standing.add(DOWN);
        look(alerts, Duration.ZERO);
        standing.add(DEAD);
        look(alerts, Duration.ofSeconds(20));
        assertThat(told).as("what else comes up is awaited").isEmpty();
        look(alerts, Duration.ofSeconds(30));
        assertThat(told).containsExactly("tbank.main не отвечает\n\nЖдут человека: 1");
        look(alerts(null), Duration.ofHours(3));
        assertThat(told).as("a restart repeats nothing").hasSize(1);
        standing.remove(DOWN);
        look(alerts, Duration.ofSeconds(30));
        standing.add(DOWN);
        look(alerts, Duration.ofSeconds(30));
        standing.remove(DOWN);
        look(alerts, Duration.ofSeconds(30));
        look(alerts, Duration.ofMinutes(2));
        assertThat(told.subList(1, told.size())).containsExactly("Решено: tbank.main не отвечает");
        standing.add(DOWN);
        look(alerts, Duration.ofMinutes(1));
        look(alerts, Duration.ofMinutes(1));
        assertThat(told).as("it is news again").hasSize(3);
    }

    @Test
    void inQuietHoursNothingIsToldAndWhatStandsIsToldAfterThem() {
        Alerts alerts = alerts("12:00-13:00"); // in Moscow
        standing.add(DOWN);
        look(alerts, Duration.ZERO);
        look(alerts, Duration.ofMinutes(5));
        assertThat(told).isEmpty();
        look(alerts, Duration.ofHours(1));
        assertThat(told).containsExactly("tbank.main не отвечает");
    }

    @Test
    void whatCouldNotBeToldIsToldLater() {
        broken = true;
        standing.add(DOWN);
        Alerts alerts = alerts(null);
        look(alerts, Duration.ZERO);
        look(alerts, Duration.ofMinutes(1));
        assertThat(told).isEmpty();
        broken = false;
        look(alerts, Duration.ofMinutes(1));
        assertThat(told).containsExactly("tbank.main не отвечает");
    }

    @Test
    void thatAChannelFailsIsToldOnceByTheOtherAndSoIsItsEnd() {
        Deaf telegram = new Deaf();
        Alerts alerts = alerts(null, telegram);
        standing.add(DOWN);
        look(alerts, Duration.ZERO);
        look(alerts, Duration.ofMinutes(1));
        look(alerts, Duration.ofMinutes(1));
        assertThat(told).containsExactly("tbank.main не отвечает",
                "Оповещения не доходят через Telegram: Telegram answered 401");
        assertThat(alerts.open()).extracting(AlertDesk.Open::text).contains(told.get(1));
        standing.add(DEAD);
        look(alerts, Duration.ofMinutes(1));
        look(alerts(null, telegram), Duration.ofMinutes(1)); // a restart forgets nothing
        assertThat(told.subList(2, told.size())).containsExactly("Ждут человека: 1");
        assertThat(alerts.test("Telegram", "Анна")).contains("Telegram answered 401");
        telegram.hears = true;
        assertThat(alerts.test("Telegram", "Анна")).isEmpty();
        look(alerts, Duration.ofMinutes(2));
        assertThat(told.subList(3, told.size())).containsExactly(
                "Решено: Оповещения не доходят через Telegram: Telegram answered 401");
    }

    @Test
    void aMailboxGetsTroublesTogetherOnceTheirEndAndThatTelegramFails() throws Exception {
        try (MailServer server = new MailServer("sverka", "secret")) {
            MailChannel mail = new MailChannel(new AlertProperties.Mail("127.0.0.1", server.port(),
                    AlertProperties.Security.NONE, "sverka", "secret", "sverka@example.org",
                    List.of("ops@example.org")), "Сверка", clock);
            Alerts alerts = new Alerts(() -> List.copyOf(standing), book, List.of(new Deaf(), mail), properties(null),
                    WORDS, clock, ZoneId.of("Europe/Moscow"));
            standing.addAll(List.of(DEAD, DOWN));
            look(alerts, Duration.ZERO);
            look(alerts, Duration.ofMinutes(1));
            look(alerts, Duration.ofMinutes(1));
            look(alerts, Duration.ofHours(5));
            standing.clear();
            look(alerts, Duration.ofMinutes(1));
            look(alerts, Duration.ofMinutes(2));
            look(alerts, Duration.ofHours(5));
            List<String> subjects = new ArrayList<>();
            for (MimeMessage letter : server.letters()) {
                subjects.add(letter.getSubject());
            }
            assertThat(subjects).containsExactly("Сверка: Ждут человека: 1 (+1)",
                    "Сверка: Оповещения не доходят через Telegram: Telegram answered 401",
                    "Сверка: Решено: Ждут человека: 1 (+1)");
            assertThat(server.letters().get(0).getContent().toString()).contains("tbank.main не отвечает");
        }
    }

    private static final class Deaf implements Channel {

        private boolean hears;

        @Override
        public String name() {
            return "Telegram";
        }

        @Override
        public void send(String id, String text) {
            if (!hears) {
                throw new IllegalStateException("Telegram answered 401");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"22:00-08:00,23:30,true", "22:00-08:00,07:59,true", "22:00-08:00,08:00,false",
        "22:00-08:00,21:59,false", "12:00-13:00,12:30,true", "12:00-13:00,13:00,false"})
    void quietHoursMayCrossMidnight(String quiet, String time, boolean isQuiet) {
        assertThat(properties(quiet).isQuiet(LocalTime.parse(time))).isEqualTo(isQuiet);
    }

    @Test
    void telegramIsSentTheTextAndItsTokenStandsInNoError() {
        WireMockServer telegram = new WireMockServer(WireMockConfiguration.wireMockConfig().dynamicPort());
        telegram.start();
        try {
            telegram.stubFor(post(urlEqualTo("/bot77:secret/sendMessage")).willReturn(aResponse().withStatus(200)
                    .withBody("{\"ok\":true}")));
            Door door = new Doors((bucket, capacity, perSecond) -> Duration.ZERO).open("alerts.telegram",
                    HttpUrl.get(telegram.baseUrl()), Duration.ofSeconds(10));
            TelegramClient client = new TelegramClient(door, telegram.baseUrl(), "77:secret", "-100");
            client.send("1", "Счёт не сходится");
            telegram.verify(postRequestedFor(urlEqualTo("/bot77:secret/sendMessage")).withRequestBody(equalToJson(
                    "{\"chat_id\":\"-100\",\"text\":\"Счёт не сходится\",\"disable_web_page_preview\":true}")));
            telegram.resetAll();
            assertThatThrownBy(() -> client.send("1", "x")).hasMessageContaining("Telegram answered 404")
                    .hasMessageNotContaining("secret");
        } finally {
            telegram.stop();
        }
    }
}
