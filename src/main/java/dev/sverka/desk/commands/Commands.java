package dev.sverka.desk.commands;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.boot.SpringApplication;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;
import picocli.CommandLine;

/**
 * The command line. Exit codes: 0 done, 1 error or findings; of some commands 2, differences. Every command takes
 * configuration besides its own options, such as {@code --server.port=9090}.
 */
@Command(name = "sverka", mixinStandardHelpOptions = true, versionProvider = Commands.Version.class,
        description = "Keeps Bitrix24, banks and books in step. Without a command it runs as the daemon.",
        footer = {"", "Any key of the configuration may be given as an option, such as --server.port=9090."})
public final class Commands implements Callable<Integer> {

    /** Not an exit code: the daemon is to be started, after the command line has been dealt with. */
    private static final int DAEMON = -1;

    private final Class<?> application;

    @Spec
    private CommandSpec spec;

    @Unmatched
    private List<String> configuration = new ArrayList<>();

    private Commands(Class<?> application) {
        this.application = application;
    }

    /**
     * Does what the command line says. Returns where the daemon was started; every other command ends the process.
     *
     * @param application the class with {@code @SpringBootApplication}
     */
    public static void run(Class<?> application, String... args) {
        int code = execute(application, utf8(System.out), utf8(System.err), args);
        if (code == DAEMON) {
            // outside of the command line's own catching, so that a failed start fails as Spring Boot has it
            SpringApplication.run(application, configuration(args));
        } else {
            System.exit(code);
        }
    }

    /** Files and programs that take what is printed expect it so, whatever the locale says. */
    private static PrintWriter utf8(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    /** @return the exit code, or -1 where the daemon is to be started */
    static int execute(Class<?> application, PrintWriter out, PrintWriter err, String... args) {
        CommandLine line = new CommandLine(new Commands(application));
        line.addSubcommand(new Run());
        line.addSubcommand(new CheckCommand(application));
        line.addSubcommand(new ProvisionCommand(application));
        line.addSubcommand(new PlanCommand(application));
        line.addSubcommand(new MatchCommand(application));
        line.addSubcommand(new BackupCommand());
        line.addSubcommand(new RestoreCommand());
        line.getCommandSpec().exitCodeOnInvalidInput(1);
        line.getSubcommands().values().forEach(sub -> sub.getCommandSpec().exitCodeOnInvalidInput(1));
        return line.setOut(out).setErr(err).execute(args);
    }

    private static String[] configuration(String... args) {
        return List.of(args).stream().filter(arg -> arg.startsWith("-")).toArray(String[]::new);
    }

    @Override
    public Integer call() {
        refuseWords(spec, configuration);
        return DAEMON;
    }

    /** What is left over must be configuration; a word is a mistyped command. */
    static void refuseWords(CommandSpec spec, List<String> configuration) {
        configuration.stream().filter(arg -> !arg.startsWith("--")).findFirst().ifPresent(word -> {
            throw new ParameterException(spec.commandLine(), "'" + word + "' is neither a command nor configuration; "
                    + "the commands are " + String.join(", ", spec.root().subcommands().keySet())
                    + "; configuration looks like --server.port=9090");
        });
    }

    /** Starts the daemon; spelt out for scripts. */
    @Command(name = "run", mixinStandardHelpOptions = true, description = "Runs the daemon (the default).")
    static final class Run implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @Unmatched
        private List<String> configuration = new ArrayList<>();

        @Override
        public Integer call() {
            refuseWords(spec, configuration);
            return DAEMON;
        }
    }

    /** The version that the build wrote into the jar. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Commands.class.getPackage().getImplementationVersion();
            return new String[] {"sverka " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
