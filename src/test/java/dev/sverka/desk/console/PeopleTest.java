package dev.sverka.desk.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

@ExtendWith(OutputCaptureExtension.class)
class PeopleTest {

    private final Passwords passwords = new Passwords();

    @Test
    void withoutAnyPasswordOneIsMadeUpAndPrintedOnce(CapturedOutput output) {
        UserDetailsService people = People.of(new ConsoleProperties("admin", null, List.of(), List.of()), passwords);
        assertThat(output.getOut().split("user admin, password ", -1)).hasSize(2);
        String printed = output.getOut().replaceAll("(?s).*user admin, password (\\S+).*", "$1");
        assertThat(printed).hasSize(16);
        assertThat(passwords.matches(printed, people.loadUserByUsername("admin").getPassword())).isTrue();
    }

    @Test
    void aConfiguredPasswordIsKeptAsAHashAndNeverPrinted(CapturedOutput output) {
        UserDetails admin = People.of(new ConsoleProperties("admin", "открыто", List.of(), List.of()), passwords)
                .loadUserByUsername("admin");
        assertThat(admin.getPassword()).startsWith("{bcrypt}").doesNotContain("открыто");
        assertThat(output.getOut()).doesNotContain("открыто");
        assertThat(passwords.matches("открыто", admin.getPassword())).isTrue();
        assertThat(passwords.matches("открыто", admin.getPassword())).isTrue();
        assertThat(passwords.matches("закрыто", admin.getPassword())).isFalse();
    }

    @Test
    void aHashInTheConfigurationIsTakenAsItIs() {
        String hash = passwords.encode("secret");
        UserDetails admin = People.of(new ConsoleProperties("admin", hash, List.of(), List.of()), passwords)
                .loadUserByUsername("admin");
        assertThat(passwords.matches("secret", admin.getPassword())).isTrue();
    }

    @Test
    void namedUsersAloneMakeNoAdmin() {
        UserDetailsService people = People.of(new ConsoleProperties("admin", null,
                List.of(new ConsoleProperties.Person("buh", "secret", Role.FINANCE)), List.of()), passwords);
        assertThat(people.loadUserByUsername("buh").getAuthorities()).extracting("authority")
                .containsExactly("ROLE_FINANCE");
        assertThatThrownBy(() -> people.loadUserByUsername("admin")).isInstanceOf(UsernameNotFoundException.class);
    }
}
