package dev.sverka.flows.calendar;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Items and events as stored; what is read back is what was written, so that nothing seems changed that is not. */
final class Contents {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.USE_LONG_FOR_INTS)
            .build();

    private Contents() {
    }

    /** A sum without a point would come back as a whole number. */
    static String write(Map<String, Object> item) {
        Map<String, Object> plain = new LinkedHashMap<>(item);
        plain.replaceAll((key, value) -> value instanceof BigDecimal number && number.scale() < 1
                ? number.setScale(1) : value);
        return MAPPER.writeValueAsString(plain);
    }

    static Map<String, Object> item(String json) {
        return MAPPER.readValue(json, new TypeReference<Map<String, Object>>() { });
    }

    static String write(DatedEvent event) {
        return MAPPER.writeValueAsString(event);
    }

    static DatedEvent event(String json) {
        return MAPPER.readValue(json, DatedEvent.class);
    }

    static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String hash(String content) {
        return hash(content.getBytes(StandardCharsets.UTF_8));
    }
}
