package dev.sverka.flows.matching;

import com.sun.management.OperatingSystemMXBean;
import dev.sverka.bench.Figures;
import dev.sverka.core.mapping.YamlText;
import dev.sverka.core.state.Declared;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;

/**
 * Many operations over many payments, beside reading the same lines with Jackson; one thread. Rates are by the time that
 * processors have spent for this program, collector and compiler included: they say what one core does, whoever else uses
 * the machine. The slowest operations are by the clock on the wall.
 */
public final class MatchBench {

    private static final int OPEN = 100_000;
    private static final int CLOSED = 400_000;
    private static final int OPERATIONS = 1_000_000;
    private static final int LARGE = 1_000;
    private static final String OUR = "0099000014";

    private final Path folder;
    private final Random dice = new Random(1);

    private MatchBench(Path folder) {
        this.folder = folder;
    }

    public static void run(Figures figures, double scale) throws IOException {
        Path folder = Files.createTempDirectory("match-bench");
        try {
            new MatchBench(folder).measure(figures, scale);
        } finally {
            for (String name : List.of("p", "o", "own")) {
                Files.deleteIfExists(folder.resolve(name));
            }
            Files.delete(folder);
        }
    }

    private void measure(Figures figures, double scale) throws IOException {
        MatchFiles files = new MatchFiles(folder.resolve("p"), folder.resolve("o"), folder.resolve("own"), null);
        Files.writeString(files.own(), "{\"organizations\": [{\"inn\": \"" + OUR + "\", \"name\": \"ООО «Наша»\","
                + " \"accounts\": [\"40702810200009990001\"]}], \"banks\": []}");
        int operations = (int) (OPERATIONS * scale);
        payments((int) (OPEN * scale), (int) (CLOSED * scale), false);
        operations(operations, (int) (OPEN * scale), false);
        double jackson = operations / seconds(this::readWithJackson);
        Measured many = matched(files, operations);
        figures.atLeast("match: operations a second of one core, against 10,000", many.rate(), 10_000, 1.0);
        figures.count("match: the same for each line that Jackson reads in that time", many.rate() / jackson);
        figures.atMost("match: p99 of one operation, ms, against 5", many.p99(), 5, 1.0);
        figures.atMost("match: MB of heap in use at the end, against 1024", many.megabytes(), 1024, 1.0);
        payments(LARGE, 0, true);
        operations(LARGE, LARGE, true);
        Measured large = matched(files, LARGE);
        figures.atMost("match: p99 with 1,000 open payments of one payer, ms, against 50", large.p99(), 50, 1.0);
        payments(LARGE / 10, 0, true);
        operations(LARGE, LARGE / 10, true);
        Measured tenth = matched(files, LARGE);
        figures.atMost("match: ms an operation with 1,000 open of one payer, against ten times that with 100",
                1000 / large.rate(), 10 * 1000 / tenth.rate(), 1.0);
    }

    /** @param rate operations a second, reading of files not counted */
    private record Measured(double rate, double p99, double megabytes) {
    }

    private Measured matched(MatchFiles files, int operations) throws IOException {
        Declared<BankRules> rules = new Declared<>("bank-rules", BankRules::read, BankRules.NONE);
        YamlText yaml = YamlText.parse("mappings/bank-rules.yaml", Files.readString(Path.of("mappings/bank-rules.yaml")));
        rules.put(BankRules.read(yaml.map(), yaml));
        Declared<PurposeWords> words = new Declared<>("purpose-words", PurposeWords::read, PurposeWords.NONE);
        YamlText text = YamlText.parse("mappings/purpose-words.yaml",
                Files.readString(Path.of("mappings/purpose-words.yaml")));
        words.put(PurposeWords.read(text.map(), text));
        long[] times = new long[operations];
        long[] last = new long[1];
        double[] spent = new double[2];
        double[] heap = new double[1];
        new OfflineMatching(new NumberMatcher(), rules, words).match(files, one -> { }, (done, all) -> {
            long now = System.nanoTime();
            spent[0] = done == 1 ? processorSeconds() : spent[0];
            times[done - 1] = done == 1 ? 0 : now - last[0];
            if (done == all) {
                spent[1] = processorSeconds();
                System.gc();
                Runtime runtime = Runtime.getRuntime();
                heap[0] = (runtime.totalMemory() - runtime.freeMemory()) / 1e6;
            }
            last[0] = System.nanoTime();
        });
        Arrays.sort(times);
        return new Measured(operations / (spent[1] - spent[0]), times[(int) (operations * 0.99)] / 1e6, heap[0]);
    }

    private static double seconds(Step step) throws IOException {
        step.run();
        double start = processorSeconds();
        step.run();
        return processorSeconds() - start;
    }

    private static double processorSeconds() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
    }

    private interface Step {
        void run() throws IOException;
    }

    private void readWithJackson() throws IOException {
        JsonMapper json = JsonMapper.builder().build();
        for (String line : Files.readAllLines(folder.resolve("o"))) {
            json.readTree(line);
        }
    }

    private static String inn(int customer) {
        return String.format(Locale.ROOT, "98%08d", customer);
    }

    private void payments(int open, int closed, boolean one) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("p"))) {
            for (int i = 0; i < open + closed; i++) {
                int customer = one ? 1 : i % Math.max(1, open / 5);
                out.write(String.format(Locale.ROOT, "{\"id\": \"p%d\", \"number\": \"ГД-%06d\", \"date\": \"2026-0%d-11\","
                        + " \"direction\": \"in\", \"amount\": \"%d.00\", \"currency\": \"RUB\", \"status\": \"%s\","
                        + " \"organizationInn\": \"%s\", \"counterpartyInn\": \"%s\","
                        + " \"counterpartyName\": \"ООО «Заказчик %d»\", \"contractNumber\": \"ДК-%d/26\"}%n", i, i,
                        1 + i % 6, 1000 + i % 977 * 100, i < open ? "open" : "paid", OUR, inn(customer), customer,
                        customer));
            }
        }
    }

    /** Nine in ten name an invoice, the others nothing. */
    private void operations(int count, int open, boolean one) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("o"))) {
            for (int i = 0; i < count; i++) {
                int payment = dice.nextInt(Math.max(1, open));
                int customer = one ? 1 : payment % Math.max(1, open / 5);
                String purpose = dice.nextInt(10) == 0 ? "Оплата за услуги по договору. Без НДС"
                        : String.format(Locale.ROOT, "Оплата по счету № ГД-%06d от 11.0%d.2026 за материалы и работы,"
                                + " в т.ч. НДС 20%% - 1666.67", payment, 1 + payment % 6);
                out.write(String.format(Locale.ROOT, "{\"id\": \"o%d\", \"direction\": \"in\", \"amount\": \"%d.00\","
                        + " \"currency\": \"RUB\", \"date\": \"2026-07-%02d\", \"purpose\": \"%s\", \"docNumber\": \"%d\","
                        + " \"payerInn\": \"%s\", \"payerName\": \"ООО «Заказчик %d»\","
                        + " \"payerAccount\": \"40702810600000880099\", \"recipientInn\": \"%s\","
                        + " \"recipientAccount\": \"40702810200009990001\"}%n", i, 1000 + payment % 977 * 100, 1 + i % 28,
                        purpose, i, inn(customer), customer, OUR));
            }
        }
    }
}
