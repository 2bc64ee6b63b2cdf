package dev.sverka.flows.payments;

import dev.sverka.records.bank.BankOperation.Direction;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files of {@code match} as a portal and a bank: companies, payments as people would keep them, earlier money
 * confirmed by a person, and operations told one after another.
 */
final class SameWorld {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Map<String, String> STAGES = Map.of("open", "invoiced", "partial", "partlyPaid", "paid", "paid",
            "cancelled", "cancelled");

    private final PaymentsStage stage;
    private final Map<String, Long> companies = new HashMap<>();
    /** Ids on the portal, by those of the files. */
    private final Map<String, Long> payments = new HashMap<>();
    private final Map<Long, String> names = new HashMap<>();
    private int number;

    SameWorld(PaymentsStage stage) {
        this.stage = stage;
    }

    static List<JsonNode> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream().filter(line -> !line.isBlank()).map(JSON::readTree).toList();
    }

    /** The configuration of a daemon whose companies and banks are the file's. */
    static List<String> own(Path file) throws IOException {
        List<String> keys = new ArrayList<>();
        JsonNode own = JSON.readTree(Files.readString(file));
        int n = 0;
        for (JsonNode one : own.get("organizations")) {
            keys.add("--sverka.own-companies[" + n + "].inn=" + one.get("inn").asString());
            int a = 0;
            for (JsonNode account : one.get("accounts")) {
                keys.add("--sverka.own-companies[" + n + "].accounts[" + a++ + "]=" + account.asString());
            }
            n++;
        }
        n = 0;
        for (JsonNode one : own.get("banks")) {
            keys.add("--sverka.banks[" + n++ + "].inn=" + one.get("inn").asString());
        }
        return keys;
    }

    /** People have confirmed that this money paid something of the customer's. */
    void confirmed(JsonNode line) {
        JsonNode operation = line.get("operation");
        if (operation.get("direction").asString().equals("in")) {
            given(operation, company(line.get("counterpartyInn").asString(), null));
        }
    }

    private void given(JsonNode operation, long company) {
        long payment = PaymentsStage.nextId();
        Map<String, Object> item = new LinkedHashMap<>(Map.of("id", payment, "pipeline", "in", "stage", "invoiced",
                "amount", new BigDecimal(operation.get("amount").asString()), "currency", "RUB", "company", company,
                "number", "ПРЕЖДЕ-" + payment));
        stage.payments.remember(item);
        stage.payments.decide(told(operation));
        Long review = stage.jdbc.sql("select max(id) from review where state = 'open'").query(Long.class).single();
        stage.reviews.decide(review, PaymentsStage.to(payment, operation.get("amount").asString()), "Анна");
    }

    private long company(String inn, String name) {
        return companies.computeIfAbsent(inn, one -> {
            long id = PaymentsStage.nextId();
            Map<String, Object> company = new LinkedHashMap<>(Map.of("id", id, "requisites",
                    List.of(Map.of("inn", inn))));
            if (name != null) {
                company.put("title", name);
            }
            stage.payments.rememberCompany(company);
            return id;
        });
    }

    void company(JsonNode payment) {
        if (payment.hasNonNull("counterpartyInn") && payment.hasNonNull("counterpartyName")) {
            company(payment.get("counterpartyInn").asString(), payment.get("counterpartyName").asString());
        }
    }

    void expected(JsonNode line, LocalDate before) {
        long id = PaymentsStage.nextId();
        payments.put(line.get("id").asString(), id);
        names.put(id, line.get("id").asString());
        Map<String, Object> item = new LinkedHashMap<>(Map.of("id", id, "pipeline", line.get("direction").asString(),
                "stage", STAGES.get(line.get("status").asString()), "currency", line.get("currency").asString(), "amount",
                new BigDecimal(line.get("amount").asString())));
        copy(line, item, "number", "number", "date", "invoiceDate", "contractNumber", "contractNumber", "contractDate",
                "contractDate", "period", "period", "percent", "percent");
        if (line.hasNonNull("stage")) {
            item.put("part", line.get("stage").asString().equals("prepayment") ? "Аванс" : "Остаток");
        }
        if (line.hasNonNull("counterpartyInn")) {
            item.put("company", company(line.get("counterpartyInn").asString(), null));
        }
        if (line.hasNonNull("organizationInn")) {
            item.put("ourCompany", company(line.get("organizationInn").asString(), null));
        }
        if (line.path("method").asString("").equals("card")) {
            item.put("method", "Карта");
        }
        List<String> acts = new ArrayList<>();
        line.path("actNumbers").forEach(one -> acts.add(one.get("number").asString()));
        line.path("updNumbers").forEach(one -> acts.add(one.get("number").asString()));
        item.put("actNumbers", acts);
        List<String> orders = new ArrayList<>();
        line.path("orderNumbers").forEach(one -> orders.add(one.asString()));
        item.put("orderNumbers", orders);
        BigDecimal paid = new BigDecimal(line.path("paid").asString("0"));
        if (line.get("status").asString().equals("paid")) {
            item.put("paid", paid.signum() > 0 ? paid : item.get("amount"));
            item.put("paidDate", before.toString());
        }
        stage.payments.remember(item);
        if (line.get("status").asString().equals("partial") && paid.signum() > 0) {
            Map<String, Object> earlier = new LinkedHashMap<>(Map.of("id", "before-" + id, "direction",
                    line.get("direction").asString(), "amount", paid.toPlainString(), "currency",
                    line.get("currency").asString(), "date", before.toString(), "purpose", "Задаток"));
            stage.payments.decide(told(JSON.valueToTree(earlier)));
            Long review = stage.jdbc.sql("select max(id) from review where state = 'open'").query(Long.class).single();
            stage.reviews.decide(review, PaymentsStage.to(id, paid.toPlainString()), "Анна");
        }
    }

    private static void copy(JsonNode from, Map<String, Object> to, String... keys) {
        for (int n = 0; n < keys.length; n += 2) {
            if (from.hasNonNull(keys[n])) {
                to.put(keys[n + 1], from.get(keys[n]).asString());
            }
        }
    }

    /** Decides one operation. @return as {@code match} tells it */
    String decided(JsonNode line) {
        Map<String, Object> operation = told(line);
        stage.payments.decide(operation);
        Map<String, Object> row = stage.jdbc.sql("""
                select o.id, o.box, o.explanation from bank_operation o join operation_alias a on a.operation_id = o.id
                where a.source_id = ?""").param(operation.get("sourceId")).query().singleRow();
        Map<String, String> shares = new TreeMap<>();
        stage.jdbc.sql("select payment_id, amount from share where operation_id = ? and ended_by is null")
                .param(row.get("id")).query(one -> {
                    shares.put(names.get(one.getLong(1)), BigDecimal.valueOf(one.getLong(2), 2).toPlainString());
                });
        return switch (String.valueOf(row.get("box"))) {
            case "allocated" -> "auto" + shares;
            case "classified" -> "ignore";
            default -> "review";
        };
    }

    /** Why, as people read it. */
    String why(JsonNode line) {
        return stage.jdbc.sql("""
                select o.explanation from bank_operation o join operation_alias a on a.operation_id = o.id
                where a.source_id = ?""").param(line.get("id").asString()).query(String.class).single();
    }

    private Map<String, Object> told(JsonNode line) {
        boolean in = line.get("direction").asString().equals("in");
        String party = in ? "payer" : "recipient";
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("source", "tbank.main");
        operation.put("sourceId", line.get("id").asString());
        operation.put("version", "1");
        operation.put("bankAccount", line.path((in ? "recipient" : "payer") + "Account").asString(PaymentsStage.ACCOUNT));
        operation.put("direction", (in ? Direction.INCOMING : Direction.OUTGOING).name());
        operation.put("amount", new BigDecimal(line.get("amount").asString()).movePointRight(2).longValueExact());
        operation.put("currency", line.get("currency").asString());
        operation.put("bookedOn", line.get("date").asString());
        operation.put("documentNumber", text(line, "docNumber"));
        operation.put("purpose", line.path("purpose").asString(""));
        String inn = text(line, party + "Inn");
        Map<String, Object> side = new LinkedHashMap<>();
        side.put("inn", inn == null || inn.matches("0*") ? null : inn);
        side.put("name", text(line, party + "Name"));
        side.put("account", text(line, party + "Account"));
        operation.put("counterparty", side);
        operation.put("readAt", "2026-11-17T00:00:00Z");
        operation.put("fingerprint", "f" + number++);
        return operation;
    }

    private static String text(JsonNode line, String key) {
        String text = line.path(key).asString("");
        return text.isBlank() ? null : text;
    }
}
