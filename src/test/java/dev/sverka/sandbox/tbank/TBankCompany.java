package dev.sverka.sandbox.tbank;

import dev.sverka.sandbox.tbank.TBankStandIn.Party;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One legal entity at the bank: its token, accounts and operations, and what happens to them. */
public final class TBankCompany {

    public static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");
    static final String BIC = "044525974";
    private static final String CORRESPONDENT = "30101810145250000974";
    /** Operations made at these hours may get another id (section 6). */
    private static final LocalTime DRIFTS_FROM = LocalTime.of(22, 0);
    private static final LocalTime DRIFTS_TO = LocalTime.of(3, 0);
    private static final Duration UNUSED = Duration.ofDays(90);

    /** An account. @param currency numeric, such as {@code 643} */
    record Account(String number, String name, String currency, String type, BigDecimal opening, boolean closed) {
    }

    private final String token;
    private final Party self;
    private final Clock clock;
    private final int number;
    private final TBankNotes notes;
    private final TBankSwitches switches = new TBankSwitches();
    private final Map<String, Account> accounts = new LinkedHashMap<>();
    private final List<Map<String, Object>> operations = new ArrayList<>();
    private Instant used;
    private int sequence;

    TBankCompany(String token, Party self, Clock clock, int number, TBankNotes notes) {
        this.token = token;
        this.self = self;
        this.clock = clock;
        this.number = number;
        this.notes = notes;
        this.used = clock.instant();
        open(self.account(), "Расчётный счёт", "643", "Current", new BigDecimal("5000000.00"));
    }

    public String token() {
        return token;
    }

    public TBankSwitches switches() {
        return switches;
    }

    /** Its notes of operations. */
    public TBankNotes notes() {
        return notes;
    }

    /** The bank's time. */
    public Instant now() {
        return clock.instant();
    }

    /** Another account. @param currency numeric @param type such as {@code Current}, {@code Overnight} */
    public synchronized TBankCompany open(String account, String name, String currency, String type,
            BigDecimal opening) {
        accounts.put(account, new Account(account, name, currency, type, opening, false));
        return this;
    }

    /** The account leaves the list; its statement can be read as before. */
    public synchronized void close(String account) {
        accounts.computeIfPresent(account, (number, open) -> new Account(number, open.name(), open.currency(),
                open.type(), open.opening(), true));
    }

    synchronized Map<String, Account> accounts() {
        return new LinkedHashMap<>(accounts);
    }

    /** Whether the token is still taken now; a use renews it (section 2.1). */
    synchronized boolean use() {
        Instant now = clock.instant();
        boolean alive = !switches.cancelled && Duration.between(used, now).compareTo(UNUSED) <= 0;
        used = alive ? now : used;
        return alive;
    }

    /** Posts money that came. @return the operation's id */
    public String credit(LocalDate day, BigDecimal amount, Party payer, String number, String purpose) {
        return post(self.account(), "Credit", "contragentIncome", at(day), amount, payer, number, purpose, Map.of());
    }

    /** Posts money that went. @return the operation's id */
    public String debit(LocalDate day, BigDecimal amount, Party receiver, String category, String number,
            String purpose) {
        return post(self.account(), "Debit", category, at(day), amount, receiver, number, purpose, Map.of());
    }

    /**
     * Posts anything.
     *
     * @param type {@code Credit} or {@code Debit}
     * @param party null for none
     * @param further fields that come on top, or in place, of the usual ones
     * @return the operation's id
     */
    public synchronized String post(String account, String type, String category, Instant at, BigDecimal amount,
            Party party, String number, String purpose, Map<String, Object> further) {
        String moment = at.truncatedTo(ChronoUnit.SECONDS).toString();
        LocalDate day = LocalDate.ofInstant(at, MOSCOW);
        Map<String, Object> one = started(account, type, category, moment, amount);
        one.put("trxnPostDate", moment);
        one.put("drawDate", moment);
        one.put("chargeDate", moment);
        one.put("docDate", day.minusDays(1) + "T21:00:00Z");
        one.put("documentNumber", number);
        one.put("payVo", number == null || party == null ? "bank-order" : "payment-order");
        one.put("vo", number == null || party == null ? "17" : "01");
        one.put("priority", 5);
        one.put("description", purpose);
        one.put("payPurpose", purpose);
        if (party != null) {
            one.put("payer", side(type.equals("Credit") ? party : self));
            one.put("receiver", side(type.equals("Credit") ? self : party));
            one.put("counterParty", counterparty(party));
        }
        one.putAll(further);
        one.values().removeIf(value -> value == null);
        operations.add(one);
        notes.tell(one);
        return String.valueOf(one.get("operationId"));
    }

    private Map<String, Object> started(String account, String type, String category, String moment,
            BigDecimal amount) {
        String currency = accounts.get(account).currency();
        BigDecimal shortest = amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("operationDate", moment);
        one.put("operationId", nextId());
        one.put("operationStatus", "Transaction");
        one.put("accountNumber", account);
        one.put("bic", BIC);
        one.put("typeOfOperation", type);
        one.put("category", category);
        one.put("authorizationDate", moment);
        one.put("operationAmount", shortest);
        one.put("operationCurrencyDigitalCode", currency);
        one.put("accountAmount", shortest);
        one.put("accountCurrencyDigitalCode", currency);
        one.put("rubleAmount", currency.equals("643") ? shortest : shortest.multiply(new BigDecimal(81)));
        return one;
    }

    private String nextId() {
        sequence++;
        return new UUID(0x9f3c1a7e00005a10L + number, 0x8c440d1e2f3a0000L + sequence).toString();
    }

    private static Map<String, Object> side(Party party) {
        Map<String, Object> side = new LinkedHashMap<>();
        side.put("acct", party.account());
        side.put("inn", party.inn() == null ? "" : party.inn());
        side.put("kpp", party.kpp() == null ? "0" : party.kpp());
        side.put("name", party.name());
        side.put("bicRu", BIC);
        side.put("bankName", "АО \"ТБанк\"");
        side.put("corAcct", CORRESPONDENT);
        return side;
    }

    private static Map<String, Object> counterparty(Party party) {
        Map<String, Object> counterparty = new LinkedHashMap<>();
        counterparty.put("account", party.account());
        counterparty.put("inn", party.inn() == null ? "" : party.inn());
        counterparty.put("kpp", party.kpp() == null ? "0" : party.kpp());
        counterparty.put("name", party.name());
        counterparty.put("bankName", "АО \"ТБанк\"");
        counterparty.put("bankBic", BIC);
        counterparty.put("corrAccount", CORRESPONDENT);
        return counterparty;
    }

    /** A card purchase that only holds the money yet. @return its id */
    public synchronized String hold(Instant at, BigDecimal amount, String shop) {
        String moment = at.truncatedTo(ChronoUnit.SECONDS).toString();
        Map<String, Object> one = started(self.account(), "Debit", "cardOperation", moment, amount);
        one.put("operationStatus", "Authorization");
        one.put("description", shop + " MOSCOW RUS");
        one.put("cardNumber", "220070******0001");
        one.put("ucid", 1000000001);
        one.put("mcc", "5812");
        one.put("merch", new LinkedHashMap<>(Map.of("name", shop, "city", "MOSCOW", "country", "RUS")));
        operations.add(one);
        notes.tellEarly(one);
        return String.valueOf(one.get("operationId"));
    }

    /** The hold is posted. @param sameId whether it keeps its id @return the id it has now */
    public synchronized String settle(String id, Instant at, boolean sameId) {
        Map<String, Object> one = find(id);
        String moment = at.truncatedTo(ChronoUnit.SECONDS).toString();
        one.put("operationId", sameId ? id : nextId());
        one.put("operationStatus", "Transaction");
        one.put("operationDate", moment);
        one.put("trxnPostDate", moment);
        one.put("payVo", "bank-order");
        one.put("vo", "17");
        one.put("payPurpose", "Оплата по карте *0001 " + one.get("description"));
        notes.tell(one);
        return String.valueOf(one.get("operationId"));
    }

    /** The bank edits an operation. */
    public synchronized void edit(String id, String field, Object value) {
        Map<String, Object> one = find(id);
        one.put(field, value);
        notes.tell(one);
    }

    /** The bank takes an operation back, or lets a hold go, without a word. */
    public synchronized void withdraw(String id) {
        operations.remove(find(id));
    }

    /** Operations made between 22:00 and 3:00 in Moscow get other ids, as overnight. @return old id to new */
    public synchronized Map<String, String> driftOvernight() {
        Map<String, String> drifted = new LinkedHashMap<>();
        for (Map<String, Object> one : operations) {
            LocalTime made = LocalTime.ofInstant(Instant.parse(String.valueOf(one.get("operationDate"))), MOSCOW);
            if (!made.isBefore(DRIFTS_FROM) || made.isBefore(DRIFTS_TO)) {
                drifted.put(String.valueOf(one.get("operationId")), rename(one));
            }
        }
        return drifted;
    }

    /** One operation gets another id. @return the new one */
    public synchronized String drift(String id) {
        return rename(find(id));
    }

    private String rename(Map<String, Object> one) {
        one.put("operationId", nextId());
        return String.valueOf(one.get("operationId"));
    }

    /** The money of an operation comes back as one of its own. @return its id */
    public synchronized String reverse(String id, Instant at) {
        Map<String, Object> one = find(id);
        String back = "Credit".equals(one.get("typeOfOperation")) ? "Debit" : "Credit";
        return post(String.valueOf(one.get("accountNumber")), back, "refundIn", at,
                new BigDecimal(String.valueOf(one.get("accountAmount"))), null, null,
                "Возврат: " + one.getOrDefault("payPurpose", one.get("description")), Map.of());
    }

    private Map<String, Object> find(String id) {
        return operations.stream().filter(one -> one.get("operationId").equals(id)).findFirst().orElseThrow();
    }

    /** Everything there is, in the order in which it came. */
    public synchronized List<Map<String, Object>> operations() {
        return operations.stream().map(one -> (Map<String, Object>) new LinkedHashMap<>(one)).toList();
    }

    /** Everything there was before, in its order, in place of what there is; nobody is told. */
    public synchronized void reinstate(List<Map<String, Object>> before) {
        operations.clear();
        before.forEach(one -> operations.add(new LinkedHashMap<>(one)));
        sequence = Math.max(sequence, 1000); // ids that come are nobody's
    }

    /** Now for today, else some time of that day. */
    private Instant at(LocalDate day) {
        Instant now = clock.instant();
        return day.equals(LocalDate.ofInstant(now, MOSCOW)) ? now
                : day.atTime(10, sequence % 60).atZone(MOSCOW).toInstant();
    }
}
