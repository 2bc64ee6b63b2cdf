package dev.sverka.vendors.tochka;

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
import java.time.ZoneId;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads one row of a statement (tochka.md section 6.2). */
final class TochkaOperations {

    /** Banking days are Moscow's (section 12, row 5), whatever zone the business keeps. */
    static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");
    /** Ids may have 210 characters (section 6.2), more than a key should. */
    private static final int LONGEST_ID = 80;

    private TochkaOperations() {
    }

    /**
     * @param source such as {@code tochka.main}
     * @param readAt when the statement was ordered
     * @param nth which of several rows that go by one id, from 1 on
     * @return empty for what moves no money yet
     * @throws IllegalArgumentException with the bank's words for a row that cannot be read: nothing of it is guessed
     */
    static Optional<BankOperation> read(String source, String bankAccount, JsonNode raw, Instant readAt, int nth) {
        String status = text(raw, "status").orElse("");
        if (status.equalsIgnoreCase("Pending")) {
            return Optional.empty();
        }
        if (!status.equalsIgnoreCase("Booked")) {
            throw new IllegalArgumentException("status '" + status + "' is neither Booked nor Pending");
        }
        boolean incoming = isCredit(raw);
        Direction direction = incoming ? Direction.INCOMING : Direction.OUTGOING;
        BigDecimal amount = amount(raw);
        long hundredths = amount.movePointRight(2).longValueExact();
        String currency = CurrencyCode.letters(text(raw.path("Amount"), "currency")
                .orElseGet(() -> bankAccount.substring(5, 8)));
        LocalDate bookedOn = bookedOn(raw);
        Counterparty counterparty = counterparty(raw, incoming ? "Debtor" : "Creditor");
        String number = text(raw, "documentNumber").orElse(null);
        String purpose = text(raw, "description").orElse("");
        // the party's name is spelled anew at will; it counts where nothing else names the party
        String party = counterparty.inn() == null && counterparty.account() == null ? counterparty.name() : null;
        String version = Fingerprint.ofParts(direction, hundredths, currency, bookedOn, number, purpose,
                counterparty.inn(), counterparty.account(), party);
        String fingerprint = Fingerprint.ofMovement(bankAccount, direction, hundredths, number,
                counterparty.account() != null ? counterparty.account() : counterparty.inn(), purpose);
        String id = id(raw).orElse(fingerprint + "-" + bookedOn) + (nth == 1 ? "" : "#" + nth);
        return Optional.of(new BankOperation(source, id, version, bankAccount, direction, hundredths, currency,
                bookedOn, number, purpose, text(raw, "transactionTypeCode").orElse(null), counterparty, readAt,
                fingerprint));
    }

    /** The posting's id, else the payment's (section 6.3). */
    static Optional<String> id(JsonNode raw) {
        return text(raw, "transactionId").or(() -> text(raw, "paymentId"))
                .map(id -> id.length() > LONGEST_ID ? Fingerprint.of(id) : id);
    }

    /**
     * Whether a row stands for a payment that the bank has not sent yet (section 6.2): it will come back as a payment
     * order, under an id nobody can foresee.
     */
    static boolean isProvisional(JsonNode raw, BankOperation operation, LocalDate today) {
        return operation.direction() == Direction.OUTGOING && !operation.bookedOn().isBefore(today.minusDays(1))
                && text(raw, "transactionTypeCode").filter("Мемориальный ордер"::equalsIgnoreCase).isPresent();
    }

    private static BigDecimal amount(JsonNode raw) {
        String told = raw.path("Amount").path("amount").asString("").strip();
        try {
            BigDecimal amount = new BigDecimal(told).setScale(2, RoundingMode.UNNECESSARY);
            if (amount.signum() >= 0) {
                return amount;
            }
        } catch (NumberFormatException | ArithmeticException unreadable) {
            // told below, with the bank's words
        }
        throw new IllegalArgumentException("Amount.amount '" + told + "' is no sum of at most two decimals");
    }

    private static boolean isCredit(JsonNode raw) {
        String told = text(raw, "creditDebitIndicator").orElse("");
        if (!told.equalsIgnoreCase("Credit") && !told.equalsIgnoreCase("Debit")) {
            throw new IllegalArgumentException("creditDebitIndicator '" + told + "' is neither Credit nor Debit");
        }
        return told.equalsIgnoreCase("Credit");
    }

    /** Whether the day of the posting is all that lacks: the sheet calls it optional, and nothing else tells it. */
    static boolean lacksDayAlone(String source, String bankAccount, JsonNode raw) {
        if (text(raw, "documentProcessDate").isPresent() || !(raw.deepCopy() instanceof ObjectNode dated)) {
            return false;
        }
        try {
            return read(source, bankAccount, dated.put("documentProcessDate", LocalDate.EPOCH.toString()),
                    Instant.EPOCH, 1).isPresent();
        } catch (IllegalArgumentException other) {
            return false;
        }
    }

    private static LocalDate bookedOn(JsonNode raw) {
        String told = text(raw, "documentProcessDate").orElse("");
        return day(told).orElseThrow(() -> new IllegalArgumentException("documentProcessDate '" + told
                + "' is no day"));
    }

    static Optional<LocalDate> day(String told) {
        try {
            return Optional.of(LocalDate.parse(told));
        } catch (DateTimeException absent) {
            return Optional.empty();
        }
    }

    /** A card or a telephone is no account. @param side {@code Debtor} or {@code Creditor}: only the far one is told */
    private static Counterparty counterparty(JsonNode raw, String side) {
        JsonNode party = raw.path(side + "Party");
        JsonNode account = raw.path(side + "Account");
        boolean banks = text(account, "schemeName").orElse("RU.CBR.BBAN").equals("RU.CBR.BBAN");
        return new Counterparty(text(party, "inn").orElse(null), text(party, "kpp").orElse(null),
                text(party, "name").orElse(null), banks ? text(account, "identification").orElse(null) : null);
    }

    /** Absent where missing, empty or {@code 0}. */
    private static Optional<String> text(JsonNode node, String field) {
        String value = node.path(field).asString("").strip();
        return value.isEmpty() || value.equals("0") ? Optional.empty() : Optional.of(value);
    }
}
