package dev.sverka.desk.console;

import org.springframework.security.core.Authentication;

/** What a person may do in the console and over {@code /api}; names as in {@code sverka.console.users[].role}. */
enum Role {
    /** Everything. */
    OPS,
    /** Everything that concerns work and money. */
    FINANCE,
    /** Looks, changes nothing. */
    VIEWER;

    /** Whether somebody looks after the daemon itself. */
    static boolean isOps(Authentication person) {
        return person.getAuthorities().stream().anyMatch(authority -> ("ROLE_" + OPS).equals(authority.getAuthority()));
    }

    /** Whether somebody's role allows more than looking; the rules of {@link SecurityConfig} hold all the same. */
    static boolean mayAct(Authentication person) {
        return person.getAuthorities().stream()
                .noneMatch(authority -> ("ROLE_" + VIEWER).equals(authority.getAuthority()));
    }
}
