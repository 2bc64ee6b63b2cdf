package dev.sverka.vendors.tochka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sverka.core.http.VendorException;
import dev.sverka.sandbox.StandIn;
import dev.sverka.sandbox.tochka.TochkaSwitches.Slash;
import dev.sverka.vendors.tochka.TochkaClient.Statement;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The samples of every call, and both ways to write a slash. */
class TochkaClientTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 16);
    private static final String ID = TochkaStage.ACCOUNT + "/044525104";

    private final TochkaStage stage = new TochkaStage();
    private final TochkaClient client = stage.connector.account("main").client();

    @AfterEach
    void close() {
        stage.close();
    }

    private void answers(String call, String sample) {
        stage.bank.faults().answer(call, StandIn.Reply.json(200, TochkaStage.sample(sample)));
    }

    private Statement statement(String sample) {
        answers("statement", sample);
        return client.statement(ID, "5f2b7c10-aaaa-4bbb-8ccc-0123456789ab");
    }

    @Test
    void accountsAndCustomersAreRead() {
        answers("accounts", "accounts");
        assertThat(client.accounts()).extracting(TochkaClient.Account::id, TochkaClient.Account::open)
                .containsExactly(tuple("40702810600009990002/044525104", true),
                        tuple("40702156400009990005/044525104", true),
                        tuple("40702810800009990006/044525104", false));
        answers("customers", "customers");
        assertThat(client.customers()).first().isEqualTo(new TochkaClient.Customer("300000991", "0099000014",
                "ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ \"СЕВЕРНЫЙ МАЯК\""));
    }

    @Test
    void balancesAreRead() {
        answers("balances", "balances");
        assertThat(client.balances()).hasSize(4).contains(new TochkaClient.Balance("40702810600009990002",
                "ClosingAvailable", new BigDecimal("90011.07"), "RUB", Instant.parse("2026-11-18T05:00:00Z")));
    }

    @Test
    void anOrdersAnswerIsAnObject() {
        answers("order", "statement-init-response");
        assertThat(client.order(ID, DAY, DAY.plusDays(1)).id()).contains("5f2b7c10-aaaa-4bbb-8ccc-0123456789ab");
    }

    @Test
    void anOrderReadsAsTheSampleDoes() {
        stage.company.credit(DAY, BigDecimal.TEN, TochkaStage.PAYER, "7", "Оплата");
        assertThat(client.order(ID, DAY, DAY.plusDays(1)).id()).isPresent();
        assertThat(client.ordered(5)).singleElement().satisfies(one -> {
            assertThat(one.bankAccount()).isEqualTo(TochkaStage.ACCOUNT);
            assertThat(one.from()).isEqualTo(TochkaStage.sample("statement-init-request").path("Data")
                    .path("Statement").path("startDateTime").asString());
            assertThat(one.to()).isEqualTo("2026-11-17");
            assertThat(one.created()).isEqualTo(stage.clock.instant());
        });
    }

    @ParameterizedTest
    @CsvSource({"statement-ready,Ready,5", "statement-ready-memorial-order-first,Ready,5",
        "statement-fault-object-not-array,Ready,5", "statement-empty,Ready,0", "statement-processing,Processing,0",
        "statement-error,Error,0", "statement-sparse-transaction,Ready,1", "statement-fx-account,Ready,1"})
    void everySampleOfAStatementIsRead(String sample, String status, int rows) {
        Statement statement = statement(sample);
        assertThat(statement.status()).isEqualTo(status);
        assertThat(statement.rows()).hasSize(rows);
    }

    @Test
    void balancesOfAStatementAreRead() {
        Statement statement = statement("statement-ready");
        assertThat(statement.opening()).isEqualByComparingTo("50000");
        assertThat(statement.closing()).isEqualByComparingTo("93511.07");
        assertThat(statement("statement-processing").closing()).isNull();
    }

    @Test
    void aStatementWithoutAStatusIsNoAnswer() {
        answers("statement", "webhook-get-response");
        assertThatThrownBy(() -> client.statement(ID, "1")).isInstanceOf(VendorException.Transient.class);
    }

    @ParameterizedTest
    @EnumSource(Slash.class)
    void theSlashIsWrittenAsTheBankTakesItAndRemembered(Slash accepted) {
        stage.bank.switches().slash(accepted);
        String id = client.order(ID, DAY, DAY).id().orElseThrow();
        assertThat(client.statement(ID, id).status()).isEqualTo("Ready");
        int asked = stage.bank.calls().size();
        assertThat(client.statement(ID, id).status()).isEqualTo("Ready");
        assertThat(stage.bank.calls()).hasSize(asked + 1);
        assertThatThrownBy(() -> client.statement(ID, "another")).isInstanceOf(VendorException.Refused.class);
        assertThat(stage.bank.calls()).as("what is proven is not doubted at a real 404").hasSize(asked + 2);
    }

    @Test
    void twoAtATimeAreOnTheirWayAndNoMore() throws Exception {
        stage.bank.faults().hold("accounts").hold("customers");
        ExecutorService workers = Executors.newFixedThreadPool(3);
        Future<?> accounts = workers.submit(client::accounts);
        Future<?> customers = workers.submit(client::customers);
        Awaitility.await().until(() -> stage.bank.calls().size() == 2);
        Future<?> third = workers.submit(client::balances);
        Awaitility.await().during(Duration.ofMillis(300)).until(() -> stage.bank.calls().size() == 2);
        stage.bank.faults().none();
        for (Future<?> one : List.of(accounts, customers, third)) {
            one.get();
        }
        workers.shutdown();
        assertThat(stage.bank.calls()).hasSize(3);
    }

    @Test
    void subscriptionsAndConsentsAreRead() {
        answers("webhook", "webhook-get-response");
        assertThat(client.subscription("client")).contains(new TochkaClient.Subscription(
                List.of("incomingPayment", "outgoingPayment"),
                "https://feed.example.ru/hooks/tochka/<unguessable path>"));
        answers("webhook", "webhook-delete-or-test-send-response");
        assertThat(client.subscription("client")).isEqualTo(Optional.empty());
        answers("consents", "consent-create-response");
        assertThat(client.consents()).singleElement().satisfies(one -> {
            assertThat(one.status()).isEqualTo("AwaitingAuthorisation");
            assertThat(one.permissions()).contains("ReadStatements");
        });
    }

    @Test
    void consentsAreFoundWhereTheGuideHasThem() {
        stage.bank.consent("c1", "Authorised", List.of("ReadStatements"));
        assertThat(client.consents()).hasSize(1);
        stage.bank.switches().consentsAtGuidesPath(true);
        assertThat(client.consents()).hasSize(1);
    }
}
