package dev.sverka.flows.calendar;

import dev.sverka.core.portal.Portal;
import dev.sverka.core.state.Declared;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The feeds: who reads which dates, by an address that is a secret. */
public class Calendars {

    private static final int TOKEN_BYTES = 32;
    private static final Duration NOTED = Duration.ofMinutes(1);
    private static final int LONGEST_YEARS = 10;
    private static final Period BACK = Period.ofMonths(3);
    private static final Period AHEAD = Period.ofMonths(12);
    private static final Pattern ALARM =
            Pattern.compile("P(\\d{1,2}W|\\d{1,3}D|(\\d{1,3}D)?T(\\d{1,3}H(\\d{1,2}M)?|\\d{1,4}M))");

    private final FeedStore feeds;
    private final CalendarBodies bodies;
    private final FeedPace<Long> pace;
    private final Strangers strangers;
    private final Declared<CalendarRules> rules;
    private final Declared<Portal> portal;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Calendars(FeedStore feeds, CalendarBodies bodies, Declared<CalendarRules> rules, Declared<Portal> portal,
            Clock clock) {
        this.feeds = feeds;
        this.bodies = bodies;
        this.pace = new FeedPace<>(clock, FeedPace.A_MINUTE);
        this.strangers = new Strangers(clock);
        this.rules = rules;
        this.portal = portal;
        this.clock = clock;
    }

    /**
     * A feed as somebody wants it; the rest has a default.
     *
     * @param person id on the portal
     * @param view {@code all}, {@code mine}, {@code deals}, {@code stages}, {@code proposals}, {@code payments},
     *     {@code documents} or {@code reports}
     * @param back months or days back, such as {@code P3M}
     * @param alarm reminds so long before each event, such as {@code P1D}
     * @param entities with {@code all} or {@code mine} only these kinds, named like the views, such as {@code payments}
     */
    public record Wanted(@Nullable Long person, @Nullable String view, @Nullable Boolean span,
            @Nullable String direction, @Nullable List<String> pipelines, @Nullable String back,
            @Nullable String ahead, @Nullable String alarm, @Nullable List<String> entities) {

        /** Of every kind that the view shows. */
        public Wanted(@Nullable Long person, @Nullable String view, @Nullable Boolean span,
                @Nullable String direction, @Nullable List<String> pipelines, @Nullable String back,
                @Nullable String ahead, @Nullable String alarm) {
            this(person, view, span, direction, pipelines, back, ahead, alarm, null);
        }
    }

    /** A feed was issued. @param token shown once and kept nowhere */
    public record Issued(long id, String token) {
    }

    /** A feed as people see it. @param name of the person; null while the portal has not told it */
    public record Listed(long id, long person, @Nullable String name, String view, boolean span,
            @Nullable String direction, List<String> pipelines, String back, String ahead, @Nullable String alarm,
            List<String> entities, Instant issuedAt, String issuedBy, @Nullable Instant fetchedAt, @Nullable String fetchedWith) {
    }

    /** Somebody who works there. */
    public record Person(long id, String name) {
    }

    /** What a good address gives. @param pause how long to wait where it asks too often; then there is no body */
    public record Opened(Duration pause, @Nullable CalendarBody body) {
    }

    /** No such feed can be; the message says why. */
    public static final class Invalid extends RuntimeException {
        Invalid(String message) {
            super(message);
        }
    }

    /** @throws Invalid where what is wanted makes no sense */
    public Issued issue(Wanted wanted, String by) {
        Long person = wanted.person();
        if (person == null || person < 1) {
            throw new Invalid("'person' must be the id of a user of the portal");
        }
        if (feeds.active(person).filter(active -> !active).isPresent()) {
            throw dismissed(person);
        }
        FeedFilter filter = filter(wanted, person);
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        feeds.add(Contents.hash(token), person, filter, by, clock.instant());
        return new Issued(feeds.byHash(Contents.hash(token)).orElseThrow(() -> dismissed(person)).id(), token);
    }

    private static Invalid dismissed(long person) {
        return new Invalid("person " + person + " is dismissed on the portal");
    }

    private FeedFilter filter(Wanted wanted, long person) {
        String view = wanted.view();
        Set<String> views = new TreeSet<>(FeedFilter.ENTITIES.keySet());
        views.addAll(List.of("all", "mine"));
        if (view == null || !views.contains(view)) {
            throw new Invalid("'view' must be one of " + String.join(", ", views));
        }
        String direction = wanted.direction();
        if (direction != null && !Set.of("in", "out").contains(direction)) {
            throw new Invalid("'direction' must be in or out, or left away for both");
        }
        String alarm = wanted.alarm();
        if (alarm != null && !ALARM.matcher(alarm).matches()) {
            throw new Invalid("'alarm' must be weeks, days or a time before the event, such as P1D or PT2H");
        }
        List<String> pipelines = wanted.pipelines() == null ? List.of() : List.copyOf(wanted.pipelines());
        if (!isReady()) {
            throw new Invalid("the daemon is still starting; try again in a moment");
        }
        Set<String> known = pipelines();
        pipelines.stream().filter(one -> !known.contains(one)).findFirst().ifPresent(stranger -> {
            throw new Invalid("no funnel is called '" + stranger + "'; 'pipelines' may name " + String.join(", ",
                    known));
        });
        return new FeedFilter(view, view.equals("mine") ? person : null, Boolean.TRUE.equals(wanted.span()), direction,
                pipelines, period("back", wanted.back(), BACK), period("ahead", wanted.ahead(), AHEAD), alarm,
                entities(wanted.entities(), view));
    }

    private static List<String> entities(@Nullable List<String> wanted, String view) {
        List<String> entities = wanted == null ? List.of() : wanted.stream().distinct().sorted().toList();
        Set<String> known = new TreeSet<>(FeedFilter.ENTITIES.keySet());
        if (!known.containsAll(entities)) {
            throw new Invalid("'entities' may name " + String.join(", ", known));
        }
        if (!entities.isEmpty() && FeedFilter.ENTITIES.containsKey(view)) {
            throw new Invalid("'entities' chooses among all or mine; the view '" + view + "' shows one kind already");
        }
        return entities;
    }

    /** As {@code payment.in} or {@code in}. */
    private Set<String> pipelines() {
        Set<String> known = new TreeSet<>();
        FeedFilter.ENTITIES.values().forEach(entity -> portal.get().entity(entity).ifPresent(declared ->
                declared.pipelines().keySet().forEach(pipeline -> {
                    known.add(pipeline);
                    known.add(entity + "." + pipeline);
                })));
        return known;
    }

    private static Period period(String name, @Nullable String wanted, Period otherwise) {
        if (wanted == null) {
            return otherwise;
        }
        try {
            Period period = Period.parse(wanted);
            if (!period.isNegative() && period.toTotalMonths() + period.getDays() / 30 <= LONGEST_YEARS * 12L) {
                return period;
            }
        } catch (DateTimeParseException unreadable) {
            // told below
        }
        throw new Invalid("'" + name + "' must be months or days up to " + LONGEST_YEARS + " years, such as P3M");
    }

    /** Everybody's live feeds; never a token. */
    public List<Listed> list() {
        return feeds.live().stream().map(feed -> {
            FeedFilter filter = feed.filter();
            return new Listed(feed.id(), feed.person(), feed.name(), filter.view(), filter.span(), filter.direction(),
                    filter.pipelines(), filter.back().toString(), filter.ahead().toString(), filter.alarm(),
                    filter.entities(), feed.issuedAt(), feed.issuedBy(), feed.fetchedAt(), feed.fetchedWith());
        }).toList();
    }

    /** Who may get a feed, as far as the portal has told. */
    public List<Person> people() {
        return feeds.people();
    }

    /** @return false where there is no such feed */
    public boolean revoke(long id) {
        return feeds.revoke(id, clock.instant());
    }

    /** Whether the mappings have been read since the start. */
    public boolean isReady() {
        return rules.isPresent() && portal.isPresent();
    }

    /**
     * The calendar behind an address. Found by the token's hash, so that how long it takes tells nothing of a token.
     *
     * @param program what the asking program calls itself
     * @param address whence it asks: who tries out unknown tokens has to wait
     * @return empty for an unknown or revoked token
     */
    public Optional<Opened> open(String token, String program, String address) {
        String hash = Contents.hash(token);
        Duration wait = strangers.pause(hash, address);
        if (!wait.isZero()) {
            return Optional.of(new Opened(wait, null));
        }
        Optional<FeedStore.Feed> found = feeds.byHash(hash);
        boolean equal = MessageDigest.isEqual(hash.getBytes(StandardCharsets.US_ASCII),
                found.map(FeedStore.Feed::hash).orElse(hash).getBytes(StandardCharsets.US_ASCII));
        if (found.isEmpty() || !equal) {
            strangers.missed(hash, address);
            return Optional.empty();
        }
        strangers.found(hash);
        FeedStore.Feed feed = found.get();
        Duration pause = pace.take(feed.id());
        if (!pause.isZero()) {
            return Optional.of(new Opened(pause, null));
        }
        note(feed, program);
        return Optional.of(new Opened(Duration.ZERO, bodies.of(feed.filter())));
    }

    /** Once a minute: a program that asks all the time costs no write each time. */
    private void note(FeedStore.Feed feed, String program) {
        Instant now = clock.instant();
        Instant last = feed.fetchedAt();
        if (last == null || now.isAfter(last.plus(NOTED)) || !program.equals(feed.fetchedWith())) {
            feeds.fetched(feed.id(), now, program);
        }
    }
}
