package dev.sverka.flows.books;

import dev.sverka.core.journal.Journal;
import dev.sverka.flows.books.BalanceBook.Stated;
import dev.sverka.flows.books.ProofBook.Link;
import dev.sverka.flows.payments.LedgerDays;
import dev.sverka.flows.payments.LedgerDays.Day;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/** Carries each account's chain to yesterday. What has not changed costs no row. */
final class Prover {

    private static final Logger LOG = LoggerFactory.getLogger(Prover.class);
    /** Banking days, whatever zone the business keeps. */
    private static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");
    /** Work that brings operations, or takes them away. */
    private static final List<String> BRINGING = List.of("bank-operation", "bank-window", "bank-balances");
    /** With more of them open no account's operations are all there. */
    private static final int MOST = 500;
    private static final String WRITING = "payment-write";

    private final TransactionOperations transactions;
    private final BalanceBook balances;
    private final ProofBook proofs;
    private final LedgerDays ledger;
    private final Journal journal;
    private final Clock clock;

    Prover(TransactionOperations transactions, BalanceBook balances, ProofBook proofs, LedgerDays ledger,
            Journal journal, Clock clock) {
        this.transactions = transactions;
        this.balances = balances;
        this.proofs = proofs;
        this.ledger = ledger;
        this.journal = journal;
        this.clock = clock;
    }

    void proveAll() {
        Set<String> accounts = new TreeSet<>(ledger.accounts());
        accounts.addAll(balances.accounts());
        accounts.forEach(account -> transactions.executeWithoutResult(status -> prove(account)));
    }

    private void prove(String account) {
        // asked before the ledger: what is done in between is counted, what comes in between is not missed for long
        boolean underWay = isUnderWay(account);
        Optional<Set<Long>> writing = writing();
        TreeMap<LocalDate, Stated> starts = balances.starts(account);
        Map<LocalDate, Day> days = ledger.days(account).stream().collect(Collectors.toMap(Day::day, day -> day));
        DayCheck check = new DayCheck(account, starts, days, ledger.misplaced(account).stream()
                .collect(Collectors.groupingBy(LedgerDays.Misplaced::day)), writing.map(ids -> ledger.unlike(account)
                .stream().filter(one -> !ids.contains(one.payment())).collect(Collectors.groupingBy(
                        LedgerDays.Unlike::day))).orElse(Map.of()), underWay, clock.millis());
        List<Link> all = proofs.find(account, null, null, true);
        ChainCheck chain = new ChainCheck(all);
        TreeMap<LocalDate, Link> known = new TreeMap<>();
        all.forEach(link -> known.put(link.proof().day(), link));
        Optional<LocalDate> first = Stream.of(starts.keySet(), days.keySet(), known.keySet()).flatMap(Set::stream)
                .min(LocalDate::compareTo);
        LocalDate today = LocalDate.ofInstant(clock.instant(), MOSCOW);
        String previous = DayProof.FIRST;
        for (LocalDate day = first.orElse(today); day.isBefore(today); day = day.plusDays(1)) {
            Link before = known.get(day);
            Optional<String> broken = chain.broken(day);
            DayProof proof = check.of(day, broken.stream().toList())
                    .orElse(before == null || broken.isPresent() ? null : before.proof());
            if (proof == null) {
                return;
            }
            previous = link(proof, before, previous);
        }
    }

    /** @return the hash of the day's link */
    private String link(DayProof proof, @Nullable Link before, String previous) {
        if (before != null && before.hash().equals(proof.hash(previous))) {
            return before.hash();
        }
        tell(proof, before);
        return proofs.append(proof, before == null ? 1 : before.version() + 1, previous);
    }

    /** A difference is said once, until it is another or over. */
    private static void tell(DayProof proof, @Nullable Link before) {
        boolean differed = before != null && before.proof().state() == DayProof.State.DIFFERS;
        if (proof.state() == DayProof.State.DIFFERS && !(differed && before.proof().what().equals(proof.what()))) {
            LOG.error("The daily proof of account {} fails on {}: {}; see /api/proof?account={}&from={}&to={}",
                    proof.account(), proof.day(), String.join("; ", proof.what()), proof.account(), proof.day(),
                    proof.day());
        } else if (differed && proof.state() != DayProof.State.DIFFERS) {
            LOG.info("The daily proof of account {} for {} no longer fails", proof.account(), proof.day());
        }
    }

    private boolean isUnderWay(String account) {
        Set<String> accounts = new HashSet<>();
        for (String flow : BRINGING) {
            List<Map<String, Object>> open = journal.openNews(flow, MOST);
            if (open.size() == MOST) {
                return true;
            }
            open.forEach(body -> accounts.add(String.valueOf(body.get("bankAccount"))));
        }
        return accounts.contains(account);
    }

    /** Payments that are about to be written; empty where they are too many to tell. */
    private Optional<Set<Long>> writing() {
        List<Map<String, Object>> open = journal.openNews(WRITING, MOST);
        return open.size() == MOST ? Optional.empty() : Optional.of(open.stream().map(body -> body.get("id"))
                .filter(Number.class::isInstance).map(id -> ((Number) id).longValue()).collect(Collectors.toSet()));
    }
}
