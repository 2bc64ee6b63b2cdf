package dev.sverka.flows.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A store of the version before the ledger keeps all its money, also where its upgrade is cut off and begun anew. */
abstract class UpgradeContract {

    /** A store without tables. */
    abstract HikariDataSource empty();

    private static Flyway flyway(HikariDataSource store, String target) {
        return Flyway.configure().dataSource(store).locations("classpath:db/migration").target(target).load();
    }

    @Test
    void moneyOfAnOlderStoreStandsAsItStood() {
        try (HikariDataSource store = empty()) {
            flyway(store, "5").migrate();
            JdbcClient jdbc = JdbcClient.create(store);
            jdbc.sql("""
                    insert into bank_operation (source, version, bank_account, direction, amount, currency, booked_on, purpose,
                        box, by_person) values ('tbank.main', 'v', '40702810200009990001', 'INCOMING', 5000, 'RUB',
                        '2026-11-16', 'Оплата', 'allocated', 'Анна')""").update();
            long operation = jdbc.sql("select max(id) from bank_operation").query(Long.class).single();
            jdbc.sql("insert into operation_alias (source, source_id, operation_id) values ('tbank.main', 'a', ?)")
                    .param(operation).update();
            for (boolean active : List.of(true, false)) {
                jdbc.sql("""
                        insert into allocation (operation_id, payment_id, amount, rule, evidence, by_person, active,
                            commented, freed_because) values (?, ?, 4000, 'person', 'решил человек', 'Анна', ?, true, ?)""")
                        .params(java.util.Arrays.asList(operation, active ? 7 : 8, active, active ? null : "снято банком"))
                        .update();
            }
            jdbc.sql("""
                    insert into payment (id, amount, currency, hand_paid, seen_paid, intended, deleted, stage)
                    values (7, 9000, 'RUB', 3000, 7000, '', false, 'partlyPaid')""").update();

            flyway(store, "latest").migrate();

            assertThat(jdbc.sql("select amount from share where payment_id = 7 and operation_id = ? and ended_by is null")
                    .param(operation).query(Long.class).single()).isEqualTo(4000);
            assertThat(jdbc.sql("select amount from share where payment_id = 7 and operation_id is null and ended_by is null")
                    .query(Long.class).single()).as("what a hand had marked").isEqualTo(3000);
            assertThat(jdbc.sql("""
                    select d.why from share s join decision d on d.id = s.ended_by where s.payment_id = 8""")
                    .query(String.class).single()).isEqualTo("снято банком");
            assertThat(jdbc.sql("select by_person from decision d join share s on s.begun_by = d.id where s.payment_id = 7"
                    + " and s.operation_id is not null").query(String.class).single()).isEqualTo("Анна");
            assertThat(jdbc.sql("select count(*) from operation_version where operation_id = ?").param(operation)
                    .query(Long.class).single()).isOne();

            jdbc.sql("delete from \"flyway_schema_history\" where \"version\" in ('6', '7')").update();
            Flyway.configure().dataSource(store).locations("classpath:db/migration").outOfOrder(true)
                    .load().migrate();
            assertThat(jdbc.sql("select sum(amount) from share where ended_by is null").query(Long.class).single())
                    .as("a second run of the same migrations doubles nothing").isEqualTo(7000);
        }
    }
}
