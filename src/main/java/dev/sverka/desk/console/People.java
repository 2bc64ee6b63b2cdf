package dev.sverka.desk.console;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/** Those whom the configuration lets in; their passwords are kept as hashes only. */
final class People {

    private static final Logger LOG = LoggerFactory.getLogger(People.class);
    /** Nothing that is mistaken for something else when read off a screen. */
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int LENGTH = 16;
    private static final Pattern HASHED = Pattern.compile("\\{(bcrypt|pbkdf2|noop)[^}]*}.+");

    private People() {
    }

    static UserDetailsService of(ConsoleProperties properties, PasswordEncoder passwords) {
        List<UserDetails> people = new ArrayList<>();
        String password = properties.password();
        if (password != null && !password.isBlank()) {
            people.add(person(properties.user(), password, Role.OPS, passwords));
        } else if (properties.users().isEmpty()) {
            String random = random();
            people.add(person(properties.user(), random, Role.OPS, passwords));
            LOG.info("Console: user {}, password {} (made up for this start; set sverka.console.password to keep one)",
                    properties.user(), random);
        }
        properties.users().forEach(person ->
                people.add(person(person.name(), person.password(), person.role(), passwords)));
        return new InMemoryUserDetailsManager(people);
    }

    private static UserDetails person(String name, String password, Role role, PasswordEncoder passwords) {
        boolean isHashed = HASHED.matcher(password).matches();
        return User.withUsername(name).password(isHashed ? password : passwords.encode(password))
                .roles(role.name()).build();
    }

    private static String random() {
        return new SecureRandom().ints(LENGTH, 0, LETTERS.length())
                .mapToObj(i -> LETTERS.substring(i, i + 1)).collect(Collectors.joining());
    }
}
