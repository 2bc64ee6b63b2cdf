package dev.sverka.flows.matching;

import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Problem;
import dev.sverka.core.state.ProblemException;
import dev.sverka.flows.matching.Purpose.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Words that {@code mappings/purpose-words.yaml} adds to those that the reader of purposes knows by itself: names of
 * documents, what may stand between a name and its number, parts, goods, noise. Beginnings of words, and phrases of
 * such beginnings: no expression language, so that no text can make reading slow. Immutable.
 */
public final class PurposeWords {

    /** What holds where there is no file: the reader's own words alone. */
    public static final PurposeWords NONE = new PurposeWords(Map.of(), Map.of(), Map.of(), "none");

    /** Tables of whole words. */
    enum Word { BETWEEN, UNITS, NAMES }

    /** Tables of phrases. */
    enum Phrase { PART, ADVANCE, FINAL, REST, FORBIDDING, ASKING, GOODS, NOISE }

    /** What every purpose is joined with; as a table's word it would turn reading upside down. */
    private static final Set<String> JOINING = Set.of("оплата", "оплату", "оплаты", "платеж", "сумма", "сумму", "ндс",
            "инн", "для", "без", "при", "или", "руб", "рублей");
    /** What may stand behind a word of {@code noise}: the figure that belongs to it. */
    private static final String FIGURE = "[.]? ?[:№#n-]{0,3} ?[\\d/*-]{1,30}(?![\\p{L}\\d])";

    private final Map<Kind, Sieve> documents;
    private final Map<Word, Set<String>> words;
    private final Map<Phrase, Sieve> phrases;
    private final String version;

    private PurposeWords(Map<Kind, Sieve> documents, Map<Word, Set<String>> words, Map<Phrase, Sieve> phrases,
            String version) {
        this.documents = documents;
        this.words = words;
        this.phrases = phrases;
        this.version = version;
    }

    /** Hash of the content; another one means that what waits may be decided again. */
    public String version() {
        return version;
    }

    /** Whether a whole word stands in a table. */
    boolean has(Word table, String word) {
        return words.getOrDefault(table, Set.of()).contains(word);
    }

    /** The phrase of a table that stands somewhere in a folded text; null where none does. */
    @Nullable String in(Phrase table, String text) {
        Sieve pattern = phrases.get(table);
        Matcher found = pattern == null ? null : pattern.in(text);
        return found == null ? null : found.group();
    }

    /** Where a phrase of a table that begins at a place ends; -1 where none begins. */
    int end(Phrase table, CharSequence text, int at) {
        Sieve pattern = phrases.get(table);
        return pattern == null ? -1 : end(pattern, text, at);
    }

    private static int end(Sieve pattern, CharSequence text, int at) {
        Matcher found = pattern.at(text, at);
        return found == null ? -1 : found.end();
    }

    /** A text in which what is goods says nothing else. */
    String withoutGoods(String text) {
        Sieve goods = phrases.get(Phrase.GOODS);
        return goods == null ? text : goods.without(text);
    }

    /** The document whose name, added by the file, begins at a place; null where none does. */
    @Nullable Named document(CharSequence text, int at) {
        for (Map.Entry<Kind, Sieve> one : documents.entrySet()) {
            int end = end(one.getValue(), text, at);
            if (end > 0) {
                return new Named(one.getKey(), end);
            }
        }
        return null;
    }

    /** @param end where the name ends */
    record Named(Kind kind, int end) {
    }

    /** Gives the file its meaning. */
    public static PurposeWords read(Map<String, Object> content, Declared.Lines lines) {
        return new File(content, lines).words();
    }

    /** A file that is being read, with all that is wrong in it. */
    private static final class File {

        private final Map<String, Object> content;
        private final Declared.Lines lines;
        private final List<Problem> problems = new ArrayList<>();

        File(Map<String, Object> content, Declared.Lines lines) {
            this.content = content;
            this.lines = lines;
        }

        PurposeWords words() {
            Map<Kind, Sieve> documents = documents();
            Map<Word, Set<String>> words = new EnumMap<>(Word.class);
            for (Word table : Word.values()) {
                String key = table.name().toLowerCase(Locale.ROOT);
                words.put(table, table(content.get(key), key).stream().map(one -> one.get(0))
                        .collect(Collectors.toUnmodifiableSet()));
            }
            Map<Phrase, Sieve> phrases = new EnumMap<>(Phrase.class);
            for (Phrase table : Phrase.values()) {
                String key = table.name().toLowerCase(Locale.ROOT);
                List<List<String>> all = table(content.get(key), key);
                if (table == Phrase.GOODS) {
                    silencing(all);
                }
                pattern(all, table == Phrase.NOISE ? FIGURE : "", phrases, table);
            }
            if (!problems.isEmpty()) {
                throw new ProblemException(problems);
            }
            return new PurposeWords(documents, words, phrases, BankRules.hash(content.toString()));
        }

        private Map<Kind, Sieve> documents() {
            Map<Kind, Sieve> documents = new EnumMap<>(Kind.class);
            Map<String, Kind> known = new HashMap<>();
            Map<?, ?> written = content.get("documents") instanceof Map<?, ?> map ? map : Map.of();
            for (Kind kind : Kind.values()) {
                String key = kind.name().toLowerCase(Locale.ROOT);
                List<List<String>> names = table(written.get(key), "documents", key);
                for (int i = 0; i < names.size(); i++) {
                    String name = String.join(" ", names.get(i));
                    Kind before = known.putIfAbsent(name, kind);
                    Kind own = Words.kindOf(name);
                    if (before != null && before != kind) {
                        problem("'" + name + "' stands for two documents", "leave it in one table", "documents", key,
                                i);
                    } else if (own != null && own != kind) {
                        problem("'" + name + "' is read as " + own.name().toLowerCase(Locale.ROOT) + " already",
                                "write it there, or not at all", "documents", key, i);
                    }
                }
                pattern(names, "", documents, kind);
            }
            return documents;
        }

        /** A word of goods alone must not silence what asks a person. */
        private void silencing(List<List<String>> goods) {
            for (int i = 0; i < goods.size(); i++) {
                if (goods.get(i).size() < 2 && Purpose.asks(goods.get(i).get(0))) {
                    problem("'" + goods.get(i).get(0) + "' alone would silence a word that asks a person",
                            "write the word beside it too, such as возвратн тар", "goods", i);
                }
            }
        }

        private List<List<String>> table(@Nullable Object list, Object... path) {
            List<List<String>> table = new ArrayList<>();
            Set<List<String>> known = new HashSet<>();
            List<?> written = list instanceof List<?> all ? all : List.of();
            for (int i = 0; i < written.size(); i++) {
                List<String> phrase = Letters.words(String.valueOf(written.get(i)));
                if (phrase.isEmpty()) {
                    problem("'" + written.get(i) + "' has no letters", "write a word, or remove the entry", path, i);
                } else if (phrase.size() == 1 && JOINING.contains(phrase.get(0))) {
                    problem("'" + phrase.get(0) + "' stands in every purpose", "write a longer phrase, or remove it",
                            path, i);
                } else if (!known.add(phrase)) {
                    problem("'" + written.get(i) + "' stands twice", "remove one", path, i);
                }
                table.add(phrase.isEmpty() ? List.of("?") : phrase);
            }
            return table;
        }

        private void problem(String problem, String cure, Object[] path, int i) {
            Object[] whole = java.util.Arrays.copyOf(path, path.length + 1);
            whole[path.length] = i;
            problems.add(lines.problem(problem, cure, whole));
        }

        private void problem(String problem, String cure, Object... path) {
            problems.add(lines.problem(problem, cure, path));
        }

        private static <K> void pattern(List<List<String>> phrases, String behind, Map<K, Sieve> into, K key) {
            if (!phrases.isEmpty()) {
                // the longest first: of two that begin alike the first one is meant
                into.put(key, Sieve.of("(?<![\\p{L}\\d])(?:" + phrases.stream()
                        .sorted((one, other) -> String.join(" ", other).length() - String.join(" ", one).length())
                        .map(phrase -> phrase.stream().map(word -> Pattern.quote(word) + "\\p{L}{0,24}")
                                .collect(Collectors.joining("[ .-]{1,3}")))
                        .collect(Collectors.joining("|")) + ")" + behind));
            }
        }
    }
}
