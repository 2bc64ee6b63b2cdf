package dev.sverka.vendors.tochka;

import dev.sverka.core.connector.Feed.News;
import dev.sverka.core.connector.Feed.Page;
import dev.sverka.core.connector.Feed.Pages;
import dev.sverka.core.http.VendorException;
import dev.sverka.records.bank.StatementWindow;
import dev.sverka.vendors.tochka.TochkaJob.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All bank accounts of one key. First each account's statement is ordered, then they are asked for in turn. Every step
 * is a page of its own, mostly an empty one, so that the position, in which statements under way stand, is saved after
 * it; and an account the bank does not answer for holds up no other.
 */
final class TochkaPages implements Pages {

    private static final Logger LOG = LoggerFactory.getLogger(TochkaPages.class);
    /** So much news goes into one transaction. */
    private static final int LARGEST = 500;
    /** A statement that contradicts itself is ordered so often in one go. */
    private static final int TRIES = 3;

    private final TochkaFeed feed;
    private final TochkaAccount account;
    private final Clock clock;
    private final TochkaOrders orders;
    private final Map<String, String> position;
    private final Map<String, String> listed;
    private final Deque<String> toOrder;
    private final Deque<String> toAsk = new ArrayDeque<>();
    private final Set<String> waiting = new LinkedHashSet<>();
    private final Set<String> fresh = new HashSet<>();
    private final Deque<News> batch = new ArrayDeque<>();
    private final Map<String, VendorException> forbidden = new LinkedHashMap<>();
    private Duration step = Duration.ZERO;
    private Duration waited = Duration.ZERO;
    private @Nullable Runnable afterBatch;
    private @Nullable VendorException failure;
    private boolean answered;
    private boolean left;
    private boolean ended;

    TochkaPages(TochkaFeed feed, TochkaAccount account, Clock clock, Map<String, String> position) {
        this.feed = feed;
        this.account = account;
        this.clock = clock;
        this.orders = new TochkaOrders(account.client(), clock);
        this.position = new LinkedHashMap<>(position);
        this.listed = account.listed();
        Set<String> all = account.wanted(listed);
        if (!account.isFiltered()) {
            all.addAll(position.keySet());
        }
        all.removeIf(bankAccount -> !bankAccount.matches("\\d{20}") || !feed.isWorthTrying(progress(bankAccount)));
        this.toOrder = new ArrayDeque<>(all);
    }

    private TochkaProgress progress(String bankAccount) {
        return TochkaProgress.of(position, bankAccount);
    }

    /** How many have yet to be read. */
    int bankAccounts() {
        return toOrder.size();
    }

    @Override
    public @Nullable Page next() {
        if (ended) {
            return null;
        }
        if (afterBatch != null) {
            return part();
        }
        while (!toOrder.isEmpty() || !toAsk.isEmpty()) {
            String bankAccount = toOrder.isEmpty() ? toAsk.removeFirst() : toOrder.getFirst();
            Page page;
            try {
                page = toOrder.isEmpty() ? ask(bankAccount) : order(bankAccount);
            } catch (VendorException cause) {
                page = failed(bankAccount, cause);
            }
            if (page != null) {
                return page;
            }
        }
        return waiting.isEmpty() || waited.compareTo(TochkaPause.PATIENCE) >= 0 ? end() : rest();
    }

    private Page page(List<News> news) {
        Map<String, TochkaJob> periods = new HashMap<>();
        position.keySet().forEach(bankAccount -> {
            TochkaJob job = progress(bankAccount).job();
            if (job != null) {
                periods.put(job.period(bankAccount), job);
            }
        });
        account.fed(periods);
        return new Page(news, Map.copyOf(position), ended && waiting.isEmpty() && !left);
    }

    /** An intention is saved first, then it is ordered, then its id is saved. */
    private @Nullable Page order(String bankAccount) {
        TochkaProgress before = progress(bankAccount);
        TochkaJob job = before.job();
        if (job == null) {
            boolean leaves = !listed.containsKey(bankAccount) && !before.trouble().equals(TochkaProgress.GONE);
            intendDue(bankAccount, before);
            return page(leaves ? List.of(trouble(bankAccount)) : List.of());
        }
        toOrder.remove(bankAccount);
        if (job.id() != null) {
            waiting.add(bankAccount);
            toAsk.add(bankAccount);
            return null;
        }
        Optional<TochkaJob> ordered = orders.order(account.id(listed, bankAccount), job, !fresh.remove(bankAccount));
        answered = true;
        if (ordered.isEmpty()) {
            left = true;
            return null;
        }
        position.put(bankAccount, before.with(ordered.get()).toString());
        waiting.add(bankAccount);
        toAsk.add(bankAccount);
        return page(List.of());
    }

    /** A statement that a hint has ordered of these very days is taken over; one it tried to order is looked for. */
    private void intendDue(String bankAccount, TochkaProgress before) {
        TochkaJob due = feed.due(before);
        TochkaJob hinted = account.hinted().remove(due.period(bankAccount));
        String id = hinted == null ? null : hinted.id();
        intend(bankAccount, before, hinted == null || id == null ? due : due.ordered(hinted.since(), id));
        if (hinted != null) {
            fresh.remove(bankAccount);
        }
    }

    private void intend(String bankAccount, TochkaProgress before, TochkaJob job) {
        position.put(bankAccount, before.with(job).toString());
        waiting.remove(bankAccount);
        fresh.add(bankAccount);
        if (!toOrder.contains(bankAccount)) {
            toOrder.add(bankAccount);
        }
    }

    private @Nullable Page ask(String bankAccount) {
        TochkaProgress before = progress(bankAccount);
        TochkaJob job = Objects.requireNonNull(before.job());
        TochkaClient.Statement statement;
        try {
            statement = account.client().statement(account.id(listed, bankAccount), String.valueOf(job.id()));
        } catch (VendorException.Refused refused) {
            boolean expired = refused.status() == 404 || refused.status() == 410;
            if (!expired || job.again() > 0) {
                throw refused;
            }
            LOG.warn("{}: a statement of {} is no longer kept, it is ordered anew", client(), bankAccount);
            intend(bankAccount, before, job.anew(now(), job.doubt()));
            return page(List.of());
        }
        answered = true;
        return switch (statement.status()) {
            case "Ready" -> ready(bankAccount, before, job, statement);
            case "Error" -> unmade(bankAccount, before, job, statement.status());
            default -> orders.isOverdue(job) ? unmade(bankAccount, before, job, statement.status()) : null;
        };
    }

    /** The bank could not make it: half of the days, or a last try of one day (section 12, row 2). */
    private Page unmade(String bankAccount, TochkaProgress before, TochkaJob job, String status) {
        if (job.days() == 1 && job.again() > 0) {
            throw new VendorException.Refused(client(), 200, status, client() + ": the bank cannot make a statement of "
                    + bankAccount + " for " + job.from() + " (" + status + "); ask the bank");
        }
        LOG.warn("{}: the bank did not make a statement of {} from {} to {} ({}), fewer days are asked for", client(),
                bankAccount, job.from(), job.to(), status);
        intend(bankAccount, before, job.days() == 1 ? job.anew(now(), job.doubt()) : job.halved(now()));
        return page(List.of());
    }

    /**
     * The newest days, and those of the first reading, where rows and balances do not agree, are asked for in halves
     * until the faulty one is alone.
     */
    private Page ready(String bankAccount, TochkaProgress before, TochkaJob job, TochkaClient.Statement statement) {
        TochkaReading reading = new TochkaReading(client(), bankAccount, job, statement);
        if (reading.isContradicted()) {
            LOG.warn("{}: the rows of a statement of {} from {} to {} do not fit its balances; nothing is called"
                    + " withdrawn until they do", client(), bankAccount, job.from(), job.to());
            if (!reading.content().equals(job.doubt())) {
                return doubted(bankAccount, before, job, reading.content());
            }
            if (job.days() > 1 && (job.kind() == Kind.DAY || before.read() == null && account.mayNarrow(bankAccount))
                    && account.narrows(job.period(bankAccount), reading.content())) {
                intend(bankAccount, before, job.halved(now()));
                return page(List.of());
            }
        }
        waiting.remove(bankAccount);
        batch.addAll(reading.news());
        TochkaProgress told = told(reading.window().orElse(null), job.kind(), before);
        reading.balances().ifPresent(batch::add);
        afterBatch = () -> {
            String trouble = listed.containsKey(bankAccount) ? TochkaProgress.NONE : TochkaProgress.GONE;
            if (job.isLast()) {
                TochkaProgress done = told.done(job);
                position.put(bankAccount, done.troubled(trouble, done.reread()).toString());
            } else {
                boolean found = job.days() == 1 && reading.isContradicted();
                intend(bankAccount, told.troubled(trouble, told.reread()), found ? job.widened(now()) : job.next(now()));
            }
        };
        return part();
    }

    /** A statement that contradicts itself counts at the second time it says the same. */
    private Page doubted(String bankAccount, TochkaProgress before, TochkaJob job, String content) {
        if (job.again() < TRIES) {
            intend(bankAccount, before, job.anew(now(), content));
        } else {
            waiting.remove(bankAccount);
            left = true;
            position.put(bankAccount, before.with(null).toString());
        }
        return page(List.of());
    }

    /** The position moves with the last part only. */
    private Page part() {
        List<News> part = new ArrayList<>();
        while (!batch.isEmpty() && part.size() < LARGEST) {
            part.add(batch.removeFirst());
        }
        if (batch.isEmpty() && afterBatch != null) {
            afterBatch.run();
            afterBatch = null;
        }
        return page(part);
    }

    /** Tells what the days held, unless that is what was told of them last. */
    private TochkaProgress told(@Nullable StatementWindow window, Kind kind, TochkaProgress before) {
        if (window == null) {
            return before;
        }
        String hash = TochkaReading.hash(window);
        if (before.told(kind).equals(hash)) {
            return before;
        }
        window.split().forEach(part -> batch.add(
                new News(window.bankAccount() + "-" + hash + "-" + part.part(), null, part)));
        return before.telling(kind, hash);
    }

    /**
     * What a failure means for the account and for those after it.
     *
     * @return what a person should hear, once; null for nothing
     * @throws VendorException where the whole key is meant
     */
    private @Nullable Page failed(String bankAccount, VendorException cause) {
        boolean elsewhere = cause instanceof VendorException.Transient outage && outage.until() == null
                && cause.status() != 0 && cause.status() != 429;
        boolean right = cause instanceof VendorException.AuthLost && cause.status() != 401;
        if (!right && !elsewhere && !(cause instanceof VendorException.Refused)) {
            throw cause;
        }
        TochkaProgress before = progress(bankAccount);
        TochkaJob job = before.job();
        toOrder.remove(bankAccount);
        waiting.remove(bankAccount);
        if (cause.status() == 400 && job != null && job.id() == null && job.days() > 1) {
            intend(bankAccount, before, job.halved(now()));
            return page(List.of());
        }
        LOG.warn("{}: {} is left out this time: {}", client(), bankAccount, cause.getMessage());
        if (elsewhere) {
            failure = failure == null ? cause : failure;
            return null;
        }
        if (right) {
            forbidden.put(bankAccount, cause);
            return null;
        }
        return troubled(bankAccount, before, cause.status() == 200 ? cause.code() : Integer.toString(cause.status()));
    }

    private @Nullable Page troubled(String bankAccount, TochkaProgress before, String reason) {
        String word = listed.containsKey(bankAccount) ? reason : TochkaProgress.GONE;
        boolean known = before.trouble().equals(word);
        position.put(bankAccount, before.troubled(word, now().truncatedTo(ChronoUnit.SECONDS)).toString());
        return page(known || word.equals(TochkaProgress.GONE) ? List.of() : List.of(trouble(bankAccount)));
    }

    /** So far nothing is ready. */
    private @Nullable Page rest() {
        step = TochkaPause.step(step);
        waited = waited.plus(step);
        if (!account.pause().rest(step)) {
            return end();
        }
        toAsk.addAll(waiting);
        return page(List.of());
    }

    /** The key's list was answered: where one account is refused and another is not, the right to that one is meant. */
    private @Nullable Page end() {
        if (!forbidden.isEmpty() && !answered) {
            throw forbidden.values().iterator().next();
        }
        if (!forbidden.isEmpty()) {
            String bankAccount = forbidden.keySet().iterator().next();
            VendorException cause = Objects.requireNonNull(forbidden.remove(bankAccount));
            return troubled(bankAccount, progress(bankAccount), Integer.toString(cause.status()));
        }
        if (failure != null) {
            throw failure;
        }
        ended = true;
        return page(List.of());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private String client() {
        return account.client().account();
    }

    private static News trouble(String bankAccount) {
        return new News(bankAccount, null, Map.of("bankAccount", bankAccount));
    }
}
