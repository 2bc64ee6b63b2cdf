package dev.sverka.flows.matching;

import org.jspecify.annotations.Nullable;

/**
 * A piece of a purpose. Places are those of {@link Lexer#text}.
 *
 * @param text folded, as {@link Letters#fold} does
 * @param meaning day, hundredths, per cent, months or kind of document; null where the text says all
 * @param spaced whether something that is no letter and no digit stands before it
 */
record Token(Type type, String text, int from, int to, @Nullable Object meaning, boolean spaced) {

    /**
     * {@code MARKER} is the name of a document, {@code NUMBER} anything with a digit that could be one's number,
     * {@code NOISE} what was understood and says nothing of payments (requisites, VAT, codes of the bank).
     */
    enum Type { WORD, MARKER, SIGN, NUMBER, DATE, SUM, PERCENT, PERIOD, INN, NOISE, MARK }

    boolean is(Type one) {
        return type == one;
    }

    boolean is(Type one, String text) {
        return type == one && this.text.equals(text);
    }

    @SuppressWarnings("unchecked")
    <T> T value() {
        return (T) java.util.Objects.requireNonNull(meaning);
    }
}
