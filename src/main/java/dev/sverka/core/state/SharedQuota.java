package dev.sverka.core.state;

import dev.sverka.core.http.Quota;
import dev.sverka.core.http.Usage;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A leaky bucket in a row, so that all replicas together keep within a vendor's limit. */
public final class SharedQuota implements Quota, Usage {

    /** A bucket last filled further ahead than replicas' clocks differ was filled under a shifted clock. */
    private static final long SKEW_MILLIS = 60_000;

    private final Rows rows;
    private final Clock clock;
    /** Limits that were asked for here, each at its widest: backfill asks for less than people's changes. */
    private final Map<String, Limit> limits = new ConcurrentHashMap<>();

    SharedQuota(Rows rows, Clock clock) {
        this.rows = rows;
        this.clock = clock;
    }

    private record Bucket(double filled, long at) {

        double left(long now, double perSecond) {
            return Math.max(0, filled - Math.max(0, now - at) / 1000.0 * perSecond);
        }
    }

    private record Limit(int capacity, double perSecond) {
    }

    @Override
    public List<Used> used() {
        long now = clock.millis();
        return rows.sql("select bucket, filled, at from quota order by bucket").query((row, n) -> {
            Limit limit = limits.get(row.getString(1));
            return limit == null ? null : new Used(row.getString(1), null, Math.round(
                    new Bucket(row.getDouble(2), row.getLong(3)).left(now, limit.perSecond())), limit.capacity());
        }).list().stream().filter(Objects::nonNull).toList();
    }

    @Override
    public Duration take(String bucket, int capacity, double perSecond) {
        limits.merge(bucket, new Limit(capacity, perSecond), (one, other) ->
                one.capacity() >= other.capacity() ? one : other);
        return rows.apart(() -> {
            long now = clock.millis();
            Bucket before = lock(bucket, now);
            long at = before.at() > now + SKEW_MILLIS ? now : Math.max(now, before.at());
            double left = before.left(at, perSecond);
            double over = left + 1 - capacity;
            if (over > 1e-9) {
                return Duration.ofMillis((long) Math.ceil(over / perSecond * 1000) + (at - now));
            }
            rows.sql("update quota set filled = :filled, at = :at where bucket = :bucket")
                    .param("filled", left + 1).param("at", at).param("bucket", bucket).update();
            return Duration.ZERO;
        });
    }

    private Bucket lock(String bucket, long now) {
        while (true) {
            Optional<Bucket> row = rows.sql("select filled, at from quota where bucket = :bucket for update")
                    .param("bucket", bucket).query(Bucket.class).optional();
            if (row.isPresent()) {
                return row.get();
            }
            rows.insert(rows.sql("insert into quota (bucket, filled, at) values (:bucket, 0, :at)")
                    .param("bucket", bucket).param("at", now));
        }
    }
}
