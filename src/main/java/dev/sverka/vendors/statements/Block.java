package dev.sverka.vendors.statements;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The keys of one section, or of the header. Keys are told apart without regard to case (sheet section 1). */
final class Block {

    /** What is read of a document or a section; other keys are the file's own business (section 1: do not fail). */
    private static final Set<String> KEPT = Set.of("версияформата", "документ", "датасоздания", "времясоздания", "датаначала",
            "датаконца", "расчсчет", "начальныйостаток", "всегопоступило", "всегосписано", "конечныйостаток", "номер",
            "дата", "сумма", "квитанциядата", "плательщиксчет", "датасписано", "плательщик", "плательщик1",
            "плательщикинн", "плательщиккпп", "плательщикрасчсчет", "получательсчет", "датапоступило", "получатель",
            "получатель1", "получательинн", "получателькпп", "получательрасчсчет", "видоплаты", "назначениеплатежа",
            "назначениеплатежа1", "назначениеплатежа2", "назначениеплатежа3", "назначениеплатежа4",
            "назначениеплатежа5", "назначениеплатежа6");

    /** Keys of a document that the format has and nobody here reads (sheet section 4). */
    private static final Set<String> UNREAD = Set.of("квитанциявремя", "квитанциясодержание", "плательщик2",
            "плательщик3", "плательщик4", "плательщикбанк1", "плательщикбанк2", "плательщикбик", "плательщиккорсчет",
            "получатель2", "получатель3", "получатель4", "получательбанк1", "получательбанк2", "получательбик",
            "получателькорсчет", "видплатежа", "кодназплатежа", "код", "очередность", "статуссоставителя",
            "показателькбк", "окато", "показательоснования", "показательпериода", "показательномера",
            "показательдаты", "показательтипа", "срокплатежа", "срокакцепта", "видаккредитива", "условиеоплаты1",
            "условиеоплаты2", "условиеоплаты3", "платежпопредст", "дополнусловия", "номерсчетапоставщика",
            "датаотсылкидок", "коддебитора");

    /** How the format names things: words run together, each with a capital. */
    private static final Pattern NAMED_LIKE_A_KEY = Pattern.compile("[А-ЯЁ][а-яё]+[А-ЯЁ][А-Яа-яЁё]*\\d*");

    private final String kind;
    private final int line;
    private final Set<String> unread = new HashSet<>();
    private final Map<String, Value> values = new HashMap<>();
    private @Nullable String last;
    private @Nullable Value doubled;

    /** @param kind what stands after the {@code =} of the section's start line */
    Block(String kind, int line) {
        this.kind = kind;
        this.line = line;
    }

    /** A value with its line. */
    record Value(String text, int line) {
    }

    /**
     * Whether a document can have such a key, known or not (section 1: unknown ones are no fault); what cannot, goes on with
     * the value before it.
     */
    static boolean isKey(String key) {
        String name = key.strip().toLowerCase(Locale.ROOT);
        return KEPT.contains(name) || UNREAD.contains(name) || NAMED_LIKE_A_KEY.matcher(key.strip()).matches();
    }

    /** Whether the last value is text that may go over several lines. */
    boolean endsInText() {
        return last != null && (last.startsWith("назначениеплатежа") || last.matches("(плательщик|получатель)\\d?"));
    }

    void put(String key, String text, int at) {
        String name = key.strip().toLowerCase(Locale.ROOT);
        String value = text.strip();
        if (UNREAD.contains(name) && !unread.add(name) && endsInText() && !value.isEmpty()) {
            // a key that was there already, behind a text: this line may be the text's
            doubled = new Value(key.strip(), at);
        }
        last = name;
        if (value.isEmpty() || !KEPT.contains(name)) {
            return;
        }
        Value before = values.putIfAbsent(name, new Value(value, at));
        if (before != null && !before.text().equals(value)) {
            doubled = new Value(key.strip(), at);
        }
    }

    /** A line without {@code =} continues the value before it. */
    void append(String text, int at) {
        if (last != null && KEPT.contains(last)) {
            values.merge(last, new Value(text.strip(), at),
                    (before, more) -> new Value(before.text() + " " + more.text(), before.line()));
        }
    }

    String kind() {
        return kind;
    }

    int line() {
        return line;
    }

    /** A key that stands twice with different values, null where none does. */
    @Nullable Value doubled() {
        return doubled;
    }

    /** The value without blanks at its ends; empty where it is missing. */
    String text(String key) {
        Value value = values.get(key.toLowerCase(Locale.ROOT));
        return value == null ? "" : value.text();
    }

    /** The first of some keys that holds something. */
    String first(String... keys) {
        for (String key : keys) {
            if (!text(key).isEmpty()) {
                return text(key);
            }
        }
        return "";
    }

    /** Where a key stands; the section's start where it is missing. */
    int lineOf(String key) {
        Value value = values.get(key.toLowerCase(Locale.ROOT));
        return value == null ? line : value.line();
    }
}
