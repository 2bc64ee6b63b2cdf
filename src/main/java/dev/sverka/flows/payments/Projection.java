package dev.sverka.flows.payments;

import dev.sverka.core.state.Audit;
import dev.sverka.core.state.AuditRow;
import dev.sverka.core.state.Links;
import dev.sverka.flows.payments.Ledger.Allocation;
import dev.sverka.flows.payments.Ledger.Freed;
import dev.sverka.flows.payments.Ledger.Kept;
import dev.sverka.flows.payments.Mirror.Seen;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a payment's allocations mean for its item on the portal: paid sum, date, stage, and a comment for each allocation.
 * Absolute values computed anew each time, so that repeating changes nothing. What is about to be written is kept first:
 * when the portal shows it later, it is known as ours and not taken for a person's.
 */
final class Projection {

    private static final String ACCOUNT = "bitrix24.main";
    private static final String ENTITY = "payment";
    /** Stages from which paying moves on; any other was chosen by a person. */
    private static final Set<String> MOVABLE = Set.of("planned", "invoiced", "agreed", "due", "partlyPaid", "paid");

    private final Mirror mirror;
    private final Ledger ledger;
    private final Links links;
    private final Audit audit;
    private final Comments comments;
    private final JsonMapper json;
    private final Clock clock;

    Projection(Mirror mirror, Ledger ledger, Links links, Audit audit, Comments comments, JsonMapper json,
            Clock clock) {
        this.mirror = mirror;
        this.ledger = ledger;
        this.links = links;
        this.audit = audit;
        this.comments = comments;
        this.json = json;
        this.clock = clock;
    }

    /**
     * @param item as the portal has it now
     * @return {@code {id, entity, pipeline, currency, fields, comments, paid}}: fields that differ, comments not made yet
     */
    Map<String, Object> of(Map<String, Object> item) {
        long id = Mirror.number(item.get("id"));
        Map<String, Object> result = new LinkedHashMap<>(Map.of("id", id, "entity", ENTITY, "fields", Map.of(),
                "comments", List.of()));
        if (Boolean.TRUE.equals(item.get("deleted"))) {
            return result;
        }
        Seen payment = mirror.see(item);
        List<Allocation> shares = ledger.ofPayment(id);
        if (payment.pipeline() != null) {
            result.put("pipeline", payment.pipeline());
        }
        result.put("currency", payment.currency());
        if (payment.held() == null && (!shares.isEmpty() || payment.stageBefore() != null)) {
            long paid = payment.handPaid() + shares.stream().mapToLong(Allocation::amount).sum();
            Map<String, Object> fields = differing(item, wanted(payment, shares, paid));
            if (!fields.isEmpty()) {
                String before = payment.stageBefore() != null ? payment.stageBefore() : payment.stage();
                Object stage = fields.get("stage");
                mirror.intend(payment, paid, stage == null ? null : stage.toString(),
                        json.writeValueAsString(changes(item, fields)), before);
            }
            result.put("fields", fields);
            result.put("paid", paid);
        }
        result.put("comments", comments(payment, shares));
        return result;
    }

    private Map<String, Object> wanted(Seen payment, List<Allocation> shares, long paid) {
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("paid", Mirror.rubles(paid));
        LocalDate last = shares.stream().map(share -> ledger.look(share.operation()).bookedOn())
                .max(LocalDate::compareTo).orElse(null);
        wanted.put("paidDate", last);
        boolean closedByHand = "paid".equals(payment.stage()) && !"paid".equals(payment.meantStage());
        if (payment.stage() != null && MOVABLE.contains(payment.stage()) && !closedByHand) {
            wanted.put("stage", paid >= payment.amount() && paid > 0 ? "paid" : paid > 0 ? "partlyPaid"
                    : payment.stageBefore());
        }
        return wanted;
    }

    private static Map<String, Object> differing(Map<String, Object> item, Map<String, Object> wanted) {
        Map<String, Object> fields = new LinkedHashMap<>();
        wanted.forEach((key, value) -> {
            boolean same = key.equals("paid") ? Mirror.kopecks(item.get(key)) == Mirror.kopecks(value)
                    : text(item.get(key)).equals(text(value));
            if (!same) {
                fields.put(key, value);
            }
        });
        return fields;
    }

    /** From and to of each field, for the audit. */
    private static Map<String, Object> changes(Map<String, Object> item, Map<String, Object> fields) {
        Map<String, Object> changes = new LinkedHashMap<>();
        fields.forEach((key, value) -> changes.put(key, List.of(text(item.get(key)), text(value))));
        return changes;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private List<Map<String, Object>> comments(Seen payment, List<Allocation> shares) {
        List<Map<String, Object>> texts = new ArrayList<>();
        List<Freed> freed = ledger.freed(payment.id());
        long left = payment.handPaid() + shares.stream().mapToLong(Allocation::amount).sum();
        for (Freed share : freed) {
            if (!share.told()) {
                Kept operation = ledger.look(share.operation());
                String marker = Comments.marker(operation.source(), "back/" + share.id(), payment.id());
                texts.add(Map.of("id", payment.id(), "entity", ENTITY, "marker", marker, "freed", share.id(),
                        "text", comments.takenBack(payment, operation, share, left, marker)));
            }
        }
        long paid = payment.handPaid();
        for (Allocation share : shares) {
            paid += share.amount();
            if (!share.commented()) {
                Kept operation = ledger.look(share.operation());
                long turn = freed.stream().filter(one -> one.operation() == operation.id()).count();
                String marker = Comments.marker(operation.source(), ledger.sourceId(operation.id())
                        + (turn == 0 ? "" : "/" + turn), payment.id());
                texts.add(Map.of("id", payment.id(), "entity", ENTITY, "marker", marker, "allocation", share.id(),
                        "text", comments.text(payment, operation, share, paid, marker)));
            }
        }
        return texts;
    }

    /** Closes the books on what {@link #of} asked for. */
    void done(Map<String, Object> written) {
        long id = Mirror.number(written.get("id"));
        if (written.get("comments") instanceof List<?> made) {
            for (Object one : made) {
                Object freed = ((Map<?, ?>) one).get("freed");
                if (freed != null) {
                    ledger.freedTold(Mirror.number(freed));
                } else {
                    ledger.commented(Mirror.number(((Map<?, ?>) one).get("allocation")));
                }
            }
        }
        if (!written.containsKey("paid")) {
            return;
        }
        long paid = Mirror.number(written.get("paid"));
        mirror.payment(id).filter(payment -> payment.pending() != null).ifPresent(payment ->
                pending(payment).forEach((field, change) -> explain(id, field, change)));
        mirror.written(id, paid);
        links.agree(ACCOUNT, ENTITY, Long.toString(id), Map.of("paid", Mirror.rubles(paid).toPlainString()));
    }

    private Map<String, List<String>> pending(Seen payment) {
        return json.readValue(payment.pending(), new TypeReference<LinkedHashMap<String, List<String>>>() { });
    }

    private void explain(long id, String field, List<String> fromTo) {
        List<Map<String, Object>> because = ledger.ofPayment(id).stream().map(share -> {
            Kept operation = ledger.look(share.operation());
            return Map.<String, Object>of("rule", share.rule(), "version", "1", "evidence", share.evidence(),
                    "source", operation.source() + " operation " + ledger.sourceId(operation.id()));
        }).toList();
        audit.write(new AuditRow(clock.instant(), ACCOUNT, ENTITY, Long.toString(id), field,
                fromTo.get(0), fromTo.get(1), json.writeValueAsString(because), null));
    }
}
