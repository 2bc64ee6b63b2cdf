package dev.sverka.vendors.statements;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The files taken so far and the rows they told. Everything joins the running transaction. */
final class StatementRows {

    private static final int REPORT = 100_000;

    private final JdbcClient jdbc;

    StatementRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A row as kept.
     *
     * @param source the account whose folder told it first
     * @param toldAt milliseconds; when the latest file that tells it was made, 0 where it does not say
     * @param vanished whether a later file proves its day whole without it
     */
    record Known(String id, String source, String bankAccount, LocalDate bookedOn, String fingerprint, String numbered,
            String loose, String version, long toldAt, boolean vanished) {

        static Known of(String id, String source, Row row, long toldAt) {
            return new Known(id, source, row.bankAccount(), row.bookedOn(), row.fingerprint(), row.numbered(),
                    row.loose(), row.version(), toldAt, false);
        }

        /** Told again by a file made then; an older file changes nothing. */
        Known toldAgain(long at) {
            return new Known(id, source, bankAccount, bookedOn, fingerprint, numbered, loose, version,
                    Math.max(at, toldAt), false);
        }

        Known gone(long at) {
            return new Known(id, source, bankAccount, bookedOn, fingerprint, numbered, loose, version, at, true);
        }
    }

    /** A file that was taken before. @param complete whether nothing was left out @param report told beside it */
    record Taken(boolean complete, @Nullable String report) {
    }

    Optional<Taken> taken(String hash) {
        return jdbc.sql("select complete, report from statement_file where hash = ?").param(hash)
                .query((row, number) -> new Taken(row.getBoolean(1), row.getString(2))).optional();
    }

    void take(String hash, String source, String name, Taken how, long now) {
        String report = how.report();
        String kept = report == null || report.length() <= REPORT ? report : report.substring(0, REPORT);
        if (jdbc.sql("update statement_file set complete = ?, report = ?, taken_at = ? where hash = ?")
                .params(Arrays.asList(how.complete(), kept, now, hash)).update() == 0) {
            jdbc.sql("""
                    insert into statement_file (hash, source, name, complete, report, taken_at)
                    values (?, ?, ?, ?, ?, ?)""")
                    .params(Arrays.asList(hash, source, name, how.complete(), kept, now)).update();
        }
    }

    /** Rows of some days of an account, in the order in which they were first told. */
    List<Known> known(String bankAccount, LocalDate from, LocalDate to) {
        return jdbc.sql("""
                select id, source, bank_account, booked_on, fingerprint, numbered, loose, version, told_at,
                    vanished
                from statement_row where bank_account = ? and booked_on between ? and ? order by place""")
                .params(bankAccount, from, to)
                .query((row, number) -> new Known(row.getString(1), row.getString(2), row.getString(3),
                        row.getObject(4, LocalDate.class), row.getString(5), row.getString(6), row.getString(7),
                        row.getString(8), row.getLong(9), row.getBoolean(10))).list();
    }

    /** Whether anything of an account has ever been told. */
    boolean knows(String bankAccount) {
        return jdbc.sql("select 1 from statement_row where bank_account = ? limit 1").param(bankAccount)
                .query(Integer.class).optional().isPresent();
    }

    /** @throws org.springframework.dao.DuplicateKeyException where another file told it at the same moment */
    void add(Known row) {
        jdbc.sql("""
                insert into statement_row (id, source, bank_account, booked_on, fingerprint, numbered, loose, version,
                    told_at, vanished) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(row.id(), row.source(), row.bankAccount(), row.bookedOn(), row.fingerprint(), row.numbered(),
                        row.loose(), row.version(), row.toldAt(), row.vanished()).update();
    }

    void change(Known row) {
        jdbc.sql("""
                update statement_row set fingerprint = ?, numbered = ?, version = ?, told_at = ?, vanished = ?
                where id = ?""")
                .params(row.fingerprint(), row.numbered(), row.version(), row.toldAt(), row.vanished(), row.id())
                .update();
    }
}
