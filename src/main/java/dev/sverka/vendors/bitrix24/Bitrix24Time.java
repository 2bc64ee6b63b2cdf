package dev.sverka.vendors.bitrix24;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The portal's clock and zone, learnt from its answers, and the spelling of times its filters understand. */
final class Bitrix24Time {

    /** Which spelling filters honour (bitrix24.md section 4.3 and annex B, T1). */
    enum Form {
        /** {@code 2026-09-14T09:55:00+03:00}: what the documentation shows. */
        ISO(DateTimeFormatter.ISO_OFFSET_DATE_TIME),
        /** {@code 2026-09-14 09:55:00}: what a user found to be the only one that works. */
        SPACE(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss"));

        private final DateTimeFormatter formatter;

        Form(DateTimeFormatter formatter) {
            this.formatter = formatter;
        }

        /** Always in the portal's own offset: honoured or ignored, it is the same instant then. */
        String write(Instant instant, ZoneOffset offset) {
            return instant.atOffset(offset).withNano(0).format(formatter);
        }
    }

    private final Clock clock;
    private volatile ZoneOffset offset = ZoneOffset.ofHours(3);
    private volatile @Nullable Instant lastHeard;
    private volatile Form form = Form.ISO;

    Bitrix24Time(Clock clock) {
        this.clock = clock;
    }

    ZoneOffset offset() {
        return offset;
    }

    /** The portal's clock at its latest answer (section 4.4); ours where a box leaves it out. */
    Instant heard() {
        Instant heard = lastHeard;
        return heard == null ? clock.instant() : heard;
    }

    String filter(Instant instant) {
        return form.write(instant, offset);
    }

    void use(Form tested) {
        form = tested;
    }

    /** @param time of an answer */
    void learn(JsonNode time) {
        try {
            OffsetDateTime heard = OffsetDateTime.parse(time.path("date_start").asString(""));
            offset = heard.getOffset();
            lastHeard = heard.toInstant();
        } catch (DateTimeParseException absent) {
            // an older box leaves it out: the last one known stays
        }
    }
}
