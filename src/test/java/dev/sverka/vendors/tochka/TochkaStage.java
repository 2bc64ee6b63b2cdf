package dev.sverka.vendors.tochka;

import dev.sverka.core.connector.Feed;
import dev.sverka.core.connector.Operation;
import dev.sverka.core.http.Doors;
import dev.sverka.core.state.SettableClock;
import dev.sverka.core.state.Settings;
import dev.sverka.records.bank.BankOperation;
import dev.sverka.records.bank.StatementWindow;
import dev.sverka.sandbox.tochka.TochkaCompany.Party;
import dev.sverka.sandbox.tochka.TochkaCompany;
import dev.sverka.sandbox.tochka.TochkaStandIn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The room beside the stand-in bank; where the room waits, the clock moves on. */
final class TochkaStage implements AutoCloseable {

    static final String ACCOUNT = "40702810600009990002";
    static final Party SELF = new Party("0099000014", "009901001", "ООО \"СЕВЕРНЫЙ МАЯК\"", ACCOUNT);
    static final Party PAYER = new Party("0099000127", "009901002", "ООО \"РОМАШКА-ОБРАЗЕЦ\"",
            "40702810600000880012");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    final TochkaStandIn bank = new TochkaStandIn(0, clock, SELF);
    final TochkaCompany company = bank.company();
    final Map<String, String> position = new HashMap<>();
    TochkaConnector connector;
    boolean present;

    TochkaStage() {
        start(List.of());
    }

    /** The process starts anew: what was only remembered is gone, the position stays. */
    TochkaStage start(List<String> accounts) {
        return start(account(TochkaStandIn.TOKEN, TochkaStandIn.CLIENT_ID, null, accounts), "https://sync.example.org");
    }

    TochkaProperties.Account account(String token, String clientId, String customerCode, List<String> accounts) {
        return new TochkaProperties.Account(bank.url(), token, clientId, customerCode, accounts, null, null);
    }

    TochkaStage start(TochkaProperties.Account account, String publicUrl) {
        connector = connector(account, publicUrl);
        return this;
    }

    private TochkaConnector connector(TochkaProperties.Account account, String publicUrl) {
        TochkaProperties properties = new TochkaProperties(Map.of("main", account),
                new TochkaProperties.Poll(Duration.ofMinutes(5)), new TochkaProperties.Reread(Duration.ofHours(1)),
                new TochkaProperties.Sweep(LocalTime.of(3, 30)), new TochkaProperties.History(Period.ofDays(45)));
        Settings settings = new Settings(ZoneId.of("Europe/Moscow"), Locale.ENGLISH, publicUrl,
                Duration.ZERO, ".");
        return new TochkaConnector(properties, new Doors((bucket, capacity, perSecond) -> Duration.ZERO), clock,
                settings, time -> {
            clock.advance(time);
            return true;
        });
    }

    Feed.Pages open() {
        return connector.feed("operation").orElseThrow().open("main", Map.copyOf(position));
    }

    /** Reads one window as the consumer would. */
    List<Feed.News> read() {
        return read(open(), Integer.MAX_VALUE);
    }

    /** Reads some pages, and then the process is gone. */
    List<Feed.News> read(Feed.Pages pages, int atMost) {
        List<Feed.News> news = new ArrayList<>();
        present = false;
        for (int i = 0; i < atMost; i++) {
            Feed.Page page = pages.next();
            if (page == null) {
                break;
            }
            news.addAll(page.news());
            position.clear();
            position.putAll(page.position());
            present = page.present();
        }
        return news;
    }

    Object ask(String entity, String verb, Object body) {
        return ((Operation.Read) connector.operations(entity).get(verb).step())
                .read(new Operation.Request("main", entity, body));
    }

    @SuppressWarnings("unchecked")
    List<BankOperation> list(Map<String, Object> hint) {
        return (List<BankOperation>) ask("operation", "list", hint);
    }

    static List<BankOperation> operations(List<Feed.News> news) {
        return news.stream().map(Feed.News::body).filter(BankOperation.class::isInstance)
                .map(BankOperation.class::cast).toList();
    }

    static List<String> ids(List<Feed.News> news) {
        return operations(news).stream().map(BankOperation::sourceId).toList();
    }

    static List<StatementWindow> windows(List<Feed.News> news) {
        return news.stream().map(Feed.News::body).filter(StatementWindow.class::isInstance)
                .map(StatementWindow.class::cast).toList();
    }

    static List<Feed.News> troubles(List<Feed.News> news) {
        return news.stream().filter(one -> one.body() instanceof Map).toList();
    }

    static byte[] bytes(String sample) {
        try (InputStream file = Objects.requireNonNull(
                TochkaStage.class.getResourceAsStream("/vendors/tochka/" + sample + ".json"))) {
            return file.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static JsonNode sample(String name) {
        return JSON.readTree(bytes(name));
    }

    @Override
    public void close() {
        bank.close();
    }
}
