package dev.sverka.desk.commands;

import dev.sverka.core.state.Check;
import dev.sverka.core.state.Problem;
import dev.sverka.core.state.ProblemException;
import dev.sverka.flows.matching.MatchFiles;
import dev.sverka.flows.matching.MatchedOperation;
import dev.sverka.flows.matching.OfflineMatching;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.thymeleaf.ITemplateEngine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the daemon's matcher, its {@code mappings/bank-rules.yaml} and {@code purpose-words.yaml} over files; nothing is
 * stored, nobody is called.
 * Formats: {@code docs/matching.md}.
 */
@Command(name = "match", mixinStandardHelpOptions = true,
        description = "Matches bank operations of a file with payments of another; prints one decision a line.")
final class MatchCommand implements Callable<Integer> {

    /** Wins over every other source: neither the store nor a vendor is touched. */
    private static final Map<String, Object> TAME = Map.of("sverka.routes.start", "false",
            "sverka.database.url", "jdbc:h2:mem:match");

    /** What it goes by. */
    private static final Set<String> MAPPINGS = Set.of("mappings/bank-rules.yaml", "mappings/purpose-words.yaml");

    private final Class<?> application;

    @Spec
    private CommandSpec spec;

    @Option(names = "--payments", required = true, paramLabel = "P.jsonl", description = "What is expected.")
    private Path payments;

    @Option(names = "--operations", required = true, paramLabel = "O.jsonl", description = "What the bank has booked.")
    private Path operations;

    @Option(names = "--own", required = true, paramLabel = "OWN.json", description = "Our companies and banks.")
    private Path own;

    @Option(names = "--history", paramLabel = "H.jsonl", description = "Earlier matches that people confirmed.")
    private @Nullable Path history;

    @Option(names = "--report", paramLabel = "R.html", description = "Where a page for people is written.")
    private @Nullable Path report;

    @Unmatched
    private List<String> configuration = new ArrayList<>();

    MatchCommand(Class<?> application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        Commands.refuseWords(spec, configuration);
        LoggingSystem.get(getClass().getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.OFF);
        String[] args = Stream.concat(configuration.stream(), Stream.of("--logging.level.root=" + LogLevel.OFF))
                .toArray(String[]::new);
        try (ConfigurableApplicationContext daemon = new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE).bannerMode(Banner.Mode.OFF).logStartupInfo(false)
                .initializers(context -> context.getEnvironment().getPropertySources()
                        .addFirst(new MapPropertySource("match", TAME)))
                .registerShutdownHook(false).run(args)) {
            return match(daemon);
        } catch (ProblemException found) {
            return refuse(found.problems());
        } catch (RuntimeException notStarted) {
            return refuse(StartFailure.problems(notStarted));
        }
    }

    private int match(ConfigurableApplicationContext daemon) {
        List<Problem> rules = daemon.getBean("routesCheck", Check.class).check().stream()
                .filter(problem -> MAPPINGS.contains(problem.file())).toList();
        if (!rules.isEmpty()) {
            return refuse(rules);
        }
        List<MatchedOperation> reported = new ArrayList<>();
        JsonMapper json = JsonMapper.builder().build();
        // a line that is flushed by itself costs more than its decision
        PrintWriter out = new PrintWriter(spec.commandLine().getOut(), false);
        daemon.getBean(OfflineMatching.class).match(new MatchFiles(payments, operations, own, history), one -> {
            out.println(json.writeValueAsString(prediction(one)));
            if (report != null) {
                reported.add(one);
            }
        }, new Progress(spec.commandLine().getErr()));
        out.flush();
        return report == null ? 0 : write(report, new MatchReport(reported).page(daemon.getBean(ITemplateEngine.class)));
    }

    private static Map<String, Object> prediction(MatchedOperation one) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("operationId", one.id());
        line.put("decision", one.decision());
        if (one.decision().equals("auto")) {
            line.put("allocations", one.shares().stream().map(share -> Map.of("paymentId", share.payment(), "amount",
                    share.amount().toPlainString())).toList());
        }
        if (one.decision().equals("review")) {
            line.put("candidates", one.candidates().stream().map(MatchedOperation.Guess::payment).toList());
        }
        line.put("explanation", one.rule() + ": " + String.join("; ", one.evidence()));
        return line;
    }

    private int write(Path file, String text) {
        try {
            Files.writeString(file, text);
            return 0;
        } catch (IOException unwritable) {
            return refuse(List.of(new Problem(file.toString(), 1, "the report cannot be written: "
                    + unwritable.getMessage(), "name a file in a folder that is there")));
        }
    }

    /** A line every ten seconds of a long run; a short one says nothing. */
    private static final class Progress implements OfflineMatching.Progress {

        private static final long EACH = Duration.ofSeconds(10).toNanos();
        private final PrintWriter err;
        private final long start = System.nanoTime();
        private long told = start;

        Progress(PrintWriter err) {
            this.err = err;
        }

        @Override
        public void decided(int done, int all) {
            long now = System.nanoTime();
            if (now - told >= EACH && done < all) {
                told = now;
                long left = (now - start) / done * (all - done) / 1_000_000_000;
                err.printf("%d of %d operations decided (%d %%), about %d s left%n", done, all, 100L * done / all, left);
                err.flush();
            }
        }
    }

    private int refuse(List<Problem> problems) {
        problems.forEach(spec.commandLine().getErr()::println);
        return 1;
    }
}
