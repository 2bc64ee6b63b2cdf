package dev.sverka.vendors.tochka;

import dev.sverka.core.connector.Feed.News;
import dev.sverka.core.connector.Fingerprint;
import dev.sverka.records.bank.BankOperation;
import dev.sverka.records.bank.StatementBalances;
import dev.sverka.records.bank.StatementWindow.Seen;
import dev.sverka.records.bank.StatementWindow;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** One statement that is ready: what it says of operations, and whether it is whole. */
final class TochkaReading {

    private final String source;
    private final String bankAccount;
    private final TochkaJob job;
    private final TochkaClient.Statement statement;
    private final List<BankOperation> operations = new ArrayList<>();
    private final List<News> odd = new ArrayList<>();
    private BigDecimal sum = BigDecimal.ZERO;
    private boolean unreadable;
    private LocalDate settledBefore;

    /** @param source such as {@code tochka.main} @param job which days were ordered, and when */
    TochkaReading(String source, String bankAccount, TochkaJob job, TochkaClient.Statement statement) {
        this.source = source;
        this.bankAccount = bankAccount;
        this.job = job;
        this.statement = statement;
        LocalDate after = job.to().plusDays(1);
        this.settledBefore = after.isBefore(job.today()) ? after : job.today();
        read();
    }

    /** A row and what it says; read once more where its id is another row's too. */
    private record Row(JsonNode raw, BankOperation operation) {
    }

    private void read() {
        List<Row> rows = new ArrayList<>();
        for (JsonNode raw : statement.rows()) {
            try {
                TochkaOperations.read(source, bankAccount, raw, job.since(), 1)
                        .ifPresent(operation -> rows.add(new Row(raw, operation)));
            } catch (IllegalArgumentException faulty) {
                unreadable = true;
                odd.add(TochkaRows.news(source, bankAccount, raw, job));
            }
        }
        // rows that share an id are numbered in an order that does not hang on the bank's
        rows.sort(Comparator.comparing((Row row) -> row.operation().bookedOn())
                .thenComparing(row -> row.operation().sourceId()).thenComparing(row -> row.operation().version()));
        Map<String, Integer> count = new HashMap<>();
        for (Row row : rows) {
            int nth = count.merge(row.operation().sourceId(), 1, Integer::sum);
            add(row.raw(), nth == 1 ? row.operation()
                    : TochkaOperations.read(source, bankAccount, row.raw(), job.since(), nth).orElseThrow());
        }
    }

    private void add(JsonNode raw, BankOperation operation) {
        BigDecimal amount = BigDecimal.valueOf(operation.amount(), 2);
        sum = operation.direction() == BankOperation.Direction.INCOMING ? sum.add(amount) : sum.subtract(amount);
        if (!TochkaOperations.isProvisional(raw, operation, job.today())) {
            operations.add(operation);
        } else if (operation.bookedOn().isBefore(settledBefore)) {
            settledBefore = operation.bookedOn();
        }
    }

    /** The operations, oldest day first. */
    List<BankOperation> operations() {
        return operations;
    }

    /** Whether a row is here that reads exactly so and cannot be read. @param content {@link News#version} of its news */
    boolean holdsOdd(String content) {
        return odd.stream().anyMatch(one -> content.equals(one.version()));
    }

    /** The operations and the rows that cannot be read. */
    List<News> news() {
        List<News> news = new ArrayList<>(odd);
        operations.forEach(one -> news.add(new News(one.sourceId(), one.version(), one)));
        return news;
    }

    /** Whether the bank's own balances say that rows are missing, or there twice. */
    boolean isContradicted() {
        return !unreadable && statement.opening() != null && statement.closing() != null
                && statement.opening().add(sum).compareTo(statement.closing()) != 0;
    }

    /** Equal for statements that say the same. */
    String content() {
        return Fingerprint.of(statement).substring(0, 16);
    }

    /**
     * What whole days held; a day with a payment that is not sent yet is not settled.
     *
     * @return empty where the statement is not proven whole: nothing may be called withdrawn then
     */
    Optional<StatementWindow> window() {
        if (unreadable || isContradicted() || !job.from().isBefore(settledBefore)) {
            return Optional.empty();
        }
        boolean balanced = statement.opening() != null && statement.closing() != null;
        if (!balanced && operations.isEmpty()) {
            // silence without figures proves nothing
            return Optional.empty();
        }
        List<Seen> seen = operations.stream()
                .filter(one -> one.bookedOn().isBefore(settledBefore) && !one.bookedOn().isBefore(job.from()))
                .map(one -> new Seen(one.sourceId(), one.fingerprint())).toList();
        String id = Fingerprint.of(List.of(source, bankAccount, job.from(), settledBefore, job.since())).substring(0, 24);
        return Optional.of(new StatementWindow(id, source, bankAccount, job.from(), settledBefore, job.since(), seen));
    }

    /**
     * What the account held as the statement's days began: the first as the bank states it, and the rest where its rows
     * and its closing balance agree; where they do not, what it held once its days were over.
     *
     * @return empty where the bank states nothing
     */
    Optional<News> balances() {
        if (statement.opening() == null) {
            return Optional.empty();
        }
        List<StatementBalances.Start> starts = new ArrayList<>(List.of(start(job.from(), statement.opening())));
        boolean fits = statement.closing() != null && !unreadable && !isContradicted();
        for (LocalDate day = job.from(); fits && day.isBefore(settledBefore); day = day.plusDays(1)) {
            LocalDate here = day;
            long moved = operations.stream().filter(one -> one.bookedOn().equals(here))
                    .mapToLong(one -> one.direction() == BankOperation.Direction.INCOMING ? one.amount() : -one.amount())
                    .sum();
            starts.add(new StatementBalances.Start(day.plusDays(1), starts.get(starts.size() - 1).amount() + moved));
        }
        if (!fits && statement.closing() != null && job.to().isBefore(job.today())
                && settledBefore.equals(job.to().plusDays(1))) {
            starts.add(start(settledBefore, statement.closing()));
        }
        // whatever changes in these days makes it news: then it is known to be no older than that change
        List<String> rows = operations.stream().filter(one -> one.bookedOn().isBefore(settledBefore))
                .map(one -> one.sourceId() + one.version()).toList();
        return Optional.of(new News(bankAccount + "-balances-" + job.kind(), Fingerprint.of(List.of(starts, rows)),
                new StatementBalances(source, bankAccount, job.since(), starts)));
    }

    private static StatementBalances.Start start(LocalDate day, BigDecimal amount) {
        return new StatementBalances.Start(day, amount.movePointRight(2).setScale(0, RoundingMode.HALF_UP)
                .longValueExact());
    }

    /** Equal for windows that say the same. */
    static String hash(StatementWindow window) {
        return Fingerprint.of(List.of(window.fromDate(), window.toDateExclusive(), window.seen())).substring(0, 16);
    }
}
