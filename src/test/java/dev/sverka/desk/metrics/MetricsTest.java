package dev.sverka.desk.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sverka.sandbox.Daemon;
import dev.sverka.sandbox.Sandbox;
import dev.sverka.sandbox.bitrix24.Bitrix24StandIn;
import dev.sverka.sandbox.bitrix24.OutgoingWebhook;
import dev.sverka.sandbox.tbank.TBankStandIn;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard and the alert rules held against what the real program says when it is scraped. */
class MetricsTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Path RULES = Path.of("docker/prometheus/alerts.yaml");
    private static final Path DASHBOARD = Path.of("docker/grafana/sverka.json");
    private static final Pattern SAMPLE = Pattern.compile("^([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    /** Prometheus adds these to all it scrapes. */
    private static final Set<String> SCRAPED = Set.of("job", "instance");

    private record Sample(String metric, Map<String, String> labels, double value) {
    }

    @TempDir
    static Path home;

    private static Sandbox sandbox;
    private static Daemon daemon;
    private static String text;
    private static List<Sample> scrape;

    @BeforeAll
    static void start() throws Exception {
        sandbox = Sandbox.open(Clock.systemUTC());
        Map<String, String> settings = new TreeMap<>(sandbox.settings());
        settings.put("sverka.database.url", "jdbc:h2:file:" + home.resolve("store") + ";WRITE_DELAY=0");
        settings.put("sverka.home", home.toString());
        for (String folder : List.of("routes", "mappings")) {
            Files.createDirectories(home.resolve(folder));
            try (Stream<Path> files = Files.list(Path.of(folder))) {
                for (Path file : files.toList()) {
                    // days are proven at once, and not some minutes later
                    Files.writeString(home.resolve(folder).resolve(file.getFileName()), Files.readString(file)
                            .replace("cron: \"30 */5 * * * *\"", "cron: \"*/5 * * * * *\""));
                }
            }
        }
        daemon = Daemon.start(settings, home.resolve("log"));
        sandbox.tell(daemon.ready().address());
        HTTP.send(HttpRequest.newBuilder(URI.create(daemon.address() + "/hooks/tbank/wrong"))
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString("{}")).build(),
                HttpResponse.BodyHandlers.discarding());
        Awaitility.await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
            text = scraped(true).body();
            scrape = samples(text);
            assertThat(names()).contains("sverka_write_latency_seconds_bucket", "sverka_decisions_total",
                    "sverka_proof_last_timestamp_seconds", "sverka_reviews_open", "sverka_quota_used_ratio");
        });
    }

    @AfterAll
    static void stop() throws Exception {
        daemon.close();
        sandbox.close();
    }

    private static HttpResponse<String> scraped(boolean signedIn) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(daemon.address() + "/actuator/prometheus"));
        if (signedIn) {
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString("admin:test".getBytes()));
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static List<Sample> samples(String text) {
        List<Sample> all = new ArrayList<>();
        text.lines().filter(line -> !line.startsWith("#") && !line.isBlank()).forEach(line -> {
            Matcher sample = SAMPLE.matcher(line);
            assertThat(sample.matches()).as(line).isTrue();
            Map<String, String> labels = new TreeMap<>();
            Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
            while (label.find()) {
                labels.put(label.group(1), label.group(2));
            }
            all.add(new Sample(sample.group(1), labels, Double.parseDouble(sample.group(3).replace("+Inf", "Infinity"))));
        });
        return all;
    }

    private static Set<String> names() {
        Set<String> names = new TreeSet<>();
        scrape.forEach(one -> names.add(one.metric()));
        return names;
    }

    private static double value(String metric, String... labels) {
        return scrape.stream().filter(one -> one.metric().equals(metric)).filter(one -> {
            for (int n = 0; n < labels.length; n += 2) {
                if (!labels[n + 1].equals(one.labels().get(labels[n]))) {
                    return false;
                }
            }
            return true;
        }).mapToDouble(Sample::value).sum();
    }

    /** One expression with what is said beside its values. @param shown labels that a legend or a summary names */
    private record Asked(String where, String expression, Set<String> shown) {
    }

    private static List<Asked> dashboard() throws IOException {
        List<Asked> all = new ArrayList<>();
        for (JsonNode panel : JsonMapper.builder().build().readTree(Files.readString(DASHBOARD)).path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                all.add(new Asked(panel.path("title").asString(), target.path("expr").asString(),
                        named(target.path("legendFormat").asString(""), "\\{\\{\\s*(\\w+)\\s*}}")));
            }
        }
        return all;
    }

    @SuppressWarnings("unchecked")
    private static List<Asked> rules() throws IOException {
        List<Asked> all = new ArrayList<>();
        Map<String, Object> file = new Yaml().load(Files.readString(RULES));
        for (Map<String, Object> group : (List<Map<String, Object>>) file.get("groups")) {
            for (Map<String, Object> rule : (List<Map<String, Object>>) group.get("rules")) {
                all.add(new Asked(String.valueOf(rule.get("alert")), String.valueOf(rule.get("expr")),
                        named(String.valueOf(rule.get("annotations")), "\\$labels\\.(\\w+)")));
            }
        }
        return all;
    }

    private static Set<String> named(String text, String pattern) {
        Set<String> labels = new TreeSet<>();
        Matcher label = Pattern.compile(pattern).matcher(text);
        while (label.find()) {
            labels.add(label.group(1));
        }
        return labels;
    }

    private static void isAnswered(Asked asked) {
        List<PromQl.Selector> selectors = PromQl.selectors(asked.expression());
        assertThat(selectors).as(asked.where()).isNotEmpty();
        Set<String> carried = new TreeSet<>(SCRAPED);
        for (PromQl.Selector wanted : selectors) {
            if (wanted.metric().equals("up")) {
                assertThat(SCRAPED).as(asked.where()).containsAll(wanted.labels());
                continue;
            }
            List<Sample> there = scrape.stream().filter(one -> one.metric().equals(wanted.metric())).toList();
            assertThat(there).as("%s asks for %s", asked.where(), wanted.metric()).isNotEmpty()
                    .anySatisfy(one -> assertThat(one.labels()).containsAllEntriesOf(wanted.equal()));
            there.forEach(one -> carried.addAll(one.labels().keySet()));
            assertThat(carried).as("labels of %s in %s", wanted.metric(), asked.where()).containsAll(wanted.labels());
        }
        assertThat(carried).as("grouped in %s", asked.where()).containsAll(PromQl.groupedBy(asked.expression()));
        assertThat(carried).as("named in %s", asked.where()).containsAll(asked.shown());
    }

    @Test
    void everyQueryOfTheDashboardIsAnsweredByTheProgram() throws Exception {
        assertThat(dashboard()).hasSizeGreaterThan(15).allSatisfy(MetricsTest::isAnswered);
    }

    @Test
    void everyRuleIsAnsweredByTheProgram() throws Exception {
        assertThat(rules()).hasSizeGreaterThan(10).allSatisfy(MetricsTest::isAnswered);
    }

    @Test
    void aMistakeInAQueryWouldBeFound() {
        for (String wrong : List.of("sum(sverka_journal_entires)", "sverka_journal_entries{stat=\"dead\"}",
                "max by (acount) (sverka_account_state)", "sverka_account_state{state=\"upp\"}",
                "rate(sverka_decisions[5m])")) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> isAnswered(new Asked("x", wrong, Set.of()))))
                    .as(wrong).isInstanceOf(AssertionError.class);
        }
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> isAnswered(new Asked("x",
                "sverka_journal_entries", Set.of("flw"))))).isInstanceOf(AssertionError.class);
    }

    @Test
    void theFiguresAreThoseOfTheApi() throws Exception {
        Awaitility.await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
            JsonNode before = daemon.api("/api/status");
            scrape = samples(scraped(true).body());
            JsonNode after = daemon.api("/api/status");
            assertThat(after).as("nothing moves").isEqualTo(before);
            for (String state : List.of("queued", "working", "waiting", "dead")) {
                assertThat(value("sverka_journal_entries", "state", state)).as(state)
                        .isEqualTo(after.path(state).asDouble());
            }
        });
        daemon.api("/api/status").path("accounts").properties().forEach(account -> assertThat(value(
                "sverka_account_state", "account", account.getKey(), "state", account.getValue().path("state")
                        .asString())).as(account.getKey()).isEqualTo(1));
        assertThat(value("sverka_write_latency_seconds_count", "account", "bitrix24.main")).isPositive();
        assertThat(value("sverka_decisions_total", "by", "machine")).isPositive();
        assertThat(value("sverka_journal_verdicts_total", "flow", "bank-operation", "verdict", "done")).isPositive();
        assertThat(value("sverka_hooks_total", "vendor", "tbank", "status", "401")).isEqualTo(1);
        assertThat(value("sverka_store_up")).isEqualTo(1);
    }

    @Test
    void labelsAreFewAndHoldNoSecret() throws Exception {
        assertThat(scraped(false).statusCode()).isEqualTo(401);
        for (String secret : List.of(Bitrix24StandIn.SECRET, OutgoingWebhook.TOKEN, TBankStandIn.TOKEN,
                Sandbox.BANK_SECRET)) {
            assertThat(text).doesNotContain(secret);
        }
        Map<String, Integer> series = new TreeMap<>();
        scrape.stream().filter(one -> one.metric().startsWith("sverka_") && !one.metric().endsWith("_bucket"))
                .forEach(one -> series.merge(one.metric(), 1, Integer::sum));
        assertThat(series).isNotEmpty().allSatisfy((metric, count) -> assertThat(count).as(metric).isLessThan(150));
        assertThat(scrape).filteredOn(one -> one.metric().startsWith("sverka_")).allSatisfy(one ->
                assertThat(one.labels().keySet()).as(one.metric()).isSubsetOf("account", "by", "feed", "flow", "kind",
                        "le", "limit", "state", "status", "vendor", "verdict"));
    }

    /** Whoever asks from inside has no password. */
    @Test
    void everyProbeThatTheDeploymentsNameIsAnswered() throws Exception {
        Set<String> paths = new TreeSet<>();
        for (String file : List.of("kubernetes/sverka.yaml", "Caddyfile", "Dockerfile")) {
            String said = Files.readString(Path.of("docker").resolve(file));
            Matcher path = Pattern.compile("/actuator/health/\\w+").matcher(said);
            assertThat(said).as(file).containsPattern(path.pattern());
            while (path.find()) {
                paths.add(path.group());
            }
        }
        assertThat(paths).hasSize(2);
        for (String path : paths) {
            assertThat(HTTP.send(HttpRequest.newBuilder(URI.create(daemon.address() + path)).build(),
                    HttpResponse.BodyHandlers.discarding()).statusCode()).as(path).isEqualTo(200);
        }
    }

    @Test
    void promtoolTakesTheRulesAndTheirStories() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/promtool")),
                "promtool is not here (package prometheus): the rules' syntax and stories were not checked");
        assertThat(promtool("check", "rules", RULES.toString())).contains("SUCCESS");
        assertThat(promtool("test", "rules", "src/test/resources/prometheus/alerts.test.yaml")).contains("SUCCESS");
        assertThat(promtool("check", "metrics")).doesNotContain("sverka");
    }

    private static String promtool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("/usr/bin/promtool"));
        command.addAll(List.of(arguments));
        Path input = Files.writeString(home.resolve("scrape"), text);
        Path said = home.resolve("promtool");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectInput(input.toFile())
                .redirectOutput(said.toFile()).start();
        process.waitFor();
        return Files.readString(said);
    }
}
