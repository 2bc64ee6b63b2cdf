package dev.sverka.core.mapping;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The closed list behind {@code as:}. A rule that does not fit becomes a new one here, with a test. */
enum Converter {

    /** Stripped text. */
    TEXT {
        @Override
        Object convert(Object value) {
            return value.toString().strip();
        }
    },
    /** A sum with two decimals; more decimals are refused, never rounded. */
    MONEY {
        @Override
        Object convert(Object value) {
            return new BigDecimal(value.toString().replaceAll("[ \u00a0\u202f]", "").replace(',', '.'))
                    .setScale(2, RoundingMode.UNNECESSARY);
        }
    },
    /** A day, from an ISO date; of an ISO time the day that is written in it, whatever its offset. */
    DATE {
        @Override
        Object convert(Object value) {
            String text = value.toString();
            return text.indexOf('T') < 0 ? LocalDate.parse(text)
                    : DateTimeFormatter.ISO_DATE_TIME.parse(text, LocalDate::from);
        }
    },
    /** A moment, from ISO text with an offset. */
    INSTANT {
        @Override
        Object convert(Object value) {
            return OffsetDateTime.parse(value.toString()).toInstant();
        }
    },
    /** A moment, from milliseconds since the epoch. */
    EPOCHMILLIS {
        @Override
        Object convert(Object value) {
            return Instant.ofEpochMilli(new BigDecimal(value.toString()).longValueExact());
        }
    },
    /** Yes or no: true, Y, 1; false, N, 0. */
    BOOL {
        @Override
        Object convert(Object value) {
            return switch (value.toString().toUpperCase(Locale.ROOT)) {
                case "TRUE", "Y", "1" -> true;
                case "FALSE", "N", "0" -> false;
                default -> throw new IllegalArgumentException("neither yes nor no");
            };
        }
    },
    /** A whole number. */
    INTEGER {
        @Override
        Object convert(Object value) {
            return new BigDecimal(value.toString()).longValueExact();
        }
    },
    /** ИНН: 10 or 12 digits, leading zeros kept. */
    INN {
        @Override
        Object convert(Object value) {
            String digits = value.toString().replaceAll("\\s", "");
            if (!digits.matches("\\d{10}|\\d{12}")) {
                throw new IllegalArgumentException("an ИНН has 10 or 12 digits");
            }
            return digits;
        }
    };

    /** @throws RuntimeException for a value that cannot be converted */
    abstract Object convert(Object value);

    /** As files write it. */
    String word() {
        return this == EPOCHMILLIS ? "epochMillis" : name().toLowerCase(Locale.ROOT);
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Converter::word).toList();
    }

    static Optional<Converter> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }
}
