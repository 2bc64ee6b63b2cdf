package dev.sverka.vendors.tbank;

import dev.sverka.core.connector.CurrencyCode;
import dev.sverka.core.connector.Fingerprint;
import dev.sverka.records.bank.BankOperation.Counterparty;
import dev.sverka.records.bank.BankOperation.Direction;
import dev.sverka.records.bank.BankOperation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one operation of a statement (tbank.md section 4.3). */
final class TBankOperations {

    /** Banking days are Moscow's (section 6), whatever zone the business keeps. */
    static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");
    /** What stands where the bank has no id: {@code -1}, zeros. It may stand on any number of movements. */
    private static final Pattern NO_ID = Pattern.compile("-\\d+|[0-]+");

    private TBankOperations() {
    }

    /**
     * @param source such as {@code tbank.main}
     * @param readAt when the statement was asked for
     * @return empty for what moves no money yet: a hold
     * @throws IllegalArgumentException with the bank's words for a row that cannot be read: nothing of it is guessed
     */
    static Optional<BankOperation> read(String source, String bankAccount, JsonNode raw, Instant readAt) {
        // posted ones were asked for, so a row that does not say is posted
        String status = raw.path("operationStatus").asString("Transaction");
        if (status.equalsIgnoreCase("Authorization") || status.equalsIgnoreCase("Active")) {
            return Optional.empty();
        }
        if (!status.equalsIgnoreCase("Transaction")) {
            throw new IllegalArgumentException("operationStatus '" + status + "' is not known");
        }
        String id = text(raw, "operationId").orElseThrow(() -> new IllegalArgumentException("operationId is missing"));
        BigDecimal amount = amount(raw);
        // section 11, row 14: a reversal may come as a negative amount; it is a movement back, and a person looks at it
        boolean credit = isCredit(raw);
        Direction direction = credit == (amount.signum() >= 0) ? Direction.INCOMING : Direction.OUTGOING;
        Counterparty counterparty = counterparty(raw, credit);
        String purpose = text(raw, "payPurpose").or(() -> text(raw, "description")).orElse("");
        LocalDate bookedOn = bookedOn(raw);
        String currency = CurrencyCode.letters(text(raw, "accountCurrencyDigitalCode")
                .orElseGet(() -> bankAccount.substring(5, 8)));
        long hundredths = amount.abs().movePointRight(2).longValueExact();
        String number = text(raw, "documentNumber").orElse(null);
        // the party's name is spelled anew at will; it counts where nothing else names the party
        String party = counterparty.inn() == null && counterparty.account() == null ? counterparty.name() : null;
        String version = Fingerprint.ofParts(direction, hundredths, currency, bookedOn, number, purpose, counterparty.inn(),
                counterparty.account(), party);
        String fingerprint = Fingerprint.ofMovement(bankAccount, direction, hundredths, number,
                counterparty.account() != null ? counterparty.account() : counterparty.inn(), purpose);
        return Optional.of(new BankOperation(source, id, version, bankAccount, direction, hundredths, currency,
                bookedOn, number, purpose, amount.signum() < 0 ? BankOperation.REVERSAL : text(raw, "category").orElse(null), counterparty, readAt, fingerprint));
    }

    /** Whether an id names no movement. */
    static boolean isNoId(String id) {
        return NO_ID.matcher(id).matches();
    }

    private static BigDecimal amount(JsonNode raw) {
        String text = raw.path("accountAmount").asString("").strip();
        try {
            return new BigDecimal(text).setScale(2, RoundingMode.UNNECESSARY);
        } catch (NumberFormatException | ArithmeticException unreadable) {
            throw new IllegalArgumentException("accountAmount '" + text + "' is no sum of at most two decimals");
        }
    }

    private static boolean isCredit(JsonNode raw) {
        String type = raw.path("typeOfOperation").asString("");
        if (!type.equalsIgnoreCase("Credit") && !type.equalsIgnoreCase("Debit")) {
            throw new IllegalArgumentException("typeOfOperation '" + type + "' is neither Credit nor Debit");
        }
        return type.equalsIgnoreCase("Credit");
    }

    private static LocalDate bookedOn(JsonNode raw) {
        String moment = text(raw, "operationDate").or(() -> text(raw, "trxnPostDate")).orElse("");
        LocalDate day = dayOf(moment);
        if (day == null) {
            throw new IllegalArgumentException("operationDate '" + moment + "' is no moment");
        }
        return day;
    }

    /**
     * {@code counterParty} first, else the far one of payer and receiver, whose fields have other names.
     *
     * @param credit by the type, which a reversal's minus does not turn round: payer and receiver stay who they were
     */
    private static Counterparty counterparty(JsonNode raw, boolean credit) {
        JsonNode named = raw.path("counterParty");
        JsonNode side = raw.path(credit ? "payer" : "receiver");
        return new Counterparty(
                text(named, "inn").or(() -> text(side, "inn")).orElse(null),
                text(named, "kpp").or(() -> text(side, "kpp")).orElse(null),
                text(named, "name").or(() -> text(side, "name")).or(() -> text(raw.path("merch"), "name"))
                        .orElse(null),
                text(named, "account").or(() -> text(side, "acct")).or(() -> text(side, "account")).orElse(null));
    }

    /** Absent where missing, empty or {@code "0"}. */
    private static Optional<String> text(JsonNode node, String field) {
        String value = node.path(field).asString("").strip();
        return value.isEmpty() || value.equals("0") ? Optional.empty() : Optional.of(value);
    }

    /** The moment's banking day in Moscow; null for text that is no moment. */
    static @Nullable LocalDate dayOf(String moment) {
        try {
            return OffsetDateTime.parse(moment).atZoneSameInstant(MOSCOW).toLocalDate();
        } catch (DateTimeException absent) {
            return null;
        }
    }

    /** Start of a banking day in UTC (section 6). */
    static Instant startOf(LocalDate day) {
        return day.atStartOfDay(MOSCOW).toInstant();
    }
}
