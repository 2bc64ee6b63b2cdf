package dev.sverka.flows.matching;

import dev.sverka.flows.matching.Purpose.Kind;
import dev.sverka.flows.matching.Token.Type;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What may stand beside what in a purpose, told by the places of tokens; 0 stands for nowhere. */
final class Grammar {

    private static final int MOST_BETWEEN = 7;
    private static final Set<String> RANGE = Set.of("-", "по", "до");
    private static final Set<String> MORE = Set.of(",", ";", "и", "&", "+", "также", "а", "/");
    /** What may stand between a number and its sum. */
    private static final Set<String> TOWARDS_SUM = Set.of("на", "сумма", "сумму", "в", "размере", "сумме", "частично",
            "часть", "аванс", "предоплата", "доплата", "остаток", "оплата");
    /** Sizes, sheets of paper, square and cubic metres. */
    private static final Pattern SIZE = Pattern.compile("\\d{1,4}[хx*]\\d{1,4}(?:[хx*]\\d{1,4})?|[аa][0-6]|[мm][23]|\\d[dд]");
    /** Roubles and kopecks as accountants write them. */
    private static final Pattern MONEY = Pattern.compile("\\d{1,9}[-=]\\d{2}");

    /** Noughts, and what is a sum rather than a number. */
    private static final Pattern NONE = Pattern.compile("0+|\\d{1,3}\\.\\d{1,2}");

    private final String text;
    private final List<Token> tokens;
    private final PurposeWords words;
    private final Token nothing;

    /** @param text the folded text that the tokens are of */
    Grammar(String text, List<Token> tokens, PurposeWords words) {
        this.text = text;
        this.words = words;
        this.tokens = tokens;
        this.nothing = new Token(Type.MARK, "", text.length(), text.length(), null, true);
    }

    Token at(int i) {
        return i >= 0 && i < tokens.size() ? tokens.get(i) : nothing;
    }

    /** What may stand between the name of a document and its number. */
    boolean isFiller(Token word) {
        return Words.FILLERS.contains(word.text()) || words.has(PurposeWords.Word.BETWEEN, word.text());
    }

    /** What makes the figure before it a quantity. */
    boolean isUnit(Token word) {
        return Words.UNITS.contains(word.text()) || words.has(PurposeWords.Word.UNITS, word.text());
    }

    /** What makes the figure behind it a part of a name. */
    private boolean isNaming(Token word) {
        return Words.NAMING.contains(word.text()) || words.has(PurposeWords.Word.NAMES, word.text());
    }

    /** «Счёт за услуги связи № 12»: a sign soon behind the name, before anything else of its kind. */
    int signedNumber(int from) {
        for (int i = from; i < from + MOST_BETWEEN; i++) {
            if (at(i).is(Type.SIGN)) {
                return i;
            }
            if (!at(i).is(Type.WORD) && !at(i).is(Type.DATE) && !at(i).is(Type.PERIOD) || Words.ANOTHER_CLAUSE.contains(at(i).text())) {
                return 0;
            }
        }
        return 0;
    }

    /** «№ МК 10»: letters of a number that stand apart. @return where the number ends; 0 where there is none */
    int prefixed(int i) {
        Token letters = at(i);
        boolean near = at(i + 1).is(Type.NUMBER) && Character.isDigit(at(i + 1).text().charAt(0));
        boolean name = at(i - 1).is(Type.SIGN) || at(i - 1).is(Type.MARKER);
        boolean from = letters.text().equals("с") && at(i + 2).text().equals("по");
        return near && name && !from && letters.text().length() <= 4
                && !Words.DATE_WORDS.contains(letters.text()) && (at(i - 1).is(Type.SIGN)
                        || !isFiller(letters) && !isNaming(letters)) ? i + 2
                        : 0;
    }

    /** Where the next number of a list begins; 0 where the list ends. */
    int another(Kind kind, int i) {
        int next = i;
        while (at(next).is(Type.WORD) && MORE.contains(at(next).text())
                || at(next).is(Type.MARK) && MORE.contains(at(next).text())) {
            next++;
        }
        boolean separated = next > i;
        if (at(next).is(Type.MARKER) && separated && at(next).meaning() == kind) {
            return 0;
        }
        boolean signed = at(next).is(Type.SIGN);
        next += signed ? 1 : 0;
        next += separated ? shortened(next) : 0;
        int start = next;
        if (at(next).is(Type.WORD) && prefixed(next) > 0) {
            next++;
        }
        boolean quantity = isUnit(at(next + 1)) && !signed
                || MONEY.matcher(at(next).text()).matches() && isBeforeMarker(next + 1);
        return at(next).is(Type.NUMBER) && (separated || signed) && !quantity && at(i).from() < text.length() ? start
                : 0;
    }

    /** «1456, -57, ..61»: marks for what has been left out. @return how many */
    private int shortened(int from) {
        int next = from;
        while (at(next).is(Type.MARK, "-") || at(next).is(Type.MARK, ".")) {
            next++;
        }
        boolean number = at(next).is(Type.NUMBER) && next > from && at(next).from() == at(next - 1).to()
                && at(next).text().chars().allMatch(Character::isDigit);
        return number ? next - from : 0;
    }

    /** «124 450-00 - счёт 12»: what stands before a document is its sum. */
    private boolean isBeforeMarker(int i) {
        int next = i;
        while (at(next).is(Type.MARK, "-") || at(next).is(Type.MARK, ":") || at(next).is(Type.WORD)
                && Set.of("по", "за", "на").contains(at(next).text())) {
            next++;
        }
        return at(next).is(Type.MARKER) && at(next).meaning() == Kind.INVOICE;
    }

    /** «14–16», «с 14 по № 16»: the place of the last number; 0 where there is no range. */
    int range(int i) {
        int next = i;
        while (at(next).is(Type.MARK, ".")) {
            next++;
        }
        boolean dots = next > i + 1;
        if (!dots && RANGE.contains(at(next).text())) {
            next++;
        } else if (!dots) {
            return 0;
        }
        next += at(next).is(Type.MARKER) ? 1 : 0;
        next += at(next).is(Type.SIGN) ? 1 : 0;
        return at(next).is(Type.NUMBER) ? next : 0;
    }

    /** The date right behind a number: «от 5.3.2026», «(5.3.2026)», with «от» misspelt too. */
    int date(int i) {
        int next = i;
        while (at(next).is(Type.MARK) && ",(./".contains(at(next).text()) && !at(next).text().isEmpty() && next < i
                + 2) {
            next++;
        }
        if (at(next).is(Type.WORD) && at(next).text().length() <= 5 && !at(next).text().equals("за")
                && (at(next).text().length() <= 3 || Words.DATE_WORDS.contains(at(next).text()))) {
            next++;
        }
        next += at(next).is(Type.MARK, ".") ? 1 : 0;
        return at(next).is(Type.DATE) ? next : 0;
    }

    /** The sum that the text gives for the number before it. */
    int sum(int i) {
        int next = i;
        boolean opened = false;
        while (at(next).is(Type.MARK) && "-:=(,".contains(at(next).text()) && !at(next).text().isEmpty() && next < i
                + 2) {
            opened |= !at(next).text().equals(",");
            next++;
        }
        while (at(next).is(Type.WORD) && TOWARDS_SUM.contains(at(next).text())) {
            opened = true;
            next++;
        }
        boolean sum = at(next).is(Type.SUM) && (opened || next == i);
        boolean figure = opened && at(next).is(Type.NUMBER) && MONEY.matcher(at(next).text()).matches();
        return sum || figure ? next : 0;
    }

    static long money(Token token) {
        return token.is(Type.SUM) ? token.<Long>value()
                : Lexer.hundredths(token.text().substring(0, token.text().length() - 3),
                        token.text().substring(token.text().length() - 2));
    }

    /** Whether a token is roubles and kopecks as accountants write them. */
    static boolean isMoney(Token token) {
        return token.is(Type.NUMBER) && MONEY.matcher(token.text()).matches();
    }

    /** Whether a number is a quantity, a part of a name or a sum, by what stands beside it. */
    boolean isQuantity(int i) {
        Token token = at(i);
        boolean quantity = isUnit(at(i + 1)) || SIZE.matcher(token.text()).matches()
                || at(i - 1).is(Type.MARK, ",") && SIZE.matcher(at(i - 2).text()).matches() && token.text().length() < 3
                || at(i - 1).is(Type.WORD, "из") && at(i - 2).is(Type.NUMBER) && token.text().length() < 3;
        boolean signed = at(i - 1).is(Type.SIGN) || at(i - 1).is(Type.MARK) && ".-№#".contains(at(i - 1).text());
        int naming = signed ? i - 2 : i - 1;
        boolean named = at(naming).is(Type.WORD) && isNaming(at(naming));
        boolean sum = isMoney(token) && Words.SUM_WORDS.matcher(text).region(0, token.from()).find();
        return quantity || named || sum || NONE.matcher(token.text()).matches();
    }
}
