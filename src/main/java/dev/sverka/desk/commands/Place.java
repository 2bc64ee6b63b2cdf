package dev.sverka.desk.commands;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.Resource;

/**
 * Where a value of the configuration was written.
 *
 * @param file as people name it; {@code config} where it is no file
 * @param line 1-based
 * @param variable the environment variable in words, or nothing
 */
record Place(String file, int line, String variable) {

    static Place of(@Nullable Origin origin) {
        if (origin instanceof PropertySourceOrigin found
                && found.getPropertySource() instanceof SystemEnvironmentPropertySource) {
            return new Place("config", 1, " (environment variable " + found.getPropertyName() + ")");
        }
        Origin inner = origin instanceof PropertySourceOrigin found ? found.getOrigin() : origin;
        if (inner instanceof TextResourceOrigin text && text.getResource() != null) {
            int line = text.getLocation() == null ? 1 : text.getLocation().getLine() + 1;
            return new Place(file(text.getResource()), line, "");
        }
        return new Place("config", 1, "");
    }

    private static String file(Resource resource) {
        try {
            Path path = resource.getFile().toPath().toAbsolutePath().normalize();
            Path folder = path.getParent();
            return folder != null && folder.endsWith("config") ? "config/" + path.getFileName() : path.toString();
        } catch (IOException inJar) {
            return String.valueOf(resource.getFilename());
        }
    }
}
