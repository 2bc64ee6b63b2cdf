package dev.sverka.desk.metrics;

import dev.sverka.core.http.Usage;
import dev.sverka.core.journal.Accounts;
import dev.sverka.core.journal.QueueFigures;
import dev.sverka.core.state.Cursors;
import dev.sverka.core.state.Refusals;
import dev.sverka.desk.alerts.AlertDesk;
import dev.sverka.flows.books.Proofs;
import dev.sverka.flows.payments.ReviewPages;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Only where the daemon runs: nobody scrapes a command. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class MetricsConfig {

    @Bean
    StoreCollector storeCollector(QueueFigures queue, Accounts accounts, ObjectProvider<Usage> usage, Cursors cursors,
            Refusals refusals, Proofs proofs, ReviewPages reviews, AlertDesk alerts, Clock clock,
            ObjectProvider<PrometheusRegistry> registry) {
        StoreCollector collector = new StoreCollector(new Standings(queue, accounts, usage, cursors, refusals, proofs,
                reviews, alerts, clock)::now, System::nanoTime);
        registry.ifAvailable(there -> there.register(collector));
        return collector;
    }
}
