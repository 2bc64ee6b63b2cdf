package dev.sverka.core.state;

import java.util.Collection;
import java.util.TreeSet;

/**
 * What two transactions must not decide on at once, by name: held until the transaction that took it ends. All take
 * theirs in one order, so that nobody waits for each other for ever.
 */
public final class Locks {

    private final Rows rows;

    Locks(Rows rows) {
        this.rows = rows;
    }

    /**
     * Joins the running transaction.
     *
     * @param names at most 80 characters each; all that the transaction will want, for a second call may meet another's
     *     first
     */
    public void hold(Collection<String> names) {
        for (String name : new TreeSet<>(names)) {
            while (!isHeld(name)) {
                rows.insert(rows.sql("insert into lock_row (name) values (:name)").param("name", name));
            }
        }
    }

    private boolean isHeld(String name) {
        return rows.sql("select name from lock_row where name = :name for update").param("name", name)
                .query(String.class).optional().isPresent();
    }
}
