package dev.sverka.vendors.bitrix24;

import dev.sverka.core.http.VendorException;
import dev.sverka.core.state.Links;
import dev.sverka.vendors.bitrix24.Bitrix24Time.Form;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Finds out once which spelling of a time this portal's filters honour (bitrix24.md section 4.3, annex B T1): with
 * the wrong one a feed would read nothing, or everything, without a word. The finding is kept.
 */
final class Bitrix24Dates {

    private static final String KEPT = "bitrix24-portal";
    private static final Logger LOG = LoggerFactory.getLogger(Bitrix24Dates.class);

    private final Links links;
    private volatile boolean known;

    Bitrix24Dates(Links links) {
        this.links = links;
    }

    /** Tries with the newest item of a type; nothing happens once it is known. */
    void learn(Bitrix24Client client, int typeId) {
        if (isKnown(client)) {
            return;
        }
        List<JsonNode> rows = Bitrix24Client.rows(client.read("crm.item.list", Map.of("entityTypeId", typeId,
                "select", List.of("id", "updatedTime"), "order", Map.of("updatedTime", "DESC"), "start", -1))
                .path("items"));
        if (!rows.isEmpty()) {
            learn(client, typeId, rows.get(0));
        }
    }

    /** Tries with an item that was just read. */
    void learn(Bitrix24Client client, int typeId, JsonNode item) {
        String updated = item.path("updatedTime").asString("");
        if (isKnown(client) || updated.isEmpty()) {
            return;
        }
        Instant time = OffsetDateTime.parse(updated).toInstant();
        Map<String, Bitrix24Command> asked = new LinkedHashMap<>();
        for (Form form : Form.values()) {
            asked.put(form + "at", ask(client, typeId, item, ">=updatedTime", form, time));
            asked.put(form + "after", ask(client, typeId, item, ">=updatedTime", form, time.plusSeconds(2)));
            asked.put(form + "before", ask(client, typeId, item, "<updatedTime", form, time));
        }
        Map<String, Bitrix24Client.Outcome> told = client.batch(asked, false);
        for (Form form : Form.values()) {
            if (finds(told, form + "at") && !finds(told, form + "after") && !finds(told, form + "before")) {
                links.agree(client.account(), KEPT, "dates", Map.of("form", form.name()));
                client.time().use(form);
                known = true;
                return;
            }
        }
        LOG.warn("{}: the portal's filters honour no known spelling of a time for item {} of type {}; news may be "
                + "missed until the next sweep; tried again at the next reading", client.account(),
                item.path("id").asString(""), typeId);
    }

    private boolean isKnown(Bitrix24Client client) {
        if (!known) {
            Object kept = links.agreed(client.account(), KEPT, "dates").get("form");
            if (kept != null) {
                client.time().use(Form.valueOf(kept.toString()));
                known = true;
            }
        }
        return known;
    }

    private static Bitrix24Command ask(Bitrix24Client client, int typeId, JsonNode item, String key, Form form,
            Instant time) {
        return new Bitrix24Command("crm.item.list", Map.of("entityTypeId", typeId, "select", List.of("id"),
                "filter", Map.of("=id", item.path("id").asLong(), key, form.write(time, client.time().offset())),
                "start", -1));
    }

    /** A refused spelling is one that is not honoured. */
    private static boolean finds(Map<String, Bitrix24Client.Outcome> told, String name) {
        Bitrix24Client.Outcome outcome = told.get(name);
        if (outcome.failure() != null && !(outcome.failure() instanceof VendorException.Refused)) {
            throw outcome.failure();
        }
        return outcome.answer() != null && !outcome.answer().path("items").isEmpty();
    }
}
