package dev.sverka.desk.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sverka.core.state.Problem;
import dev.sverka.core.state.SettableClock;
import jakarta.mail.Message;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MailChannelTest {

    private static final String SECRET = "s3cret-of-mail";

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final MailServer server = new MailServer("sverka", SECRET);

    @AfterEach
    void close() {
        server.close();
    }

    private AlertProperties.Mail mail(String host, AlertProperties.Security security, String password) {
        return new AlertProperties.Mail(host, server.port(), security, "sverka", password, "sverka@example.org",
                List.of("ops@example.org", "boss@example.org"));
    }

    private MailChannel channel(AlertProperties.Security security, String password) {
        return new MailChannel(mail("127.0.0.1", security, password), "Сверка", clock);
    }

    @Test
    void aGroupOfAlertsIsOneLetterInRussianToEverybody() throws Exception {
        channel(AlertProperties.Security.NONE, SECRET).send("k1", "tbank.main не отвечает с 09:00\n\nЖдут человека: 1");
        MimeMessage letter = server.letters().get(0);
        assertThat(server.letters()).hasSize(1);
        assertThat(letter.getSubject()).isEqualTo("Сверка: tbank.main не отвечает с 09:00 (+1)");
        assertThat(letter.getRecipients(Message.RecipientType.TO)).containsExactly(
                new InternetAddress("ops@example.org"), new InternetAddress("boss@example.org"));
        assertThat(letter.getContent().toString().strip().replace("\r", ""))
                .isEqualTo("tbank.main не отвечает с 09:00\n\nЖдут человека: 1");
        assertThat(letter.getMessageID()).isEqualTo("<sverka.k1@example.org>");
        assertThat(letter.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(letter.getSentDate()).isEqualTo("2026-11-23T09:00:00Z");
    }

    @Test
    void aLineBreakInAnAlertAddsNoHeader() throws Exception {
        channel(AlertProperties.Security.NONE, SECRET).send("k2", "беда\r\nBcc: thief@example.org");
        assertThat(server.letters().get(0).getHeader("Bcc")).isNull();
        assertThat(server.said()).noneMatch(line -> line.contains("RCPT TO:<thief"));
    }

    @Test
    void aRefusalSaysWhyAndWhereToLookAndNeverThePassword() {
        assertThatThrownBy(() -> channel(AlertProperties.Security.NONE, "wrong-" + SECRET).send("k3", "x"))
                .hasMessageContaining("535").hasMessageContaining("sverka.alerts.mail")
                .hasMessageNotContaining(SECRET);
        server.full(true);
        assertThatThrownBy(() -> channel(AlertProperties.Security.NONE, SECRET).send("k4", "x"))
                .hasMessageContaining("the mailbox is full");
        assertThat(server.letters()).isEmpty();
    }

    @Test
    void withoutASafeLineNoPasswordIsSaid() {
        assertThatThrownBy(() -> channel(AlertProperties.Security.STARTTLS, SECRET).send("k5", "x"))
                .hasMessageContaining("STARTTLS");
        assertThat(server.said()).noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
        assertThatThrownBy(() -> new MailChannel(mail("192.0.2.1", AlertProperties.Security.NONE, SECRET), "Сверка",
                clock).send("k6", "x")).hasMessageContaining("in the clear");
    }

    @Test
    void checkFindsWhatIsMissingAndWhatTheServerRefuses() {
        assertThat(check(new AlertProperties.Mail(null, null, AlertProperties.Security.STARTTLS, null, null, null,
                List.of()))).as("nothing is set").isEmpty();
        assertThat(check(new AlertProperties.Mail("mail.example.org", null, AlertProperties.Security.STARTTLS, "sverka",
                "", " ", List.of("")))).extracting(Problem::file).containsExactly("sverka.alerts.mail.from",
                "sverka.alerts.mail.to", "sverka.alerts.mail.password");
        assertThat(check(mail("127.0.0.1", AlertProperties.Security.NONE, SECRET))).isEmpty();
        assertThat(check(mail("127.0.0.1", AlertProperties.Security.NONE, "wrong"))).singleElement()
                .satisfies(problem -> assertThat(problem.toString()).contains("535", "mend host, port"));
        assertThat(server.letters()).as("a check sends nothing").isEmpty();
    }

    private List<Problem> check(AlertProperties.Mail mail) {
        return new AlertsCheck(mail, clock).check();
    }
}
