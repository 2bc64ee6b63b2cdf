package dev.sverka.flows.payments;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes texts apart into the words that they are found by. Numbers such as {@code С-17/2} are one word and their parts. */
final class Words {

    /** Between what is written together. A comma between digits is a part of a sum. */
    private static final Pattern GAP = Pattern.compile("[\\s\\u00a0\\u202f№#\"«»();:=]+|,(?!\\d)");
    private static final Pattern PIECE = Pattern.compile("[\\p{L}\\p{Nd}]+");
    /** Shorter ones are looked for whole: too much begins with them. */
    private static final int BEGINNING = 3;
    private static final int LONGEST = 40;

    private Words() {
    }

    /** What a person looks for. @param beginning whether a word that begins so will do */
    record Term(String word, boolean beginning) {

        boolean fits(Set<String> words) {
            return beginning ? words.stream().anyMatch(one -> one.startsWith(word)) : words.contains(word);
        }
    }

    /** All words of texts, small letters, ё as е. */
    static Set<String> of(@Nullable String... texts) {
        Set<String> words = new TreeSet<>();
        for (String text : texts) {
            for (String chunk : chunks(text)) {
                List<String> pieces = pieces(chunk);
                pieces.forEach(piece -> words.add(cut(piece)));
                if (pieces.size() > 1 && isNumber(chunk)) {
                    words.add(cut(String.join("", pieces)));
                }
            }
        }
        return words;
    }

    /** What is looked for; all of it has to be found, in any order. */
    static List<Term> asked(String text) {
        List<Term> terms = new ArrayList<>();
        for (String chunk : chunks(text)) {
            List<String> pieces = pieces(chunk);
            (pieces.size() > 1 && isNumber(chunk) ? List.of(String.join("", pieces)) : pieces).stream().map(Words::cut)
                    .forEach(word -> terms.add(new Term(word, word.length() >= BEGINNING)));
        }
        return terms.stream().distinct().toList();
    }

    private static String[] chunks(@Nullable String text) {
        return text == null ? new String[0] : GAP.split(text.toLowerCase(Locale.ROOT).replace('ё', 'е'));
    }

    private static List<String> pieces(String chunk) {
        return PIECE.matcher(chunk).results().map(MatchResult::group).toList();
    }

    private static boolean isNumber(String chunk) {
        return chunk.chars().anyMatch(Character::isDigit);
    }

    private static String cut(String word) {
        return word.length() <= LONGEST ? word : word.substring(0, LONGEST);
    }
}
