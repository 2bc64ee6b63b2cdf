package dev.sverka.desk.commands;

import dev.sverka.core.state.Problem;
import dev.sverka.core.state.ProblemException;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.context.config.ConfigDataException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.origin.Origin;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Reads out of a failed start what a person can mend. */
final class StartFailure {

    private StartFailure() {
    }

    static List<Problem> problems(Throwable failure) {
        Throwable last = failure;
        BindException unbound = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException named) {
                return named.problems();
            }
            if (cause instanceof MarkedYAMLException yaml) {
                return List.of(new Problem("config/application.yaml",
                        yaml.getProblemMark() == null ? 1 : yaml.getProblemMark().getLine() + 1,
                        "this is not YAML: " + yaml.getProblem(), "mend indentation, quotes or colons there"));
            }
            if (cause instanceof BindException bind) {
                unbound = bind;
            }
            if (cause instanceof BindValidationException invalid) {
                return invalid.getValidationErrors().getAllErrors().stream()
                        .map(error -> invalid(invalid.getValidationErrors().getName(), error)).sorted().toList();
            }
            last = cause;
        }
        if (unbound != null) {
            return List.of(unbound(unbound, last));
        }
        return List.of(new Problem("config", 1, "the daemon would not start: " + firstLine(last),
                failure instanceof ConfigDataException ? "mend spring.config.import"
                        : "start the daemon and look into its log"));
    }

    private static Problem invalid(ConfigurationPropertyName parent, ObjectError error) {
        Place place = Place.of(Origin.from(error));
        String name = error instanceof FieldError field ? parent + "." + asWritten(field.getField()) : parent.toString();
        String words = String.valueOf(error.getDefaultMessage());
        int cure = words.indexOf("; ");
        return new Problem(place.file(), place.line(), name + place.variable() + " "
                + (cure < 0 ? words : words.substring(0, cure)), cure < 0 ? "give it a value" : words.substring(cure + 2));
    }

    /** As it stands in files: {@code publicUrl} is {@code public-url} there. */
    private static String asWritten(String field) {
        return field.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    private static Problem unbound(BindException bind, Throwable last) {
        Place place = Place.of(bind.getProperty() == null ? null : bind.getProperty().getOrigin());
        // the value itself may be a secret and is not shown
        return new Problem(place.file(), place.line(), "the value of " + bind.getName() + place.variable()
                + " cannot be used as " + bind.getTarget().getType().toClass().getSimpleName(), firstLine(last));
    }

    private static String firstLine(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message.lines().findFirst().orElse("");
    }
}
