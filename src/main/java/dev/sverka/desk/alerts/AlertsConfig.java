package dev.sverka.desk.alerts;

import dev.sverka.core.http.Doors;
import dev.sverka.core.journal.Accounts;
import dev.sverka.core.journal.Journal;
import dev.sverka.core.state.Leases;
import dev.sverka.core.state.Refusals;
import dev.sverka.core.state.Settings;
import dev.sverka.flows.books.Proofs;
import dev.sverka.flows.forecast.Forecasts;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AlertProperties.class)
class AlertsConfig {

    /** Only where the daemon runs: a command that looks at everything alarms nobody. */
    @Bean
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    AlertClock alertClock(AlertProperties properties, Accounts accounts, Journal journal, Refusals refusals,
            Proofs proofs, Forecasts forecasts, JdbcClient jdbc, Doors doors, Leases leases, MessageSource words,
            Settings settings, Clock clock) {
        AlertSources sources = new AlertSources(accounts, journal, refusals, proofs, forecasts, words, settings, clock);
        List<Channel> channels = new ArrayList<>();
        if (properties.telegram().isOn()) {
            channels.add(TelegramClient.of(properties.telegram(), doors));
        }
        if (!properties.bitrix24Users().isEmpty()) {
            channels.add(new PortalChannel(journal, properties.bitrix24Users()));
        }
        Alerts alerts = new Alerts(sources::now, new AlertBook(jdbc), channels, properties,
                words.getMessage("alert.over", null, Locale.forLanguageTag(settings.locale().getLanguage())), clock,
                settings.zone());
        return new AlertClock(alerts, leases, properties.heartbeatUrl() == null ? null
                : HeartbeatClient.of(properties.heartbeatUrl(), doors));
    }
}
