package dev.sverka.flows.matching;

import java.util.ArrayList;
import java.util.List;

/** Four customers with two equal invoices each, orders paid by card, and the files that {@code match} reads of them. */
final class PayersWorld {

    static final String OWN_FILE = "{\"organizations\": [{\"inn\": \"0099000014\", \"name\": \"ООО «Наша»\", \"accounts\":"
            + " [\"40702810200009990001\"]}], \"banks\": [{\"inn\": \"7710140679\"}]}";
    static final String HISTORY = "{\"operation\": {\"direction\": \"in\", \"payerAccount\": \"40817810600000880012\"},"
            + " \"counterpartyInn\": \"0099000127\"}\n";
    private static final String[][] CUSTOMERS = {{"0099000127", "ООО \"Северный ветер\""},
        {"0099000134", "ИП Кузьмин Пётр Ильич"}, {"0099000141", "ООО \"Вега\""}, {"0099000158", "ГБУ \"Школа № 5\""}};

    private PayersWorld() {
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "\\\"") + "\"";
    }

    static List<String> payments() {
        List<String> payments = new ArrayList<>();
        for (int i = 0; i < CUSTOMERS.length; i++) {
            for (int j = 0; j < 2; j++) {
                payments.add(("{\"id\": \"p%1$d%2$d\", \"number\": \"%3$d0%2$d5\", \"date\": \"2026-11-0%4$d\","
                        + " \"direction\": \"in\", \"amount\": \"1000.00\", \"currency\": \"RUB\", \"status\": \"open\","
                        + " \"organizationInn\": \"0099000014\", \"counterpartyInn\": \"%5$s\","
                        + " \"counterpartyName\": %6$s, \"contractNumber\": \"0173200001426000%1$d\","
                        + " \"contractDate\": \"2026-02-01\","
                        + " \"actNumbers\": [{\"number\": \"7%1$d%2$d\", \"date\": \"2026-10-31\"}]}")
                        .formatted(i, j, i + 1, 2 + j, CUSTOMERS[i][0], quoted(CUSTOMERS[i][1])));
            }
        }
        for (int i = 0; i < 3; i++) {
            payments.add(("{\"id\": \"k%d\", \"date\": \"2026-11-1%d\", \"direction\": \"in\", \"amount\": \"50%d.00\","
                    + " \"currency\": \"RUB\", \"status\": \"open\", \"method\": \"card\","
                    + " \"organizationInn\": \"0099000014\"}").formatted(i, i < 2 ? 4 : 3, i));
        }
        return payments;
    }

    /** @param payer ИНН, name and maybe the account */
    static String operation(String[] payer, String sum, String purpose) {
        return ("{\"id\": \"o\", \"direction\": \"in\", \"amount\": \"%s\", \"currency\": \"RUB\", \"date\": \"2026-11-16\","
                + " \"purpose\": %s, \"docNumber\": \"5\", \"payerInn\": \"%s\", \"payerName\": %s,"
                + " \"payerAccount\": \"%s\", \"recipientInn\": \"0099000014\","
                + " \"recipientAccount\": \"40702810200009990001\"}\n").formatted(sum, quoted(purpose), payer[0],
                quoted(payer[1]), payer.length > 2 ? payer[2] : "40702810600000880099");
    }
}
