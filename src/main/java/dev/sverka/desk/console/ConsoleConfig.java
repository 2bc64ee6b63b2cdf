package dev.sverka.desk.console;

import dev.sverka.core.state.Settings;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;
import org.springframework.web.servlet.i18n.LocaleChangeInterceptor;

/** Read by {@code check} too, which has no web server: what stops a start is found there. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConsoleProperties.class)
class ConsoleConfig {

    private static final Duration A_YEAR = Duration.ofDays(365);

    @Bean
    BusinessTime businessTime(Settings settings, Clock clock) {
        return new BusinessTime(settings.zone(), clock);
    }

    /** The language a person chose, else the daemon's; the browser is not asked, so that a team sees the same words. */
    @Bean
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    LocaleResolver localeResolver(Settings settings) {
        CookieLocaleResolver resolver = new CookieLocaleResolver("SVERKA_LANGUAGE");
        resolver.setDefaultLocale(Languages.nearest(settings.locale()));
        resolver.setCookieMaxAge(A_YEAR);
        resolver.setCookieHttpOnly(true);
        resolver.setCookieSameSite("Strict");
        return resolver;
    }

    @Bean
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    WebMvcConfigurer languageSwitch() {
        LocaleChangeInterceptor interceptor = new LocaleChangeInterceptor() {
            @Override
            protected Locale parseLocaleValue(String value) {
                return Languages.nearest(Locale.forLanguageTag(value));
            }
        };
        interceptor.setParamName("lang");
        interceptor.setIgnoreInvalidLocale(true);
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(interceptor).addPathPatterns("/", "/login", "/calendars", "/reviews",
                        "/operations/**", "/payments/**", "/items/**", "/search", "/forecast", "/status", "/journal/**",
                        "/routes/**");
            }
        };
    }
}
