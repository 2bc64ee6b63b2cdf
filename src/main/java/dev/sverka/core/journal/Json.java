package dev.sverka.core.journal;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** Bodies as stored: decimals come back as BigDecimal, whole numbers as Long, times as ISO text. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.USE_LONG_FOR_INTS)
            .addModule(new SimpleModule().addSerializer(BigDecimal.class, new Decimals()))
            .build();

    private Json() {
    }

    static String write(@Nullable Object value) {
        return MAPPER.writeValueAsString(value);
    }

    static @Nullable Object read(String json) {
        return MAPPER.readValue(json, Object.class);
    }

    static <V> Map<String, V> map(String json, TypeReference<Map<String, V>> type) {
        return MAPPER.readValue(json, type);
    }

    /** A decimal without a point would come back as a whole number, and 45000 roubles would change their type. */
    private static final class Decimals extends ValueSerializer<BigDecimal> {
        @Override
        public void serialize(BigDecimal value, JsonGenerator out, SerializationContext context) {
            out.writeNumber(value.scale() > 0 ? value : value.setScale(1));
        }
    }
}
