package dev.sverka;

import dev.sverka.desk.commands.Commands;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The daemon and its commands. */
@SpringBootApplication
public class Application {

    public static void main(String[] args) {
        Commands.run(Application.class, args);
    }
}
