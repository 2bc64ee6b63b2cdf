package dev.sverka.sandbox.diadoc;

import dev.sverka.sandbox.StandIn.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The feed of docflow events (diadoc.md section 8): a cursor is good for the filter it came from only. */
final class DiadocEvents {

    private final DiadocSwitches switches;
    private final Map<String, Set<String>> given = new HashMap<>();

    DiadocEvents(DiadocSwitches switches) {
        this.switches = switches;
    }

    synchronized Reply page(DiadocBox box, String version, JsonNode body) {
        if (switches.conflicts > 0) {
            switches.conflicts--;
            return conflict();
        }
        int limit = body.path("Limit").asInt(100);
        if (!body.path("Filter").isObject() || limit < 1 || limit > 100) {
            return DiadocStandIn.text(400, "can't deserialize request body");
        }
        String cursor = body.path("AfterIndexKey").asString("");
        String filter = box.id() + body.path("Filter");
        boolean isCursor = !cursor.isEmpty();
        if (isCursor && (switches.cursorsLost || !given.getOrDefault(cursor, Set.of()).contains(filter))) {
            return DiadocStandIn.text(400, "can't deserialize request body: AfterIndexKey");
        }
        long from = body.path("Filter").path("FromTimestamp").path("Ticks").asLong(0);
        long to = body.path("Filter").path("ToTimestamp").path("Ticks").asLong(Long.MAX_VALUE);
        List<DiadocBox.Event> matching = box.log().stream().filter(one -> DiadocPaper.ticks(one.at()) >= from
                && DiadocPaper.ticks(one.at()) <= to).toList();
        List<DiadocBox.Event> page = new ArrayList<>(matching.stream().filter(one -> !isCursor
                || DiadocBox.order(one.key()).compareTo(DiadocBox.order(cursor)) > 0)
                .limit(Math.min(limit, switches.cap)).toList());
        if (page.stream().anyMatch(one -> switches.unreadable.contains(one.paper().id()))) {
            return conflict();
        }
        if (switches.empties > 0 && !page.isEmpty()) {
            switches.empties--;
            page.clear();
        }
        if (switches.repeats > 0 && isCursor && !page.isEmpty()) {
            switches.repeats--;
            page.add(0, matching.get(0));
        }
        page.forEach(one -> given.computeIfAbsent(one.key(), key -> new HashSet<>()).add(filter));
        boolean populated = body.path("PopulateDocuments").asBoolean(false);
        return Reply.json(200, Map.of("TotalCount", switches.manyCounted ? 1000 : matching.size(), "TotalCountType",
                switches.manyCounted ? "GreaterThanOrEqual" : "Equal", "Events", page.stream()
                        .map(one -> told(one, version, populated)).toList()));
    }

    private static Reply conflict() {
        return new Reply(409, "text/plain; charset=utf-8", "letter meta is not ready", Map.of("X-Diadoc-ErrorCode",
                "DiadocApi.Conflict"));
    }

    private static Map<String, Object> told(DiadocBox.Event event, String version, boolean populated) {
        Map<String, Object> told = new LinkedHashMap<>(Map.of("EventId", event.id(), "Timestamp", Map.of("Ticks",
                DiadocPaper.ticks(event.at())), "DocumentId", event.paper().documentId(), "IndexKey", event.key()));
        if (populated) {
            told.put("Document", event.paper().withDocflow(version, event.id(), event.at()));
        }
        return told;
    }
}
