package dev.sverka.desk.console;

import dev.sverka.core.journal.IntentView;
import dev.sverka.core.journal.Intents;
import dev.sverka.core.state.Audit;
import dev.sverka.core.state.AuditRow;
import dev.sverka.flows.paperwork.VersionBook;
import dev.sverka.flows.payments.Payments;
import dev.sverka.flows.payments.PortalPages;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Why an item of the portal looks as it does, and giving it back to automatic writing. */
@RestController
class ItemController {

    private final Audit audit;
    private final Intents intents;
    private final PortalPages pages;
    private final Payments payments;
    private final VersionBook versions;
    private final BusinessTime time;
    private final JsonMapper json;

    ItemController(Audit audit, Intents intents, PortalPages pages, Payments payments, VersionBook versions,
            BusinessTime time, JsonMapper json) {
        this.versions = versions;
        this.audit = audit;
        this.intents = intents;
        this.pages = pages;
        this.payments = payments;
        this.time = time;
        this.json = json;
    }

    record Explained(Map<String, Object> item, List<Map<String, Object>> writes) {
    }

    @GetMapping("/api/explain")
    Explained explain(@RequestParam String entity, @RequestParam String id) {
        Map<String, Object> item = new LinkedHashMap<>(Map.of("entity", entity, "id", id));
        pages.of(entity, id).ifPresent(url -> item.put("url", url));
        if (id.matches("\\d{1,18}") && !versions.of(entity, Long.parseLong(id)).isEmpty()) {
            item.put("versions", "/versions/" + entity + "/" + id);
        }
        return new Explained(item, audit.of(entity, id).stream()
                .map(this::write).toList());
    }

    private Map<String, Object> write(AuditRow row) {
        Map<String, Object> write = new LinkedHashMap<>();
        write.put("at", time.iso(row.at()));
        write.put("field", row.field());
        write.put("from", row.from());
        write.put("to", row.to());
        JsonNode because = json.readTree(row.because());
        write.put("because", because);
        write.put("intent", row.intent());
        if (row.intent() != null) {
            intents.find(row.intent()).ifPresent(call -> write.put("call", call(call)));
            intents.origin(row.intent()).ifPresent(origin -> {
                write.put("entry", origin.entry());
                write.put("trace", origin.trace());
            });
        }
        return write;
    }

    private Map<String, Object> call(IntentView call) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("target", call.target());
        said.put("at", time.iso(call.openedAt()));
        said.put("content", json.readTree(call.content()));
        said.put("answeredAt", time.iso(call.closedAt()));
        said.put("answer", call.answer() == null ? null : json.readTree(call.answer()));
        return said;
    }

    /** @return which item was released */
    @PostMapping("/api/items/{entity}/{id}/release")
    Map<String, Object> release(@PathVariable String entity, @PathVariable long id, Principal person) {
        if (!entity.equals("payment") || !payments.release(id, person.getName())) {
            throw new ApiRefusal(HttpStatus.NOT_FOUND, "there is no " + entity + " " + id
                    + " that people could have taken out of automatic writing");
        }
        return Map.of("entity", entity, "id", id);
    }
}
