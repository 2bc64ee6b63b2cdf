package dev.sverka.flows.calendar;

import static dev.sverka.flows.calendar.CalendarStage.TODAY;
import static dev.sverka.flows.calendar.CalendarStage.deal;
import static dev.sverka.flows.calendar.CalendarStage.payment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.state.Databases;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import net.fortuna.ical4j.data.CalendarBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A feed with everything that is hard to write, read by programs that other people made. */
class CalendarParsersTest {

    private static final int OCTETS = 75;
    private static final String HARD = "Ёлки, «игрушки»; и \"свечи\" \\ 50 %: 🎄 " + "очень длинное название ".repeat(9)
            + "\nвторая строка\r\nтретья\u0007";

    @TempDir
    static Path folder;

    private static CalendarStage stage;
    private static Path file;
    private static String text;
    /** What every parser must read: {@code uid|start|end|title|status|category|sequence}, sorted. */
    private static List<String> expected;

    @BeforeAll
    static void write() throws IOException {
        stage = new CalendarStage(Databases.h2Url(folder));
        Map<String, Object> hard = deal(1, LocalDate.parse("2026-12-31"), null);
        hard.put("title", HARD);
        hard.put("contractNumber", "№ 7; " + HARD);
        stage.remember(hard);
        stage.remember(deal(2, TODAY.plusDays(3), TODAY.plusDays(8)));
        stage.remember(deal(2, TODAY.plusDays(4), null));
        for (int i = 0; i < 40; i++) {
            Map<String, Object> payment = payment(10 + i, i % 2 == 0 ? "in" : "out", TODAY.plusDays(i));
            payment.put("title", "я".repeat(i) + "x".repeat(i % 3) + " 😀".repeat(i % 5));
            payment.put("amount", new BigDecimal("100.50"));
            payment.put("currency", "RUB");
            stage.remember(payment);
        }
        text = stage.raw(stage.issue(new Calendars.Wanted(7L, "all", false, null, null, null, null, "P1D")));
        file = Files.writeString(folder.resolve("feed.ics"), text);
        expected = stage.rows().stream().filter(row -> !row.event().form().equals("span"))
                .map(row -> line(row.name() + "@" + CalendarStage.MEMBER, row.event().starts().toString(),
                        row.event().ends().toString(), told(row.event().title()),
                        row.isCancelled() ? "CANCELLED" : "CONFIRMED", row.event().category(),
                        String.valueOf(row.sequence()))).sorted().toList();
        assertThat(expected).hasSize(43).anyMatch(line -> line.contains("третья|"))
                .anyMatch(line -> line.contains("CANCELLED"));
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    private static String line(String... parts) {
        return String.join("|", parts).replace("\n", "⏎");
    }

    /** A line ends one way, and a bell is not text. */
    private static String told(String title) {
        return title.replace("\r\n", "\n").replace("\u0007", "");
    }

    @Test
    void everyLineIsCrLfAndAtMost75OctetsOfWholeLetters() {
        assertThat(text.replace("\r\n", "")).doesNotContain("\r", "\n");
        for (String line : text.split("\r\n")) {
            byte[] octets = line.getBytes(StandardCharsets.UTF_8);
            assertThat(octets.length).as(line).isLessThanOrEqualTo(OCTETS);
            assertThat(new String(octets, StandardCharsets.UTF_8)).isEqualTo(line).doesNotContain("\ufffd");
        }
        assertThat(text.lines().filter(line -> line.startsWith(" ")).count()).isGreaterThan(20);
    }

    @Test
    void whatRfc5545And7986AskForIsThere() {
        String unfolded = text.replace("\r\n ", "");
        assertThat(unfolded).startsWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:").endsWith("END:VCALENDAR\r\n")
                .contains("\r\nCALSCALE:GREGORIAN\r\n", "\r\nNAME:CRM · все даты\r\n",
                        "\r\nREFRESH-INTERVAL;VALUE=DURATION:PT15M\r\n", "\r\nX-PUBLISHED-TTL:PT15M\r\n",
                        "\r\nCOLOR:royalblue\r\n", "\r\nURL:https://portal.example.org/crm/deal/1/\r\n")
                .doesNotContain("METHOD:", "TZID");
        assertThat(unfolded.lines().filter(line -> line.startsWith("DT") && !line.startsWith("DTSTAMP")))
                .isNotEmpty().allMatch(line -> line.matches("DT(START|END);VALUE=DATE:\\d{8}"));
        assertThat(unfolded.lines().filter(line -> line.matches("(DTSTAMP|LAST-MODIFIED).*")))
                .isNotEmpty().allMatch(line -> line.matches("[A-Z-]+:\\d{8}T\\d{6}Z"));
        List<String> uids = unfolded.lines().filter(line -> line.startsWith("UID:")).toList();
        assertThat(new TreeSet<>(uids)).hasSameSizeAs(uids);
    }

    @Test
    void ical4jItselfFindsNoFault() throws Exception {
        assertThat(new CalendarBuilder().build(new StringReader(text)).validate().getEntries()).isEmpty();
        String empty = stage.raw(stage.issue(CalendarStage.wanted(7, "reports")));
        assertThat(new CalendarBuilder().build(new StringReader(empty)).validate().getEntries()).isEmpty();
    }

    @Test
    void pythonsIcalendarReadsTheSameEvents() throws Exception {
        assumeRuns("python3-icalendar", List.of("/usr/bin/python3", "-c", "import icalendar"), Map.of());
        assertThat(run(List.of("/usr/bin/python3", "-c", """
                import icalendar, sys
                cal = icalendar.Calendar.from_ical(open(sys.argv[1], 'rb').read())
                for e in cal.walk('VEVENT'):
                    assert not e.errors, e.errors
                    print('|'.join([str(e['uid']), str(e.decoded('dtstart')), str(e.decoded('dtend')),
                        str(e['summary']), str(e['status']), ','.join(map(str, e['categories'].cats)),
                        str(e['sequence'])]).replace('\\n', '⏎'))
                """, file.toString()), Map.of())).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void icalJsReadsTheSameEvents() throws Exception {
        Map<String, String> where = Map.of("NODE_PATH", npmRoot());
        assumeRuns("npm ical.js", List.of("node", "-e", "require('ical.js')"), where);
        assertThat(run(List.of("node", "-e", """
                const ical = require('ical.js');
                const text = require('fs').readFileSync(process.argv[1], 'utf8');
                const calendar = new ical.Component(ical.parse(text));
                for (const entry of calendar.getAllSubcomponents('vevent')) {
                    const e = new ical.Event(entry);
                    console.log([e.uid, e.startDate, e.endDate, e.summary,
                        entry.getFirstPropertyValue('status'), entry.getFirstPropertyValue('categories'),
                        e.sequence].join('|').replaceAll('\\n', '⏎'));
                }
                """, file.toString()), where)).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** It shows the last day of an event, not the day after, no sequence, and a space behind the status. */
    @Test
    void khalReadsTheSameEvents() throws Exception {
        assumeRuns("khal", List.of("khal", "--version"), Map.of());
        Path config = Files.writeString(folder.resolve("khal.conf"), """
                [calendars]
                [[empty]]
                path = %s
                [locale]
                dateformat = %%Y-%%m-%%d
                longdateformat = %%Y-%%m-%%d
                timeformat = %%H:%%M
                datetimeformat = %%Y-%%m-%%d %%H:%%M
                longdatetimeformat = %%Y-%%m-%%d %%H:%%M
                [sqlite]
                path = %s
                """.formatted(Files.createDirectories(folder.resolve("vdir")), folder.resolve("khal.db")));
        List<String> read = run(List.of("khal", "-c", config.toString(), "printics", "--format",
                "⏹{uid}|{start-date}|{end-date}|{title}|{status}|{categories}", file.toString()), Map.of());
        List<String> events = List.of(String.join("⏎", read).split("⏹")).stream().skip(1)
                .map(event -> event.replaceAll("⏎$", "").replaceFirst("(CONFIRMED|CANCELLED) \\|", "$1|")).sorted()
                .toList();
        assertThat(events).isEqualTo(expected.stream().map(CalendarParsersTest::asKhalShowsIt).sorted().toList());
    }

    private static String asKhalShowsIt(String event) {
        String[] parts = event.split("\\|");
        return String.join("|", parts[0], parts[1], LocalDate.parse(parts[2]).minusDays(1).toString(), parts[3],
                parts[4], parts[5]);
    }

    private static String npmRoot() throws Exception {
        try {
            return String.join("", run(List.of("npm", "root", "-g"), Map.of()));
        } catch (IOException absent) {
            return "";
        }
    }

    private static void assumeRuns(String what, List<String> command, Map<String, String> environment)
            throws Exception {
        boolean runs;
        try {
            runs = start(command, environment).waitFor() == 0;
        } catch (IOException absent) {
            runs = false;
        }
        if (!runs) {
            System.out.println("CalendarParsersTest: the check with " + what
                    + " is skipped: it is not on this machine");
        }
        Assumptions.assumeTrue(runs, "no " + what);
    }

    private static Process start(List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder process = new ProcessBuilder(new ArrayList<>(command)).redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        process.environment().putAll(environment);
        process.environment().put("PYTHONIOENCODING", "utf-8");
        process.environment().put("LC_ALL", "C.UTF-8");
        return process.start();
    }

    private static List<String> run(List<String> command, Map<String, String> environment) throws Exception {
        Process process = start(command, environment);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ended").isTrue();
        List<String> lines = Files.readAllLines(folder.resolve("output"));
        assertThat(process.exitValue()).as(String.join("\n", lines)).isZero();
        return lines;
    }
}
