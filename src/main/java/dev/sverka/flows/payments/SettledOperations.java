package dev.sverka.flows.payments;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Operations with what is decided of them, for the management books. Reads only. */
public class SettledOperations {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    SettledOperations(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * A share of it. @param amount kopecks; @param deal the portal's deal; @param stage of that deal, the portal's too
     * @param article of the payment
     */
    public record Part(long payment, long amount, @Nullable Long deal, @Nullable Long stage,
            @Nullable String article) {
    }

    /**
     * An operation by its current version. Amount in kopecks, the day is Europe/Moscow.
     *
     * @param kind what a rule of the bank's calls it, such as {@code tax}; null where it is none of them
     * @param parts what payments hold of it; of a register of card money gross
     * @param fee what the bank has kept of such a register, kopecks; else 0
     */
    public record Settled(long id, String account, boolean incoming, long amount, LocalDate bookedOn, String purpose,
            @Nullable String inn, @Nullable String name, String box, @Nullable String kind, boolean withdrawn,
            List<Part> parts, long fee) {

        /** Whether money or machine has decided where it belongs. */
        public boolean isSettled() {
            return !withdrawn && (box.equals("allocated") || box.equals("classified"));
        }
    }

    public Optional<Settled> find(long operation) {
        return jdbc.sql("""
                select id, bank_account, direction, amount, booked_on, purpose, party_inn, party_name, box, explanation,
                    withdrawn, fee from bank_operation where id = ?""").param(operation)
                .query((row, number) -> new Settled(row.getLong(1), row.getString(2),
                        row.getString(3).equals("INCOMING"), row.getLong(4), row.getDate(5).toLocalDate(),
                        row.getString(6), row.getString(7), row.getString(8), row.getString(9),
                        kind(row.getString(9), row.getString(10)), row.getBoolean(11), parts(operation), row.getLong(12))).optional();
    }

    /** Settled ones, oldest first. @param since first banking day */
    public List<Long> settledSince(LocalDate since) {
        return jdbc.sql("""
                select id from bank_operation where booked_on >= ? and withdrawn = false
                    and box in ('allocated', 'classified') order by booked_on, id""").param(since)
                .query(Long.class).list();
    }

    /**
     * Other movements of the same account, side and sum within two days: one of them may be what a look for this one
     * finds.
     */
    public List<Settled> rivals(Settled one) {
        List<Long> ids = jdbc.sql("""
                select id from bank_operation where bank_account = ? and direction = ? and amount = ? and id <> ?
                    and booked_on between ? and ? and withdrawn = false order by id""")
                .params(Arrays.asList(one.account(), one.incoming() ? "INCOMING" : "OUTGOING", one.amount(), one.id(),
                        one.bookedOn().minusDays(2), one.bookedOn().plusDays(2))).query(Long.class).list();
        List<Settled> rivals = new ArrayList<>();
        ids.forEach(id -> find(id).ifPresent(rivals::add));
        return rivals;
    }

    private List<Part> parts(long operation) {
        return jdbc.sql("""
                select s.payment_id, s.amount, p.deal_id, p.details from share s left join payment p on p.id = s.payment_id
                where s.operation_id = ? and s.ended_by is null order by s.payment_id, s.id""").param(operation)
                .query((row, number) -> {
                    Map<String, Object> details = row.getString(4) == null ? Map.of()
                            : json.readValue(row.getString(4), new TypeReference<Map<String, Object>>() { });
                    return new Part(row.getLong(1), row.getLong(2), row.getObject(3, Long.class),
                            details.get("stageItem") instanceof Number stage ? Long.valueOf(stage.longValue()) : null,
                            PortalItem.text(details.get("article")));
                }).list();
    }

    /** A rule's explanation begins with what it calls the operation. */
    private static @Nullable String kind(String box, @Nullable String explanation) {
        int colon = explanation == null || !box.equals("classified") ? -1 : explanation.indexOf(": ");
        return colon < 1 || explanation == null ? null : explanation.substring(0, colon);
    }
}
