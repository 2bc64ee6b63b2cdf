package dev.sverka.flows.payments;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A payment as the portal shows it, read from the JSON-like map that routes carry. Sums in kopecks.
 *
 * @param movedByMachine whether a robot, or the webhook's own user, moved it to its stage
 * @param blindToPaid whether the paid sum cannot be read, or its field is not on the portal under its name: it reads as
 *     nothing then
 * @param blindToStage whether a stage is not on the portal under its name: its items read as in no stage then
 * @param faults what of it cannot be read, in Russian; empty where all can
 */
record PortalItem(long id, @Nullable String pipeline, @Nullable String stage, @Nullable String semantics,
        @Nullable String title, @Nullable String number, @Nullable LocalDate invoiceDate, long amount, String currency,
        @Nullable Long company, @Nullable Long ourCompany, @Nullable Long deal, Map<String, Object> details, long paid,
        @Nullable LocalDate paidDate, @Nullable Instant updatedAt, boolean movedByMachine, boolean blindToPaid,
        boolean blindToStage, List<String> faults) {

    /** What a purpose may name a payment by, beside number and date. */
    private static final List<String> DETAILS = List.of("actNumbers", "article", "contractDate", "contractNumber",
            "dueDate", "method", "orderNumbers", "part", "percent", "period", "stageItem", "vat");
    private static final int LONGEST_NUMBER = 100;

    /** Reads what can be read; what cannot is told, for nobody may take it for absent. */
    static PortalItem of(Map<String, Object> item) {
        List<String> faults = new ArrayList<>();
        long paid = sum(item, "paid", "оплаченная сумма", faults);
        // what cannot be read is no nought that somebody typed
        boolean blindToPaid = !faults.isEmpty() || missing(item).contains("payment.field.paid");
        String number = text(item.get("number"));
        if (number != null && number.length() > LONGEST_NUMBER) {
            faults.add("номер счёта длиннее " + LONGEST_NUMBER + " знаков");
            number = number.substring(0, LONGEST_NUMBER);
        }
        String title = text(item.get("title"));
        Map<String, Object> details = new LinkedHashMap<>();
        DETAILS.forEach(key -> {
            if (item.get(key) != null) {
                details.put(key, item.get(key));
            }
        });
        return new PortalItem(number(item.get("id")), text(item.get("pipeline")), text(item.get("stage")),
                text(item.get("semantics")), title == null || title.length() <= 300 ? title : title.substring(0, 300),
                number, date(item, "invoiceDate", "дата счёта", faults), sum(item, "amount", "сумма", faults),
                currency(item), optional(item, "company", "компания", faults),
                optional(item, "ourCompany", "наша компания", faults), optional(item, "deal", "сделка", faults), details,
                paid,
                date(item, "paidDate", "дата оплаты", faults), instant(item.get("updatedTime")),
                Boolean.TRUE.equals(item.get("movedByRobot")),
                blindToPaid,
                missing(item).stream().anyMatch(one -> one.toString().contains(".stage.")), List.copyOf(faults));
    }

    private static List<?> missing(Map<String, Object> item) {
        return item.get("missing") instanceof List<?> missing ? missing : List.of();
    }

    private static long sum(Map<String, Object> item, String key, String called, List<String> faults) {
        try {
            return kopecks(item.get(key));
        } catch (ArithmeticException | NumberFormatException finer) {
            faults.add(called + " не читается: " + item.get(key));
            return 0;
        }
    }

    private static @Nullable LocalDate date(Map<String, Object> item, String key, String called, List<String> faults) {
        try {
            return item.get(key) == null ? null : LocalDate.parse(String.valueOf(item.get(key)));
        } catch (DateTimeException odd) {
            faults.add(called + " не читается: " + item.get(key));
            return null;
        }
    }

    private static @Nullable Instant instant(@Nullable Object value) {
        return value == null ? null : Instant.parse(value.toString());
    }

    private static String currency(Map<String, Object> item) {
        String currency = text(item.get("currency"));
        return currency == null ? "RUB" : currency;
    }

    /** Whole kopecks of a JSON-like sum; nothing counts as zero. @throws ArithmeticException for finer sums */
    static long kopecks(@Nullable Object sum) {
        return sum == null ? 0 : new BigDecimal(sum.toString()).movePointRight(2).longValueExact();
    }

    static BigDecimal rubles(long kopecks) {
        return BigDecimal.valueOf(kopecks, 2);
    }

    static long number(@Nullable Object id) {
        return Long.parseLong(String.valueOf(id));
    }

    private static @Nullable Long optional(Map<String, Object> item, String key, String called, List<String> faults) {
        try {
            return item.get(key) == null ? null : Long.valueOf(number(item.get(key)));
        } catch (NumberFormatException odd) {
            faults.add(called + " не читается: " + item.get(key));
            return null;
        }
    }

    static @Nullable String text(@Nullable Object value) {
        return value == null || value.toString().isBlank() ? null : value.toString();
    }
}
