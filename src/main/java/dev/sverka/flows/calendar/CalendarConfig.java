package dev.sverka.flows.calendar;

import dev.sverka.core.journal.Journal;
import dev.sverka.core.portal.Portal;
import dev.sverka.core.state.Check;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Settings;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class CalendarConfig {

    @Bean
    Declared<CalendarRules> calendarRules() {
        return new Declared<>("calendar", CalendarRules::read, CalendarRules.NONE);
    }

    @Bean
    FeedStore calendarFeeds(JdbcClient jdbc) {
        return new FeedStore(jdbc);
    }

    @Bean
    EventStore calendarEvents(JdbcClient jdbc) {
        return new EventStore(jdbc);
    }

    @Bean
    EventKeeper calendarKeeper(EventStore events, PlatformTransactionManager transactions,
            Declared<CalendarRules> rules, Declared<Portal> portal, Clock clock, Settings settings) {
        return new EventKeeper(events, new TransactionTemplate(transactions), rules, portal, clock, settings.zone());
    }

    @Bean
    CalendarItems calendar(PlatformTransactionManager transactions, EventKeeper keeper, FeedStore feeds,
            Journal journal, Settings settings, Clock clock) {
        return new CalendarItems(new TransactionTemplate(transactions), keeper,
                new UrgentNotices(feeds, journal, clock, settings), feeds, clock);
    }

    @Bean
    Calendars calendars(FeedStore feeds, EventStore events, EventKeeper keeper, Declared<CalendarRules> rules,
            Declared<Portal> portal, Clock clock, Settings settings) {
        return new Calendars(feeds, new CalendarBodies(events, keeper, rules, clock, settings.zone()), rules, portal,
                clock);
    }

    /** What the mapping names and mappings/portal.yaml does not. */
    @Bean
    Check calendarCheck(Declared<CalendarRules> rules, Declared<Portal> portal) {
        return () -> rules.isPresent() && portal.isPresent() ? rules.get().strangers(portal.get(), rules.file())
                : List.of();
    }
}
