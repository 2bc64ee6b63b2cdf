package dev.sverka.flows.matching;

import dev.sverka.flows.matching.Purpose.Kind;
import dev.sverka.flows.matching.Token.Type;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a purpose into tokens, from left to right, at each place the most telling first: requisites, VAT, dates, months,
 * sums, per cents, names of documents, numbers, words. Words that ran together with a document's name come apart.
 */
final class Lexer {

    private static final Pattern NO_DIGITS = Pattern.compile("\\D");
    private static final Token NOTHING = new Token(Type.MARK, "", 0, 0, null, true);

    private final CharSequence text;
    private final PurposeWords words;
    private final Figured figured;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    /** The letter at the place, and whether a word begins there: most patterns need not be tried. */
    private char first;
    private boolean begins;
    private @Nullable Boolean saysSum;

    private Lexer(CharSequence folded, PurposeWords words) {
        this.text = folded;
        this.words = words;
        this.figured = new Figured(folded);
    }

    /** @param folded by {@link Letters#fold}, with single spaces */
    static List<Token> tokens(CharSequence folded, PurposeWords words) {
        Lexer lexer = new Lexer(folded, words);
        while (lexer.at < folded.length()) {
            lexer.next();
        }
        return List.copyOf(lexer.tokens);
    }

    private void next() {
        char here = text.charAt(at);
        first = here;
        begins = at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
        boolean digit = Character.isDigit(here);
        boolean letter = Character.isLetter(here);
        if (here == ' ') {
            at++;
        } else if (!(noise() || (digit || letter) && (vat() || period() || date())
                || digit && (sum() || percent()) || !digit && sign() || letter && word() || number())) {
            add(Type.MARK, at + 1, null);
        }
    }

    private boolean add(Type type, int to, @Nullable Object meaning) {
        boolean spaced = at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
        tokens.add(new Token(type, text.subSequence(at, to).toString(), at, to, meaning, spaced));
        at = to;
        return true;
    }

    private boolean startsWithOneOf(String letters) {
        return letters.indexOf(first) >= 0;
    }

    private @Nullable Matcher here(Sieve pattern) {
        return pattern.at(text, at);
    }

    private Token last(int back) {
        return tokens.size() < back ? NOTHING : tokens.get(tokens.size() - back);
    }

    private boolean noise() {
        Matcher inn = begins && first == 'и' ? here(Words.INN) : null;
        if (inn != null) {
            return add(Type.INN, inn.end(), inn.group(1));
        }
        int added = words.end(PurposeWords.Phrase.NOISE, text, at);
        if (added > 0) {
            return add(Type.NOISE, added, null);
        }
        boolean dated = Words.DATE_WORDS.contains(last(1).text()) || tokens.isEmpty();
        Matcher day = dated && Character.isDigit(first) ? here(Words.DAY_ALONE) : null;
        if (day != null) {
            return add(Type.NOISE, day.end(), null);
        }
        boolean likely = startsWithOneOf("/(*") || first == '{' && figured.isClosed(at) || begins && figured.mayBeAccount(at)
                || (begins || first == '"') && startsWithOneOf(Words.REQUISITES_BEGIN) || at == 0;
        Matcher found = likely ? here(Words.REQUISITES) : null;
        return found != null && add(Type.NOISE, found.end(), null);
    }

    /** «В т.ч. НДС (22%) 16 500-00», «НДС не облагается», «без налога (НДС)»: the word and what belongs to it. */
    private boolean vat() {
        Matcher found = begins && startsWithOneOf(Words.VAT_BEGIN) ? here(Words.VAT) : null;
        if (found == null) {
            return false;
        }
        int to = found.end();
        boolean summed = false;
        boolean none = found.group().contains("без") || found.group().contains("не обл");
        for (Matcher more = Words.VAT_MORE.matcher(text).region(to, text.length()).useTransparentBounds(true);
                more.lookingAt() && !(summed && more.group("sum") != null); more.region(to, text.length())) {
            summed |= more.group("sum") != null;
            to = more.end();
        }
        Matcher figure = none || summed ? null : Words.VAT_FIGURE.at(text, to);
        return add(Type.NOISE, figure == null ? to : figure.end(), null);
    }

    private boolean date() {
        Matcher found = figured.mayBeDate(at) ? here(Words.DATE) : null;
        boolean introduced = Words.DATE_WORDS.contains(last(1).text()) || last(1).is(Type.NUMBER);
        if (found == null || found.group("loose") != null && !introduced) {
            return false;
        }
        try {
            LocalDate day = day(found);
            if (day.getYear() < 2000 || day.getYear() > 2099) {
                return false;
            }
            Matcher year = Words.YEAR_WORD.at(text, found.end());
            return add(Type.DATE, year == null ? found.end() : year.end(), day);
        } catch (DateTimeException noDay) {
            return false;
        }
    }

    private static LocalDate day(Matcher found) {
        for (String kind : new String[] {"", "s", "l", "w"}) {
            if (found.group("d" + kind) != null) {
                int year = number(found, "y" + kind);
                int month = kind.equals("w") ? month(found.group("mw")) : number(found, "m" + kind);
                return LocalDate.of(year < 100 ? 2000 + year : year, month, number(found, "d" + kind));
            }
        }
        return LocalDate.of(number(found, "yi"), number(found, "mi"), number(found, "di"));
    }

    private static int number(Matcher found, String group) {
        return Integer.parseInt(found.group(group));
    }

    private static int month(String word) {
        for (int month = 1; month <= 12; month++) {
            if (Words.MONTH_WORDS.get(month - 1).matcher(word).lookingAt()) {
                return month;
            }
        }
        throw new DateTimeException(word);
    }

    /** Months with their year, or {@code List.of()} where the year or the month is not told. */
    private boolean period() {
        boolean digit = Character.isDigit(first);
        Matcher days = digit || first == 'с' ? here(Words.PERIOD_DAYS) : null;
        if (days != null) {
            boolean month = days.group("m").equals(days.group("n")) && (days.group("y") == null || days.group("y").equals(days.group("z")))
                    && Integer.parseInt(days.group("m")) >= 1 && Integer.parseInt(days.group("m")) <= 12;
            return add(Type.PERIOD, days.end(), month ? List.of(YearMonth.of(number(days, "z"), number(days, "m")))
                    : List.<YearMonth>of());
        }
        Matcher figures = digit && Words.PERIOD_WORDS.contains(last(1).text()) ? here(Words.PERIOD_FIGURES) : null;
        if (figures != null) {
            String iso = figures.group("yi") == null ? "" : "i";
            return add(Type.PERIOD, figures.end(), List.of(YearMonth.of(number(figures, "y" + iso),
                    number(figures, "m" + iso))));
        }
        Matcher quarter = begins && startsWithOneOf("1234i") ? here(Words.QUARTER) : null;
        if (quarter != null) {
            return add(Type.PERIOD, quarter.end(), List.of());
        }
        Matcher found = begins && startsWithOneOf(Words.MONTHS_BEGIN) ? here(Words.PERIOD) : null;
        if (found == null) {
            return false;
        }
        List<YearMonth> months = new ArrayList<>();
        String year = found.group("y");
        if (year != null && !found.group("months").contains("-")) {
            int full = Integer.parseInt(year) + (year.length() == 2 ? 2000 : 0);
            Matcher one = Words.ONE_MONTH.matcher(found.group("months"));
            while (one.find()) {
                months.add(YearMonth.of(full, month(one.group())));
            }
        }
        return add(Type.PERIOD, found.end(), List.copyOf(months));
    }

    /** Whether a word that makes a figure behind it a sum stands anywhere. */
    private boolean saysSum() {
        if (saysSum == null) {
            saysSum = Words.SUM_WORD.in(text) != null;
        }
        return saysSum;
    }

    private boolean sum() {
        int word = at - 1;
        while (word >= Math.max(0, at - 3) && " :=-".indexOf(text.charAt(word)) >= 0) {
            word--;
        }
        boolean introduced = word >= 0 && Character.isLetter(text.charAt(word)) && saysSum() && Words.SUM_WORDS.matcher(text)
                .region(Math.max(0, at - 16), at).useTransparentBounds(true).find();
        Matcher found = introduced ? here(Words.SUM_INTRODUCED) : figured.mayBeSum(at) ? here(Words.SUM) : null;
        if (found == null || last(1).is(Type.SIGN) && Words.DOTTED.matcher(found.group()).matches()) {
            return false;
        }
        String kopecks = found.group("k2") != null ? found.group("k2") : found.group("k");
        return add(Type.SUM, found.end(), hundredths(found.group("r"), kopecks));
    }

    static long hundredths(String whole, @Nullable String kopecks) {
        return Long.parseLong(NO_DIGITS.matcher(whole).replaceAll("")) * 100 + (kopecks == null ? 0 : Long.parseLong(kopecks));
    }

    private boolean percent() {
        Matcher found = figured.mayBePercent(at) ? here(Words.PERCENT) : null;
        return found != null
                && add(Type.PERCENT, found.end(), new BigDecimal(found.group(1).replace(',', '.')));
    }

    private boolean sign() {
        Matcher found = startsWithOneOf("№#nн") ? here(Words.SIGN) : null;
        return found != null && add(Type.SIGN, found.end(), null);
    }

    /** A run of letters, unless a number begins with it. */
    private boolean word() {
        int goods = words.end(PurposeWords.Phrase.GOODS, text, at);
        if (goods > 0) {
            return add(Type.WORD, goods, null);
        }
        PurposeWords.Named added = words.document(text, at);
        if (added != null) {
            return add(Type.MARKER, added.end(), added.kind());
        }
        // a word that ran together with what stands before has been cut off already
        Matcher marker = startsWithOneOf(Words.MARKERS_BEGIN) ? Words.MARKER.cut(text, at) : null;
        if (marker != null && !isPrefix(marker)) {
            return add(Type.MARKER, marker.end(), Words.kindOf(marker));
        }
        Matcher glued = begins && startsWithOneOf("псоозвн") ? here(Words.GLUED_START) : null;
        if (glued == null && mayBeNumber() && here(Words.NUMBER) != null) {
            return false;
        }
        int to = glued == null ? at : glued.end();
        while (glued == null && to < text.length() && Character.isLetter(text.charAt(to))) {
            to++;
        }
        Kind spelt = glued == null && Words.isBeforeNumber(text, to) ? Words.misspelt(text.subSequence(at, to).toString()) : null;
        return add(spelt == null ? Type.WORD : Type.MARKER, to, spelt);
    }

    /** Whether letters run into a figure, or into a sign that figures may follow. */
    private boolean mayBeNumber() {
        int to = at;
        while (to < text.length() && to < at + 7 && Character.isLetter(text.charAt(to))) {
            to++;
        }
        return to < text.length() && (Character.isDigit(text.charAt(to)) || "-/\\_|$".indexOf(text.charAt(to)) >= 0);
    }

    /** «№ СЧ-12»: what looks like a document's name may be the letters of a number. */
    private boolean isPrefix(Matcher marker) {
        return (last(1).is(Type.SIGN) || last(1).is(Type.MARKER)) && marker.end() < text.length()
                && "-/".indexOf(text.charAt(marker.end())) >= 0 && marker.end() + 1 < text.length()
                && Character.isDigit(text.charAt(marker.end() + 1));
    }

    private boolean number() {
        Matcher found = here(Words.NUMBER);
        if (found == null) {
            return false;
        }
        Matcher glued = figured.hasLetters(at, found.end()) ? Words.GLUED_END.in(text, at, found.end()) : null;
        int to = glued == null ? found.end() : glued.start();
        return to > at && add(Type.NUMBER, to, null);
    }
}
