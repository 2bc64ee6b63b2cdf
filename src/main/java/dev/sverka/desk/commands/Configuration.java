package dev.sverka.desk.commands;

import java.util.List;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/** What the daemon would read, without the daemon. */
final class Configuration {

    private Configuration() {
    }

    /** Nothing but the files, variables and options. */
    static final class Nothing {
    }

    static Environment read(List<String> options) {
        LoggingSystem.get(Configuration.class.getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.OFF);
        String[] args = options.toArray(String[]::new);
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Nothing.class)
                .web(WebApplicationType.NONE).bannerMode(Banner.Mode.OFF).logStartupInfo(false)
                .registerShutdownHook(false).run(args)) {
            return context.getEnvironment();
        }
    }
}
