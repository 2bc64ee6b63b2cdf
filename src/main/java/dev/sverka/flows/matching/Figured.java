package dev.sverka.flows.matching;

/**
 * What a place in a text could begin at all, by its figures and what stands behind them: told before a pattern is tried,
 * so that a text of many figures is not looked through from each of them.
 */
final class Figured {

    /** No whole part of a sum is longer. */
    private static final int LONGEST_WHOLE = 19;
    private static final int ACCOUNT = 20;
    /** What a currency, a month behind a day, and the words for a per cent begin with. */
    private static final String CURRENCY = "рrueде₽$€";
    private static final String MONTH = "г" + Words.MONTHS_BEGIN;
    private static final String PERCENT = "%итхп";

    private static final int LONGEST_CODE = 41;

    private final CharSequence text;
    /** No curly bracket closes before it; places are asked about from left to right. */
    private int closing;
    /** How many figures stand in a row from a place on. */
    private final int[] figures;
    /** Where the first letter stands that is no part of a whole number, and the first comma. */
    private final int[] other;
    private final int[] comma;

    Figured(CharSequence text) {
        int length = text.length();
        this.text = text;
        this.figures = new int[length + 1];
        this.other = new int[length + 1];
        this.comma = new int[length + 1];
        other[length] = length;
        comma[length] = length;
        for (int i = length - 1; i >= 0; i--) {
            char one = text.charAt(i);
            boolean figure = one >= '0' && one <= '9';
            figures[i] = figure ? figures[i + 1] + 1 : 0;
            other[i] = figure || one == ' ' || one == '\'' || one == ',' ? other[i + 1] : i;
            comma[i] = one == ',' ? i : comma[i + 1];
        }
    }

    private int figuresAt(int at) {
        return at < figures.length ? figures[at] : 0;
    }

    private boolean isOneOf(String letters, int at) {
        return at < text.length() && letters.indexOf(text.charAt(at)) >= 0;
    }

    /** Whether an account of twenty figures begins here. */
    boolean mayBeAccount(int at) {
        return figures[at] == ACCOUNT;
    }

    /** «5.3.26», «05/03/2026», «2026-03-05», «5-го марта». */
    boolean mayBeDate(int at) {
        int behind = at + figures[at];
        return switch (figures[at]) {
            case 1, 2 -> isOneOf("./-", behind) && (figuresAt(behind + 1) > 0 || isOneOf(" г", behind + 1)) || isOneOf(MONTH, behind + (isOneOf(" ", behind) ? 1 : 0));
            case 4 -> isOneOf("-.", behind) && figuresAt(behind + 1) > 1;
            default -> false;
        };
    }

    /** Whether kopecks or a currency may follow. */
    boolean mayBeSum(int at) {
        int end = at + LONGEST_WHOLE + 1;
        return comma[at] <= Math.min(end, other[at]) && comma[at] < text.length()
                || other[at] <= end && other[at] < text.length()
                        && (isOneOf(".=-", other[at]) && figuresAt(other[at] + 1) > 1 || isOneOf(CURRENCY, other[at]));
    }

    boolean mayBePercent(int at) {
        int behind = at + figures[at];
        return figures[at] <= 3 && (isOneOf(".,", behind) || isOneOf(PERCENT, behind)
                || isOneOf(" -", behind) && (isOneOf(" -", behind + 1) || isOneOf(PERCENT, behind + 1)));
    }

    /** Whether a curly bracket that opens here is closed soon. */
    boolean isClosed(int at) {
        for (closing = Math.max(closing, at); closing < text.length() && text.charAt(closing) != '}';) {
            closing++;
        }
        return closing - at <= LONGEST_CODE;
    }

    /** Whether between two places there is anything but figures, dots and dashes. */
    boolean hasLetters(int from, int to) {
        for (int i = from; i < to; i += Math.max(1, figures[i])) {
            if (figures[i] == 0 && !isOneOf(".-", i)) {
                return true;
            }
        }
        return false;
    }
}
