package dev.sverka.flows.deals;

import dev.sverka.core.journal.Journal;
import dev.sverka.core.portal.Portal;
import dev.sverka.core.state.Check;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Links;
import dev.sverka.core.state.Locks;
import dev.sverka.core.state.Problem;
import dev.sverka.core.state.Settings;
import dev.sverka.flows.books.DealFunnels;
import dev.sverka.flows.books.FinTabloIds;
import dev.sverka.flows.books.FinTabloPartners;
import dev.sverka.flows.matching.Own;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.StringUtils;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class DealsConfig {

    @Bean
    DealBook dealBook(JdbcClient jdbc, JsonMapper json) {
        return new DealBook(jdbc, json);
    }

    @Bean
    Mapped dealMapped(Declared<FinTabloIds> ids, Declared<Portal> portal) {
        return new Mapped(ids, portal);
    }

    @Bean
    Partners dealPartners(DealBook book, Links links, Locks locks) {
        return new Partners(book, new FinTabloPartners(links), locks);
    }

    @Bean
    DealBooking dealBooking(DealBook book, Links links, Mapped mapped, Partners partners) {
        return new DealBooking(book, links, mapped, partners);
    }

    @Bean
    ActBooking actBooking(JdbcClient jdbc, JsonMapper json, DealBook book, DealBooking deals) {
        return new ActBooking(new ActBook(jdbc, json), book, deals);
    }

    /** What only {@link Deals} works with is made for it alone; what its figures share are beans above. */
    @Bean
    Deals deals(PlatformTransactionManager manager, JdbcClient jdbc, Links links, Journal journal, DealBook book,
            Mapped mapped, Partners partners, DealBooking deals, ActBooking acts, Own own, Environment environment) {
        List<String> ours = ours(own);
        StageBooking stages = new StageBooking(book, deals, links);
        PlanBooking plans = new PlanBooking(book, deals, mapped, partners, stages, ours.size() == 1 ? ours.get(0) : null);
        boolean on = isOn(environment) && StringUtils.hasText(environment.getProperty("sverka.bitrix24.main.url"));
        return new Deals(new TransactionTemplate(manager), new Deals.Parts(book, partners, deals, stages, acts, plans,
                mapped, links, journal, new DealFunnels(jdbc), on));
    }

    @Bean
    DealFigures dealFigures(PlatformTransactionManager manager, JdbcClient jdbc, Links links, Locks locks,
            Journal journal, ActBooking acts, DealBook book) {
        return new DealFigures(new TransactionTemplate(manager), jdbc, links, locks, journal, acts, book);
    }

    @Bean
    DealProcess dealProcess(Clock clock, Settings settings) {
        return new DealProcess(clock, settings.zone());
    }

    @Bean
    Leads leads(Links links) {
        return new Leads(links);
    }

    @Bean
    SupportDeals supportDeals(PlatformTransactionManager manager, Links links, Journal journal, Clock clock,
            Settings settings) {
        return new SupportDeals(new TransactionTemplate(manager), links, journal, clock, settings.zone());
    }

    /** Each funnel, status, article and account that the mapping does not name, where FinTablo is on. */
    @Bean
    Check dealsCheck(Declared<FinTabloIds> ids, Declared<Portal> portal, Own own, Environment environment) {
        return () -> !isOn(environment) || !ids.isPresent() ? List.of()
                : new Mapped(ids, portal).gaps(ours(own)).entrySet().stream()
                        .map(gap -> new Problem(ids.file(), 1, gap.getKey(), gap.getValue())).toList();
    }

    private static boolean isOn(Environment environment) {
        return StringUtils.hasText(environment.getProperty("sverka.fintablo.main.token"));
    }

    private static List<String> ours(Own own) {
        return own.ownCompanies().stream().map(Own.Company::inn).filter(Objects::nonNull).toList();
    }
}
