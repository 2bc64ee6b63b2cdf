package dev.sverka.desk.console;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
record ConsoleProperties(@DefaultValue("admin") @NotBlank String user, @Nullable @WholePassword String password,
        @DefaultValue List<@Valid Person> users,
        @DefaultValue List<@Pattern(regexp = ADDRESS, message = NO_ADDRESS) String> trustedProxies) {

    static final String ADDRESS = "[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*";
    static final String NO_ADDRESS = "is no IP address; write the address from which the proxy connects, such as 10.0.0.5";

    ConsoleProperties {
        Set<String> names = new HashSet<>(password == null || password.isBlank() ? Set.of() : Set.of(user));
        for (Person one : users) {
            if (one.name() != null && !names.add(one.name())) {
                throw new IllegalArgumentException("the name " + one.name() + " stands twice; leave one of them in "
                        + "sverka.console.user and sverka.console.users");
            }
        }
    }

    /** One person who may enter; the role that harms least where none is given. */
    record Person(@NotBlank String name, @NotBlank @WholePassword String password, @DefaultValue("viewer") Role role) {

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
