package dev.sverka.core.connector;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How often feeds are asked for news: as often as is wished for, yet so that the polls of an account together leave
 * enough of what the vendor takes for the work that they tell. Safe for use by many threads.
 */
public final class Polls {

    private static final Logger LOG = LoggerFactory.getLogger(Polls.class);

    private final Map<String, Map<String, Wish>> accounts = new HashMap<>();
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    /**
     * One feed of an account.
     *
     * @param every how often its news is asked for, as configured
     * @param requests what a poll takes that finds nothing new
     * @param perSecond requests that all polls of the account may take together
     */
    record Wish(Duration every, double requests, double perSecond) {

        double seconds() {
            return every.toMillis() / 1000.0;
        }
    }

    /** A feed is read from now on. */
    synchronized void begin(String account, String feed, Wish wish) {
        accounts.computeIfAbsent(account, one -> new TreeMap<>()).put(feed, wish);
    }

    synchronized void end(String account, String feed) {
        accounts.getOrDefault(account, new HashMap<>()).remove(feed);
    }

    /**
     * From the end of one poll of a feed to the next.
     *
     * @param account such as {@code bitrix24.main}
     * @param entity such as {@code payment}
     * @param wished how long it is where nothing reads the feed here
     */
    public synchronized Duration length(String account, String entity, Duration wished) {
        Map<String, Wish> feeds = accounts.getOrDefault(account, Map.of());
        Wish wish = feeds.get(entity);
        if (wish == null) {
            return wished;
        }
        Duration least = least(feeds.values().stream().toList());
        return wish.every().compareTo(least) < 0 ? least : wish.every();
    }

    /** From the end of one poll to the next, of each feed of an account that is read here. */
    public synchronized Map<String, Duration> lengths(String account) {
        Map<String, Wish> feeds = accounts.getOrDefault(account, Map.of());
        Duration least = least(feeds.values().stream().toList());
        Map<String, Duration> lengths = new TreeMap<>();
        feeds.forEach((feed, wish) -> lengths.put(feed, wish.every().compareTo(least) < 0 ? least : wish.every()));
        return lengths;
    }

    /** Tells once that a feed is asked less often than is wished for. */
    void stretched(String account, Duration wished, Duration length) {
        if (said.add(account + " " + wished + " " + length)) {
            int feeds;
            double perSecond;
            synchronized (this) {
                Map<String, Wish> all = accounts.getOrDefault(account, Map.of());
                feeds = all.size();
                perSecond = all.values().stream().mapToDouble(Wish::perSecond).min().orElse(0);
            }
            LOG.info("{}: feeds are asked for news every {} ms, not every {} ms: the {} of them may take {} requests a "
                    + "second together, and what else the vendor takes is left for the work they tell", account,
                    length.toMillis(), wished.toMillis(), feeds, Math.round(perSecond * 100) / 100.0);
        }
    }

    /** The length at which polls wished for more often, and those that are not, together keep to their share. */
    private static Duration least(List<Wish> wishes) {
        List<Wish> sorted = wishes.stream().sorted(Comparator.comparing(Wish::every)).toList();
        double share = sorted.stream().mapToDouble(Wish::perSecond).min().orElse(Double.POSITIVE_INFINITY);
        for (int n = 1; n <= sorted.size(); n++) {
            double often = sorted.subList(0, n).stream().mapToDouble(Wish::requests).sum();
            double seldom = sorted.subList(n, sorted.size()).stream()
                    .mapToDouble(wish -> wish.requests() / wish.seconds()).sum();
            double seconds = often / (share - seldom);
            boolean fits = seldom < share && (n == sorted.size() || seconds <= sorted.get(n).seconds());
            if (fits) {
                return Duration.ofMillis((long) Math.ceil(seconds * 1000));
            }
        }
        return Duration.ZERO;
    }
}
