package dev.sverka.core.portal;

import dev.sverka.core.state.Declared;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/** Declarations of a portal, for tests of rooms that need one. */
public final class Portals {

    private Portals() {
    }

    /** @param yaml as in {@code mappings/portal.yaml}; not checked against the schema */
    public static Declared<Portal> declared(String yaml) {
        Declared<Portal> declared = new Declared<>("portal", Portal::read);
        Map<String, Object> content = new Yaml().load(yaml);
        declared.put(declared.read(content, (problem, cure, path) -> {
            throw new IllegalArgumentException(problem);
        }));
        return declared;
    }
}
