package dev.sverka.desk.alerts;

import dev.sverka.core.state.Check;
import dev.sverka.core.state.Problem;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Whether alerts by e-mail would arrive: a channel that was never tried fails on the night it is needed. */
final class AlertsCheck implements Check {

    private static final String KEY = "sverka.alerts.mail";

    private final AlertProperties.Mail mail;
    private final Clock clock;

    AlertsCheck(AlertProperties.Mail mail, Clock clock) {
        this.mail = mail;
        this.clock = clock;
    }

    @Override
    public List<Problem> check() {
        List<Problem> problems = new ArrayList<>();
        if (mail.isBegun()) {
            missing(problems, mail.host() == null, "host", "name the SMTP server, such as smtp.example.org");
            missing(problems, mail.from() == null, "from", "name the sender's address");
            missing(problems, mail.to().isEmpty(), "to", "name at least one address");
            missing(problems, mail.user() != null && mail.password() == null, "password",
                    "give the mailbox's password, or leave the user out");
        }
        if (problems.isEmpty() && mail.isOn()) {
            try {
                new MailChannel(mail, "", clock).tryOut();
            } catch (IllegalStateException failure) {
                problems.add(new Problem(KEY, 1, String.valueOf(failure.getMessage()),
                        "mend host, port, security, user or password; alerts do not arrive by e-mail until then"));
            }
        }
        return problems;
    }

    private static void missing(List<Problem> problems, boolean isMissing, String key, String cure) {
        if (isMissing) {
            problems.add(new Problem(KEY + "." + key, 1, "is missing, so no alert goes by e-mail", cure));
        }
    }
}
