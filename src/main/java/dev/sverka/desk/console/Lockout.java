package dev.sverka.desk.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Makes guessing slow: after five wrong passwords for a name from an address, that pair waits a minute, whatever it
 * sends. Kept in memory; by pair, and apart for browsers known by {@link Devices}, so that a stranger cannot lock out
 * the people themselves, behind a proxy neither.
 */
final class Lockout implements AuthenticationProvider {

    static final int FAILURES = 5;
    static final Duration PAUSE = Duration.ofMinutes(1);

    private record Who(String name, String address, String device) {
    }

    private record Failures(int count, Instant last) {
    }

    private final Map<Who, Failures> failures = new ConcurrentHashMap<>();
    private final AuthenticationProvider door;
    private final Clock clock;

    Lockout(AuthenticationProvider door, Clock clock) {
        this.door = door;
        this.clock = clock;
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        Who who = who(attempt);
        Failures before = failures.get(who);
        if (before != null && before.count() >= FAILURES && isFresh(before)) {
            throw new LockedException("too many wrong passwords; try again in a minute");
        }
        try {
            Authentication entered = door.authenticate(attempt);
            failures.remove(who);
            return entered;
        } catch (BadCredentialsException e) {
            failures.values().removeIf(old -> !isFresh(old));
            failures.merge(who, new Failures(1, clock.instant()),
                    (old, one) -> new Failures(old.count() + 1, one.last()));
            throw e;
        }
    }

    private boolean isFresh(Failures made) {
        return clock.instant().isBefore(made.last().plus(PAUSE));
    }

    private static Who who(Authentication attempt) {
        String address = attempt.getDetails() instanceof WebAuthenticationDetails details
                ? details.getRemoteAddress() : "";
        String device = attempt.getDetails() instanceof Devices.Attempt entering ? entering.device() : "";
        return new Who(attempt.getName().toLowerCase(Locale.ROOT), device.isEmpty() ? address : "", device);
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return door.supports(authentication);
    }
}
