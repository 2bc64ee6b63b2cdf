package dev.sverka.flows.books;

import dev.sverka.records.bank.StatementBalances;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What banks stated that accounts held as days began. Joins the running transaction. */
final class BalanceBook {

    private final JdbcClient jdbc;

    BalanceBook(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param amount kopecks; @param readAt milliseconds */
    record Stated(long amount, long readAt) {
    }

    /** Takes over what a bank states; an older answer than the one known changes nothing. */
    void keep(StatementBalances balances) {
        long readAt = balances.readAt().toEpochMilli();
        for (StatementBalances.Start start : balances.starts()) {
            int known = jdbc.sql("""
                    update stated_balance set amount = case when read_at > ? then amount else ? end,
                        read_at = case when read_at > ? then read_at else ? end
                    where bank_account = ? and on_day = ? and source = ?""")
                    .params(readAt, start.amount(), readAt, readAt, balances.bankAccount(), start.day(),
                            balances.source()).update();
            if (known == 0) {
                jdbc.sql("insert into stated_balance (bank_account, on_day, source, amount, read_at) values (?, ?, ?, ?, ?)")
                        .params(balances.bankAccount(), start.day(), balances.source(), start.amount(), readAt).update();
            }
        }
    }

    Set<String> accounts() {
        return new TreeSet<>(jdbc.sql("select distinct bank_account from stated_balance").query(String.class).list());
    }

    /** By day. A bank's own answer is believed over a file, a newer one over an older one. */
    TreeMap<LocalDate, Stated> starts(String account) {
        TreeMap<LocalDate, Stated> starts = new TreeMap<>();
        jdbc.sql("""
                select on_day, amount, read_at from stated_balance where bank_account = ?
                order by on_day, case when source like 'statements.%' then 0 else 1 end, read_at""").param(account)
                .query((row, number) -> Map.entry(row.getDate(1).toLocalDate(), new Stated(row.getLong(2),
                        row.getLong(3)))).list().forEach(one -> starts.put(one.getKey(), one.getValue()));
        return starts;
    }
}
