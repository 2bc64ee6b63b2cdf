package dev.sverka.vendors.invoices;

import dev.sverka.records.invoice.InvoiceFile.Party;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the words of an invoice of 1C say. Where two places say different things, neither is believed.
 *
 * @param faults what could not be read, in Russian
 */
record InvoiceText(@Nullable String number, @Nullable LocalDate date, @Nullable Long amount, @Nullable Integer vatRate,
        @Nullable Long vat, Party seller, Party buyer, @Nullable String contract, List<String> faults) {

    /** «Без НДС». */
    static final int NO_VAT = -1;

    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    private static final String SUM = "(\\d{1,3}(?:[ \\u00a0\\u202f]\\d{3})*|\\d+)[.,](\\d{2})(?!\\d)";
    private static final Pattern HEAD = Pattern.compile("сч[её]т(?:-договор)?(?:\\s+на\\s+оплату)?\\s*№\\s*(\\S{1,40})"
            + "\\s+от\\s+(\\d{1,2}[.\\s]\\s*[\\dа-яё]+[.\\s]\\s*\\d{4})", FLAGS);
    private static final Pattern SELLER = Pattern.compile("(?:поставщик|исполнитель|продавец)\\s*(?:\\([^)]*\\))?\\s*:?",
            FLAGS);
    private static final Pattern BUYER = Pattern.compile("(?:покупатель|заказчик|плательщик)\\s*(?:\\([^)]*\\))?\\s*:?",
            FLAGS);
    private static final Pattern BODY = Pattern.compile("основание|товары|наименование|итого", FLAGS);
    private static final Pattern INN = Pattern.compile("ИНН(?:/КПП)?\\s*:?\\s*(\\d{12}|\\d{10})(?!\\d)", FLAGS);
    private static final Pattern TOTAL = Pattern.compile("(?:всего\\s+к\\s+оплате|итого\\s+к\\s+оплате|к\\s+оплате)\\s*:?\\s*"
            + SUM + "|на\\s+сумму\\s*:?\\s*" + SUM, FLAGS);
    private static final Pattern WITHOUT_VAT = Pattern.compile("без\\s+(?:налога\\s*\\()?НДС", FLAGS);
    private static final Pattern VAT = Pattern.compile("НДС\\s*\\(?\\s*(\\d{1,2})\\s*%\\s*\\)?\\s*:?\\s*" + SUM, FLAGS);
    private static final Pattern CONTRACT = Pattern.compile("(?:договор\\S*|контракт\\S*)\\s*№\\s*(\\S{1,40})", FLAGS);
    private static final Map<String, Integer> MONTHS = Map.ofEntries(Map.entry("янв", 1), Map.entry("фев", 2),
            Map.entry("мар", 3), Map.entry("апр", 4), Map.entry("мая", 5), Map.entry("июн", 6), Map.entry("июл", 7),
            Map.entry("авг", 8), Map.entry("сен", 9), Map.entry("окт", 10), Map.entry("ноя", 11),
            Map.entry("дек", 12));

    static InvoiceText read(String text) {
        List<String> faults = new ArrayList<>();
        if (text.isBlank()) {
            faults.add("в файле нет текста, это картинка");
        }
        Set<String> numbers = new LinkedHashSet<>();
        Set<LocalDate> dates = new LinkedHashSet<>();
        Matcher head = HEAD.matcher(text);
        while (head.find()) {
            numbers.add(head.group(1));
            LocalDate date = date(head.group(2));
            if (date != null) {
                dates.add(date);
            }
        }
        String number = only(numbers, "номер счёта", faults);
        LocalDate date = only(dates, "дата счёта", faults);
        Long amount = only(sums(text), "сумма к оплате", faults);
        Matcher buyerAt = BUYER.matcher(text);
        Matcher sellerAt = SELLER.matcher(text);
        String sellers = sellerAt.find() ? until(text, sellerAt.end(), BUYER) : "";
        String buyers = buyerAt.find(sellers.isEmpty() ? 0 : sellerAt.end()) ? until(text, buyerAt.end(), BODY) : "";
        Party seller = party(sellers, "ИНН поставщика", faults);
        Party buyer = party(buyers, "ИНН покупателя", faults);
        Matcher vat = VAT.matcher(text);
        boolean without = WITHOUT_VAT.matcher(text).find();
        Integer rate = null;
        Long vatSum = null;
        if (vat.find() && !without) {
            rate = Integer.valueOf(vat.group(1));
            vatSum = kopecks(vat.group(2), vat.group(3));
            if (vat.find()) {
                rate = null;
                vatSum = null;
            }
        } else if (without) {
            rate = NO_VAT;
            vatSum = 0L;
        }
        Matcher contract = CONTRACT.matcher(text);
        return new InvoiceText(number, date, amount, rate, vatSum, seller, buyer,
                contract.find() ? contract.group(1).replaceFirst("[,;.]+$", "") : null, List.copyOf(faults));
    }

    private static String until(String text, int from, Pattern end) {
        Matcher next = end.matcher(text);
        return text.substring(from, next.find(from) ? next.start() : text.length());
    }

    private static Party party(String text, String what, List<String> faults) {
        Set<String> inns = new LinkedHashSet<>();
        Matcher inn = INN.matcher(text);
        while (inn.find()) {
            inns.add(inn.group(1));
        }
        String name = text.strip().replaceFirst("(?s)[,;]?\\s*ИНН.*", "").replaceAll("\\s+", " ");
        return new Party(only(inns, what, faults), name.isEmpty() || name.length() > 200 ? null : name);
    }

    private static Set<Long> sums(String text) {
        Set<Long> sums = new LinkedHashSet<>();
        Matcher total = TOTAL.matcher(text);
        while (total.find()) {
            sums.add(total.group(1) != null ? kopecks(total.group(1), total.group(2))
                    : kopecks(total.group(3), total.group(4)));
        }
        return sums;
    }

    private static long kopecks(String rubles, String kopecks) {
        return new BigDecimal(rubles.replaceAll("[^\\d]", "") + "." + kopecks).movePointRight(2).longValueExact();
    }

    /** {@code 15 ноября 2026} or {@code 15.11.2026}; null where it is no day. */
    private static @Nullable LocalDate date(String told) {
        String[] parts = told.strip().split("[.\\s]+");
        try {
            Integer month = parts[1].matches("\\d+") ? Integer.valueOf(parts[1])
                    : MONTHS.get(parts[1].toLowerCase(java.util.Locale.ROOT).substring(0, Math.min(3,
                            parts[1].length())));
            return month == null ? null : LocalDate.of(Integer.parseInt(parts[2]), month, Integer.parseInt(parts[0]));
        } catch (DateTimeException | NumberFormatException noDay) {
            return null;
        }
    }

    private static <T> @Nullable T only(Set<T> found, String what, List<String> faults) {
        if (found.size() == 1) {
            return found.iterator().next();
        }
        faults.add(found.isEmpty() ? what + " не читается" : what + " читается по-разному: " + found);
        return null;
    }
}
