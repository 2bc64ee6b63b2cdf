package dev.sverka.flows.payments;

import dev.sverka.flows.matching.Debtors;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Payers' accounts that people have tied to a customer by saying whose money came from them, and forgetting them again.
 * Accounts that stand for many payers, and payers whose ИНН the bank tells, are never learned.
 */
public class LearnedAccounts {

    private static final int SHOWN = 20;

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final CustomerLocks locks;
    private final Operations operations;
    private final Companies companies;
    private final Ledger ledger;
    private final Clock clock;

    LearnedAccounts(JdbcClient jdbc, Transactions transactions, CustomerLocks locks, Operations operations,
            Companies companies, Ledger ledger, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.locks = locks;
        this.operations = operations;
        this.companies = companies;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * What is known of the account that an operation came from.
     *
     * @param customers whom people have tied it to; of several nothing follows
     * @param leaning what the machine has given to the customer because of it
     */
    public record Lesson(String account, List<String> customers, List<Leaning> leaning) {

        public boolean isLearned() {
            return customers.size() == 1;
        }
    }

    /** An operation that was decided by the account alone. */
    public record Leaning(long operation, LocalDate day, BigDecimal amount, String currency, @Nullable String party) {
    }

    /** Empty where the operation's account is none that anything may be learned of. */
    public Optional<Lesson> of(long operation) {
        return operations.find(operation).filter(LearnedAccounts::mayTeach).map(StoredOperation::partyAccount)
                .map(account -> new Lesson(account, names(account), leaning(account)));
    }

    static boolean mayTeach(StoredOperation operation) {
        return operation.isIncoming() && operation.partyInn() == null && operation.partyAccount() != null
                && Debtors.isOnePayers(operation.partyAccount());
    }

    private List<String> names(String account) {
        return companies.confirmedFor(account).stream().map(inn -> jdbc.sql("""
                select c.title from company c join requisite r on r.company_id = c.id
                where r.inn = ? and c.title is not null order by c.id limit 1""").param(inn).query(String.class)
                .optional().map(title -> title + ", ИНН " + inn).orElse("ИНН " + inn)).toList();
    }

    private List<Leaning> leaning(String account) {
        return jdbc.sql("""
                select o.id, o.booked_on, o.amount, o.currency, o.party_name from bank_operation o
                where o.party_account = ? and o.direction = 'INCOMING' and o.party_inn is null and o.by_person is null
                    and o.box = 'allocated' and exists (
                        select 1 from share s where s.operation_id = o.id and s.ended_by is null)
                order by o.id desc limit ?""").params(account, SHOWN)
                .query((row, number) -> new Leaning(row.getLong(1), row.getDate(2).toLocalDate(),
                        PortalItem.rubles(row.getLong(3)), row.getString(4), row.getString(5))).list();
    }

    /**
     * Nothing follows from the account of an operation any more. Money that was given because of it stays where it is,
     * and what waits is looked at anew.
     *
     * @return what leaned on it, for people to look at; empty where nothing was to be forgotten
     */
    public Optional<List<Leaning>> forget(long operation, String by) {
        return transactions.run(() -> {
            Optional<StoredOperation> found = operations.find(operation).filter(LearnedAccounts::mayTeach);
            if (found.isEmpty() || companies.confirmedFor(found.get().partyAccount()).isEmpty()) {
                return Optional.empty();
            }
            String account = found.get().partyAccount();
            locks.hold(List.of(found.get()), Set.of(), account);
            List<Leaning> leaning = leaning(account);
            jdbc.sql("""
                    select distinct o.id from bank_operation o join share s on s.operation_id = o.id
                    join decision d on d.id = s.begun_by and d.by_person is not null
                    where o.party_account = ?""").param(account)
                    .query(Long.class).list().forEach(id -> companies.untaught(id, by, clock.millis()));
            ledger.wake(List.of(account));
            return Optional.of(leaning);
        });
    }
}
