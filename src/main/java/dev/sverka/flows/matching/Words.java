package dev.sverka.flows.matching;

import dev.sverka.flows.matching.Purpose.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How documents, sums and dates are written in purposes. All patterns are for {@link Letters#fold}ed text. */
final class Words {

    private static final String START = "(?<![\\p{L}\\d])";
    private static final String END = "(?!\\p{L})";
    /** A name ends, or a number has run together with it. */
    private static final String ENDS = "(?:(?!\\p{L})|(?=n?\\p{L}{0,4}[-/]?\\d))";
    private static final String CURRENCY = "(?:руб\\p{L}{0,4}\\.?|р\\.|р" + END + "|rub" + END + "|rur" + END
            + "|usd" + END + "|eur" + END + "|долл\\p{L}{0,4}\\.?|евро" + END + "|₽|\\$|€)";
    private static final String WHOLE = "(?:\\d{1,3}(?:[ ']\\d{3}){1,4}(?!\\d)|\\d{1,3}(?:,\\d{3}){1,4}(?=\\.\\d{2})"
            + "|\\d{1,12})";
    private static final String NO_MORE = "(?!\\d|[.,/-]\\d)";

    private static final List<String> MONTHS = List.of("январ[ьяе]|янв|jan\\p{L}*", "феврал[ьяе]|фев|feb\\p{L}*",
            "март[ае]?|мар|mar\\p{L}*", "апрел[ьяе]|апр|apr\\p{L}*", "ма[йяеу]", "июн[ьяе]|июн|jun\\p{L}*",
            "июл[ьяе]|июл|jul\\p{L}*", "август[ае]?|авг|aug\\p{L}*", "сентябр[ьяе]|сент?|sep\\p{L}*",
            "октябр[ьяе]|окт|oct\\p{L}*", "ноябр[ьяе]|нояб?|nov\\p{L}*", "декабр[ьяе]|дек|dec\\p{L}*");
    private static final String MONTH = "(?:" + String.join("|", MONTHS) + ")" + END + "\\.?";
    /** Each month by any of its words. */
    static final List<Pattern> MONTH_WORDS = MONTHS.stream().map(one -> pattern("(?:" + one + ")" + END)).toList();
    static final Pattern ONE_MONTH = pattern(START + MONTH);

    static final Sieve INN = Sieve.of(START + "инн(?: ?/ ?кпп)? ?[:-]? ?(\\d{12}|\\d{10})(?!\\d)(?: ?/ ?\\d{9})?");
    private static final String FORM = "(?:ооо|о?ао|зао|пао|нао|нко|ано|ип|фгбу|гбу|мбу|фгуп|муп|гуп|тоо|ооо тд)";
    /** What says nothing of payments: requisites, the bank's codes, names of companies. */
    static final Sieve REQUISITES = Sieve.of(START + "(?:кпп|бик|огрн(?:ип)?|октмо|кбк|уин|уип|снилс|[рклт]/сч?" + END
            + "|[рл]с" + END + "|(?:(?:лицев|личн|расчетн|корр?(?:еспондентск)?|банковск|брокерск|депозитн"
            + "|карточн)\\p{L}{0,3}"
            + "|лиц\\.|расч\\.|кор\\.) ?сч(?:ет\\p{L}{0,2})?" + END + "\\.?"
            + "|мерчант\\p{L}{0,2}|merchant|терминал\\p{L}{0,2}|tid|mid|rrn|карт[аеуы]|телефон\\p{L}{0,2}|тел\\.)"
            + " ?[:№#n*.-]{0,3} ?[\\d*]{3,30}+(?![\\p{L}/-])"
            + "|\\{[^}]{0,40}+\\}|//[^/]{1,60}+//|(?<!\\d)\\d{20}(?!\\d)|\\(\\d{10,25}+(?:[ ,][^)]{0,60}+)?\\)"
            + "|(?<=^)[a-z]{3,5} \\d{6}(?= )|\\*\\d{4}(?!\\d)"
            + "|\"[^\"]{1,80}+\" ?" + FORM + END
            + "|" + START + FORM + "(?: ?\"[^\"]{1,80}+\"|(?: (?!сч|дог|акт|упд|зак|инн|по|за|от)"
            + "\\p{L}[\\p{L}-]{1,30}+){1,3} \\d{1,3}(?=$|[ ,.;)])(?! ?(?:от|на)))");

    static final Sieve VAT = Sieve.of(START + "(?:(?:в ?т\\.? ?ч\\.?|в том числе|включая|вкл\\.?|с учетом|кроме того"
            + "|сумма|плюс|с|без(?: налога| учета)?|не обл(?:агается|\\.)?|облагается)[ ,(:-]{0,3}){0,3}"
            + "(?:\\d{1,2}(?:[.,]\\d)? ?% ?)?(?:ндс(?:" + END + "|(?=не))|nds" + END + "|vat" + END + ")");
    /** What belongs to the word НДС and stands behind it; {@code sum} where it is its sum. */
    static final Pattern VAT_MORE = pattern("[ ,:=()-]{0,4}(?:(?<sum>" + WHOLE + "(?:[.,=-]\\d{2}" + NO_MORE
            + "(?: ?" + CURRENCY + ")?| ?" + CURRENCY + "(?: ?\\d{2} ?коп\\p{L}{0,3}\\.?)?))"
            + "|\\d{1,2}(?:[.,]\\d{1,2})? ?(?:%|процент\\p{L}{0,3})|(?:по ставке|ставка|в размере|в сумме|сумма"
            + "|составляет"
            + "|не ?облаг\\p{L}*|не обл|не предусм\\p{L}*|не взим\\p{L}*|не начисл\\p{L}*|не исчисл\\p{L}*|нет"
            + "|облаг\\p{L}*"
            + "|налог\\p{L}*|усн|руб\\p{L}{0,4})" + END + "\\.?|\\))");
    /** A bare figure behind the word НДС is its sum, never a number. */
    static final Sieve VAT_FIGURE = Sieve.of(" ?[:=-]? ?" + WHOLE + "(?![\\d/-]|[.,]\\d| ?(?:%|от" + END + "))");

    private static final String D = "(?<![\\d./-])";
    static final Sieve DATE = Sieve.of("(?<=\\d/)(?<ds>\\d{1,2})\\.(?<ms>\\d{2})\\.(?<ys>20\\d{2})(?!\\d|[./-]\\d)|" + D + "(?<d>\\d{1,2})\\. ?(?<m>\\d{1,2})\\. ?(?<y>\\d{4}"
            + "|\\d{2})(?!\\d|[./-]\\d)|" + D
            + "(?<loose>(?<dl>\\d{1,2})[/-](?<ml>\\d{1,2})[/-](?<yl>\\d{4}|\\d{2}))(?!\\d|[./-]\\d)|" + D
            + "(?<yi>20\\d{2})[-.](?<mi>\\d{2})[-.](?<di>\\d{2})(?!\\d|[./-]\\d)|(?<!\\d)(?<dw>\\d{1,2})(?:-?го)?"
            + " ?(?<mw>"
            + MONTH + ") ?(?<yw>\\d{4}|\\d{2})(?!\\d)");
    static final Set<String> DATE_WORDS = Set.of("от", "за", "dd", "dated", "date", "ot", "дата", "on", "of");
    /** A day without its year: behind «от», or as what the bank puts in front. */
    static final Sieve DAY_ALONE = Sieve.of("(?:0?[1-9]|[12]\\d|3[01])\\.(?:0[1-9]|1[0-2])(?=$|[ ,;)])(?! ?" + CURRENCY
            + ")");
    /** What a sign makes a number, though it looks like a sum. */
    static final Pattern DOTTED = pattern("\\d{1,3}\\.\\d{2}");
    static final Sieve YEAR_WORD = Sieve.of(" ?(?:г\\.|года?|г)" + END);
    static final Sieve PERIOD = Sieve.of(START + "(?<months>" + MONTH + "(?: ?(?:,|и|-) ?" + MONTH
            + "){0,5}) ?(?<y>20\\d{2}|\\d{2}(?= ?г))?(?!\\d)(?: ?(?:г\\.|года?|г)" + END + ")?");
    static final Set<String> PERIOD_WORDS = Set.of("(", "за", "период", "месяц", "мес", "периода", "периоду");
    static final Sieve PERIOD_FIGURES = Sieve.of("(?:(?<yi>20\\d{2})-(?<mi>0[1-9]|1[0-2])|(?<m>0?[1-9]|1[0-2])[./-](?<y>20\\d{2}))" + NO_MORE
            + "(?: ?(?:г\\.|года?|г)" + END + ")?");
    /** From a day to a day. */
    static final Sieve PERIOD_DAYS = Sieve.of("(?:с )?\\d{1,2}\\.(?<m>\\d{2})(?:\\.(?<y>20\\d{2}))? ?(?:г\\.? ?)?(?:-"
            + "|по) ?\\d{1,2}\\."
            + "(?<n>\\d{2})\\.(?<z>20\\d{2})(?!\\d)(?: ?г" + END + "\\.?)?");
    static final Sieve QUARTER = Sieve.of(START + "(?:[1-4]|i{1,3}|iv)[ -]?(?:й|ый|ой)? ?кв(?:\\.|артал\\p{L}{0,2})?"
            + END + " ?(?:20\\d{2}|\\d{2}(?= ?г))?(?: ?(?:г\\.|года?|г)" + END + ")?");
    static final Sieve PERCENT = Sieve.of("(?<![\\d.,])(\\d{1,3}(?:[.,]\\d{1,2})?)(?: ?%|[ -]?(?:и|ти"
            + "|х)?[ -]?процент\\p{L}*)");

    private static final String KOPECKS = "(?: ?(?<k2>\\d{2}) ?коп\\p{L}{0,3}\\.?)?";
    /** Group {@code r} is the whole part, {@code k} or {@code k2} the kopecks. */
    static final Sieve SUM = Sieve.of("(?<![\\d.,/-])(?<r>" + WHOLE + ")(?:[.,=](?<k>\\d{2})" + NO_MORE + "(?: ?"
            + CURRENCY
            + ")?|(?:-\\d{2})? ?" + CURRENCY + KOPECKS + ")");
    static final Sieve SUM_INTRODUCED = Sieve.of("(?<r>" + WHOLE + ")(?:[.,=-](?<k>\\d{2}))?(?!\\d|[.,/-]\\d| ?%)(?: ?"
            + CURRENCY + ")?" + KOPECKS);
    private static final String SUM_IS = "(?:" + START + "сумм\\p{L}{1,3}|в размере|итого|всего|комисси\\p{L}{1,2}"
            + "|удержан\\p{L}{1,2}|к оплате)";
    static final Sieve SUM_WORD = Sieve.of(SUM_IS);
    static final Pattern SUM_WORDS = pattern(SUM_IS + "[ :=-]{0,3}$");

    static final Sieve SIGN = Sieve.of("№+|#|[n][oоr]?[°º.]{0,2}(?=[ :№]{0,2}\\p{L}{0,5}[-/ ]?[\\d|])|nom" + END
            + "\\.?|"
            + START + "(?:ном(?:ер\\p{L}{0,2})?|num)" + END + "\\.?|" + START + "н\\.(?= ?\\d)");
    private static final String SMALL = "(?:от|за|на|по|до|из|для|без|при|или|ндс)";
    private static final String PIECE = "[\\p{L}\\d|$]{1,24}";
    /** Anything that could be a document's number. */
    static final Sieve NUMBER = Sieve.of("(?!" + SMALL + "\\d)(?!\\p{L}{6})(?=(?:\\p{L}{1,5}[-/\\\\_]){0,2}[\\p{L}"
            + "|$]{0,5}\\d)"
            + PIECE + "(?:(?:[-/\\\\_]|\\.(?=\\d))" + PIECE + "){0,5}");
    /** Words that ran together with the number before them. */
    static final Sieve GLUED_END = Sieve.behindFigures("(?<=[\\p{L}\\d])[-/]?от(?=\\d{1,2}[.,/ -])|(?<=\\d)(?:[-/]?" + SMALL
            + "|г|шт|руб|кг)" + END + "|(?<=\\d)[\\\\/](?=\\d{1,2}\\.\\d{1,2}\\.\\d{2})|(?<=\\d)\\p{L}{6,}"
            + "|(?<=\\d)по(?=\\d)");
    private static final String COMPOUND = "(?: ?- ?(?:оферт|заказ|договор|контракт|спецификац|заявк|проформ|извещен"
            + "|квитанц|соглаш|акт)\\p{L}*)?";
    /** Names of documents, the longest first: of two that begin alike the first one is meant. */
    static final Sieve MARKER = Sieve.of(START + "(?:"
            + "(?=[сф])(?<tax>(?:сч(?:ет\\p{L}{0,2}|\\.)?[ .]{0,2}[-/]?[ ]?|с ?[-/.] ?|с)ф(?:акт\\p{L}*|\\.(?!\\d)"
            + "|(?![\\p{L}\\d/-]))"
            + "|фактур\\p{L}{1,3})"
            + "|(?=[сиis])(?<invoice>счет(?:ами|ах|ам|ов|ом|а|у|е|ы)?" + COMPOUND + ENDS + "|сч-т\\p{L}{0,2}|сч" + ENDS
            + "|с ч\\.?(?= ?(?:№|n|\\d))|инвойс\\p{L}{0,3}|invoices?|inv" + ENDS + "|sch[yj]?[eo]t(?:a|u|e|am|ov|om|y)?"
            + ENDS + ")"
            + "|(?=[утнun])(?<delivery>упд" + ENDS + "|универсальн\\p{L}{1,4} передаточн\\p{L}{1,4} документ\\p{L}{0,3}"
            + "|(?:товар\\p{L}*(?:-транспорт\\p{L}*)? )?накл(?:адн\\p{L}{1,3}|\\.)|т?тн" + ENDS + "|торг-?12" + END
            + "|upd" + ENDS + "|nakladn\\p{L}*)"
            + "|(?=[акпофa])(?<act>(?:акт\\p{L}{0,3} )?(?:по |о |об )?(?:(?:ф\\.|форм\\p{L}{1,2}) ?)?кс ?-? ?[23](?!\\d)|авр" + ENDS
            + "|акт(?:ом|ам|ов|ах|а|у|ы|е)?" + ENDS + "(?! сверк)|akt(?:a|u|om)" + ENDS + "|act" + END + ")"
            + "|(?=[зzo])(?<order>заказ(?:ом|ов|ам|а|у|ы|е)?(?:-наряд\\p{L}{0,3})?" + ENDS + "|заявк\\p{L}{1,3}|zakaz\\p{L}?"
            + ENDS
            + "|order\\p{L}?" + ENDS + ")"
            + "|(?=[дспзрквои])(?<other>(?:доп(?:олнительн\\p{L}{1,4}|\\.)? ?согл(?:ашени\\p{L}{1,3}|\\.)|спецификаци\\p{L}{1,3}"
            + "|спец\\.|приложени\\p{L}{1,3}|прил\\.|д/с" + END + "|письм\\p{L}{1,2}|заявлени\\p{L}{1,2}"
            + "|протокол\\p{L}{0,2}"
            + "|приказ\\p{L}{0,2}|распоряжени\\p{L}{1,2}|квитанци\\p{L}{1,2}|ведомост\\p{L}{1,2}|решени\\p{L}{1,2}"
            + "|постановлени\\p{L}{1,2}|объявлени\\p{L}{1,2}|закупк\\p{L}{1,2}|извещени\\p{L}{1,2}"
            + "|поручени\\p{L}{1,2}))"
            + "|(?=[дкгмсadc])(?<contract>договор\\p{L}{0,3}" + ENDS + "|дог(?:-р\\p{L}?)?" + ENDS + "|(?:гос)?контракт\\p{L}{0,2}"
            + ENDS
            + "|[гм]к(?= ?(?:№|n))|соглашени\\p{L}{1,3}|dogovor\\p{L}?" + ENDS + "|contract" + END
            + "|agreement))\\.?");
    /** «Посчету», «оплатасчета»: a word before the name of a document that ran together with it. */
    static final Sieve GLUED_START = Sieve.of(START
            + "(?:по|согл?асно|согл|оплат[аы]|опл|оплачен|основание|осн|платеж|перечисление|выставленн\\p{L}{2,3}|за|на){1,3}"
            + "(?=(?:счет|договор|заказ|накладн|упд|акт)\\p{L}{0,4}(?:[ №n\\d]|$))");
    /** The letters that patterns begin with: at any other place they need not be tried. */
    static final String REQUISITES_BEGIN = "кбоурлсмдтtmrзпнаифг\"abcdefghijklmnopqrstuvwxyz";
    static final String VAT_BEGIN = "вскпбноnv";
    static final String MONTHS_BEGIN = "яфмаисондjfmasond";
    static final String MARKERS_BEGIN = "сфиisуртнuкаazодпзврилbгмco";
    /** What may stand between the name of a document and its number. */
    static final Set<String> FILLERS = Set.of("на", "оплату", "опл", "предоплату", "покупателя", "клиента",
            "поставщика",
            "заказчика", "продавца", "с", "выполненных", "оказанных", "работ", "услуг", "об", "оказании", "оказания",
            "выполнении", "поставки", "подряда", "аренды", "приема", "передачи", "сдачи", "приемки", "приемке",
                    "сдаче", "и",
            "о", "возмездного", "купли", "продажи", "перевозки", "займа", "ваш", "ваши", "ваших", "следующие",
                    "следующим",
            "for", "внутренний", "внутреннему", "интернет", "сайта");
    /** What begins something new between a document's name and a number. */
    static final Set<String> ANOTHER_CLAUSE = Set.of("по", "к", "согласно", "аванс", "сумма", "реестру");
    /** What makes the figure before it a quantity. */
    static final Set<String> UNITS = Set.of("шт", "штук", "штуки", "кг", "т", "тн", "тонн", "тонны", "л", "литров",
            "м", "м2",
            "м3", "кв", "км", "см", "мм", "час", "часа", "часов", "ч", "дней", "дня", "день", "дн", "сут", "суток",
                    "мес",
            "месяц", "месяца", "месяцев", "этап", "этапа", "этаж", "чел", "человек", "компл", "комплект", "комплекта",
                    "ед",
            "уп", "упак", "экз", "га", "позиций", "позиции", "операций", "операции", "квартал", "год", "года", "лет",
                    "й",
            "го", "я", "е", "ой", "рейс", "рейса", "рейсов", "пар", "мест", "места", "мп", "счетам", "счета",
                    "счетов", "руб");
    /** What makes the figure behind it a part of a name, a place or a paper that payments are never found by. */
    static final Set<String> NAMING = Set.of("этап", "эт", "кв", "корп", "корпус", "дом", "д", "ул", "офис", "оф",
            "этаж",
            "стр", "поз", "п", "пункт", "пп", "ст", "раздел", "очередь", "лот", "объект", "участок", "тип", "модель",
                    "версия",
            "серия", "гост", "форма", "магазин", "склад", "цех", "учреждение", "школа", "платеж", "транш", "часть",
                    "тариф",
            "заезд", "смена", "рейс", "партия");

    private static final List<String> SPELT = List.of("счет", "счета", "счету", "счетом", "счетам", "счетов",
            "договору",
            "договора", "договор", "заказу", "заказа", "накладной");
    private static final Pattern OTHER_WORDS = pattern("(?:смет|свет|учет|сует|чет$|сет|сеч|сыт)\\p{L}*");
    private static final Sieve BEFORE_NUMBER = Sieve.of("\\.? ?[_]?(?:№|#|n(?!\\p{L}{2})|\\p{L}{0,4}[-/]?\\d)");

    /** A text that ends where more was to come. */
    static final Pattern UNFINISHED = pattern("(?:[№#,;-]|" + START + "(?:и|по|от|за|на|в|с|n|согласно"
            + "|по сч?(?:ет?)?)) ?$");
    /** No end that breaks off is longer. */
    static final int LONGEST_END = 16;
    /** The same where a document has been named already: «лицензия ПО» ends nothing. */
    static final Pattern BROKEN_OFF = pattern("(?:[№#,;]|" + START + "(?:и|от|n|согласно|по сч?(?:ет?)?)) ?$");
    private static final Pattern DIGIT_IN_WORD = pattern(START + "\\p{L}{1,8}[0346]\\p{L}{2,8}(?![\\p{L}\\d])");
    static final Pattern PLURAL = pattern("счет(?:ам|ов|ами|ах|ы)\\.?|инвойс(?:ам|ов|ы)|invoices|schetam|schetov");

    private Words() {
    }

    static Pattern pattern(String regex) {
        return Pattern.compile(regex);
    }

    /** The document that a name means without any file; null where it is none. */
    static @Nullable Kind kindOf(String name) {
        Matcher marker = MARKER.at(name, 0);
        return marker == null ? null : kindOf(marker);
    }

    static Kind kindOf(Matcher marker) {
        for (Kind kind : Kind.values()) {
            if (marker.group(kind.name().toLowerCase(Locale.ROOT)) != null) {
                return kind;
            }
        }
        throw new IllegalStateException(marker.pattern().pattern());
    }

    /** Whether what follows a word could be a document's number. */
    static boolean isBeforeNumber(CharSequence text, int at) {
        return BEFORE_NUMBER.at(text, at) != null;
    }

    /**
     * Digits that stand for the letters of a document's name they look like: «с4ету», «д0говору». A number that begins
     * with letters stays what it is.
     */
    static String withoutDigitsInNames(String folded) {
        return !hasDigitInWord(folded) ? folded : DIGIT_IN_WORD.matcher(folded).replaceAll(found -> {
            String word = found.group().replace('4', 'ч').replace('0', 'о').replace('3', 'з').replace('6', 'б');
            return Matcher.quoteReplacement(MARKER.isAll(word) ? word : found.group());
        });
    }

    private static boolean hasDigitInWord(String text) {
        for (int i = 1; i + 1 < text.length(); i++) {
            if ("0346".indexOf(text.charAt(i)) >= 0 && !isSign(text.charAt(i - 1)) && !isSign(text.charAt(i + 1))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSign(char one) {
        return !Character.isLetter(one) && !Character.isSurrogate(one);
    }

    /** The document whose name a word is with one slip of the keyboard; null where it is none. */
    static @Nullable Kind misspelt(String word) {
        if (word.length() < 4 || OTHER_WORDS.matcher(word).matches()) {
            return null;
        }
        String heard = word.replace("щ", "сч");
        return SPELT.stream().filter(name -> Letters.isOneStep(heard, name) || heard.equals(name)).findFirst()
                .map(name -> name.startsWith("с") ? Kind.INVOICE : name.startsWith("д") ? Kind.CONTRACT
                        : name.startsWith("з") ? Kind.ORDER : Kind.DELIVERY).orElse(null);
    }
}
