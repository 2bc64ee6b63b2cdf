package dev.sverka.desk.console;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sums and days as a bookkeeper writes and types them: {@code 45 000,00 ₽}, {@code 16.11.2026}. */
@Component
class Figures {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.uuuu");
    private static final Map<String, String> SIGNS = Map.of("RUB", "₽", "USD", "$", "EUR", "€", "CNY", "¥");
    private static final Pattern TYPED = Pattern.compile("\\d{1,13}([.,]\\d{1,2})?");

    /** With the currency's sign and spaces that do not break. */
    public String money(BigDecimal sum, String currency) {
        return sum(sum) + "\u00a0" + SIGNS.getOrDefault(currency, currency);
    }

    /** @param kopecks whole hundredths of rubles */
    public String kopecks(long kopecks) {
        return money(rubles(kopecks), "RUB");
    }

    /** @param kopecks whole hundredths */
    public BigDecimal rubles(long kopecks) {
        return BigDecimal.valueOf(kopecks, 2);
    }

    public String money(String sum, String currency) {
        return money(new BigDecimal(sum), currency);
    }

    /** {@code 45 000,00}: what stands in a field to be typed over. */
    public String sum(BigDecimal sum) {
        DecimalFormatSymbols symbols = new DecimalFormatSymbols(Locale.ROOT);
        symbols.setDecimalSeparator(',');
        symbols.setGroupingSeparator('\u00a0');
        symbols.setMinusSign('−');
        return new DecimalFormat("#,##0.00", symbols).format(sum);
    }

    public String day(@Nullable LocalDate day) {
        return day == null ? "—" : DAY.format(day);
    }

    public String day(String iso) {
        return day(LocalDate.parse(iso));
    }

    /** The last four digits, as banks print them on cards. */
    public String tail(@Nullable String account) {
        return account == null ? "—" : account.length() <= 4 ? account : "…" + account.substring(account.length() - 4);
    }

    /** What a person typed, whatever spaces and sign stand in it; empty where it is no sum. */
    static Optional<BigDecimal> typed(String text) {
        String bare = text.replaceAll("[\\s\u00a0\u202f₽]", "");
        return TYPED.matcher(bare).matches() ? Optional.of(new BigDecimal(bare.replace(',', '.')).setScale(2))
                : Optional.empty();
    }
}
