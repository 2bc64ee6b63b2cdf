package dev.sverka.flows.matching;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
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
    private static final Pattern IN_TEXT = Pattern.compile("(?<!\\p{L})" + COMPANY + " ?[«\"“„][^»\"”]{1,80}[»\"”]"
            + "|[«\"“„][^»\"”]{1,80}[»\"”] ?" + COMPANY + "(?!\\p{L})"
            + "|(?<!\\p{L})(?:ИП|индивидуальный предприниматель) \\p{L}[\\p{L}-]{1,30} \\p{L}{2,20}"
            + " \\p{L}{4,20}(?!\\p{L})",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private PartyName() {
    }

    /** Words of a name without its legal form, with a space on either side; empty where it has none. */
    public static String key(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replace('ё', 'е').replaceAll("[‐‑–—]", "-")
                .replaceAll("[^\\p{L}\\d-]+|(?<![\\p{L}\\d])-|-(?![\\p{L}\\d])", " ").strip();
        for (String form : LONG_FORMS) {
            plain = plain.replace(form, "");
        }
        String words = List.of(plain.strip().split(" +")).stream().filter(word -> !FORMS.contains(word))
                .collect(Collectors.joining(" "));
        return words.isEmpty() ? "" : " " + words + " ";
    }

    /** The legal form, shortened; empty where the name tells none, as of a person. */
    public static String form(String name) {
        String plain = " " + name.toLowerCase(Locale.ROOT).replace('ё', 'е').replaceAll("[^\\p{L}\\d]+", " ").strip()
                + " ";
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

    /** Full names in a text: a legal form beside a name in quotes, or an entrepreneur's three names. */
    public static List<String> in(String text) {
        return IN_TEXT.matcher(text).results().map(MatchResult::group).toList();
    }
}
