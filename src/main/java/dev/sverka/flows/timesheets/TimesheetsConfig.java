package dev.sverka.flows.timesheets;

import dev.sverka.core.journal.Journal;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Links;
import dev.sverka.core.state.Locks;
import dev.sverka.core.state.Settings;
import dev.sverka.flows.projects.People;
import dev.sverka.flows.projects.ProjectPlaces;
import dev.sverka.flows.projects.TimeBook;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class TimesheetsConfig {

    @Bean
    Declared<Rates> rates() {
        return new Declared<>("rates", Rates::read, Rates.NONE);
    }

    @Bean
    Timesheets timesheets(PlatformTransactionManager manager, JdbcClient jdbc, TimeBook time, ProjectPlaces places,
            Declared<Rates> rates, Declared<People> people, Links links, Locks locks, Journal journal, Clock clock,
            Settings settings, @Value("${sverka.fintablo.main.token:}") String fintablo) {
        return new Timesheets(new TransactionTemplate(manager), new WorkReports(new WorkReports.Store(
                new WorkBook(jdbc), links, locks), time, places, rates, journal, clock, settings.zone(), settings.locale()), new StaffReports(new StaffBook(jdbc), time, places,
                        people, links, locks, journal, clock, settings.zone()),
                new DealCosts(time, places, rates, links, journal, !fintablo.isBlank()));
    }
}
