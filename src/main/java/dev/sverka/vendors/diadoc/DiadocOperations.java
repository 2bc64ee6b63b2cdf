package dev.sverka.vendors.diadoc;

import dev.sverka.core.connector.Operation;
import dev.sverka.core.http.VendorException;
import dev.sverka.records.edo.EdoDocument.Counterparty;
import dev.sverka.records.edo.EdoDocument;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What Diadoc can be asked. Nothing is written there: people sign and refuse. */
final class DiadocOperations {

    static final String DOCUMENT = "document";
    static final String BOX = "box";

    /** A list is for a person or a question, not for a copy of the box. */
    private static final int LONGEST_LIST = 1000;

    private final Function<String, DiadocAccount> accounts;
    private final Clock clock;

    DiadocOperations(Function<String, DiadocAccount> accounts, Clock clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    Map<String, Operation> of(String entity) {
        return switch (entity) {
            case DOCUMENT -> Map.of(
                    "get", new Operation("get", "Reads the document of an id: state, parties, why and who",
                            (Operation.Read) this::get),
                    "look", new Operation("look", "Reads the document of an id as get does; nothing where the box has it"
                            + " no more", (Operation.Read) this::look),
                    "list", new Operation("list", "Lists documents by number:, by the document's date from: to:, or by "
                            + "time of sending since: until:; of one direction: incoming, outgoing or internal",
                            (Operation.Read) this::list),
                    "content", new Operation("content", "Fetches the file of a document's id as it was signed",
                            (Operation.Read) this::content));
            case BOX -> Map.of("list", new Operation("list", "Lists the boxes of the log-in with their organisations",
                    (Operation.Read) this::boxes));
            default -> Map.of();
        };
    }

    private EdoDocument get(Operation.Request request) {
        DiadocAccount account = accounts.apply(request.account());
        DiadocId id = id(request);
        return account.document(id).orElseThrow(() -> gone(account, id));
    }

    private @Nullable EdoDocument look(Operation.Request request) {
        return accounts.apply(request.account()).document(id(request)).orElse(null);
    }

    private static DiadocId id(Operation.Request request) {
        Object id = request.body() instanceof Map<?, ?> map ? map.get("id") : request.body();
        return DiadocId.parse(String.valueOf(id));
    }

    private static VendorException gone(DiadocAccount account, DiadocId id) {
        return new VendorException.Refused(account.client().account(), 404, "gone", account.client().account() + ": "
                + id + " is not in the box; what is known of it stays");
    }

    private Map<String, Object> content(Operation.Request request) {
        DiadocAccount account = accounts.apply(request.account());
        DiadocId id = id(request);
        JsonNode flat = account.client().document(id).orElseThrow(() -> gone(account, id));
        return Map.of("id", id.toString(), "name", flat.path("FileName").asString("document"),
                "content", account.client().content(id));
    }

    /** Filters by number, by day and by moment exclude each other (diadoc.md section 9). */
    private List<EdoDocument> list(Operation.Request request) {
        DiadocAccount account = accounts.apply(request.account());
        Map<String, Object> asked = request.map();
        Map<String, String> filter = new LinkedHashMap<>();
        put(filter, "documentNumber", text(asked.get("number")));
        put(filter, "fromDocumentDate", day(asked.get("from")));
        put(filter, "toDocumentDate", day(asked.get("to")));
        put(filter, "timestampFromTicks", ticks(asked.get("since")));
        put(filter, "timestampToTicks", ticks(asked.get("until")));
        long times = filter.keySet().stream().filter(one -> one.startsWith("timestamp")).count();
        if (times > 0 && times < filter.size()) {
            throw new IllegalArgumentException("document: since and until stand alone; number, from and to are about"
                    + " the document itself");
        }
        List<EdoDocument> documents = new ArrayList<>();
        for (String box : account.boxes().own()) {
            for (String category : categories(text(asked.get("direction")))) {
                String after = null;
                do {
                    Instant readAt = clock.instant();
                    DiadocClient.Listed page = account.client().documents(box, category, filter, after);
                    documents.addAll(account.documents(box, page.documents(), readAt, false));
                    after = page.next();
                } while (after != null && documents.size() < LONGEST_LIST);
            }
        }
        return documents;
    }

    private static List<String> categories(@Nullable String direction) {
        return switch (direction == null ? "" : direction) {
            case "incoming" -> List.of("Any.Inbound");
            case "outgoing" -> List.of("Any.Outbound");
            case "internal" -> List.of("Any.Internal");
            case "" -> List.of("Any.Outbound", "Any.Inbound", "Any.Internal");
            default -> throw new IllegalArgumentException("document: direction '" + direction
                    + "' is none; incoming, outgoing or internal");
        };
    }

    private Object boxes(Operation.Request request) {
        DiadocBoxes boxes = accounts.apply(request.account()).boxes();
        return boxes.visible().stream().map(box -> {
            Counterparty party = boxes.party(box);
            Map<String, Object> row = new LinkedHashMap<>(Map.of("id", DiadocId.guid(box)));
            row.put("inn", party.inn());
            row.put("kpp", party.kpp());
            row.put("name", party.name());
            return row;
        }).toList();
    }

    private static void put(Map<String, String> filter, String key, @Nullable String value) {
        if (value != null) {
            filter.put(key, value);
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null || value.toString().isBlank() ? null : value.toString().strip();
    }

    private static @Nullable String day(@Nullable Object value) {
        String told = text(value);
        return told == null ? null : DiadocTime.day(LocalDate.parse(told));
    }

    private static @Nullable String ticks(@Nullable Object value) {
        String told = text(value);
        return told == null ? null : Long.toString(DiadocTime.ticks(Instant.parse(told)));
    }
}
