package dev.sverka.desk.console;

import dev.sverka.core.state.Settings;
import jakarta.servlet.DispatcherType;
import java.time.Clock;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.catalina.valves.RemoteIpValve;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.NullRequestCache;

/** Who may do what over HTTP: three doors, told apart by path, each with its own way of knowing people. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(ConsoleProperties.class)
class SecurityConfig {

    /** Only our own files, nothing inline: text that a vendor sent can never run in a page. */
    private static final String CONTENT_POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; "
            + "form-action 'self'; frame-ancestors 'none'";
    private static final long YEAR = 365L * 24 * 60 * 60;
    private static final String[] MAY_ACT = {Role.OPS.name(), Role.FINANCE.name()};

    @Bean
    AuthenticationProvider door(ConsoleProperties properties, Clock clock) {
        Passwords passwords = new Passwords();
        DaoAuthenticationProvider door = new DaoAuthenticationProvider(People.of(properties, passwords));
        door.setPasswordEncoder(passwords);
        return new Lockout(door, clock);
    }

    /** Vendors and calendar programs prove themselves by a secret that the receiving room checks. */
    @Bean
    @Order(1)
    SecurityFilterChain secretsInTheRequest(HttpSecurity http) throws Exception {
        return stateless(http.securityMatcher("/hooks/**", "/calendar/**"))
                .authorizeHttpRequests(rule -> rule.anyRequest().permitAll())
                .build();
    }

    /** Programs send name and password each time; a browser's session counts for nothing here, so no CSRF token. */
    @Bean
    @Order(2)
    SecurityFilterChain programs(HttpSecurity http, JsonDenials denials, Settings settings) throws Exception {
        return stateless(http.securityMatcher("/api/**", "/actuator/**"))
                .addFilterBefore(new OwnPagesOnly(settings.publicUrl()), AuthorizationFilter.class)
                .authorizeHttpRequests(rule -> rule
                        .requestMatchers("/actuator/health/liveness", "/actuator/health/readiness").permitAll()
                        .requestMatchers(HttpMethod.GET, "/actuator/prometheus").authenticated()
                        .requestMatchers("/actuator/**").denyAll()
                        .requestMatchers("/api/backup", "/api/limits").hasRole(Role.OPS.name())
                        .requestMatchers(HttpMethod.GET, "/api/**").authenticated()
                        .anyRequest().hasAnyRole(MAY_ACT))
                .httpBasic(basic -> basic.authenticationEntryPoint(denials))
                .exceptionHandling(denied -> denied.authenticationEntryPoint(denials).accessDeniedHandler(denials))
                .build();
    }

    /** People sign in on a page of ours. */
    @Bean
    @Order(3)
    SecurityFilterChain people(HttpSecurity http, Settings settings) throws Exception {
        boolean https = isHttps(settings);
        Devices devices = new Devices(https);
        return http
                .csrf(csrf -> csrf.csrfTokenRepository(tokens(https)))
                .authorizeHttpRequests(rule -> rule
                        .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD).permitAll()
                        .requestMatchers("/login", "/static/**", "/error").permitAll()
                        .requestMatchers(HttpMethod.GET, "/**").authenticated()
                        .anyRequest().hasAnyRole(MAY_ACT))
                .formLogin(form -> form.loginPage("/login").successHandler(devices)
                        .authenticationDetailsSource(devices::attempt).failureHandler(new LoginFailures()))
                .logout(out -> out.logoutSuccessUrl("/login?out").deleteCookies("SVERKA"))
                .requestCache(cache -> cache.requestCache(new NullRequestCache()))
                .exceptionHandling(denied -> denied.accessDeniedHandler(new PageDenials()))
                .headers(headers -> headers
                        .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                        .permissionsPolicyHeader(policy -> policy.policy("camera=(), geolocation=(), microphone=()"))
                        .frameOptions(frames -> frames.deny())
                        .httpStrictTransportSecurity(hsts -> hsts.maxAgeInSeconds(YEAR)
                                .requestMatcher(request -> https)))
                .build();
    }

    /** In a cookie and not in a session, so that a page nobody has logged in to costs no memory. */
    private static CookieCsrfTokenRepository tokens(boolean https) {
        CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
        tokens.setCookieName("SVERKA_FORM");
        tokens.setCookieCustomizer(cookie -> cookie.httpOnly(true).sameSite("Strict").secure(https).path("/"));
        return tokens;
    }

    /** Whoever comes by https gets cookies that never travel without it, also where a proxy ends the TLS. */
    @Bean
    ServletContextInitializer cookies(Settings settings) {
        return servlets -> {
            if (isHttps(settings)) {
                servlets.getSessionCookieConfig().setSecure(true);
            }
        };
    }

    private static boolean isHttps(Settings settings) {
        return settings.publicUrl() != null && settings.publicUrl().startsWith("https:");
    }

    /** Forwarded addresses are believed from the named proxies alone; without any the connection's own counts. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> proxies(ConsoleProperties properties) {
        return factory -> {
            if (!properties.trustedProxies().isEmpty()) {
                RemoteIpValve valve = new RemoteIpValve();
                valve.setInternalProxies(properties.trustedProxies().stream().map(Pattern::quote)
                        .collect(Collectors.joining("|")));
                valve.setProtocolHeader("X-Forwarded-Proto");
                factory.addEngineValves(valve);
            }
        };
    }

    private static HttpSecurity stateless(HttpSecurity http) throws Exception {
        return http
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
    }
}
