package dev.sverka.vendors.fintablo;

import dev.sverka.core.connector.Daily;
import dev.sverka.core.connector.Feed;
import dev.sverka.core.state.Links;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What changed in FinTablo, which tells nobody and keeps no times (fintablo.md section 5): windows are read and
 * compared with what was told of them. Operations: the days around today at every poll, the month before and a year of
 * plans now and then, all of the history and whatever lies beyond once a day. Deals and partners: the whole list.
 */
final class FinTabloFeed implements Feed {

    private static final Period NEAR = Period.ofDays(7);
    private static final Period LATELY = Period.ofDays(45);
    /** A year of plans; what lies beyond is read with the sweep. */
    private static final int PLANNED_MONTHS = 12;
    /** At most one request in so many may be a poll's. */
    private static final int SHARE = 10;

    private final FinTabloEntity entity;
    private final FinTabloProperties properties;
    private final Function<String, FinTabloAccount> accounts;
    private final Links links;
    private final Clock clock;
    private final Daily sweeps;

    /** @param zone in which {@code sverka.sweep.fintablo} is meant */
    FinTabloFeed(String entity, FinTabloProperties properties, Function<String, FinTabloAccount> accounts, Links links,
            Clock clock, ZoneId zone) {
        this.entity = FinTabloEntity.of(entity);
        this.properties = properties;
        this.accounts = accounts;
        this.links = links;
        this.clock = clock;
        this.sweeps = new Daily(properties.sweep().fintablo(), zone);
    }

    /** Never so often that polls alone would use up the account's requests. */
    @Override
    public Duration every() {
        int slowest = properties.fintablo().values().stream()
                .mapToInt(FinTabloProperties.Account::requestsPerMinute).min().orElse(1);
        Duration least = Duration.ofMinutes(1).multipliedBy(SHARE).dividedBy(slowest);
        Duration wanted = properties.poll().fintablo();
        return wanted.compareTo(least) < 0 ? least : wanted;
    }

    /** Facts and plans are asked for apart, and by months; at the beginning of one, the month before too. */
    @Override
    public double requests(String account) {
        return entity.name().equals(FinTabloEntity.TRANSACTION) ? 5 : 1;
    }

    /** The position: when it was {@code read} to the present, {@code reread} and {@code swept} last. */
    @Override
    public Pages open(String account, Map<String, String> position) {
        return new Walk(accounts.apply(account), position);
    }

    private static @Nullable Instant instant(Map<String, String> position, String key) {
        String value = position.get(key);
        return value == null ? null : Instant.parse(value);
    }

    private final class Walk implements Pages {

        private final Instant now = clock.instant();
        private final Map<String, String> before;
        private final Map<String, String> after;
        private final FinTabloComparison comparison;
        private final Deque<FinTabloWindow> windows;
        private final Deque<FinTabloComparison.Chunk> chunks = new ArrayDeque<>();
        private FinTabloComparison.@Nullable Chunk handedOut;

        Walk(FinTabloAccount account, Map<String, String> position) {
            this.before = position;
            this.after = new LinkedHashMap<>(position);
            this.comparison = new FinTabloComparison(account.client(), entity, links, now);
            this.windows = new ArrayDeque<>(due());
        }

        private List<FinTabloWindow> due() {
            Instant read = instant(before, "read");
            Instant reread = instant(before, "reread");
            Instant swept = instant(before, "swept");
            boolean sweeping = swept == null || swept.isBefore(sweeps.lastDue(now));
            boolean rereading = sweeping || reread == null
                    || !now.isBefore(reread.plus(properties.reread().fintablo()));
            after.put("read", now.toString());
            after.put("reread", rereading ? now.toString() : Objects.toString(reread));
            after.put("swept", sweeping ? now.toString() : Objects.toString(swept));
            if (!entity.name().equals(FinTabloEntity.TRANSACTION)) {
                return List.of(FinTabloWindow.WHOLE);
            }
            LocalDate today = LocalDate.ofInstant(now, FinTabloKind.MOSCOW);
            YearMonth present = YearMonth.from(today);
            Period back = sweeping ? properties.history().fintablo() : rereading ? LATELY : NEAR;
            LocalDate from = today.minus(back);
            if (read != null) {
                LocalDate last = LocalDate.ofInstant(read, FinTabloKind.MOSCOW).minusDays(1);
                from = last.isBefore(from) ? last : from;
            }
            return FinTabloWindow.of(YearMonth.from(from), present,
                    present.plusMonths(rereading ? PLANNED_MONTHS : 1), sweeping);
        }

        @Override
        public @Nullable Page next() {
            if (chunks.isEmpty() && windows.isEmpty()) {
                return null;
            }
            if (chunks.isEmpty()) {
                chunks.addAll(comparison.read(windows.remove()));
            }
            FinTabloComparison.Chunk chunk = chunks.remove();
            handedOut = chunk;
            boolean last = chunks.isEmpty() && windows.isEmpty();
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
