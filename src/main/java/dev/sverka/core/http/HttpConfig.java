package dev.sverka.core.http;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class HttpConfig {

    @Bean
    Doors doors(Quota quota, @Value("${sverka.routes.rehearse:false}") boolean rehearse,
            @Value("${sverka.limits.retry-after:PT1H}") Duration longestRest) {
        return new Doors(quota, rehearse, longestRest);
    }
}
