package dev.sverka.vendors.tbank;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockRuntimeInfo;
import com.github.tomakehurst.wiremock.junit5.WireMockTest;
import dev.sverka.core.connector.Feed;
import dev.sverka.core.http.Door;
import dev.sverka.core.http.Doors;
import dev.sverka.core.http.VendorException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the room makes of everything that can happen to a statement. */
@WireMockTest
class TBankFaultsTest {

    private static final String ACCOUNT = "40702810200009990001";
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final String EMPTY = "{\"operations\": [], \"nextCursor\": null}";

    private TBankClient client;
    private com.github.tomakehurst.wiremock.client.WireMock bank;

    @BeforeEach
    void open(WireMockRuntimeInfo server) {
        bank = server.getWireMock();
        HttpUrl base = HttpUrl.get(server.getHttpBaseUrl() + "/openapi");
        Door door = new Doors((bucket, capacity, perSecond) -> Duration.ZERO)
                .open("tbank.main", base, Duration.ofSeconds(5), new Door.Limit(2, 2));
        client = new TBankClient(door, base, "t.secret-token", Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private void answers(ResponseDefinitionBuilder answer) {
        bank.register(get(urlPathEqualTo("/openapi/api/v1/statement")).willReturn(answer));
    }

    private TBankClient.Statement read() {
        return client.statement(ACCOUNT, NOW.minusSeconds(60), NOW, null);
    }

    @Test
    void aPageOfHtmlAnOutageAndABrokenLineAreTransient() {
        for (ResponseDefinitionBuilder fault : List.of(aResponse().withBody("<html>maintenance</html>"),
                aResponse().withStatus(502).withBody("<html>nginx</html>"),
                aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
                aResponse().withBody("{\"operations\": [{\"operationId\":"))) {
            answers(fault);
            assertThatThrownBy(this::read).isInstanceOf(VendorException.Transient.class);
        }
    }

    /** Taken for an empty page it would end the window, and all that is known of it would count as withdrawn. */
    @Test
    void anAnswerWithoutItsOperationsIsNoEmptyPage() {
        for (String body : List.of("", "{}", "[]", "{\"operations\": null}", "{\"operations\": {}}")) {
            answers(aResponse().withBody(body));
            assertThatThrownBy(this::read).as(body).isInstanceOf(VendorException.Transient.class);
        }
        answers(aResponse().withBody("{\"operations\": []}"));
        assertThat(read().ended()).isTrue();
    }

    @Test
    void aLostTokenAndAForeignAddressAreAuthLostAndAskedOnce() {
        for (int status : List.of(401, 403)) {
            bank.resetRequests();
            answers(aResponse().withStatus(status).withBody("{\"errorId\":\"b1\",\"errorCode\":\"FORBIDDEN\"}"));
            assertThatThrownBy(this::read).isInstanceOf(VendorException.AuthLost.class)
                    .hasMessageContaining("errorId b1").hasMessageNotContaining("t.secret-token");
            bank.verifyThat(1, getRequestedFor(urlPathEqualTo("/openapi/api/v1/statement")));
        }
    }

    @Test
    void theRateLimitIsHonouredWhereItSaysUntilWhen() {
        answers(aResponse().withStatus(429).withHeader("Retry-After", "30").withBody("{}"));
        assertThat(catchThrowableOfType(VendorException.Transient.class, this::read).until())
                .isEqualTo(NOW.plusSeconds(30));
        answers(aResponse().withStatus(429).withBody("{}"));
        assertThat(catchThrowableOfType(VendorException.Transient.class, this::read).until()).isNull();
    }

    @Test
    void aBrokenContractIsRefused() {
        answers(aResponse().withStatus(400).withBody("{\"errorCode\":\"INVALID_DATA\"}"));
        assertThatThrownBy(this::read).isInstanceOf(VendorException.Refused.class);
    }

    @Test
    void aCursorThatComesBackForEverEndsTheWindow() {
        answers(aResponse().withBody("{\"operations\": [{\"operationId\": \"1\"}], \"nextCursor\": \"same\"}"));
        TBankClient.Statement first = read();
        assertThat(first.next()).isEqualTo("same");
        assertThat(client.statement(ACCOUNT, NOW.minusSeconds(60), NOW, "same").next()).isNull();
    }

    @Test
    void whereALargePageIsRefusedASmallOneIsAskedFor() {
        answers(aResponse().withBody(EMPTY));
        bank.register(get(urlPathEqualTo("/openapi/api/v1/statement")).withQueryParam("limit", equalTo("1000"))
                .willReturn(aResponse().withStatus(400).withBody("{\"errorCode\":\"INVALID_DATA\"}")));
        assertThat(read().operations()).isEmpty();
        assertThat(read().operations()).isEmpty();
        bank.verifyThat(1, getRequestedFor(urlPathEqualTo("/openapi/api/v1/statement"))
                .withQueryParam("limit", equalTo("1000")));
    }

    private Feed feed(Instant now) {
        TBankProperties properties = new TBankProperties(Map.of(), new TBankProperties.Poll(Duration.ofMinutes(1)),
                new TBankProperties.Reread(Duration.ofMinutes(10)), new TBankProperties.Sweep(LocalTime.of(3, 30)),
                new TBankProperties.History(Period.ofDays(45)));
        return new TBankFeed(properties, name -> new TBankAccount(client, List.of(ACCOUNT)),
                Clock.fixed(now, ZoneOffset.UTC), ZoneId.of("Europe/Moscow"));
    }

    /** Reads one window. @return its first day as the bank was asked, in UTC */
    private String from(Instant now, Map<String, String> position, Map<String, String> after) {
        bank.resetRequests();
        answers(aResponse().withBody(EMPTY));
        Feed.Pages pages = feed(now).open("main", position);
        Feed.Page page = pages.next();
        for (Feed.Page next = page; next != null; next = pages.next()) {
            page = next;
        }
        assertThat(page.present()).isTrue();
        after.putAll(page.position());
        return bank.find(getRequestedFor(urlPathEqualTo("/openapi/api/v1/statement"))).get(0)
                .queryParameter("from").firstValue();
    }

    @Test
    void daysAreReadAgainInTheBanksRhythm() {
        Map<String, String> position = new java.util.HashMap<>();
        assertThat(from(NOW, Map.of(), position)).as("first: the history").isEqualTo("2026-10-08T21:00:00Z");
        assertThat(from(NOW.plusSeconds(60), position, position)).as("then yesterday").isEqualTo("2026-11-21T21:00:00Z");
        assertThat(from(NOW.plusSeconds(601), position, position)).as("after ten minutes a week")
                .isEqualTo("2026-11-15T21:00:00Z");
        assertThat(from(NOW.plusSeconds(700), position, position)).isEqualTo("2026-11-21T21:00:00Z");
        assertThat(from(Instant.parse("2026-11-24T00:30:00Z"), position, position)).as("at 03:30 in Moscow 45 days")
                .isEqualTo("2026-10-09T21:00:00Z");
        assertThat(from(Instant.parse("2026-11-24T00:31:00Z"), position, position)).isEqualTo("2026-11-22T21:00:00Z");
        assertThat(from(Instant.parse("2026-12-30T09:00:00Z"), position, position)).as("after a long sleep all of it")
                .isEqualTo("2026-11-14T21:00:00Z");
    }
}
