package dev.sverka.flows.forecast;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Past forecasts and what came, as rows. Joins the running transaction. */
final class ForecastBook {

    private final JdbcClient jdbc;

    ForecastBook(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What a forecast said of how a day would end.
     *
     * @param accounts whose money it was
     * @param band null where too little was known of customers' habits
     * @param came how it ended; null while that is not known
     */
    record Row(LocalDate madeOn, LocalDate day, List<String> accounts, long planned, Forecast.@Nullable Band band,
            @Nullable Long came) {
    }

    boolean has(LocalDate madeOn) {
        return jdbc.sql("select count(*) from cash_forecast where made_on = ?").param(madeOn).query(Long.class).single() > 0;
    }

    void keep(Row row) {
        Forecast.Band band = row.band();
        jdbc.sql("insert into cash_forecast (made_on, on_day, accounts, planned, p10, p50, p90) values (?, ?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(row.madeOn(), row.day(), String.join("\n", row.accounts()), row.planned(),
                        band == null ? null : band.p10(), band == null ? null : band.p50(),
                        band == null ? null : band.p90())).update();
    }

    /** A day's end is known, or is known better. @param balances kopecks by account */
    void ended(LocalDate day, Map<String, Long> balances) {
        of(day).stream().filter(row -> balances.keySet().containsAll(row.accounts())).forEach(row -> jdbc.sql(
                "update cash_forecast set came = ? where made_on = ? and on_day = ?")
                .params(row.accounts().stream().mapToLong(balances::get).sum(), row.madeOn(), day).update());
    }

    private List<Row> of(LocalDate day) {
        return jdbc.sql("select made_on, on_day, accounts, planned, p10, p50, p90, came from cash_forecast where on_day = ?")
                .param(day).query(ForecastBook::row).list();
    }

    /** Days on which a forecast was to come true. */
    List<LocalDate> days(LocalDate from, LocalDate before) {
        return jdbc.sql("select distinct on_day from cash_forecast where on_day >= ? and on_day < ? order by on_day")
                .params(from, before).query((row, number) -> row.getDate(1).toLocalDate()).list();
    }

    /** Those of which is known what came, the latest first. */
    List<Row> ended() {
        return jdbc.sql("""
                select made_on, on_day, accounts, planned, p10, p50, p90, came from cash_forecast where came is not null
                order by on_day desc, made_on desc""").query(ForecastBook::row).list();
    }

    void forget(LocalDate before) {
        jdbc.sql("delete from cash_forecast where on_day < ?").param(before).update();
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        Long p10 = row.getObject(5, Long.class);
        return new Row(row.getDate(1).toLocalDate(), row.getDate(2).toLocalDate(), List.of(row.getString(3).split("\n")),
                row.getLong(4), p10 == null ? null : new Forecast.Band(p10, row.getLong(6), row.getLong(7)),
                row.getObject(8, Long.class));
    }
}
