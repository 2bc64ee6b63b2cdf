package dev.sverka.desk.commands;

import dev.sverka.core.connector.Connector;
import dev.sverka.core.connector.Operation;
import dev.sverka.core.http.VendorException;
import dev.sverka.core.portal.Difference.Kind;
import dev.sverka.core.portal.Difference;
import dev.sverka.core.portal.Provision;
import dev.sverka.core.state.Check;
import dev.sverka.core.state.Problem;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * CRM as code: prints how the portal differs from {@code mappings/portal.yaml}, or makes what is missing. Exit codes: 0
 * in step, 1 error, 2 differences.
 */
@Command(name = "provision", mixinStandardHelpOptions = true,
        description = "Compares mappings/portal.yaml with the Bitrix24 portal; prints one line a difference.")
final class ProvisionCommand implements Callable<Integer> {

    private static final int DIFFERENCES = 2;
    private static final String WEBHOOK = "webhook";

    private final Class<?> application;

    @Spec
    private CommandSpec spec;

    @Option(names = "--apply", description = "Makes what is missing, and registers webhooks. Deletes and renames"
            + " nothing that people made.")
    private boolean apply;

    @Unmatched
    private List<String> configuration = new ArrayList<>();

    ProvisionCommand(Class<?> application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        Commands.refuseWords(spec, configuration);
        try (ConfigurableApplicationContext daemon = Tame.start(application, "provision", configuration)) {
            return provision(daemon, spec.commandLine().getOut());
        } catch (VendorException | IllegalArgumentException | IllegalStateException failure) {
            return refuse(String.valueOf(failure.getMessage()));
        } catch (RuntimeException notStarted) {
            StartFailure.problems(notStarted).forEach(spec.commandLine().getErr()::println);
            return 1;
        }
    }

    private int provision(ConfigurableApplicationContext daemon, PrintWriter out) {
        List<Problem> problems = daemon.getBean("routesCheck", Check.class).check().stream()
                .filter(problem -> problem.file().equals("mappings/portal.yaml")).toList();
        if (!problems.isEmpty()) {
            problems.forEach(spec.commandLine().getErr()::println);
            return 1;
        }
        Provision portal = daemon.getBean(Provision.class);
        List<Difference> left = new ArrayList<>(apply ? portal.apply(done -> out.println("done: " + done))
                : portal.compare());
        boolean failed = false;
        for (Connector connector : daemon.getBeanProvider(Connector.class).orderedStream().toList()) {
            for (Map.Entry<String, Boolean> account : connector.accounts().entrySet()) {
                failed |= account.getValue() && !webhook(connector, account.getKey(), left, out);
            }
        }
        left.forEach(out::println);
        portal.byHand().forEach(out::println);
        long differences = left.stream().filter(Difference::counts).count();
        out.println(Tame.words(daemon.getEnvironment(), differences == 0 ? "provision.well" : "provision.differences",
                differences));
        out.flush();
        return failed ? 1 : differences == 0 ? 0 : DIFFERENCES;
    }

    /** @return whether the vendor could be asked */
    private boolean webhook(Connector connector, String account, List<Difference> left, PrintWriter out) {
        Operation upsert = connector.entities().contains(WEBHOOK) ? connector.operations(WEBHOOK).get("upsert") : null;
        if (upsert == null || !(upsert.step() instanceof Operation.Write write)) {
            return true;
        }
        String what = connector.scheme() + "." + account + "." + WEBHOOK;
        try {
            Optional<Operation.Effect> effect = write.prepare(new Operation.Request(account, WEBHOOK, Map.of()));
            if (effect.isPresent()) {
                Difference line = new Difference(Kind.CREATE, what, "to " + effect.get().content().get("url"));
                if (apply) {
                    effect.get().send().get();
                    out.println("done: " + line);
                } else {
                    left.add(line);
                }
            }
            return true;
        } catch (VendorException.Refused refused) {
            left.add(new Difference(Kind.FOREIGN, what, "stays as it is: " + refused.getMessage()));
            return true;
        } catch (VendorException failure) {
            refuse(failure.getMessage());
            return false;
        }
    }

    private int refuse(String why) {
        spec.commandLine().getErr().println(why);
        return 1;
    }
}
