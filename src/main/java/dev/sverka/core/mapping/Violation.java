package dev.sverka.core.mapping;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import dev.sverka.core.state.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** What a declaration's schema found, in the words of the person who edits the file: they never see the schema. */
final class Violation {

    private static final Map<String, String> TYPES = Map.of("string", "text", "integer", "a whole number", "number",
            "a number", "boolean", "true or false", "object", "`key: value` lines", "array", "a list: [one, two]");

    private final Error error;
    private final YamlText yaml;
    private final JsonNode schema;
    private final String rule;

    private Violation(Error error, YamlText yaml, JsonNode schema) {
        this.error = error;
        this.yaml = yaml;
        this.schema = schema;
        this.rule = error.getSchemaLocation().toString().replaceFirst("^[^#]*#", "");
    }

    static Problem of(Error error, YamlText yaml, JsonNode schema) {
        return new Violation(error, yaml, schema).problem();
    }

    private Problem problem() {
        if (rule.matches(".*/(oneOf|anyOf)(/\\d+/required)?")) {
            return choice(rule.replaceFirst("/\\d+/required$", ""));
        }
        return switch (error.getKeyword()) {
            case "additionalProperties" -> at("unknown key '" + error.getProperty() + "'",
                    Nearest.cure(error.getProperty(), names(schema.at(parent(rule) + "/properties"))),
                    error.getProperty());
            case "propertyNames" -> at("'" + error.getProperty() + "' cannot be a key", "write " + described(rule),
                    error.getProperty());
            case "required" -> at(place() + " has no " + error.getProperty() + ":",
                    "add `" + error.getProperty() + ":`");
            case "enum" -> at(place() + ": unknown word '" + value() + "'", Nearest.cure(value(),
                    schema.at(rule).valueStream().map(JsonNode::asString).toList()));
            case "pattern" -> at(place() + ": '" + value() + "' does not fit", "write " + described(parent(rule)));
            case "type" -> at(place() + ": " + (error.getInstanceNode().isContainer() ? "this" : "'" + value() + "'")
                    + " does not fit", "write " + types(schema.at(rule)) + quotes());
            default -> at(place() + ": " + error.getMessage(), schema.at(parent(rule)).has("description")
                    ? "write " + described(parent(rule)) : "mend this value");
        };
    }

    /** Keys of which one has to stand: told once, as a "required" for each would read as if all had to. */
    private Problem choice(String alternatives) {
        List<String> keys = schema.at(alternatives).valueStream().flatMap(one -> one.path("required").valueStream())
                .map(JsonNode::asString).toList();
        List<String> given = keys.stream().filter(error.getInstanceNode()::has).toList();
        return at(place() + (given.isEmpty() ? " has none of " + String.join(", ", keys)
                : " has " + String.join(" and ", given) + " together"), "give one of " + String.join(", ", keys));
    }

    private Problem at(String problem, String cure, String... below) {
        List<Object> path = path();
        path.addAll(List.of(below));
        return yaml.problem(problem, cure, path.toArray());
    }

    private String value() {
        return error.getInstanceNode().asString("");
    }

    private String place() {
        List<Object> path = path();
        return path.isEmpty() ? "the file" : String.join(".", path.stream().map(String::valueOf).toList());
    }

    private List<Object> path() {
        NodePath location = error.getInstanceLocation();
        List<Object> path = new ArrayList<>();
        for (int i = 0; i < location.getNameCount(); i++) {
            path.add(location.getElement(i));
        }
        return path;
    }

    private String described(String pointer) {
        JsonNode node = schema.at(pointer);
        JsonNode told = node.has("$ref") ? schema.at(node.path("$ref").asString().substring(1)) : node;
        return told.path("description").asString("it after the example in the README");
    }

    /** A number where text is wanted: YAML takes it for one until it stands in quotes. */
    private String quotes() {
        return error.getInstanceNode().isNumber() && types(schema.at(rule)).contains(TYPES.get("string"))
                ? ", in quotes: \"" + value() + "\"" : "";
    }

    private static String parent(String pointer) {
        return pointer.substring(0, pointer.lastIndexOf('/'));
    }

    private static String types(JsonNode type) {
        List<String> words = type.isArray() ? type.valueStream().map(JsonNode::asString).toList()
                : List.of(type.asString());
        return String.join(" or ", words.stream().map(word -> TYPES.getOrDefault(word, word)).toList());
    }

    private static TreeSet<String> names(JsonNode properties) {
        return new TreeSet<>(properties.propertyNames());
    }
}
