package dev.sverka.vendors.tbank;

import dev.sverka.core.connector.Feed.News;
import dev.sverka.core.connector.Feed.Page;
import dev.sverka.core.connector.Feed.Pages;
import dev.sverka.core.connector.Fingerprint;
import dev.sverka.core.http.VendorException;
import dev.sverka.records.bank.StatementWindow;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All bank accounts of one token, one after another. Each moves its own position, so that one the bank does not answer
 * for holds up no other.
 */
final class TBankWindow implements Pages {

    private static final Logger LOG = LoggerFactory.getLogger(TBankWindow.class);

    private final TBankFeed feed;
    private final TBankAccount account;
    private final Clock clock;
    private final Map<String, String> position;
    private final Set<String> listed;
    private final Deque<String> left;
    private TBankFeed.@Nullable Due due;
    private @Nullable TBankReading reading;
    private @Nullable TBankReading contradicted;
    private final Deque<LocalDate> days = new ArrayDeque<>();
    private final Map<LocalDate, BigDecimal> asked = new TreeMap<>();
    private @Nullable VendorException failure;
    private boolean told;

    TBankWindow(TBankFeed feed, TBankAccount account, Clock clock, Map<String, String> position) {
        this.feed = feed;
        this.account = account;
        this.clock = clock;
        this.position = new LinkedHashMap<>(position);
        Set<String> all = new LinkedHashSet<>(account.bankAccounts());
        this.listed = new LinkedHashSet<>(all);
        if (account.isFiltered()) {
            leave(all);
        }
        if (!account.isFiltered()) {
            all.addAll(position.keySet());
        }
        all.removeIf(bankAccount -> !bankAccount.matches("\\d{20}")
                || !feed.isWorthTrying(TBankProgress.of(position, bankAccount)));
        this.left = new ArrayDeque<>(all);
    }

    /** The configured ones are held against the token's list once a day, with the long re-read. */
    private void leave(Set<String> configured) {
        boolean asks = configured.stream().anyMatch(one -> feed.isSweeping(TBankProgress.of(position, one)));
        if (asks) {
            listed.retainAll(account.listed());
        } else {
            listed.removeIf(one -> TBankProgress.of(position, one).trouble().equals(TBankProgress.GONE));
        }
    }

    /** How many have yet to be read. */
    int bankAccounts() {
        return left.size();
    }

    @Override
    public @Nullable Page next() {
        while (!left.isEmpty()) {
            String bankAccount = left.getFirst();
            try {
                return read(bankAccount);
            } catch (VendorException refused) {
                List<News> news = skip(bankAccount, refused);
                if (!news.isEmpty()) {
                    return page(news);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
        return told ? null : page(List.of());
    }

    private Page page(List<News> news) {
        told = left.isEmpty() && failure == null;
        return new Page(news, Map.copyOf(position), told);
    }

    private Page read(String bankAccount) {
        if (reading != null && !days.isEmpty()) {
            return ask(bankAccount, reading);
        }
        List<News> news = new ArrayList<>();
        if (reading == null) {
            due = feed.due(TBankProgress.of(position, bankAccount));
            if (!listed.contains(bankAccount) && !due.after().trouble().equals(TBankProgress.GONE)) {
                news.add(trouble(bankAccount));
            }
            reading = new TBankReading(account.client(), bankAccount, due.from(),
                    clock.instant().truncatedTo(ChronoUnit.MILLIS));
        }
        news.addAll(reading.next());
        if (reading.isAtEnd() && reading.isInDoubt() && contradicted == null) {
            contradicted = reading;
            reading = null;
        } else if (reading.isAtEnd()) {
            TBankProgress after = told(reading.window(contradicted).orElse(null), due.after(), news);
            if (reading.isContradicted()) {
                String words = reading.contradiction();
                news.add(new News(bankAccount + "-balances", Fingerprint.of(words),
                        Map.of("bankAccount", bankAccount, "from", due.from().toString(), "balances", words)));
                days.addAll(reading.wholeDays());
            } else {
                reading.balances(Map.of()).ifPresent(news::add);
                BigDecimal start = reading.start();
                after = start == null ? after : after.starting(due.from(), start);
            }
            position.put(bankAccount, after.troubled(listed.contains(bankAccount) ? TBankProgress.NONE
                    : TBankProgress.GONE, after.reread()).toString());
            if (days.isEmpty()) {
                nextAccount();
            }
        }
        return page(news);
    }

    /** Where operations and balances disagree, each day's own balances say which day it is. */
    private Page ask(String bankAccount, TBankReading contradictory) {
        LocalDate day = days.getFirst();
        TBankClient.Statement page = account.client().statement(bankAccount, TBankOperations.startOf(day),
                TBankOperations.startOf(day.plusDays(1)).minusSeconds(1), null);
        if (page.balances() != null) {
            asked.put(day, page.balances().begin());
            asked.put(day.plusDays(1), page.balances().end());
        }
        days.removeFirst();
        List<News> news = new ArrayList<>();
        if (days.isEmpty()) {
            contradictory.balances(asked).ifPresent(news::add);
            nextAccount();
        }
        return page(news);
    }

    private void nextAccount() {
        left.removeFirst();
        reading = null;
        contradicted = null;
        days.clear();
        asked.clear();
    }

    /** Tells what the days held, unless that is what was told of them last. */
    private static TBankProgress told(@Nullable StatementWindow window, TBankProgress after, List<News> news) {
        if (window == null) {
            return after;
        }
        long days = ChronoUnit.DAYS.between(window.fromDate(), window.toDateExclusive());
        String hash = TBankReading.hash(window);
        if (after.told(days).equals(hash)) {
            return after;
        }
        window.split().forEach(part -> news.add(
                new News(window.bankAccount() + "-" + hash + "-" + part.part(), null, part)));
        return after.telling(days, hash);
    }

    /**
     * What a failure means for the account and for those after it.
     *
     * @return what a person should hear, once
     * @throws VendorException where the whole token is meant
     */
    private List<News> skip(String bankAccount, VendorException cause) {
        boolean refused = cause instanceof VendorException.Refused
                || cause instanceof VendorException.AuthLost && cause.status() == 403 && isForeign(bankAccount);
        boolean failed = cause instanceof VendorException.Transient outage && outage.until() == null
                && cause.status() != 0 && cause.status() != 429;
        if (!refused && !failed) {
            throw cause;
        }
        LOG.warn("{}: {} is left out this time: {}", account.client().account(), bankAccount, cause.getMessage());
        TBankProgress before = TBankProgress.of(position, bankAccount);
        nextAccount();
        if (failed) {
            failure = failure == null ? cause : failure;
            return List.of();
        }
        String word = listed.contains(bankAccount) ? Integer.toString(cause.status()) : TBankProgress.GONE;
        position.put(bankAccount, before.troubled(word, clock.instant().truncatedTo(ChronoUnit.SECONDS)).toString());
        return before.trouble().equals(word) ? List.of() : List.of(trouble(bankAccount));
    }

    /** The bank says 403 for a lost right to one account and for a lost right to all (section 11, row 13). */
    private boolean isForeign(String bankAccount) {
        return !account.client().bankAccounts().contains(bankAccount);
    }

    private News trouble(String bankAccount) {
        return new News(bankAccount, null, Map.of("bankAccount", bankAccount));
    }
}
