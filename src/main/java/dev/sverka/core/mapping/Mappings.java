package dev.sverka.core.mapping;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Problem;
import dev.sverka.core.state.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** All mapping files: reads them into a candidate, and puts a candidate in force. */
public class Mappings {

    private final Map<String, Declared<?>> declarations = new LinkedHashMap<>();
    /** The field maps take the same door as declarations, so that a trial sees the ones on trial. */
    private final Declared<Map<String, FieldMap>> fieldMaps =
            new Declared<>("field maps", (content, lines) -> Map.of());
    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final JsonMapper json = JsonMapper.builder().build();

    Mappings(List<Declared<?>> declarations) {
        declarations.forEach(declared -> this.declarations.put(declared.file(), declared));
        fieldMaps.put(Map.of());
    }

    /**
     * Reads every mapping file.
     *
     * @param texts by file, such as {@code mappings/portal.yaml}
     * @return meanings by declaration, for {@link Declared#trying} and {@link #putInForce}
     * @throws ProblemException with all that is wrong
     */
    public Map<Declared<?>, Object> read(Map<String, String> texts) {
        List<Problem> problems = new ArrayList<>();
        Map<Declared<?>, Object> candidate = new HashMap<>();
        Map<String, FieldMap> maps = new LinkedHashMap<>();
        texts.forEach((file, text) -> {
            try {
                YamlText yaml = YamlText.parse(file, text);
                Declared<?> declared = declarations.get(file);
                if (declared != null) {
                    candidate.put(declared, declare(declared, yaml));
                } else if (file.contains("-to-")) {
                    maps.put(file.replaceAll("^mappings/|\\.yaml$", ""), FieldMap.read(yaml));
                } else {
                    throw new ProblemException(new Problem(file, 1, "nobody reads a mapping of this name",
                            "name a field map <from>-to-<to>.yaml; declarations are " + new TreeSet<>(
                                    declarations.keySet())));
                }
            } catch (ProblemException broken) {
                problems.addAll(broken.problems());
            }
        });
        declarations.values().stream().filter(declared -> !texts.containsKey(declared.file())).forEach(declared ->
                declared.absent().ifPresentOrElse(absent -> candidate.put(declared, absent), () ->
                        problems.add(new Problem(declared.file(), 1, "the file is missing", "put it back"))));
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        candidate.put(fieldMaps, maps);
        return candidate;
    }

    /** Puts everything of a candidate in force. */
    public void putInForce(Map<Declared<?>, Object> candidate) {
        candidate.forEach(Declared::put);
    }

    /** The field map in force; inside a trial, the one on trial. */
    Optional<FieldMap> fieldMap(String name) {
        return Optional.ofNullable(fieldMaps.get().get(name));
    }

    TreeSet<String> names() {
        return new TreeSet<>(fieldMaps.get().keySet());
    }

    private Object declare(Declared<?> declared, YamlText yaml) {
        Map<String, Object> content = yaml.map();
        JsonNode schema = schema(declared.name());
        if (schema != null) {
            List<Problem> problems = schemas.getSchema(schema).validate(json.valueToTree(content)).stream()
                    .map(error -> Violation.of(error, yaml, schema)).distinct().toList();
            if (!problems.isEmpty()) {
                throw new ProblemException(problems);
            }
        }
        return declared.read(content, yaml);
    }

    private @Nullable JsonNode schema(String name) {
        try (InputStream text = getClass().getResourceAsStream("/schemas/" + name + ".schema.json")) {
            return text == null ? null : json.readTree(text);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
