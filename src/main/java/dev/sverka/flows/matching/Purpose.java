package dev.sverka.flows.matching;

import dev.sverka.flows.matching.Matcher.Span;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a purpose of payment says, read as a bookkeeper does: documents named, dates, sums, per cents, and words that
 * forbid an automatic decision. Purposes are hostile text: everything unexpected leads to a person, never to a guess.
 */
final class Purpose {

    private static final Pattern FORBIDDING = Words.pattern("возвр|вернут|ошиб|треть\\p{L}{0,3} лиц|за треть"
            + "|(?<!\\p{L})за [\"(]{0,2}(?:ооо|о?ао|зао|пао|нко|ано|ип)(?!\\p{L})"
            + "|(?<!\\p{L})за \\S{1,60} \"?(?:ооо|о?ао|зао|пао|ип)(?!\\p{L})"
            + "|(?<!\\p{L})за (?:\"|общество|компани|фирм|клиент|покупател|заказчик|контрагент|плательщик|организаци"
            + "|гражд|гр\\.|физ|\\p{L}{2,5} \")|(?<!\\p{L})плательщик\\p{L}{0,3}(?!\\p{L}| ндс)|не ?полност|неполн"
            + "|ранее|(?<!\\p{L})за \\p{L}{2,20} (?:\\p{L}{2,20} \\p{L}{2,14}(?:вич|вн|ичн)\\p{L}{0,3}|\\p{L}\\. ?\\p{L}\\.)"
            + "|штраф|(?<!\\p{L})пен[яиюе](?!\\p{L})|(?<!\\p{L})пеней|неустойк|претензи|обеспеч|залог|задат"
            + "|депозит|исполнительн|взыскан|инкасс|займ|заем|ссуд|взаимозач|зачет|уступк|цесси|возмещ"
            + "|компенсац|удержан|комисс|отмен|аннул|сторн|излишн|переплат|повторн|дубл|взамен|вместо|кроме|исключ"
            + "|не по (?:счет|договор|акт)|судеб|госпошл|процент|половин|по поручени|по письм|по просьб|по распоряж"
            + "|факторинг|аккредитив|эскроу|уточнен|корректир|неверн|финансировани");
    /** Words that make money something else than a payment for goods, where no document is named. */
    private static final Pattern STRANGE = Words.pattern("собственн|пополнен|взнос|пожертв|благотвор|дивиденд|грант"
            + "|субсид|выручк|наличн|заработн|зарплат|гаранти|подотчет|командиров|страхов|неиспольз|налог|пошлин|кредит"
            + "|вклад|материальн|перевод|личн|подар|премия|бонус|скидк|мерчант|эквайринг|реестр|сверк|долг|задолжен"
            + "|сделк|проект|квитанц|соглашени|извещени|уведомлени"
            + "|заявлени|решени|постановлени|полис|оферт|смет|график|б/н|без номера|\\p{L}{3,} \\p{L}\\. ?\\p{L}\\."
            + "|\\p{L}{3,}(?:ович|евич|овн|евн)\\p{L}{0,2}(?!\\p{L})|квартал|этап|перв|втор"
            + "|аванс|частичн|част[ьи](?!\\p{L})|предоплат|доплат|остат|окончат");
    private static final Pattern PART = Words.pattern("аванс|предоплат|частичн|част[ьи](?!\\p{L})");
    private static final Pattern ADVANCE = Words.pattern("аванс|предоплат");
    private static final Pattern FINAL = Words.pattern("окончательн|финальн|закрывающ");
    private static final Pattern REST = Words.pattern("остат|окончательн|финальн|закрывающ|полностью|в полном об"
            + "|полн\\p{L}{2,3} оплат");
    private static final Pattern WHOLE_DEBT = Words.pattern("(?<!\\p{L})сверк\\p{L}{0,2}(?!\\p{L})");

    /** What a reference points at. {@code OTHER} are papers that payments are never found by. */
    enum Kind { INVOICE, ACT, DELIVERY, ORDER, CONTRACT, OTHER }

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

    private final String text;
    private final PurposeReader read;

    private Purpose(String text, PurposeReader read) {
        this.text = text;
        this.read = read;
    }

    static Purpose read(String text) {
        return new Purpose(Letters.fold(text).replaceAll(" +", " "), PurposeReader.read(text));
    }

    List<Reference> references(Kind... kinds) {
        Set<Kind> wanted = Set.of(kinds);
        return read.references().stream().filter(one -> wanted.contains(one.kind())).toList();
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

    /** Whether everything in the text was understood to its last figure. Else a person reads it. */
    boolean isPlain() {
        return read.isPlain();
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

    /** The first word that forbids an automatic decision. */
    Optional<String> forbidding() {
        return word(FORBIDDING);
    }

    /** The first word that forbids to go by the sum alone. */
    Optional<String> strange() {
        return word(STRANGE);
    }

    private Optional<String> word(Pattern pattern) {
        Matcher word = pattern.matcher(text);
        return word.find() ? Optional.of(word.group()) : Optional.empty();
    }

    /** Whether the text calls this an advance or a part. */
    boolean saysPart() {
        return PART.matcher(text).find();
    }

    /** Whether the text calls this money before the work. */
    boolean saysAdvance() {
        return ADVANCE.matcher(text).find();
    }

    /** Whether the text calls this the last money. */
    boolean saysFinal() {
        return FINAL.matcher(text).find();
    }

    /** Whether the text calls this all that is left. */
    boolean saysRest() {
        return REST.matcher(text).find();
    }

    /** Whether the text speaks of the whole debt by a reconciliation. */
    boolean saysWholeDebt() {
        return WHOLE_DEBT.matcher(text).find();
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
        return purpose.toLowerCase(Locale.ROOT).replace('ё', 'е').replaceAll("[\\s\\p{Punct}№«»]+", " ").strip();
    }
}
