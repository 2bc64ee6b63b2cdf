package dev.sverka.sandbox.tochka;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One company at the bank: its accounts and postings, and what happens to them. */
public final class TochkaCompany {

    public static final String BIC = "044525104";
    public static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");
    private static final String PAYMENT = "Платежное поручение";
    private static final String MEMORIAL = "Мемориальный ордер";

    /** One of the two sides of a payment. */
    public record Party(String inn, String kpp, String name, String account) {
    }

    /** An account. */
    record Account(String number, String currency, BigDecimal opening, String status, String type) {
    }

    private final String code;
    private final Party self;
    private final Clock clock;
    private final TochkaEvents events;
    private final Map<String, Account> accounts = new LinkedHashMap<>();
    private final Map<String, List<Map<String, Object>>> postings = new TreeMap<>();
    private int sequence;

    TochkaCompany(String code, Party self, Clock clock, TochkaEvents events) {
        this.code = code;
        this.self = self;
        this.clock = clock;
        this.events = events;
        open(self.account(), "RUB", new BigDecimal("500000.00"), "Business");
    }

    public String code() {
        return code;
    }

    Party self() {
        return self;
    }

    /** Another account. @param type {@code Business} or {@code Personal} */
    public synchronized TochkaCompany open(String number, String currency, BigDecimal opening, String type) {
        accounts.put(number, new Account(number, currency, opening, "Enabled", type));
        postings.put(number, new ArrayList<>());
        return this;
    }

    /** The account is told as {@code Deleted} from now on; its statements can be read as before. */
    public synchronized void close(String number) {
        accounts.computeIfPresent(number, (same, account) -> new Account(number, account.currency(),
                account.opening(), "Deleted", account.type()));
    }

    synchronized Map<String, Account> accounts() {
        return new LinkedHashMap<>(accounts);
    }

    /** The bank's time. */
    public Instant now() {
        return clock.instant();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), MOSCOW);
    }

    /** Posts money that came, and tells it. @return the posting's id */
    public String credit(LocalDate day, BigDecimal amount, Party payer, String number, String purpose) {
        return post(self.account(), "Credit", PAYMENT, day, amount, payer, number, purpose);
    }

    /** Posts money that went, and tells it. @return the posting's id */
    public String debit(LocalDate day, BigDecimal amount, Party receiver, String number, String purpose) {
        return post(self.account(), "Debit", PAYMENT, day, amount, receiver, number, purpose);
    }

    /** A payment that is not sent yet; nothing is told of it. @return the posting's id */
    public String memorial(LocalDate day, BigDecimal amount, Party receiver, String number, String purpose) {
        return post(self.account(), "Debit", MEMORIAL, day, amount, receiver, number, purpose);
    }

    /**
     * Posts anything.
     *
     * @param direction {@code Credit} or {@code Debit}
     * @param party null for none
     * @return the posting's id
     */
    public synchronized String post(String account, String direction, String code, LocalDate day, BigDecimal amount,
            Party party, String number, String purpose) {
        sequence++;
        Map<String, Object> sums = new LinkedHashMap<>();
        sums.put("amount", shortest(amount));
        String currency = accounts.get(account).currency();
        sums.put("amountNat", shortest(currency.equals("RUB") ? amount : amount.multiply(new BigDecimal("11.35"))));
        sums.put("currency", currency);
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("transactionId", "cbs-" + this.code + "-" + sequence);
        one.put("paymentId", "pay-" + this.code + "-" + sequence);
        one.put("creditDebitIndicator", direction);
        one.put("status", "Booked");
        one.put("documentNumber", number);
        one.put("transactionTypeCode", code);
        one.put("documentProcessDate", day.toString());
        one.put("description", purpose);
        one.put("Amount", sums);
        if (party != null) {
            far(one, direction.equals("Credit") ? "Debtor" : "Creditor", party);
        }
        one.values().removeIf(value -> value == null);
        postings.get(account).add(one);
        if (!MEMORIAL.equals(code)) {
            events.tell(this, account, one);
        }
        return String.valueOf(one.get("transactionId"));
    }

    /** Only the far side is told (section 6.2). */
    private static void far(Map<String, Object> one, String side, Party party) {
        Map<String, Object> names = new LinkedHashMap<>();
        names.put("inn", party.inn());
        names.put("name", party.name());
        names.put("kpp", party.kpp());
        names.values().removeIf(value -> value == null);
        one.put(side + "Party", names);
        one.put(side + "Account", new LinkedHashMap<>(Map.of("schemeName", "RU.CBR.BBAN", "identification",
                party.account())));
        one.put(side + "Agent", new LinkedHashMap<>(Map.of("schemeName", "RU.CBR.BIK", "identification", "049900111",
                "accountIdentification", "30101810000000000111", "name", "АО \"ОБРАЗЦОВЫЙ БАНК\"")));
    }

    private static BigDecimal shortest(BigDecimal amount) {
        return amount.signum() == 0 ? BigDecimal.ZERO : new BigDecimal(amount.stripTrailingZeros().toPlainString());
    }

    /** A memorial order is sent. @param sameIds whether the posting keeps its id @return the id it has now */
    public synchronized String send(String id, boolean sameIds) {
        Map<String, Object> one = find(id);
        one.put("transactionTypeCode", PAYMENT);
        if (!sameIds) {
            sequence++;
            one.put("transactionId", "cbs-" + code + "-" + sequence);
        }
        events.tell(this, accountOf(one), one);
        return String.valueOf(one.get("transactionId"));
    }

    /** The bank edits a posting. @param value null takes the field away */
    public synchronized void edit(String id, String field, Object value) {
        Map<String, Object> one = find(id);
        one.put(field, value);
        one.values().removeIf(gone -> gone == null);
    }

    /** A posting goes by no id any more. */
    public synchronized void withoutIds(String id) {
        find(id).keySet().removeAll(List.of("transactionId", "paymentId"));
    }

    /** The bank takes a posting back, without a word. */
    public synchronized void remove(String id) {
        Map<String, Object> one = find(id);
        postings.values().forEach(all -> all.remove(one));
    }

    private Map<String, Object> find(String id) {
        return postings.values().stream().flatMap(List::stream).filter(one -> id.equals(one.get("transactionId")))
                .findFirst().orElseThrow();
    }

    private String accountOf(Map<String, Object> posting) {
        return postings.entrySet().stream().filter(one -> one.getValue().contains(posting)).findFirst().orElseThrow()
                .getKey();
    }

    /** What stands in a statement now. */
    synchronized List<Map<String, Object>> postings(String account, LocalDate from, LocalDate to) {
        return postings.get(account).stream().filter(one -> {
            Object told = one.get("documentProcessDate");
            LocalDate day = told == null ? today() : LocalDate.parse(told.toString());
            return !day.isBefore(from) && !day.isAfter(to);
        }).map(one -> (Map<String, Object>) new LinkedHashMap<>(one)).toList();
    }

    /** What the account held when a day began. */
    synchronized BigDecimal balance(String account, LocalDate day) {
        return accounts.get(account).opening().add(sum(postings(account, LocalDate.MIN, day.minusDays(1))));
    }

    static BigDecimal sum(List<Map<String, Object>> postings) {
        return postings.stream().map(one -> {
            BigDecimal amount = new BigDecimal(((Map<?, ?>) one.get("Amount")).get("amount").toString());
            return "Credit".equals(one.get("creditDebitIndicator")) ? amount : amount.negate();
        }).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
