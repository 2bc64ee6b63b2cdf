package dev.sverka.flows.books;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The chains of proofs; a record is never rewritten. Joins the running transaction. */
final class ProofBook {

    private static final int LONGEST = 4000;
    private static final String CURRENT = """
            from day_proof p where p.version = (
                select max(x.version) from day_proof x where x.bank_account = p.bank_account and x.on_day = p.on_day)
            """;
    private static final String COLUMNS = """
            select p.bank_account, p.on_day, p.version, p.proven_at, p.state, p.opening, p.moved, p.operations, p.closing,
                p.what, p.previous_hash, p.hash
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    ProofBook(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A link of a chain. @param at when it was written, milliseconds */
    record Link(DayProof proof, int version, long at, String previous, String hash) {
    }

    /** Current versions, by account and day; what is null does not narrow. */
    List<Link> find(@Nullable String account, @Nullable LocalDate from, @Nullable LocalDate to, boolean allVersions) {
        return jdbc.sql(COLUMNS + (allVersions ? "from day_proof p where 1 = 1" : CURRENT) + """
                 and (cast(:account as varchar(20)) is null or p.bank_account = :account)
                 and p.on_day >= :from and p.on_day <= :to order by p.bank_account, p.on_day, p.version""")
                .param("account", account).param("from", from == null ? LocalDate.of(1900, 1, 1) : from)
                .param("to", to == null ? LocalDate.of(9999, 12, 31) : to).query(ProofBook::link).list();
    }

    /** Days that differ now, oldest first. */
    List<Link> differing() {
        return jdbc.sql(COLUMNS + CURRENT + " and p.state = 'differs' order by p.on_day, p.bank_account")
                .query(ProofBook::link).list();
    }

    Optional<Instant> latest() {
        return jdbc.sql("select proven_at from day_proof order by id desc limit 1").query(Long.class).optional()
                .map(Instant::ofEpochMilli);
    }

    /** @param version 1 for a day's first @return its hash */
    String append(DayProof proof, int version, String previous) {
        String hash = proof.hash(previous);
        jdbc.sql("""
                insert into day_proof (bank_account, on_day, version, proven_at, state, opening, moved, operations, closing,
                    what, previous_hash, hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(Arrays.asList(proof.account(), proof.day(), version, clock.millis(), word(proof.state()),
                        proof.opening(), proof.moved(), proof.operations(), proof.closing(), text(proof.what()),
                        previous, hash)).update();
        return hash;
    }

    static String word(DayProof.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** As it is stored, so that the hash can be worked out again from what is stored. */
    static List<String> shortened(List<String> what) {
        String text = text(what);
        return text.isEmpty() ? List.of() : List.of((text.length() <= LONGEST ? text : text.substring(0, LONGEST))
                .split("\n"));
    }

    private static String text(List<String> what) {
        return String.join("\n", what);
    }

    private static Link link(ResultSet row, int number) throws SQLException {
        String what = row.getString("what");
        DayProof proof = new DayProof(row.getString("bank_account"), row.getDate("on_day").toLocalDate(),
                DayProof.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getObject("opening", Long.class), row.getLong("moved"), row.getLong("operations"),
                row.getObject("closing", Long.class), what.isEmpty() ? List.of() : List.of(what.split("\n")));
        return new Link(proof, row.getInt("version"), row.getLong("proven_at"), row.getString("previous_hash"),
                row.getString("hash"));
    }
}
