package dev.sverka.desk.console;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Puts what the machine has written down into the words that people read: names of classes, fields, stages, sums. */
@Component("wording")
class Wording {

    /** The name of a class at the beginning of a reason, as rules write it, or at its end, as people's decisions do. */
    private static final Pattern FIRST = Pattern.compile("^([a-z]+(?:-[a-z]+)*): ");
    private static final Pattern LAST = Pattern.compile(": ([a-z]+(?:-[a-z]+)*)$");
    /** A sum with a point; no part of a date. */
    private static final Pattern SUM = Pattern.compile("(?<![\\d.])(\\d{1,13}\\.\\d{2})(?![\\d.])");

    private static final Pattern PART = Pattern.compile("(\\d+)([A-Z])");

    private final MessageSource words;
    private final Figures figures;

    Wording(MessageSource words, Figures figures) {
        this.words = words;
        this.figures = figures;
    }

    /** A reason as people read it. */
    public String why(@Nullable String text) {
        if (text == null) {
            return "";
        }
        String named = named(LAST.matcher(named(FIRST.matcher(text), "", ": ")), ": ", "");
        return SUM.matcher(named).replaceAll(sum -> Matcher.quoteReplacement(figures.sum(new BigDecimal(sum.group(1)))));
    }

    /** A length of time as feeds state it, such as {@code P3M}, {@code P1D} or {@code PT2H}, in short words. */
    public String period(String iso) {
        String[] halves = iso.substring(1).split("T", 2);
        return Stream.concat(parts(halves[0], "period."), halves.length == 1 ? Stream.of() : parts(halves[1], "period.time."))
                .collect(Collectors.joining(" "));
    }

    private Stream<String> parts(String text, String key) {
        return PART.matcher(text).results().map(part -> words.getMessage(key + part.group(2),
                new Object[] {Integer.valueOf(part.group(1))}, part.group(), LocaleContextHolder.getLocale()));
    }

    private String named(Matcher found, String before, String after) {
        StringBuilder text = new StringBuilder();
        while (found.find()) {
            found.appendReplacement(text, Matcher.quoteReplacement(before + word("class.", found.group(1)) + after));
        }
        return found.appendTail(text).toString();
    }

    /** The field of a payment, such as {@code paidDate}. */
    public String field(String key) {
        return word("field.", key);
    }

    /** What was written to a field. */
    public String value(String field, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return "—";
        }
        if (field.equals("stage")) {
            return word("stage.", value);
        }
        if (value.matches("\\d{1,13}\\.\\d{2}")) {
            return figures.sum(new BigDecimal(value));
        }
        return value.matches("\\d{4}-\\d{2}-\\d{2}") ? figures.day(value) : value;
    }

    /** The rule that decided, as people call it; a rule of {@code bank-rules.yaml} has its name from there. */
    public String rule(String key) {
        return word("rule.", key);
    }

    private String word(String prefix, String key) {
        String known = words.getMessage(prefix + key, null, null, LocaleContextHolder.getLocale());
        return known == null ? key : known;
    }
}
