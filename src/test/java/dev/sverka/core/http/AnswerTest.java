package dev.sverka.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** For how long a vendor is left alone when it asks for it. */
class AnswerTest {

    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final Duration LONGEST = Duration.ofHours(1);

    private static Instant comesBack(String... headers) {
        return new Answer(429, Headers.of(headers), new byte[0], LONGEST).retryAfter(NOW);
    }

    @ParameterizedTest
    @CsvSource({"1,1", " 30 ,30", "3600,3600", "3601,3600", "86400,3600", "99999999999999999999999,3600"})
    void secondsAreKeptUpToTheLongestRest(String asked, long seconds) {
        assertThat(comesBack("Retry-After", asked)).isEqualTo(NOW.plusSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-5", "soon", "", "1.5", "Mon, 23 Nov 2026", "Mon, 23 Nov 2026 08:59:59 GMT",
        "Mon, 23 Nov 2026 09:00:00 GMT", "Fri, 31 Dec 1999 23:59:59 GMT"})
    void whatMeansNothingIsLeftToOurOwnPauses(String asked) {
        assertThat(comesBack("Retry-After", asked)).as("no end that has passed already, or work would spin").isNull();
    }

    @Test
    void aDateIsKeptUpToTheLongestRestByTheVendorsOwnClock() {
        assertThat(comesBack("Retry-After", "Mon, 23 Nov 2026 09:00:45 GMT")).isEqualTo(NOW.plusSeconds(45));
        assertThat(comesBack("Retry-After", "Thu, 31 Dec 2099 23:59:59 GMT")).isEqualTo(NOW.plus(LONGEST));
        assertThat(comesBack("Retry-After", "Mon, 23 Nov 2026 10:30:45 GMT", "Date", "Mon, 23 Nov 2026 10:30:00 GMT"))
                .as("a vendor whose clock is ahead of ours").isEqualTo(NOW.plusSeconds(45));
    }

    @Test
    void howLongIsBelievedIsAMatterOfConfiguration() throws IOException, NoAnswer {
        HttpServer vendor = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        vendor.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Retry-After", DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    Instant.now().plus(Duration.ofDays(365)).atZone(ZoneOffset.UTC)));
            exchange.sendResponseHeaders(429, -1);
            exchange.close();
        });
        vendor.start();
        try {
            HttpUrl url = HttpUrl.get("http://127.0.0.1:" + vendor.getAddress().getPort() + "/");
            Answer answer = new Doors((bucket, capacity, perSecond) -> Duration.ZERO, false, Duration.ofMinutes(7))
                    .open("tbank.main", url, Duration.ofSeconds(5)).once("ask", new Request.Builder().url(url).build());
            assertThat(answer.retryAfter(NOW)).isEqualTo(NOW.plus(Duration.ofMinutes(7)));
        } finally {
            vendor.stop(0);
        }
    }
}
