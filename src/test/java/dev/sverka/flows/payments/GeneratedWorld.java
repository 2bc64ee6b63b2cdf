package dev.sverka.flows.payments;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;

/** An agency's customers, what they owe and what they pay, in the files of {@code match}. */
final class GeneratedWorld {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String OWN = "9866593371";
    private static final String ACCOUNT = "40702810556396818090";
    private static final String BANK = "9842699837";
    private static final LocalDate FIRST = LocalDate.parse("2026-03-02");
    private static final String[] WORDS = {"Север", "Кедр", "Вектор", "Лагуна", "Маяк", "Орбита", "Гранит", "Сокол"};

    private final Random random;
    private final List<Map<String, Object>> payments = new ArrayList<>();
    private final List<Map<String, Object>> operations = new ArrayList<>();
    private final List<Map<String, Object>> history = new ArrayList<>();

    GeneratedWorld(long seed) {
        random = new Random(seed);
    }

    private record Customer(int number, String inn, String name, String account) {
    }

    void write(Path folder, int most) throws IOException {
        for (int n = 0; operations.size() < most; n++) {
            customer(n);
            if (n % 9 == 0) {
                register(FIRST.plusDays(n / 9));
            }
        }
        Files.writeString(folder.resolve("own.json"), JSON.writeValueAsString(Map.of("organizations",
                List.of(Map.of("inn", OWN, "name", "ООО «Цех»", "accounts", List.of(ACCOUNT))), "banks",
                List.of(Map.of("inn", BANK, "name", "АО «Банк»")))));
        lines(folder.resolve("payments.jsonl"), payments);
        lines(folder.resolve("operations.jsonl"), operations);
        lines(folder.resolve("history.jsonl"), history);
    }

    private static void lines(Path file, List<Map<String, Object>> lines) throws IOException {
        Files.write(file, lines.stream().map(JSON::writeValueAsString).toList());
    }

    private void customer(int n) {
        Customer one = new Customer(n, String.format("97%08d", n), "ООО «" + WORDS[n % WORDS.length] + " " + n + "»",
                "4070281000000" + String.format("%07d", n));
        LocalDate day = FIRST.plusDays(random.nextInt(60));
        for (int paid = random.nextInt(4); paid > 0; paid--) {
            payment(one, "paid", sum());
        }
        Map<String, Object> first = payment(one, "open", sum());
        Map<String, Object> second = payment(one, random.nextInt(6) == 0 ? "cancelled" : "open", sum());
        Map<String, Object> third = payment(one, "open", random.nextInt(3) == 0 ? amount(first) : sum());
        String number = String.valueOf(first.get("number"));
        switch (n % 12) {
            case 0 -> told(one, one.inn, day, amount(first), "Оплата по счету № " + number + " от "
                    + russian(first.get("date")) + ", НДС не облагается");
            case 1 -> told(one, one.inn, day, amount(second), "За услуги, НДС не облагается");
            case 2 -> told(one, null, day, amount(first), "Оплата счета " + number);
            case 3 -> {
                learned(one);
                told(new Customer(n, "", "Отделение " + n, one.account), null, day, amount(first), "По счету " + number);
            }
            case 4 -> told(new Customer(n, "", "ИП Петров Пётр Петрович", "40802810000000000001"), "972000000001", day,
                    amount(first), "Оплата счета " + number + " за " + one.name);
            case 5 -> told(new Customer(n, "", "ООО «Другой»", "40702810900000000001"), "9720000002", day, amount(first),
                    "Оплата за ИНН " + one.inn + " по счету " + number);
            case 6 -> told(one, one.inn, day, amount(first).add(amount(second)), "Оплата счетов " + number + ", "
                    + second.get("number"));
            case 7 -> told(one, one.inn, day, amount(first), "По акту " + list(first, "actNumbers") + " без НДС");
            case 8 -> told(one, one.inn, day, amount(first).divide(new BigDecimal(2)).setScale(2), "Часть по сч. " + number);
            case 9 -> told(one, one.inn, day, amount(third), "Оплата по договору " + third.get("contractNumber"));
            case 10 -> told(one, one.inn, day, amount(first), "Оплата по счету № " + number + "9");
            default -> told(one, one.inn, day, new BigDecimal("77.10"), "Возврат излишне уплаченного по счету " + number);
        }
        told(one, one.inn, day.plusDays(1 + random.nextInt(20)), random.nextBoolean() ? amount(first) : amount(third),
                random.nextBoolean() ? "Оплата по счету " + third.get("number") : "Оплата за услуги по договору");
    }

    private void learned(Customer one) {
        Map<String, Object> operation = operation(new Customer(one.number, "", "Отделение", one.account), null,
                FIRST.minusDays(90), new BigDecimal("100.00"), "Задаток");
        operation.put("id", "hist-" + one.number);
        history.add(Map.of("operation", operation, "counterpartyInn", one.inn));
    }

    /** Orders by card of a day, and the bank's register of them less its commission. */
    private void register(LocalDate day) {
        BigDecimal all = BigDecimal.ZERO;
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            Map<String, Object> order = payment(null, "open", sum());
            order.put("method", "card");
            order.put("date", day.toString());
            all = all.add(amount(order));
        }
        BigDecimal fee = random.nextInt(4) == 0 ? BigDecimal.ZERO.setScale(2) : new BigDecimal("12.50");
        told(new Customer(0, "", "АО «Банк»", "30232810000000000001"), BANK, day.plusDays(1), all.subtract(fee),
                "Возмещение по эквайрингу за " + russian(day) + ", комиссия " + fee.toPlainString() + " руб.");
    }

    private Map<String, Object> payment(Customer one, String status, BigDecimal amount) {
        int n = payments.size();
        Map<String, Object> payment = new LinkedHashMap<>();
        payment.put("id", "pay-" + n);
        payment.put("number", "МК-" + (n + 100));
        payment.put("date", FIRST.minusDays(5 + random.nextInt(20)).toString());
        payment.put("direction", "in");
        payment.put("amount", amount.toPlainString());
        payment.put("paid", status.equals("paid") ? amount.toPlainString() : "0.00");
        payment.put("currency", "RUB");
        payment.put("status", status);
        payment.put("method", "invoice");
        payment.put("organizationInn", OWN);
        payment.put("counterpartyInn", one == null ? null : one.inn);
        payment.put("counterpartyName", one == null ? null : one.name);
        payment.put("contractNumber", one == null ? null : "Д-" + one.number + "/" + n % 3);
        payment.put("actNumbers", List.of(Map.of("number", String.valueOf(5000 + n))));
        payments.add(payment);
        return payment;
    }

    private void told(Customer by, String inn, LocalDate day, BigDecimal amount, String purpose) {
        operations.add(operation(by, inn, day, amount, purpose));
    }

    private Map<String, Object> operation(Customer by, String inn, LocalDate day, BigDecimal amount, String purpose) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("id", "op-" + operations.size());
        operation.put("direction", "in");
        operation.put("amount", amount.toPlainString());
        operation.put("currency", "RUB");
        operation.put("date", day.toString());
        operation.put("purpose", purpose);
        operation.put("docNumber", String.valueOf(1000 + operations.size()));
        operation.put("payerInn", inn == null ? "" : inn);
        operation.put("payerName", by.name);
        operation.put("payerAccount", by.account);
        operation.put("recipientInn", OWN);
        operation.put("recipientAccount", ACCOUNT);
        return operation;
    }

    private BigDecimal sum() {
        return new BigDecimal(1000 + 50L * random.nextInt(2000)).setScale(2);
    }

    private static BigDecimal amount(Map<String, Object> payment) {
        return new BigDecimal(String.valueOf(payment.get("amount")));
    }

    private static String list(Map<String, Object> payment, String key) {
        return String.valueOf(((Map<?, ?>) ((List<?>) payment.get(key)).get(0)).get("number"));
    }

    private static String russian(Object day) {
        LocalDate date = LocalDate.parse(String.valueOf(day));
        return String.format("%02d.%02d.%d", date.getDayOfMonth(), date.getMonthValue(), date.getYear());
    }
}
