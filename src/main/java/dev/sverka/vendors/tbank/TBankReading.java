package dev.sverka.vendors.tbank;

import dev.sverka.core.connector.Feed.News;
import dev.sverka.core.connector.Fingerprint;
import dev.sverka.core.http.VendorException;
import dev.sverka.records.bank.BankOperation;
import dev.sverka.records.bank.StatementBalances;
import dev.sverka.records.bank.StatementWindow.Seen;
import dev.sverka.records.bank.StatementWindow;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** One bank account's statement from the start of a day to now, page after page. */
final class TBankReading {

    private static final Logger LOG = LoggerFactory.getLogger(TBankReading.class);

    private final TBankClient client;
    private final String bankAccount;
    private final LocalDate from;
    private final Instant readAt;
    private final Map<String, BankOperation> operations = new TreeMap<>();
    private final Set<String> cursors = new HashSet<>();
    private Instant partFrom;
    private Instant partTo;
    private @Nullable String cursor;
    private TBankClient.@Nullable Balances balances;
    private boolean ended = true;
    private boolean unreadable;

    /** @param readAt now */
    TBankReading(TBankClient client, String bankAccount, LocalDate from, Instant readAt) {
        this.client = client;
        this.bankAccount = bankAccount;
        this.from = from;
        this.readAt = readAt;
        this.partFrom = TBankOperations.startOf(from);
        this.partTo = readAt;
    }

    /** Reads the next page. @return its posted operations, oldest day first, and its rows that cannot be read */
    List<News> next() {
        TBankClient.Statement page = page();
        List<News> news = new ArrayList<>();
        List<BankOperation> posted = new ArrayList<>();
        for (JsonNode raw : page.operations()) {
            try {
                TBankOperations.read(client.account(), bankAccount, raw, readAt).ifPresent(posted::add);
            } catch (IllegalArgumentException faulty) {
                LocalDate day = TBankOperations.dayOf(raw.path("operationDate").asString(""));
                unreadable |= day == null || day.isBefore(today());
                news.add(TBankRows.news(bankAccount, raw));
            }
        }
        posted.sort(Comparator.comparing(BankOperation::bookedOn));
        for (BankOperation operation : told(posted)) {
            news.add(new News(operation.sourceId(), operation.version(), operation));
        }
        cursor = page.next() != null && cursors.add(page.next()) ? page.next() : null;
        if (cursor == null) {
            ended &= page.ended();
            partFrom = partTo;
            partTo = readAt;
        }
        return news;
    }

    /**
     * Two movements may come under one id: then each goes by the id and its content, in whatever order they come. An id
     * that is none (section 6: they are aliases, never keys) says nothing of any movement.
     */
    private List<BankOperation> told(List<BankOperation> posted) {
        Map<String, Integer> alike = new HashMap<>();
        List<BankOperation> named = new ArrayList<>();
        for (BankOperation one : posted) {
            if (TBankOperations.isNoId(one.sourceId())) {
                int place = alike.merge(one.fingerprint() + one.bookedOn(), 1, Integer::sum);
                named.add(apart(one, Fingerprint.ofParts(one.fingerprint(), one.bookedOn(), place)));
            } else {
                List<BankOperation> others = others(one, posted);
                named.add(others.isEmpty() ? one : apart(one, others.stream()
                        .noneMatch(other -> other.fingerprint().equals(one.fingerprint())) ? one.fingerprint()
                                : Fingerprint.ofParts(one.fingerprint(), one.bookedOn())));
            }
        }
        return named.stream().filter(one -> {
            BankOperation before = operations.put(one.sourceId(), one);
            return before == null || !before.version().equals(one.version());
        }).toList();
    }

    /** Other movements of this reading under the same id. */
    private List<BankOperation> others(BankOperation one, List<BankOperation> posted) {
        BankOperation before = operations.get(one.sourceId());
        return Stream.concat(posted.stream(), Stream.ofNullable(before)).filter(other -> isAnother(one, other)).toList();
    }

    private static BankOperation apart(BankOperation one, String content) {
        return one.withSourceId(BankOperation.apart(one.sourceId(), content));
    }

    private static boolean isAnother(BankOperation one, BankOperation other) {
        return one.sourceId().equals(other.sourceId()) && !(one.fingerprint().equals(other.fingerprint())
                && one.bookedOn().equals(other.bookedOn()));
    }

    /** Too many operations for one answer: the period is halved once (section 8). */
    private TBankClient.Statement page() {
        TBankClient.Statement page;
        try {
            page = client.statement(bankAccount, partFrom, partTo, cursor);
        } catch (VendorException.Refused refused) {
            if (!refused.code().equals("TOO_MANY_OPERATIONS") || cursor != null || partTo.isBefore(readAt)) {
                throw refused;
            }
            partTo = partFrom.plus(Duration.between(partFrom, partTo).dividedBy(2)).truncatedTo(ChronoUnit.SECONDS);
            page = client.statement(bankAccount, partFrom, partTo, null);
        }
        if (page.balances() != null) {
            balances = balances == null ? page.balances()
                    : new TBankClient.Balances(balances.begin(), page.balances().end());
        }
        return page;
    }

    /** Whether there is no further page. */
    boolean isAtEnd() {
        return cursor == null && partFrom.equals(readAt);
    }

    /** Whether the bank's own balances say that operations are missing, or came in between the pages. */
    boolean isContradicted() {
        return balances != null && balances.begin().add(sum()).compareTo(balances.end()) != 0;
    }

    /** What the account held as the first day began; null where the bank does not say. */
    @Nullable BigDecimal start() {
        return balances == null ? null : balances.begin();
    }

    private BigDecimal sum() {
        return sum(one -> true);
    }

    private BigDecimal sum(Predicate<BankOperation> which) {
        return operations.values().stream().filter(which).map(operation -> BigDecimal.valueOf(
                operation.direction() == BankOperation.Direction.INCOMING ? operation.amount()
                        : -operation.amount(), 2))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Whether it has to be read once more before it proves anything. */
    boolean isInDoubt() {
        return isContradicted() || balances == null;
    }

    /**
     * What whole days held, once the last page has been read.
     *
     * @param before an earlier reading of the same days that was in doubt; null where there was none
     * @return empty where the reading is not proven whole: nothing may be called withdrawn then
     */
    Optional<StatementWindow> window(@Nullable TBankReading before) {
        boolean whole = balances != null ? !isContradicted() : ended && !operations.isEmpty() && before != null
                && before.operations.keySet().equals(operations.keySet());
        LocalDate today = today();
        if (!whole) {
            LOG.warn("{}: the statement of {} from {} is not proven whole; nothing is called withdrawn until it is",
                    client.account(), bankAccount, from);
        }
        if (unreadable || !whole || !from.isBefore(today)) {
            return Optional.empty();
        }
        List<Seen> seen = operations.values().stream().filter(one -> one.bookedOn().isBefore(today))
                .map(one -> new Seen(one.sourceId(), one.fingerprint())).toList();
        String id = Fingerprint.of(List.of(client.account(), bankAccount, from, today, readAt)).substring(0, 24);
        return Optional.of(new StatementWindow(id, client.account(), bankAccount, from, today, readAt, seen));
    }

    /** Days that are over, oldest first. */
    List<LocalDate> wholeDays() {
        return from.datesUntil(today()).toList();
    }

    /**
     * What the account held as the days of the reading began: the first as the bank states it, and the rest where the
     * operations and the balance at the end agree.
     *
     * @param asked what the bank stated of days one by one, where they do not agree; overrides what is worked out
     * @return empty where the bank states nothing
     */
    Optional<News> balances(Map<LocalDate, BigDecimal> asked) {
        Map<LocalDate, BigDecimal> starts = new TreeMap<>();
        if (balances != null) {
            starts.put(from, balances.begin());
            for (LocalDate day = from; !isContradicted() && day.isBefore(today()); day = day.plusDays(1)) {
                LocalDate here = day;
                starts.put(day.plusDays(1), starts.get(day).add(sum(one -> one.bookedOn().equals(here))));
            }
        }
        starts.putAll(asked);
        if (starts.isEmpty()) {
            return Optional.empty();
        }
        StatementBalances told = new StatementBalances(client.account(), bankAccount, readAt, starts.entrySet().stream()
                .map(one -> new StatementBalances.Start(one.getKey(), one.getValue().movePointRight(2)
                        .setScale(0, RoundingMode.HALF_UP).longValueExact())).toList());
        // whatever changes in these days makes it news: then it is known to be no older than that change
        List<String> rows = operations.values().stream().filter(one -> one.bookedOn().isBefore(today()))
                .map(one -> one.sourceId() + one.version()).toList();
        return Optional.of(new News(bankAccount + "-balances-" + ChronoUnit.DAYS.between(from, today()),
                Fingerprint.of(List.of(told.starts(), rows)), told));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(readAt, TBankOperations.MOSCOW);
    }

    /** What the bank's balances and its operations say differently, for a person. */
    String contradiction() {
        return "the bank's balances of " + bankAccount + " from " + from + " to " + today() + " say "
                + balances.begin().toPlainString() + " at the start and " + balances.end().toPlainString()
                + " at the end, but its operations between them make " + sum().toPlainString();
    }

    /** Equal for windows that say the same. */
    static String hash(StatementWindow window) {
        return Fingerprint.of(List.of(window.fromDate(), window.toDateExclusive(), window.seen())).substring(0, 16);
    }
}
