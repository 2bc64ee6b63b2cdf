package dev.sverka.desk.alerts;

import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** E-mail through the SMTP server of {@code sverka.alerts.mail}; the password stands in no log and no error. */
final class MailChannel implements Channel {

    private static final int LONGEST_SUBJECT = 120;
    private static final String CONNECT_MILLIS = "10000";
    private static final String ANSWER_MILLIS = "20000";
    private static final String KEYS = "; look at sverka.alerts.mail.*";

    private final AlertProperties.Mail mail;
    private final String product;
    private final Clock clock;
    private final Session session;

    /** @param mail one that is on; @param product begins the subject, so that a rule of the mailbox can sort by it */
    MailChannel(AlertProperties.Mail mail, String product, Clock clock) {
        this.mail = mail;
        this.product = product;
        this.clock = clock;
        this.session = Session.getInstance(properties(mail), mail.isLoggingIn() ? new Login(mail) : null);
    }

    /** Asked by the engine once the line is as safe as it was asked to be. */
    private static final class Login extends Authenticator {

        private final AlertProperties.Mail mail;

        Login(AlertProperties.Mail mail) {
            this.mail = mail;
        }

        @Override
        protected PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication(mail.user(), mail.password());
        }
    }

    private static Properties properties(AlertProperties.Mail mail) {
        Properties all = new Properties();
        boolean tls = mail.security() == AlertProperties.Security.TLS;
        boolean starttls = mail.security() == AlertProperties.Security.STARTTLS;
        all.setProperty("mail.transport.protocol", "smtp");
        all.setProperty("mail.smtp.host", Objects.requireNonNull(mail.host()));
        all.setProperty("mail.smtp.port", String.valueOf(mail.portOrUsual()));
        all.setProperty("mail.smtp.auth", String.valueOf(mail.isLoggingIn()));
        all.setProperty("mail.smtp.ssl.enable", String.valueOf(tls));
        all.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        all.setProperty("mail.smtp.starttls.enable", String.valueOf(starttls));
        all.setProperty("mail.smtp.starttls.required", String.valueOf(starttls));
        all.setProperty("mail.smtp.connectiontimeout", CONNECT_MILLIS);
        all.setProperty("mail.smtp.timeout", ANSWER_MILLIS);
        all.setProperty("mail.smtp.writetimeout", ANSWER_MILLIS);
        return all;
    }

    @Override
    public String name() {
        return "E-mail";
    }

    @Override
    public void send(String id, String text) {
        refuseOpenPassword();
        try {
            Transport.send(message(id, text));
        } catch (MessagingException failure) {
            throw new IllegalStateException(words(failure) + KEYS, failure);
        }
    }

    /** Connects and signs in, sends nothing. */
    void tryOut() {
        refuseOpenPassword();
        try (Transport transport = session.getTransport()) {
            transport.connect();
        } catch (MessagingException failure) {
            throw new IllegalStateException(words(failure), failure);
        }
    }

    private MimeMessage message(String id, String text) throws MessagingException {
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                // the same for a repetition, so that a mailbox shows one
                setHeader("Message-ID", "<sverka." + id + "@" + host(mail.from()) + ">");
            }
        };
        message.setFrom(new InternetAddress(mail.from()));
        for (String to : mail.to()) {
            message.addRecipient(Message.RecipientType.TO, new InternetAddress(to));
        }
        message.setSubject(subject(text), StandardCharsets.UTF_8.name());
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setSentDate(Date.from(clock.instant()));
        message.setText(text, StandardCharsets.UTF_8.name());
        return message;
    }

    /** The first trouble, and how many more there are. */
    private String subject(String text) {
        List<String> troubles = List.of(text.strip().split("\n\n+"));
        String first = troubles.get(0).replaceAll("\\s+", " ");
        String cut = first.length() <= LONGEST_SUBJECT ? first : first.substring(0, LONGEST_SUBJECT - 1) + "…";
        return product + ": " + cut + (troubles.size() > 1 ? " (+" + (troubles.size() - 1) + ")" : "");
    }

    private static String host(@Nullable String address) {
        return Objects.requireNonNull(address).replaceFirst(".*@", "");
    }

    private void refuseOpenPassword() {
        if (mail.isLoggingIn() && mail.security() == AlertProperties.Security.NONE && !isThisMachine(mail.host())) {
            throw new IllegalStateException("the password would travel in the clear to " + mail.host()
                    + "; set sverka.alerts.mail.security to starttls or tls");
        }
    }

    private static boolean isThisMachine(@Nullable String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    /** The innermost words: what the server or the network said. */
    private String words(Throwable failure) {
        Throwable inner = failure;
        while (inner.getCause() != null && inner.getCause() != inner) {
            inner = inner.getCause();
        }
        String said = String.valueOf(inner.getMessage()).strip().replaceAll("\\s+", " ");
        String password = mail.password();
        return "the mail server " + mail.host() + ":" + mail.portOrUsual() + " did not take it: "
                + (password == null || password.isEmpty() ? said : said.replace(password, "***"));
    }
}
