package dev.sverka.vendors.diadoc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.records.edo.EdoState;
import dev.sverka.sandbox.diadoc.DiadocPaper;
import dev.sverka.sandbox.diadoc.DiadocStandIn;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a new installation asks of Diadoc, as counts of requests. */
class DiadocFirstReadTest {

    private static final int DOCUMENTS = 10_000;
    private static final int MOST = 110;

    private final DiadocStage stage = new DiadocStage();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void tenThousandDocumentsAreReadInAHundredAndTenRequests() {
        for (int n = 0; n < DOCUMENTS; n++) {
            DiadocPaper paper = stage.box().sent(n % 3 == 0 ? "Inbound" : "Outbound", DiadocStandIn.COUNTERPARTY,
                    DiadocStage.ACT);
            stage.box().deliver(paper);
            if (n % 2 == 0) {
                stage.box().sign(paper);
            }
        }
        stage.clock.advance(Duration.ofHours(1));
        stage.poll();
        assertThat(stage.known).hasSize(DOCUMENTS);
        assertThat(stage.known.values()).filteredOn(one -> one.state() == EdoState.SIGNED).hasSize(DOCUMENTS / 2);
        assertThat(stage.present).isTrue();
        assertThat(stage.vendor.calls().size()).isLessThanOrEqualTo(MOST);
        stage.clock.advance(Duration.ofMinutes(1));
        int before = stage.vendor.calls().size();
        stage.poll();
        assertThat(stage.vendor.calls().subList(before, stage.vendor.calls().size()))
                .as("a quiet cycle").containsExactly("GetDocflowEvents");
    }
}
