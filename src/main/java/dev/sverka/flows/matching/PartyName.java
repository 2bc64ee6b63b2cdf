package dev.sverka.flows.matching;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names of companies and people as they are compared: letter case, quotes and the legal form do not matter. */
public final class PartyName {

    private static final List<String> LONG_FORMS = List.of("непубличное акционерное общество",
            "публичное акционерное общество", "закрытое акционерное общество", "открытое акционерное общество",
            "общество с ограниченной ответственностью", "акционерное общество", "индивидуальный предприниматель");
    private static final Set<String> FORMS = Set.of("ооо", "ао", "зао", "пао", "оао", "нао", "ип");

    private static final String COMPANY = "(?:ООО|ПАО|НАО|ОАО|ЗАО|АО|(?:публичное |непубличное |закрытое |открытое )?"
            + "акционерное общество|общество с ограниченной ответственностью)";
    private static final Sieve IN_TEXT = Sieve.of(Pattern.compile("(?<!\\p{L})" + COMPANY + " ?[«\"“„][^»\"”]{1,80}[»\"”]"
            + "|[«\"“„][^»\"”]{1,80}[»\"”] ?" + COMPANY + "(?!\\p{L})"
            + "|(?<!\\p{L})(?:ИП|индивидуальный предприниматель) \\p{L}[\\p{L}-]{1,30} \\p{L}{2,20}"
            + " \\p{L}{4,20}(?!\\p{L})",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));

    /** A company's name without quotes, or a person's: what follows decides where it ends. */
    private static final Sieve UNQUOTED = Sieve.of(Pattern.compile(
            "(?<!\\p{L})(?:ООО|ПАО|НАО|ОАО|ЗАО|АО|ИП) (?=[\\p{L}\\d])",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
    private static final Pattern NAME_WORD = Pattern.compile("[\\p{L}\\d][\\p{L}\\d-]{0,40}");
    /** What begins something new behind a name. */
    private static final Set<String> BEHIND = Set.of("по", "за", "инн", "кпп", "согласно", "на", "от", "в", "оплата",
            "опл", "оплату", "без", "ндс", "сч", "счет", "счета", "счету", "счетам", "договор", "договору", "договора",
            "дог", "основание", "акт", "акту", "упд", "заказ", "сумма", "платеж");
    private static final Pattern SIGNS = Pattern.compile("[^\\p{L}\\d-]+|(?<![\\p{L}\\d])-|-(?![\\p{L}\\d])");
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\d]+");
    private static final Pattern SPACES = Pattern.compile(" +");
    private static final int LONGEST = 5;

    private PartyName() {
    }

    /** Words of a name without its legal form, with a space on either side; empty where it has none. */
    public static String key(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replace('ё', 'е').replace('‐', '-').replace('‑', '-')
                .replace('–', '-').replace('—', '-');
        plain = SIGNS.matcher(plain).replaceAll(" ").strip();
        for (String form : LONG_FORMS) {
            plain = plain.replace(form, "");
        }
        String words = SPACES.splitAsStream(plain.strip()).filter(word -> !FORMS.contains(word))
                .collect(Collectors.joining(" "));
        return words.isEmpty() ? "" : " " + words + " ";
    }

    /** The legal form, shortened; empty where the name tells none, as of a person. */
    public static String form(String name) {
        String lower = name.toLowerCase(Locale.ROOT).replace('ё', 'е');
        String plain = " " + NO_WORD.matcher(lower).replaceAll(" ").strip() + " ";
        List<String> shortened = List.of("нао", "пао", "зао", "оао", "ооо", "ао", "ип");
        for (int i = 0; i < LONG_FORMS.size(); i++) {
            if (plain.contains(" " + LONG_FORMS.get(i) + " ")) {
                return shortened.get(i);
            }
        }
        return FORMS.stream().filter(form -> plain.contains(" " + form + " ")).findFirst().orElse("");
    }

    /** Whether both may be one: the same words, and no two different forms of a company. */
    public static boolean isSame(String one, String other) {
        String form = form(one);
        String another = form(other);
        boolean person = (form.isEmpty() || form.equals("ип")) && (another.isEmpty() || another.equals("ип"));
        return !key(one).isEmpty() && key(one).equals(key(other)) && (person || form.equals(another));
    }

    /**
     * Full names in a text: a legal form beside a name in quotes, an entrepreneur's three names, or a form before words
     * that end where a sign, the text's end or another clause stands. Of «ООО Вега Плюс» «ООО Вега» is no name.
     */
    public static List<String> in(String text) {
        List<String> names = new ArrayList<>(IN_TEXT.all(text).stream().map(MatchResult::group).toList());
        UNQUOTED.all(text).forEach(form -> names.addAll(unquoted(text, form)));
        return names;
    }

    private static List<String> unquoted(String text, MatchResult form) {
        int end = form.end();
        Matcher word = NAME_WORD.matcher(text);
        for (int words = 0; words < LONGEST; words++) {
            boolean more = word.region(end, text.length()).lookingAt();
            if (!more || words > 0 && BEHIND.contains(word.group().toLowerCase(Locale.ROOT).replace('ё', 'е'))) {
                break;
            }
            end = word.end();
            if (end + 1 >= text.length() || text.charAt(end) != ' ') {
                break;
            }
            end++;
        }
        String name = text.substring(form.start(), end).strip();
        boolean longer = word.region(end, text.length()).lookingAt() && !BEHIND.contains(word.group()
                .toLowerCase(Locale.ROOT).replace('ё', 'е'));
        return longer || name.length() <= form.group().length() ? List.of() : List.of(name);
    }
}
