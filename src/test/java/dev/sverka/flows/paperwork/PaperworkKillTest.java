package dev.sverka.flows.paperwork;

import static dev.sverka.sandbox.bitrix24.PaperProcesses.DOCUMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.state.Databases;
import dev.sverka.sandbox.Daemon;
import dev.sverka.sandbox.Faults;
import dev.sverka.sandbox.bitrix24.PaperProcesses;
import dev.sverka.sandbox.diadoc.DiadocPaper;
import dev.sverka.sandbox.diadoc.DiadocStandIn;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real process is killed while papers drive the portal and answers get lost: in the end each document says what its
 * provider says, with one comment and one notification, and each paper that nobody knew is one document with its file.
 */
class PaperworkKillTest {

    private static final int KILLS = Integer.getInteger("sverka.kills", 1);
    private static final int PAPERS = 3 + 2 * KILLS;
    private static final List<String> FATES = List.of("Доставлен", "Подписан", "Отклонён");

    @TempDir
    Path home;

    private PaperworkStage stage;
    private final Random dice = new Random(9);
    /** By our own number: the item on the portal and the state that the provider ends in. */
    private final Map<String, Integer> items = new LinkedHashMap<>();
    private final Map<String, String> fates = new LinkedHashMap<>();
    private final List<String> incoming = new ArrayList<>();

    @Test
    void theEndIsTheProvidersAndNothingStandsTwiceWhateverIsKilled() throws Exception {
        Path log = home.resolve("log");
        try (PaperworkStage open = new PaperworkStage(home, Databases.h2Url(home))) {
            stage = open;
            Map<String, String> settings = stage.settings();
            settings.put("sverka.journal.lease", "2s");
            Daemon daemon = Daemon.start(settings, log).ready();
            awaitFirstReading();
            stage.bitrix24.faults().seed(9).chance(Faults.Kind.LOST_ANSWER, 0.2);
            Deque<Runnable> later = events();
            for (int kill = 0; kill < KILLS; kill++) {
                awaitWritesDuring(later, 1 + dice.nextInt(6));
                assertThat(daemon.isAlive()).as("it runs until it is killed, see " + log).isTrue();
                daemon.kill();
                happen(later, 3);
                daemon = Daemon.start(settings, log).ready();
            }
            try (Daemon last = daemon) {
                happen(later, later.size());
                stage.bitrix24.faults().none();
                Awaitility.await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(300))
                        .untilAsserted(() -> {
                            assertThat(last.isAtRest()).isTrue();
                            assertThat(seen()).isEqualTo(expected());
                        });
                assertThat(last.api("/api/status").path("dead").asInt()).isZero();
            }
        }
    }

    /** What was there before the first start tells nobody anything; when that is linked, what comes is news. */
    private void awaitFirstReading() {
        int item = document("Первый");
        stage.diadoc.box().sent("Outbound", DiadocStandIn.COUNTERPARTY, content("Первый"));
        stage.awaitSeen(DOCUMENTS, item, "Отправлен/Отправлен");
    }

    private Deque<Runnable> events() {
        List<Runnable> first = new ArrayList<>();
        List<Runnable> then = new ArrayList<>();
        IntStream.range(0, PAPERS).forEach(n -> {
            String number = "У-" + n;
            String fate = FATES.get(n % FATES.size());
            fates.put(number, fate);
            items.put(number, document(number));
            DiadocPaper[] paper = new DiadocPaper[1];
            first.add(() -> {
                paper[0] = stage.diadoc.box().sent("Outbound", DiadocStandIn.COUNTERPARTY, content(number));
                stage.diadoc.box().deliver(paper[0]);
            });
            then.add(() -> {
                if (fate.equals("Подписан")) {
                    stage.diadoc.box().sign(paper[0]);
                } else if (fate.equals("Отклонён")) {
                    stage.diadoc.box().reject(paper[0], "не та сумма");
                }
            });
        });
        for (int n = 0; n <= KILLS; n++) {
            String number = "В-" + n;
            incoming.add(number);
            first.add(() -> stage.diadoc.box().deliver(stage.diadoc.box().sent("Inbound", DiadocStandIn.COUNTERPARTY,
                    content(number))));
        }
        Collections.shuffle(first, dice);
        Collections.shuffle(then, dice);
        Deque<Runnable> all = new ArrayDeque<>(first);
        all.addAll(then);
        return all;
    }

    private int document(String number) {
        return stage.papers.document(PaperProcesses.OUT, "Акт", number, PaperworkStage.DAY, new BigDecimal("700"),
                stage.customer);
    }

    private static DiadocPaper.Content content(String number) {
        return new DiadocPaper.Content("AcceptanceCertificate", "default", number, PaperworkStage.DAY, "700.00");
    }

    private static void happen(Deque<Runnable> later, int count) {
        for (int i = 0; i < count && !later.isEmpty(); i++) {
            later.remove().run();
        }
    }

    /** The instant of a kill: the portal was just asked to write some more. */
    private void awaitWritesDuring(Deque<Runnable> later, int more) {
        int before = stage.bitrix24.writes().size();
        happen(later, 4);
        try {
            Awaitility.await().atMost(Duration.ofSeconds(20)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2))
                    .until(() -> stage.bitrix24.writes().size() >= before + more);
        } catch (ConditionTimeoutException quiet) {
            // a daemon with nothing to do is killed too
        }
    }

    /** As people see it: stage, «Состояние ЭДО», comments and notifications of each document. */
    private List<String> seen() {
        List<String> seen = new ArrayList<>();
        items.forEach((number, item) -> seen.add(number + " " + stage.seen(DOCUMENTS, item) + " "
                + stage.comments(DOCUMENTS, item).size() + " " + stage.notices().stream().filter(one ->
                        one.contains(number + "\n")).count()));
        incoming.forEach(number -> stage.portal.items(DOCUMENTS).stream().filter(one -> number.equals(
                one.get("ufCrm20Number"))).forEach(one -> seen.add(number + " " + stage.seen(DOCUMENTS, (Integer)
                        one.get("id")) + (one.get("ufCrm20File") == null ? "" : " with its file"))));
        return seen;
    }

    private List<String> expected() {
        List<String> expected = new ArrayList<>();
        fates.forEach((number, fate) -> {
            int told = fate.equals("Доставлен") ? 0 : 1;
            expected.add(number + " " + fate + "/" + fate + " " + told + " " + told);
        });
        incoming.forEach(number -> expected.add(number + " Доставлен/Доставлен with its file"));
        return expected;
    }
}
