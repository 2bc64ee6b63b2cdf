package dev.sverka.flows.payments;

import dev.sverka.bench.Figures;
import dev.sverka.core.state.Databases;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What deciding costs a store, on both databases. */
public final class LedgerBench {

    private static final int OPEN = 20;

    private LedgerBench() {
    }

    public static void run(Figures figures, double scale) throws Exception {
        Path folder = Files.createTempDirectory("ledger-bench");
        run(figures, "H2", Databases.h2Url(folder), scale);
        run(figures, "PostgreSQL", Databases.postgresUrl(), scale);
    }

    private static void run(Figures figures, String store, String url, double scale) {
        try (PaymentsStage stage = new PaymentsStage(url)) {
            stage.read();
            int many = (int) (8000 * scale);
            stage.customer();
            payments(stage, 80);
            String few = stage.inn;
            long company = stage.company;
            stage.customer();
            payments(stage, many);
            stage.jdbc.sql("analyze").update(); // as the databases do by themselves in time
            int rounds = Math.max(40, (int) (200 * scale));
            decisions(stage, rounds); // warm
            double much = decisions(stage, rounds);
            stage.inn = few;
            stage.company = company;
            decisions(stage, rounds);
            figures.atMost(store + ": ms to decide with " + many + " payments of a customer, " + OPEN
                    + " of them open, against 80", much, decisions(stage, rounds), 2);
            entries(figures, stage, store);
            growth(figures, stage, store, (int) (1000 * scale));
            size(figures, stage, store, (int) (4000 * scale));
        }
    }

    private static void payments(PaymentsStage stage, int all) {
        for (int n = 0; n < all - OPEN; n++) {
            stage.item(Map.of("amount", new BigDecimal("10.00"), "paid", new BigDecimal("10.00"), "stage", "paid",
                    "number", "СТ-" + (500 + n), "company", stage.company, "paidDate", "2026-01-10"));
        }
        for (int n = 0; n < OPEN; n++) {
            stage.invoice("ОТ-" + n, (100 + n) + ".00");
        }
    }

    /** Median of milliseconds; each is asked about, so that the next finds the same. */
    private static double decisions(PaymentsStage stage, int rounds) {
        List<Long> took = new ArrayList<>();
        for (int n = 0; n < rounds; n++) {
            Map<String, Object> operation = stage.operation(PaymentsStage.newSource(), "77.00", "Оплата по счету ОТ-9" + n);
            long began = System.nanoTime();
            stage.payments.decide(operation);
            took.add(System.nanoTime() - began);
        }
        return took.stream().sorted().skip(rounds / 2).findFirst().orElseThrow() / 1e6;
    }

    /** 300 undecided operations of a customer, 100 of whose payments change while the work is being done. */
    private static void entries(Figures figures, PaymentsStage stage, String store) {
        stage.customer();
        for (int n = 0; n < 300; n++) {
            stage.payments.decide(stage.operation(PaymentsStage.newSource(), "55.00", "Оплата по счету НЕТ-" + n));
        }
        stage.work();
        long before = count(stage, "entry");
        for (int n = 0; n < 100; n++) {
            stage.invoice("ДР-" + n, (1000 + n) + ".00");
            if (n % 10 == 9) {
                stage.step();
            }
        }
        stage.work();
        figures.atMost(store + ": journal entries of decisions after 100 changed payments of a customer with 300 undecided"
                + " operations, and the 100 of the changes", count(stage, "entry") - before + 100, 100, 2);
    }

    /** What telling the same again leaves. */
    private static void growth(Figures figures, PaymentsStage stage, String store, int operations) {
        stage.customer();
        List<Map<String, Object>> told = new ArrayList<>();
        for (int n = 0; n < operations; n++) {
            told.add(stage.operation(PaymentsStage.newSource(), (200 + n) + ".00", "Перевод " + n));
        }
        told.forEach(stage.payments::decide);
        long before = all(stage);
        told.forEach(stage.payments::decide);
        figures.atMost(store + ": rows more after " + operations + " operations are told again, and 1", all(stage) - before + 1, 1,
                1);
    }

    /** What operations that each pay an invoice leave for ever, with indexes; the journal's entries go after their time. */
    private static void size(Figures figures, PaymentsStage stage, String store, int operations) {
        stage.customer();
        for (int n = 0; n < operations; n++) {
            stage.invoice("РС-" + n, (300 + n) + ".00");
        }
        long before = bytes(stage);
        for (int n = 0; n < operations; n++) {
            stage.payments.decide(stage.operation(PaymentsStage.newSource(), (300 + n) + ".00", "Оплата по счету РС-" + n));
        }
        figures.count(store + ": kB kept for ever for each operation that pays an invoice, of " + operations,
                (bytes(stage) - before) / 1024.0 / operations);
    }

    private static long bytes(PaymentsStage stage) {
        boolean postgres = stage.jdbc.sql("select count(*) from information_schema.schemata where schema_name = 'pg_catalog'")
                .query(Long.class).single() > 0;
        List<String> tables = stage.jdbc.sql("select table_name from information_schema.tables where table_schema in"
                + " ('public', 'PUBLIC')").query(String.class).list();
        stage.jdbc.sql(postgres ? "checkpoint" : "checkpoint sync").update();
        return tables.stream().filter(table -> !table.equalsIgnoreCase("entry")).mapToLong(table -> stage.jdbc
                .sql((postgres ? "select pg_total_relation_size('\"" : "select disk_space_used('\"") + table + "\"')").query(Long.class).single()).sum();
    }

    private static long all(PaymentsStage stage) {
        return List.of("entry", "bank_operation", "operation_version", "operation_alias", "operation_customer", "decision",
                "share", "review", "lock_row").stream().mapToLong(table -> count(stage, table)).sum();
    }

    private static long count(PaymentsStage stage, String table) {
        return stage.jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }
}
