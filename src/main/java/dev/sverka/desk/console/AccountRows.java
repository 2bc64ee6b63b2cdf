package dev.sverka.desk.console;

import dev.sverka.core.connector.Polls;
import dev.sverka.core.http.Usage;
import dev.sverka.core.journal.AccountState;
import dev.sverka.core.state.Cursors;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Each account with its feeds, and with what is used of its vendor's limits. */
@Component
class AccountRows {

    /** As long as any feed may be silent, whatever its rhythm. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final Cursors cursors;
    private final Polls polls;
    private final ObjectProvider<Usage> usage;
    private final BusinessTime time;
    private final Clock clock;

    AccountRows(Cursors cursors, Polls polls, ObjectProvider<Usage> usage, BusinessTime time, Clock clock) {
        this.cursors = cursors;
        this.polls = polls;
        this.usage = usage;
        this.time = time;
        this.clock = clock;
    }

    record Row(String name, String state, @Nullable String since, @Nullable String lastSuccess, @Nullable String until,
            @Nullable String message, @Nullable String turnOn, List<Feed> feeds, List<Usage.Used> limits) {
    }

    /**
     * One feed.
     *
     * @param every from one poll to the next; null where it is not read by polls here
     * @param last when it was read up to the present; null where that never was
     * @param silent whether that is longer ago than twice the rhythm and than a quarter of an hour
     */
    record Feed(String name, @Nullable Duration every, @Nullable String last, boolean silent) {
    }

    List<Row> of(List<AccountState> accounts) {
        Map<String, Instant> present = cursors.presentAt();
        List<Usage.Used> used = new ArrayList<>();
        usage.orderedStream().forEach(one -> used.addAll(one.used()));
        return accounts.stream().map(account -> new Row(account.name(), account.state(), time.shown(account.since()),
                time.shown(account.lastSuccess()), time.shown(account.until()), account.message(),
                account.state().equals("off") ? HomeFigures.turnsOn(account.name()) : null,
                feeds(account, present), used.stream().filter(one -> one.account().equals(account.name()))
                        .sorted(Comparator.comparing(one -> one.method() == null ? 0 : 1)).toList())).toList();
    }

    private List<Feed> feeds(AccountState account, Map<String, Instant> present) {
        Map<String, Duration> lengths = polls.lengths(account.name());
        TreeSet<String> names = new TreeSet<>(lengths.keySet());
        String before = account.name() + "/";
        present.keySet().stream().filter(feed -> feed.startsWith(before))
                .forEach(feed -> names.add(feed.substring(before.length())));
        return names.stream().map(name -> {
            Duration every = lengths.get(name);
            Instant last = present.get(before + name);
            return new Feed(name, every, time.shown(last), every != null && last != null && isSilent(every, last));
        }).toList();
    }

    private boolean isSilent(Duration every, Instant last) {
        Duration twice = every.multipliedBy(2);
        return last.plus(twice.compareTo(PATIENCE) > 0 ? twice : PATIENCE).isBefore(clock.instant());
    }
}
