package dev.sverka.flows.payments;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whatever order bank, people, portal and lost answers come in: the portal is the ledger, and people are right. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RandomHistoryContract {

    private PaymentsStage stage;

    /** A store of its own. */
    abstract String url();

    @BeforeAll
    void start() {
        stage = new PaymentsStage(url());
        stage.read();
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void inAnyHistoryThePortalIsTheLedgerAndNothingAPersonDecidedIsOverwritten() {
        int histories = Integer.getInteger("sverka.test.histories", 150);
        for (long seed = 1; seed <= histories; seed++) {
            new RandomHistory(stage, seed).play(18);
        }
    }
}
