package dev.sverka.core.http;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way out to an account at a vendor. Waits for the account's limit, sends, reads the answer whole. Safe for use
 * by many threads. Logs name the account and what was asked, never an address: addresses hold secrets.
 */
public final class Door {

    /** Larger answers are not read: no vendor's page comes near it. */
    static final int MAX_BODY = 32 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Door.class);

    private final String account;
    private final OkHttpClient client;
    private final Quota quota;
    private final Limit limit;
    private final Retry retry;
    private final boolean onlyAsks;
    private final Duration longestRest;

    /** Mark of a request that asks by another method than GET, as a tag of it. */
    private static final class Asking {
    }

    /**
     * Says that a request only asks, though its HTTP method does not: without the mark it is taken for one that changes
     * something, and is refused where nothing may be changed.
     */
    public static Request.Builder asking(Request.Builder request) {
        return request.tag(Asking.class, new Asking());
    }

    /** The answer is larger than any that is read; asking again brings the same. */
    public static final class TooLarge extends IOException {
        TooLarge() {
            super("answer larger than " + MAX_BODY + " bytes");
        }
    }

    /** How many requests the vendor takes: {@code capacity} at once, {@code perSecond} in the long run. */
    public record Limit(int capacity, double perSecond) {
    }

    Door(String account, OkHttpClient client, Quota quota, Limit limit, boolean onlyAsks,
            Duration longestRest) {
        this.account = account;
        this.client = client;
        this.quota = quota;
        this.limit = limit;
        this.onlyAsks = onlyAsks;
        this.longestRest = longestRest;
        this.retry = Retry.of(account, RetryConfig.<Answer>custom()
                .maxAttempts(3)
                .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(500, 2.0, 0.3))
                .retryExceptions(NoAnswer.class)
                .retryOnResult(answer -> answer.status() >= 500 && answer.status() != 503)
                .build());
    }

    /** The account this door leads to, such as {@code bitrix24.main}. */
    public String account() {
        return account;
    }

    /**
     * Sends once: for calls that must not be carried out twice.
     *
     * @param what the call's name for logs and errors, free of secrets
     * @throws VendorException.Refused where this run may change nothing and the request might
     */
    public Answer once(String what, Request request) throws NoAnswer {
        if (onlyAsks && !isAsking(request)) {
            throw new VendorException.Refused(account, 0, "plan", account + " " + what + ": not sent, because this run"
                    + " only looks and changes nothing");
        }
        awaitTurn();
        AtomicBoolean sent = new AtomicBoolean();
        long start = System.nanoTime();
        Request tagged = request.newBuilder().tag(AtomicBoolean.class, sent).build();
        try (Response response = client.newCall(tagged).execute()) {
            Answer answer = new Answer(response.code(), response.headers(), bounded(response.body().source()),
                    longestRest);
            LOG.debug("{} {} -> {} in {} ms", account, what, answer.status(), millisSince(start));
            return answer;
        } catch (IOException lost) {
            LOG.debug("{} {} -> no answer after {} ms: {}", account, what, millisSince(start), lost.toString());
            throw new NoAnswer(what + ": no answer (" + lost.getClass().getSimpleName() + ")", sent.get(), lost);
        }
    }

    /** Sends up to three times until an answer other than a gateway fault comes: for reads. */
    public Answer repeatably(String what, Request request) throws NoAnswer {
        return repeatably(retry, what, request);
    }

    /** The same at a vendor whose own errors come with the statuses of gateways. @param faulty which answer is a fault */
    public Answer repeatably(String what, Request request, Predicate<Answer> faulty) throws NoAnswer {
        return repeatably(Retry.of(account, RetryConfig.<Answer>from(retry.getRetryConfig()).retryOnResult(faulty)
                .build()), what, request);
    }

    private Answer repeatably(Retry retry, String what, Request request) throws NoAnswer {
        try {
            return retry.executeCallable(() -> once(what, request));
        } catch (NoAnswer lost) {
            throw lost;
        } catch (RuntimeException unexpected) {
            throw unexpected;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static boolean isAsking(Request request) {
        return request.method().equals("GET") || request.method().equals("HEAD") || request.tag(Asking.class) != null;
    }

    private void awaitTurn() throws NoAnswer {
        try {
            for (Duration wait = take(); !wait.isZero(); wait = take()) {
                TimeUnit.NANOSECONDS.sleep(wait.toNanos());
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new NoAnswer("stopped while waiting for the limit of " + account, false, new IOException(stopping));
        }
    }

    private Duration take() {
        return quota.take(account, limit.capacity(), limit.perSecond());
    }

    private static byte[] bounded(BufferedSource source) throws IOException {
        Buffer body = new Buffer();
        while (source.read(body, 64 * 1024) != -1) {
            if (body.size() > MAX_BODY) {
                throw new TooLarge();
            }
        }
        return body.readByteArray();
    }

    private static long millisSince(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    /** Notes the moment from which a request may have reached the vendor. */
    static final class Departure extends EventListener {
        @Override
        public void requestHeadersStart(Call call) {
            AtomicBoolean sent = call.request().tag(AtomicBoolean.class);
            if (sent != null) {
                sent.set(true);
            }
        }
    }
}
