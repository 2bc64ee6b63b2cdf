package dev.sverka.desk.commands;

import dev.sverka.core.connector.Rehearsal;
import dev.sverka.core.journal.Counts;
import dev.sverka.core.journal.Journal;
import dev.sverka.core.state.StoreFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * The whole daemon as a dry run: it works on a copy of the store, reads live, and where it would write, the write is
 * printed instead. Exit codes: 0 nothing would be written, 1 error, 2 something would.
 */
@Command(name = "plan", mixinStandardHelpOptions = true,
        description = "Runs the daemon without writing anything anywhere, and prints each write it would make.")
final class PlanCommand implements Callable<Integer> {

    private static final int WOULD_WRITE = 2;
    /** So often in a row there was nothing to do, so that work on its way from a feed into the journal is seen. */
    private static final int AT_REST = 15;
    private static final long LOOK_MILLIS = 200;
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int LONGEST_VALUE = 120;

    private final Class<?> application;

    @Spec
    private CommandSpec spec;

    @Option(names = "--route", paramLabel = "ID", description = "Prints what this route would write only.")
    private @Nullable String route;

    @Option(names = "--wait", paramLabel = "PT10M", defaultValue = "PT10M",
            description = "How long reading may take; ${DEFAULT-VALUE} when left out.")
    private Duration wait;

    @Option(names = "--store-is-a-copy", description = "sverka.database.url names a copy made for this run, such as a"
            + " restored pg_dump: it is worked on as it is.")
    private boolean copied;

    @Unmatched
    private List<String> configuration = new ArrayList<>();

    PlanCommand(Class<?> application) {
        this.application = application;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Commands.refuseWords(spec, configuration);
        Environment environment = Configuration.read(configuration);
        try (Scratch scratch = new Scratch()) {
            StoreFile store = StoreFile.of(environment);
            if (!copied && !store.isH2() && !store.isPostgreSql()) {
                return refuse("plan works on a copy of the store, and can copy an H2 file or PostgreSQL only; name one"
                        + " with --sverka.database.url=…, or add --store-is-a-copy where it is a copy already");
            }
            Map<String, Object> tame = scratch.settings(environment, store, copied);
            try (ConfigurableApplicationContext daemon = start(tame)) {
                return plan(daemon);
            }
        } catch (StoreCopy.NotMade refused) {
            return refuse(refused.getMessage());
        } catch (RuntimeException notStarted) {
            StartFailure.problems(notStarted).forEach(spec.commandLine().getErr()::println);
            return 1;
        }
    }

    private ConfigurableApplicationContext start(Map<String, Object> tame) {
        LoggingSystem.get(getClass().getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.OFF);
        List<String> args = new ArrayList<>(configuration);
        args.removeIf(arg -> arg.startsWith("--logging.level.root="));
        args.add("--logging.level.root=" + LogLevel.OFF);
        return new SpringApplicationBuilder(application).web(WebApplicationType.NONE).bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false).registerShutdownHook(false)
                .initializers(context -> Tame.prepare(context, "plan", tame)).run(args.toArray(String[]::new));
    }

    private int plan(ConfigurableApplicationContext daemon) throws InterruptedException {
        CamelContext camel = daemon.getBean(CamelContext.class);
        if (route != null && camel.getRoute(route) == null) {
            return refuse("There is no route " + route + "; there are " + camel.getRoutes().stream()
                    .map(one -> one.getId()).sorted().collect(Collectors.joining(", ")));
        }
        Rehearsal rehearsal = daemon.getBean(Rehearsal.class);
        Journal journal = daemon.getBean(Journal.class);
        boolean complete = awaitRest(rehearsal, journal);
        PrintWriter out = spec.commandLine().getOut();
        List<Rehearsal.Write> writes = rehearsal.writes().stream()
                .filter(write -> route == null || write.route().equals(route)).toList();
        writes.forEach(write -> out.println(line(write)));
        rehearsal.failures().forEach((feed, why) -> refuse("not read: " + feed + ": " + why));
        if (!complete) {
            refuse("not read to the end within " + wait + ": " + String.join(", ", rehearsal.awaited())
                    + "; give it longer with --wait");
        }
        out.println(Tame.words(daemon.getEnvironment(), writes.isEmpty() ? "plan.nothing" : "plan.writes",
                writes.size()));
        out.flush();
        return !writes.isEmpty() ? WOULD_WRITE : complete && !rehearsal.isIncomplete() ? 0 : 1;
    }

    private boolean awaitRest(Rehearsal rehearsal, Journal journal) throws InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        for (int rested = 0; rested < AT_REST;) {
            if (System.nanoTime() > end) {
                return false;
            }
            Counts counts = journal.counts();
            // a decision that waits for fresh news of the portal is put off by seconds, and is no rest
            boolean rests = rehearsal.awaited().isEmpty() && counts.queued() + counts.working() == 0
                    && !journal.isDueWithin(SOON);
            rested = rests ? rested + 1 : 0;
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return true;
    }

    private static String line(Rehearsal.Write write) {
        return write.target() + " " + write.item() + ": " + write.after().entrySet().stream().map(one -> one.getKey()
                + " " + (write.before().isEmpty() ? "" : shown(write.before().get(one.getKey())) + " → ")
                + shown(one.getValue())).collect(Collectors.joining("; ")) + " (" + write.account() + ", "
                + write.route() + ")";
    }

    private static String shown(@Nullable Object value) {
        String text = Objects.toString(value, "").replaceAll("\\s+", " ").strip();
        return text.isEmpty() ? "—" : text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "…" : text;
    }

    private int refuse(String why) {
        spec.commandLine().getErr().println(why);
        return 1;
    }
}
