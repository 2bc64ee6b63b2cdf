package dev.sverka.flows.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A pattern that is tried only where the two letters that stand there may begin it: most places of a purpose begin
 * nothing. Which two may is asked of the pattern itself, once for each pair: it cannot begin with two letters that it
 * refuses without having looked behind them. Not for patterns that must see something before the place where they begin.
 */
final class Sieve {

    /** Latin and Cyrillic letters, figures and signs have a place each; anything else is always tried. */
    private static final int PLACES = 512;
    private static final byte NO = 1;
    private static final byte YES = 2;

    private static final byte[] NOTHING = new byte[PLACES];

    static {
        Arrays.fill(NOTHING, NO);
    }

    private final Pattern pattern;
    /** What a place has to stand behind for the pattern to begin there. */
    private final String before;
    /** For each pair what is known; threads may work out the same twice. */
    private final byte[][] pairs = new byte[PLACES][];

    private Sieve(Pattern pattern, String before) {
        this.pattern = pattern;
        this.before = before;
    }

    static Sieve of(String regex) {
        return of(Pattern.compile(regex));
    }

    static Sieve of(Pattern pattern) {
        return new Sieve(pattern, "");
    }

    /** Of a pattern that stands behind a letter or figure, and may stand behind any figure. */
    static Sieve behindFigures(String regex) {
        return new Sieve(Pattern.compile(regex), "0");
    }

    /** The pattern at a place; null where it does not stand there. */
    @Nullable Matcher at(CharSequence text, int at) {
        return at(text, at, true);
    }

    /** The same as if nothing stood before the place. */
    @Nullable Matcher cut(CharSequence text, int at) {
        return at(text, at, false);
    }

    private @Nullable Matcher at(CharSequence text, int at, boolean transparent) {
        if (at >= text.length() || !mayBegin(text, at)) {
            return null;
        }
        Matcher found = pattern.matcher(text).region(at, text.length()).useTransparentBounds(transparent);
        return found.lookingAt() ? found : null;
    }

    /** Whether the pattern describes a text from its beginning to its end. */
    boolean isAll(String text) {
        return pattern.matcher(text).matches();
    }

    /** The first place where the pattern stands; null where there is none. */
    @Nullable Matcher in(CharSequence text) {
        return in(text, 0, text.length());
    }

    /** The first place from one up to another where the pattern stands and ends. */
    @Nullable Matcher in(CharSequence text, int from, int to) {
        Matcher found = null;
        for (int i = from; i < to; i++) {
            if (mayBegin(text, i)) {
                found = found == null ? pattern.matcher(text).useTransparentBounds(true).useAnchoringBounds(false)
                        : found;
                if (found.region(i, to).lookingAt()) {
                    return found;
                }
            }
        }
        return null;
    }

    /** All places where the pattern stands, one behind another. */
    List<MatchResult> all(CharSequence text) {
        List<MatchResult> all = new ArrayList<>();
        for (Matcher found = in(text); found != null; found = in(text, found.end(), text.length())) {
            all.add(found.toMatchResult());
        }
        return all;
    }

    /** The text with a space in place of all that the pattern describes. */
    String without(String text) {
        Matcher found = in(text);
        if (found == null) {
            return text;
        }
        StringBuilder left = new StringBuilder(text.length());
        int from = 0;
        for (; found != null; found = in(text, from, text.length())) {
            left.append(text, from, found.start()).append(' ');
            from = found.end();
        }
        return left.append(text, from, text.length()).toString();
    }

    private boolean mayBegin(CharSequence text, int at) {
        char first = text.charAt(at);
        int row = place(first);
        if (row < 0 || at + 1 >= text.length()) {
            return true;
        }
        char second = text.charAt(at + 1);
        int column = place(second);
        if (column < 0) {
            return true;
        }
        byte[] known = pairs[row];
        if (known == null) {
            known = learned(String.valueOf(first)) == NO ? NOTHING : new byte[PLACES];
            pairs[row] = known;
        }
        if (known[column] == 0) {
            known[column] = learned(String.valueOf(new char[] {first, second}));
        }
        return known[column] == YES;
    }

    private static int place(char letter) {
        return letter < 0x100 ? letter : letter >= 0x400 && letter < 0x500 ? letter - 0x300 : -1;
    }

    private byte learned(String first) {
        Matcher begun = pattern.matcher(before + first).region(before.length(), before.length() + first.length())
                .useTransparentBounds(true);
        return begun.lookingAt() || begun.hitEnd() ? YES : NO;
    }
}
