package dev.sverka.flows.payments;

import dev.sverka.records.bank.BankOperation.Direction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands in a payment's timeline, as a bookkeeper writes it. */
final class Comments {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.yyyy");
    private static final int MARKER = 40;
    private static final Map<String, String> SIGNS = Map.of("RUB", "₽", "USD", "$", "EUR", "€");
    private static final Map<String, String> BANKS = Map.of("tbank", "Т-Банк", "tochka", "Точка");

    private final boolean russian;
    private final @Nullable String desk;

    /** @param desk how people reach our pages; null where that is not known */
    Comments(Locale locale, @Nullable String desk) {
        this.russian = !locale.getLanguage().equals("en");
        this.desk = desk;
    }

    /**
     * Why the payment looks as it does after an allocation.
     *
     * @param paidThen what was paid of it then, this share included
     * @param free what of the operation is given to nothing
     */
    String text(PaymentRow payment, StoredOperation operation, Share share, long paidThen, long free, String marker) {
        String currency = payment.currency();
        long rest = Math.max(0, payment.amount() - paidThen);
        StringBuilder text = new StringBuilder();
        if (russian) {
            text.append(operation.direction() == Direction.INCOMING
                    ? "Поступила оплата " : "Ушла оплата ").append(money(operation.amount(), currency))
                    .append(russianParty(operation)).append(", п/п").append(number(operation)).append(" от ")
                    .append(day(operation.bookedOn())).append(", счёт …").append(tail(operation.bankAccount()))
                    .append(" (").append(bank(operation.source())).append(").\n");
            text.append(russianPayment(payment)).append(rest == 0 ? " оплачен полностью: " : " оплачен частично: ")
                    .append(money(paidThen, currency)).append(" из ").append(money(payment.amount(), currency))
                    .append(rest == 0 ? "." : ", осталось " + money(rest, currency) + ".").append('\n');
            text.append("Почему: ").append(share.why()).append(".\n");
            text.append("Назначение: «").append(operation.purpose()).append("»\n");
        } else {
            text.append("Payment of ").append(money(operation.amount(), currency)).append(" ")
                    .append(operation.partyName() == null ? "" : operation.partyName() + ", ").append("INN ")
                    .append(operation.partyInn()).append(", ").append(day(operation.bookedOn())).append(", account …")
                    .append(tail(operation.bankAccount())).append(".\n").append("Paid ")
                    .append(money(paidThen, currency)).append(" of ").append(money(payment.amount(), currency))
                    .append(rest == 0 ? "." : ", " + money(rest, currency) + " left.").append('\n')
                    .append("Why: ").append(share.rule()).append("; ").append(share.why()).append(".\n")
                    .append("Purpose: “").append(operation.purpose()).append("”\n");
        }
        return text.append(toDo(operation, free)).append(marker).toString();
    }

    /**
     * That an allocation was taken back, and why.
     *
     * @param paidNow what is paid of the payment now
     */
    String takenBack(PaymentRow payment, StoredOperation operation, Share share, long paidNow, String marker) {
        String currency = payment.currency();
        String rest = money(paidNow, currency) + (russian ? " из " : " of ") + money(payment.amount(), currency);
        if (!russian) {
            return "Taken back: " + money(share.amount(), currency) + ", " + day(operation.bookedOn()) + ".\nWhy: "
                    + share.endedWhy() + ".\nPaid " + rest + ".\n" + again(operation) + marker;
        }
        return "Оплата снята: " + money(share.amount(), currency) + russianParty(operation) + ", п/п"
                + number(operation) + " от " + day(operation.bookedOn()) + ".\nПочему: " + share.endedWhy()
                + ".\nОплачено " + rest + ".\n" + again(operation) + marker;
    }

    /** What a person has to do, or may: a line of its own. */
    private String toDo(StoredOperation operation, long free) {
        if (free > 0) {
            return whatToDo(operation, free) + "\n";
        }
        return desk == null ? "" : (russian ? "История и отмена: " : "Its story, and undo: ") + page(operation, "") + "\n";
    }

    private String again(StoredOperation operation) {
        return operation.box().equals("review") ? whatToDo(operation, operation.amount()) + "\n" : "";
    }

    /** That somebody has to say where money goes, and where that is said. */
    String whatToDo(StoredOperation operation, long free) {
        String sum = money(free, operation.currency());
        String where = desk == null ? "." : ": " + page(operation, "/decide");
        return (russian ? "Что сделать: решить, куда отнести " + sum : "To do: say where " + sum + " goes") + where;
    }

    /** What a to-do is called. */
    String toDoTitle(StoredOperation operation, long free) {
        String party = operation.partyName() == null ? "" : ", " + operation.partyName();
        return (russian ? "Разобрать оплату: " : "Look at a payment: ") + money(free, operation.currency()) + party;
    }

    private String page(StoredOperation operation, String more) {
        return desk + "/operations/" + operation.id() + more;
    }

    private static String russianParty(StoredOperation operation) {
        String name = operation.partyName() == null ? "" : " " + operation.partyName();
        String inn = operation.partyInn() == null ? "" : " (ИНН " + operation.partyInn() + ")";
        String word = operation.direction() == Direction.INCOMING ? " от" : " для";
        return name.isEmpty() && inn.isEmpty() ? "" : word + name + inn;
    }

    private static String russianPayment(PaymentRow payment) {
        if (payment.number() == null) {
            return "Платёж";
        }
        return "Счёт № " + payment.number()
                + (payment.invoiceDate() == null ? "" : " от " + day(payment.invoiceDate()));
    }

    private static String number(StoredOperation operation) {
        return operation.docNumber() == null ? "" : " № " + operation.docNumber();
    }

    private static String tail(String account) {
        return account.length() <= 4 ? account : account.substring(account.length() - 4);
    }

    private static String bank(String source) {
        String scheme = source.replaceFirst("\\..*", "");
        return BANKS.getOrDefault(scheme, scheme);
    }

    /** {@code 16.11.2026}. */
    static String day(LocalDate day) {
        return DAY.format(day);
    }

    /** {@code 45 000,00 ₽}, with spaces that do not break. */
    static String money(long hundredths, String currency) {
        DecimalFormatSymbols symbols = new DecimalFormatSymbols(Locale.ROOT);
        symbols.setDecimalSeparator(',');
        symbols.setGroupingSeparator('\u00a0');
        return new DecimalFormat("#,##0.00", symbols).format(PortalItem.rubles(hundredths)) + "\u00a0"
                + SIGNS.getOrDefault(currency, currency);
    }

    /** {@code sverka:bank-operation:<account>:<source id>}, at most 40 characters: what does not fit is hashed. */
    static String marker(String account, String sourceId, long payment) {
        String full = "sverka:bank-operation:" + account + ":" + sourceId;
        if (full.length() <= MARKER) {
            return full;
        }
        String head = "sverka:bank-operation:" + (account.length() > 10 ? "" : account + ":");
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((account + ":" + sourceId + ":" + payment).getBytes(StandardCharsets.UTF_8));
            return head + HexFormat.of().formatHex(digest).substring(0, MARKER - head.length());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
