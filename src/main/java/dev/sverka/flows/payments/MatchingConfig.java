package dev.sverka.flows.payments;

import dev.sverka.core.state.Declared;
import dev.sverka.flows.matching.BankRules;
import dev.sverka.flows.matching.Matcher;
import dev.sverka.flows.matching.OfflineMatching;
import dev.sverka.flows.matching.Own;
import dev.sverka.flows.matching.PurposeWords;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OwnProperties.class)
class MatchingConfig {

    @Bean
    Own own(OwnProperties properties) {
        return properties.own();
    }

    @Bean
    Declared<BankRules> bankRules() {
        return new Declared<>("bank-rules", BankRules::read, BankRules.NONE);
    }

    @Bean
    Declared<PurposeWords> purposeWords() {
        return new Declared<>("purpose-words", PurposeWords::read, PurposeWords.NONE);
    }

    @Bean
    OfflineMatching offlineMatching(Matcher matcher, Declared<BankRules> bankRules,
            Declared<PurposeWords> purposeWords) {
        return new OfflineMatching(matcher, bankRules, purposeWords);
    }
}
