package dev.sverka.payments;

import dev.sverka.payments.Matcher.Span;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a purpose of payment says, read as a bookkeeper does: invoice numbers, the invoice's date, a per cent, words that
 * forbid an automatic decision. Purposes are hostile text: everything unexpected leads to a person, never to a guess.
 */
final class Purpose {

    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE
            | Pattern.UNICODE_CHARACTER_CLASS;
    private static final String NUMBER = "(?:\\p{L}{1,8}\\s?[-–—/]?\\s?)?\\d[\\p{L}\\d/–—-]*";
    private static final String SIGN = "(?:№+|N[o°º]?\\.?|#|номер)?\\s*№?\\s*";
    /** «счёт», «по счету на оплату», «сч.», «инвойс» — and then a number; not a счёт-фактура, not a bank account. */
    private static final Pattern INVOICE = Pattern.compile("(?<![\\p{L}/])(?:сч[её]т(?:а|у|ом|ам|ов|е|ы)?|сч\\.?|инвойс(?:а|у)?"
            + "|invoice|inv\\.?)(?!\\s*-?\\s*фактур)(?:\\s+на\\s+оплату)?\\s*" + SIGN
            + "(?<number>(?!от\\s?\\d)" + NUMBER + ")", FLAGS);
    /** A second number behind the first: «12, 13», «12 и 13», «14–16». */
    private static final Pattern MORE = Pattern.compile("\\G\\s*(?:,|;|и|-|–|—|\\+|&)\\s*" + SIGN + "(?<number>" + NUMBER
            + ")(?!\\s*(?:р(?:уб)?\\b|коп|%))", FLAGS);
    private static final Pattern DATE = Pattern.compile("\\G\\s*(?:от|dd|\\()?\\s*(\\d{1,2})[./-](\\d{1,2})[./-](\\d{4}|\\d{2})(?!\\d)",
            FLAGS);
    private static final Pattern VAT = Pattern.compile("(?:в\\s*т\\.?\\s*ч\\.?|в том числе|включая|сумма)?\\s*НДС\\s*(?:по ставке)?\\s*"
            + "(?:\\(?\\d{1,2}(?:[.,]\\d+)?\\s*%\\)?)?(?:\\s*[-–—:=]?\\s*\\d[\\d  ]*(?:[.,-]\\d{2})?)?", FLAGS);
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:[.,]\\d{1,2})?)\\s*%", FLAGS);
    private static final Pattern INN = Pattern.compile("ИНН\\s*:?\\s*(\\d{10}(?:\\d{2})?)(?!\\d)", FLAGS);
    private static final Pattern FORBIDDING = Pattern.compile("возвр|вернут|ошибочн|треть|\\bза\\s+[«\"']?(?:ооо|о?ао|зао|пао|нко|ано|ип)\\b"
            + "|\\bза\\s+\\S+\\s+(?:ооо|о?ао|зао|пао|ип)\\b|штраф|пен[яиюе]\\b|пеней|неустойк|претензи|обеспеч|залог|задат"
            + "|депозит|исполнительн|взыскан|инкассо|займ|за[её]м|ссуд|сверк|взаимозач|зач[её]т|уступк|цесси|возмещ"
            + "|компенсац|удержан|комисс|отмен|аннул|сторн|излишн|переплат|повторн|дубл|взамен|вместо|кроме|исключ"
            + "|не\\s+по\\b|судеб|госпошл|процент|половин", FLAGS);
    /** What may stand before the word «счёт» where an invoice of ours is meant. */
    private static final Pattern LEADING = Pattern.compile("(?:^|[.,;:(]\\s*|\\b(?:по|согласно|оплат\\p{L}*|доплат\\p{L}*"
            + "|предоплат\\p{L}*|invoice)\\s+)$", FLAGS);
    private static final Pattern PLURAL = Pattern.compile("сч[её]т(?:ам|ов|ами|ах)\\b", FLAGS);
    private static final Pattern NO_VAT = Pattern.compile("без\\s+НДС|НДС\\s+не\\s+облагается|НДС\\s+нет", FLAGS);
    private static final Pattern CONTRACT = Pattern.compile("договор\\p{L}*\\s*" + SIGN + "[\\p{L}\\d/-]*\\d[\\p{L}\\d/-]*"
            + "(?:\\s*от\\s*\\d{1,2}[./]\\d{1,2}[./]\\d{2,4})?", FLAGS);
    private static final Pattern YEAR_WORD = Pattern.compile("^\\s*(?:г\\.?|года)(?![\\p{L}\\d])", FLAGS);
    /** A number runs on in a way that this reading did not take: «12 А», «12_1», «12 / 13». */
    private static final Pattern RUNS_ON = Pattern.compile("^(?:[._\\\\]?\\d|\\s?[/_]|\\s\\p{L}(?![\\p{L}.]))", FLAGS);
    private static final Pattern FIRST_PART = Pattern.compile("аванс|предоплат|частичн|част[ьи]\\b", FLAGS);

    private final String text;
    private final List<Span> invoices = new ArrayList<>();
    private final List<LocalDate> dates = new ArrayList<>();
    private final StringBuilder rest;
    private boolean openEnded;
    private boolean odd;

    private Purpose(String text) {
        this.text = text;
        this.rest = new StringBuilder(text);
    }

    static Purpose read(String text) {
        Purpose purpose = new Purpose(text);
        java.util.regex.Matcher invoice = INVOICE.matcher(text);
        int from = 0;
        while (invoice.find(from)) {
            purpose.odd |= !LEADING.matcher(text.substring(0, invoice.start())).find();
            from = purpose.number(invoice.toMatchResult(), invoice.start("number"), invoice.end("number"));
        }
        return purpose;
    }

    /** Takes a number and what belongs to it. @return where reading goes on */
    private int number(MatchResult found, int start, int end) {
        String number = text.substring(start, end).replaceAll("[-–—/]+$", "");
        int at = start + number.length();
        if (number.replaceAll("\\D", "").length() >= 20) {
            return Math.max(at, found.end());
        }
        invoices.add(new Span("invoice", number, start, at));
        openEnded |= at == text.length() && text.length() >= 160;
        odd |= RUNS_ON.matcher(text.substring(at)).find();
        erase(start, at);
        java.util.regex.Matcher date = DATE.matcher(text);
        if (date.find(at)) {
            Optional<LocalDate> day = date(date);
            if (day.isPresent()) {
                dates.add(day.get());
                erase(at, date.end());
            }
            at = date.end();
        }
        java.util.regex.Matcher more = MORE.matcher(text);
        if (more.find(at) && !looksLikeDateOrSum(text.substring(more.start("number")))) {
            return number(more.toMatchResult(), more.start("number"), more.end("number"));
        }
        return Math.max(at, Math.min(found.end(), text.length()));
    }

    private void erase(int from, int to) {
        for (int i = from; i < to; i++) {
            rest.setCharAt(i, ' ');
        }
    }

    /**
     * Whether everything in the text was understood: the word «счёт» stands where invoices are named, in the singular, and
     * no figure is left beside the number, its date, the VAT, a contract and a per cent. Else a person reads it.
     */
    boolean isPlain() {
        String left = rest.toString();
        for (Pattern known : List.of(NO_VAT, CONTRACT, PERCENT)) {
            left = known.equals(PERCENT) ? PERCENT.matcher(VAT.matcher(left).replaceAll(" ")).replaceAll(" ")
                    : known.matcher(left).replaceAll(" ");
        }
        return !odd && !PLURAL.matcher(text).find() && left.chars().noneMatch(Character::isDigit);
    }

    private static boolean looksLikeDateOrSum(String rest) {
        return rest.matches("(?is)^(\\d{1,2}[./]\\d{1,2}[./]\\d{2,4}|\\d+[.,]\\d{2}\\b|\\d+\\s*(руб|р\\.|%)).*");
    }

    private static Optional<LocalDate> date(java.util.regex.Matcher found) {
        try {
            int year = Integer.parseInt(found.group(3));
            return Optional.of(LocalDate.of(year < 100 ? 2000 + year : year, Integer.parseInt(found.group(2)),
                    Integer.parseInt(found.group(1))));
        } catch (DateTimeException noDay) {
            return Optional.empty();
        }
    }

    /** Every invoice number with its place. */
    List<Span> invoices() {
        return invoices;
    }

    /** The invoice numbers, each once, comparable with {@link #normal}. */
    Set<String> numbers() {
        Set<String> numbers = new LinkedHashSet<>();
        invoices.forEach(span -> numbers.add(normal(span.text())));
        return numbers;
    }

    /** Dates that stand behind invoice numbers. */
    List<LocalDate> dates() {
        return dates;
    }

    /** Whether the text is as long as banks let it be and ends in a number: the number may be cut. */
    boolean isCutInNumber() {
        return openEnded;
    }

    /** A per cent that is not the VAT's. */
    Optional<BigDecimal> percent() {
        java.util.regex.Matcher percent = PERCENT.matcher(VAT.matcher(NO_VAT.matcher(text).replaceAll(" ")).replaceAll(" "));
        return percent.find() ? Optional.of(new BigDecimal(percent.group(1).replace(',', '.'))) : Optional.empty();
    }

    /** The first word that forbids an automatic decision. */
    Optional<String> forbidding() {
        java.util.regex.Matcher word = FORBIDDING.matcher(text);
        return word.find() ? Optional.of(word.group()) : Optional.empty();
    }

    /** Whether the text calls this an advance or a part. */
    boolean saysPart() {
        return FIRST_PART.matcher(text).find();
    }

    /** ИНН written in the text. */
    Set<String> inns() {
        Set<String> inns = new LinkedHashSet<>();
        java.util.regex.Matcher inn = INN.matcher(text);
        while (inn.find()) {
            inns.add(inn.group(1));
        }
        return inns;
    }

    /**
     * A number as it is compared: letter case, Latin letters that look Cyrillic, spaces, leading zeros and the dash
     * between letters and digits do not matter; slashes and dashes between digits do.
     */
    static String normal(String number) {
        String upper = number.toUpperCase(Locale.ROOT).replaceAll("[–—]", "-").replaceAll("\\s+", "");
        StringBuilder cyrillic = new StringBuilder();
        for (char letter : upper.toCharArray()) {
            int at = "ABCEHKMOPTXYЁ".indexOf(letter);
            cyrillic.append(at < 0 ? letter : "АВСЕНКМОРТХУЕ".charAt(at));
        }
        return cyrillic.toString().replaceAll("(?<=\\p{L})-(?=\\d)|(?<=\\d)-(?=\\p{L})", "")
                .replaceAll("(?<!\\d)0+(?=\\d)", "").replaceAll("^[№#]+", "");
    }

    /** A purpose as two transfers are compared by it. */
    static String folded(String purpose) {
        return purpose.toLowerCase(Locale.ROOT).replace('ё', 'е').replaceAll("[\\s\\p{Punct}№«»]+", " ").strip();
    }
}
