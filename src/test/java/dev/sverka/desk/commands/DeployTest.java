package dev.sverka.desk.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.yaml.snakeyaml.Yaml;

/** What lies in {@code docker/} holds: against the published schemas, against each other, and against the program. */
class DeployTest {

    private static final Path FOLDER = Path.of("docker");
    private static final Path KUBERNETES = FOLDER.resolve("kubernetes/sverka.yaml");
    private static final Path UNIT = FOLDER.resolve("systemd/sverka.service");
    private static final String USER = "10001";
    private static final Gson GSON = new Gson();

    /** Throws where an object has a field that the published schema does not, or lacks one that it asks for. */
    private interface Schema {
        void check(JsonElement object) throws IOException;
    }

    private static final Map<String, Schema> SCHEMAS = Map.of("v1/ServiceAccount", V1ServiceAccount::validateJsonElement,
            "v1/ConfigMap", V1ConfigMap::validateJsonElement, "v1/Service", V1Service::validateJsonElement,
            "apps/v1/Deployment", V1Deployment::validateJsonElement,
            "policy/v1/PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement,
            "networking.k8s.io/v1/Ingress", V1Ingress::validateJsonElement);

    @TempDir
    private Path folder;

    private static Map<String, JsonObject> objects() throws IOException {
        Map<String, JsonObject> all = new LinkedHashMap<>();
        for (Object one : new Yaml().loadAll(Files.readString(KUBERNETES))) {
            JsonObject object = GSON.toJsonTree(one).getAsJsonObject();
            all.put(object.get("kind").getAsString(), object);
        }
        return all;
    }

    private static JsonObject at(JsonObject object, String... path) {
        JsonObject there = object;
        for (String part : path) {
            there = there.getAsJsonObject(part);
        }
        return there;
    }

    private static JsonObject pod() throws IOException {
        return at(objects().get("Deployment"), "spec", "template", "spec");
    }

    private static JsonObject container() throws IOException {
        return pod().getAsJsonArray("containers").get(0).getAsJsonObject();
    }

    @Test
    void everyKubernetesObjectFitsThePublishedSchema() throws Exception {
        Map<String, JsonObject> objects = objects();
        assertThat(objects).containsKeys("Deployment", "Service", "Ingress", "PodDisruptionBudget", "ConfigMap");
        for (JsonObject object : objects.values()) {
            Schema schema = SCHEMAS.get(object.get("apiVersion").getAsString() + "/" + object.get("kind").getAsString());
            assertThat(schema).as("%s", object.get("kind")).isNotNull();
            schema.check(object);
        }
    }

    @Test
    void theSchemaRefusesAMisspeltField() throws Exception {
        JsonObject deployment = objects().get("Deployment");
        container(deployment).getAsJsonObject("readinessProbe").addProperty("periodSecond", 5);
        assertThatThrownBy(() -> V1Deployment.validateJsonElement(deployment)).hasMessageContaining("periodSecond");
        JsonObject other = objects().get("Deployment");
        at(other, "spec").remove("selector");
        assertThatThrownBy(() -> V1Deployment.validateJsonElement(other)).hasMessageContaining("selector");
    }

    private static JsonObject container(JsonObject deployment) {
        return at(deployment, "spec", "template", "spec").getAsJsonArray("containers").get(0).getAsJsonObject();
    }

    @Test
    void kubernetesObjectsNameEachOther() throws Exception {
        Map<String, JsonObject> all = objects();
        JsonObject labels = at(all.get("Deployment"), "spec", "template", "metadata", "labels");
        assertThat(at(all.get("Deployment"), "spec", "selector", "matchLabels")).isEqualTo(labels);
        assertThat(at(all.get("Service"), "spec", "selector")).isEqualTo(labels);
        assertThat(at(all.get("PodDisruptionBudget"), "spec", "selector", "matchLabels")).isEqualTo(labels);
        assertThat(at(all.get("PodDisruptionBudget"), "spec").get("minAvailable").getAsInt())
                .isLessThan(at(all.get("Deployment"), "spec").get("replicas").getAsInt());
        String name = all.get("Service").getAsJsonObject("metadata").get("name").getAsString();
        assertThat(all.get("Ingress").toString()).contains("\"service\":{\"name\":\"" + name + "\"");
        assertThat(pod().get("serviceAccountName").getAsString())
                .isEqualTo(at(all.get("ServiceAccount"), "metadata").get("name").getAsString());
        Set<String> volumes = new TreeSet<>();
        pod().getAsJsonArray("volumes").forEach(one -> volumes.add(one.getAsJsonObject().get("name").getAsString()));
        Set<String> mounted = new TreeSet<>();
        container().getAsJsonArray("volumeMounts").forEach(one ->
                mounted.add(one.getAsJsonObject().get("name").getAsString()));
        assertThat(mounted).isEqualTo(volumes);
        assertThat(pod().toString()).contains("\"configMap\":{\"name\":\"" + at(all.get("ConfigMap"), "metadata")
                .get("name").getAsString() + "\"}");
    }

    @Test
    void thePodIsNobodyOfNoteAndWritesNothingOfItsOwn() throws Exception {
        JsonObject pod = pod();
        assertThat(at(pod, "securityContext").get("runAsNonRoot").getAsBoolean()).isTrue();
        assertThat(at(pod, "securityContext").get("runAsUser").getAsBigDecimal().toPlainString()).isEqualTo(USER);
        assertThat(Files.readString(FOLDER.resolve("Dockerfile"))).contains("--uid " + USER);
        JsonObject rights = at(container(), "securityContext");
        assertThat(rights.get("readOnlyRootFilesystem").getAsBoolean()).isTrue();
        assertThat(rights.get("allowPrivilegeEscalation").getAsBoolean()).isFalse();
        assertThat(rights.toString()).contains("\"drop\":[\"ALL\"]");
        assertThat(pod.get("automountServiceAccountToken").getAsBoolean()).isFalse();
        assertThat(container().getAsJsonArray("env").toString()).doesNotContainIgnoringCase("password", "token");
    }

    @Test
    void portsAndPatienceAreThoseOfTheProgram() throws Exception {
        int patience = Integer.parseInt(found(Files.readString(Path.of("src/main/resources/application.yaml")),
                "timeout-per-shutdown-phase: (\\d+)s").get(0));
        assertThat(pod().get("terminationGracePeriodSeconds").getAsInt()).isGreaterThan(patience + 5);
        assertThat(Integer.parseInt(found(Files.readString(UNIT), "TimeoutStopSec=(\\d+)").get(0)))
                .isGreaterThan(patience);
        int port = container().getAsJsonArray("ports").get(0).getAsJsonObject().get("containerPort").getAsInt();
        assertThat(Files.readString(FOLDER.resolve("Dockerfile"))).contains("EXPOSE " + port);
        assertThat(found(Files.readString(FOLDER.resolve("Caddyfile")), "daemon-\\d:(\\d+)")).hasSize(3)
                .containsOnly(String.valueOf(port));
        assertThat(Files.readString(FOLDER.resolve("prometheus/prometheus.yaml"))).contains("127.0.0.1:" + port);
        for (String compose : List.of("compose.yml", "compose.replicas.yml")) {
            assertThat(found(Files.readString(FOLDER.resolve(compose)), "stop_grace_period: (\\d+)s"))
                    .isNotEmpty().allSatisfy(seconds -> assertThat(Integer.parseInt(seconds)).isGreaterThan(patience));
        }
    }

    private static List<String> found(String text, String pattern) {
        List<String> all = new ArrayList<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            all.add(matcher.group(1));
        }
        return all;
    }

    /** Secrets stand under the name of the key they are. */
    @ParameterizedTest
    @ValueSource(strings = {"compose.yml", "compose.replicas.yml", "kubernetes/sverka.yaml", "systemd/sverka.service"})
    void everySecretIsAKeyOfTheConfiguration(String file) throws Exception {
        String text = Files.readString(FOLDER.resolve(file));
        List<String> keys = found(text, "(?:target: |--from-file=|secrets/)(sverka\\.[\\w.-]*\\w)");
        assertThat(keys).as(file).isNotEmpty().allSatisfy(key -> assertThat(KnownKeys.knows(
                ConfigurationPropertyName.of(key))).as(key).isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"compose.yml", "compose.replicas.yml", "kubernetes/sverka.yaml", "systemd/sverka.service"})
    void everyVariableIsAKeyOfTheConfiguration(String file) throws Exception {
        List<String> names = found(Files.readString(FOLDER.resolve(file)), "\\b(SVERKA_[A-Z0-9_]+)\\b");
        Map<String, Object> variables = new LinkedHashMap<>();
        names.stream().filter(name -> !name.equals("SVERKA_HOST")).forEach(name -> variables.put(name, "x"));
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new SystemEnvironmentPropertySource("test", variables));
        assertThat(variables).isNotEmpty();
        assertThat(new UnknownKeys(environment).check()).isEmpty();
    }

    @Test
    void theConfigurationInKubernetesHasOnlyKnownKeys() throws Exception {
        Map<String, Object> inside = new Yaml().load(at(objects().get("ConfigMap"), "data").get("application.yaml")
                .getAsString());
        List<String> keys = new ArrayList<>();
        flat("", inside, keys);
        assertThat(keys).contains("sverka.database.url").filteredOn(key -> key.startsWith("sverka."))
                .allSatisfy(key -> assertThat(KnownKeys.knows(ConfigurationPropertyName.of(key))).as(key).isTrue());
        assertThat(keys).noneMatch(key -> key.matches(".*(password|token|secret).*"));
    }

    private static void flat(String before, Map<?, ?> map, List<String> keys) {
        map.forEach((key, value) -> {
            if (value instanceof Map<?, ?> inner) {
                flat(before + key + ".", inner, keys);
            } else {
                keys.add(before + key);
            }
        });
    }

    @SuppressWarnings("unchecked")
    @ParameterizedTest
    @ValueSource(strings = {"compose.yml", "compose.replicas.yml"})
    void composeFilesNameWhatTheyHave(String file) throws Exception {
        Map<String, Map<String, Object>> compose = new Yaml().load(Files.readString(FOLDER.resolve(file)));
        Map<String, Object> services = compose.get("services");
        assertThat(services.keySet()).contains("database");
        services.forEach((name, described) -> {
            Map<String, Object> service = (Map<String, Object>) described;
            for (Object secret : (List<Object>) service.getOrDefault("secrets", List.of())) {
                assertThat(compose.get("secrets")).as(name).containsKey(String.valueOf(secret instanceof Map<?, ?> map
                        ? map.get("source") : secret));
            }
            for (Object volume : (List<Object>) service.getOrDefault("volumes", List.of())) {
                String from = String.valueOf(volume).split(":")[0];
                assertThat(from.startsWith("./") ? Files.exists(FOLDER.resolve(from))
                        : compose.get("volumes").containsKey(from)).as("%s: %s", name, volume).isTrue();
            }
            Object needs = service.getOrDefault("depends_on", Map.of());
            assertThat(services.keySet()).containsAll(((Map<String, Object>) needs).keySet());
            if (name.startsWith("daemon")) {
                assertThat(service).as(name).containsEntry("read_only", true).containsEntry("cap_drop", List.of("ALL"));
            }
        });
    }

    @Test
    void theProxySharesOutAmongTheReplicasThereAre() throws Exception {
        Map<String, Map<String, Object>> compose = new Yaml().load(Files.readString(
                FOLDER.resolve("compose.replicas.yml")));
        String caddy = Files.readString(FOLDER.resolve("Caddyfile"));
        assertThat(found(caddy, "(daemon-\\d):")).containsExactlyElementsOf(compose.get("services").keySet().stream()
                .filter(name -> name.startsWith("daemon")).toList());
        String trusted = found(Files.readString(FOLDER.resolve("compose.replicas.yml")),
                "TRUSTEDPROXIES_0: \"([\\d.]+)\"").get(0);
        assertThat(String.valueOf(compose.get("services").get("proxy"))).contains("ipv4_address=" + trusted);
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/caddy")),
                "caddy is not here (package caddy): its file was not checked by itself");
        assertThat(said("/usr/bin/caddy", "validate", "--adapter", "caddyfile", "--config",
                FOLDER.resolve("Caddyfile").toString())).contains("Valid configuration");
    }

    @Test
    void systemdTakesTheUnitAndFindsLittleThatItMayDo() throws Exception {
        Path analyze = Path.of("/usr/bin/systemd-analyze");
        assumeTrue(Files.isExecutable(analyze), "systemd is not here: the unit was not verified");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path unit = Files.writeString(folder.resolve("sverka.service"),
                Files.readString(UNIT).replace("/usr/bin/java", java));
        assertThat(said(analyze.toString(), "verify", unit.toString())).isBlank();
        Path broken = Files.writeString(folder.resolve("broken.service"),
                Files.readString(unit).replace("ProtectHome=", "ProtectHouse="));
        assertThat(said(analyze.toString(), "verify", broken.toString())).contains("ProtectHouse");
        assertThat(said(analyze.toString(), "security", "--offline=yes", "--threshold=20", "--no-pager",
                unit.toString())).contains("OK");
    }

    private String said(String... command) throws Exception {
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
        process.waitFor();
        return Files.readString(said);
    }

    /** Every alert rule and every metric of ours is told of in the handbook, and every file it names is there. */
    @Test
    void theHandbookTellsWhatEachAlertMeans() throws Exception {
        String handbook = Files.readString(Path.of("docs/operations.md"));
        for (String alert : found(Files.readString(FOLDER.resolve("prometheus/alerts.yaml")), "alert: (\\w+)")) {
            assertThat(handbook).contains("| `" + alert + "` |");
        }
        try (Stream<Path> code = Files.walk(Path.of("src/main/java"))) {
            Set<String> gauges = new TreeSet<>();
            code.filter(file -> file.toString().endsWith(".java")).forEach(file -> gauges.addAll(found(read(file),
                    "\"(sverka_[a-z_]+)\"")));
            assertThat(gauges).hasSizeGreaterThan(8).allSatisfy(name -> assertThat(handbook).contains("`" + name));
        }
        assertThat(found(handbook, "\\]\\(((?:\\.\\./|[\\w-]+\\.)[^)#]*)\\)")).isNotEmpty().allSatisfy(link ->
                assertThat(Files.exists(Path.of("docs").resolve(link))).as(link).isTrue());
        assertThat(found(handbook, "`(sverka\\.[a-z0-9.-]+[a-z0-9])`")).isNotEmpty().allSatisfy(key -> {
            ConfigurationPropertyName name = ConfigurationPropertyName.of(key);
            assertThat(KnownKeys.knows(name) || KnownKeys.isParent(name)).as(key).isTrue();
        });
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
