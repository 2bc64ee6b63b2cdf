package dev.sverka.flows.matching;

import dev.sverka.flows.matching.Matcher.Span;
import dev.sverka.flows.matching.PurposeWords.Phrase;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a purpose of payment says, read as a bookkeeper does: documents named, dates, sums, per cents, and words that
 * forbid an automatic decision. Purposes are hostile text: everything unexpected leads to a person, never to a guess.
 */
final class Purpose {

    private static final Sieve FORBIDDING = Sieve.of("возвр|вернут|ошиб|треть\\p{L}{0,3} лиц|за треть"
            + "|не ?полност|неполн|(?<!\\p{L})ранее"
            + "|штраф|(?<!\\p{L})пен[яиюе](?!\\p{L})|(?<!\\p{L})пеней|неустойк|претензи|обеспечит"
            + "|обеспечени\\p{L} (?:исполн|заявк|контракт|договор|обязат)|в обеспечени|залог|задат"
            + "|депозит|исполнительн|взыскан|инкасс|займ|(?<!\\p{L})заем|ссуд|взаимозач|(?<!\\p{L})зачет|уступк"
            + "|уступлен"
            + "|цесси|возмещ|компенсац|удержан|комисси|отмен[аеыу]|аннул|сторн|излишн|переплат|повторн\\p{L}{1,3}"
            + " (?:опл|плат|пере)"
            + "|дублир|взамен|(?<!\\p{L})вместо|(?<!\\p{L})кроме(?! того)|исключая|за исключ"
            + "|не по (?:счет|договор|акт)|судеб|госпошл|(?<![\\d-])(?<!\\d )(?<!\\p{L})процент|половин"
            + "|факторинг|аккредитив|эскроу|уточнен|корректиров|неверн|финансировани");
    /** Money of somebody else: the other side is not the customer, unless the text says by name who is. */
    private static final Sieve THIRD_PARTY = Sieve.of(
            "(?<!\\p{L})за [\"(]{0,2}(?:ооо|о?ао|зао|пао|нко|ано|ип)(?!\\p{L})"
            + "|(?<!\\p{L})за \\S{1,60} \"?(?:ооо|о?ао|зао|пао|ип)(?!\\p{L})"
            + "|(?<!\\p{L})за (?:\"|общество|компани|фирм|клиент|покупател|заказчик|контрагент|плательщик|организаци"
            + "|гражд|гр\\.|физ|\\p{L}{2,5} \")|(?<!\\p{L})плательщик\\p{L}{0,3}(?!\\p{L}| ндс)"
            + "|(?<!\\p{L})за \\p{L}{2,20} (?:\\p{L}{2,20} \\p{L}{2,14}(?:вич|вн|ичн)\\p{L}{0,3}|\\p{L}\\. ?\\p{L}\\.)"
            + "|(?:по|согласно|на основании) (?:поручени|письм|просьб|распоряж)|обязательств");
    /** Words that make money something else than a payment for goods, where no document is named. */
    private static final Sieve STRANGE = Sieve.of("(?<!\\p{L})(?:собственн\\p{L}* средств|пополнен|взнос|пожертв"
            + "|благотвор|дивиденд|грант(?!и)|субсид|выручк|наличн|заработ|зарплат|гарантийн\\p{L}* удерж|подотчет"
            + "|командировочн|неиспольз|пошлин|кредит|вклад(?!ыш)|материальн\\p{L}* помощ|мерчант|эквайринг|реестр"
            + "|сверк"
            + "|долг|задолжен|частичн|част[ьи](?!\\p{L})|частями|доплат|остат|окончат|квартал)"
            + "|\\p{L}{3,} \\p{L}\\. ?\\p{L}\\.|\\p{L}{3,}(?:ович|евич|овн|евн)\\p{L}{0,2}(?!\\p{L})");
    private static final Sieve THIRD = Sieve.of("(?<!\\p{L})(?:за )?треть\\p{L}{0,3}(?: лиц\\p{L}{0,3})?");
    private static final Sieve PART = Sieve.of("(?<!\\p{L})(?:аванс|предоплат|частичн|част[ьи](?!\\p{L}))");
    private static final Sieve SHARE = Sieve.of("(?<!\\p{L})(?:частичн|част[ьи](?!\\p{L}))");
    private static final Sieve ADVANCE = Sieve.of("(?<!\\p{L})(?:аванс|предоплат)");
    private static final String LAST = "(?:окончательн|финальн|закрывающ|заключительн)\\p{L}* (?:расч|плат|опл"
            + "|взаиморасч|част)";
    private static final Sieve FINAL = Sieve.of(LAST + "|(?<!\\p{L})постоплат");
    private static final Sieve REST = Sieve.of("(?<!\\p{L})остат|" + LAST + "|полностью|в полном об"
            + "|полн\\p{L}{2,3} оплат");
    private static final Sieve MORE = Sieve.of("(?<!\\p{L})(?:и|а также) (?:проч|др\\.|друг|остальн|т\\. ?д)");
    private static final Sieve WHOLE_DEBT = Sieve.of("(?<!\\p{L})сверк\\p{L}{0,2}(?!\\p{L})");

    private static final Pattern SIGNS = Pattern.compile("[\\s\\p{Punct}№«»]+");

    /**
     * What a reference points at. {@code OTHER} and {@code TAX} (счёт-фактура) are papers that payments are never
     * found by.
     */
    enum Kind { TAX, INVOICE, ACT, DELIVERY, ORDER, CONTRACT, OTHER }

    /**
     * A document named.
     *
     * @param number as written; null where only its date is given
     * @param last the end of a range; null for a single one
     * @param sum hundredths that the text gives for it
     */
    record Reference(Kind kind, @Nullable String number, @Nullable String last, @Nullable LocalDate date,
            @Nullable Long sum, Span span) {
    }

    private final String written;
    private final PurposeWords words;
    private final String text;
    /** The text without goods that sound like something else. */
    private final String plain;
    private final PurposeReader read;

    private Purpose(String written, PurposeWords words) {
        this.written = written;
        this.words = words;
        this.read = PurposeReader.read(written, words);
        this.text = read.text();
        this.plain = words.withoutGoods(text);
    }

    /** A purpose is asked for several times in a row, while one operation is decided. */
    private static volatile @Nullable Purpose last;

    static Purpose read(String text) {
        return read(text, PurposeWords.NONE);
    }

    /** ИНН that a text names by the reader's own words alone. */
    static Set<String> inns(String text) {
        // most texts name none, and need not be read for it
        for (int i = 0; i + 2 < text.length(); i++) {
            if ("иИ".indexOf(text.charAt(i)) >= 0 && "нНhH".indexOf(text.charAt(i + 1)) >= 0
                    && "нНhH".indexOf(text.charAt(i + 2)) >= 0) {
                return read(text).inns();
            }
        }
        return Set.of();
    }

    static Purpose of(Matcher.Case facts) {
        return read(facts.operation().purpose(), facts.words());
    }

    static Purpose read(String text, PurposeWords words) {
        Purpose before = last;
        if (before == null || before.words != words || !before.written.equals(text)) {
            before = new Purpose(text, words);
            last = before;
        }
        return before;
    }

    List<Reference> references(Kind... kinds) {
        List<Reference> found = new ArrayList<>(read.references().size());
        for (Reference one : read.references()) {
            boolean wanted = false;
            for (Kind kind : kinds) {
                wanted |= kind == one.kind();
            }
            if (wanted) {
                found.add(one);
            }
        }
        return found;
    }

    /** Everything that was read, with its place. */
    List<Span> spans() {
        return read.references().stream().map(Reference::span).toList();
    }

    /** Every invoice number with its place. */
    List<Span> invoices() {
        return references(Kind.INVOICE).stream().filter(one -> one.number() != null).map(Reference::span).toList();
    }

    /** The invoice numbers, each once, comparable with {@link DocumentNumber#normal}. */
    Set<String> numbers() {
        Set<String> numbers = new LinkedHashSet<>();
        references(Kind.INVOICE).stream().map(Reference::number).filter(Objects::nonNull)
                .forEach(number -> numbers.add(DocumentNumber.normal(number)));
        return numbers;
    }

    /** Dates that stand behind invoice numbers. */
    List<LocalDate> dates() {
        return references(Kind.INVOICE).stream().map(Reference::date).filter(Objects::nonNull).toList();
    }

    /** Sums in the text that belong to no document, in hundredths. */
    List<Long> sums() {
        return read.sums();
    }

    /** Months the money is for. */
    List<YearMonth> periods() {
        return read.periods();
    }

    /** Whether a month is named without its year. */
    boolean hasVaguePeriod() {
        return read.isVague();
    }

    /** Figures in the text that were not understood, as written. */
    List<String> figures() {
        return read.figures();
    }

    /** Whether something is written in a way that may mean two things. */
    boolean isOdd() {
        return read.isOdd();
    }

    /** Whether one number is called two documents. */
    boolean isAmbiguous() {
        return read.isAmbiguous();
    }

    /** Days in the text that belong to no document. */
    List<LocalDate> strayDays() {
        return read.strayDays();
    }

    /** All days in the text. */
    List<LocalDate> days() {
        return read.days();
    }

    /** Whether the text speaks of invoices, not of an invoice. */
    boolean saysSeveral() {
        return read.saysSeveral();
    }

    /** Whether invoices are meant that are not named: «счета 5, 6 и прочие». */
    boolean saysMore() {
        return saysSeveral() && MORE.in(text) != null;
    }

    /** Whether the text speaks of invoices and names one. */
    boolean isOneOfSeveral() {
        return read.saysSeveral() && numbers().size() < 2
                && references(Kind.INVOICE).stream().allMatch(one -> one.last() == null);
    }

    /** Whether the text may have been cut: it is as long as banks let it be and ends in a number, or breaks off. */
    boolean isCutInNumber() {
        return read.isCut();
    }

    /** A per cent that is not the VAT's. */
    Optional<BigDecimal> percent() {
        return read.percents().stream().findFirst();
    }

    boolean hasSeveralPercents() {
        return read.percents().size() > 1;
    }

    /** Whether something that a pattern for folded text describes stands there. */
    boolean holds(Sieve pattern) {
        return pattern.in(text) != null;
    }

    /** The first word that forbids an automatic decision. */
    Optional<String> forbidding() {
        return word(FORBIDDING, Phrase.FORBIDDING);
    }

    /** The same where somebody else pays for a customer who is named: that a third party does so is no surprise. */
    Optional<String> forbiddingButThirdParty() {
        String known = THIRD.without(plain);
        java.util.regex.Matcher word = FORBIDDING.in(known);
        return Optional.ofNullable(word == null ? words.in(Phrase.FORBIDDING, known) : word.group());
    }

    /** Words that say for whom somebody else pays; a party's own name says nothing. */
    Optional<String> thirdParty(@Nullable String payer) {
        return word(THIRD_PARTY, null).filter(word -> {
            String own = payer == null ? "" : PartyName.key(payer);
            return own.isEmpty() || !PartyName.key(text).contains(own);
        });
    }

    /** The first word that forbids to go by the sum alone. */
    Optional<String> strange() {
        return word(STRANGE, Phrase.ASKING);
    }

    private Optional<String> word(Sieve pattern, @Nullable Phrase added) {
        java.util.regex.Matcher word = pattern.in(plain);
        return Optional.ofNullable(word != null ? word.group() : added == null ? null : words.in(added, plain));
    }

    private boolean says(Sieve pattern, Phrase... added) {
        return pattern.in(plain) != null || Stream.of(added).anyMatch(one -> words.in(one, plain) != null);
    }

    /** Whether a word stops a decision by itself. */
    static boolean asks(String word) {
        return FORBIDDING.in(word) != null || STRANGE.in(word) != null || THIRD_PARTY.in(word) != null;
    }

    /** Whether the text calls this an advance or a part. */
    boolean saysPart() {
        return says(PART, Phrase.PART, Phrase.ADVANCE);
    }

    /** Whether the text calls this less than the whole of an invoice. */
    boolean saysShare() {
        return says(SHARE, Phrase.PART);
    }

    /** Whether the text calls this money before the work. */
    boolean saysAdvance() {
        return says(ADVANCE, Phrase.ADVANCE);
    }

    /** Whether the text calls this the last money. */
    boolean saysFinal() {
        return says(FINAL, Phrase.FINAL);
    }

    /** Whether the text calls this all that is left. */
    boolean saysRest() {
        return says(REST, Phrase.REST, Phrase.FINAL);
    }

    /** Whether the text speaks of the whole debt by a reconciliation. */
    boolean saysWholeDebt() {
        return WHOLE_DEBT.in(text) != null;
    }

    /** ИНН written in the text. */
    Set<String> inns() {
        return read.inns();
    }

    /** See {@link DocumentNumber#normal}. */
    static String normal(String number) {
        return DocumentNumber.normal(number);
    }

    /** A purpose as two transfers are compared by it. */
    static String folded(String purpose) {
        return SIGNS.matcher(purpose.toLowerCase(Locale.ROOT).replace('ё', 'е')).replaceAll(" ").strip();
    }
}
