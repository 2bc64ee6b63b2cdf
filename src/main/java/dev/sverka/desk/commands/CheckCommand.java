package dev.sverka.desk.commands;

import dev.sverka.core.journal.Accounts;
import dev.sverka.core.state.Check;
import dev.sverka.core.state.Problem;
import dev.sverka.core.state.ProblemException;
import java.io.PrintWriter;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * Puts the daemon together as it would run, but without web server, store and routes, and asks every room what is wrong.
 */
@Command(name = "check", mixinStandardHelpOptions = true,
        description = "Checks configuration, routes and mappings; prints one line a finding: file:line: problem; cure.")
final class CheckCommand implements Callable<Integer> {

    private final Class<?> application;

    @Spec
    private CommandSpec spec;

    @Unmatched
    private List<String> configuration = new ArrayList<>();

    CheckCommand(Class<?> application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        Commands.refuseWords(spec, configuration);
        PrintWriter out = spec.commandLine().getOut();
        try (ConfigurableApplicationContext daemon = Tame.start(application, "check", configuration)) {
            ResourceBundle words = words(daemon.getEnvironment().getProperty("sverka.locale", "ru"));
            printAccountsThatAreOff(daemon, words, out);
            return print(findings(daemon), words, out);
        } catch (RuntimeException notStarted) {
            return print(StartFailure.problems(notStarted), words("ru"), out);
        }
    }

    private static List<Problem> findings(ConfigurableApplicationContext context) {
        TreeSet<Problem> found = new TreeSet<>();
        context.getBeanProvider(Check.class).orderedStream().forEach(check -> {
            try {
                found.addAll(check.check());
            } catch (ProblemException e) {
                found.addAll(e.problems());
            } catch (RuntimeException e) {
                found.add(new Problem("config", 1, "a check itself failed: " + e, "start the daemon and look into its log"));
            }
        });
        return List.copyOf(found);
    }

    private static void printAccountsThatAreOff(ConfigurableApplicationContext context, ResourceBundle words,
            PrintWriter out) {
        context.getBeanProvider(Accounts.class).ifAvailable(accounts -> accounts.all().stream()
                .filter(account -> account.state().equals("off"))
                .forEach(account -> out.println(MessageFormat.format(words.getString("check.note"), account.name()))));
    }

    private static int print(List<Problem> findings, ResourceBundle words, PrintWriter out) {
        findings.forEach(out::println);
        out.println(findings.isEmpty() ? words.getString("check.well")
                : MessageFormat.format(words.getString("check.findings"), findings.size()));
        out.flush();
        return findings.isEmpty() ? 0 : 1;
    }

    private static ResourceBundle words(String locale) {
        return ResourceBundle.getBundle("messages", Locale.forLanguageTag(locale),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}
