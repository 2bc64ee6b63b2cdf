package dev.sverka.flows.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A payer's account that a person ties to a customer, leaves untied, or forgets; and what the portal's comments ask for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LearnedAccountsContract {

    private PaymentsStage stage;
    private LearnedAccounts accounts;
    private String account;

    abstract String url();

    @BeforeAll
    void start() {
        stage = new PaymentsStage(url(), "--sverka.public-url=https://sverka.example.org");
        stage.read();
        accounts = stage.daemon.getBean(LearnedAccounts.class);
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @BeforeEach
    void customer() {
        stage.customer();
        account = "407028108" + String.format("%011d", PaymentsStage.nextId());
    }

    @Test
    void aForgottenAccountDecidesNothingMoreAndSaysWhatHasLeanedOnIt() {
        long first = stage.invoice("Ф-1", "10.00");
        stage.invoice("Ф-2", "20.00");
        stage.invoice("Ф-3", "30.00");
        long taught = nameless(account, "10.00", "Перевод");
        say(taught, PaymentsStage.to(first, "10.00"));
        assertThat(accounts.of(taught)).get().matches(LearnedAccounts.Lesson::isLearned)
                .matches(lesson -> lesson.leaning().isEmpty());
        long leaning = nameless(account, "20.00", "Оплата по счету № Ф-2");
        assertThat(box(leaning)).isEqualTo("allocated");

        assertThat(accounts.forget(taught, "Анна")).get().asInstanceOf(InstanceOfAssertFactories.LIST).extracting("operation").containsExactly(leaning);
        stage.work();
        assertThat(box(leaning)).as("money stays where it is").isEqualTo("allocated");
        assertThat(box(nameless(account, "30.00", "Оплата по счету № Ф-3"))).isEqualTo("review");
        assertThat(accounts.forget(taught, "Анна")).isEmpty();
    }

    @Test
    void whatAPersonDoesNotWantRememberedTeachesNothingUntilItIsSaidOtherwise() {
        long first = stage.invoice("Н-1", "10.00");
        stage.invoice("Н-2", "20.00");
        long taught = nameless(account, "10.00", "Перевод");
        say(taught, PaymentsStage.to(first, "10.00").remembering(false));
        long waits = nameless(account, "20.00", "Оплата по счету № Н-2");
        assertThat(box(waits)).isEqualTo("review");

        stage.reviews.reopen(taught, "Анна");
        say(taught, PaymentsStage.to(first, "10.00").remembering(true));
        assertThat(box(waits)).isEqualTo("allocated");
    }

    @Test
    void nothingIsLearnedOfAccountsThatStandForManyOrOfPayersWhoseInnIsKnown() {
        for (String shared : List.of("30101", "30232", "47422", "40903", "20202", "03212", "00000", "40101", "40302", "40821",
                "60311", "61301", "70601")) {
            assertThat(accounts.of(nameless(shared + account.substring(5), "1.00", "Перевод"))).as(shared).isEmpty();
        }
        String source = PaymentsStage.newSource();
        stage.told(source, "5.00", "Перевод");
        assertThat(accounts.of(stage.operationId(source))).isEmpty();
    }

    @Test
    void aCommentSaysWhatToDoAndWhereAndATodoIsReadyForWhoeverIsResponsible() {
        long invoice = stage.invoice("Т-1", "100.00");
        stage.edit(invoice, "assignee", 17);
        String source = PaymentsStage.newSource();
        stage.payments.decide(stage.operation(source, "150.00", "Оплата по счету № Т-1"));
        Map<String, Object> asked = stage.write(invoice, 1, true, true);
        String page = "https://sverka.example.org/operations/" + stage.operationId(source);
        assertThat(PaymentsStage.comments(asked)).singleElement().satisfies(comment -> assertThat(comment.get("text")
                .toString()).contains("Что сделать: решить, куда отнести 50,00\u00a0₽: " + page + "/decide")
                .endsWith("\n" + comment.get("marker")));
        assertThat(asked.get("todos")).asInstanceOf(InstanceOfAssertFactories.LIST).singleElement().isEqualTo(Map.of("id", invoice, "entity", "payment",
                "marker", PaymentsStage.comments(asked).get(0).get("marker"),
                "title", "Разобрать оплату: 50,00\u00a0₽, ООО «Ромашка»",
                "text", "Что сделать: решить, куда отнести 50,00\u00a0₽: " + page + "/decide",
                "deadline", java.time.LocalDate.now(java.time.ZoneId.of("Europe/Moscow")).plusDays(1).toString(),
                "responsible", 17));

        long whole = stage.invoice("Т-2", "60.00");
        stage.payments.decide(stage.operation(PaymentsStage.newSource(), "60.00", "Оплата по счету № Т-2"));
        Map<String, Object> paid = stage.write(whole, 2, true, true);
        assertThat(paid.get("todos")).asInstanceOf(InstanceOfAssertFactories.LIST).isEmpty();
        assertThat(PaymentsStage.comments(paid)).singleElement().satisfies(comment -> assertThat(comment.get("text")
                .toString()).contains("История и отмена: https://sverka.example.org/operations/"));
    }

    private void say(long operation, Reviews.Said said) {
        stage.reviews.decide(stage.jdbc.sql("select id from review where operation_id = ? and state = 'open'")
                .param(operation).query(Long.class).single(), said, "Анна");
        stage.work();
    }

    private String box(long operation) {
        return stage.jdbc.sql("select box from bank_operation where id = ?").param(operation).query(String.class).single();
    }

    /** Money whose bank tells no ИНН. @return the operation */
    private long nameless(String from, String amount, String purpose) {
        String source = PaymentsStage.newSource();
        Map<String, Object> operation = new LinkedHashMap<>(stage.operation(source, amount, purpose));
        operation.put("counterparty", new HashMap<>(Map.of("name", "Перевод", "account", from)));
        operation.put("fingerprint", source);
        stage.payments.decide(operation);
        stage.work();
        return stage.operationId(source);
    }
}
