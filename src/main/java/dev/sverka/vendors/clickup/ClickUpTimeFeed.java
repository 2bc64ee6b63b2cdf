package dev.sverka.vendors.clickup;

import dev.sverka.core.connector.Feed;
import dev.sverka.core.state.Links;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What changed in people's time. ClickUp tells neither changes nor deletions (clickup.md section 11.1): months are read
 * whole and compared with what was told of them. These days at every poll, 45 days now and then, all that was ever told
 * once a day: a correction of an old entry is found too.
 */
final class ClickUpTimeFeed implements Feed {

    private static final Duration NEAR = Duration.ofDays(7);
    private static final Duration LATELY = Duration.ofDays(45);
    private static final Duration AHEAD = Duration.ofDays(1);

    private final Function<String, ClickUpAccount> accounts;
    private final ClickUpRhythm rhythm;
    private final ClickUpWatch watch;
    private final Links links;
    private final Clock clock;
    private final ZoneId zone;

    /** @param zone in which a new installation's history begins */
    ClickUpTimeFeed(Function<String, ClickUpAccount> accounts, ClickUpRhythm rhythm, ClickUpWatch watch, Links links,
            Clock clock, ZoneId zone) {
        this.accounts = accounts;
        this.rhythm = rhythm;
        this.watch = watch;
        this.links = links;
        this.clock = clock;
        this.zone = zone;
    }

    @Override
    public Duration every() {
        return rhythm.poll();
    }

    /** At the turn of a month both are asked for. */
    @Override
    public double requests(String account) {
        return 2;
    }

    /** The position: {@code began} the first moment of all; when it was {@code read}, {@code reread}, {@code swept}. */
    @Override
    public Pages open(String account, Map<String, String> position) {
        return new Walk(account, position);
    }

    private final class Walk implements Pages {

        private final Instant now = clock.instant();
        private final Map<String, String> before;
        private final Map<String, String> after;
        private final ClickUpTimeComparison comparison;
        private final Deque<YearMonth> months = new ArrayDeque<>();
        private final Deque<ClickUpTimeComparison.Chunk> chunks = new ArrayDeque<>();
        private ClickUpTimeComparison.@Nullable Chunk handedOut;

        Walk(String account, Map<String, String> position) {
            this.before = position;
            this.after = new LinkedHashMap<>(position);
            Instant began = ClickUpRhythm.instant(position, "began");
            Instant from = began == null ? rhythm.beginning(now).atZone(zone).toLocalDate().atStartOfDay(zone)
                    .toInstant() : began;
            after.put("began", from.toString());
            boolean thorough = due(account, from);
            this.comparison = new ClickUpTimeComparison(accounts.apply(account), links, from, now, thorough);
        }

        /** @return whether more than these days is read */
        private boolean due(String account, Instant began) {
            Instant read = ClickUpRhythm.instant(before, "read");
            Instant mended = watch.look(account).map(ClickUpWatch.Mended::at).orElse(null);
            boolean sweeping = rhythm.isSweepDue(ClickUpRhythm.instant(before, "swept"), now);
            boolean rereading = sweeping || rhythm.isRereadDue(ClickUpRhythm.instant(before, "reread"), now)
                    || mended != null && read != null && mended.isAfter(read);
            after.put("read", now.toString());
            if (rereading) {
                after.put("reread", now.toString());
            }
            if (sweeping) {
                after.put("swept", now.toString());
            }
            Instant from = sweeping ? began : now.minus(rereading ? LATELY : NEAR);
            if (read != null && read.minus(AHEAD).isBefore(from)) {
                from = read.minus(AHEAD);
            }
            from = from.isBefore(began) ? began : from;
            YearMonth last = month(now.plus(AHEAD)).plusMonths(sweeping ? 1 : 0);
            for (YearMonth month = month(from); !month.isAfter(last); month = month.plusMonths(1)) {
                months.add(month);
            }
            return rereading;
        }

        private static YearMonth month(Instant moment) {
            return YearMonth.from(moment.atOffset(ZoneOffset.UTC));
        }

        @Override
        public @Nullable Page next() {
            if (chunks.isEmpty() && months.isEmpty()) {
                return null;
            }
            if (chunks.isEmpty()) {
                chunks.addAll(comparison.read(months.remove()));
            }
            ClickUpTimeComparison.Chunk chunk = chunks.remove();
            handedOut = chunk;
            boolean last = chunks.isEmpty() && months.isEmpty();
            return new Page(chunk.news(), last ? after : before, last);
        }

        /** Remembered together with the news, or a crash in between would hide a change for ever. */
        @Override
        public void stored(Page page) {
            if (handedOut != null) {
                comparison.stored(handedOut);
            }
        }
    }
}
