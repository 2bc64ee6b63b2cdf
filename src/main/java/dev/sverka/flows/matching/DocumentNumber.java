package dev.sverka.flows.matching;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Numbers of invoices, contracts and acts, as people write them differently. */
public final class DocumentNumber {

    /** Stands for the year of the document. */
    private static final String YEAR = "год";
    private static final Pattern GROUP = Pattern.compile("\\p{L}+|\\d+");

    private static final Pattern LETTERS_IN_DIGITS = Pattern.compile("(?<=\\d)[ОЗ](?=\\d)");
    private static final Pattern DASHES = Pattern.compile("(?<=\\p{L})-(?=\\d)|(?<=\\d)-(?=\\p{L})|^[№#]+");
    private static final Pattern ZEROS = Pattern.compile("(?<!\\d)0+-?(?=\\d)");
    private static final Pattern DIGIT = Pattern.compile("\\d");
    private static final Pattern SIGN = Pattern.compile("[^\\p{L}\\d]");
    private static final Pattern LATIN = Pattern.compile("[A-Za-z]");
    /** What Latin letters mean, after those that look Cyrillic were taken for it. */
    private static final Map<Character, List<String>> SOUNDS = Map.ofEntries(Map.entry('Б', List.of("В")),
            Map.entry('В', List.of("V", "W")), Map.entry('Г', List.of("G")), Map.entry('Д', List.of("D")),
            Map.entry('Ж', List.of("ZН", "J")), Map.entry('З', List.of("Z")), Map.entry('И', List.of("I")),
            Map.entry('Й', List.of("J", "У", "I")), Map.entry('Л', List.of("L")), Map.entry('Н', List.of("N")),
            Map.entry('П', List.of("Р")), Map.entry('Р', List.of("R")), Map.entry('С', List.of("S")),
            Map.entry('У', List.of("U")), Map.entry('Ф', List.of("F")), Map.entry('Х', List.of("Н", "КН")),
            Map.entry('Ц', List.of("С", "ТS")), Map.entry('Ч', List.of("СН")), Map.entry('Ш', List.of("SН")),
            Map.entry('Щ', List.of("SСН")), Map.entry('Э', List.of("Е")), Map.entry('Ю', List.of("УU", "IU")),
            Map.entry('Я', List.of("УА", "IА")));
    private static final String LOOKS = "ОOЗIL|!БВBSЧZDG";
    private static final String LIKE = "00311116885420" + "6";

    /** A customer's numbers are compared many times in a row, while one operation is decided. */
    private static final Recent<String, String> NORMAL = new Recent<>();
    private static final Recent<Dated, Spelt> SPELT = new Recent<>();

    private record Dated(String number, int year, int month) {
    }

    /** @param all how a number may be written with less */
    private record Spelt(Set<List<String>> all, String joined) {
    }

    /** What was worked out lately, one value a place; a later key takes the place of an earlier one. */
    private static final class Recent<K, V> {

        private record Entry<K, V>(K key, V value) {
        }

        private static final int PLACES = 1 << 16;
        private final AtomicReferenceArray<Entry<K, V>> places = new AtomicReferenceArray<>(PLACES);

        V get(K key, Function<K, V> otherwise) {
            int hash = key.hashCode();
            int place = (hash ^ hash >>> 16) & PLACES - 1;
            Entry<K, V> known = places.get(place);
            if (known == null || !known.key().equals(key)) {
                known = new Entry<>(key, otherwise.apply(key));
                places.set(place, known);
            }
            return known.value();
        }
    }

    private DocumentNumber() {
    }

    /**
     * A number as it is compared: letter case, Latin letters that look Cyrillic, spaces, leading zeros and the dash
     * between letters and digits do not matter; slashes and dashes between digits do.
     */
    public static String normal(String number) {
        return NORMAL.get(number, DocumentNumber::normalized);
    }

    private static String normalized(String number) {
        StringBuilder cyrillic = new StringBuilder(number.length());
        for (char letter : number.toUpperCase(Locale.ROOT).toCharArray()) {
            int at = "ABCEHKMOPTXYЁ–—".indexOf(letter);
            if (!Character.isWhitespace(letter)) {
                cyrillic.append(at < 0 ? letter : "АВСЕНКМОРТХУЕ--".charAt(at));
            }
        }
        String normal = cyrillic.toString();
        if (normal.indexOf('О') >= 0 || normal.indexOf('З') >= 0) {
            normal = LETTERS_IN_DIGITS.matcher(normal).replaceAll(one -> one.group().equals("О") ? "0" : "3");
        }
        if (normal.indexOf('-') >= 0 || normal.startsWith("№") || normal.startsWith("#")) {
            normal = DASHES.matcher(normal).replaceAll("");
        }
        return normal.indexOf('0') < 0 ? normal
                : ZEROS.matcher(ZEROS.matcher(normal).replaceAll("")).replaceAll("");
    }

    /** @param ours our own document's; @param written in somebody's text, maybe in Latin letters */
    static boolean isSame(@Nullable String ours, String written) {
        if (ours == null) {
            return false;
        }
        String full = normal(ours);
        String said = normal(written);
        return full.equals(said) || LATIN.matcher(written).find() && isTransliterated(full, 0, said, 0)
                || LATIN.matcher(full).find() && isTransliterated(said, 0, full, 0);
    }

    /** Whether Latin letters stand for the sounds of the Cyrillic ones; those that look alike are Cyrillic already. */
    private static boolean isTransliterated(String ours, int at, String written, int from) {
        if (at == ours.length()) {
            return from == written.length();
        }
        char letter = ours.charAt(at);
        if (written.startsWith(String.valueOf(letter), from) && isTransliterated(ours, at + 1, written, from + 1)) {
            return true;
        }
        for (String sound : SOUNDS.getOrDefault(letter, List.of())) {
            if (written.startsWith(sound, from) && isTransliterated(ours, at + 1, written, from + sound.length())) {
                return true;
            }
        }
        return false;
    }

    /**
     * What a document's number is kept by: all digits of it with and without what separates them, and the last group of
     * digits beside the year. What is the same, or the same with less, has one of these in common.
     *
     * @param dated the day of the document, for its year
     */
    static Set<String> keys(String number, @Nullable LocalDate dated) {
        Set<String> keys = new HashSet<>(4);
        keys.add(digits(normal(number)));
        keys.add(digits(joined(number)));
        List<String> groups = groups(number, dated == null ? 0 : dated.getYear());
        for (int i = groups.size() - 1; i >= 0; i--) {
            if (isDigits(groups.get(i))) {
                keys.add(groups.get(i));
                break;
            }
        }
        return keys;
    }

    /** By what all documents are kept that a number in somebody's text may mean: of any year. */
    static Set<String> keysIn(String written) {
        String normal = normal(written);
        Set<String> keys = new HashSet<>(8);
        keys.add(digits(normal));
        keys.add(digits(joined(written)));
        int to = normal.length();
        // the last group may be the year, and then the one before it counts
        for (int groups = 0; groups < 2; groups++) {
            while (to > 0 && !isDigit(normal.charAt(to - 1))) {
                to--;
            }
            int from = to;
            while (from > 0 && isDigit(normal.charAt(from - 1))) {
                from--;
            }
            if (from < to) {
                keys.add(normal.substring(from, to));
            }
            to = from;
        }
        return keys;
    }

    private static boolean isDigit(char one) {
        return one >= '0' && one <= '9';
    }

    private static String digits(String number) {
        StringBuilder digits = new StringBuilder(number.length());
        number.chars().filter(one -> isDigit((char) one)).forEach(one -> digits.append((char) one));
        return digits.length() == number.length() ? number : digits.toString();
    }

    /** Whether a letter of the text, read as the digit that it looks like, makes it exactly our number. */
    static boolean isMisread(@Nullable String ours, String written) {
        return ours != null && readings(written).stream().anyMatch(reading -> isSame(ours, reading));
    }

    /** A number with a letter, or all of them, as the digits that they look like. */
    static List<String> readings(String written) {
        List<String> readings = new ArrayList<>();
        String upper = written.toUpperCase(Locale.ROOT);
        StringBuilder all = new StringBuilder(upper);
        for (int i = 0; i < upper.length(); i++) {
            int look = LOOKS.indexOf(upper.charAt(i));
            if (look >= 0) {
                char digit = LIKE.charAt(look);
                all.setCharAt(i, digit);
                readings.add(upper.substring(0, i) + digit + upper.substring(i + 1));
            }
        }
        if (!all.toString().equals(upper)) {
            readings.add(all.toString());
        }
        return readings;
    }

    /** Whether one digit was changed, lost, doubled or added, or two neighbours exchanged; the letters are ours. */
    static boolean isMisprinted(@Nullable String ours, String written) {
        if (ours == null) {
            return false;
        }
        String full = normal(ours);
        String said = normal(written);
        return Math.abs(full.length() - said.length()) <= 1 && Letters.isOneStep(full, said)
                && DIGIT.matcher(full).replaceAll("").equals(DIGIT.matcher(said).replaceAll(""));
    }

    /**
     * Whether a number of ours may have been written with less: without its year, without the letters before it, with a
     * year of two or four digits. Proves nothing by itself.
     *
     * @param ours the number in full
     * @param dated the day of our document, for its year
     */
    static boolean isLoosely(@Nullable String ours, @Nullable LocalDate dated, String written) {
        if (ours == null) {
            return false;
        }
        int year = dated == null ? 0 : dated.getYear();
        Spelt spelt = SPELT.get(new Dated(ours, year, dated == null ? 0 : dated.getMonthValue()),
                DocumentNumber::spelt);
        List<String> said = groups(written, year);
        return said.stream().anyMatch(DocumentNumber::isDigits)
                && (spelt.all().contains(said) || spelt.joined().equals(joined(written)));
    }

    private static Spelt spelt(Dated ours) {
        List<String> full = groups(ours.number(), ours.year());
        Set<List<String>> spellings = new HashSet<>();
        spellings.add(full);
        spellings.add(without(full, YEAR));
        for (List<String> one : List.copyOf(spellings)) {
            boolean hasPrefix = !isDigits(one.get(0)) && one.size() > 1;
            spellings.add(hasPrefix ? one.subList(1, one.size()) : one);
        }
        spellings.add(full.stream().filter(DocumentNumber::isDigits).toList());
        if (ours.month() > 0) {
            spellings.add(withoutMonth(full, ours.month()));
        }
        return new Spelt(spellings, joined(ours.number()));
    }

    /** Without what separates its parts. */
    static String joined(String number) {
        return normal(SIGN.matcher(number).replaceAll(""));
    }

    private static boolean isDigits(String group) {
        return !group.isEmpty() && Character.isDigit(group.charAt(0));
    }

    private static List<String> without(List<String> groups, String left) {
        return groups.size() == 1 ? groups : groups.stream().filter(group -> !group.equals(left)).toList();
    }

    /** Letters, year and month left out: of «КН/2026/11-045» what counts is 45. */
    private static List<String> withoutMonth(List<String> full, int month) {
        List<String> digits = full.stream().filter(DocumentNumber::isDigits).toList();
        return digits.size() == 2 && digits.get(0).equals(String.valueOf(month)) ? digits.subList(1, 2) : digits;
    }

    /** Letters and digits in groups; the year of the document as one word, unless the number is nothing else. */
    static List<String> groups(String number, int year) {
        List<String> groups = new ArrayList<>(GROUP.matcher(normal(number)).results().map(MatchResult::group).toList());
        if (groups.isEmpty()) {
            return List.of(number);
        }
        int whole = groups.indexOf(String.valueOf(year));
        List<Integer> digits = IntStream.range(0, groups.size()).filter(i -> isDigits(groups.get(i))).boxed().toList();
        if (groups.size() > 1 && whole >= 0) {
            groups.set(whole, YEAR);
        } else if (groups.size() > 1 && !digits.isEmpty()) {
            // of two digits it is the year only where it stands last or first among the figures
            Stream.of(digits.get(digits.size() - 1), digits.get(0))
                    .filter(i -> groups.get(i).equals(String.valueOf(year % 100)) && year > 0).findFirst()
                    .ifPresent(i -> groups.set(i, YEAR));
        }
        return groups;
    }
}
