package dev.sverka.flows.paperwork;

import dev.sverka.core.connector.Fingerprint;
import dev.sverka.core.journal.FlowSteps;
import dev.sverka.core.journal.NotYet;
import dev.sverka.flows.payments.PaymentSearch.Found;
import dev.sverka.flows.payments.Questions;
import dev.sverka.records.invoice.InvoiceFile;
import java.math.BigDecimal;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/** The steps of invoice files, each safe to repeat. Routes call them as {@code bean:bills?method=…}. */
@FlowSteps
public class Bills {

    static final String KIND = "invoice-file";
    static final String FLOW = "invoice-file";
    private static final String HASH = "hash";
    private static final String PAYMENT = "payment";
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.uuuu");
    /** Rates of the portal's list «НДС». */
    private static final Set<Integer> RATES = Set.of(0, 5, 7, 10, 20, 22);
    private static final int MARKER = 40;

    private final TransactionOperations transactions;
    private final BillBook book;
    private final BillSearch search;
    private final Questions questions;
    private final PaperFreshness freshness;
    private final JsonMapper json;

    Bills(TransactionOperations transactions, BillBook book, BillSearch search, Questions questions,
            PaperFreshness freshness, JsonMapper json) {
        this.transactions = transactions;
        this.book = book;
        this.search = search;
        this.questions = questions;
        this.freshness = freshness;
        this.json = json;
    }

    /** Files of one invoice are worked on one after another. */
    public String workKey(InvoiceFile file) {
        return Objects.requireNonNullElse(BillBook.key(file), file.hash());
    }

    /**
     * Says which payment an invoice file is for.
     *
     * @param body an {@code InvoiceFile} as a map
     * @return {@code {hash, payment, create}}: the payment's id, or the funnel in which it is made; both null where a
     *     person is asked
     * @throws NotYet while the portal has not been read since
     */
    public Map<String, Object> news(Map<String, Object> body) {
        InvoiceFile file = json.convertValue(body, InvoiceFile.class);
        return run(() -> {
            book.keep(file);
            Map<String, Object> plan = new LinkedHashMap<>(Map.of(HASH, file.hash()));
            Map<String, Object> said = book.decided(file.hash());
            String key = BillBook.key(file);
            String side = search.side(file);
            if (said.containsKey("ignore")) {
                return plan;
            }
            if (said.containsKey("item")) {
                plan.put(PAYMENT, PaperItem.number(said.get("item")));
            } else if (said.containsKey("create")) {
                plan.put("create", side);
            } else if (!file.faults().isEmpty() || side == null || key == null) {
                ask(file, side == null && file.faults().isEmpty() ? "ни поставщик, ни покупатель не наша компания, или обе"
                        + " наши" : String.join("; ", file.faults()), List.of());
            } else if (book.payment(key).isPresent()) {
                plan.put(PAYMENT, book.payment(key).get());
            } else {
                found(file, plan, side);
            }
            return plan;
        });
    }

    private void found(InvoiceFile file, Map<String, Object> plan, String side) {
        freshness.check(file.readAt());
        BillSearch.Result found = search.search(file, book);
        if (found.payment() != null) {
            plan.put(PAYMENT, found.payment());
        } else if (found.creates()) {
            plan.put("create", side);
        } else {
            ask(file, found.near().isEmpty() ? "в CRM нет одной компании с ИНН контрагента"
                    : "платёж нельзя назвать однозначно", found.near());
        }
    }

    private void ask(InvoiceFile file, String why, List<Found> near) {
        Map<String, Object> subject = new LinkedHashMap<>();
        subject.put(HASH, file.hash());
        subject.put("account", file.source());
        subject.put("file", file.name());
        subject.put("direction", search.side(file));
        subject.put("number", file.number());
        subject.put("date", file.date() == null ? null : file.date().toString());
        subject.put("amount", file.amount() == null ? null : rubles(file).toPlainString());
        subject.put("seller", file.seller().inn());
        subject.put("buyer", file.buyer().inn());
        subject.put("why", why);
        subject.put("title", "Счёт из файла «" + file.name() + "»");
        questions.ask(KIND, about(file.hash()), subject, near.stream().limit(10).map(one -> {
            Map<String, Object> shown = new LinkedHashMap<>();
            shown.put("id", one.id());
            shown.put("title", one.title());
            shown.put("rest", one.open().toPlainString());
            return new Questions.Choice(shown, List.of(), List.of(), null);
        }).toList());
    }

    static String about(String hash) {
        return "file-" + hash.substring(0, Math.min(12, hash.length()));
    }

    /**
     * What a file means for its payment.
     *
     * @param plan as {@link #news} made it
     * @param item the payment as just read from the portal
     * @return {@code {id, pipeline, fields, comments, hash}}; nothing to be written where a person is asked
     * @throws NotYet where the payment is another one than it was when it was found
     */
    public Map<String, Object> change(Map<String, Object> plan, Map<String, Object> item) {
        return run(() -> {
            InvoiceFile file = book.file(String.valueOf(plan.get(HASH)));
            long id = PaperItem.number(item.get("id"));
            Map<String, Object> result = new LinkedHashMap<>(Map.of("id", id, "fields", Map.of(), "comments", List.of()));
            String key = BillBook.key(file);
            Map<String, Object> given = key == null ? Map.of() : book.given(key);
            boolean chosen = book.decided(file.hash()).containsKey("item");
            if (Boolean.TRUE.equals(item.get("deleted"))) {
                ask(file, "платёж " + id + " удалён на портале", List.of());
                return result;
            }
            if (given.isEmpty() && !chosen && !search.isMeant(file, PaperItem.text(item.get("number")),
                    PaperItem.text(item.get("invoiceDate")), item.get("amount"))) {
                throw new NotYet("payment " + id + " has changed since it was found; it is looked for anew");
            }
            boolean again = !given.isEmpty() && !file.hash().equals(given.get(HASH));
            if (again && !chosen && !isOurs(item, given, file)) {
                ask(file, "счёт перевыставлен, а сумма платежа изменена в CRM", List.of());
                return result;
            }
            result.put("pipeline", item.get("pipeline"));
            result.put("fields", fields(file, item, again));
            result.put("comments", comments(file, item, again));
            result.put(HASH, file.hash());
            return result;
        });
    }

    /** Whether the payment's sum is still what the invoice gave it, or already what this file says. */
    private static boolean isOurs(Map<String, Object> item, Map<String, Object> given, InvoiceFile file) {
        BigDecimal sum = item.get("amount") == null ? BigDecimal.ZERO : new BigDecimal(item.get("amount").toString());
        return given.get("amount") != null && sum.compareTo(BigDecimal.valueOf(PaperItem.number(given.get("amount")), 2)) == 0
                || file.amount() != null && sum.compareTo(rubles(file)) == 0;
    }

    private static Map<String, Object> fields(InvoiceFile file, Map<String, Object> item, boolean again) {
        Map<String, Object> fields = told(file);
        if (!again && item.get("amount") != null && new BigDecimal(item.get("amount").toString()).signum() != 0) {
            fields.remove("amount");
        }
        if (item.get("contractNumber") != null) {
            fields.remove("contractNumber");
        }
        if (item.get("vat") != null && !again) {
            fields.remove("vat");
        }
        if ("in".equals(item.get("pipeline")) && "planned".equals(item.get("stage"))) {
            fields.put("stage", "invoiced");
        }
        return fields;
    }

    /** What the file tells of a payment. */
    private static Map<String, Object> told(InvoiceFile file) {
        Map<String, Object> fields = new LinkedHashMap<>();
        Optional.ofNullable(file.number()).ifPresent(number -> fields.put("number", number));
        Optional.ofNullable(file.date()).ifPresent(date -> fields.put("invoiceDate", date));
        Optional.ofNullable(file.amount()).ifPresent(sum -> fields.put("amount", rubles(file)));
        Optional.ofNullable(file.contract()).ifPresent(contract -> fields.put("contractNumber", contract));
        Integer rate = file.vatRate();
        if (rate != null && (rate < 0 || RATES.contains(rate))) {
            fields.put("vat", rate < 0 ? "Без НДС" : rate + " %");
        }
        return fields;
    }

    private static List<Map<String, Object>> comments(InvoiceFile file, Map<String, Object> item, boolean again) {
        String marker = marker(file, file.hash());
        String text = again ? title(file) + " перевыставлен, сумма " + item.get("amount") + " → " + rubles(file)
                : title(file) + " приложен из файла «" + file.name() + "»";
        return List.of(Map.of("id", item.get("id"), "text", text + "\n" + marker, "marker", marker));
    }

    private static String title(InvoiceFile file) {
        return "Счёт" + (file.number() == null ? "" : " № " + file.number())
                + (file.date() == null ? "" : " от " + DAY.format(file.date()));
    }

    private static BigDecimal rubles(InvoiceFile file) {
        return BigDecimal.valueOf(file.amount() == null ? 0 : file.amount(), 2);
    }

    private static String marker(InvoiceFile file, String what) {
        String head = "sverka:invoice-file:" + (file.source().endsWith(".main") ? "main:" : "");
        return head + Fingerprint.ofParts(file.source(), what).substring(0, Math.min(24, MARKER - head.length()));
    }

    /** The payment that is made of an invoice. @return {@code {marker, fields, currency}} */
    public Map<String, Object> newItem(Map<String, Object> plan) {
        return run(() -> {
            InvoiceFile file = book.file(String.valueOf(plan.get(HASH)));
            Map<String, Object> fields = told(file);
            fields.put("title", title(file));
            fields.put("stage", "in".equals(plan.get("create")) ? "invoiced" : "planned");
            List<Long> customers = search.customers(file);
            if (customers.size() == 1) {
                fields.put("company", customers.get(0));
            }
            List<Long> ours = search.ours(file);
            if (ours.size() == 1) {
                fields.put("ourCompany", ours.get(0));
            }
            // one invoice, one payment, whatever file tells it
            return Map.of("marker", marker(file, Objects.requireNonNullElse(BillBook.key(file), file.hash())),
                    "fields", fields, "currency", "RUB");
        });
    }

    /** A payment has been made of it. @param result the portal's answer @return what {@link #change} would answer */
    public Map<String, Object> created(Map<String, Object> plan, Map<String, Object> result) {
        return Map.of("id", PaperItem.number(result.get("id")), HASH, plan.get(HASH));
    }

    /** The file as the payment takes it. @param content {@code {name, content}} as it was dropped */
    public Map<String, Object> file(Map<String, Object> change, Map<String, Object> content) {
        return Map.of("id", change.get("id"), "field", "invoiceFile", "name", content.get("name"), "content",
                content.get("content"));
    }

    /** Closes the books on a payment that has been given its invoice. */
    public void given(Map<String, Object> change) {
        run(() -> {
            InvoiceFile file = book.file(String.valueOf(change.get(HASH)));
            String key = BillBook.key(file);
            if (key != null) {
                book.tie(key, PaperItem.number(change.get("id")));
                book.give(key, file);
            }
            questions.settle(KIND, about(file.hash()));
            return true;
        });
    }

    private <T> T run(Supplier<@Nullable T> work) {
        return Objects.requireNonNull(transactions.execute(status -> work.get()));
    }
}
