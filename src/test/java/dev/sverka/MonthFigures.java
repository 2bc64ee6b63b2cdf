package dev.sverka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.sandbox.Daemon;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What store and memory come to on each evening of {@link MonthAloneTest}, and whether that is flat. */
final class MonthFigures {

    private static final String FOR_EVER = "kept for ever";
    private static final String OPERATIONS = "operations";
    private static final String STORE = "store, KiB";
    private static final String HEAP = "heap, KiB";
    private static final String RESIDENT = "resident, KiB";
    private static final Set<String> GROWS = Set.of(FOR_EVER, OPERATIONS, STORE, HEAP, RESIDENT);
    /** What stays as long as there are operations and items: contract, {@code sverka.keep}. All else is done with some day. */
    private static final Set<String> KEPT = Set.of("bank_operation", "operation_alias", "operation_version",
            "operation_customer", "decision", "share", "allocation", "review", "payment", "company", "requisite", "audit",
            "agreed", "link", "search_word", "day_proof", "stated_balance", "book_entry", "calendar_item",
            "calendar_event", "payment_paper", "lock_row", "deal_company", "deal_book", "book_deal", "project_deal");
    /** Kept for longer than a month: rhythms of feeds by the hour, past forecasts, what the reading of 45 days tells again. */
    private static final Set<String> LONGER = Set.of("news_hour", "cash_forecast", "entry_told");
    private static final long ROWS_A_DAY = 60;
    /** Of an operation with its invoice, customer, deal and calendar. */
    private static final int ROWS_KEPT = 60;
    private static final int KIB_KEPT = 40;

    private final List<Map<String, Long>> evenings = new ArrayList<>();

    /** Rows of each table, what is kept for ever put together, and what memory and store come to. */
    Map<String, Long> take(DataSource database, Daemon daemon) throws IOException {
        Map<String, Long> figures = new TreeMap<>();
        JdbcClient store = JdbcClient.create(database);
        for (String table : store.sql("select table_name from information_schema.tables where table_schema = 'public'")
                .query(String.class).list()) {
            figures.merge(KEPT.contains(table) ? FOR_EVER : table, count(store, table), Long::sum);
        }
        figures.values().removeIf(rows -> rows == 0);
        figures.put(OPERATIONS, count(store, "bank_operation"));
        figures.put(STORE, store.sql("select pg_database_size(current_database()) / 1024").query(Long.class).single());
        figures.put(HEAP, daemon.liveBytes() / 1024);
        figures.put(RESIDENT, daemon.residentKilobytes());
        evenings.add(figures);
        return figures;
    }

    private static long count(JdbcClient store, String table) {
        return store.sql("select count(*) from " + table).query(Long.class).single();
    }

    /**
     * What is done with does not pile up: days bring about the same each. What is kept grows with the operations alone.
     *
     * @param early the day that the last one is compared with
     * @param undisturbed the first day on whose evening the program is the one of the last evening
     */
    void flat(int early, int undisturbed) {
        Map<String, Long> then = evenings.get(early - 1);
        Map<String, Long> now = evenings.get(evenings.size() - 1);
        now.keySet().stream().filter(name -> !GROWS.contains(name)).forEach(name -> {
            long before = then.getOrDefault(name, 0L);
            long more = LONGER.contains(name) ? ROWS_A_DAY * (evenings.size() - early) : before / 2 + 100;
            assertThat(now.get(name)).as(name + " after " + evenings.size() + " days, " + before + " after " + early)
                    .isLessThan(before + more);
        });
        long operations = now.get(OPERATIONS) - then.get(OPERATIONS);
        assertThat(now.get(FOR_EVER) - then.get(FOR_EVER)).as("rows kept of " + operations + " operations, and of their"
                + " days").isLessThan(operations * ROWS_KEPT);
        assertThat(now.get(STORE) - then.get(STORE)).as("KiB of the store for " + operations + " operations")
                .isLessThan(operations * KIB_KEPT + 4096);
        long alive = evenings.get(undisturbed - 1).get(HEAP);
        assertThat(now.get(HEAP)).as("KiB alive on the heap of a program that was not stopped, " + alive + " after "
                + undisturbed + " days").isLessThan(alive + alive / 4);
    }
}
