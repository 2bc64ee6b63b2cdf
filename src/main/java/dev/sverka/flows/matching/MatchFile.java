package dev.sverka.flows.matching;

import dev.sverka.core.state.Problem;
import dev.sverka.core.state.ProblemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files of one JSON object a line. What is wrong in them is told with its line and a cure. */
final class MatchFile {

    private static final int MOST_PROBLEMS = 100;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private MatchFile() {
    }

    /** One object and where it stands. */
    static final class Line {

        private final Path file;
        private final int number;
        private final JsonNode node;

        Line(Path file, int number, JsonNode node) {
            this.file = file;
            this.number = number;
            this.node = node;
        }

        int number() {
            return number;
        }

        ProblemException broken(String problem, String cure) {
            return new ProblemException(new Problem(file.toString(), number, problem, cure));
        }

        /** Text that has to be there. */
        String text(String field) {
            String text = optional(field);
            if (text == null) {
                throw broken("no " + field, "add \"" + field + "\": \"…\"");
            }
            return text;
        }

        /** Text; null where it is absent, null or empty. */
        @Nullable String optional(String field) {
            JsonNode value = node.path(field);
            if (value.isMissingNode() || value.isNull()) {
                return null;
            }
            if (!value.isString()) {
                throw broken(field + " is no text", "put quotes around it");
            }
            return value.asString().isBlank() ? null : value.asString();
        }

        String oneOf(String field, String... words) {
            String word = text(field);
            if (!List.of(words).contains(word)) {
                throw broken(field + " is '" + word + "'", "write " + String.join(" or ", words));
            }
            return word;
        }

        /** A sum in hundredths; 0 where it is absent. */
        long hundredths(String field, boolean required) {
            String text = required ? text(field) : optional(field);
            if (text == null) {
                return 0;
            }
            if (!text.matches("\\d{1,15}(\\.\\d{1,2})?")) {
                throw broken(field + " is '" + text + "'", "write a sum such as \"1500.00\"");
            }
            return new BigDecimal(text).movePointRight(2).longValueExact();
        }

        @Nullable BigDecimal decimal(String field) {
            JsonNode value = node.path(field);
            if (value.isMissingNode() || value.isNull()) {
                return null;
            }
            if (!value.isNumber()) {
                throw broken(field + " is no number", "write a number such as 50");
            }
            return value.decimalValue();
        }

        LocalDate day(String field) {
            LocalDate day = optionalDay(field);
            if (day == null) {
                throw broken("no " + field, "add \"" + field + "\": \"2026-03-05\"");
            }
            return day;
        }

        @Nullable LocalDate optionalDay(String field) {
            return parsed(field, "2026-03-05", LocalDate::parse);
        }

        @Nullable YearMonth month(String field) {
            return parsed(field, "2026-03", YearMonth::parse);
        }

        private <T> @Nullable T parsed(String field, String example, Function<String, T> parser) {
            String text = optional(field);
            try {
                return text == null ? null : parser.apply(text);
            } catch (DateTimeException unreadable) {
                throw broken(field + " is '" + text + "'", "write it as \"" + example + "\"");
            }
        }

        /** The objects of a list; none where it is absent. */
        List<Line> list(String field) {
            JsonNode value = node.path(field);
            if (!value.isMissingNode() && !value.isNull() && !value.isArray()) {
                throw broken(field + " is no list", "write it as [ … ]");
            }
            return value.valueStream().map(one -> new Line(file, number, one)).toList();
        }

        List<String> texts(String field) {
            return list(field).stream().map(one -> {
                if (!one.node.isString()) {
                    throw broken(field + " holds something that is no text", "put quotes around it");
                }
                return one.node.asString();
            }).toList();
        }

        Line object(String field) {
            if (!node.path(field).isObject()) {
                throw broken("no " + field, "add \"" + field + "\": { … }");
            }
            return new Line(file, number, node.path(field));
        }
    }

    /** Reads each line. @throws ProblemException with all that is wrong, at most 100 findings */
    static <T> List<T> lines(Path file, Function<Line, T> meaning) {
        List<T> read = new ArrayList<>();
        each(file, line -> read.add(meaning.apply(line)));
        return read;
    }

    /**
     * Has each line read, one held at a time. One that cannot be read is told in the end, and the next one is read.
     *
     * @throws ProblemException with all that is wrong, at most 100 findings
     */
    static void each(Path file, Consumer<Line> meaning) {
        List<Problem> problems = new ArrayList<>();
        // a reader that Files gives replaces nothing: what is no UTF-8 ends it
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            String text = reader.readLine();
            for (int number = 1; text != null && problems.size() < MOST_PROBLEMS; number++) {
                String line = number == 1 ? withoutMark(text) : text;
                try {
                    if (!line.isBlank()) {
                        meaning.accept(new Line(file, number, object(file, number, line)));
                    }
                } catch (ProblemException broken) {
                    problems.addAll(broken.problems());
                }
                text = reader.readLine();
            }
        } catch (IOException unreadable) {
            throw unreadable(file, unreadable);
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
    }

    /** Reads a file that is one object. */
    static <T> T whole(Path file, Function<Line, T> meaning) {
        return meaning.apply(new Line(file, 1, object(file, 1, text(file))));
    }

    private static JsonNode object(Path file, int line, String text) {
        try {
            JsonNode node = JSON.readTree(text);
            if (node.isObject()) {
                return node;
            }
        } catch (JacksonException broken) {
            int at = broken.getLocation() == null ? 1 : Math.max(1, broken.getLocation().getLineNr());
            throw new ProblemException(new Problem(file.toString(), line + at - 1, "this is not JSON: "
                    + broken.getOriginalMessage().lines().findFirst().orElse(""),
                    "mend quotes, commas and brackets; one object a line"));
        }
        throw new ProblemException(new Problem(file.toString(), line, "this is no JSON object",
                "write { … }, one object a line"));
    }

    private static String text(Path file) {
        try {
            return withoutMark(Files.readString(file));
        } catch (IOException unreadable) {
            throw unreadable(file, unreadable);
        }
    }

    /** Some programs begin a file with the mark of its byte order. */
    private static String withoutMark(String text) {
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private static ProblemException unreadable(Path file, IOException why) {
        if (why instanceof NoSuchFileException) {
            return new ProblemException(new Problem(file.toString(), 1, "there is no such file",
                    "name one that is there"));
        }
        if (why instanceof MalformedInputException) {
            return new ProblemException(new Problem(file.toString(), 1, "this is not UTF-8", "save the file as UTF-8"));
        }
        return new ProblemException(new Problem(file.toString(), 1, "the file cannot be read: " + why.getMessage(),
                "check its kind and rights"));
    }
}
