package dev.sverka.payments;

import dev.sverka.bank.BankOperation;
import dev.sverka.bank.BankOperation.Direction;
import dev.sverka.payments.Matcher.Earlier;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;

/** Operations, the boxes they are in, and what of them is allocated. Everything joins the running transaction. */
final class Ledger {

    private static final String COLUMNS = """
            id, source, version, bank_account, direction, amount, currency, booked_on, doc_number, purpose,
            party_inn, party_name, party_account, box, explanation, by_person""";

    private final JdbcClient jdbc;

    Ledger(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** An operation as kept. Amount in hundredths. @param box new, review, allocated, classified or ignored */
    record Kept(long id, String source, String version, String bankAccount, Direction direction, long amount,
            String currency, LocalDate bookedOn, @Nullable String docNumber, String purpose, @Nullable String partyInn,
            @Nullable String partyName, @Nullable String partyAccount, String box, @Nullable String explanation,
            @Nullable String byPerson) {
    }

    /** A share of an operation for a payment, in hundredths. */
    record Allocation(long id, long operation, long payment, long amount, String rule, String evidence,
            @Nullable String byPerson, boolean commented) {
    }

    /** What became of news about an operation. @param isChanged whether it was known with other content */
    record Taken(Kept operation, boolean isChanged) {
    }

    /** Takes an operation over. Its id at the bank is an alias only: banks change ids overnight (tbank.md section 6). */
    Taken take(BankOperation news) {
        Optional<Long> known = jdbc.sql("select operation_id from operation_alias where source = ? and source_id = ?")
                .params(news.source(), news.sourceId()).query(Long.class).optional();
        if (known.isEmpty()) {
            long id = insert(news);
            jdbc.sql("insert into operation_alias (source, source_id, operation_id) values (?, ?, ?)")
                    .params(news.source(), news.sourceId(), id).update();
            return new Taken(operation(id), false);
        }
        Kept before = operation(known.get());
        boolean changed = !before.version().equals(news.version());
        if (changed) {
            jdbc.sql("""
                    update bank_operation set version = ?, direction = ?, amount = ?, currency = ?, booked_on = ?,
                        doc_number = ?, purpose = ?, category = ?, party_inn = ?, party_kpp = ?, party_name = ?,
                        party_account = ? where id = ?""")
                    .params(Arrays.asList(news.version(), news.direction().name(), news.amount(), news.currency(),
                            news.bookedOn(), cut(news.documentNumber(), 40), cut(news.purpose(), 1000),
                            cut(news.category(), 60), cut(news.counterparty().inn(), 12),
                            cut(news.counterparty().kpp(), 9), cut(news.counterparty().name(), 300),
                            cut(news.counterparty().account(), 40), before.id())).update();
        }
        return new Taken(operation(before.id()), changed);
    }

    private long insert(BankOperation news) {
        KeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                insert into bank_operation (source, version, bank_account, direction, amount, currency, booked_on,
                    doc_number, purpose, category, party_inn, party_kpp, party_name, party_account, box)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'new')""")
                .params(Arrays.asList(news.source(), news.version(), news.bankAccount(), news.direction().name(),
                        news.amount(), news.currency(), news.bookedOn(), cut(news.documentNumber(), 40),
                        cut(news.purpose(), 1000), cut(news.category(), 60), cut(news.counterparty().inn(), 12),
                        cut(news.counterparty().kpp(), 9), cut(news.counterparty().name(), 300),
                        cut(news.counterparty().account(), 40)))
                .update(key, "id");
        return key.getKeyAs(Long.class);
    }

    /** The operation, locked. */
    Kept operation(long id) {
        return jdbc.sql("select " + COLUMNS + " from bank_operation where id = ? for update").param(id)
                .query(Ledger::kept).single();
    }

    /** The operation as it stands, not locked. */
    Kept look(long id) {
        return jdbc.sql("select " + COLUMNS + " from bank_operation where id = ?").param(id).query(Ledger::kept)
                .single();
    }

    /** The bank's newest id of the operation, for markers. */
    String sourceId(long operation) {
        return jdbc.sql("select source_id from operation_alias where operation_id = ? order by source_id limit 1")
                .param(operation).query(String.class).single();
    }

    /** Operations of a payer that wait for a decision, oldest day first. */
    List<Kept> undecided(String inn) {
        return jdbc.sql("select " + COLUMNS + """
                 from bank_operation where party_inn = ? and box in ('new', 'review') and by_person is null
                order by booked_on, id""").param(inn).query(Ledger::kept).list();
    }

    void box(long operation, String box, String explanation, @Nullable String byPerson) {
        jdbc.sql("update bank_operation set box = ?, explanation = ?, by_person = ? where id = ?")
                .params(Arrays.asList(box, cut(explanation, 1000), byPerson, operation)).update();
    }

    void allocate(long operation, long payment, long amount, String rule, String evidence, @Nullable String byPerson) {
        jdbc.sql("""
                insert into allocation (operation_id, payment_id, amount, rule, evidence, by_person, active, commented)
                values (?, ?, ?, ?, ?, ?, true, false)""")
                .params(Arrays.asList(operation, payment, amount, rule, cut(evidence, 1000), byPerson)).update();
    }

    List<Allocation> ofOperation(long operation) {
        return allocations("operation_id = ?", operation);
    }

    /** Oldest first. */
    List<Allocation> ofPayment(long payment) {
        return allocations("payment_id = ?", payment);
    }

    private List<Allocation> allocations(String where, long id) {
        return jdbc.sql("select id, operation_id, payment_id, amount, rule, evidence, by_person, commented "
                + "from allocation where active = true and " + where + " order by id").param(id)
                .query((row, number) -> new Allocation(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4),
                        row.getString(5), row.getString(6), row.getString(7), row.getBoolean(8))).list();
    }

    /** Takes back what is allocated to a payment. @return the operations that lost it */
    List<Long> free(long payment) {
        List<Long> operations = ofPayment(payment).stream().map(Allocation::operation).distinct().toList();
        jdbc.sql("update allocation set active = false where payment_id = ?").param(payment).update();
        return operations;
    }

    void commented(long allocation) {
        jdbc.sql("update allocation set commented = true where id = ?").param(allocation).update();
    }

    List<Earlier> earlier(String inn, long except) {
        return jdbc.sql("""
                select o.amount, o.booked_on, o.purpose, a.payment_id from bank_operation o
                join allocation a on a.operation_id = o.id and a.active = true
                where o.party_inn = ? and o.id <> ?""").params(inn, except)
                .query((row, number) -> new Earlier(row.getLong(1), row.getDate(2).toLocalDate(), row.getString(3),
                        row.getLong(4))).list();
    }

    private static Kept kept(ResultSet row, int number) throws SQLException {
        return new Kept(row.getLong("id"), row.getString("source"), row.getString("version"),
                row.getString("bank_account"), Direction.valueOf(row.getString("direction")), row.getLong("amount"),
                row.getString("currency"), row.getDate("booked_on").toLocalDate(), row.getString("doc_number"),
                row.getString("purpose"), row.getString("party_inn"), row.getString("party_name"),
                row.getString("party_account"), row.getString("box"), row.getString("explanation"),
                row.getString("by_person"));
    }

    private static @Nullable String cut(@Nullable String text, int length) {
        return text == null || text.length() <= length ? text : text.substring(0, length);
    }
}
