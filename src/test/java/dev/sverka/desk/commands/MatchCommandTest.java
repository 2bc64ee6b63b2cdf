package dev.sverka.desk.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.Application;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real command over small files: a table of cases in, decisions and a page for people out. */
class MatchCommandTest {

    private static final String OWN = """
            {"organizations": [{"inn": "0099000014", "name": "ООО «Наша»",
              "accounts": ["40702810200009990001", "40702810200009990002"]}],
             "banks": [{"inn": "7710140679", "name": "АО «ТБанк»"}]}
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> payments = new ArrayList<>();
    private final List<String> operations = new ArrayList<>();

    @BeforeEach
    void prepare() throws IOException {
        Files.writeString(folder.resolve("own.json"), OWN);
        payment("p1", "МК-1", "100.00", "0.00", "open", "0099000127", "");
        payment("p2", "МК-2", "200.00", "50.00", "partial", "0099000127", "");
        payment("p3", "МК-3", "300.00", "0.00", "open", "0099000134", ", \"contractNumber\": \"7/26\"");
        payment("p4", "МК-4", "400.00", "0.00", "cancelled", "0099000127", "");
    }

    /** A command silences the log of this process, which goes on to other tests. */
    @AfterEach
    void speakAgain() {
        LoggingSystem.get(getClass().getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.INFO);
    }

    private void payment(String id, String number, String amount, String paid, String status, String inn, String more) {
        payments.add("""
                {"id": "%s", "number": "%s", "date": "2026-11-02", "direction": "in", "amount": "%s", "paid": "%s", \
                "currency": "RUB", "status": "%s", "method": "invoice", "organizationInn": "0099000014", \
                "counterpartyInn": "%s", "counterpartyName": "ООО <b>Ромашка</b>"%s}""".formatted(id, number, amount,
                paid, status, inn, more));
    }

    private void credit(String id, String amount, String inn, String account, String purpose) {
        operations.add("""
                {"id": "%s", "direction": "in", "amount": "%s", "currency": "RUB", "date": "2026-11-16", \
                "purpose": "%s", "docNumber": "5", "payerInn": "%s", "payerKpp": "", "payerName": "ООО Ромашка", \
                "payerAccount": "%s", "recipientInn": "0099000014", "recipientName": "ООО Наша", \
                "recipientAccount": "40702810200009990001"}""".formatted(id, amount, purpose, inn, account));
    }

    private int match(String... more) throws IOException {
        Files.write(folder.resolve("payments.jsonl"), payments);
        Files.write(folder.resolve("operations.jsonl"), operations);
        List<String> args = new ArrayList<>(List.of("match", "--SVERKA_HOME=" + folder, "--payments",
                folder.resolve("payments.jsonl").toString(), "--operations",
                folder.resolve("operations.jsonl").toString(), "--own", folder.resolve("own.json").toString()));
        args.addAll(List.of(more));
        return Commands.execute(Application.class, new PrintWriter(out, true), new PrintWriter(err, true),
                args.toArray(String[]::new));
    }

    private List<String> told() {
        JsonMapper json = JsonMapper.builder().build();
        return out.toString().lines().map(json::readTree).map(MatchCommandTest::told).toList();
    }

    private static String told(JsonNode line) {
        String more = line.path("allocations").valueStream()
                .map(one -> " " + one.path("paymentId").asString() + "=" + one.path("amount").asString())
                .reduce("", String::concat);
        assertThat(line.path("explanation").asString()).isNotBlank();
        return line.path("operationId").asString() + " " + line.path("decision").asString() + more
                + line.path("candidates").valueStream().map(one -> " " + one.asString()).reduce("", String::concat);
    }

    @Test
    void operationsAreDecidedOneAfterAnotherAndWhatOneTookTheNextHasNot() throws IOException {
        credit("o1", "60.00", "0099000127", "40702810600000880012", "Оплата по счету МК-1");
        credit("o2", "40.00", "0099000127", "40702810600000880012", "Доплата по счету МК-1");
        credit("o3", "40.00", "0099000127", "40702810600000880012", "Оплата по счету МК-1 еще раз");
        credit("o4", "151.00", "0099000127", "40702810600000880012", "Оплата по счету МК-2");
        credit("o5", "300.00", "0099000134", "40702810600000880013", "Оплата по договору 7/26");
        credit("o6", "400.00", "0099000127", "40702810600000880012", "Оплата по счету МК-4");
        credit("o7", "10.00", "7710140679", "30232810900000000001", "Зачисление по эквайрингу");
        credit("o8", "10.00", "0099000014", "40702810200009990002", "Перевод собственных средств");
        assertThat(match()).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(told()).containsExactly("o1 auto p1=60.00", "o2 auto p1=40.00", "o3 review p2",
                "o4 auto p2=150.00", "o5 auto p3=300.00", "o6 review", "o7 ignore", "o8 ignore");
    }

    @Test
    void aPayerWithoutInnIsKnownByWhatPeopleConfirmedForTheAccount() throws IOException {
        credit("o1", "60.00", "", "40817810600000880012", "Оплата по счету МК-1");
        credit("o2", "60.00", "", "40817810600000880013", "Оплата по счету МК-1");
        Path history = Files.writeString(folder.resolve("history.jsonl"), History.of("40817810600000880012",
                "0099000127") + History.of("40817810600000880013", "0099000127")
                + History.of("40817810600000880013", "0099000134"));
        assertThat(match("--history", history.toString())).isZero();
        assertThat(told()).containsExactly("o1 auto p1=60.00", "o2 review p1");
    }

    /** A line of history. */
    private static final class History {
        static String of(String account, String inn) {
            return "{\"operation\": {\"direction\": \"in\", \"payerAccount\": \"%s\"}, \"counterpartyInn\": \"%s\"}\n"
                    .formatted(account, inn);
        }
    }

    @Test
    void theReportShowsEveryOperationAndEscapesEverything() throws IOException {
        credit("o1", "101.00", "0099000127", "40702810600000880012", "Оплата по счету МК-1 <script>alert(7)</script>");
        credit("o2", "101.00", "0099000127", "40702810600000880012", "<img src=x onerror=alert(2)> ${7*7} [[${8*8}]]");
        Path report = folder.resolve("report.html");
        assertThat(match("--report", report.toString())).isZero();
        String page = Files.readString(report);
        assertThat(page).contains("lang=\"ru\"", "o1", "o2", "101.00 RUB", "16.11.2026", "Возможные платежи",
                "Счёт № МК-1, ООО &lt;b&gt;Ромашка", "&lt;img src=x", "${7*7} [[${8*8}]]")
                .doesNotContain("<script>", "<img", "<b>", "http://", "src=\"", " th:", "xmlns")
                .containsPattern("script-src &#39;nonce-([\\w-]{24})&#39;[^§]*<script nonce=\"\\1\">");
        assertThat(told()).containsExactly("o1 review p1 p2", "o2 review p1 p2");
    }

    @Test
    void theReportHasTotalsAndTheWordingsThatCostMost() throws IOException {
        credit("o1", "60.00", "0099000127", "40702810600000880012", "Оплата по счету МК-1");
        for (int n = 0; n < 12; n++) {
            credit("a" + n, "7.0" + n % 10, "0099000127", "40702810600000880012", "Перечисление по письму " + (100 + n));
            credit("b" + n, "8.00", "0099000127", "40702810600000880012", "Слово".repeat(n + 1) + " без номера");
        }
        Path report = folder.resolve("report.html");
        assertThat(match("--report", report.toString())).isZero();
        String page = Files.readString(report);
        assertThat(page).contains("<td>invoice-number</td>", "60.00 RUB", "data-decision=\"auto\"",
                "data-rule=\"invoice-number\"", "data-party=\"ООО Ромашка, ИНН 0099000127\"", "вопросов: 12");
        assertThat(page.split("вопросов: ")).as("ten wordings, and what stands before them").hasSize(11);
        assertThat(page.indexOf("вопросов: 12")).isLessThan(page.indexOf("вопросов: 1;"));
    }

    @Test
    void rulesOfThePersonsOwnAreInForceAndABadOneIsRefusedWithItsLine() throws IOException {
        credit("o1", "10.00", "0099000199", "40702810600000880012", "Оплата за интернет");
        Files.createDirectories(folder.resolve("mappings"));
        Files.copy(Path.of("mappings/portal.yaml"), folder.resolve("mappings/portal.yaml"));
        Path rules = folder.resolve("mappings/bank-rules.yaml");
        String rule = "rules:\n  - name: Связь\n    class: other\n    then: classify\n";
        Files.writeString(rules, rule + "    inn: [\"0099000199\"]\n");
        assertThat(match()).isZero();
        assertThat(told()).containsExactly("o1 ignore");
        Files.writeString(rules, rule + "    words: [интернет]\n");
        assertThat(match()).isEqualTo(1);
        assertThat(err.toString()).startsWith("mappings/bank-rules.yaml:4: 'Связь' classifies by words");
    }

    @Test
    void wordsOfThePersonsOwnAreInForceAndBadOnesAreRefusedWithTheirLine() throws IOException {
        credit("o1", "60.00", "0099000127", "40702810600000880012", "Оплата по бумажке МК-1");
        credit("o2", "39.00", "0099000127", "40702810600000880012", "Оплата по квитку МК-1");
        assertThat(match()).isZero();
        assertThat(told()).as("the shipped words").containsExactly("o1 review p1 p2", "o2 auto p1=39.00");
        Files.createDirectories(folder.resolve("mappings"));
        Files.copy(Path.of("mappings/portal.yaml"), folder.resolve("mappings/portal.yaml"));
        Path words = folder.resolve("mappings/purpose-words.yaml");
        Files.writeString(words, "documents:\n  invoice: [бумажк]\n");
        out.getBuffer().setLength(0);
        assertThat(match()).isZero();
        assertThat(told()).containsExactly("o1 auto p1=60.00", "o2 review p1 p2");
        Files.writeString(words, "documents:\n  invoice: [бумажк]\n  act: [договор]\n");
        assertThat(match()).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("mappings/purpose-words.yaml:3: 'договор' is read as contract already; write it there");
    }

    @Test
    void whatIsWrongInTheFilesIsToldWithLineAndCureAllAtOnce() throws IOException {
        String rest = ", \"currency\": \"RUB\", \"status\": \"open\"}";
        payments.add("{\"id\": \"p1\", \"direction\": \"in\", \"amount\": \"1\"" + rest);
        payments.add("{\"id\": \"p9\", \"direction\": \"to\", \"amount\": \"1\"" + rest);
        payments.add("{\"id\": \"p10\", \"direction\": \"in\", \"amount\": \"1,50\"" + rest);
        payments.add("{\"id\": \"p11\", \"direction\": \"in\", \"amount\": \"1\", \"date\": \"31.12.2026\"" + rest);
        payments.add("{\"id\": \"p12\"");
        payments.add("[]");
        assertThat(match()).isEqualTo(1);
        String file = folder.resolve("payments.jsonl").toString();
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines()).satisfiesExactly(
                one -> assertThat(one)
                        .isEqualTo(file + ":5: the id 'p1' stands twice; give each line an id of its own"),
                one -> assertThat(one).isEqualTo(file + ":6: direction is 'to'; write in or out"),
                one -> assertThat(one).isEqualTo(file + ":7: amount is '1,50'; write a sum such as \"1500.00\""),
                one -> assertThat(one).isEqualTo(file + ":8: date is '31.12.2026'; write it as \"2026-03-05\""),
                one -> assertThat(one).startsWith(file + ":9: this is not JSON"),
                one -> assertThat(one).startsWith(file + ":10: this is no JSON object"));
    }

    @Test
    void aFileThatIsNotThereAndAnOptionThatIsMissingAreTold() throws IOException {
        assertThat(match("--history", "nowhere.jsonl")).isEqualTo(1);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("nowhere.jsonl:1: there is no such file; name one that is there");
        assertThat(Commands.execute(Application.class, new PrintWriter(out), new PrintWriter(err, true), "match"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("--payments");
    }
}
