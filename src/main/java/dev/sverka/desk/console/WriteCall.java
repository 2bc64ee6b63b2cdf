package dev.sverka.desk.console;

import dev.sverka.core.journal.IntentView;
import dev.sverka.core.state.AuditRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One write to a vendor: all that it changed, why, and what was said and answered.
 *
 * @param intent its number; null for one from before numbers were kept
 * @param call null where it is no longer kept
 */
record WriteCall(Instant at, String account, List<Change> changes, List<Reason> because, @Nullable Long intent,
        @Nullable IntentView call) {

    record Change(String field, @Nullable String from, @Nullable String to) {
    }

    record Reason(String rule, String version, String evidence, String source) {
    }

    private record Key(Instant at, @Nullable Long intent, String because) {
    }

    /** The newest first. @param rows of the audit, oldest first */
    static List<WriteCall> of(List<AuditRow> rows, LongFunction<Optional<IntentView>> calls, JsonMapper json) {
        Map<Key, WriteCall> writes = new LinkedHashMap<>();
        rows.forEach(row -> writes.computeIfAbsent(new Key(row.intent() == null ? row.at() : Instant.EPOCH, row.intent(),
                row.because()), key -> new WriteCall(row.at(), row.account(), new ArrayList<>(),
                        reasons(json.readTree(row.because())), row.intent(),
                        row.intent() == null ? null : calls.apply(row.intent()).orElse(null)))
                .changes().add(new Change(row.field(), row.from(), row.to())));
        List<WriteCall> all = new ArrayList<>(writes.values());
        Collections.reverse(all);
        return all;
    }

    private static List<Reason> reasons(JsonNode causes) {
        List<Reason> because = new ArrayList<>();
        (causes.isArray() ? causes : List.of(causes)).forEach(one -> because.add(new Reason(one.path("rule").asString(""), one.path("version").asString(""),
                one.path("evidence").asString(""), one.path("source").asString(""))));
        return because;
    }
}
