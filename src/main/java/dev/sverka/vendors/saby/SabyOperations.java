package dev.sverka.vendors.saby;

import dev.sverka.core.connector.Operation;
import dev.sverka.core.http.VendorException;
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

/** What this provider can be asked. Nothing is written there: people sign and refuse. */
final class SabyOperations {

    /** A list is for a person or a question, not for a copy of everything. */
    private static final int LONGEST_LIST = 1000;

    private final Function<String, SabyClient> clients;
    private final Clock clock;

    SabyOperations(Function<String, SabyClient> clients, Clock clock) {
        this.clients = clients;
        this.clock = clock;
    }

    Map<String, Operation> all() {
        return Map.of(
                "get", new Operation("get", "Reads the document of an id: state, parties, why and who",
                        (Operation.Read) this::get),
                "look", new Operation("look", "Reads the document of an id as get does; nothing where there is no such"
                        + " document any more", (Operation.Read) this::look),
                "content", new Operation("content", "Fetches name: and content: of the file of a document's id as it was"
                        + " signed; content: is absent where the document has none", (Operation.Read) this::content),
                "list", new Operation("list", "Lists documents by date from: to:, of one type: in the provider's words,"
                        + " or by mask: in number or name; without reasons and signers", (Operation.Read) this::list));
    }

    private EdoDocument get(Operation.Request request) {
        SabyClient client = clients.apply(request.account());
        Instant readAt = clock.instant();
        return SabyDocuments.read(client.account(), client.document(id(request)), readAt);
    }

    private @Nullable EdoDocument look(Operation.Request request) {
        try {
            return get(request);
        } catch (VendorException.Refused gone) {
            if (!SabyClient.isBusiness(gone)) {
                throw gone;
            }
            return null;
        }
    }

    private static String id(Operation.Request request) {
        return String.valueOf(request.body() instanceof Map<?, ?> map ? map.get("id") : request.body());
    }

    /** A link that has run out is replaced by that of the document as it is now. */
    private Map<String, Object> content(Operation.Request request) {
        SabyClient client = clients.apply(request.account());
        SabyDocuments.SabyFile file = SabyDocuments.file(client.document(id(request)));
        Map<String, Object> content = new LinkedHashMap<>(Map.of("id", id(request)));
        if (file != null) {
            content.put("name", file.name());
            content.put("content", client.file(file.name(), file.link()));
        }
        return content;
    }

    private List<EdoDocument> list(Operation.Request request) {
        SabyClient client = clients.apply(request.account());
        Map<String, Object> asked = request.map();
        Map<String, Object> filter = new LinkedHashMap<>();
        put(filter, "ДатаС", day(asked.get("from")));
        put(filter, "ДатаПо", day(asked.get("to")));
        put(filter, "Тип", asked.get("type"));
        put(filter, "Маска", asked.get("mask"));
        List<EdoDocument> documents = new ArrayList<>();
        SabyClient.Page page;
        int number = 0;
        do {
            Instant readAt = clock.instant();
            page = client.documents(filter, number++);
            page.rows().stream().filter(SabyDocuments::isEdo)
                    .forEach(row -> documents.add(SabyDocuments.read(client.account(), row, readAt)));
        } while (page.more() && !page.rows().isEmpty() && documents.size() < LONGEST_LIST);
        return documents;
    }

    private static @Nullable String day(@Nullable Object value) {
        return value == null ? null : SabyTime.text(LocalDate.parse(value.toString()));
    }

    private static void put(Map<String, Object> filter, String key, @Nullable Object value) {
        if (value != null) {
            filter.put(key, value.toString());
        }
    }
}
