package dev.sverka.flows.payments;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What the machine did by itself, and how often people agreed with what it proposed: read only, for the desk. */
public class MachineWork {

    /** Enough to judge a rule by; older answers may be about another version of it. */
    private static final int ANSWERS = 2000;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final PaymentsProperties properties;
    private final JsonMapper json = JsonMapper.builder().build();
    private volatile @Nullable Agreements agreements;

    MachineWork(JdbcClient jdbc, Clock clock, PaymentsProperties properties) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.properties = properties;
    }

    /** What was decided of which operation. @param party the other side */
    public record Deed(Instant at, long operation, String box, String rule, String why, @Nullable String party) {
    }

    /** What the machine has done by one rule. @param in what came of it, {@code out} what went */
    public record Tally(String box, String rule, String currency, long count, BigDecimal in, BigDecimal out) {
    }

    /** How people answered to a rule's proposals. @param agreed how often exactly as proposed */
    public record Agreement(String rule, long asked, long agreed) {
    }

    /** As they stood after a decision. */
    private record Agreements(long decision, List<Agreement> all) {
    }

    public boolean isShadow() {
        return properties.mode() == PaymentsProperties.Mode.SHADOW;
    }

    /** The newest first; what only asked a person is left out. */
    public List<Deed> latest(int limit) {
        return jdbc.sql("""
                select d.at, d.operation_id, o.box, d.rule, d.why, coalesce(o.party_name, o.party_inn) from decision d
                join bank_operation o on o.id = d.operation_id
                where d.by_person is null and o.by_person is null and d.rule <> 'asked'
                    and o.box in ('allocated', 'classified', 'ignored')
                order by d.id desc limit ?""").param(limit)
                .query((row, number) -> new Deed(Instant.ofEpochMilli(row.getLong(1)), row.getLong(2), row.getString(3),
                        row.getString(4), row.getString(5), row.getString(6))).list();
    }

    /** What the machine decided since then and what still stands so, by box and rule, the most first. */
    public List<Tally> tallies(Instant since) {
        return jdbc.sql("""
                select o.box, d.rule, o.currency, count(*),
                    sum(case when o.direction = 'INCOMING' then o.amount else 0 end),
                    sum(case when o.direction = 'INCOMING' then 0 else o.amount end)
                from decision d join bank_operation o on o.id = d.operation_id
                where d.at >= ? and d.by_person is null and o.by_person is null and d.rule <> 'asked'
                    and o.box in ('allocated', 'classified', 'ignored')
                    and d.id = (select max(l.id) from decision l where l.operation_id = d.operation_id)
                group by o.box, d.rule, o.currency order by o.box, 4 desc, d.rule""").param(since.toEpochMilli())
                .query((row, number) -> new Tally(row.getString(1), row.getString(2), row.getString(3), row.getLong(4),
                        PortalItem.rubles(row.getLong(5)), PortalItem.rubles(row.getLong(6)))).list();
    }

    /** How many questions it has put to people since then. */
    public long asked(Instant since) {
        return jdbc.sql("select count(*) from review where asked_at >= ?").param(since.toEpochMilli())
                .query(Long.class).single();
    }

    /** How many decisions people, and how many the machine, made within this time. */
    public Map<String, Long> decided(Duration within) {
        Map<String, Long> decided = new TreeMap<>(Map.of("machine", 0L, "person", 0L));
        jdbc.sql("""
                select case when by_person is null then 'machine' else 'person' end, count(*) from decision
                where at >= ? and rule <> 'asked' and operation_id is not null
                group by case when by_person is null then 'machine' else 'person' end""")
                .param(clock.instant().minus(within).toEpochMilli()).query(row -> {
                    decided.put(row.getString(1), row.getLong(2));
                });
        return decided;
    }

    /** By rule, over the last answers to proposals. Worked out anew once anything has been decided. */
    public List<Agreement> agreements() {
        long last = jdbc.sql("select coalesce(max(id), 0) from decision").query(Long.class).single();
        Agreements known = agreements;
        if (known == null || known.decision() != last) {
            known = new Agreements(last, count());
            agreements = known;
        }
        return known.all();
    }

    private List<Agreement> count() {
        Map<String, long[]> counts = new TreeMap<>();
        jdbc.sql("""
                select r.candidates_json, r.decision_json, (select d.rule from decision d where d.id = (
                    select max(m.id) from decision m where m.operation_id = r.operation_id and m.by_person is null
                        and m.rule <> 'asked' and m.operation_version = r.operation_version and m.id < (
                            select max(p.id) from decision p
                            where p.operation_id = r.operation_id and p.by_person is not null)))
                from review r where r.state = 'decided' and r.kind in ('proposal', 'history')
                order by r.id desc limit ?""").param(ANSWERS).query(row -> {
                    String rule = row.getString(3);
                    long[] count = counts.computeIfAbsent(rule == null ? "—" : rule, name -> new long[2]);
                    count[0]++;
                    count[1] += proposed(row.getString(1)).equals(answered(row.getString(2))) ? 1 : 0;
                });
        return counts.entrySet().stream()
                .map(one -> new Agreement(one.getKey(), one.getValue()[0], one.getValue()[1])).toList();
    }

    private Set<Map.Entry<Long, Long>> proposed(String candidates) {
        Set<Map.Entry<Long, Long>> parts = new HashSet<>();
        json.readValue(candidates, new TypeReference<List<Questions.Choice>>() { }).stream()
                .filter(one -> one.amount() != null)
                .forEach(one -> parts.add(Map.entry(PortalItem.number(one.payment().get("id")),
                        PortalItem.kopecks(one.amount()))));
        return parts;
    }

    private Set<Map.Entry<Long, Long>> answered(@Nullable String decision) {
        Set<Map.Entry<Long, Long>> parts = new HashSet<>();
        List<Reviews.Share> said = decision == null ? null
                : json.readValue(decision, Reviews.Said.class).allocations();
        Objects.requireNonNullElse(said, List.<Reviews.Share>of())
                .forEach(one -> parts.add(Map.entry(one.payment(), PortalItem.kopecks(one.amount()))));
        return parts;
    }
}
