package dev.sverka.sandbox;

import dev.sverka.Application;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringApplication;

/** The real program with one part changed: its clock is the one that a test moves. */
public final class MovedProgram implements BeanPostProcessor {

    /** The system property that names the clock's file. */
    static final String CLOCK = "moved.clock";

    private final Clock clock;

    private MovedProgram(Clock clock) {
        this.clock = clock;
    }

    public static void main(String[] args) throws IOException {
        Clock clock = MovableClock.of(Path.of(System.getProperty(CLOCK)));
        SpringApplication program = new SpringApplication(Application.class);
        program.addInitializers(context -> context.getBeanFactory().addBeanPostProcessor(new MovedProgram(clock)));
        program.run(args);
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof Clock ? clock : bean;
    }
}
