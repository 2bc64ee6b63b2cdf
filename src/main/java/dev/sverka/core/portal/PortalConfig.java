package dev.sverka.core.portal;

import dev.sverka.core.state.Declared;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PortalConfig {

    @Bean
    Declared<Portal> portal() {
        return new Declared<>("portal", Portal::read);
    }
}
