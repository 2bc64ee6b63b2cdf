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
    /** Of a line of its own: another paper names an invoice in the middle of one. */
    private static final Pattern HEAD = Pattern.compile("(?m)^[^\\p{L}\\d\\n]*сч[её]т(?:-договор)?(?:\\s+на\\s+(?:пред)?оплату)?"
            + "\\s*[№N]\\s*(\\S{1,40}?)[,;]?\\s+от\\s+([«\"]?\\d{1,2}[»\"]?[.\\s]\\s*[\\dа-яё]+[.\\s]\\s*\\d{4})", FLAGS);
    private static final Pattern ANOTHER_PAPER = Pattern.compile("(?m)^[^\\p{L}\\d\\n]*(?:акт\\s+(?:№|об?\\s|сдачи|при[её]м"
            + "|выполненных|оказанных|сверки)|универсальный\\s+(?:передаточный|корректировочный)|сч[её]т-фактура"
            + "|(?:товарная|расходная|товарно-транспортная)?\\s*накладная\\s*№)", FLAGS);
    private static final String SELLER = "поставщик|исполнитель|продавец";
    private static final String BUYER = "покупатель|заказчик|плательщик";
    private static final String LABEL = "(?<![\\p{L}-])(?:%s)(?![\\p{L}-])";
    /** Where what stands behind a label ends. */
    private static final Pattern END = Pattern.compile(LABEL.formatted(SELLER + "|" + BUYER
            + "|грузоотправитель|грузополучатель|получатель") + "|основание|товары|наименование\\s+(?:товар|работ|услуг)"
            + "|итого|всего", FLAGS);
    private static final Pattern INN = Pattern.compile("ИНН(?:/КПП)?\\s*:?\\s*(\\d{12}|\\d{10})(?!\\d)", FLAGS);
    private static final Pattern TOTAL = Pattern.compile("(?:всего\\s+к\\s+оплате|итого\\s+к\\s+оплате|к\\s+оплате)\\s*:?\\s*"
            + SUM + "|на\\s+сумму\\s*:?\\s*" + SUM, FLAGS);
    private static final String ABROAD = "(?:USD|EUR|CNY|KZT|BYN|долл|евро|юан|тенге|у\\.\\s?е|[$€¥₸])";
    private static final Pattern CURRENCY = Pattern.compile("(?:к\\s+оплате|на\\s+сумму|итого)[^\\n]{0,40}?\\d[.,]\\d{2}\\s*"
            + ABROAD + "|валюта[^\\n]{0,30}" + ABROAD, FLAGS);
    /** The name of a column or a line beside that of VAT, which says nothing of the rate. */
    private static final Pattern NET = Pattern.compile("(?:цена|сумма|стоимость|итого|всего)\\s*,?\\s*без\\s+(?:уч[её]та\\s+)?НДС",
            FLAGS);
    private static final Pattern WITHOUT_VAT = Pattern.compile("без\\s+(?:налога\\s*\\()?НДС|НДС\\s+не\\s+облагается"
            + "|не\\s+облагается\\s+НДС", FLAGS);
    private static final Pattern VAT = Pattern.compile("НДС\\s*\\(?\\s*(\\d{1,2})\\s*%\\s*\\)?\\s*:?\\s*" + SUM, FLAGS);
    private static final Pattern VAT_SUM = Pattern.compile("НДС[^\\d\\n]{0,12}" + SUM, FLAGS);
    private static final Pattern CONTRACT = Pattern.compile("(?<!-)(?:договор\\S*|контракт\\S*)\\s*№\\s*(\\S{1,40})", FLAGS);
    private static final Map<String, Integer> MONTHS = Map.ofEntries(Map.entry("янв", 1), Map.entry("фев", 2),
            Map.entry("мар", 3), Map.entry("апр", 4), Map.entry("мая", 5), Map.entry("июн", 6), Map.entry("июл", 7),
            Map.entry("авг", 8), Map.entry("сен", 9), Map.entry("окт", 10), Map.entry("ноя", 11),
            Map.entry("дек", 12));

    static InvoiceText read(String printed) {
        String text = printed.replace('\u00a0', ' ').replace('\u202f', ' ');
        List<String> faults = new ArrayList<>();
        if (text.isBlank()) {
            faults.add("в файле нет текста, это картинка");
        }
        if (ANOTHER_PAPER.matcher(text).find()) {
            faults.add("это не счёт на оплату, а другой документ: акт, УПД, счёт-фактура или накладная");
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
        Long amount = amount(text, faults);
        Party seller = party(text, SELLER, "ИНН поставщика", faults);
        Party buyer = party(text, BUYER, "ИНН покупателя", faults);
        Vat vat = vat(text);
        Matcher contract = CONTRACT.matcher(text);
        return new InvoiceText(number, date, amount, vat.rate(), vat.sum(), seller, buyer,
                contract.find() ? contract.group(1).replaceFirst("[,;.]+$", "") : null, List.copyOf(faults));
    }

    private static @Nullable Long amount(String text, List<String> faults) {
        if (CURRENCY.matcher(text).find()) {
            faults.add("сумма счёта в другой валюте");
            return null;
        }
        return only(sums(text), "сумма к оплате", faults);
    }

    private record Vat(@Nullable Integer rate, @Nullable Long sum) {
    }

    /** Where a rate or a sum stands beside «без НДС», neither is believed. */
    private static Vat vat(String text) {
        String told = NET.matcher(text).replaceAll("");
        boolean without = WITHOUT_VAT.matcher(told).find();
        Set<Integer> rates = new LinkedHashSet<>();
        Set<Long> sums = new LinkedHashSet<>();
        Matcher vat = VAT.matcher(told);
        while (vat.find()) {
            rates.add(Integer.valueOf(vat.group(1)));
            sums.add(kopecks(vat.group(2), vat.group(3)));
        }
        if (without) {
            Matcher sum = VAT_SUM.matcher(told);
            boolean taxed = !rates.isEmpty();
            while (sum.find()) {
                taxed |= kopecks(sum.group(1), sum.group(2)) != 0;
            }
            return taxed ? new Vat(null, null) : new Vat(NO_VAT, 0L);
        }
        return rates.size() == 1 && sums.size() == 1 ? new Vat(rates.iterator().next(), sums.iterator().next())
                : new Vat(null, null);
    }

    /** By the labels with a colon; only where these tell nothing by others, which may be words of a sentence. */
    private static Party party(String text, String labels, String what, List<String> faults) {
        Set<String> inns = new LinkedHashSet<>();
        String name = "";
        for (String colon : List.of("\\s*:", "")) {
            Matcher label = Pattern.compile(LABEL.formatted(labels) + "\\s*(?:\\([^)]*\\))?" + colon, FLAGS).matcher(text);
            while (label.find()) {
                Matcher end = END.matcher(text);
                String told = text.substring(label.end(), end.find(label.end()) ? end.start() : text.length());
                Matcher inn = INN.matcher(told);
                while (inn.find()) {
                    name = inns.isEmpty() ? told.substring(0, inn.start()) : name;
                    inns.add(inn.group(1));
                }
            }
            if (!inns.isEmpty()) {
                break;
            }
        }
        name = name.strip().replaceFirst("[,;]$", "").replaceAll("\\s+", " ");
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
        String[] parts = told.replaceAll("[«»\"]", "").strip().split("[.\\s]+");
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
