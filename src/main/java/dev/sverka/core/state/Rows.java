package dev.sverka.core.state;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Rows that several replicas may write at once, in SQL that H2 and PostgreSQL both take. */
final class Rows {

    private final JdbcClient jdbc;
    private final TransactionTemplate joined;
    private final TransactionTemplate nested;
    private final TransactionTemplate apart;

    Rows(JdbcClient jdbc, PlatformTransactionManager manager) {
        this.jdbc = jdbc;
        this.joined = new TransactionTemplate(manager);
        this.nested = new TransactionTemplate(manager);
        this.nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        this.apart = new TransactionTemplate(manager);
        this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    StatementSpec sql(String sql) {
        return jdbc.sql(sql);
    }

    void together(Runnable work) {
        joined.executeWithoutResult(status -> work.run());
    }

    /** In a transaction of its own, whatever the caller's does. */
    <T> T apart(Supplier<T> work) {
        T result = apart.execute(status -> work.get());
        if (result == null) {
            throw new IllegalStateException("A transaction of its own gave no result");
        }
        return result;
    }

    /** Behind a savepoint, because on PostgreSQL a taken key would spoil the running transaction. */
    boolean insert(StatementSpec insert) {
        try {
            nested.executeWithoutResult(status -> insert.update());
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    /** Updates the row, or makes it where it is not there yet. */
    void put(BooleanSupplier update, Supplier<StatementSpec> insert) {
        while (!update.getAsBoolean() && !insert(insert.get())) {
            // Another replica made the row between the two statements.
        }
    }
}
