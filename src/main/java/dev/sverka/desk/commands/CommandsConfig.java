package dev.sverka.desk.commands;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
class CommandsConfig {

    private static final Logger LOG = LoggerFactory.getLogger(CommandsConfig.class);

    @Bean
    UnknownKeys unknownKeys(Environment environment) {
        return new UnknownKeys(environment);
    }

    @Bean
    ApplicationListener<ApplicationStartedEvent> warnOfUnknownKeys(UnknownKeys keys) {
        return event -> keys.check().forEach(problem -> LOG.warn("{}", problem));
    }
}
