package dev.sverka.core.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the doors; they share one pool of connections and threads. */
public final class Doors {

    private static final Logger LOG = LoggerFactory.getLogger(Doors.class);
    /** A vendor that names a day, or a year, is asked again all the same: it may have meant something else. */
    private static final Duration LONGEST_REST = Duration.ofHours(1);

    /**
     * Redirects are not followed (a POST would lose its body and its secret would travel), and a request is not sent
     * again by the engine when a pooled connection breaks: that would double what is written.
     */
    private final OkHttpClient base = new OkHttpClient.Builder()
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .protocols(List.of(Protocol.HTTP_1_1))
            .connectTimeout(Duration.ofSeconds(5))
            .eventListener(new Door.Departure())
            .build();

    private final Quota quota;

    private final boolean onlyAsk;
    private final Duration longestRest;

    public Doors(Quota quota) {
        this(quota, false);
    }

    public Doors(Quota quota, boolean onlyAsk) {
        this(quota, onlyAsk, LONGEST_REST);
    }

    /**
     * @param onlyAsk whether every request that might change something is refused, whoever sends it
     * @param longestRest for how long a vendor's {@code Retry-After} is believed
     */
    public Doors(Quota quota, boolean onlyAsk, Duration longestRest) {
        this.quota = quota;
        this.onlyAsk = onlyAsk;
        this.longestRest = longestRest;
    }

    /**
     * @param account such as {@code bitrix24.main}
     * @param base the configured base address, only looked at for the warning about plain http
     * @param read how long the vendor may take to answer
     */
    public Door open(String account, HttpUrl base, Duration read, Door.Limit limit) {
        return open(account, base, read, limit, quota, null);
    }

    /** A door of a room that keeps the vendor's limits itself. */
    public Door open(String account, HttpUrl base, Duration read) {
        return open(account, base, read, new Door.Limit(1, 1), (bucket, capacity, perSecond) -> Duration.ZERO, null);
    }

    /** A door behind which certificates of further authorities count. @param rootCa their PEM file; null for none */
    public Door open(String account, HttpUrl base, Duration read, Door.Limit limit, @Nullable Path rootCa) {
        return open(account, base, read, limit, quota, rootCa);
    }

    private Door open(String account, HttpUrl base, Duration read, Door.Limit limit, Quota quota,
            @Nullable Path rootCa) {
        if (!base.isHttps() && !isLoopback(base.host())) {
            LOG.warn("{}: the url is plain http and leaves this machine: tokens can be read on the way; use https",
                    account);
        }
        OkHttpClient.Builder client = this.base.newBuilder().readTimeout(read).writeTimeout(read)
                .callTimeout(read.plusSeconds(10));
        return new Door(account, (rootCa == null ? client : Trust.with(rootCa).applied(client)).build(), quota, limit,
                onlyAsk, longestRest);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
