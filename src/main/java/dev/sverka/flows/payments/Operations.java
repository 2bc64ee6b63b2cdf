package dev.sverka.flows.payments;

import dev.sverka.records.bank.BankOperation.Direction;
import dev.sverka.records.bank.BankOperation;
import dev.sverka.records.bank.StatementWindow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;

/**
 * Operations with every version they ever had, and which of them news is about. The bank's id is an alias only: banks
 * change ids overnight (tbank.md section 6), and one id may stand on two movements. Joins the running transaction.
 */
final class Operations {

    private static final String COLUMNS = """
            id, version_number, source, version, bank_account, direction, amount, currency, booked_on, doc_number, purpose,
            party_inn, party_name, party_account, category, fingerprint, box, explanation, by_person, withdrawn,
            only_person, fee""";
    /** How far apart in days two rows under one id may be and still be one movement, edited. */
    private static final int EDITED_WITHIN_DAYS = 5;

    private final JdbcClient jdbc;
    private final Clock clock;

    Operations(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** What became of news. @param known whether it was known before; @param changed whether its content is another now */
    record Taken(StoredOperation operation, boolean known, boolean changed) {
    }

    /** An operation by one of its ids at the bank. @param byPerson whether a person decided on it */
    record Known(long id, String sourceId, @Nullable String fingerprint, java.time.LocalDate bookedOn, boolean withdrawn,
            boolean byPerson, boolean kept) {
    }

    /** Takes news over; what it is held against is the current version, never an earlier one. */
    Taken take(BankOperation news) {
        Optional<Long> named = byAlias(news.source(), news.sourceId());
        if (named.isPresent()) {
            StoredOperation current = operation(named.get());
            boolean plain = BankOperation.plainId(news.sourceId()).equals(news.sourceId());
            return plain && isAnother(current, news) ? take(beside(news)) : revise(current, news);
        }
        Optional<Long> same = underPlainId(news).or(() -> twin(news));
        long id = same.orElseGet(() -> insert(news));
        alias(news.source(), news.sourceId(), id);
        return same.isPresent() ? revise(operation(id), news) : new Taken(operation(id), false, false);
    }

    /**
     * Whether news under a known id tells of another movement: an edit changes one thing, another movement differs in two
     * of sum, number and other side, or lies days away or on another account of ours.
     */
    private static boolean isAnother(StoredOperation current, BankOperation news) {
        if (!current.source().equals(news.source()) || Objects.equals(current.fingerprint(), news.fingerprint())) {
            return false;
        }
        boolean party = !Objects.equals(current.partyAccount(), news.counterparty().account())
                && !Objects.equals(current.partyInn(), news.counterparty().inn());
        boolean sum = current.amount() != news.amount();
        boolean number = !Objects.equals(current.docNumber(), news.documentNumber());
        boolean far = Math.abs(current.bookedOn().toEpochDay() - news.bookedOn().toEpochDay()) > EDITED_WITHIN_DAYS;
        return !current.bankAccount().equals(news.bankAccount()) || current.direction() != news.direction()
                || far && (sum || party || number) || sum && party || sum && number || party && number;
    }

    /** The same news under an id that no other movement has. */
    private static BankOperation beside(BankOperation news) {
        return news.withSourceId(BankOperation.apart(news.sourceId(), news.fingerprint()));
    }

    /** A movement told earlier under an id that it shares with another one now. */
    private Optional<Long> underPlainId(BankOperation news) {
        String plain = BankOperation.plainId(news.sourceId());
        return plain.equals(news.sourceId()) ? Optional.empty() : byAlias(news.source(), plain)
                .filter(id -> isSameRow(operation(id), news));
    }

    private static boolean isSameRow(StoredOperation known, BankOperation news) {
        return Objects.equals(known.fingerprint(), news.fingerprint()) && known.bookedOn().equals(news.bookedOn());
    }

    /**
     * The same movement told by another source, such as a file beside the bank's own API; each is used once. Where the
     * texts differ, number, sum and other side must agree; between a file and an API what one of them does not tell, and
     * zeros before a number, are no difference.
     */
    private Optional<Long> twin(BankOperation news) {
        String number = cut(news.documentNumber(), 40);
        String account = cut(news.counterparty().account(), 40);
        String inn = cut(news.counterparty().inn(), 12);
        return jdbc.sql("""
                select id from bank_operation o where bank_account = ? and direction = ? and amount = ? and currency = ?
                    and booked_on between ? and ? and withdrawn = false
                    and (fingerprint = ? or doc_number = ? and (party_account = ? or party_inn = ?)
                        or (? or source like 'statements.%')
                            and (doc_number is null or ? or trim(leading '0' from doc_number) = ?)
                            and (party_account = ? or party_inn = ?
                                or (doc_number is not null and ? or purpose = ?)
                                and (party_account is null and party_inn is null or ?)))
                    and source <> ?
                    and not exists (select 1 from operation_alias a where a.operation_id = o.id and a.source = ?)
                order by case when fingerprint = ? then 0 when doc_number = ? then 1 else 2 end,
                    case when booked_on = ? then 0 else 1 end, id limit 1""")
                .params(Arrays.asList(news.bankAccount(), news.direction().name(), news.amount(), news.currency(),
                        news.bookedOn().minusDays(1), news.bookedOn().plusDays(1), news.fingerprint(), number, account,
                        inn, isFile(news.source()), number == null, number == null ? null : number.replaceFirst("^0+", ""),
                        account, inn, number != null, cut(news.purpose(), 1000), account == null && inn == null,
                        news.source(), news.source(), news.fingerprint(), number, news.bookedOn()))
                .query(Long.class).optional();
    }

    /** The bank's own answers are believed over a file: from then on only they change the operation. */
    private Taken revise(StoredOperation current, BankOperation news) {
        boolean other = !current.source().equals(news.source());
        boolean same = !other && current.hash().equals(news.version());
        if (same || other && (isFile(news.source()) || !isFile(current.source())) || isStale(current.id(), news)) {
            return new Taken(current, true, false);
        }
        addVersion(current.id(), current.version() + 1, news);
        jdbc.sql("""
                update bank_operation set withdrawn = false, withdrawal_kept = false, version_number = ?, source = ?,
                    version = ?, direction = ?, amount = ?, currency = ?, booked_on = ?, doc_number = ?, purpose = ?,
                    category = ?, party_inn = ?, party_kpp = ?, party_name = ?, party_account = ?, read_at = ?,
                    fingerprint = ? where id = ?""")
                .params(Arrays.asList(current.version() + 1, news.source(), news.version(), news.direction().name(),
                        news.amount(), news.currency(), news.bookedOn(), cut(news.documentNumber(), 40),
                        cut(news.purpose(), 1000), cut(news.category(), 60), cut(news.counterparty().inn(), 12),
                        cut(news.counterparty().kpp(), 9), cut(news.counterparty().name(), 300),
                        cut(news.counterparty().account(), 40), millis(news.readAt()), news.fingerprint(),
                        current.id()))
                .update();
        StoredOperation revised = operation(current.id());
        noteCustomers(revised);
        return new Taken(revised, true, isMaterial(current, news));
    }

    /** Whether a decision could depend on what differs. */
    private static boolean isMaterial(StoredOperation current, BankOperation news) {
        return current.amount() != news.amount() || current.direction() != news.direction()
                || !current.currency().equals(news.currency()) || !current.bookedOn().equals(news.bookedOn())
                || !current.purpose().equals(cut(news.purpose(), 1000))
                || !Objects.equals(current.docNumber(), cut(news.documentNumber(), 40))
                || !Objects.equals(current.partyInn(), cut(news.counterparty().inn(), 12))
                || !Objects.equals(current.partyName(), cut(news.counterparty().name(), 300))
                || !Objects.equals(current.partyAccount(), cut(news.counterparty().account(), 40));
    }

    private static boolean isFile(String source) {
        return source.startsWith("statements.");
    }

    /** An answer that was under way while a newer one came. */
    private boolean isStale(long operation, BankOperation news) {
        return news.readAt() != null && jdbc.sql("select read_at from bank_operation where id = ?").param(operation)
                .query(Long.class).optional().filter(at -> at > news.readAt().toEpochMilli()).isPresent();
    }

    private Optional<Long> byAlias(String source, String sourceId) {
        return jdbc.sql("select operation_id from operation_alias where source = ? and source_id = ?")
                .params(source, sourceId).query(Long.class).optional();
    }

    void alias(String source, String sourceId, long operation) {
        jdbc.sql("insert into operation_alias (source, source_id, operation_id) values (?, ?, ?)")
                .params(source, sourceId, operation).update();
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
        long id = Objects.requireNonNull(key.getKeyAs(Long.class));
        addVersion(id, 1, news);
        return id;
    }

    private void addVersion(long operation, int number, BankOperation news) {
        jdbc.sql("""
                insert into operation_version (operation_id, number, source, source_id, hash, told_at, read_at, direction,
                    amount, currency, booked_on, doc_number, purpose, party_inn, party_name, party_account)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(Arrays.asList(operation, number, news.source(), news.sourceId(), news.version(), clock.millis(),
                        millis(news.readAt()), news.direction().name(), news.amount(), news.currency(),
                        news.bookedOn(), cut(news.documentNumber(), 40), cut(news.purpose(), 1000),
                        cut(news.counterparty().inn(), 12), cut(news.counterparty().name(), 300),
                        cut(news.counterparty().account(), 40))).update();
    }

    /** The operation, locked. */
    StoredOperation operation(long id) {
        return jdbc.sql("select " + COLUMNS + " from bank_operation where id = ? for update").param(id)
                .query(Operations::stored).single();
    }

    /** The operation as it stands, not locked. */
    Optional<StoredOperation> find(long id) {
        return jdbc.sql("select " + COLUMNS + " from bank_operation where id = ?").param(id)
                .query(Operations::stored).optional();
    }

    StoredOperation look(long id) {
        return find(id).orElseThrow();
    }

    /** Which operation news is about, if it is known; not locked. */
    Optional<StoredOperation> about(BankOperation news) {
        return byAlias(news.source(), news.sourceId()).flatMap(this::find);
    }

    /** The bank's id of the operation, for markers. */
    String sourceId(long operation) {
        return jdbc.sql("select source_id from operation_alias where operation_id = ? order by source_id limit 1")
                .param(operation).query(String.class).optional().orElse("operation-" + operation);
    }

    /** Ids of operations that wait for a decision and a customer's news may decide, oldest day first. */
    List<Long> undecided(String customer) {
        return jdbc.sql("""
                select o.id from operation_customer c join bank_operation o on o.id = c.operation_id
                where c.customer = ? and o.box in ('new', 'review') and o.by_person is null
                order by o.booked_on, o.id""").param(customer).query(Long.class).list();
    }

    /** Notes whose news may decide an operation, as long as any may. */
    private void noteCustomers(StoredOperation operation) {
        Set<String> customers = operation.isUndecided() ? CustomerKeys.of(operation) : Set.of();
        Set<String> before = Set.copyOf(jdbc.sql("select customer from operation_customer where operation_id = ?")
                .param(operation.id()).query(String.class).list());
        if (!customers.equals(before)) {
            jdbc.sql("delete from operation_customer where operation_id = ?").param(operation.id()).update();
            customers.forEach(customer -> jdbc.sql("insert into operation_customer (operation_id, customer) values (?, ?)")
                    .params(operation.id(), customer).update());
        }
    }

    /** Undecided operations of a version that did not note it. @param most of them at the most; @return how many */
    int noteMissingCustomers(int most) {
        List<Long> forgotten = jdbc.sql("""
                select o.id from bank_operation o where o.box in ('new', 'review') and o.by_person is null and not exists (
                    select 1 from operation_customer c where c.operation_id = o.id) order by o.id limit ?""").param(most)
                .query(Long.class).list();
        forgotten.forEach(id -> noteCustomers(look(id)));
        return forgotten.size();
    }

    /** Customers of all operations that wait for a decision. */
    List<String> waitingCustomers() {
        return jdbc.sql("""
                select distinct coalesce(party_inn, party_account, 'unknown') from bank_operation
                where box in ('new', 'review') and by_person is null""").query(String.class).list();
    }

    void box(long operation, String box, String explanation, @Nullable String byPerson, boolean onlyPerson) {
        jdbc.sql("update bank_operation set box = ?, explanation = ?, by_person = ?, only_person = ? where id = ?")
                .params(Arrays.asList(box, cut(explanation, 1000), byPerson, onlyPerson, operation)).update();
        noteCustomers(look(operation));
    }

    /** @param fee what the bank has kept of the money it stands for, kopecks */
    void fee(long operation, long fee) {
        jdbc.sql("update bank_operation set fee = ? where id = ? and fee <> ?").params(fee, operation, fee).update();
    }

    void withdrawn(long operation, boolean withdrawn) {
        jdbc.sql("update bank_operation set withdrawn = ?, withdrawal_kept = false where id = ?")
                .params(withdrawn, operation).update();
    }

    void keepThoughWithdrawn(long operation) {
        jdbc.sql("update bank_operation set withdrawal_kept = true where id = ?").param(operation).update();
    }

    /** One operation becomes another: its ids at the bank are the other's now. */
    void merge(long operation, long into) {
        jdbc.sql("update operation_alias set operation_id = ? where operation_id = ?").params(into, operation).update();
    }

    /** What the window's source is believed about in its days and was read no later, oldest first. */
    List<Known> known(StatementWindow window) {
        return jdbc.sql("""
                select o.id, a.source_id, o.fingerprint, o.booked_on, o.withdrawn, o.by_person, o.withdrawal_kept
                from bank_operation o join operation_alias a on a.operation_id = o.id and a.source = ?
                where o.bank_account = ? and o.booked_on >= ? and o.booked_on < ? and o.read_at <= ? and o.source = ?
                order by o.id, a.source_id""")
                .params(window.source(), window.bankAccount(), window.fromDate(), window.toDateExclusive(),
                        window.readAt().toEpochMilli(), window.source())
                .query((row, number) -> new Known(row.getLong(1), row.getString(2), row.getString(3),
                        row.getDate(4).toLocalDate(), row.getBoolean(5), row.getString(6) != null, row.getBoolean(7)))
                .list();
    }

    /** Whether an id of the bank is known. */
    boolean isKnown(String source, String sourceId) {
        return byAlias(source, sourceId).isPresent();
    }

    private static StoredOperation stored(ResultSet row, int number) throws SQLException {
        return new StoredOperation(row.getLong("id"), row.getInt("version_number"), row.getString("source"),
                row.getString("version"), row.getString("bank_account"), Direction.valueOf(row.getString("direction")),
                row.getLong("amount"), row.getString("currency"), row.getDate("booked_on").toLocalDate(),
                row.getString("doc_number"), row.getString("purpose"), row.getString("party_inn"),
                row.getString("party_name"), row.getString("party_account"), row.getString("category"),
                row.getString("fingerprint"), row.getString("box"), row.getString("explanation"),
                row.getString("by_person"), row.getBoolean("withdrawn"), row.getBoolean("only_person"), row.getLong("fee"));
    }

    private static @Nullable Long millis(@Nullable Instant at) {
        return at == null ? null : Long.valueOf(at.toEpochMilli());
    }

    static @Nullable String cut(@Nullable String text, int length) {
        return text == null || text.length() <= length ? text : text.substring(0, length);
    }
}
