package dev.sverka.core.state;

import dev.sverka.core.http.Quota;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** A leaky bucket in a row, so that all replicas together keep within a vendor's limit. */
public final class SharedQuota implements Quota {

    /** A bucket last filled further ahead than replicas' clocks differ was filled under a shifted clock. */
    private static final long SKEW_MILLIS = 60_000;

    private final Rows rows;
    private final Clock clock;

    SharedQuota(Rows rows, Clock clock) {
        this.rows = rows;
        this.clock = clock;
    }

    private record Bucket(double filled, long at) {
    }

    @Override
    public Duration take(String bucket, int capacity, double perSecond) {
        return rows.apart(() -> {
            long now = clock.millis();
            Bucket before = lock(bucket, now);
            long at = before.at() > now + SKEW_MILLIS ? now : Math.max(now, before.at());
            double left = Math.max(0, before.filled() - Math.max(0, at - before.at()) / 1000.0 * perSecond);
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
