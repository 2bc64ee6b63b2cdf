package dev.sverka.vendors.diadoc;

import dev.sverka.records.edo.EdoDocument;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** One log-in at work: reads documents as they are now. */
final class DiadocAccount {

    private static final Logger LOG = LoggerFactory.getLogger(DiadocAccount.class);

    private final DiadocClient client;
    private final DiadocBoxes boxes;
    private final Supplier<Duration> credentialAge;
    private final Clock clock;

    /** @param credentialAge how long the present refresh token is in use */
    DiadocAccount(DiadocClient client, DiadocBoxes boxes, Supplier<Duration> credentialAge, Clock clock) {
        this.client = client;
        this.boxes = boxes;
        this.credentialAge = credentialAge;
        this.clock = clock;
    }

    DiadocClient client() {
        return client;
    }

    DiadocBoxes boxes() {
        return boxes;
    }

    Duration credentialAge() {
        return credentialAge.get();
    }

    /** A document as it is now; empty where the box has it no more. */
    Optional<EdoDocument> document(DiadocId id) {
        return document(id, docflows(id.box(), List.of(id)).getOrDefault(id, DiadocDocflow.NONE));
    }

    /**
     * Documents that events touched, as they are now: an event may be old.
     *
     * @param told the docflow as of the event, for a document whose present one is not to be had
     */
    List<EdoDocument> touched(String box, Map<DiadocId, DiadocDocflow> told) {
        Map<DiadocId, DiadocDocflow> present = docflows(box, List.copyOf(told.keySet()));
        return told.entrySet().stream().flatMap(one -> document(one.getKey(),
                present.getOrDefault(one.getKey(), one.getValue())).stream()).toList();
    }

    private Optional<EdoDocument> document(DiadocId id, DiadocDocflow docflow) {
        Instant readAt = clock.instant();
        Optional<JsonNode> flat = client.document(id);
        if (flat.isEmpty()) {
            LOG.info("{}: {} is not in the box any more; what is known of it stays", client.account(), id);
        }
        return flat.map(found -> read(id, found, docflow, readAt));
    }

    private Map<DiadocId, DiadocDocflow> docflows(String box, List<DiadocId> ids) {
        Map<DiadocId, DiadocDocflow> docflows = new HashMap<>();
        for (int from = 0; from < ids.size(); from += DiadocClient.BATCH) {
            docflows.putAll(client.docflows(box, ids.subList(from, Math.min(ids.size(), from + DiadocClient.BATCH))));
        }
        return docflows;
    }

    /**
     * Of a list of a box.
     *
     * @param readAt before the list was asked for
     * @param briefly whether docflows are asked for only where the documents themselves do not tell the state; reasons
     *     and the times of signatures are then still to come
     */
    List<EdoDocument> documents(String box, List<JsonNode> listed, Instant readAt, boolean briefly) {
        Map<DiadocId, DiadocDocflow> docflows = docflows(box, listed.stream()
                .filter(one -> !briefly || one.path("TitleDocflows").size() > 1)
                .map(one -> DiadocId.of(box, one)).toList());
        return listed.stream().map(one -> {
            DiadocId id = DiadocId.of(box, one);
            return read(id, one, docflows.getOrDefault(id, DiadocDocflow.NONE), readAt);
        }).toList();
    }

    private EdoDocument read(DiadocId id, JsonNode flat, DiadocDocflow docflow, Instant readAt) {
        String signer = docflow.signer();
        DiadocDocuments.Parties parties = new DiadocDocuments.Parties(boxes.party(id.box()).inn(),
                boxes.party(flat.path("CounteragentBoxId").asString("")),
                signer == null ? null : boxes.party(signer).name(), boxes.areTests());
        EdoDocument document = DiadocDocuments.read(client.account(), id, flat, docflow, parties, readAt);
        if (document.state() == null) {
            LOG.warn("{}: the state of {} is not known to this version ({}): what is known of it stays; update Sverka",
                    client.account(), id, document.providerState());
        }
        return document;
    }
}
