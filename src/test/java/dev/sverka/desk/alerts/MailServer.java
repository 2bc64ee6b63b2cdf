package dev.sverka.desk.alerts;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server that speaks SMTP over a real socket, and keeps what it was given. */
public final class MailServer implements AutoCloseable {

    private final ServerSocket socket;
    private final String user;
    private final String password;
    private final List<String> letters = new CopyOnWriteArrayList<>();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private volatile boolean full;

    /** Wants the user to sign in. */
    public MailServer(String user, String password) {
        this.user = user;
        this.password = password;
        try {
            socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Thread listening = new Thread(this::listen, "mail server");
        listening.setDaemon(true);
        listening.start();
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** From now on it takes nothing, or takes again. */
    public void full(boolean isFull) {
        full = isFull;
    }

    /** Everything clients have said, line by line. */
    List<String> said() {
        return said;
    }

    public List<MimeMessage> letters() {
        return letters.stream().map(MailServer::parsed).toList();
    }

    private static MimeMessage parsed(String letter) {
        try {
            return new MimeMessage(Session.getInstance(new Properties()),
                    new ByteArrayInputStream(letter.getBytes(StandardCharsets.UTF_8)));
        } catch (MessagingException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void listen() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                talk(new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8)),
                        client.getOutputStream());
            } catch (IOException gone) {
                // the client, or the test, has ended
            }
        }
    }

    private void talk(BufferedReader in, OutputStream out) throws IOException {
        boolean signedIn = false;
        answer(out, "220 mail.example ESMTP");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            said.add(line);
            String verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
            switch (verb) {
                case "EHLO" -> answer(out, "250-mail.example", "250 AUTH PLAIN");
                case "AUTH" -> {
                    signedIn = isRight(line.equals("AUTH PLAIN") ? asked(in, out) : line.substring(line.lastIndexOf(' ') + 1));
                    answer(out, signedIn ? "235 welcome" : "535 5.7.8 wrong user or password");
                }
                case "MAIL", "RCPT" -> answer(out, !signedIn ? "530 5.7.0 sign in first"
                        : full ? "452 4.2.2 the mailbox is full" : "250 ok");
                case "DATA" -> {
                    answer(out, "354 go on");
                    letters.add(letter(in));
                    answer(out, "250 taken");
                }
                case "QUIT" -> {
                    answer(out, "221 bye");
                    return;
                }
                default -> answer(out, "250 ok");
            }
        }
    }

    private static String asked(BufferedReader in, OutputStream out) throws IOException {
        answer(out, "334 ");
        return String.valueOf(in.readLine());
    }

    private boolean isRight(String credentials) {
        return new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8)
                .endsWith("\0" + user + "\0" + password);
    }

    private static String letter(BufferedReader in) throws IOException {
        StringBuilder letter = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            letter.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        return letter.toString();
    }

    private static void answer(OutputStream out, String... lines) throws IOException {
        out.write((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
