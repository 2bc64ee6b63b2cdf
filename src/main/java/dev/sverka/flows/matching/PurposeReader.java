package dev.sverka.flows.matching;

import dev.sverka.flows.matching.Matcher.Span;
import dev.sverka.flows.matching.Purpose.Kind;
import dev.sverka.flows.matching.Purpose.Reference;
import dev.sverka.flows.matching.Token.Type;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives the tokens of a purpose their part: each number belongs to the document named before it, with its date and sum;
 * a list goes on behind separators. Numbers that belong to nothing are kept: they may speak against a decision.
 */
final class PurposeReader {

    private static final int LONGEST = 150;
    private static final int MOST_BETWEEN = 7;

    /** As written. */
    private final String original;
    /** For each letter of the squeezed text its place in the original. */
    private final int[] places;
    private final String raw;
    private final String plain;
    private final String folded;
    private final List<Token> tokens;
    private final Grammar grammar;
    private final Set<Token> used = new HashSet<>();
    private final List<Reference> references = new ArrayList<>();
    private final List<String> figures = new ArrayList<>();
    private boolean several;
    private boolean odd;
    private boolean ambiguous;
    private boolean cut;

    private PurposeReader(String original, PurposeWords words) {
        this.original = original;
        int[] kept = new int[original.length()];
        StringBuilder squeezed = new StringBuilder(original.length());
        boolean space = true;
        for (int i = 0; i < original.length(); i++) {
            boolean another = isSpace(original, i);
            if (!another || !space) {
                kept[squeezed.length()] = i;
                squeezed.append(original.charAt(i));
            }
            space = another;
        }
        this.places = Arrays.copyOf(kept, squeezed.length());
        this.raw = squeezed.toString();
        this.plain = Letters.fold(raw);
        String named = Words.withoutDigitsInNames(plain);
        // words that somebody has joined with underscores, not a number that has one
        this.folded = named.chars().filter(one -> one == '_').count() > 2 ? named.replace('_', ' ') : named;
        this.tokens = Lexer.tokens(folded, words);
        this.grammar = new Grammar(folded, tokens, words);
    }

    private static boolean isSpace(String text, int i) {
        return Character.isWhitespace(text.charAt(i)) || Character.isSpaceChar(text.charAt(i));
    }

    static PurposeReader read(String original, PurposeWords words) {
        PurposeReader reader = new PurposeReader(original, words);
        for (int i = 0; i < reader.tokens.size();) {
            i = reader.tokens.get(i).is(Type.MARKER) ? reader.document(i) : i + 1;
        }
        reader.sumsBefore();
        reader.leftovers();
        boolean open = reader.references.isEmpty() || reader.raw.length() >= LONGEST;
        reader.cut |= (open ? Words.UNFINISHED : Words.BROKEN_OFF).matcher(reader.folded)
                .region(Math.max(0, reader.folded.length() - Words.LONGEST_END), reader.folded.length())
                .useTransparentBounds(true).find();
        return reader;
    }

    /** The whole text folded, with single spaces. */
    String text() {
        return !original.isEmpty() && isSpace(original, 0) ? " " + plain : plain;
    }

    /** A document's name and all that belongs to it. @return where reading goes on */
    private int document(int marker) {
        Kind kind = grammar.at(marker).value();
        boolean plural = kind == Kind.INVOICE && Words.PLURAL.matcher(grammar.at(marker).text()).matches();
        several |= plural;
        ambiguous |= (grammar.at(marker + 1).is(Type.MARK, "/") || grammar.at(marker + 1).is(Type.WORD, "или"))
                && grammar.at(marker + 2).is(Type.MARKER);
        int i = marker + 1;
        LocalDate before = null;
        boolean range = false;
        int signed = grammar.signedNumber(i);
        for (; i <= marker + MOST_BETWEEN; i++) {
            Token token = grammar.at(i);
            if (token.is(Type.NUMBER)) {
                return numbers(kind, i, before, plural || range);
            }
            if (token.is(Type.DATE) && before == null) {
                before = token.value();
            } else if (token.is(Type.WORD)) {
                int joined = grammar.prefixed(i);
                if (joined > 0) {
                    return numbers(kind, i, before, plural || range);
                }
                range |= token.text().equals("с");
                if (!grammar.isFiller(token) && !Words.DATE_WORDS.contains(token.text()) && i > signed) {
                    break;
                }
            } else if (token.is(Type.SIGN)) {
                plural |= token.text().startsWith("№№") && kind == Kind.INVOICE;
                several |= plural;
            } else if (token.is(Type.PERIOD) && i < signed) {
                continue;
            } else if (!token.is(Type.MARK) || token.text().isEmpty() || ";,".contains(token.text())) {
                break;
            }
        }
        return dateAlone(kind, marker, before);
    }

    /** «Оплата счёта от 05.03.2026», «по выставленному 05.03.2026 счёту»: no number, but a date of its own. */
    private int dateAlone(Kind kind, int marker, @Nullable LocalDate behind) {
        LocalDate day = behind;
        int taken = marker + 1;
        for (int i = marker + 1; behind != null && i <= marker + MOST_BETWEEN; i++) {
            if (grammar.at(i).is(Type.DATE)) {
                used.add(grammar.at(i));
                taken = i + 1;
                break;
            }
        }
        if (day == null && kind == Kind.INVOICE && grammar.at(marker - 1).is(Type.DATE)
                && !used.contains(grammar.at(marker - 1))) {
            day = grammar.at(marker - 1).value();
            used.add(grammar.at(marker - 1));
        }
        Reference last = references.isEmpty() ? null : references.get(references.size() - 1);
        boolean ofLast = Words.DATE_WORDS.contains(grammar.at(marker - 1).text()) && last != null
                && last.kind() == kind && last.date() == null;
        if (day != null && ofLast) {
            // «номер счёта 12, дата счёта 05.03.2026»
            references.set(references.size() - 1, new Reference(kind, last.number(), last.last(), day, last.sum(),
                    last.span()));
        } else if (day != null && kind == Kind.INVOICE) {
            references.add(new Reference(kind, null, null, day, null, span(kind, grammar.at(marker).from(),
                    grammar.at(taken - 1).to())));
        }
        return taken;
    }

    private int numbers(Kind kind, int from, @Nullable LocalDate before, boolean several) {
        int i = number(kind, from, before, several);
        for (int next = grammar.another(kind, i); next > 0; next = grammar.another(kind, i)) {
            i = number(kind, next, null, several);
        }
        return i;
    }

    private int number(Kind kind, int from, @Nullable LocalDate before, boolean several) {
        int i = from;
        int start = grammar.at(from).from();
        int end;
        do {
            used.add(grammar.at(i));
            end = grammar.at(i).to();
            i++;
            int slash = grammar.at(i).is(Type.MARK) && "/\\-".contains(grammar.at(i).text()) && grammar.at(i + 1)
                    .is(Type.NUMBER)
                    && (!grammar.at(i).text().equals("-") || !several) ? 1 : 0;
            boolean dash = slash == 1 && grammar.at(i).text().equals("-") && grammar.at(i).from() > end;
            if (dash || !grammar.at(i + slash).is(Type.NUMBER) || grammar.isUnit(grammar.at(i + slash + 1))) {
                break;
            }
            i += slash;
        } while (true);
        String last = null;
        int range = several ? grammar.range(i) : 0;
        if (range > 0) {
            last = raw.substring(grammar.at(range).from(), grammar.at(range).to());
            used.add(grammar.at(range));
            i = range + 1;
        }
        cut |= end == raw.length() && raw.length() >= LONGEST;
        boolean lone = grammar.at(i).is(Type.WORD) && grammar.at(i).text().length() == 1
                && "ивскогау".indexOf(grammar.at(i).text()) < 0
                && !grammar.at(i + 1).is(Type.DATE) && !grammar.at(i + 1).is(Type.SUM);
        odd |= lone;
        LocalDate day = before;
        int dated = before == null ? grammar.date(i) : 0;
        if (dated > 0) {
            day = grammar.at(dated).value();
            used.add(grammar.at(dated));
            i = dated + 1;
        }
        int summed = grammar.sum(i);
        Long sum = summed > 0 ? Grammar.money(grammar.at(summed)) : null;
        if (sum != null) {
            used.add(grammar.at(summed));
            i = summed + (grammar.at(summed + 1).is(Type.MARK, ")") ? 2 : 1);
        }
        references.add(new Reference(kind, raw.substring(start, end), last, day, sum, span(kind, start, end)));
        while (grammar.at(i).is(Type.MARK) && ").".contains(grammar.at(i).text()) && !grammar.at(i).text().isEmpty()
                && grammar.at(i).text().equals(")")) {
            i++;
        }
        return i;
    }

    /** «206 480-51 - счёт 12, 124 450-00 - счёт 13»: sums before the documents, for each or for none. */
    private void sumsBefore() {
        List<Reference> given = references.stream().filter(one -> one.kind() == Kind.INVOICE && one.number() != null)
                .toList();
        if (given.size() < 2 || given.stream().anyMatch(one -> one.last() != null)) {
            return;
        }
        List<Token> before = new ArrayList<>();
        for (Token token : tokens) {
            boolean figure = Grammar.isMoney(token) && !used.contains(token);
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
                        Grammar.money(before.get(i)), one.span()));
                used.add(before.get(i));
            }
        }
    }

    private int squeezed(Reference reference) {
        return Arrays.binarySearch(places, reference.span().from());
    }

    /** Numbers that belong to no document and mean something else as little. */
    private void leftovers() {
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.is(Type.NUMBER) && !used.contains(token) && !grammar.isQuantity(i)) {
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
        return tokens.stream().filter(one -> one.is(Type.DATE) && !used.contains(one)).map(Token::<LocalDate>value)
                .toList();
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
