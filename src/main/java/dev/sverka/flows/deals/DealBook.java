package dev.sverka.flows.deals;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What FinTablo holds of our deals and payments, as far as we wrote it. Joins the running transaction. */
final class DealBook {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    DealBook(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** @param written what FinTablo's deal held last by us; @param mapping by which its payments were planned */
    record Deal(@Nullable Long company, Map<String, String> written, @Nullable String mapping) {
    }

    /** @param transaction FinTablo's; null while there is none; @param generation how many were withdrawn */
    record Plan(@Nullable Long company, @Nullable Long transaction, int generation, Map<String, String> written) {

        static final Plan NONE = new Plan(null, null, 0, Map.of());
    }

    /** A stage that FinTablo holds. @param deal the portal's; @param written what FinTablo's stage held last by us */
    record Stage(long deal, Map<String, String> written) {
    }

    Optional<Stage> stage(long id) {
        return jdbc.sql("select deal_id, written_json from deal_stage where stage_id = ?").param(id)
                .query((row, n) -> new Stage(row.getLong(1), map(row.getString(2)))).optional();
    }

    void keep(long id, Stage stage) {
        put("update deal_stage set deal_id = ?, written_json = ? where stage_id = ?",
                "insert into deal_stage (deal_id, written_json, stage_id) values (?, ?, ?)",
                Arrays.asList(stage.deal(), json.writeValueAsString(stage.written()), id));
    }

    /** A company of the portal's. */
    record Company(@Nullable String title, @Nullable String inn) {
    }

    Optional<Deal> deal(long id) {
        return jdbc.sql("select company_id, written_json, mapping from deal_book where deal_id = ?").param(id)
                .query((row, n) -> new Deal(row.getObject(1, Long.class), map(row.getString(2)), row.getString(3)))
                .optional();
    }

    void keep(long id, Deal deal) {
        put("update deal_book set company_id = ?, written_json = ?, mapping = ? where deal_id = ?",
                "insert into deal_book (company_id, written_json, mapping, deal_id) values (?, ?, ?, ?)",
                Arrays.asList(deal.company(), json.writeValueAsString(deal.written()), deal.mapping(), id));
    }

    List<Long> dealsOf(long company) {
        return jdbc.sql("select deal_id from deal_book where company_id = ? order by deal_id").param(company)
                .query(Long.class).list();
    }

    /** The latest date of a deal's signed acts; empty where they are stages. */
    Optional<LocalDate> actDate(long deal) {
        return jdbc.sql("""
                select signed_on from deal_act where deal_id = ? and place = 'deal' and not exists (
                    select 1 from deal_act other where other.deal_id = ? and other.place = 'stage')
                order by signed_on desc limit 1""").params(deal, deal)
                .query((row, n) -> row.getObject(1, LocalDate.class)).optional();
    }

    boolean hasActs(long deal) {
        return jdbc.sql("select count(*) from deal_act where deal_id = ?").param(deal).query(Long.class).single() > 0;
    }

    Plan plan(long payment) {
        return jdbc.sql("""
                select company_id, transaction_id, generation, written_json from deal_plan where payment_id = ?""")
                .param(payment).query((row, n) -> new Plan(row.getObject(1, Long.class), row.getObject(2, Long.class),
                        row.getInt(3), map(row.getString(4)))).optional().orElse(Plan.NONE);
    }

    void keep(long payment, Plan plan) {
        put("""
                update deal_plan set company_id = ?, transaction_id = ?, generation = ?, written_json = ?
                where payment_id = ?""", """
                insert into deal_plan (company_id, transaction_id, generation, written_json, payment_id)
                values (?, ?, ?, ?, ?)""",
                Arrays.asList(plan.company(), plan.transaction(), plan.generation(),
                        json.writeValueAsString(plan.written()), payment));
    }

    List<Long> paymentsOf(long company) {
        return jdbc.sql("select payment_id from deal_plan where company_id = ? order by payment_id").param(company)
                .query(Long.class).list();
    }

    Optional<Company> company(long id) {
        return jdbc.sql("select title, inn from deal_company where company_id = ?").param(id)
                .query((row, n) -> new Company(row.getString(1), row.getString(2))).optional();
    }

    void keep(long id, Company company) {
        put("update deal_company set title = ?, inn = ? where company_id = ?",
                "insert into deal_company (title, inn, company_id) values (?, ?, ?)",
                Arrays.asList(company.title(), company.inn(), id));
    }

    /**
     * Keeps what a person has to mend of something; nothing where it is mended.
     *
     * @param entry the journal's that found it
     * @return whether it is to be told by this entry: it is new, or this entry is played again
     */
    boolean tell(String what, String words, long entry) {
        if (words.isEmpty()) {
            jdbc.sql("delete from deal_finding where what = ?").param(what).update();
            return false;
        }
        boolean told = jdbc.sql("select words, entry from deal_finding where what = ?").param(what)
                .query((row, n) -> row.getString(1).equals(words) && row.getLong(2) != entry).optional().orElse(false);
        if (!told) {
            put("update deal_finding set words = ?, entry = ? where what = ?",
                    "insert into deal_finding (words, entry, what) values (?, ?, ?)",
                    Arrays.asList(words, entry, what));
        }
        return !told;
    }

    private void put(String update, String insert, List<@Nullable Object> values) {
        if (jdbc.sql(update).params(values).update() == 0) {
            jdbc.sql(insert).params(values).update();
        }
    }

    private Map<String, String> map(String text) {
        return json.readValue(text, new TypeReference<Map<String, String>>() { });
    }
}
