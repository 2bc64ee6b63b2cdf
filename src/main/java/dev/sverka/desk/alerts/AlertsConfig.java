package dev.sverka.desk.alerts;

import dev.sverka.core.connector.Polls;
import dev.sverka.core.connector.Schedules;
import dev.sverka.core.http.Doors;
import dev.sverka.core.journal.Accounts;
import dev.sverka.core.journal.Journal;
import dev.sverka.core.journal.NewsTally;
import dev.sverka.core.state.Cursors;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Leases;
import dev.sverka.core.state.Links;
import dev.sverka.core.state.Refusals;
import dev.sverka.core.state.Settings;
import dev.sverka.flows.books.Proofs;
import dev.sverka.flows.forecast.Forecasts;
import dev.sverka.flows.forecast.WorkingDays;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AlertProperties.class)
class AlertsConfig {

    @Bean
    AlertWords alertWords(MessageSource words, Settings settings) {
        return new AlertWords(words, settings.locale());
    }

    @Bean
    SilenceSources silenceSources(Accounts accounts, Polls polls, Cursors cursors, NewsTally news, Schedules schedules,
            Links links, Declared<WorkingDays> days, AlertWords words, Settings settings, Clock clock) {
        return new SilenceSources(accounts, polls, cursors, news, schedules, links, days, words, settings, clock);
    }

    @Bean
    AlertSources alertSources(Accounts accounts, Journal journal, Refusals refusals, Proofs proofs, Forecasts forecasts,
            SilenceSources silence, AlertWords words, Settings settings, Clock clock) {
        return new AlertSources(accounts, journal, refusals, proofs, forecasts, silence, words, settings, clock);
    }

    @Bean
    Alerts alerts(AlertProperties properties, AlertSources sources, Journal journal, JdbcClient jdbc, Doors doors,
            AlertWords words, Settings settings, Clock clock) {
        List<Channel> channels = new ArrayList<>();
        if (properties.telegram().isOn()) {
            channels.add(TelegramClient.of(properties.telegram(), doors));
        }
        if (properties.mail().isOn()) {
            channels.add(new MailChannel(properties.mail(), words.say("name"), clock));
        }
        if (!properties.bitrix24Users().isEmpty()) {
            channels.add(new PortalChannel(journal, properties.bitrix24Users()));
        }
        return new Alerts(sources::now, new AlertBook(jdbc), channels, properties, words, clock, settings.zone());
    }

    @Bean
    AlertsCheck alertsCheck(AlertProperties properties, Clock clock) {
        return new AlertsCheck(properties.mail(), clock);
    }

    /** Only where the daemon runs: a command that looks at everything alarms nobody. */
    @Bean
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    AlertClock alertClock(AlertProperties properties, Alerts alerts, Doors doors, Leases leases) {
        return new AlertClock(alerts, leases, properties.heartbeatUrl() == null ? null
                : HeartbeatClient.of(properties.heartbeatUrl(), doors));
    }
}
