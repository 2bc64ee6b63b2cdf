package dev.sverka.flows.projects;

import dev.sverka.core.journal.Journal;
import dev.sverka.core.state.Audit;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Links;
import dev.sverka.core.state.Settings;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class ProjectsConfig {

    @Bean
    Declared<FieldOwners> fieldOwners() {
        return new Declared<>("clickup", FieldOwners::read, FieldOwners.NONE);
    }

    @Bean
    Declared<People> peopleOfClickUp() {
        return new Declared<>("people", People::read, People.BY_EMAIL);
    }

    @Bean
    ProjectBook projectBook(JdbcClient jdbc) {
        return new ProjectBook(jdbc);
    }

    @Bean
    TimeBook timeBook(JdbcClient jdbc, Settings settings) {
        return new TimeBook(jdbc, settings.zone());
    }

    @Bean
    ProjectPlaces projectPlaces(ProjectBook book) {
        return new ProjectPlaces(book);
    }

    @Bean
    Projects projects(PlatformTransactionManager manager, ProjectBook book, TimeBook time,
            Declared<FieldOwners> owners, Declared<People> people, Links links, Audit audit, Journal journal,
            Clock clock, Settings settings, @Value("${sverka.clickup.main.token:}") String token) {
        ProjectTexts texts = new ProjectTexts(settings.locale());
        return new Projects(new TransactionTemplate(manager), new Folders(book, owners, journal),
                new Lists(book, owners, links, audit, journal, texts, clock, settings.zone()),
                new Progress(book, time, owners, links, journal, texts, clock, settings.zone()), texts, people,
                !token.isBlank());
    }
}
