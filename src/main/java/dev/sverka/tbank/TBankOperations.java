package dev.sverka.tbank;

import dev.sverka.bank.BankOperation;
import dev.sverka.bank.BankOperation.Counterparty;
import dev.sverka.bank.BankOperation.Direction;
import dev.sverka.connector.Fingerprint;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one operation of a statement (tbank.md section 4.3). */
final class TBankOperations {

    /** Banking days are Moscow's (section 6), whatever zone the business keeps. */
    static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");

    private TBankOperations() {
    }

    /** Empty for what moves no money yet: a hold. @param source such as {@code tbank.main} */
    static Optional<BankOperation> read(String source, String bankAccount, JsonNode raw) {
        if (!raw.path("operationStatus").asString("").equalsIgnoreCase("Transaction")) {
            return Optional.empty();
        }
        BigDecimal amount = new BigDecimal(raw.path("accountAmount").asString("0"));
        boolean credit = raw.path("typeOfOperation").asString("").equalsIgnoreCase("Credit");
        // section 11, row 14: a reversal may come as a negative amount
        boolean incoming = credit == (amount.signum() >= 0);
        Counterparty counterparty = counterparty(raw, incoming);
        String purpose = text(raw, "payPurpose").or(() -> text(raw, "description")).orElse("");
        LocalDate bookedOn = day(raw.path("operationDate").asString(raw.path("trxnPostDate").asString("")));
        Direction direction = incoming ? Direction.INCOMING : Direction.OUTGOING;
        String currency = currency(raw.path("accountCurrencyDigitalCode").asString(""));
        long hundredths = amount.abs().setScale(2, RoundingMode.UNNECESSARY).movePointRight(2).longValueExact();
        String number = text(raw, "documentNumber").orElse(null);
        String category = text(raw, "category").orElse(null);
        String version = Fingerprint.of(List.of(direction, hundredths, currency, bookedOn, String.valueOf(number), purpose,
                counterparty));
        return Optional.of(new BankOperation(source, raw.path("operationId").asString(""), version, bankAccount,
                direction, hundredths, currency, bookedOn, number, purpose, category, counterparty));
    }

    /** {@code counterParty} first, else the far one of payer and receiver, whose fields have other names. */
    private static Counterparty counterparty(JsonNode raw, boolean incoming) {
        JsonNode named = raw.path("counterParty");
        JsonNode side = raw.path(incoming ? "payer" : "receiver");
        return new Counterparty(
                text(named, "inn").or(() -> text(side, "inn")).orElse(null),
                text(named, "kpp").or(() -> text(side, "kpp")).orElse(null),
                text(named, "name").or(() -> text(side, "name")).orElse(null),
                text(named, "account").or(() -> text(side, "acct")).or(() -> text(side, "account")).orElse(null));
    }

    /** Absent where missing, empty or {@code "0"}. */
    private static Optional<String> text(JsonNode node, String field) {
        String value = node.path(field).asString("").strip();
        return value.isEmpty() || value.equals("0") ? Optional.empty() : Optional.of(value);
    }

    private static LocalDate day(String moment) {
        return OffsetDateTime.parse(moment).atZoneSameInstant(MOSCOW).toLocalDate();
    }

    /** The moment's banking day in Moscow; null for text that is no moment. */
    static @Nullable LocalDate dayOf(String moment) {
        try {
            return day(moment);
        } catch (java.time.format.DateTimeParseException absent) {
            return null;
        }
    }

    /** Start of a banking day in UTC (section 6). */
    static Instant startOf(LocalDate day) {
        return day.atStartOfDay(MOSCOW).toInstant();
    }

    /** From the numeric code: {@code "643"} is RUB; the code itself where nobody knows it. */
    private static String currency(String code) {
        if (!code.matches("\\d{1,3}")) {
            return code.isEmpty() ? "RUB" : code.toUpperCase(Locale.ROOT);
        }
        int numeric = Integer.parseInt(code);
        return Currency.getAvailableCurrencies().stream().filter(one -> one.getNumericCode() == numeric)
                .map(Currency::getCurrencyCode).sorted().reduce((first, second) -> second).orElse(code);
    }
}
