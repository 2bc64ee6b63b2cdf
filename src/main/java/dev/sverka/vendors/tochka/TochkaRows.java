package dev.sverka.vendors.tochka;

import dev.sverka.core.connector.Feed.News;
import dev.sverka.core.connector.Fingerprint;
import dev.sverka.core.http.VendorException;
import dev.sverka.records.bank.BankOperation;
import java.time.Instant;
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

    private TochkaRows() {
    }

    /** The row as news: {@code {bankAccount, row}}; told once as long as it reads the same. */
    static News news(String bankAccount, JsonNode raw) {
        String content = Fingerprint.of(raw);
        return new News(TochkaOperations.id(raw).orElse(content), content,
                Map.of("bankAccount", bankAccount, "row", JSON.convertValue(raw, Object.class)));
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
