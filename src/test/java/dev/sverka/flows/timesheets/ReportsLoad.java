package dev.sverka.flows.timesheets;

import dev.sverka.core.state.Databases;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Links;
import dev.sverka.core.state.Stores;
import dev.sverka.flows.projects.ProjectPlaces;
import dev.sverka.flows.projects.ProjectsParts;
import dev.sverka.flows.projects.TimeBook;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * All reports of a month: of each stage with its workbook, and two of each employee, over a store in a file. The portal's
 * answers, journal and routes are left out.
 *
 * @param seconds they took
 */
public record ReportsLoad(int people, int entries, int reports, double seconds) {

    private static final String HEAP = "-Xmx200m";
    private static final int STAGES = 25;
    private static final ZoneId ZONE = ZoneId.of("Europe/Moscow");

    /** A process whose whole heap is 200 MB: where it needs more it ends. */
    public static ReportsLoad inOwnProcess(double scale) throws Exception {
        Path out = Files.createTempFile("reports", ".txt");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), HEAP, "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                ReportsLoad.class.getName(), Double.toString(scale), out.toString())
                .redirectErrorStream(true).redirectOutput(File.createTempFile("reports", ".log")).start();
        if (!process.waitFor(10, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException("the reports were not made within " + HEAP);
        }
        String[] told = Files.readString(out).strip().split(" ");
        return new ReportsLoad(Integer.parseInt(told[0]), Integer.parseInt(told[1]), Integer.parseInt(told[2]),
                Double.parseDouble(told[3]));
    }

    public static void main(String[] args) throws Exception {
        int people = Math.max(2, (int) (50 * Double.parseDouble(args[0])));
        DataSource store = JdbcConnectionPool.create("jdbc:h2:file:" + Files.createTempDirectory("reports")
                + "/store;WRITE_DELAY=0", "", "");
        Flyway.configure().dataSource(store).load().migrate();
        JdbcClient jdbc = JdbcClient.create(store);
        int entries = fill(jdbc, people);
        Timesheets timesheets = timesheets(jdbc, new TransactionTemplate(new JdbcTransactionManager(store)));
        long began = System.nanoTime();
        int reports = work(timesheets) + staff(timesheets, people);
        double seconds = (System.nanoTime() - began) / 1e9;
        Files.write(Path.of(args[1]), (people + " " + entries + " " + reports + " " + seconds).getBytes(
                StandardCharsets.UTF_8));
        System.exit(0);
    }

    private static Timesheets timesheets(JdbcClient jdbc, TransactionTemplate transactions) {
        Declared<Rates> rates = new Declared<>("rates", Rates::read);
        rates.put(Rates.read(Map.of("vat", "included", "rates", List.of(Map.of("rate", "3000.00"))), null));
        TimeBook time = ProjectsParts.time(jdbc, ZONE);
        ProjectPlaces places = ProjectsParts.places(jdbc);
        Clock clock = Clock.fixed(Instant.parse("2026-11-01T03:00:00Z"), ZONE);
        Stores store = Stores.open();
        Links links = store.links();
        links.agree("timesheets", "staff", "first", Map.of("from", "2026-10-01"));
        links.agree("timesheets", "staff", "last", Map.of("to", "2026-10-31"));
        return new Timesheets(transactions, new WorkReports(new WorkReports.Store(new WorkBook(jdbc), links,
                Databases.locks(store.dataSource())), time, places, rates, null, clock, ZONE, Locale.forLanguageTag("ru")), new StaffReports(new StaffBook(jdbc), time, places, ProjectsParts.people(),
                        links, Databases.locks(store.dataSource()), null, clock, ZONE), null);
    }

    private static int fill(JdbcClient jdbc, int people) {
        for (int n = 1; n <= STAGES; n++) {
            jdbc.sql("insert into project_deal (deal, title, started, deleted, folder, gone) values (:n, :t, true, false, :f,"
                    + " false)").param("n", n).param("t", "Сделка " + n).param("f", "f" + n).update();
            jdbc.sql("insert into project_stage (stage, deal, title, deleted, list, gone, dirty) values (:n, :n, 'Этап',"
                    + " false, :l, false, false)").param("n", n).param("l", "l" + n).update();
        }
        int entries = people * 400;
        for (int n = 0; n < entries; n++) {
            int stage = 1 + n % STAGES;
            jdbc.sql("""
                    insert into time_entry (entry, version, person, name, email, task, task_name, list, folder, on_day,
                        minutes, billable, deleted)
                    values (:e, 'v', :p, :name, :mail, :task, :taskName, :list, :folder, :day, :minutes, true, false)""")
                    .param("e", "51910000000" + n).param("p", 7000 + n % people).param("name", "Сотрудник " + n % people)
                    .param("mail", "p" + n % people + "@example.com").param("task", "t" + n % 500)
                    .param("taskName", "Задача " + n % 500).param("list", "l" + stage).param("folder", "f" + stage)
                    .param("day", LocalDate.parse("2026-10-01").plusDays(n / people % 31)).param("minutes", 10 + n % 40)
                    .update();
        }
        return entries;
    }

    /** Each stage's report and its workbook. */
    private static int work(Timesheets timesheets) {
        int made = 0;
        for (int n = 1; n <= STAGES; n++) {
            for (Map<String, Object> draft : timesheets.drafts(Map.of("id", n), List.of())) {
                made++;
                Map<String, Object> shown = timesheets.made(draft, Map.of("id", 100_000 + made));
                if (((byte[]) timesheets.file(shown).get("content")).length == 0) {
                    throw new IllegalStateException("no workbook");
                }
                timesheets.shown(shown);
            }
        }
        return made;
    }

    /** Both halves of everybody. */
    private static int staff(Timesheets timesheets, int people) {
        int made = 0;
        for (int n = 0; n < people; n++) {
            for (Map<String, Object> draft : timesheets.staffDrafts(Map.of("person", 7000 + n))) {
                made++;
                timesheets.staffWritten(draft, Map.of("id", 200_000 + made));
            }
        }
        return made;
    }
}
