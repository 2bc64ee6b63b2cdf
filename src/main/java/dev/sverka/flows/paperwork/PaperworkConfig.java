package dev.sverka.flows.paperwork;

import dev.sverka.core.journal.Intents;
import dev.sverka.core.journal.Journal;
import dev.sverka.core.portal.Portal;
import dev.sverka.core.state.Audit;
import dev.sverka.core.state.Cursors;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Links;
import dev.sverka.core.state.Settings;
import dev.sverka.flows.matching.Own;
import dev.sverka.flows.payments.CompanySearch;
import dev.sverka.flows.payments.PaymentSearch;
import dev.sverka.flows.payments.Questions;
import java.time.Clock;
import java.time.Period;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class PaperworkConfig {

    @Bean
    PaperBook paperBook(JdbcClient jdbc, JsonMapper json) {
        return new PaperBook(jdbc, json);
    }

    @Bean
    PaperItems paperItems(JdbcClient jdbc) {
        return new PaperItems(jdbc);
    }

    @Bean
    PaperTies paperTies(Links links) {
        return new PaperTies(links);
    }

    @Bean
    PaperAnswers paperAnswers(PaperBook book, PaperItems items, PaperTies ties, Journal journal, JsonMapper json) {
        return new PaperAnswers(book, items, ties, journal, json);
    }

    @Bean
    BillBook billBook(Links links, JsonMapper json) {
        return new BillBook(links, json);
    }

    @Bean
    BillAnswers billAnswers(BillBook book, Own own, Journal journal, JsonMapper json) {
        return new BillAnswers(book, own, journal, json);
    }

    @Bean("bills")
    Bills bills(PlatformTransactionManager manager, BillBook book, PaymentSearch payments, CompanySearch companies,
            Own own, Questions questions, Cursors cursors, Journal journal, JsonMapper json) {
        return new Bills(new TransactionTemplate(manager), book, new BillSearch(payments, companies, own), questions,
                PaperFreshness.ofPayments(cursors, journal), json);
    }

    @Bean
    VersionBook versionBook(JdbcClient jdbc, JsonMapper json) {
        return new VersionBook(jdbc, json);
    }

    @Bean
    VersionFiles versionFiles(JdbcClient jdbc) {
        return new VersionFiles(jdbc);
    }

    @Bean("versions")
    Versions versions(PlatformTransactionManager manager, VersionBook book, VersionFiles files, Declared<Portal> portal,
            Settings settings, Clock clock) {
        return new Versions(new TransactionTemplate(manager), book, files, portal, settings.locale(), settings.zone(), clock);
    }

    @Bean("unheardPapers")
    UnheardPapers unheardPapers(PlatformTransactionManager manager, PaperBook book, Cursors cursors, Journal journal,
            JsonMapper json, Clock clock) {
        return new UnheardPapers(new TransactionTemplate(manager), book, cursors, journal, json, clock);
    }

    @Bean("acts")
    SignedActs signedActs(Settings settings) {
        return new SignedActs(settings.locale());
    }

    @Bean("paperwork")
    Papers papers(PlatformTransactionManager manager, PaperBook book, PaperItems items, PaperTies ties,
            CompanySearch companies, Questions questions, Cursors cursors, Journal journal, Audit audit, Intents intents,
            Settings settings, Clock clock, JsonMapper json, @Value("${sverka.history.diadoc:P30D}") Period diadoc,
            @Value("${sverka.history.saby:P30D}") Period saby) {
        PaperWords words = new PaperWords(settings.locale(), settings.zone());
        PaperHistory history = new PaperHistory(cursors, Map.of("diadoc", diadoc, "saby", saby), settings.zone());
        return new Papers(new TransactionTemplate(manager), new Papers.Parts(book, items, ties,
                new PaperSearch(book, items, ties, companies, questions, words), history,
                PaperFreshness.ofPapers(cursors, journal), words, new PaperTrail(audit, intents, clock, json)), journal,
                json);
    }
}
