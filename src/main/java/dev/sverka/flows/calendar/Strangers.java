package dev.sverka.flows.calendar;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes trying out addresses of feeds slow, by whence they are tried: who is over the limit costs the store nothing
 * more. Feeds that were read before are let through, so that nobody shuts out colleagues behind the same address.
 */
final class Strangers {

    /** Unknown feeds asked for at once, and in each minute. */
    static final int A_MINUTE = 600;
    private static final int MOST = 10_000;
    /** Whoever has one IPv6 address has the other 2^64 as well. */
    private static final int NETWORK_BYTES = 8;
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private final FeedPace<String> pace;
    private final Set<String> read = Collections.newSetFromMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST;
        }
    });

    Strangers(Clock clock) {
        this.pace = new FeedPace<>(clock, A_MINUTE);
    }

    /** @return zero, or how long to wait before the store is asked for this one */
    Duration pause(String hash, String address) {
        synchronized (read) {
            if (read.contains(hash)) {
                return Duration.ZERO;
            }
        }
        return pace.pause(network(address));
    }

    /** A feed that is none was asked for. */
    void missed(String hash, String address) {
        synchronized (read) {
            read.remove(hash);
        }
        pace.take(network(address));
    }

    void found(String hash) {
        synchronized (read) {
            read.add(hash);
        }
    }

    private static String network(String address) {
        String bare = address.replaceFirst("%.*", "");
        if (!IPV6.matcher(bare).matches()) {
            return address;
        }
        try {
            // a literal with a colon asks no name server
            InetAddress parsed = InetAddress.getByName(bare);
            if (!(parsed instanceof Inet6Address)) {
                return parsed.getHostAddress();
            }
            byte[] bytes = parsed.getAddress();
            Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException noAddress) {
            return address;
        }
    }
}
