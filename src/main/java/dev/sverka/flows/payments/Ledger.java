package dev.sverka.flows.payments;

import dev.sverka.flows.matching.Matcher.Earlier;
import dev.sverka.records.bank.BankOperation.Direction;
import dev.sverka.records.bank.BankOperation;
import dev.sverka.records.bank.StatementWindow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
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
            party_inn, party_name, party_account, category, box, explanation, by_person""";

    private final JdbcClient jdbc;

    Ledger(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** An operation as kept. Amount in hundredths. @param box new, review, allocated, classified or ignored */
    record Kept(long id, String source, String version, String bankAccount, Direction direction, long amount,
            String currency, LocalDate bookedOn, @Nullable String docNumber, String purpose, @Nullable String partyInn,
            @Nullable String partyName, @Nullable String partyAccount, @Nullable String category, String box,
            @Nullable String explanation, @Nullable String byPerson) {
    }

    /** A share of an operation for a payment, in hundredths. */
    record Allocation(long id, long operation, long payment, long amount, String rule, String evidence,
            @Nullable String byPerson, boolean commented) {
    }

    /** A share that was taken back. @param told whether nothing is left to say about it on the portal */
    record Freed(long id, long operation, long amount, String because, boolean told) {
    }

    /** An operation by one of its ids at the bank. @param byPerson whether a person decided on it */
    record Known(long id, String sourceId, @Nullable String fingerprint, LocalDate bookedOn, boolean withdrawn,
            boolean byPerson) {
    }

    /** What became of news about an operation. @param isChanged whether it was known with other content */
    record Taken(Kept operation, boolean isChanged) {
    }

    /** Takes an operation over. Its id at the bank is an alias only: banks change ids overnight (tbank.md section 6). */
    Taken take(BankOperation news) {
        Optional<Long> known = jdbc.sql("select operation_id from operation_alias where source = ? and source_id = ?")
                .params(news.source(), news.sourceId()).query(Long.class).optional();
        if (known.isEmpty()) {
            Optional<Long> twin = twin(news);
            long id = twin.orElseGet(() -> insert(news));
            alias(news.source(), news.sourceId(), id);
            if (twin.isPresent() && !isFile(news.source()) && isFile(operation(id).source())) {
                update(id, news);
            }
            return new Taken(operation(id), false);
        }
        Kept before = operation(known.get());
        boolean changed = !before.version().equals(news.version()) && before.source().equals(news.source())
                && !isStale(before.id(), news);
        if (changed) {
            update(before.id(), news);
        }
        return new Taken(operation(before.id()), changed);
    }

    void alias(String source, String sourceId, long operation) {
        jdbc.sql("insert into operation_alias (source, source_id, operation_id) values (?, ?, ?)")
                .params(source, sourceId, operation).update();
    }

    /** The same movement told by another source, such as a file beside the bank's own API; each is used once. */
    private Optional<Long> twin(BankOperation news) {
        return jdbc.sql("""
                select id from bank_operation o where bank_account = ? and fingerprint = ? and withdrawn = false
                    and booked_on between ? and ? and not exists (select 1 from operation_alias a
                        where a.operation_id = o.id and a.source = ?)
                order by id limit 1""")
                .params(Arrays.asList(news.bankAccount(), news.fingerprint(), news.bookedOn().minusDays(1),
                        news.bookedOn().plusDays(1), news.source())).query(Long.class).optional();
    }

    /** The bank's own answers are believed over a file: from then on only they change the operation. */
    private static boolean isFile(String source) {
        return source.startsWith("statements.");
    }

    /** An answer that was under way while a newer one came. */
    private boolean isStale(long operation, BankOperation news) {
        return news.readAt() != null && jdbc.sql("select read_at from bank_operation where id = ?").param(operation)
                .query(Long.class).optional().filter(at -> at > news.readAt().toEpochMilli()).isPresent();
    }

    /** What the bank tells of it is shown by the bank. */
    private void update(long operation, BankOperation news) {
        jdbc.sql("""
                update bank_operation set withdrawn = false, source = ?, version = ?, direction = ?, amount = ?, currency = ?, booked_on = ?,
                    doc_number = ?, purpose = ?, category = ?, party_inn = ?, party_kpp = ?, party_name = ?,
                    party_account = ?, read_at = ?, fingerprint = ? where id = ?""")
                .params(Arrays.asList(news.source(), news.version(), news.direction().name(), news.amount(),
                        news.currency(), news.bookedOn(), cut(news.documentNumber(), 40), cut(news.purpose(), 1000),
                        cut(news.category(), 60), cut(news.counterparty().inn(), 12),
                        cut(news.counterparty().kpp(), 9), cut(news.counterparty().name(), 300),
                        cut(news.counterparty().account(), 40), millis(news.readAt()), news.fingerprint(), operation))
                .update();
    }

    private static @Nullable Long millis(@Nullable Instant at) {
        return at == null ? null : Long.valueOf(at.toEpochMilli());
    }

    private long insert(BankOperation news) {
        KeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                insert into bank_operation (source, version, bank_account, direction, amount, currency, booked_on,
                    doc_number, purpose, category, party_inn, party_kpp, party_name, party_account, read_at,
                    fingerprint, box)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'new')""")
                .params(Arrays.asList(news.source(), news.version(), news.bankAccount(), news.direction().name(),
                        news.amount(), news.currency(), news.bookedOn(), cut(news.documentNumber(), 40),
                        cut(news.purpose(), 1000), cut(news.category(), 60), cut(news.counterparty().inn(), 12),
                        cut(news.counterparty().kpp(), 9), cut(news.counterparty().name(), 300),
                        cut(news.counterparty().account(), 40), millis(news.readAt()), news.fingerprint()))
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

    /** Takes back what an operation has paid. @param because in Russian, for the payment's timeline */
    List<Allocation> takeBack(long operation, String because) {
        List<Allocation> shares = ofOperation(operation);
        jdbc.sql("update allocation set active = false, freed_because = ? where operation_id = ? and active = true")
                .params(cut(because, 300), operation).update();
        return shares;
    }

    /** What was taken back stands again, as it was. */
    void reinstate(List<Allocation> shares) {
        shares.forEach(share -> jdbc.sql("update allocation set active = true, freed_because = null where id = ?")
                .param(share.id()).update());
    }

    /** Shares that were taken back from a payment, oldest first; {@code commented} says whether people were told. */
    List<Freed> freed(long payment) {
        return jdbc.sql("""
                select id, operation_id, amount, freed_because, freed_told or not commented from allocation
                where payment_id = ? and active = false and freed_because is not null order by id""").param(payment)
                .query((row, number) -> new Freed(row.getLong(1), row.getLong(2), row.getLong(3), row.getString(4),
                        row.getBoolean(5))).list();
    }

    void freedTold(long allocation) {
        jdbc.sql("update allocation set freed_told = true where id = ?").param(allocation).update();
    }

    void withdrawn(long operation, boolean withdrawn) {
        jdbc.sql("update bank_operation set withdrawn = ? where id = ?").params(withdrawn, operation).update();
    }

    /** One operation becomes another: its ids at the bank are the other's now. */
    void merge(long operation, long into) {
        jdbc.sql("update operation_alias set operation_id = ? where operation_id = ?").params(into, operation).update();
    }

    /** What is known of a bank account's days and was read no later than the window, oldest first. */
    List<Known> known(StatementWindow window) {
        return jdbc.sql("""
                select o.id, a.source_id, o.fingerprint, o.booked_on, o.withdrawn, o.by_person from bank_operation o
                join operation_alias a on a.operation_id = o.id and a.source = ?
                where o.bank_account = ? and o.booked_on >= ? and o.booked_on < ? and o.read_at <= ?
                order by o.id, a.source_id""")
                .params(window.source(), window.bankAccount(), window.fromDate(), window.toDateExclusive(),
                        window.readAt().toEpochMilli())
                .query((row, number) -> new Known(row.getLong(1), row.getString(2), row.getString(3),
                        row.getDate(4).toLocalDate(), row.getBoolean(5), row.getString(6) != null)).list();
    }

    /** Whether an id of the bank is known. */
    boolean isKnown(String source, String sourceId) {
        return jdbc.sql("select count(*) from operation_alias where source = ? and source_id = ?")
                .params(source, sourceId).query(Long.class).single() > 0;
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
                row.getString("party_account"), row.getString("category"), row.getString("box"),
                row.getString("explanation"), row.getString("by_person"));
    }

    private static @Nullable String cut(@Nullable String text, int length) {
        return text == null || text.length() <= length ? text : text.substring(0, length);
    }
}
