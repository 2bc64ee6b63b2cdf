package dev.sverka.flows.books;

import dev.sverka.core.journal.Journal;
import dev.sverka.flows.payments.LedgerDays;
import java.time.Clock;
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
    Proofs proofs(ProofBook book) {
        return new Proofs(book);
    }

    @Bean
    Books books(PlatformTransactionManager manager, BalanceBook balances, ProofBook proofs, LedgerDays ledger,
            Journal journal, Clock clock, JsonMapper json) {
        TransactionTemplate transactions = new TransactionTemplate(manager);
        return new Books(transactions, balances, new Prover(transactions, balances, proofs, ledger, journal, clock),
                json);
    }
}
