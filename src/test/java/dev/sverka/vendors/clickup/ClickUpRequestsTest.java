package dev.sverka.vendors.clickup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.sandbox.clickup.ClickUpState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What reading costs in requests. */
class ClickUpRequestsTest {

    private static final int TASKS = 1_000;
    private static final int ENTRIES = 10_000;
    private static final int PEOPLE = 47;
    private static final int FOLDERS = 20;
    private static final List<String> FEEDS = List.of("task", "time", "folder", "list");

    private final ClickUpStage stage = new ClickUpStage();

    @AfterEach
    void close() {
        stage.close();
    }

    /** A Workspace of 50 people. */
    private void fill(int tasks, int entries) {
        for (int n = 0; n < PEOPLE; n++) {
            stage.state().member(7000 + n, "Сотрудник " + n, "p" + n + "@example.com", 3);
        }
        List<String> lists = new ArrayList<>();
        for (int n = 0; n < FOLDERS; n++) {
            lists.add(stage.state().listIn(stage.state().folder(ClickUpState.SPACE, "Сделка " + n), "Этап"));
        }
        List<String> ids = new ArrayList<>();
        for (int n = 0; n < tasks; n++) {
            ids.add(stage.state().tasks().enter(lists.get(n % FOLDERS), "Задача " + n));
        }
        Instant now = stage.clock.instant();
        for (int n = 0; n < entries; n++) {
            stage.state().time().enter(7000 + n % PEOPLE, ids.get(n % tasks), now.minus(Duration.ofMinutes(6L * n)),
                    Duration.ofMinutes(5), "", true);
        }
        stage.write("webhook", "upsert", java.util.Map.of());
    }

    private int calls() {
        return stage.vendor.calls().size();
    }

    @Test
    void aThousandTasksAndTenThousandEntriesAreFirstReadInAtMostFortyRequests() {
        fill(TASKS, ENTRIES);
        int before = calls();
        assertThat(stage.poll("task")).hasSize(TASKS);
        assertThat(stage.poll("time")).hasSize(ENTRIES);
        stage.poll("folder");
        stage.poll("list");
        System.out.println("clickup: " + TASKS + " tasks and " + ENTRIES + " entries first read in " + (calls() - before)
                + " requests, with folders and lists");
        assertThat(calls() - before).isLessThanOrEqualTo(40);
    }

    /** @param days by which the month is further on: in its first days two months are read */
    @ParameterizedTest
    @ValueSource(ints = {0, 10})
    void aQuietMinuteCostsAtMostSixRequests(int days) {
        stage.clock.advance(Duration.ofDays(days));
        fill(50, 200);
        FEEDS.forEach(stage::poll);
        stage.clock.advance(Duration.ofMinutes(10));
        FEEDS.forEach(stage::poll);
        int before = calls();
        int most = 0;
        for (int minute = 1; minute <= 60; minute++) {
            stage.clock.advance(Duration.ofMinutes(1));
            int began = calls();
            stage.poll("task");
            stage.poll("time");
            if (minute % 10 == 0) {
                stage.poll("folder");
                stage.poll("list");
            } else {
                most = Math.max(most, calls() - began);
            }
        }
        double each = (calls() - before) / 60.0;
        System.out.println("clickup: a quiet minute costs " + each + " requests on average over an hour, at most " + most
                + " where nothing is read again");
        assertThat(each).isLessThanOrEqualTo(6);
        assertThat(most).isLessThanOrEqualTo(6);
    }
}
