package dev.sverka.core.http;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class HttpConfig {

    @Bean
    Doors doors(Quota quota) {
        return new Doors(quota);
    }
}
