package dev.sverka.flows.payments;

import dev.sverka.flows.payments.PaymentRow.Try;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a payment's shares mean for its item on the portal: paid sum, date, stage, and a comment for each share. Absolute
 * values computed anew each time, so that repeating changes nothing and what was put off is repeated whole. What is
 * about to be sent is kept first, as a try: when the portal shows it later, it is known as ours.
 */
final class Projection {

    /** Stages from which paying moves on; any other was chosen by a person. */
    private static final Set<String> MOVABLE = Set.of("planned", "invoiced", "agreed", "due", "partlyPaid", "paid");
    /** More would be tries of one portal that never answers. */
    private static final int MOST_TRIES = 10;

    private final PaymentMirror mirror;
    private final Operations operations;
    private final ShareBook shares;
    private final Comments comments;
    private final Supplier<LocalDate> today;
    private final JsonMapper json;

    Projection(PaymentMirror mirror, Operations operations, ShareBook shares, Comments comments,
            Supplier<LocalDate> today, JsonMapper json) {
        this.mirror = mirror;
        this.operations = operations;
        this.shares = shares;
        this.comments = comments;
        this.today = today;
        this.json = json;
    }

    /**
     * @param payment as just read
     * @param item the same, as routes carry it
     * @param entry the journal's entry that will write it
     * @return {@code {id, entity, pipeline, currency, fields, comments, todos}}: fields that differ, comments not made
     *     yet, and to-dos on what of them waits for a person
     */
    Map<String, Object> of(PaymentRow payment, Map<String, Object> item, @Nullable Long entry) {
        List<Share> standing = shares.ofPayment(payment.id());
        List<Share> ended = shares.toBeTold(payment.id());
        Map<String, Object> result = nothing(payment.id());
        if (payment.pipeline() != null) {
            result.put("pipeline", payment.pipeline());
        }
        result.put("currency", payment.currency());
        Map<String, Object> fields = mayWrite(payment, standing) ? differing(item, wanted(payment, standing)) : Map.of();
        if (fields.isEmpty()) {
            mirror.settled(payment.id());
        } else {
            send(payment, item, standing, fields, entry);
        }
        result.put("fields", fields);
        List<Map<String, Object>> texts = new ArrayList<>();
        List<Map<String, Object>> todos = new ArrayList<>();
        comments(payment, standing, ended).forEach(one -> {
            texts.add(one.text());
            if (one.free() > 0) {
                todos.add(todo(one, item.get("assignee")));
            }
        });
        result.put("comments", texts);
        result.put("todos", todos);
        return result;
    }

    static Map<String, Object> nothing(long id) {
        return new LinkedHashMap<>(Map.of("id", id, "entity", PortalNews.ENTITY, "fields", Map.of(), "comments",
                List.of(), "todos", List.of()));
    }

    /** An item that a person leads is written only where a person has decided here on its money. */
    private static boolean mayWrite(PaymentRow payment, List<Share> standing) {
        boolean ours = payment.stageBefore() != null || standing.stream().anyMatch(share -> !share.isByHand());
        return ours && !payment.deleted() && payment.unreadable() == null && (payment.held() == null || payment.ordered());
    }

    private long free(StoredOperation operation) {
        return operation.amount() - shares.ofOperation(operation.id()).stream().mapToLong(Share::amount).sum();
    }

    private Map<String, Object> wanted(PaymentRow payment, List<Share> standing) {
        long paid = sum(standing);
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("paid", PortalItem.rubles(paid));
        if (!payment.dateByPerson()) {
            wanted.put("paidDate", lastDay(standing));
        }
        if (!payment.heldStage() && !payment.isClosedToMoney() && payment.stage() != null
                && MOVABLE.contains(payment.stage())) {
            wanted.put("stage", paid >= payment.amount() && paid > 0 ? "paid" : paid > 0 ? "partlyPaid"
                    : payment.stageBefore() == null ? payment.stage() : payment.stageBefore());
        }
        return wanted;
    }

    private @Nullable LocalDate lastDay(List<Share> standing) {
        return standing.stream().filter(share -> share.operation() != null)
                .map(share -> operations.look(share.operation()).bookedOn()).max(LocalDate::compareTo).orElse(null);
    }

    private static long sum(List<Share> standing) {
        return standing.stream().mapToLong(Share::amount).sum();
    }

    private static Map<String, Object> differing(Map<String, Object> item, Map<String, Object> wanted) {
        Map<String, Object> fields = new LinkedHashMap<>();
        wanted.forEach((key, value) -> {
            boolean same = key.equals("paid") ? PortalItem.kopecks(item.get(key)) == PortalItem.kopecks(value)
                    : text(item.get(key)).equals(text(value));
            if (!same) {
                fields.put(key, value);
            }
        });
        return fields;
    }

    private void send(PaymentRow payment, Map<String, Object> item, List<Share> standing, Map<String, Object> fields,
            @Nullable Long entry) {
        Map<String, List<String>> changes = new LinkedHashMap<>();
        fields.forEach((key, value) -> changes.put(key, List.of(text(item.get(key)), text(value))));
        Object stage = fields.get("stage");
        List<Try> tries = new ArrayList<>(payment.tries());
        tries.add(new Try(sum(standing), lastDay(standing), stage == null ? null : stage.toString(),
                standing.stream().map(Share::id).toList(), entry, changes, because(payment.id(), standing)));
        mirror.tries(payment.id(), tries.subList(Math.max(0, tries.size() - MOST_TRIES), tries.size()),
                payment.stage());
    }

    /** What stands, and what was taken back and makes the difference. */
    private String because(long payment, List<Share> standing) {
        List<Map<String, Object>> because = new ArrayList<>();
        standing.forEach(share -> because.add(Map.of("rule", share.rule(), "version", share.ruleVersion(), "evidence",
                share.why(), "source", source(share))));
        shares.toBeTold(payment).forEach(share -> because.add(Map.of("rule", "taken-back", "version", "1", "evidence",
                String.valueOf(share.endedWhy()), "source", source(share))));
        return json.writeValueAsString(because);
    }

    private String source(Share share) {
        if (share.operation() == null) {
            return "portal";
        }
        StoredOperation operation = operations.look(share.operation());
        return operation.source() + " operation " + operations.sourceId(operation.id());
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    /** A comment, and what of its operation waits for a person. */
    private record Comment(Map<String, Object> text, StoredOperation operation, long free) {
    }

    /** Under the comment's own marker, for it is made at another place of the item. */
    private Map<String, Object> todo(Comment comment, @Nullable Object responsible) {
        Map<String, Object> todo = new LinkedHashMap<>(Map.of("id", comment.text().get("id"), "entity", PortalNews.ENTITY,
                "marker", comment.text().get("marker"), "title", comments.toDoTitle(comment.operation(), comment.free()),
                "text", comments.whatToDo(comment.operation(), comment.free()),
                "deadline", today.get().plusDays(1).toString()));
        if (responsible != null) {
            todo.put("responsible", responsible);
        }
        return todo;
    }

    private List<Comment> comments(PaymentRow payment, List<Share> standing, List<Share> ended) {
        List<Comment> texts = new ArrayList<>();
        long left = sum(standing);
        for (Share share : ended) {
            StoredOperation operation = operations.look(share.operation());
            String marker = Comments.marker(operation.source(), "back/" + share.id(), payment.id());
            texts.add(new Comment(Map.of("id", payment.id(), "entity", PortalNews.ENTITY, "marker", marker, "ended",
                    share.id(), "text", comments.takenBack(payment, operation, share, left, marker)), operation,
                    operation.box().equals("review") ? operation.amount() : 0));
        }
        long paid = standing.stream().filter(Share::isByHand).mapToLong(Share::amount).sum();
        for (Share share : standing.stream().filter(one -> !one.isByHand()).toList()) {
            paid += share.amount();
            if (!share.told()) {
                StoredOperation operation = operations.look(share.operation());
                long turn = shares.turn(share);
                String marker = Comments.marker(operation.source(), operations.sourceId(operation.id())
                        + (turn == 0 ? "" : "/" + turn), payment.id());
                long free = free(operation);
                texts.add(new Comment(Map.of("id", payment.id(), "entity", PortalNews.ENTITY, "marker", marker, "share",
                        share.id(), "text", comments.text(payment, operation, share, paid, free, marker)), operation,
                        free));
            }
        }
        return texts;
    }
}
