package dev.sverka.core.connector;

import java.util.Currency;
import java.util.Locale;

/** Currencies as banks number them. */
public final class CurrencyCode {

    private CurrencyCode() {
    }

    /**
     * @param code ISO 4217 digits such as {@code 643}, or those of an account's number: 810 is the rouble's code before
     *     1998, still in all accounts
     * @return ISO 4217 letters; the code itself where nobody knows it
     */
    public static String letters(String code) {
        if (code.equals("810")) {
            return "RUB";
        }
        if (!code.matches("\\d{1,3}")) {
            return code.toUpperCase(Locale.ROOT);
        }
        int numeric = Integer.parseInt(code);
        return Currency.getAvailableCurrencies().stream().filter(one -> one.getNumericCode() == numeric)
                .map(Currency::getCurrencyCode).sorted().reduce((first, second) -> second).orElse(code);
    }
}
