package dev.sverka.desk.alerts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds what needs a person against what has been told, and tells the difference: what is new, and what is over. */
final class Alerts implements AlertDesk {

    private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);
    /** What comes up together is told together. */
    private static final Duration GATHERED = Duration.ofSeconds(30);
    /** What is gone for a moment and comes back was never over. */
    private static final Duration OVER = Duration.ofMinutes(1);

    /** What the key of every alert begins with. */
    private static final List<String> KINDS = List.of("channel", "dead", "down", "gap", "paused", "proof", "refused",
            "silent");
    private static final String CHANNEL = "channel ";

    private final Supplier<List<Alert>> sources;
    private final AlertBook book;
    private final List<Channel> channels;
    private final AlertProperties properties;
    private final AlertWords words;
    private final Clock clock;
    private final ZoneId zone;

    Alerts(Supplier<List<Alert>> sources, AlertBook book, List<Channel> channels, AlertProperties properties,
            AlertWords words, Clock clock, ZoneId zone) {
        this.sources = sources;
        this.book = book;
        this.channels = channels;
        this.properties = properties;
        this.words = words;
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
        known.keySet().stream().filter(key -> !standing.containsKey(key) && !isOfAChannel(key))
                .forEach(key -> book.gone(key, now));
        if (!properties.isQuiet(now.atZone(zone).toLocalTime())) {
            tell(now);
        }
    }

    /** Of the only channel nobody hears that it fails, and once it does not, nobody needs to. */
    private boolean isForOthers(String key) {
        return channels.size() > 1 || !isOfAChannel(key);
    }

    private boolean isOfAChannel(String key) {
        return channels.stream().anyMatch(channel -> key.equals(CHANNEL + channel.name()));
    }

    private void tell(Instant now) {
        List<AlertBook.Row> rows = book.all();
        List<AlertBook.Row> raised = rows.stream().filter(row -> row.toldAt() == null && row.goneAt() == null
                && !row.raisedAt().plus(GATHERED).isAfter(now) && isForOthers(row.key())).toList();
        List<AlertBook.Row> over = rows.stream()
                .filter(row -> row.goneAt() != null && !row.goneAt().plus(OVER).isAfter(now)).toList();
        List<AlertBook.Row> overAndTold = over.stream().filter(row -> row.toldAt() != null).toList();
        if (!raised.isEmpty() && send(raised.get(0), lines(raised, ""))) {
            raised.forEach(row -> book.told(row.key(), now));
        }
        if (overAndTold.isEmpty() || send(overAndTold.get(0), lines(overAndTold, words.say("alert.over") + ": "))) {
            over.forEach(row -> book.forget(row.key()));
        }
    }

    private static String lines(List<AlertBook.Row> rows, String before) {
        return rows.stream().map(row -> before + row.text()).collect(Collectors.joining("\n\n"));
    }

    /** Whether somebody was reached. */
    private boolean send(AlertBook.Row first, String text) {
        String id = Long.toString(first.raisedAt().toEpochMilli(), Character.MAX_RADIX)
                + Integer.toString(text.hashCode() & Integer.MAX_VALUE, Character.MAX_RADIX);
        int reached = 0;
        for (Channel channel : channels) {
            if (send(channel, id, text).isEmpty()) {
                reached++;
            }
        }
        return reached > 0 || channels.isEmpty();
    }

    /** That a channel fails is an alert of its own, which the others tell; it is over when the channel takes something. */
    private Optional<String> send(Channel channel, String id, String text) {
        String key = CHANNEL + channel.name();
        try {
            channel.send(id, text);
            book.gone(key, clock.instant());
            return Optional.empty();
        } catch (RuntimeException failure) {
            String why = String.valueOf(failure.getMessage());
            LOG.error("an alert could not be told by {}: {}", channel.name(), why);
            Alert deaf = new Alert(key, words.say("alert.channel", channel.name(), why));
            if (book.all().stream().anyMatch(row -> row.key().equals(key))) {
                book.stands(deaf);
            } else {
                book.raise(deaf, clock.instant());
            }
            return Optional.of(why);
        }
    }

    @Override
    public List<Open> open() {
        return book.all().stream().filter(row -> row.goneAt() == null)
                .map(row -> new Open(row.text(), row.raisedAt(), row.toldAt() != null)).toList();
    }

    @Override
    public Map<String, Long> kinds() {
        Map<String, Long> kinds = new TreeMap<>();
        KINDS.forEach(kind -> kinds.put(kind, 0L));
        book.all().stream().filter(row -> row.goneAt() == null)
                .forEach(row -> kinds.merge(row.key().substring(0, Math.max(0, row.key().indexOf(' '))), 1L, Long::sum));
        return kinds;
    }

    @Override
    public List<String> channels() {
        return channels.stream().map(Channel::name).toList();
    }

    @Override
    public Optional<String> test(String name, String by) {
        Channel channel = channels.stream().filter(one -> one.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no channel is called " + name));
        return send(channel, "trial" + Long.toString(clock.millis(), Character.MAX_RADIX),
                words.say("alert.trial", by));
    }
}
