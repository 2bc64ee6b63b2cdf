package dev.sverka.flows.calendar;

import dev.sverka.bench.Figures;
import dev.sverka.core.state.Databases;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import net.fortuna.ical4j.data.CalendarOutputter;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.TextList;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.Categories;
import net.fortuna.ical4j.model.property.Description;
import net.fortuna.ical4j.model.property.DtEnd;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.LastModified;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.Sequence;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.Url;
import net.fortuna.ical4j.model.property.immutable.ImmutableStatus;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;

/** A large feed over HTTP beside ical4j writing the same events, and beside the least any answer costs. */
public final class CalendarBench {

    private static final int EVENTS = 5000;
    private static final int SUBSCRIBERS = 200;
    private static final int ROUNDS = 15;
    private static final int SMALL_ROUNDS = 200;
    private static final double MILLION = 1e6;

    private final CalendarStage stage;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String feed;

    private CalendarBench(CalendarStage stage) {
        this.stage = stage;
        this.feed = stage.issue(CalendarStage.wanted(7, "all"));
    }

    public static void run(Figures figures, double scale) throws Exception {
        Path folder = Files.createTempDirectory("calendar-bench");
        try (CalendarStage stage = new CalendarStage(Databases.h2Url(folder))) {
            int events = Math.max(100, (int) (EVENTS * scale));
            for (int i = 0; i < events / 2; i++) {
                stage.remember(CalendarStage.deal(i + 1, CalendarStage.TODAY.plusDays(i % 300),
                        CalendarStage.TODAY.plusDays(i % 300 + 5)));
            }
            new CalendarBench(stage).run(figures, events);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted((one, other) -> other.compareTo(one)).forEach(file -> file.toFile().delete());
            }
        }
    }

    /** Every request but the first has a minute's pause before it by the daemon's clock, so that none is held back. */
    private void run(Figures figures, int events) throws Exception {
        List<EventRow> rows = stage.rows().stream()
                .filter(row -> !row.event().form().equals("span")).toList();
        String etag = get(feed).headers().firstValue("ETag").orElseThrow();
        double alone = median(ROUNDS, () -> ical4j(rows));
        double first = median(ROUNDS, () -> {
            stage.jdbc().sql("update calendar_state set revision = revision + 1").update();
            return null;
        }, () -> get(feed));
        double again = median(ROUNDS, () -> get(feed));
        figures.atMost("calendar: first answer of " + events + " events, ms, against ical4j alone", first, alone, 2);
        figures.atMost("calendar: the answer repeated, ms, against ical4j alone", again, alone, 0.2);
        double empty = median(SMALL_ROUNDS, () -> get("/actuator/health/liveness"));
        double notModified = median(SMALL_ROUNDS, () -> get(feed, "If-None-Match", etag));
        figures.atMost("calendar: a 304, ms, against an answer of two words", notModified, empty, 2);
        subscribers(figures, events);
        double known = median(ROUNDS, this::change);
        figures.atMost("calendar: from a known change to the feed, ms, against 2 s", known, 2000, 1);
    }

    /** As a program would that uses ical4j: events made of ready values, and written. */
    private static byte[] ical4j(List<EventRow> rows) throws IOException {
        Calendar calendar = new Calendar();
        calendar.add(new ProdId("-//Sverka//Calendar//RU"));
        calendar.add(ImmutableVersion.VERSION_2_0);
        Instant now = CalendarStage.NOW;
        for (EventRow row : rows) {
            VEvent event = new VEvent(false);
            event.add(new Uid(row.name() + "@" + CalendarStage.MEMBER)).add(new DtStamp(now))
                    .add(new LastModified(now)).add(new Sequence(0)).add(new DtStart<>(row.event().starts()))
                    .add(new DtEnd<>(row.event().ends())).add(new Summary(row.event().title()))
                    .add(new Description(row.event().text())).add(ImmutableStatus.VEVENT_CONFIRMED)
                    .add(new Categories(new TextList(row.event().category())))
                    .add(new Url(URI.create(String.valueOf(row.event().url()))));
            calendar.add(event);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new CalendarOutputter(false).output(calendar, bytes);
        return bytes.toByteArray();
    }

    private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
        stage.clock.advance(Duration.ofSeconds(1));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(stage.address() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<byte[]> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        int wanted = headers.length > 0 ? 304 : 200;
        if (answer.statusCode() != wanted) {
            throw new IllegalStateException(path + " answered " + answer.statusCode() + ", not " + wanted);
        }
        return answer;
    }

    /** All at once, each with an address of its own, nothing at hand. */
    private void subscribers(Figures figures, int events) {
        List<String> feeds = new ArrayList<>();
        for (int i = 0; i < SUBSCRIBERS; i++) {
            feeds.add(stage.issue(CalendarStage.wanted(100 + i, "all")));
        }
        stage.jdbc().sql("update calendar_state set revision = revision + 1").update();
        List<CompletableFuture<Integer>> answers = feeds.stream().map(one -> http.sendAsync(
                HttpRequest.newBuilder(URI.create(stage.address() + one)).build(),
                HttpResponse.BodyHandlers.ofByteArray()).handle((answer, failure) ->
                        failure == null ? answer.statusCode() : 0)).toList();
        long failed = answers.stream().map(CompletableFuture::join).filter(status -> status != 200).count();
        figures.atMost("calendar: failures of " + SUBSCRIBERS + " subscribers of " + events + " events at once", failed,
                SUBSCRIBERS, 0);
    }

    private Object change() throws Exception {
        long id = System.nanoTime();
        stage.remember(CalendarStage.deal(id, CalendarStage.TODAY.plusDays(5), null));
        if (!new String(get(feed).body()).contains("deal-" + id + "-start")) {
            throw new IllegalStateException("the change is not in the feed");
        }
        return id;
    }

    private static double median(int rounds, Callable<?> work) throws Exception {
        return median(rounds, () -> null, work);
    }

    /** In milliseconds, after as many rounds that do not count. */
    private static double median(int rounds, Callable<?> before, Callable<?> work) throws Exception {
        double[] times = new double[rounds];
        for (int i = -rounds; i < rounds; i++) {
            before.call();
            long start = System.nanoTime();
            work.call();
            if (i >= 0) {
                times[i] = (System.nanoTime() - start) / MILLION;
            }
        }
        Arrays.sort(times);
        return times[rounds / 2];
    }
}
