package dev.sverka.desk.console;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code sverka.console.*}: who may enter. Passwords stand in plain words or hashed, such as {@code {bcrypt}$2a$…}.
 *
 * @param user name of the first person, whose role is {@code ops}
 * @param password the first person's; without it and without {@code users} one is made up at each start
 * @param users everybody else
 * @param trustedProxies addresses whose forwarded headers are believed
 */
@Validated
@ConfigurationProperties("sverka.console")
record ConsoleProperties(@DefaultValue("admin") @NotBlank String user, @Nullable String password,
        @DefaultValue List<@Valid Person> users, @DefaultValue List<String> trustedProxies) {

    /** One person who may enter; the role that harms least where none is given. */
    record Person(@NotBlank String name, @NotBlank String password, @DefaultValue("viewer") Role role) {

        /** Never the password. */
        @Override
        public String toString() {
            return name + " (" + role + ")";
        }
    }

    /** Never the passwords. */
    @Override
    public String toString() {
        return "ConsoleProperties[user=" + user + ", users=" + users + "]";
    }
}
