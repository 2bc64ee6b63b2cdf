package dev.sverka.flows.matching;

import java.util.List;
import java.util.regex.Pattern;

/** How documents, sums and dates are written in purposes. All patterns are for {@link Letters#fold}ed text. */
final class Words {

    private static final String START = "(?<![\\p{L}\\d])";
    private static final String END = "(?![\\p{L}])";
    private static final String CURRENCY = "(?:руб\\p{L}{0,4}\\.?|р\\.|р" + END + "|rub|rur|₽)";
    private static final String WHOLE = "(?:\\d{1,3}(?: \\d{3}){1,4}|\\d{1,12})";
    private static final String KOPECKS = "[.,=-]\\d{2}(?!\\d)";

    static final List<String> MONTHS = List.of("январ", "феврал", "март", "апрел", "ма[йяе]", "июн", "июл", "август",
            "сентябр", "октябр", "ноябр", "декабр");
    private static final String MONTH = "(?:" + String.join("|", MONTHS) + ")\\p{L}{0,3}" + END;

    static final Pattern INN = pattern("инн ?:? ?(\\d{12}|\\d{10})(?!\\d)");
    /** Requisites that say nothing of payments. */
    static final Pattern REQUISITES = pattern("кпп ?:? ?\\d{9}(?!\\d)|бик ?:? ?\\d{9}(?!\\d)|(?<!\\d)\\d{20}(?!\\d)");
    static final Pattern NO_VAT = pattern("без (?:налога )?\\(?ндс\\)?|ндс ?-? ?(?:не облаг\\p{L}{1,6}"
            + "|не предусм\\p{L}{1,9}|не взим\\p{L}{1,6}|нет" + END + ")|(?:сумма )?ндс ?[-:=]? ?0[.,]00");
    static final Pattern VAT = pattern("(?:(?:в ?т\\.? ?ч\\.?|в том числе|включая|вкл\\.?|с учетом|сумма"
            + "|с) {0,2}){0,2}ндс ?"
            + "(?:по ставке )?(?:\\(? ?\\d{1,2}(?:[.,]\\d{1,2})? ?% ?\\)?)?(?:[ ,:=-]{0,4}(?:" + WHOLE + KOPECKS
            + "(?: ?"
            + CURRENCY + ")?|" + WHOLE + " ?" + CURRENCY + "(?: ?\\d{2} ?коп\\p{L}{0,3}\\.?)?))?");
    /** Group 1 is the whole part, group 2 the kopecks. */
    static final Pattern SUM = pattern("(?:(?:на сумму|сумм\\p{L}{1,3}|в размере|итого"
            + "|всего) ?[:=-]? ?(?<a>" + WHOLE + ")(?<b>"
            + KOPECKS + ")?(?: ?" + CURRENCY + ")?|(?<![\\d.,/-])(?<c>" + WHOLE + ")(?<d>" + KOPECKS + ")? ?" + CURRENCY
            + ")(?: ?(?<e>\\d{2}) ?коп\\p{L}{0,3}\\.?)?");
    /** A sum right behind a number: « - 1 000.00», «: 500,00», «(250.00». */
    static final Pattern OWN_SUM = pattern("\\G ?[-:=(] ?(" + WHOLE + ")([.,]\\d{2})(?!\\d)\\)?");
    static final Pattern DATE = pattern("(?<![\\d./-])(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4}|\\d{2})(?!\\d|[./-]\\d)"
            + "|(?<=от |от)(\\d{1,2})[/-](\\d{1,2})[/-](\\d{4}|\\d{2})(?!\\d|[./-]\\d)"
            + "|(?<=от |от)(\\d{4})-(\\d{2})-(\\d{2})(?!\\d)|(?<!\\d)(\\d{1,2}) (" + MONTH + ") (\\d{4})(?!\\d)");
    static final Pattern YEAR_WORD = pattern("\\G ?(?:г\\.|года?|г)" + END);
    static final Pattern PERCENT = pattern("(?<![\\d.,])(\\d{1,3}(?:[.,]\\d{1,2})?) ?%");
    static final Pattern PERIOD = pattern(START + "(?:за )?(" + MONTH + "(?: ?(?:,|и|-) ?" + MONTH
            + "){0,5})(?: ?(20\\d{2})(?!\\d))?(?: ?(?:г\\.|года?|г)" + END + ")?|" + START
            + "за (0?[1-9]|1[0-2])[./](20\\d{2})(?!\\d)(?: ?(?:г\\.|года?|г)" + END + ")?");

    private static final String SIGN = "(?:№+|n(?:o|[°º])?[.:]? ?№?|н\\.|номер|#|:)";
    /** Words that may stand before a figure and belong to no number. */
    private static final String NOT_A_PREFIX = "(?!(?:от|за|на|по|во|или|со|ко|из|для|до|об|при|не|же|но|ндс|счет|сч"
            + "|дог|акт|упд|тн|ттн|спец|шт|том|ч) ?-? ?\\d|(?<!№ )(?<!№)[вискогау] \\d)";
    private static final String TOKEN = "(?<number>(?:" + NOT_A_PREFIX + "\\p{L}{1,4} ?-? ?(?=\\d))?"
            + "(?=[\\p{L}-]{0,8}[/.-]?\\d)[\\p{L}\\d]{1,30}(?:[-/.\\\\][\\p{L}\\d]{1,20}){0,5})";
    /** The first number behind the name of a document. */
    static final Pattern FIRST = pattern("\\G {0,2}" + SIGN + "? ?" + SIGN + "? {0,2}" + TOKEN);
    /** A further number of a list: behind a separator, or with a sign of its own. */
    static final Pattern MORE = pattern("\\G(?: ?(?:,|;|и(?= |№)|&|\\+|а также) ?" + SIGN + "? ?" + SIGN + "?"
            + "| ?" + SIGN + ") {0,2}"
            + TOKEN);
    /** The end of a range. */
    static final Pattern UNTIL = pattern("\\G(?: - | ?- ?(?=№)| по (?=№|\\d)|\\.\\.\\.? ?)" + SIGN + "? {0,2}" + TOKEN);
    /** Between a number and its date. */
    static final Pattern DATED = pattern("\\G ?[,(]? ?(?:от|dd)? {0,2}");
    /** A number runs on in a way that this reading did not take: «12 А», «12_1», «12 / 13». */
    static final Pattern RUNS_ON = pattern("\\G(?:[._\\\\]?\\d| ?[/_]| (?![ивско] [\\p{L}№\\d])\\p{L}(?![\\p{L}.]))");
    /** What may stand before the word «счёт» where an invoice is meant. */
    static final Pattern LEADING = pattern("(?:^|[.,;:(¦+&-] {0,2}|" + START + "(?:по|согласно|опл\\.?|оплат\\p{L}*"
            + "|доплат\\p{L}*"
            + "|предоплат\\p{L}*|аванс\\p{L}*|погаш\\p{L}*|основани\\p{L}*|и|со|ваш\\p{L}*|выставленн\\p{L}*"
            + "|к)[ :]{1,3})$");

    private static final String OF_WORK = "(?: {1,2}(?:выполненн\\p{L}*|оказанн\\p{L}*|сдач\\p{L}*|при[её]м\\p{L}*"
            + "|передач\\p{L}*|работ"
            + "|услуг|об|и|на|о|оказани\\p{L}*|выполнени\\p{L}*|поставк\\p{L}*|подряд\\p{L}*|аренд\\p{L}*|-|/)){0,6}";
    /** Names of documents, the longest first: of two that begin alike the first one is meant. */
    static final Pattern MARKER = pattern(START + "(?:"
            + "(?<taxes>сч(?:ет\\p{L}{0,3}|\\.)?[ -]{0,3}фактур\\p{L}{0,3}|сч(?:ет\\p{L}{0,3}"
            + "|\\.)?-ф" + END + "|с/ф" + END + "|сф" + END + ")"
            + "|(?<account>(?:лицев\\p{L}{1,3}|расчетн\\p{L}{1,3}|корр?\\p{L}{0,12}\\.?|банковск\\p{L}{1,3}"
            + "|брокерск\\p{L}{1,3})"
            + " счет\\p{L}{0,3}|[лркт]/сч?" + END + "|сч(?:ет)?\\p{L}{0,2} ?- ?договор\\p{L}{0,3})"
            + "|(?<invoice>(?:сч(?:ет(?:а|у|ом|ам|ов|е|ы|ах|ами)?)?(?![\\p{L}])|сч-т\\p{L}{0,2}|инвойс\\p{L}{0,2}"
            + "|invoice|inv)\\.?(?: на (?:пред)?оплату)?)"
            + "|(?<delivery>упд|универсальн\\p{L}{1,4} передаточн\\p{L}{1,4} документ\\p{L}{0,3}"
            + "|(?:товарн\\p{L}{1,5} )?накладн\\p{L}{1,3}|т?тн" + END + "|торг-?12" + END + ")"
            + "|(?<act>акт(?:а|у|ом|ам|ов|ы|ах)?(?![\\p{L}])(?! сверк)" + OF_WORK + ")"
            + "|(?<order>заказ(?:а|у|ом|ов|ам|ы)?(?![\\p{L}])(?:-наряд\\p{L}{0,3})?)"
            + "|(?<other>(?:доп(?:олнительн\\p{L}{1,4}|\\.)? ?согл(?:ашени\\p{L}{1,3}|\\.)|спецификаци\\p{L}{1,3}"
            + "|спец\\.|приложени\\p{L}{1,3}|прил\\.|заявк\\p{L}{1,4}|д/с))"
            + "|(?<contract>(?:договор(?:а|у|ом|ам|ов|ы)?(?![\\p{L}])|дог\\.|дог" + END + "|контракт(?:а|у|ом|ам|ов"
            + "|ы)?(?![\\p{L}])|соглашени\\p{L}{1,3})" + OF_WORK + "))");
    /** A text that ends where more was to come. */
    static final Pattern UNFINISHED = pattern("(?:[№#,;-]|" + START + "(?:и|по|от|за|на|в|с|n|согласно"
            + "|по сч?(?:ет?)?)) ?$");
    static final Pattern PLURAL = pattern(START + "сч(?:етам|етов|етами|етах|ета(?= №№))" + END);

    private Words() {
    }

    static Pattern pattern(String regex) {
        return Pattern.compile(regex);
    }
}
