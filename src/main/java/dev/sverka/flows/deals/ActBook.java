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

/** The signed acts of deals, and where each stands in FinTablo. Joins the running transaction. */
final class ActBook {

    /** It is among those whose latest dates FinTablo's deal. */
    static final String DEAL = "deal";
    /** It is a stage of FinTablo's deal. */
    static final String STAGE = "stage";

    private final JdbcClient jdbc;
    private final JsonMapper json;

    ActBook(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * @param id such as {@code report 42}
     * @param said what the portal says of it; null where it is not signed any more
     * @param place null while FinTablo does not have it
     * @param theirs FinTablo's stage
     */
    record Act(String id, long deal, LocalDate signedOn, @Nullable Map<String, String> said, @Nullable String place,
            Map<String, String> written, @Nullable Long theirs) {

        Act at(@Nullable String where, Map<String, String> held, @Nullable Long stage) {
            return new Act(id, deal, signedOn, said, where, held, stage);
        }
    }

    Optional<Act> act(String id) {
        return list("act = ?", id).stream().findFirst();
    }

    List<Act> of(long deal) {
        return list("deal_id = ?", deal);
    }

    private List<Act> list(String where, Object value) {
        return jdbc.sql("select act, deal_id, signed_on, said_json, place, written_json, their_stage from deal_act"
                + " where " + where + " order by act").param(value).query((row, n) -> new Act(row.getString(1),
                        row.getLong(2), row.getObject(3, LocalDate.class), map(row.getString(4)), row.getString(5),
                        Optional.ofNullable(map(row.getString(6))).orElse(Map.of()), row.getObject(7, Long.class)))
                .list();
    }

    void keep(Act act) {
        forget(act.id());
        jdbc.sql("""
                insert into deal_act (act, deal_id, signed_on, said_json, place, written_json, their_stage)
                values (?, ?, ?, ?, ?, ?, ?)""").params(Arrays.asList(act.id(), act.deal(), act.signedOn(),
                        act.said() == null ? null : json.writeValueAsString(act.said()), act.place(),
                        json.writeValueAsString(act.written()), act.theirs())).update();
    }

    void forget(String id) {
        jdbc.sql("delete from deal_act where act = ?").param(id).update();
    }

    private @Nullable Map<String, String> map(@Nullable String text) {
        return text == null ? null : json.readValue(text, new TypeReference<Map<String, String>>() { });
    }
}
