package dev.sverka.vendors.statements;

import dev.sverka.core.connector.Feed;
import dev.sverka.core.connector.Fingerprint;
import dev.sverka.records.bank.BankOperation;
import dev.sverka.records.bank.StatementBalances;
import dev.sverka.vendors.statements.Finding.Kind;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Turns the bytes of a file into news; touches neither the folder nor the store but to ask what is known. */
final class StatementReader {

    /** Days and times of a file are the bank's (sheet section 9, row 5), whatever zone the business keeps. */
    static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");

    private final String source;
    private final Set<String> ownAccounts;
    private final StatementRows known;
    private final Clock clock;

    /** @param ownAccounts all bank accounts of our companies, 20 digits each */
    StatementReader(String source, Set<String> ownAccounts, StatementRows known, Clock clock) {
        this.source = source;
        this.ownAccounts = ownAccounts;
        this.known = known;
        this.clock = clock;
    }

    /**
     * What a file comes to.
     *
     * @param rows how many movements it tells
     * @param retelling which of them are news
     * @param balances what the accounts held as days began
     */
    record Reading(int rows, Retelling retelling, List<Feed.News> balances, List<Finding> findings) {

        /** Whether nothing was left out, so that the same bytes can tell nothing new. */
        boolean isComplete() {
            return findings.stream().noneMatch(Finding::isLeftOut);
        }

        /** How many operations are new or changed, and days whose operations vanished. */
        int told() {
            return retelling.news().size() + retelling.windows().size();
        }

        /** Oldest day first, in the file's order within a day; then what days held that lack something, and balances. */
        List<Feed.News> news() {
            return Stream.of(retelling.news().stream()
                    .sorted(Comparator.comparing(one -> ((BankOperation) one.body()).bookedOn())),
                    retelling.windows().stream(), balances.stream()).flatMap(news -> news).toList();
        }
    }

    /** @throws Refusal where nothing of the file can be taken */
    Reading read(byte[] bytes) throws Refusal {
        StatementFile file = StatementParser.parse(bytes);
        List<Finding> findings = new ArrayList<>(file.findings());
        checkIsStatement(file);
        Set<String> own = own(file, findings);
        LocalDate today = LocalDate.ofInstant(clock.instant(), MOSCOW);
        Documents documents = new Documents(own, file.accounts(), today, findings);
        StatementParser.documents(bytes, documents::add);
        List<Row> rows = documents.rows();
        Balances balances = new Balances(file, own, rows, findings);
        documents.settleUndated(balances);
        if (rows.isEmpty() && findings.stream().anyMatch(finding -> finding.kind() == Kind.DOCUMENT
                || finding.kind() == Kind.ORDER)) {
            throw new Refusal(findings);
        }
        documents.flagKinds();
        balances.check();
        Instant madeAt = madeAt(file);
        Retelling retelling = new Retelling(source, madeAt, balances, findings);
        own.forEach(account -> compare(account, rows, balances, retelling));
        own.forEach(account -> flagForeignCurrency(account, rows, findings));
        return new Reading(rows.size(), retelling, own.stream()
                .flatMap(account -> stated(account, balances, madeAt).stream()).toList(), findings);
    }

    /** A filter of kinds stands in what goes to the bank only (sheet section 2). */
    private static void checkIsStatement(StatementFile file) throws Refusal {
        if (!file.header().text("Документ").isEmpty() && file.sections().isEmpty()) {
            throw new Refusal(Kind.ORDER, file.header().lineOf("Документ"), "это платёжки для отправки в банк, а не выписка: в"
                    + " заголовке есть «Документ=», а разделов счёта нет; платёжка в пути — не движение денег",
                    Documents.STATEMENT);
        }
    }

    /** @param madeAt 1970 where the file does not say: then it is as old as its reading */
    private Optional<Feed.News> stated(String account, Balances balances, Instant madeAt) {
        Instant readAt = madeAt.equals(Instant.EPOCH) ? clock.instant() : madeAt;
        List<StatementBalances.Start> starts = balances.starts(account, LocalDate.ofInstant(readAt, MOSCOW)).entrySet()
                .stream().map(one -> new StatementBalances.Start(one.getKey(), one.getValue().movePointRight(2)
                        .setScale(0, RoundingMode.HALF_UP).longValueExact())).toList();
        return starts.isEmpty() ? Optional.empty() : Optional.of(new Feed.News(account + "-balances",
                Fingerprint.of(List.of(starts, readAt)), new StatementBalances(source, account, readAt, starts)));
    }

    private Set<String> own(StatementFile file, List<Finding> findings) throws Refusal {
        if (file.accounts().isEmpty()) {
            throw new Refusal(Kind.ACCOUNT, 0, "в файле не назван счёт (ключ «РасчСчет»)",
                    "выгрузите выписку по одному или нескольким своим счетам");
        }
        Set<String> own = new LinkedHashSet<>(file.accounts());
        own.retainAll(ownAccounts);
        file.accounts().stream().filter(account -> !account.matches("\\d{20}")).forEach(account -> findings.add(
                new Finding(Kind.ACCOUNT, 0, "«" + clip(account) + "» не номер счёта: знаков в нём "
                        + account.length() + ", а должно быть 20 цифр", "выгрузите выписку из банка заново; если номер тот же,"
                        + " исправьте его в настройках выгрузки банка")));
        file.accounts().stream().filter(account -> account.matches("\\d{20}") && !own.contains(account))
                .forEach(account -> findings.add(new Finding(
                Kind.ACCOUNT, 0, "счёт " + account + " не числится за нашими компаниями, его документы не взяты",
                "добавьте его в sverka.own-companies[].accounts и положите файл ещё раз, если счёт наш")));
        if (own.isEmpty()) {
            throw new Refusal(findings);
        }
        return own;
    }

    private static String clip(String account) {
        return account.length() <= 40 ? account : account.substring(0, 40) + "…";
    }

    private void compare(String account, List<Row> all, Balances balances, Retelling retelling) {
        List<Row> rows = all.stream().filter(row -> row.bankAccount().equals(account)).toList();
        List<LocalDate> days = Stream.concat(rows.stream().map(Row::bookedOn), balances.sections().stream()
                .filter(section -> section.bankAccount().equals(account))
                .flatMap(section -> Stream.of(section.from(), section.to()))).sorted().toList();
        if (!days.isEmpty()) {
            retelling.compare(account, rows, known.known(account, days.get(0), days.get(days.size() - 1)));
        }
    }

    /** Nobody knows whether some bank states roubles for such an account (sheet section 9, row 4). */
    private void flagForeignCurrency(String account, List<Row> rows, List<Finding> findings) {
        String currency = Documents.currency(account);
        boolean told = rows.stream().anyMatch(row -> row.bankAccount().equals(account));
        if (told && !currency.equals("RUB") && !known.knows(account)) {
            findings.add(new Finding(Kind.CURRENCY, 0, "первая выписка счёта " + account + ": суммы приняты в валюте "
                    + currency, "проверьте, что банк указал суммы в валюте счёта, а не в рублях"));
        }
    }

    /**
     * Only a hint, as all dates of the header; 1970 where it says nothing readable, and never later than now: whatever comes
     * after would count as older.
     */
    private Instant madeAt(StatementFile file) {
        LocalDate day = Documents.day(file.header().text("ДатаСоздания"));
        if (day == null) {
            return Instant.EPOCH;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant told = day.atTime(time(file.header().text("ВремяСоздания"))).atZone(MOSCOW).toInstant();
        return told.isAfter(now) ? now : told;
    }

    private static LocalTime time(String text) {
        try {
            return LocalTime.parse(text);
        } catch (DateTimeParseException noTime) {
            return LocalTime.MIDNIGHT;
        }
    }
}
