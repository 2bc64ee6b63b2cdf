package dev.sverka;

import dev.sverka.core.portal.Provision;
import dev.sverka.core.state.Check;
import dev.sverka.sandbox.MonthPapers;
import dev.sverka.sandbox.Sandbox;
import dev.sverka.sandbox.SandboxPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.util.FileSystemUtils;

/** The newcomer's first command: the daemon beside a sandbox of its vendors, in one process. */
public final class SandboxApplication {

    private SandboxApplication() {
    }

    public static void main(String[] args) throws IOException {
        Sandbox sandbox = Sandbox.open(free(18081), free(18082), Clock.systemUTC());
        sandbox.portal().due(21);
        SandboxPage page = new SandboxPage(sandbox, free(18080));
        Map<String, Object> settings = new LinkedHashMap<>(sandbox.settings());
        settings.put("sverka.database.url", "jdbc:h2:file:" + fresh() + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
        Path inbox = inbox();
        settings.put("sverka.invoices.main.folder", inbox.resolve("invoices").toString());
        settings.put("sverka.statements.main.folder", inbox.resolve("statements").toString());
        List<Runnable> papers = MonthPapers.of(sandbox.diadoc(), inbox.resolve("invoices"),
                LocalDate.now(ZoneId.of("Europe/Moscow")));
        settings.put("sverka.poll.diadoc", "5s");
        settings.put("sverka.console.user", "admin");
        settings.put("sverka.console.password", "sandbox");
        settings.put("server.port", free(8080));
        settings.put("server.address", "127.0.0.1");
        settings.put("logging.level.root", "warn");
        settings.put("logging.level.dev.sverka", "info");
        SpringApplication daemon = new SpringApplication(Application.class);
        daemon.setDefaultProperties(settings);
        daemon.addInitializers(context -> ((GenericApplicationContext) context).registerBean("sandboxPortal",
                WholePortal.class, () -> new WholePortal(context)));
        ConfigurableApplicationContext context = daemon.run(args);
        String console = "http://localhost:" + context.getEnvironment().getProperty("local.server.port", "8080");
        sandbox.tell(console);
        drip(Stream.concat(sandbox.later().stream(), papers.stream()).toList());
        System.out.println(welcome(console, page.address(), inbox));
    }

    /** The sandbox's portal has payments alone; what else is declared is made there before anything is read. */
    private static final class WholePortal implements ApplicationRunner, Ordered {

        private final ApplicationContext daemon;

        WholePortal(ApplicationContext daemon) {
            this.daemon = daemon;
        }

        @Override
        public void run(ApplicationArguments arguments) {
            daemon.getBean("routesCheck", Check.class).check(); // puts the declarations in force
            daemon.getBean(Provision.class).apply(made -> { });
        }

        @Override
        public int getOrder() {
            return HIGHEST_PRECEDENCE;
        }
    }

    /** Money comes in the first minute, so that one sees it arrive. */
    private static void drip(List<Runnable> news) {
        Iterator<Runnable> later = news.iterator();
        ScheduledExecutorService money = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "sandbox-money");
            thread.setDaemon(true);
            return thread;
        });
        money.scheduleWithFixedDelay(() -> {
            if (later.hasNext()) {
                later.next().run();
            } else {
                money.shutdown();
            }
        }, 15, 8, TimeUnit.SECONDS);
    }

    private static String welcome(String console, String portal, Path inbox) {
        return """

                ────────────────────────────────────────────────────────────────────────
                  Сверка работает рядом с песочницей · Sverka runs beside its sandbox

                  Портал и банк песочницы · the sandbox's portal and bank
                      %s
                  Консоль · console   (admin / sandbox); что ждёт решения · what waits: /reviews
                      %s/

                  Две компании, полтора месяца, 150 операций; новые приходят каждые 8 секунд,
                  за ними поздние, исправленные и отозванные, потом акт из ЭДО и счета из 1С:
                  что непонятно, ждёт решения на /reviews. Счёт в PDF или выписку 1С можно
                  положить и самим, папки invoices и statements лежат в
                      %s
                  Пусть клиент оплатит половину
                  счёта 17, а банк на той же странице отзовёт поступление или токен.
                  Two companies, six weeks, 150 operations; new ones come every 8 seconds, late,
                  edited and withdrawn ones after them, then an act by EDO and invoices made in
                  1C: what is unclear waits on /reviews. Put an invoice (PDF) or a statement of
                  1C into that folder's invoices or statements yourself. Let a client pay half of invoice 17,
                  and on the same page let the bank take an operation or the token back.

                  Правьте routes/*.yaml и mappings/*.yaml на ходу: ошибку увидите здесь и в консоли.
                  Edit routes/*.yaml and mappings/*.yaml live: a mistake shows here and in the console.
                ────────────────────────────────────────────────────────────────────────
                """.formatted(portal, console, inbox);
    }

    private static Path fresh() throws IOException {
        Path folder = Path.of("target", "sandbox").toAbsolutePath();
        Files.createDirectories(folder);
        try (var files = Files.list(folder)) {
            files.forEach(file -> {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException inUse) {
                    throw new UncheckedIOException("another sandbox uses " + folder + ": stop it first", inUse);
                }
            });
        }
        return folder.resolve("sverka");
    }

    /** Where files are dropped, empty. */
    private static Path inbox() throws IOException {
        Path folder = Path.of("target", "sandbox-inbox").toAbsolutePath();
        FileSystemUtils.deleteRecursively(folder);
        for (String name : List.of("invoices", "statements")) {
            Files.createDirectories(folder.resolve(name));
        }
        return folder;
    }

    /** The usual port, or any free one where that is taken. */
    private static int free(int usual) throws IOException {
        try (ServerSocket socket = new ServerSocket(usual, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException taken) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            }
        }
    }
}
