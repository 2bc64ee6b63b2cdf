package dev.sverka.flows.matching;

import dev.sverka.flows.matching.MatchFile.Line;
import dev.sverka.flows.matching.Matcher.Paper;
import dev.sverka.flows.matching.Matcher.Papers;
import dev.sverka.flows.matching.Matcher.Payment;
import dev.sverka.flows.matching.Matcher.Stage;
import dev.sverka.records.bank.BankOperation.Direction;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The files of an offline run, read and checked. Operations are checked and counted at first, and read again one by one
 * when they are decided: a bank's years do not fit into memory.
 *
 * @param operations how many there are
 * @param accounts by account, the customers whom people have confirmed for it
 */
record MatchInput(Own own, List<Expected> payments, Path file, int operations, Map<String, Set<String>> accounts) {

    /** A payment, and whose it is. Its number is its place in the file, from 1. @param partyInn null for card orders */
    record Expected(String id, @Nullable String partyInn, @Nullable String partyName, boolean card, Payment payment) {
    }

    /** An operation, seen from us. */
    record Booked(String id, int line, Direction direction, long amount, String currency, LocalDate date,
            String purpose, @Nullable String documentNumber, Side ours, Side party) {
    }

    /** A side of an operation. */
    record Side(@Nullable String inn, @Nullable String name, @Nullable String account) {
    }

    static MatchInput read(MatchFiles files) {
        Own own = MatchFile.whole(files.own(), MatchInput::own);
        AtomicLong ids = new AtomicLong();
        Set<String> payments = new HashSet<>();
        Set<String> operations = new HashSet<>();
        Map<String, Set<String>> accounts = new HashMap<>();
        if (files.history() != null) {
            MatchFile.each(files.history(), line -> confirmed(line, accounts));
        }
        List<Expected> expected = MatchFile.lines(files.payments(),
                line -> expected(line, ids.incrementAndGet(), payments));
        MatchFile.each(files.operations(), line -> {
            unique(line, operations);
            booked(line);
        });
        return new MatchInput(own, expected, files.operations(), operations.size(), accounts);
    }

    /** In the file's order. */
    void eachOperation(Consumer<Booked> taker) {
        MatchFile.each(file, line -> taker.accept(booked(line)));
    }

    private static Own own(Line file) {
        return new Own(file.list("organizations").stream()
                .map(one -> new Own.Company(one.text("inn"), one.optional("name"), one.texts("accounts"))).toList(),
                file.list("banks").stream().map(one -> new Own.Bank(one.text("inn"), one.optional("name"))).toList());
    }

    private static String unique(Line line, Set<String> known) {
        String id = line.text("id");
        if (!known.add(id)) {
            throw line.broken("the id '" + id + "' stands twice", "give each line an id of its own");
        }
        return id;
    }

    private static Expected expected(Line line, long number, Set<String> known) {
        String id = unique(line, known);
        String status = line.oneOf("status", "open", "partial", "paid", "cancelled");
        long amount = line.hundredths("amount", true);
        long open = status.equals("paid") ? 0 : Math.max(0, amount - line.hundredths("paid", false));
        String invoice = line.optional("number");
        String party = line.optional("counterpartyName");
        String title = (invoice == null ? "Платёж " + id : "Счёт № " + invoice) + (party == null ? "" : ", " + party);
        return new Expected(id, line.optional("counterpartyInn"), party, "card".equals(line.optional("method")),
                new Payment(number, title, line.oneOf("direction", "in", "out").equals("in"), invoice,
                        line.optionalDay("date"), amount, open, line.text("currency"), status.equals("cancelled"),
                        line.optional("organizationInn"), null, papers(line)));
    }

    private static Papers papers(Line line) {
        String contract = line.optional("contractNumber");
        return new Papers(contract == null ? null : new Paper(contract, line.optionalDay("contractDate")),
                papers(line, "actNumbers"), papers(line, "updNumbers"), line.texts("orderNumbers"),
                line.month("period"), stage(line), line.optional("stage") == null ? null : line.decimal("percent"));
    }

    private static @Nullable Stage stage(Line line) {
        return line.optional("stage") == null ? null
                : Stage.valueOf(line.oneOf("stage", "prepayment", "final").toUpperCase(Locale.ROOT));
    }

    private static List<Paper> papers(Line line, String field) {
        return line.list(field).stream().map(one -> new Paper(one.text("number"), one.optionalDay("date"))).toList();
    }

    private static Booked booked(Line line) {
        boolean in = line.oneOf("direction", "in", "out").equals("in");
        Side payer = side(line, "payer");
        Side recipient = side(line, "recipient");
        String purpose = line.optional("purpose");
        return new Booked(line.text("id"), line.number(), in ? Direction.INCOMING : Direction.OUTGOING,
                line.hundredths("amount", true), line.text("currency"), line.day("date"),
                purpose == null ? "" : purpose, line.optional("docNumber"), in ? recipient : payer,
                in ? payer : recipient);
    }

    private static Side side(Line line, String who) {
        String inn = line.optional(who + "Inn");
        // where a bank has none it writes 0
        return new Side(inn == null || inn.matches("0+") ? null : inn, line.optional(who + "Name"), line.optional(who
                + "Account"));
    }

    /** An account is learned only where it paid us; whom we pay we know by ИНН. */
    private static void confirmed(Line line, Map<String, Set<String>> accounts) {
        Line operation = line.object("operation");
        boolean in = operation.oneOf("direction", "in", "out").equals("in");
        String account = in ? operation.optional("payerAccount") : null;
        if (account != null) {
            accounts.computeIfAbsent(account, one -> new HashSet<>()).add(line.text("counterpartyInn"));
        }
    }

    Map<String, List<Payment>> byParty() {
        return payments.stream().filter(one -> one.partyInn() != null).collect(Collectors.groupingBy(
                Expected::partyInn, Collectors.mapping(Expected::payment, Collectors.toList())));
    }
}
