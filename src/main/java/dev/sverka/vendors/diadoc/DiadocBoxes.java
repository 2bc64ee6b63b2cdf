package dev.sverka.vendors.diadoc;

import dev.sverka.core.http.VendorException;
import dev.sverka.records.edo.EdoDocument.Counterparty;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Whose box is whose; asked for once a day, for organisations hardly change (diadoc.md section 6). */
final class DiadocBoxes {

    private static final Duration KEPT = Duration.ofHours(24);
    private static final Counterparty NOBODY = new Counterparty(null, null, null);

    private final DiadocClient client;
    private final @Nullable String configured;
    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private volatile List<String> own = List.of();
    private volatile Instant ownUntil = Instant.MIN;

    /** @param test whether the organisation is a made-up one, whose documents are all tests */
    private record Known(Counterparty party, boolean test, Instant until) {
    }

    /** @param configured the one box to read, in either spelling; null for all */
    DiadocBoxes(DiadocClient client, @Nullable String configured, Clock clock) {
        this.client = client;
        this.configured = configured == null || configured.isBlank() ? null : DiadocId.box(configured);
        this.clock = clock;
    }

    /** The boxes to read, 32 digits each. */
    List<String> own() {
        if (configured != null) {
            return List.of(configured);
        }
        if (!clock.instant().isBefore(ownUntil)) {
            own = visible();
            ownUntil = clock.instant().plus(KEPT);
        }
        return own;
    }

    /**
     * The boxes that the log-in has, as Diadoc tells now.
     *
     * @throws VendorException.Refused where it has none: nothing would be read, and nobody would know
     */
    List<String> visible() {
        List<String> boxes = new ArrayList<>();
        for (JsonNode organization : client.organizations().values()) {
            for (JsonNode box : organization.path("Boxes").values()) {
                String id = DiadocId.box(box.path("BoxIdGuid").asString(box.path("BoxId").asString("")));
                boxes.add(id);
                known.put(id, known(organization));
            }
        }
        if (boxes.isEmpty()) {
            throw new VendorException.Refused(client.account(), 200, "boxes", client.account() + ": the log-in has no box at"
                    + " all; let the administrator of the organisation give its user access");
        }
        return List.copyOf(boxes);
    }

    /** Whose a box is; nobody's parts for a box that is not known. @param told in either spelling */
    Counterparty party(String told) {
        String box = DiadocId.box(told);
        return box.isEmpty() ? NOBODY : known(box).party();
    }

    /** Whether every box that is read is of a test organisation: then tests are what is meant (section 9.1). */
    boolean areTests() {
        return own().stream().allMatch(box -> known(box).test());
    }

    private Known known(String box) {
        Known found = known.get(box);
        if (found == null || !clock.instant().isBefore(found.until())) {
            found = client.box(box).map(one -> known(one.path("Organization")))
                    .orElse(new Known(NOBODY, false, clock.instant().plus(KEPT)));
            known.put(box, found);
        }
        return found;
    }

    private Known known(JsonNode organization) {
        return new Known(party(organization), organization.path("IsTest").asBoolean(false), clock.instant().plus(KEPT));
    }

    private static Counterparty party(JsonNode organization) {
        String name = text(organization, "ShortName");
        return new Counterparty(text(organization, "Inn"), text(organization, "Kpp"),
                name == null ? text(organization, "FullName") : name);
    }

    private static @Nullable String text(JsonNode node, String field) {
        String value = node.path(field).asString("").strip();
        return value.isEmpty() ? null : value;
    }
}
