package dev.sverka.flows.matching;

import dev.sverka.flows.matching.Matcher.Span;
import dev.sverka.flows.matching.Purpose.Kind;
import dev.sverka.flows.matching.Purpose.Reference;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a purpose by taking out what is understood, from the plainest to the most ambiguous: requisites, VAT, dates,
 * sums, per cents, months, documents. What is left in the end was not understood.
 */
final class PurposeReader {

    /** Stands where something was taken out, so that what stood apart does not come together. */
    private static final char TAKEN = '¦';
    private static final int LONGEST = 160;
    private static final Map<Kind, String> NAMES = Map.of(Kind.INVOICE, "invoice", Kind.ACT, "act", Kind.DELIVERY,
            "delivery", Kind.ORDER, "order", Kind.CONTRACT, "contract", Kind.OTHER, "other");

    /** As written. */
    private final String original;
    /** For each letter of {@link #raw} its place in the original. */
    private final int[] places;
    /** With single spaces. */
    private final String raw;
    private final StringBuilder left;
    private final Set<String> inns = new LinkedHashSet<>();
    private final TreeMap<Integer, Taken<LocalDate>> dates = new TreeMap<>();
    private final TreeMap<Integer, Taken<Long>> sums = new TreeMap<>();
    private final List<BigDecimal> percents = new ArrayList<>();
    private final List<YearMonth> periods = new ArrayList<>();
    private final List<Reference> references = new ArrayList<>();
    private boolean odd;
    private boolean vague;
    private boolean cut;

    /** Something taken out of the text, up to a place. */
    private record Taken<T>(T what, int to) {
    }

    private PurposeReader(String raw) {
        this.original = raw;
        this.places = IntStream.range(0, raw.length())
                .filter(i -> !isSpace(raw, i) || i > 0 && !isSpace(raw, i - 1)).toArray();
        StringBuilder squeezed = new StringBuilder();
        IntStream.of(places).forEach(i -> squeezed.append(raw.charAt(i)));
        this.raw = squeezed.toString();
        this.left = new StringBuilder(Letters.fold(this.raw));
    }

    private static boolean isSpace(String text, int i) {
        return Character.isWhitespace(text.charAt(i)) || Character.isSpaceChar(text.charAt(i));
    }

    static PurposeReader read(String raw) {
        PurposeReader reader = new PurposeReader(raw);
        reader.take(Words.INN, found -> reader.inns.add(found.group(1)));
        reader.take(Words.REQUISITES, found -> true);
        reader.take(Words.NO_VAT, found -> true);
        reader.take(Words.VAT, found -> true);
        reader.take(Words.DATE, reader::date);
        reader.take(Words.SUM, reader::sum);
        reader.take(Words.PERCENT, found ->
                reader.percents.add(new BigDecimal(found.group(1).replace(',', '.'))));
        reader.take(Words.PERIOD, reader::period);
        reader.documents();
        reader.cut |= Words.UNFINISHED.matcher(reader.left).find();
        return reader;
    }

    /** Takes out everything of a kind that turns out to mean something. */
    private void take(Pattern pattern, Predicate<MatchResult> meaning) {
        Matcher found = pattern.matcher(left.toString());
        while (found.find()) {
            if (meaning.test(found.toMatchResult())) {
                erase(found.start(), found.end());
            }
        }
    }

    private void erase(int from, int to) {
        for (int i = from; i < to; i++) {
            left.setCharAt(i, TAKEN);
        }
    }

    private boolean date(MatchResult found) {
        try {
            LocalDate day;
            if (found.group(7) != null) {
                day = LocalDate.of(number(found, 7), number(found, 8), number(found, 9));
            } else if (found.group(10) != null) {
                day = LocalDate.of(number(found, 12), month(found.group(11)), number(found, 10));
            } else {
                int first = found.group(1) != null ? 1 : 4;
                int year = number(found, first + 2);
                day = LocalDate.of(year < 100 ? 2000 + year : year, number(found, first + 1), number(found, first));
            }
            Matcher year = Words.YEAR_WORD.matcher(left);
            int to = year.find(found.end()) ? year.end() : found.end();
            erase(found.end(), to);
            dates.put(found.start(), new Taken<>(day, to));
            return true;
        } catch (DateTimeException noDay) {
            return false;
        }
    }

    private static int number(MatchResult found, int group) {
        return Integer.parseInt(found.group(group));
    }

    private static int month(String word) {
        for (int month = 1; month <= 12; month++) {
            if (word.matches(Words.MONTHS.get(month - 1) + "\\p{L}*")) {
                return month;
            }
        }
        throw new DateTimeException(word);
    }

    private boolean sum(MatchResult found) {
        boolean first = found.group(1) != null;
        String kopecks = found.group(5) != null ? found.group(5) : found.group(first ? 2 : 4);
        sums.put(found.start(), new Taken<>(hundredths(found.group(first ? 1 : 3), kopecks), found.end()));
        return true;
    }

    private static long hundredths(String whole, @Nullable String kopecks) {
        return Long.parseLong(whole.replace(" ", "")) * 100
                + (kopecks == null ? 0 : Long.parseLong(kopecks.replaceAll("\\D", "")));
    }

    private boolean period(MatchResult found) {
        if (found.group(3) != null) {
            periods.add(YearMonth.of(number(found, 4), number(found, 3)));
            return true;
        }
        vague |= found.group(2) == null;
        if (found.group(1).contains("-")) {
            return false;
        }
        for (String word : found.group(1).split("[ ,]+")) {
            if (word.length() > 1 && found.group(2) != null) {
                periods.add(YearMonth.of(number(found, 2), month(word)));
            }
        }
        return true;
    }

    private void documents() {
        Matcher marker = Words.MARKER.matcher(left.toString());
        int from = 0;
        while (from <= left.length() && marker.find(from)) {
            Kind kind = kind(marker);
            odd |= marker.group("account") != null
                    || kind == Kind.INVOICE && !Words.LEADING.matcher(left.substring(0, marker.start())).find();
            int read = marker.group("account") != null ? marker.end() : numbers(kind, marker.end());
            odd |= read == marker.end() && kind != Kind.CONTRACT && marker.group("taxes") == null;
            from = Math.max(read, marker.end());
        }
    }

    private static Kind kind(Matcher marker) {
        return NAMES.entrySet().stream().filter(one -> one.getKey() != Kind.OTHER)
                .filter(one -> marker.group(one.getValue()) != null).map(Map.Entry::getKey)
                .findFirst().orElse(Kind.OTHER);
    }

    /** Reads the numbers behind a document's name. @return where reading goes on; the same place where there is none */
    private int numbers(Kind kind, int from) {
        Matcher next = Words.FIRST.matcher(left.toString());
        if (!next.find(from)) {
            return dateAlone(kind, from);
        }
        int at = from;
        while (next.find(at)) {
            at = number(kind, next);
            next = Words.MORE.matcher(left.toString());
        }
        return at;
    }

    /** «Оплата счёта от 05.03.2026»: no number, but a date of its own. */
    private int dateAlone(Kind kind, int from) {
        Matcher dated = Words.DATED.matcher(left);
        Taken<LocalDate> day = dated.find(from) && dated.group().contains("от") ? dates.remove(dated.end()) : null;
        if (day == null || kind != Kind.INVOICE) {
            return from;
        }
        references.add(new Reference(kind, null, null, day.what(), null, span(kind, dated.end(), day.to())));
        return day.to();
    }

    private int number(Kind kind, Matcher found) {
        int start = found.start("number");
        String written = found.group("number").replaceAll("(?<=\\d)(?:от|за|по|на|без|г)$", "");
        int at = start + written.length();
        erase(start, at);
        String last = null;
        Matcher until = Words.UNTIL.matcher(left.toString());
        int end = at;
        if (kind == Kind.INVOICE && saysSeveral() && until.find(at)) {
            last = raw.substring(until.start("number"), until.end("number"));
            erase(at, until.end());
            at = until.end();
        }
        cut |= at == left.length() && left.length() >= LONGEST;
        odd |= Words.RUNS_ON.matcher(left.toString()).find(at);
        LocalDate day = null;
        Matcher dated = Words.DATED.matcher(left.toString());
        if (dated.find(at) && dates.containsKey(dated.end())) {
            Taken<LocalDate> date = dates.remove(dated.end());
            day = date.what();
            at = date.to();
        }
        Taken<Long> sum = ownSum(at);
        references.add(new Reference(kind, raw.substring(start, end), last, day, sum == null ? null : sum.what(),
                span(kind, start, end)));
        return sum == null ? at : sum.to();
    }

    /** A sum right behind a number: taken as a sum already, or bare. */
    private @Nullable Taken<Long> ownSum(int at) {
        Matcher own = Words.OWN_SUM.matcher(left.toString());
        if (own.find(at)) {
            erase(own.start(), own.end());
            return new Taken<>(hundredths(own.group(1), own.group(2)), own.end());
        }
        Map.Entry<Integer, Taken<Long>> next = sums.ceilingEntry(at);
        if (next != null && left.substring(at, next.getKey()).matches(" ?(?:[-:=(]|на|в сумме)? ?")) {
            return sums.remove(next.getKey());
        }
        return null;
    }

    private Span span(Kind kind, int from, int to) {
        int end = places[to - 1] + 1;
        return new Span(NAMES.get(kind), original.substring(places[from], end), places[from], end);
    }

    boolean isPlain() {
        return !odd && left.chars().noneMatch(Character::isDigit);
    }

    /** Whether the text speaks of invoices, not of an invoice. */
    boolean saysSeveral() {
        return Words.PLURAL.matcher(Letters.fold(raw)).find();
    }

    /** Whether a month is named without its year. */
    boolean isVague() {
        return vague;
    }

    boolean isCut() {
        return cut;
    }

    Set<String> inns() {
        return inns;
    }

    List<Reference> references() {
        return references;
    }

    List<BigDecimal> percents() {
        return percents;
    }

    List<YearMonth> periods() {
        return periods;
    }

    /** Sums that belong to no document. */
    List<Long> sums() {
        return sums.values().stream().map(Taken::what).toList();
    }
}
