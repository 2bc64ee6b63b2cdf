package dev.sverka.core.journal;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The database as this room uses it: statements, transactions and the time they write. */
final class Store {

    private static final int TRIES = 5;

    private final JdbcClient jdbc;
    private final JdbcTemplate template;
    private final Dialect dialect;
    private final Clock clock;
    private final PlatformTransactionManager manager;

    Store(DataSource dataSource, JdbcClient jdbc, Clock clock, PlatformTransactionManager manager) {
        this.jdbc = jdbc;
        this.template = new JdbcTemplate(dataSource);
        this.dialect = Dialect.of(dataSource);
        this.clock = clock;
        this.manager = manager;
    }

    Dialect dialect() {
        return dialect;
    }

    long now() {
        return clock.millis();
    }

    StatementSpec sql(String sql) {
        return jdbc.sql(sql);
    }

    /** One statement for each thing, sent at once. @return the rows that each changed */
    <T> int[] batch(String sql, List<T> things, Function<T, Object[]> params) {
        return things.isEmpty() ? new int[0] : template.batchUpdate(sql, things.stream().map(params).toList());
    }

    /** False where the key is taken; the running transaction stays usable. */
    boolean insert(String sql, UnaryOperator<StatementSpec> params) {
        try {
            return params.apply(jdbc.sql(dialect.insertOrIgnore(sql))).update() > 0;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    /** The new row's id; empty where the key is taken, and the running transaction stays usable. */
    Optional<Long> insertForId(String sql, UnaryOperator<StatementSpec> params) {
        GeneratedKeyHolder keys = new GeneratedKeyHolder();
        try {
            params.apply(jdbc.sql(dialect.insertOrIgnore(sql))).update(keys, "id");
        } catch (DuplicateKeyException e) {
            return Optional.empty();
        }
        return keys.getKeyList().isEmpty() ? Optional.empty() : Optional.ofNullable(keys.getKeyAs(Long.class));
    }

    /** In the caller's transaction, or in a new one where none runs. */
    <T> T joined(Supplier<T> work) {
        return run(TransactionDefinition.PROPAGATION_REQUIRED, work);
    }

    /** Behind a savepoint of the caller's transaction, or in a new one where none runs. */
    <T> T nested(Supplier<T> work) {
        return run(TransactionDefinition.PROPAGATION_NESTED, work);
    }

    /** In a transaction of its own, whatever becomes of the caller's. */
    <T> T apart(Supplier<T> work) {
        return run(TransactionDefinition.PROPAGATION_REQUIRES_NEW, work);
    }

    /** A transaction that is ours alone is tried again where it deadlocks with another. */
    private <T> T run(int propagation, Supplier<T> work) {
        boolean ours = propagation == TransactionDefinition.PROPAGATION_REQUIRES_NEW
                || !TransactionSynchronizationManager.isActualTransactionActive();
        TransactionTemplate transaction = new TransactionTemplate(manager);
        transaction.setPropagationBehavior(propagation);
        for (int triesLeft = ours ? TRIES : 1; ; triesLeft--) {
            try {
                return Objects.requireNonNull(transaction.execute(status -> work.get()));
            } catch (ConcurrencyFailureException e) {
                if (triesLeft == 1) {
                    throw e;
                }
            }
        }
    }

    /** Once for each {@code what}, however often it is asked for in a transaction. */
    void afterCommit(Object what, Runnable action) {
        TransactionSynchronizationManager.getSynchronizations().stream().filter(Committed.class::isInstance)
                .map(Committed.class::cast).findFirst().orElseGet(Store::committed).actions.putIfAbsent(what, action);
    }

    private static Committed committed() {
        Committed committed = new Committed();
        TransactionSynchronizationManager.registerSynchronization(committed);
        return committed;
    }

    /** One for a transaction: Spring goes through all that is registered at each savepoint. */
    private static final class Committed implements TransactionSynchronization {

        private final Map<Object, Runnable> actions = new LinkedHashMap<>();

        @Override
        public void afterCommit() {
            actions.values().forEach(Runnable::run);
        }
    }
}
