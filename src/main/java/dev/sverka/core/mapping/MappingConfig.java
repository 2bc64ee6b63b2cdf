package dev.sverka.core.mapping;

import dev.sverka.core.state.Declared;
import java.util.List;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

@Configuration(proxyBeanMethods = false)
class MappingConfig {

    @Bean
    Mappings mappings(List<Declared<?>> declarations) {
        return new Mappings(declarations);
    }

    @Bean("mapping")
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    MappingComponent mapping(Mappings mappings) {
        return new MappingComponent(mappings);
    }
}
