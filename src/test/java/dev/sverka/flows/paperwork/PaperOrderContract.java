package dev.sverka.flows.paperwork;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.sverka.records.edo.EdoDocument.Counterparty;
import dev.sverka.records.edo.EdoDocument.Direction;
import dev.sverka.records.edo.EdoDocument;
import dev.sverka.records.edo.EdoKind;
import dev.sverka.records.edo.EdoState;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Readings of papers that come in any order, twice, and not understood. */
abstract class PaperOrderContract {

    private static final Instant START = Instant.parse("2026-11-20T09:00:00Z");

    private HikariDataSource source;
    private PaperBook book;

    abstract HikariDataSource store();

    @BeforeEach
    void open() {
        source = store();
        book = new PaperBook(JdbcClient.create(source), JsonMapper.builder().build());
    }

    @AfterEach
    void close() {
        source.close();
    }

    private static EdoDocument reading(String id, EdoState state, Instant changed, Instant read) {
        return new EdoDocument("diadoc.main", id, null, null, state + "-" + read, EdoKind.ACT, "AcceptanceCertificate", "9",
                LocalDate.of(2026, 11, 18), 1_500_000L, "0000123404", new Counterparty("0000567801", null, "Покупатель"),
                Direction.OUTGOING, state, String.valueOf(state), null, Set.of(), null, null, null, null, changed, read,
                List.of());
    }

    @Test
    void whateverTheOrderTheNewestReadingIsKept() {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            boolean timed = random.nextBoolean();
            List<EdoDocument> told = new ArrayList<>();
            EdoState last = EdoState.DRAFT;
            int steps = 1 + random.nextInt(6);
            for (int step = 0; step < steps; step++) {
                last = EdoState.values()[random.nextInt(EdoState.values().length)];
                Instant at = START.plusSeconds(step);
                // a provider that keeps times of change may be read again later, and says the same
                for (int again = random.nextInt(3); again >= 0; again--) {
                    told.add(reading("paper-" + seed, last, timed ? at : null, timed
                            ? START.plusSeconds(random.nextInt(1000)) : at));
                }
            }
            told.add(reading("paper-" + seed, null, START.plusSeconds(5000), START.plusSeconds(5000)));
            Collections.shuffle(told.subList(1, told.size()), random);
            told.forEach(one -> book.take(one, false));
            EdoDocument kept = book.take(told.get(0), false).paper();
            assertThat(kept.state()).as("seed " + seed).isEqualTo(last);
        }
    }

    @Test
    void aPaperThatWaitsIsFoundByItsNumberOrByDayAndSum() {
        PaperBook.Row row = book.take(reading("waits", EdoState.SENT, START, START), false);
        LocalDate day = LocalDate.of(2026, 11, 18);
        assertThat(book.waitingFor(item("9", null, 1))).extracting(PaperBook.Row::id).containsExactly(row.id());
        assertThat(book.waitingFor(item(null, day, 1_500_000))).hasSize(1);
        assertThat(book.waitingFor(item(null, day, 1_500_001))).isEmpty();
        book.linked(row.id());
        assertThat(book.waitingFor(item("9", day, 1_500_000))).isEmpty();
        assertThat(book.waiting()).isEmpty();
    }

    private static PaperItem item(String number, LocalDate date, long amount) {
        return new PaperItem(PaperStage.DOCUMENT, 1, "out", number, date, amount, null, "Акт", null);
    }

    @Test
    void ofAllThatHaveACommonNumberTheCounterpartysIsFound() {
        PaperItems items = new PaperItems(JdbcClient.create(source));
        LocalDate day = LocalDate.of(2026, 11, 18);
        for (long id = 1; id <= 300; id++) {
            items.see(new PaperItem(PaperStage.DOCUMENT, id, "out", "9", day, id, 1000 + id, "Акт", null));
        }
        items.see(new PaperItem(PaperStage.DOCUMENT, 301, "out", "9", day, 1_500_000, 7L, "Акт", null));
        EdoDocument paper = reading("common", EdoState.SENT, START, START);
        assertThat(items.near(paper, List.of(7L))).extracting(PaperItem::id).contains(301L);
        assertThat(items.near(paper, List.of())).extracting(PaperItem::id).contains(301L);
    }
}
