package dev.sverka.flows.paperwork;

import static dev.sverka.sandbox.bitrix24.PaperProcesses.DOCUMENTS;

import dev.sverka.bench.Figures;
import dev.sverka.core.state.Databases;
import dev.sverka.sandbox.bitrix24.PaperProcesses;
import dev.sverka.sandbox.diadoc.DiadocPaper;
import dev.sverka.sandbox.diadoc.DiadocStandIn;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.Awaitility;

/**
 * From a signature at Diadoc to the document on the portal that says so, each at another moment of the poll's cycle, which
 * the stage makes 250 ms; the program with its shipped routes, all over HTTP, on H2.
 */
public final class PaperworkBench {

    private static final long CYCLE = 250;
    private static final long MORE = 2000;
    private static final double MILLION = 1e6;

    private PaperworkBench() {
    }

    public static void run(Figures figures, double scale) throws Exception {
        int papers = Math.max(10, (int) (40 * scale));
        Path home = Files.createTempDirectory("paperwork-bench");
        List<Double> took = new ArrayList<>();
        try (PaperworkStage stage = new PaperworkStage(home, Databases.h2Url(home)).start()) {
            for (int n = 0; n < papers; n++) {
                String number = "Б-" + n;
                int item = stage.papers.document(PaperProcesses.OUT, "Акт", number, PaperworkStage.DAY,
                        new BigDecimal("700"), stage.customer);
                DiadocPaper paper = stage.diadoc.box().sent("Outbound", DiadocStandIn.COUNTERPARTY,
                        new DiadocPaper.Content("AcceptanceCertificate", "default", number, PaperworkStage.DAY, "700.00"));
                stage.diadoc.box().deliver(paper);
                stage.awaitSeen(DOCUMENTS, item, "Доставлен/Доставлен");
                long due = System.nanoTime() + Duration.ofMillis(ThreadLocalRandom.current().nextLong(CYCLE)).toNanos();
                Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> System.nanoTime() >= due);
                long signed = System.nanoTime();
                stage.diadoc.box().sign(paper);
                Awaitility.await().atMost(Duration.ofMinutes(1)).pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(2)).until(() -> stage.seen(DOCUMENTS, item)
                                .equals("Подписан/Подписан"));
                took.add((System.nanoTime() - signed) / MILLION);
            }
        }
        Collections.sort(took);
        figures.atMost("paperwork: " + papers + " signatures at Diadoc: until the portal says so, p50 ms, against one "
                + "cycle + 2 s", took.get(papers / 2), CYCLE + MORE, 1);
        figures.atMost("paperwork: the slowest of them, ms", took.get(papers - 1), CYCLE + MORE, 1);
    }
}
