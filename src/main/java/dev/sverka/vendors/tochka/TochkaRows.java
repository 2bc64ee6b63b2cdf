package dev.sverka.vendors.tochka;

import dev.sverka.core.connector.Feed.News;
import dev.sverka.core.connector.Fingerprint;
import dev.sverka.core.http.VendorException;
import dev.sverka.records.bank.BankOperation;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rows of a statement that cannot be read. Each becomes work of its own, so that its statement goes on: read again, it
 * is refused with the bank's words until somebody teaches the program to read it, and then a replay brings it in.
 */
final class TochkaRows {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    /** A bank changes what is no older (tochka.md section 6.3). */
    private static final Duration CHANGES = Duration.ofDays(45);
    private static final Duration FRESH = Duration.ofDays(3);
    private static final Duration SOON = Duration.ofHours(3);
    private static final Duration LATE = Duration.ofDays(1);

    private TochkaRows() {
    }

    /**
     * The row as news: {@code {bankAccount, row}}; told once as long as it reads the same. Where it lacks its day alone,
     * also {@code content}, {@code from}, {@code to} and {@code seen}: a later statement of the same days may have it.
     */
    static News news(String source, String bankAccount, JsonNode raw, TochkaJob job) {
        String content = Fingerprint.of(raw);
        Map<String, Object> body = new LinkedHashMap<>(Map.of("bankAccount", bankAccount, "row",
                JSON.convertValue(raw, Object.class)));
        if (TochkaOperations.lacksDayAlone(source, bankAccount, raw)) {
            body.put("content", content);
            body.put("from", job.from().toString());
            body.put("to", job.to().toString());
            body.put("seen", job.since().toString());
        }
        return new News(TochkaOperations.id(raw).orElse(content), content, body);
    }

    /** Whether such news may come right by itself: its row lacks its day, and the bank may still change that far back. */
    static boolean mayComeRight(Map<String, Object> news, Instant now) {
        return news.get("seen") instanceof String seen && now.isBefore(seen(seen).plus(CHANGES));
    }

    /**
     * The row still lacks its day: a booking without one is not guessed at.
     *
     * @return to be thrown: the bank is asked again in hours, later in days, for a statement is a job there
     */
    static VendorException.NotYet undated(String source, Map<String, Object> news, Instant now) {
        return new VendorException.NotYet(source, 200, "undated", source + " statement of " + news.get("bankAccount")
                + ": a row says no day of posting (documentProcessDate) and is not booked without; its days are read"
                + " again, and once the bank says the day it comes in by itself. The bank said: "
                + JSON.valueToTree(news.get("row")), now.isBefore(seen(news.get("seen")).plus(FRESH)) ? SOON : LATE);
    }

    private static Instant seen(Object told) {
        return Instant.parse(told.toString());
    }

    /**
     * The operation of such news.
     *
     * @return empty for what moves no money yet
     * @throws VendorException.Refused with what is wrong and what the bank said
     */
    static Optional<BankOperation> read(String source, Map<String, Object> news, Instant readAt) {
        String bankAccount = String.valueOf(news.get("bankAccount"));
        JsonNode raw = JSON.valueToTree(news.get("row"));
        try {
            return TochkaOperations.read(source, bankAccount, raw, readAt, 1);
        } catch (IllegalArgumentException faulty) {
            throw new VendorException.Refused(source, 200, "row", source + " statement of " + bankAccount
                    + ": a row cannot be read: " + faulty.getMessage() + ". The bank said: " + raw
                    + ". Enter it by hand or ask the bank; once the program reads it, replay this");
        }
    }
}
