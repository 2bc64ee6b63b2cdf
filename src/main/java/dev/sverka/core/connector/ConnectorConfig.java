package dev.sverka.core.connector;

import dev.sverka.core.http.VendorException;
import dev.sverka.core.journal.Accounts;
import dev.sverka.core.journal.Intents;
import dev.sverka.core.journal.Journal;
import dev.sverka.core.journal.Retention;
import dev.sverka.core.state.Check;
import dev.sverka.core.state.Cursors;
import dev.sverka.core.state.H2File;
import dev.sverka.core.state.Leases;
import dev.sverka.core.state.Links;
import dev.sverka.core.state.Problem;
import dev.sverka.core.state.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.builder.RouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class ConnectorConfig {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectorConfig.class);

    @Bean
    Pushes pushes(Journal journal, ObjectProvider<Hook> hooks, Clock clock) {
        return new Pushes(journal, hooks.stream().toList(), clock);
    }

    @Bean
    MassDeletions massDeletions(Links links, Journal journal) {
        return new MassDeletions(links, journal::accept);
    }

    @Bean
    ConnectorParts connectorParts(Accounts accounts, Intents intents, Cursors cursors, Leases leases, Journal journal,
            Pushes pushes, PlatformTransactionManager transactions, Clock clock, Rehearsal rehearsal, Polls polls,
            Overturned overturned) {
        return new ConnectorParts(accounts, intents, cursors, leases, journal, pushes,
                new TransactionTemplate(transactions), clock, rehearsal, polls, overturned);
    }

    @Bean
    Overturned overturned(Links links, Clock clock, @Value("${sverka.limits.overturned:3}") int most) {
        return new Overturned(links, clock, most);
    }

    @Bean
    Polls polls() {
        return new Polls();
    }

    @Bean
    Rehearsal rehearsal(@Value("${sverka.routes.rehearse:false}") boolean on) {
        return new Rehearsal(on);
    }

    @Bean
    Schedules schedules(DataSource store, Settings settings, Clock clock) {
        return new Schedules(store, settings.zone(), clock);
    }

    @Bean
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    ScheduleComponent schedule(Schedules schedules) {
        return new ScheduleComponent(schedules);
    }

    /** Not in {@code routes/}: an edit there must not stop what webhooks tell from being heard. */
    @Bean
    @ConditionalOnProperty(name = "sverka.routes.start", matchIfMissing = true)
    RouteBuilder pushedRoute(Pushes pushes) {
        return new RouteBuilder() {
            @Override
            @SuppressWarnings("unchecked")
            public void configure() {
                from("journal:" + Pushes.FLOW).routeId(Pushes.FLOW)
                        .process(exchange -> pushes.hand(exchange.getMessage().getBody(Map.class)));
            }
        };
    }

    /** Before the working day; of several replicas one does it. */
    @Bean
    @ConditionalOnProperty(name = "sverka.routes.start", matchIfMissing = true)
    ApplicationRunner nightlyUpkeep(Schedules schedules, Retention retention, H2File file, Clock clock,
            @Value("${sverka.keep.journal:P90D}") Duration keepJournal,
            @Value("${sverka.keep.raw:P30D}") Duration keepRaw) {
        return arguments -> schedules.listen("upkeep", "0 30 3 * * *", () -> {
            Instant now = clock.instant();
            int entries = retention.removeEnded(now.minus(keepJournal));
            int bodies = retention.emptyBodies(now.minus(keepRaw));
            retention.forgetTold(now.minus(keepJournal));
            retention.removeIntents(now.minus(keepJournal));
            file.compact();
            LOG.info("Upkeep: {} entries and {} bodies were old enough to go", entries, bodies);
        });
    }

    /** Every vendor that is on is asked whether address, credential and rights hold. */
    @Bean
    Check connectorsCheck(List<Connector> connectors) {
        return () -> connectors.stream().flatMap(connector -> connector.accounts().entrySet().stream()
                .filter(Map.Entry::getValue).flatMap(account -> check(connector, account.getKey()).stream())).toList();
    }

    private static List<Problem> check(Connector connector, String account) {
        try {
            return connector.check(account);
        } catch (VendorException | IllegalArgumentException failure) {
            return List.of(new Problem("sverka." + connector.scheme() + "." + account, 1,
                    String.valueOf(failure.getMessage()), "mend its url and credential"));
        }
    }

    /** Lets the status page name every configured account, the ones that are off too. */
    @Bean
    SmartInitializingSingleton accountsDeclared(List<Connector> connectors, Accounts accounts) {
        return () -> connectors.forEach(connector -> connector.accounts().forEach(
                (account, on) -> accounts.declare(connector.scheme() + "." + account, on)));
    }
}
