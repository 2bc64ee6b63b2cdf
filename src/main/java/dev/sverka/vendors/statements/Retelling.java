package dev.sverka.vendors.statements;

import dev.sverka.core.connector.Feed;
import dev.sverka.core.connector.Fingerprint;
import dev.sverka.records.bank.StatementWindow.Seen;
import dev.sverka.records.bank.StatementWindow;
import dev.sverka.vendors.statements.Finding.Kind;
import dev.sverka.vendors.statements.StatementRows.Known;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells which rows of a file are news, by comparing each account's day with what earlier files told (sheet section 6,
 * identity of a row): equal rows are counted, and a day that the file proves whole replaces what was told of it.
 */
final class Retelling {

    private final String source;
    private final Instant madeAt;
    private final Balances balances;
    private final List<Finding> findings;
    private final List<Feed.News> news = new ArrayList<>();
    private final List<Known> added = new ArrayList<>();
    private final List<Known> changed = new ArrayList<>();
    private final List<Feed.News> windows = new ArrayList<>();

    /**
     * @param source the account whose folder the file lay in
     * @param madeAt when the file was made; 1970 where it does not say
     */
    Retelling(String source, Instant madeAt, Balances balances, List<Finding> findings) {
        this.source = source;
        this.madeAt = madeAt;
        this.balances = balances;
        this.findings = findings;
    }

    List<Feed.News> news() {
        return news;
    }

    /** What days held that the file proves whole and that lack what an earlier file told. */
    List<Feed.News> windows() {
        return windows;
    }

    /** Compares the rows of one account with what is known of its days. */
    void compare(String bankAccount, List<Row> rows, List<Known> known) {
        Map<LocalDate, List<Row>> told = rows.stream()
                .collect(Collectors.groupingBy(Row::bookedOn, TreeMap::new, Collectors.toList()));
        Map<LocalDate, List<Known>> before = known.stream().collect(Collectors.groupingBy(Known::bookedOn));
        before.keySet().forEach(day -> told.computeIfAbsent(day, none -> List.of()));
        told.forEach((day, ofDay) -> day(bankAccount, day, ofDay, before.getOrDefault(day, List.of())));
    }

    /** Notes what the file told, in the transaction that stores its news. */
    void store(StatementRows rows) {
        added.forEach(rows::add);
        changed.forEach(rows::change);
    }

    private void day(String bankAccount, LocalDate day, List<Row> told, List<Known> known) {
        List<Row> unknown = new ArrayList<>();
        List<Known> returned = new ArrayList<>();
        List<Known> missing = missing(told, known, unknown, returned);
        List<Known> vanished = List.of();
        if (balances.isProven(bankAccount, day)) {
            spelledAnew(unknown, missing, Row::numbered, Known::numbered);
            spelledAnew(unknown, missing, Row::loose, Known::loose);
            vanished = vanish(day, missing);
        } else {
            warnOfLookalikes(unknown, missing);
        }
        Set<String> ids = known.stream().map(Known::id).collect(Collectors.toCollection(HashSet::new));
        unknown.forEach(row -> add(row, ids));
        if (!vanished.isEmpty() || !returned.isEmpty()) {
            tell(bankAccount, day, known, vanished, returned);
        }
    }

    /** The day as the file proves it, for each folder that told of it: what it lacks was withdrawn, what it has is there again. */
    private void tell(String bankAccount, LocalDate day, List<Known> known, List<Known> vanished,
            List<Known> returned) {
        Set<String> gone = vanished.stream().map(Known::id).collect(Collectors.toSet());
        Stream.concat(vanished.stream(), returned.stream()).map(Known::source).distinct().forEach(from -> {
            List<Seen> seen = known.stream().filter(row -> row.source().equals(from)
                    && (!row.vanished() || returned.contains(row)) && !gone.contains(row.id())).map(row -> new Seen(row.id(), row.fingerprint())).toList();
            String id = Fingerprint.of(List.of(from, bankAccount, day, madeAt, seen)).substring(0, 24);
            new StatementWindow(id, from, bankAccount, day, day.plusDays(1), madeAt, seen).split()
                    .forEach(part -> windows.add(new Feed.News(bankAccount + "-" + id + "-" + part.part(), null, part)));
        });
    }

    /** Pairs equal rows one to one. @return known rows that the file does not tell */
    private List<Known> missing(List<Row> told, List<Known> known, List<Row> unknown, List<Known> returned) {
        Map<String, Deque<Known>> equal = new HashMap<>();
        known.forEach(row -> equal.computeIfAbsent(row.fingerprint(), none -> new ArrayDeque<>()).add(row));
        for (Row row : told) {
            Known same = equal.getOrDefault(row.fingerprint(), new ArrayDeque<>()).poll();
            if (same == null) {
                unknown.add(row);
            } else if (!same.equals(same.toldAgain(madeAt.toEpochMilli()))) {
                changed.add(same.toldAgain(madeAt.toEpochMilli()));
                if (same.vanished()) {
                    returned.add(same);
                }
            }
        }
        Set<Known> left = equal.values().stream().flatMap(Deque::stream).collect(Collectors.toSet());
        return known.stream().filter(row -> left.contains(row) && !row.vanished())
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** The same movement with another purpose or number; an older file than the one before changes nothing. */
    private void spelledAnew(List<Row> unknown, List<Known> missing, Function<Row, String> ofRow,
            Function<Known, String> ofKnown) {
        for (Iterator<Row> rows = unknown.iterator(); rows.hasNext();) {
            Row row = rows.next();
            String content = ofRow.apply(row);
            Known same = missing.stream().filter(one -> ofKnown.apply(one).equals(content)).findFirst().orElse(null);
            if (same != null) {
                rows.remove();
                missing.remove(same);
                if (isNewerThan(same)) {
                    changed.add(Known.of(same.id(), same.source(), row, madeAt.toEpochMilli()));
                    tell(row, same.id(), same.source());
                }
            }
        }
    }

    /** Only a day that was over when the file was made can miss a row for good. */
    private List<Known> vanish(LocalDate day, List<Known> missing) {
        boolean over = LocalDate.ofInstant(madeAt, StatementReader.MOSCOW).isAfter(day);
        List<Known> vanished = missing.stream().filter(row -> over && isNewerThan(row)).toList();
        vanished.forEach(row -> {
            changed.add(row.gone(madeAt.toEpochMilli()));
            findings.add(new Finding(Kind.VANISHED, 0, "операции " + row.id() + " за " + day + ", принятой из прежней"
                    + " выписки, в этой больше нет: её разнесение снимается", "проверьте её в банке"));
        });
        return vanished;
    }

    private void warnOfLookalikes(List<Row> unknown, List<Known> missing) {
        Set<String> known = missing.stream().map(Known::loose).collect(Collectors.toSet());
        unknown.stream().filter(row -> known.contains(row.loose())).forEach(row -> findings.add(new Finding(
                Kind.LOOKALIKE, row.line(), "документ похож на принятый раньше, но отличается назначением или номером,"
                        + " а обороты дня в файле не сходятся; принят как новая операция",
                "проверьте в банке, одна это операция или две")));
    }

    private boolean isNewerThan(Known row) {
        return madeAt.toEpochMilli() >= row.toldAt();
    }

    private void add(Row row, Set<String> ids) {
        String fingerprint = row.fingerprint();
        int occurrence = 1;
        String id = id(fingerprint, occurrence);
        while (!ids.add(id)) {
            id = id(fingerprint, ++occurrence);
        }
        added.add(Known.of(id, source, row, madeAt.toEpochMilli()));
        tell(row, id, source);
    }

    private static String id(String fingerprint, int occurrence) {
        return "1c-" + Fingerprint.of(fingerprint + "/" + occurrence);
    }

    private void tell(Row row, String id, String from) {
        news.add(new Feed.News(id, row.version(), row.operation(from, id, madeAt)));
    }
}
