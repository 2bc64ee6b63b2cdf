package dev.sverka.payments;

import dev.sverka.state.Declared;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(Own.class)
class MatchingConfig {

    @Bean
    Declared<BankRules> bankRules() {
        return new Declared<>("bank-rules", BankRules::read, BankRules.NONE);
    }

    @Bean
    OfflineMatching offlineMatching(Matcher matcher, Declared<BankRules> bankRules) {
        return new OfflineMatching(matcher, bankRules);
    }
}
