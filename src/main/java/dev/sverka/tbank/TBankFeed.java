package dev.sverka.tbank;

import dev.sverka.bank.BankOperation;
import dev.sverka.connector.Feed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A company's operations, each account from yesterday to now; every so often from a week ago and once a day from 45
 * days ago, because the bank adds and edits past ones (tbank.md section 6). What was told before falls by its version.
 */
final class TBankFeed implements Feed {

    private static final int WEEK = 7;
    private static final int LONG = 45;
    /** What the bank has (section 4). */
    private static final LocalDate FIRST_DAY = LocalDate.of(2023, 6, 1);

    private final TBankProperties properties;
    private final Function<String, TBankAccount> accounts;
    private final Clock clock;
    private final ZoneId zone;

    /** @param zone in which {@code sverka.sweep.bank} is meant */
    TBankFeed(TBankProperties properties, Function<String, TBankAccount> accounts, Clock clock, ZoneId zone) {
        this.properties = properties;
        this.accounts = accounts;
        this.clock = clock;
        this.zone = zone;
    }

    @Override
    public Duration every() {
        return properties.poll().bank();
    }

    /** The position: when it was last read to the present, read again, and swept. */
    @Override
    public Pages open(String account, Map<String, String> position) {
        Instant now = clock.instant();
        Map<String, String> after = new HashMap<>(position);
        after.put("read", now.toString());
        LocalDate from = LocalDate.ofInstant(now, TBankOperations.MOSCOW).minusDays(1);
        Instant read = instant(position, "read");
        if (read != null) {
            LocalDate lastRead = LocalDate.ofInstant(read, TBankOperations.MOSCOW).minusDays(1);
            from = lastRead.isBefore(from) ? lastRead : from;
        }
        if (isDue(instant(position, "reread"), now, properties.reread().bank())) {
            from = earlier(from, now, WEEK);
            after.put("reread", now.toString());
        }
        Instant swept = instant(position, "swept");
        if (read == null) {
            from = LocalDate.ofInstant(now, TBankOperations.MOSCOW).minus(properties.history().bank());
            after.put("swept", now.toString());
        } else if (swept == null || swept.isBefore(lastSweep(now))) {
            from = earlier(from, now, LONG);
            after.put("swept", now.toString());
        }
        from = from.isBefore(FIRST_DAY) ? FIRST_DAY : from;
        return new Window(accounts.apply(account), TBankOperations.startOf(from), now, position, after);
    }

    private static boolean isDue(@Nullable Instant last, Instant now, Duration every) {
        return last == null || !now.isBefore(last.plus(every));
    }

    private static LocalDate earlier(LocalDate from, Instant now, int days) {
        LocalDate back = LocalDate.ofInstant(now, TBankOperations.MOSCOW).minusDays(days);
        return back.isBefore(from) ? back : from;
    }

    /** The latest time of day at which a sweep was due. */
    private Instant lastSweep(Instant now) {
        LocalTime at = properties.sweep().bank();
        LocalDate today = LocalDate.ofInstant(now, zone);
        Instant due = today.atTime(at).atZone(zone).toInstant();
        return due.isAfter(now) ? today.minusDays(1).atTime(at).atZone(zone).toInstant() : due;
    }

    private static @Nullable Instant instant(Map<String, String> position, String key) {
        String value = position.get(key);
        return value == null ? null : Instant.parse(value);
    }

    /** All accounts of the company, one after another; the position moves only when all have been read. */
    private static final class Window implements Pages {

        private final TBankAccount account;
        private final Instant from;
        private final Instant to;
        private final Map<String, String> before;
        private final Map<String, String> after;
        private final Deque<String> left;
        private @Nullable String cursor;

        Window(TBankAccount account, Instant from, Instant to, Map<String, String> before,
                Map<String, String> after) {
            this.account = account;
            this.from = from;
            this.to = to;
            this.before = before;
            this.after = after;
            this.left = new ArrayDeque<>(account.bankAccounts());
        }

        @Override
        public @Nullable Page next() {
            if (left.isEmpty()) {
                return null;
            }
            String bankAccount = left.peek();
            TBankClient.Statement page = account.client().statement(bankAccount, from, to, cursor);
            List<News> news = new ArrayList<>();
            page.operations().stream()
                    .flatMap(raw -> TBankOperations.read(account.client().account(), bankAccount, raw).stream())
                    .sorted(Comparator.comparing(BankOperation::bookedOn))
                    .forEach(operation -> news.add(new News(operation.sourceId(), operation.version(), operation)));
            cursor = page.next();
            if (cursor == null) {
                left.remove();
            }
            return new Page(news, left.isEmpty() ? after : before, left.isEmpty());
        }
    }
}
