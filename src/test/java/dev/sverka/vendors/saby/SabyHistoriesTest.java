package dev.sverka.vendors.saby;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.http.VendorException;
import dev.sverka.records.edo.EdoDocument;
import dev.sverka.sandbox.StandIn;
import dev.sverka.sandbox.saby.SabyOffice;
import dev.sverka.sandbox.saby.SabySwitches;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Random lives of documents under every fault of the feed: in the end what is known is what the provider shows. */
class SabyHistoriesTest {

    private static final int HISTORIES = Integer.getInteger("sverka.test.histories", 200);

    private final SabyStage stage = new SabyStage();
    private final List<String> events = new ArrayList<>();
    private Random dice;

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void whateverHappensTheLastStateIsTheProviders() {
        for (int seed = 1; seed <= HISTORIES; seed++) {
            stage.another();
            events.clear();
            dice = new Random(seed);
            List<String> papers = live();
            rest();
            for (String paper : papers) {
                EdoDocument shown = stage.ask("get", Map.of("id", paper));
                assertThat(stage.known.get(paper)).as("seed %s, %s", seed, paper).usingRecursiveComparison()
                        .ignoringFields("readAt").isEqualTo(shown);
            }
        }
    }

    private List<String> live() {
        List<String> papers = new ArrayList<>();
        int steps = 8 + dice.nextInt(15);
        for (int step = 0; step < steps; step++) {
            if (papers.size() < 3 || dice.nextInt(5) == 0) {
                String paper = stage.office().paper(dice.nextBoolean() ? "ДокОтгрИсх" : "ДоговорВх", "100.00");
                stage.office().send(paper);
                papers.add(paper);
            }
            String one = papers.get(dice.nextInt(papers.size()));
            switch (dice.nextInt(6)) {
                case 0 -> stage.office().written(Duration.ofMinutes(dice.nextInt(600)), () -> happen(one));
                case 1 -> stage.office().state(one, List.of("3", "4", "7", "9", "20").get(dice.nextInt(5)));
                default -> happen(one);
            }
            fault();
            if (dice.nextInt(3) > 0) {
                tryToPoll();
            }
            stage.clock.advance(Duration.ofMinutes(dice.nextInt(12)));
        }
        return papers;
    }

    private void happen(String paper) {
        SabyOffice office = stage.office();
        switch (dice.nextInt(8)) {
            case 0, 1 -> events.add(office.happens(paper, "4", "Извещение о получении", ""));
            case 2 -> office.sign(paper);
            case 3 -> office.reject(paper, "причина " + dice.nextInt(5));
            case 4 -> office.revise(paper);
            case 5 -> events.add(office.happens(paper, dice.nextBoolean() ? "27" : "22",
                    "Получение соглашения об аннулировании", "ошибка"));
            case 6 -> office.delete(paper);
            default -> events.add(office.happens(paper, "77", "Нечто новое", ""));
        }
    }

    private void fault() {
        SabySwitches switches = stage.vendor.switches();
        switch (dice.nextInt(13)) {
            case 11 -> switches.partly(1 + dice.nextInt(3));
            case 0 -> switches.pagesOf(1 + dice.nextInt(3));
            case 1 -> switches.pagesOf(100);
            case 2 -> switches.repeats(1 + dice.nextInt(3));
            case 3 -> switches.withoutEvents(1);
            case 4 -> switches.colons(dice.nextBoolean());
            case 5 -> stage.vendor.faults().answer("СписокИзменений", StandIn.Reply.html(429, "<html></html>"));
            case 6 -> stage.vendor.faults().answer("ПрочитатьДокумент", StandIn.Reply.html(503, "<html></html>"));
            case 7 -> stage.vendor.forget();
            case 8 -> switches.errorStatus(dice.nextBoolean() ? 200 : 404);
            case 9 -> switches.reports(dice.nextBoolean());
            case 10 -> {
                if (!events.isEmpty()) {
                    stage.office().forget(events.remove(dice.nextInt(events.size())));
                }
            }
            default -> { }
        }
    }

    /** Perhaps killed after a page. */
    private void tryToPoll() {
        try {
            stage.read(stage.open(), dice.nextInt(4) == 0 ? 1 : 1000);
        } catch (VendorException failed) {
            assertThat(failed).isInstanceOf(VendorException.Transient.class);
        }
    }

    /** The faults are over, and a night goes by. */
    private void rest() {
        stage.vendor.faults().none();
        stage.vendor.switches().pagesOf(100).withoutEvents(0).repeats(0).partly(0);
        stage.settle();
        stage.clock.advance(Duration.ofHours(24));
        stage.settle();
    }
}
