package dev.sverka.flows.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.state.Databases;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Two replicas on one PostgreSQL, with four workers: what the bank tells twice, edits and withdraws, what people answer
 * and change, and what the portal shows, all of the same customers and at once. No deadlock reaches anybody, nothing is
 * given twice, each operation is in one box.
 */
class TwoReplicasTest {

    private static final int CUSTOMERS = 5;
    private static final int EACH = 6;

    private final List<PaymentsStage> replicas = new ArrayList<>();
    private final Random dice = new Random(11);
    private final List<Callable<Object>> work = new ArrayList<>();

    private record Customer(String inn, long company) {
    }

    @Test
    void whatTheyDecideAtOnceIsAsIfOneHadDecided() throws Exception {
        String store = Databases.postgresUrl();
        replicas.add(new PaymentsStage(store));
        replicas.add(new PaymentsStage(store));
        try {
            replicas.get(0).read();
            for (int n = 0; n < CUSTOMERS; n++) {
                customer(n);
            }
            Collections.shuffle(work, dice);
            atOnce();
            replicas.get(0).work();
            check(replicas.get(0));
        } finally {
            replicas.forEach(PaymentsStage::close);
        }
    }

    private PaymentsStage any() {
        return replicas.get(dice.nextInt(replicas.size()));
    }

    /** Equal invoices and others, money for them, and what happens to both. */
    private void customer(int n) {
        PaymentsStage first = replicas.get(0);
        first.customer();
        for (int i = 0; i < EACH; i++) {
            long payment = first.invoice("Р-" + n + "-" + i, i < 2 ? "500.00" : (600 + i) + ".00");
            Map<String, Object> changed = first.item(payment);
            changed.put("amount", new BigDecimal(700 + i + ".00"));
            changed.put("updatedTime", "2026-11-20T12:00:00Z");
            if (i % 3 == 2) {
                first.portal.get(payment).putAll(changed);
                also(replica -> replica.payments.remember(changed));
            }
            String source = PaymentsStage.newSource();
            String amount = i < 2 ? "500.00" : (600 + i) + ".00";
            Map<String, Object> told = first.operation(source, amount, i == 1 ? "Оплата за услуги"
                    : "Оплата по счету Р-" + n + "-" + i);
            also(replica -> replica.payments.decide(told));
            also(replica -> replica.payments.decide(told));
            if (i % 2 == 0) {
                Map<String, Object> edited = first.operation(source, amount, "Оплата по счету Р-" + n + "-" + (i + 1) % EACH);
                also(replica -> replica.payments.decide(edited));
            }
            also(TwoReplicasTest::answer);
            also(replica -> replica.payments.decideCustomer(Map.of("customer", told.get("counterparty") instanceof Map<?, ?> party
                    ? party.get("inn") : "")));
        }
    }

    private interface Step {
        void by(PaymentsStage replica);
    }

    private void also(Step step) {
        PaymentsStage replica = any();
        work.add(() -> {
            step.by(replica);
            return true;
        });
    }

    /** A person gives what a question is about to its first candidate, or takes it away; somebody else may have been faster. */
    private static void answer(PaymentsStage replica) {
        List<Long> open = replica.jdbc.sql("select id from review where state = 'open' and operation_id is not null order by id")
                .query(Long.class).list();
        if (open.isEmpty()) {
            return;
        }
        Reviews.Question asked = replica.reviews.find(open.get(open.size() / 2)).orElseThrow();
        try {
            if (asked.candidates().isEmpty()) {
                replica.reviews.decide(asked.id(), Reviews.Said.allocate(List.of()), "Анна");
            } else {
                replica.reviews.decide(asked.id(), PaymentsStage.to(PortalItem.number(asked.candidates().get(0).payment()
                        .get("id")), "100.00"), "Анна");
            }
        } catch (Reviews.Conflict | Reviews.Invalid told) {
            assertThat(told.getMessage()).isNotBlank();
        }
    }

    private void atOnce() throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(4);
        try {
            for (Future<Object> one : workers.invokeAll(work)) {
                one.get();
            }
        } finally {
            workers.shutdownNow();
        }
    }

    private static void check(PaymentsStage stage) {
        assertThat(stage.daemon.getBean(LedgerDays.class).misplaced(PaymentsStage.ACCOUNT)).isEmpty();
        assertThat(stage.jdbc.sql("""
                select p.id from payment p join share s on s.payment_id = p.id and s.ended_by is null
                group by p.id, p.amount having sum(s.amount) > p.amount""").query(Long.class).list())
                .as("more than is open").isEmpty();
        assertThat(stage.jdbc.sql("select count(*) from bank_operation").query(Long.class).single())
                .isEqualTo((long) CUSTOMERS * EACH);
        assertThat(stage.jdbc.sql("select count(*) from bank_operation where box = 'new'").query(Long.class).single())
                .isZero();
        assertThat(stage.jdbc.sql("select count(*) from share where ended_by is null").query(Long.class).single())
                .isPositive();
        stage.portal.keySet().forEach(id -> assertThat(stage.paid(id)).as("payment " + id).isEqualTo(
                stage.allocated(id) + stage.byHand(id)));
    }
}
