package dev.sverka.desk.commands;

import dev.sverka.core.http.Quota;
import dev.sverka.core.state.SharedQuota;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** The daemon put together without web server, routes and the store of a daemon that runs. */
final class Tame {

    private static final String SILENCE = "--logging.level.root=";

    private Tame() {
    }

    /** @param command names the store, which lives in memory and ends with the context */
    static ConfigurableApplicationContext start(Class<?> application, String command, List<String> configuration) {
        // Spring Boot comes to read the argument too late for what goes wrong while it reads the files
        LoggingSystem.get(Tame.class.getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.OFF);
        Map<String, Object> tame = Map.of("sverka.routes.start", "false",
                "sverka.database.url", "jdbc:h2:mem:" + command);
        return new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE).bannerMode(Banner.Mode.OFF).logStartupInfo(false)
                .initializers(context -> prepare(context, command, tame))
                .registerShutdownHook(false).run(Stream.concat(configuration.stream()
                        .filter(arg -> !arg.startsWith(SILENCE)), Stream.of(SILENCE + LogLevel.OFF))
                        .toArray(String[]::new));
    }

    /** Settings before all others, and vendors' budgets shared with a daemon that runs. */
    static void prepare(ConfigurableApplicationContext context, String command, Map<String, Object> settings) {
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource(command, settings));
        RunningDaemon.of(context.getEnvironment()).ifPresent(daemon -> ((GenericApplicationContext) context)
                .registerBean("daemonQuota", Quota.class, () -> new DaemonQuota(daemon,
                        context.getBean(SharedQuota.class), context.getBean(JsonMapper.class)),
                        bean -> bean.setPrimary(true)));
    }

    static String words(Environment environment, String key, Object... arguments) {
        return MessageFormat.format(ResourceBundle.getBundle("messages",
                Locale.forLanguageTag(environment.getProperty("sverka.locale", "ru")),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES)).getString(key),
                arguments);
    }
}
