package dev.sverka.flows.paperwork;

import dev.sverka.core.journal.Intents;
import dev.sverka.core.state.Audit;
import dev.sverka.core.state.AuditRow;
import dev.sverka.records.edo.EdoDocument;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Explains each value that a paper gave an item. Joins the running transaction. */
final class PaperTrail {

    private static final String PORTAL = "bitrix24.main";

    private final Audit audit;
    private final Intents intents;
    private final Clock clock;
    private final JsonMapper json;

    PaperTrail(Audit audit, Intents intents, Clock clock, JsonMapper json) {
        this.audit = audit;
        this.intents = intents;
        this.clock = clock;
        this.json = json;
    }

    /** Old and new value by field. */
    Map<String, List<String>> changes(Map<String, Object> item, Map<String, Object> fields) {
        Map<String, List<String>> changes = new LinkedHashMap<>();
        fields.forEach((key, value) -> changes.put(key, List.of(Objects.toString(item.get(key), ""),
                Objects.toString(value, ""))));
        return changes;
    }

    /** @param change as {@link Papers#change} answered */
    @SuppressWarnings("unchecked")
    void keep(EdoDocument paper, String entity, Map<String, Object> change, @Nullable Long entry) {
        String item = String.valueOf(change.get("id"));
        Long intent = entry == null ? null
                : intents.latestOf(entry, "bitrix24:" + entity + "/update").orElse(null);
        String because = json.writeValueAsString(List.of(Map.of("rule", "edo", "version", "1", "evidence",
                PaperWords.provider(paper) + ": " + paper.providerState(), "source",
                paper.source() + " document " + paper.id())));
        ((Map<String, List<String>>) change.get("changes")).forEach((field, values) -> audit.write(new AuditRow(
                clock.instant(), PORTAL, entity, item, field, values.get(0), values.get(1), because, intent)));
    }
}
