package dev.sverka.flows.matching;

import dev.sverka.flows.matching.Matcher.Span;
import dev.sverka.flows.matching.Purpose.Kind;
import dev.sverka.flows.matching.Purpose.Reference;
import dev.sverka.flows.matching.Token.Type;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Gives the tokens of a purpose their part: each number belongs to the document named before it, with its date and sum;
 * a list goes on behind separators. Numbers that belong to nothing are kept: they may speak against a decision.
 */
final class PurposeReader {

    private static final int LONGEST = 150;
    private static final int MOST_BETWEEN = 7;
    private static final Set<String> RANGE = Set.of("-", "по", "до");
    private static final Set<String> MORE = Set.of(",", ";", "и", "&", "+", "также", "а", "/");

    /** Roubles and kopecks as accountants write them. */
    private static final Pattern MONEY = Pattern.compile("\\d{1,9}[-=]\\d{2}");

    /** As written. */
    private final String original;
    /** For each letter of the squeezed text its place in the original. */
    private final int[] places;
    private final String raw;
    private final List<Token> tokens;
    private final Set<Token> used = new HashSet<>();
    private final List<Reference> references = new ArrayList<>();
    private final List<String> figures = new ArrayList<>();
    private boolean several;
    private boolean odd;
    private boolean ambiguous;
    private boolean cut;

    private PurposeReader(String original) {
        this.original = original;
        this.places = IntStream.range(0, original.length())
                .filter(i -> !isSpace(original, i) || i > 0 && !isSpace(original, i - 1)).toArray();
        StringBuilder squeezed = new StringBuilder();
        IntStream.of(places).forEach(i -> squeezed.append(original.charAt(i)));
        this.raw = squeezed.toString();
        this.tokens = Lexer.tokens(Letters.fold(raw));
    }

    private static boolean isSpace(String text, int i) {
        return Character.isWhitespace(text.charAt(i)) || Character.isSpaceChar(text.charAt(i));
    }

    static PurposeReader read(String original) {
        PurposeReader reader = new PurposeReader(original);
        for (int i = 0; i < reader.tokens.size();) {
            i = reader.tokens.get(i).is(Type.MARKER) ? reader.document(i) : i + 1;
        }
        reader.sumsBefore();
        reader.leftovers();
        boolean open = reader.references.isEmpty() || reader.raw.length() >= LONGEST;
        reader.cut |= (open ? Words.UNFINISHED : Words.BROKEN_OFF).matcher(Letters.fold(reader.raw)).find();
        return reader;
    }

    private Token at(int i) {
        return i >= 0 && i < tokens.size() ? tokens.get(i) : new Token(Type.MARK, "", raw.length(), raw.length(), null, true);
    }

    /** A document's name and all that belongs to it. @return where reading goes on */
    private int document(int marker) {
        Kind kind = at(marker).value();
        boolean plural = kind == Kind.INVOICE && Words.PLURAL.matcher(at(marker).text()).matches();
        several |= plural;
        ambiguous |= (at(marker + 1).is(Type.MARK, "/") || at(marker + 1).is(Type.WORD, "или"))
                && at(marker + 2).is(Type.MARKER);
        int i = marker + 1;
        LocalDate before = null;
        boolean range = false;
        int signed = signedNumber(i);
        for (; i <= marker + MOST_BETWEEN; i++) {
            Token token = at(i);
            if (token.is(Type.NUMBER)) {
                return numbers(kind, i, before, plural || range);
            }
            if (token.is(Type.DATE) && before == null) {
                before = token.value();
            } else if (token.is(Type.WORD)) {
                int joined = prefixed(i);
                if (joined > 0) {
                    return numbers(kind, i, before, plural || range);
                }
                range |= token.text().equals("с");
                if (!Words.FILLERS.contains(token.text()) && !Words.DATE_WORDS.contains(token.text()) && i > signed) {
                    break;
                }
            } else if (token.is(Type.SIGN)) {
                plural |= token.text().startsWith("№№") && kind == Kind.INVOICE;
                several |= plural;
            } else if (!token.is(Type.MARK) || token.text().isEmpty() || ";,".contains(token.text())) {
                break;
            }
        }
        return dateAlone(kind, marker, before);
    }

    /** «Счёт за услуги связи № 12»: a sign soon behind the name, before anything else of its kind. */
    private int signedNumber(int from) {
        for (int i = from; i < from + MOST_BETWEEN; i++) {
            if (at(i).is(Type.SIGN)) {
                return i;
            }
            if (!at(i).is(Type.WORD) && !at(i).is(Type.DATE) || Words.ANOTHER_CLAUSE.contains(at(i).text())) {
                return 0;
            }
        }
        return 0;
    }

    /** «№ МК 10»: letters of a number that stand apart. @return where the number ends; 0 where there is none */
    private int prefixed(int i) {
        Token letters = at(i);
        boolean near = at(i + 1).is(Type.NUMBER) && Character.isDigit(at(i + 1).text().charAt(0));
        boolean name = at(i - 1).is(Type.SIGN) || at(i - 1).is(Type.MARKER);
        boolean from = letters.text().equals("с") && at(i + 2).text().equals("по");
        return near && name && !from && letters.text().length() <= 4
                && !Words.DATE_WORDS.contains(letters.text()) && (at(i - 1).is(Type.SIGN)
                        || !Words.FILLERS.contains(letters.text()) && !Words.NAMING.contains(letters.text())) ? i + 2 : 0;
    }

    /** «Оплата счёта от 05.03.2026», «по выставленному 05.03.2026 счёту»: no number, but a date of its own. */
    private int dateAlone(Kind kind, int marker, @Nullable LocalDate behind) {
        LocalDate day = behind;
        int taken = marker + 1;
        for (int i = marker + 1; behind != null && i <= marker + MOST_BETWEEN; i++) {
            if (at(i).is(Type.DATE)) {
                used.add(at(i));
                taken = i + 1;
                break;
            }
        }
        if (day == null && kind == Kind.INVOICE && at(marker - 1).is(Type.DATE) && !used.contains(at(marker - 1))) {
            day = at(marker - 1).value();
            used.add(at(marker - 1));
        }
        if (day != null && kind == Kind.INVOICE) {
            references.add(new Reference(kind, null, null, day, null, span(kind, at(marker).from(), at(taken - 1).to())));
        }
        return taken;
    }

    private int numbers(Kind kind, int from, @Nullable LocalDate before, boolean several) {
        int i = number(kind, from, before, several);
        for (int next = another(kind, i); next > 0; next = another(kind, i)) {
            i = number(kind, next, null, several);
        }
        return i;
    }

    /** Where the next number of a list begins; 0 where the list ends. */
    private int another(Kind kind, int i) {
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
        int start = next;
        if (at(next).is(Type.WORD) && prefixed(next) > 0) {
            next++;
        }
        boolean quantity = Words.UNITS.contains(at(next + 1).text()) && !signed
                || MONEY.matcher(at(next).text()).matches() && isBeforeMarker(next + 1);
        return at(next).is(Type.NUMBER) && (separated || signed) && !quantity && at(i).from() < raw.length() ? start : 0;
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

    private int number(Kind kind, int from, @Nullable LocalDate before, boolean several) {
        int i = from;
        int start = at(from).from();
        int end;
        do {
            used.add(at(i));
            end = at(i).to();
            i++;
            int slash = at(i).is(Type.MARK) && "/\\-".contains(at(i).text()) && at(i + 1).is(Type.NUMBER)
                    && (!at(i).text().equals("-") || !several) ? 1 : 0;
            boolean dash = slash == 1 && at(i).text().equals("-") && at(i).from() > end;
            if (dash || !at(i + slash).is(Type.NUMBER) || Words.UNITS.contains(at(i + slash + 1).text())) {
                break;
            }
            i += slash;
        } while (true);
        String last = null;
        int range = several ? range(i) : 0;
        if (range > 0) {
            last = raw.substring(at(range).from(), at(range).to());
            used.add(at(range));
            i = range + 1;
        }
        cut |= end == raw.length() && raw.length() >= LONGEST;
        boolean lone = at(i).is(Type.WORD) && at(i).text().length() == 1 && "ивскогау".indexOf(at(i).text()) < 0
                && !at(i + 1).is(Type.DATE) && !at(i + 1).is(Type.SUM);
        odd |= lone;
        LocalDate day = before;
        int dated = before == null ? date(i) : 0;
        if (dated > 0) {
            day = at(dated).value();
            used.add(at(dated));
            i = dated + 1;
        }
        int summed = sum(i);
        Long sum = summed > 0 ? money(at(summed)) : null;
        if (sum != null) {
            used.add(at(summed));
            i = summed + (at(summed + 1).is(Type.MARK, ")") ? 2 : 1);
        }
        references.add(new Reference(kind, raw.substring(start, end), last, day, sum, span(kind, start, end)));
        while (at(i).is(Type.MARK) && ").".contains(at(i).text()) && !at(i).text().isEmpty() && at(i).text().equals(")")) {
            i++;
        }
        return i;
    }

    /** «14–16», «с 14 по № 16»: the place of the last number; 0 where there is no range. */
    private int range(int i) {
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
    private int date(int i) {
        int next = i;
        while (at(next).is(Type.MARK) && ",(.".contains(at(next).text()) && !at(next).text().isEmpty() && next < i + 2) {
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
    private int sum(int i) {
        int next = i;
        boolean opened = false;
        while (at(next).is(Type.MARK) && "-:=(,".contains(at(next).text()) && !at(next).text().isEmpty() && next < i + 2) {
            opened |= !at(next).text().equals(",");
            next++;
        }
        while (at(next).is(Type.WORD) && Set.of("на", "сумма", "сумму", "в", "размере", "сумме").contains(at(next).text())) {
            opened = true;
            next++;
        }
        boolean sum = at(next).is(Type.SUM) && (opened || next == i);
        boolean figure = opened && at(next).is(Type.NUMBER) && MONEY.matcher(at(next).text()).matches();
        return sum || figure ? next : 0;
    }

    private static long money(Token token) {
        return token.is(Type.SUM) ? token.<Long>value()
                : Lexer.hundredths(token.text().replaceAll("[-=]\\d{2}$", ""), token.text().replaceAll("^.*[-=]", ""));
    }

    /** «206 480-51 - счёт 12, 124 450-00 - счёт 13»: sums before the documents, for each or for none. */
    private void sumsBefore() {
        List<Reference> given = references.stream().filter(one -> one.kind() == Kind.INVOICE && one.number() != null).toList();
        if (given.size() < 2 || given.stream().anyMatch(one -> one.last() != null)) {
            return;
        }
        List<Token> before = new ArrayList<>();
        for (Token token : tokens) {
            boolean figure = token.is(Type.NUMBER) && MONEY.matcher(token.text()).matches() && !used.contains(token);
            if (token.is(Type.SUM) || figure) {
                before.add(token);
            }
        }
        boolean eachBefore = before.size() >= given.size();
        for (int i = 0; eachBefore && i < given.size(); i++) {
            int number = squeezed(given.get(i));
            eachBefore = before.get(i).from() < number && (i == 0 || before.get(i).from() > squeezed(given.get(i - 1)));
        }
        if (eachBefore) {
            for (int i = 0; i < given.size(); i++) {
                Reference one = given.get(i);
                references.set(references.indexOf(one), new Reference(one.kind(), one.number(), one.last(), one.date(),
                        money(before.get(i)), one.span()));
                used.add(before.get(i));
            }
        }
    }

    private int squeezed(Reference reference) {
        return java.util.Arrays.binarySearch(places, reference.span().from());
    }

    /** Numbers that belong to no document and are no quantity, no part of a name, no code of the bank. */
    private void leftovers() {
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (!token.is(Type.NUMBER) || used.contains(token)) {
                continue;
            }
            boolean quantity = at(i + 1).is(Type.WORD) && Words.UNITS.contains(at(i + 1).text())
                    || at(i + 1).is(Type.MARKER) && Words.UNITS.contains(at(i + 1).text());
            int naming = at(i - 1).is(Type.MARK) && ".-№#".contains(at(i - 1).text()) || at(i - 1).is(Type.SIGN) ? i - 2 : i - 1;
            boolean named = at(naming).is(Type.WORD) && Words.NAMING.contains(at(naming).text());
            boolean sum = MONEY.matcher(token.text()).matches() && Words.SUM_WORDS.matcher(Letters.fold(raw))
                    .region(0, token.from()).find();
            if (!quantity && !named && !sum && !token.text().matches("0+|\\d{1,3}\\.\\d{1,2}")) {
                figures.add(raw.substring(token.from(), token.to()));
            }
        }
    }

    private Span span(Kind kind, int from, int to) {
        int end = places[to - 1] + 1;
        return new Span(kind.name().toLowerCase(Locale.ROOT), original.substring(places[from], end), places[from], end);
    }

    /** Whether something is written in a way that may mean two things. */
    boolean isOdd() {
        return odd;
    }

    /** Whether one number is called two documents: «дог./счёту 12». */
    boolean isAmbiguous() {
        return ambiguous;
    }

    /** Figures that were not understood. */
    List<String> figures() {
        return figures;
    }

    /** Whether the text speaks of invoices, not of an invoice. */
    boolean saysSeveral() {
        return several;
    }

    /** Whether a month is named without its year, or a quarter. */
    boolean isVague() {
        return tokens.stream().anyMatch(one -> one.is(Type.PERIOD) && one.<List<YearMonth>>value().isEmpty());
    }

    boolean isCut() {
        return cut;
    }

    Set<String> inns() {
        Set<String> inns = new LinkedHashSet<>();
        tokens.stream().filter(one -> one.is(Type.INN)).forEach(one -> inns.add(one.value()));
        return inns;
    }

    List<Reference> references() {
        return references;
    }

    List<BigDecimal> percents() {
        return tokens.stream().filter(one -> one.is(Type.PERCENT)).map(Token::<BigDecimal>value).toList();
    }

    List<YearMonth> periods() {
        return tokens.stream().filter(one -> one.is(Type.PERIOD)).flatMap(one -> one.<List<YearMonth>>value().stream())
                .toList();
    }

    /** Days that belong to no document. */
    List<LocalDate> strayDays() {
        return tokens.stream().filter(one -> one.is(Type.DATE) && !used.contains(one)).map(Token::<LocalDate>value).toList();
    }

    /** All days. */
    List<LocalDate> days() {
        return tokens.stream().filter(one -> one.is(Type.DATE)).map(Token::<LocalDate>value).toList();
    }

    /** Sums that belong to no document. */
    List<Long> sums() {
        return tokens.stream().filter(one -> one.is(Type.SUM) && !used.contains(one)).map(Token::<Long>value).toList();
    }
}
