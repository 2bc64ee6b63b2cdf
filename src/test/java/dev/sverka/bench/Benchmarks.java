package dev.sverka.bench;

import dev.sverka.core.journal.JournalBench;
import dev.sverka.core.journal.JournalPagesBench;
import dev.sverka.core.journal.WebhookBench;
import dev.sverka.flows.calendar.CalendarBench;
import dev.sverka.flows.matching.MatchBench;
import dev.sverka.flows.paperwork.PaperworkBench;
import dev.sverka.flows.payments.LedgerBench;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the benchmarks named as arguments, or all; {@code -Dbench.scale=0.05} makes a short run of it. */
public final class Benchmarks {

    /** One class for each room's figures. */
    public interface Bench {
        void run(Figures figures, double scale) throws Exception;
    }

    private static final Map<String, Bench> ALL = new LinkedHashMap<>();

    static {
        ALL.put("journal", JournalBench::run);
        ALL.put("journal-pages", JournalPagesBench::run);
        ALL.put("webhook", WebhookBench::run);
        ALL.put("calendar", CalendarBench::run);
        ALL.put("calendar-news", CalendarNewsBench::run);
        ALL.put("paperwork", PaperworkBench::run);
        ALL.put("ledger", LedgerBench::run);
        ALL.put("requests", RequestsBench::run);
        ALL.put("replicas", ReplicasBench::run);
        ALL.put("latency", LatencyBench::run);
        ALL.put("start", StartBench::run);
        ALL.put("match", MatchBench::run);
        ALL.put("desk", DeskBench::run);
        ALL.put("fintablo", (figures, scale) -> FinTabloBench.run(System.out, scale));
        ALL.put("clickup", ClickUpBench::run);
        ALL.put("bitrix24", (figures, scale) -> Bitrix24Bench.run(System.out));
    }

    private Benchmarks() {
    }

    public static void main(String[] names) throws Exception {
        double scale = Double.parseDouble(System.getProperty("bench.scale", "1"));
        Figures figures = new Figures();
        for (String name : names.length == 0 ? ALL.keySet() : List.of(names)) {
            Bench bench = ALL.get(name);
            if (bench == null) {
                throw new IllegalArgumentException("no benchmark " + name + "; there are " + ALL.keySet());
            }
            bench.run(figures, scale);
            figures.write(Path.of("target", "benchmarks.md"));
        }
        System.exit(0);
    }
}
