package dev.sverka.flows.paperwork;

import dev.sverka.core.state.Cursors;
import dev.sverka.records.edo.EdoDocument;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * Which papers are older than the first start: those that the first reading of an account showed, and those of days
 * before it reached back to.
 */
final class PaperHistory {

    private final Cursors cursors;
    private final Map<String, Period> reaches;
    private final ZoneId zone;

    /** @param reaches how far back a new installation reads, by provider */
    PaperHistory(Cursors cursors, Map<String, Period> reaches, ZoneId zone) {
        this.cursors = cursors;
        this.reaches = Map.copyOf(reaches);
        this.zone = zone;
    }

    boolean isHistoric(EdoDocument paper) {
        Optional<Instant> start = cursors.reachedAt(paper.source() + "/document");
        if (start.isEmpty() || !paper.readAt().isAfter(start.get())) {
            return true;
        }
        Period reach = reaches.getOrDefault(paper.source().replaceFirst("\\..*", ""), Period.ZERO);
        LocalDate date = paper.date();
        return date != null && date.isBefore(LocalDate.ofInstant(start.get(), zone).minus(reach));
    }

    /** Whether it was read after the first start. */
    boolean isLater(EdoDocument paper) {
        return cursors.reachedAt(paper.source() + "/document").filter(start -> paper.readAt().isAfter(start))
                .isPresent();
    }
}
