package dev.sverka.flows.matching;

import java.util.ArrayList;
import java.util.List;

/** Hostile text made comparable: letter case, ё, look-alike letters, kinds of spaces, dashes, quotes do not matter. */
final class Letters {

    private static final String LATIN = "aceopxykmtbh";
    private static final String CYRILLIC = "асеорхукмтвн";

    private Letters() {
    }

    /**
     * The text letter by letter, so that places in it are places in the original. Latin letters become the Cyrillic
     * ones they look like within words that are Cyrillic otherwise, or that could be.
     */
    static String fold(String raw) {
        StringBuilder text = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            text.append(plain(raw.charAt(i)));
        }
        for (int from = 0; from < text.length();) {
            int to = from;
            while (to < text.length() && Character.isLetter(text.charAt(to))) {
                to++;
            }
            foldWord(text, from, to);
            from = to + 1;
        }
        return text.toString();
    }

    private static char plain(char letter) {
        if (letter >= 'а' && letter <= 'я') {
            return letter;
        }
        if (Character.isWhitespace(letter) || Character.isSpaceChar(letter)) {
            return ' ';
        }
        return switch (letter) {
            case 'ё', 'Ё' -> 'е';
            case '‐', '‑', '‒', '–', '—', '−' -> '-';
            case '«', '»', '“', '”', '„', '\'' -> '"';
            default -> Character.toLowerCase(letter);
        };
    }

    private static void foldWord(StringBuilder text, int from, int to) {
        boolean cyrillic = false;
        boolean foreign = false;
        for (int i = from; i < to; i++) {
            cyrillic |= text.charAt(i) >= '\u0400' && text.charAt(i) <= '\u04ff';
            foreign |= text.charAt(i) < 128 && LATIN.indexOf(text.charAt(i)) < 0;
        }
        for (int i = from; i < to && (cyrillic || !foreign); i++) {
            int at = LATIN.indexOf(text.charAt(i));
            text.setCharAt(i, at < 0 ? text.charAt(i) : CYRILLIC.charAt(at));
        }
    }

    /** The words and numbers of a text, folded. */
    static List<String> words(String raw) {
        List<String> words = new ArrayList<>();
        String text = fold(raw);
        int from = 0;
        for (int i = 0; i < text.length();) {
            int letter = text.codePointAt(i);
            int next = i + Character.charCount(letter);
            if (!Character.isLetter(letter) && (letter < '0' || letter > '9')) {
                if (i > from) {
                    words.add(text.substring(from, i));
                }
                from = next;
            }
            i = next;
        }
        if (text.length() > from) {
            words.add(text.substring(from));
        }
        return words;
    }

    /** Whether words that begin like those of a phrase stand one after another. */
    static boolean holds(List<String> words, List<String> phrase) {
        for (int at = 0; at + phrase.size() <= words.size(); at++) {
            int same = 0;
            while (same < phrase.size() && words.get(at + same).startsWith(phrase.get(same))) {
                same++;
            }
            if (same == phrase.size()) {
                return true;
            }
        }
        return false;
    }

    /** Whether one letter was changed, lost, doubled or added, or two neighbours stand the other way round. */
    static boolean isOneStep(String one, String other) {
        int shorter = Math.min(one.length(), other.length());
        int from = 0;
        while (from < shorter && one.charAt(from) == other.charAt(from)) {
            from++;
        }
        String left = one.substring(from);
        String right = other.substring(from);
        if (Math.abs(left.length() - right.length()) > 1 || left.equals(right)) {
            return false;
        }
        if (left.length() != right.length()) {
            return left.length() > right.length() ? left.substring(1).equals(right) : right.substring(1).equals(left);
        }
        return left.substring(1).equals(right.substring(1))
                || left.length() > 1 && left.charAt(0) == right.charAt(1) && left.charAt(1) == right.charAt(0)
                        && left.substring(2).equals(right.substring(2));
    }
}
