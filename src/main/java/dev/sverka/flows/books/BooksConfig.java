package dev.sverka.flows.books;

import dev.sverka.core.connector.Connector;
import dev.sverka.core.connector.Polls;
import dev.sverka.core.journal.Journal;
import dev.sverka.core.state.Check;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Links;
import dev.sverka.core.state.Locks;
import dev.sverka.flows.matching.Own;
import dev.sverka.flows.payments.LedgerDays;
import dev.sverka.flows.payments.SettledOperations;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class BooksConfig {

    @Bean
    BalanceBook balanceBook(JdbcClient jdbc) {
        return new BalanceBook(jdbc);
    }

    @Bean
    ProofBook proofBook(JdbcClient jdbc, Clock clock) {
        return new ProofBook(jdbc, clock);
    }

    @Bean
    AccountBalances accountBalances(BalanceBook book, LedgerDays ledger) {
        return new AccountBalances(book, ledger);
    }

    @Bean
    Proofs proofs(ProofBook book) {
        return new Proofs(book);
    }

    @Bean
    Declared<FinTabloIds> finTabloIds() {
        return new Declared<>("fintablo", FinTabloIds::read, FinTabloIds.NONE);
    }

    /** What mappings/fintablo.yaml lacks, where FinTablo is on. */
    @Bean
    Check fintabloCheck(Declared<FinTabloIds> ids, Own own, @Value("${sverka.fintablo.main.token:}") String token) {
        return () -> token.isBlank() || !ids.isPresent() ? List.of() : ids.get().unmapped(own, ids.file());
    }

    /** Whether FinTablo has what the file names. */
    @Bean
    Check fintabloIdsCheck(Declared<FinTabloIds> ids, List<Connector> connectors,
            @Value("${sverka.fintablo.main.token:}") String token) {
        return () -> token.isBlank() || !ids.isPresent() ? List.of() : connectors.stream()
                .filter(one -> one.scheme().equals("fintablo"))
                .flatMap(one -> new FinTabloIdsCheck(ids.get(), ids.file(), one).check().stream()).toList();
    }

    @Bean
    Bookings bookings(PlatformTransactionManager manager, SettledOperations operations, JdbcClient jdbc,
            JsonMapper json, Declared<FinTabloIds> ids, Links links, Locks locks, Own own, Journal journal, Clock clock,
            Polls polls,
            @Value("${sverka.fintablo.main.bank-operations:enrich}") String mode,
            @Value("${sverka.poll.fintablo:5m}") Duration poll) {
        return new Bookings(new TransactionTemplate(manager), operations, new EntryBook(jdbc, json), ids,
                new FinTabloPartners(links), new BookPlaces(links, new DealFunnels(jdbc)),
                own::isCompany, locks, journal, clock, mode.equalsIgnoreCase("write"),
                () -> polls.length("fintablo.main", "transaction", poll));
    }

    @Bean
    Books books(PlatformTransactionManager manager, BalanceBook balances, ProofBook proofs, LedgerDays ledger,
            Journal journal, Clock clock, JsonMapper json, Bookings bookings) {
        TransactionTemplate transactions = new TransactionTemplate(manager);
        return new Books(transactions, balances, new Prover(transactions, balances, proofs, ledger, journal, clock),
                bookings, json);
    }
}
