package dev.sverka.desk.alerts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds what needs a person against what has been told, and tells the difference: what is new, and what is over. */
final class Alerts {

    private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);
    /** What comes up together is told together. */
    private static final Duration GATHERED = Duration.ofSeconds(30);
    /** What is gone for a moment and comes back was never over. */
    private static final Duration OVER = Duration.ofMinutes(1);

    private final Supplier<List<Alert>> sources;
    private final AlertBook book;
    private final List<Channel> channels;
    private final AlertProperties properties;
    private final String resolved;
    private final Clock clock;
    private final ZoneId zone;

    /** @param resolved the word before what is over, such as «Решено» */
    Alerts(Supplier<List<Alert>> sources, AlertBook book, List<Channel> channels, AlertProperties properties,
            String resolved, Clock clock, ZoneId zone) {
        this.sources = sources;
        this.book = book;
        this.channels = channels;
        this.properties = properties;
        this.resolved = resolved;
        this.clock = clock;
        this.zone = zone;
    }

    /** One look. Nothing is told twice, and what could not be told is tried again at the next. */
    void look() {
        Instant now = clock.instant();
        Map<String, Alert> standing = new LinkedHashMap<>();
        sources.get().forEach(alert -> standing.putIfAbsent(alert.key(), alert));
        Map<String, AlertBook.Row> known = new LinkedHashMap<>();
        book.all().forEach(row -> known.put(row.key(), row));
        standing.values().forEach(alert -> {
            if (known.containsKey(alert.key())) {
                book.stands(alert);
            } else {
                book.raise(alert, now);
                LOG.warn("{}", alert.text());
            }
        });
        known.keySet().stream().filter(key -> !standing.containsKey(key)).forEach(key -> book.gone(key, now));
        if (!properties.isQuiet(now.atZone(zone).toLocalTime())) {
            tell(now);
        }
    }

    private void tell(Instant now) {
        List<AlertBook.Row> rows = book.all();
        List<AlertBook.Row> raised = rows.stream().filter(row -> row.toldAt() == null && row.goneAt() == null
                && !row.raisedAt().plus(GATHERED).isAfter(now)).toList();
        List<AlertBook.Row> over = rows.stream()
                .filter(row -> row.goneAt() != null && !row.goneAt().plus(OVER).isAfter(now)).toList();
        List<AlertBook.Row> overAndTold = over.stream().filter(row -> row.toldAt() != null).toList();
        if (!raised.isEmpty() && send(raised.get(0), lines(raised, ""))) {
            raised.forEach(row -> book.told(row.key(), now));
        }
        if (overAndTold.isEmpty() || send(overAndTold.get(0), lines(overAndTold, resolved + ": "))) {
            over.forEach(row -> book.forget(row.key()));
        }
    }

    private static String lines(List<AlertBook.Row> rows, String before) {
        return rows.stream().map(row -> before + row.text()).collect(Collectors.joining("\n\n"));
    }

    /** Whether somebody was reached. A channel that fails is told through the others. */
    private boolean send(AlertBook.Row first, String text) {
        String id = Long.toString(first.raisedAt().toEpochMilli(), Character.MAX_RADIX)
                + Integer.toString(text.hashCode() & Integer.MAX_VALUE, Character.MAX_RADIX);
        List<String> failures = new ArrayList<>();
        int reached = 0;
        for (Channel channel : channels) {
            try {
                channel.send(id, failures.isEmpty() ? text : text + "\n\n" + String.join("\n", failures));
                reached++;
            } catch (RuntimeException failure) {
                LOG.error("an alert could not be told by {}: {}", channel.name(), failure.getMessage());
                failures.add(channel.name() + ": " + failure.getMessage());
            }
        }
        return reached > 0 || channels.isEmpty();
    }
}
