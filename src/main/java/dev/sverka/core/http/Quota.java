package dev.sverka.core.http;

import java.time.Duration;

/** A vendor's request limit, shared by every replica that uses the account. */
public interface Quota {

    /**
     * Takes one request out of a leaky bucket, or tells how long to wait before asking again.
     *
     * @param bucket whose limit, such as {@code bitrix24.main}
     * @param capacity requests the bucket holds when full of credit
     * @param perSecond requests that flow back each second
     * @return zero when the request may be sent now, else the time to wait (nothing was taken)
     */
    Duration take(String bucket, int capacity, double perSecond);
}
