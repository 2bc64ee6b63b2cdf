package dev.sverka.vendors.diadoc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.http.VendorException;
import dev.sverka.records.edo.EdoDocument;
import dev.sverka.sandbox.diadoc.DiadocBox;
import dev.sverka.sandbox.diadoc.DiadocPaper;
import dev.sverka.sandbox.diadoc.DiadocStandIn;
import dev.sverka.sandbox.diadoc.DiadocSwitches;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Random lives of documents under every fault of the feed: in the end what is known is what Diadoc shows. */
class DiadocHistoriesTest {

    private static final int HISTORIES = Integer.getInteger("sverka.test.histories", 200);

    /** A document that was signed before the first reading and never changed again. */
    private static final int SIGNER_OF_A_BRIEF_READING = 271;

    private final DiadocStage stage = new DiadocStage();
    private Random dice;

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void whateverHappensTheLastStateIsTheProviders() {
        for (int seed : IntStream.concat(IntStream.of(SIGNER_OF_A_BRIEF_READING), IntStream.rangeClosed(1, HISTORIES))
                .toArray()) {
            stage.another(seed);
            dice = new Random(seed);
            live();
            rest();
            for (DiadocPaper paper : stage.box().papers()) {
                EdoDocument known = stage.known.get(paper.id());
                EdoDocument shown = stage.ask("document", "get", Map.of("id", paper.id()));
                assertThat(known).as("seed %s, %s", seed, paper.id()).usingRecursiveComparison().ignoringFields(
                        "readAt")
                        .isEqualTo(shown);
            }
        }
    }

    private void live() {
        List<DiadocPaper> papers = new ArrayList<>();
        int steps = 8 + dice.nextInt(15);
        for (int step = 0; step < steps; step++) {
            if (papers.size() < 3 || dice.nextInt(5) == 0) {
                papers.add(stage.box().draft(dice.nextBoolean() ? "Outbound" : "Inbound", DiadocStandIn.COUNTERPARTY,
                        DiadocStage.ACT));
            }
            DiadocPaper one = papers.get(dice.nextInt(papers.size()));
            DiadocPaper other = papers.get(dice.nextInt(papers.size()));
            switch (dice.nextInt(6)) {
                case 0 -> stage.box().written(Duration.ofMinutes(dice.nextInt(600)), () -> happen(one));
                case 1 -> stage.box().silently(() -> happen(one));
                case 2 -> stage.box().atOnce(() -> {
                    happen(one);
                    happen(other);
                });
                default -> happen(one);
            }
            fault();
            if (dice.nextInt(3) > 0) {
                tryToPoll();
            }
            stage.clock.advance(Duration.ofMinutes(dice.nextInt(12)));
        }
    }

    private void happen(DiadocPaper paper) {
        DiadocBox box = stage.box();
        switch (dice.nextInt(10)) {
            case 0 -> box.send(paper);
            case 1, 2 -> box.deliver(paper);
            case 3 -> box.sign(paper);
            case 4 -> box.reject(paper, "причина " + dice.nextInt(5));
            case 5 -> box.revocation(paper, "RequestsMyRevocation", "ошибка");
            case 6 -> box.revocation(paper, dice.nextBoolean() ? "RevocationAccepted" : "RevocationRejected", null);
            case 7 -> box.signWithDiscrepancies(paper);
            case 8 -> box.signInvalidly(paper);
            default -> box.delete(paper, dice.nextBoolean());
        }
    }

    private void fault() {
        DiadocSwitches switches = stage.vendor.switches();
        switch (dice.nextInt(12)) {
            case 0 -> switches.pagesOf(1 + dice.nextInt(3));
            case 1 -> switches.pagesOf(100);
            case 2 -> switches.repeatsOldEvent(1 + dice.nextInt(3));
            case 3 -> switches.emptyPages(1);
            case 4 -> switches.conflict(1 + dice.nextInt(3));
            case 5 -> stage.vendor.faults().answer("GetDocflowEvents", DiadocStandIn.throttled(dice.nextBoolean()
                    ? "7" : null));
            case 6 -> stage.vendor.faults().answer("GetDocument", DiadocStandIn.throttled(null));
            case 7 -> stage.vendor.logins().forget();
            case 8 -> stage.vendor.faults().answer("GetDocflowEvents", DiadocErrorsTest.text(400));
            case 9 -> switches.manyCounted(dice.nextBoolean());
            default -> { }
        }
    }

    /** Perhaps killed after a page. */
    private void tryToPoll() {
        try {
            stage.read(stage.open(), dice.nextInt(4) == 0 ? 1 : 1000);
        } catch (VendorException failed) {
            assertThat(failed.status()).isIn(400, 409, 429);
        }
    }

    /** The faults are over, and a night goes by. */
    private void rest() {
        stage.vendor.faults().none();
        stage.vendor.switches().pagesOf(100).conflict(0).emptyPages(0).repeatsOldEvent(0);
        stage.settle();
        stage.clock.advance(Duration.ofHours(24));
        stage.settle();
    }
}
