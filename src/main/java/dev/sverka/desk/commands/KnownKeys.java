package dev.sverka.desk.commands;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * The keys under {@code sverka.} that mean something. In the table {@code *} stands for an account's name, {@code []}
 * for a list.
 */
final class KnownKeys {

    private static final List<String> FEEDS = List.of("bank", "bitrix24", "clickup", "fintablo", "diadoc", "saby");

    private static final String TABLE = """
            zone
            locale
            home
            public-url
            clock-offset
            own-companies[].inn
            own-companies[].kpp
            own-companies[].name
            own-companies[].accounts[]
            banks[].inn
            banks[].name
            database.url
            database.user
            database.password
            bitrix24.main.url
            bitrix24.main.application-token
            bitrix24.main.plan
            bitrix24.main.robot-users[]
            bitrix24.main.longest-execution
            bitrix24.main.operating
            bitrix24.main.operating-share
            bitrix24.main.operating-accounting
            clickup.main.url
            clickup.main.token
            clickup.main.team-id
            clickup.main.webhook-secret
            clickup.main.requests-per-minute
            fintablo.main.url
            fintablo.main.token
            fintablo.main.requests-per-minute
            fintablo.main.bank-operations
            fintablo.main.longest-execution
            tbank.*.url
            tbank.*.token
            tbank.*.accounts[]
            tbank.*.webhook-secret
            tbank.*.webhook-bearer
            tbank.*.webhook-email
            tbank.*.root-ca
            tochka.*.url
            tochka.*.token
            tochka.*.client-id
            tochka.*.customer-code
            tochka.*.accounts[]
            tochka.*.webhook-key-url
            tochka.*.root-ca
            statements.*.folder
            invoices.*.folder
            diadoc.*.url
            diadoc.*.identity-url
            diadoc.*.client-id
            diadoc.*.client-secret
            diadoc.*.refresh-token
            diadoc.*.api-client-id
            diadoc.*.login
            diadoc.*.password
            diadoc.*.box-id
            saby.*.url
            saby.*.app-client-id
            saby.*.app-secret
            saby.*.secret-key
            saby.*.login
            saby.*.password
            routes.allow[]
            limits.retry-after
            limits.overturned
            payments.mode
            payments.history
            poll.<feed>
            reread.<feed>
            sweep.<feed>
            history.<feed>
            keep.journal
            keep.raw
            journal.lease
            routes.start
            routes.rehearse
            alerts.telegram.token
            alerts.telegram.chat-id
            alerts.telegram.url
            alerts.mail.host
            alerts.mail.port
            alerts.mail.security
            alerts.mail.user
            alerts.mail.password
            alerts.mail.from
            alerts.mail.to[]
            alerts.bitrix24-users[]
            alerts.heartbeat-url
            alerts.quiet
            console.user
            console.password
            console.trusted-proxies[]
            console.users[].name
            console.users[].password
            console.users[].role
            """;

    private static final List<Key> KEYS = TABLE.lines()
            .flatMap(key -> key.endsWith("<feed>")
                    ? FEEDS.stream().map(feed -> key.replace("<feed>", feed)) : Arrays.stream(new String[] {key}))
            .map(Key::new).toList();

    private KnownKeys() {
    }

    /** One line of the table: as it is shown, and what it matches in Spring's uniform spelling. */
    private record Key(String shown, Pattern exact, Pattern squashed) {

        Key(String key) {
            this("sverka." + key, Pattern.compile("sverka\\." + uniform(key)
                            .replace(".", "\\.").replace("*", "[^.]+")
                            .replace("[]", "(\\.\\d+)?")),
                    Pattern.compile("sverka" + uniform(key).replace(".", "")
                            .replace("*", "[a-z0-9]+").replace("[]", "\\d*")));
        }

        boolean startsWith(String parent) {
            return uniform(shown).startsWith(parent + ".") || uniform(shown).startsWith(parent + "[]");
        }
    }

    /** Whether a key of a text file means something. */
    static boolean knows(ConfigurationPropertyName name) {
        String uniform = uniform(name);
        return KEYS.stream().anyMatch(key -> key.exact().matcher(uniform).matches());
    }

    /** Whether an environment variable does; there dashes are gone, or stand as underscores like dots. */
    static boolean knowsSquashed(ConfigurationPropertyName name) {
        String squashed = uniform(name).replace(".", "");
        return KEYS.stream().anyMatch(key -> key.squashed().matcher(squashed).matches());
    }

    /** Whether known keys lie below; such a key may stand alone when it is empty. */
    static boolean isParent(ConfigurationPropertyName name) {
        String uniform = uniform(name);
        return KEYS.stream().anyMatch(key -> key.startsWith(uniform));
    }

    /** The known key that looks most like a mistyped one, with the account's name as it was written. */
    static Optional<String> nearest(ConfigurationPropertyName name) {
        String written = name.toString();
        return KEYS.stream().map(key -> named(key.shown(), name))
                .min(Comparator.comparingInt(known -> distance(known, written)))
                .filter(known -> distance(known, written) <= Math.max(2, written.length() / 5));
    }

    private static String named(String key, ConfigurationPropertyName written) {
        String[] parts = key.split("\\.");
        for (int i = 0; i < parts.length && i < written.getNumberOfElements(); i++) {
            if (parts[i].equals("*")) {
                parts[i] = written.getElement(i, Form.ORIGINAL);
            }
        }
        return String.join(".", parts);
    }

    private static String uniform(ConfigurationPropertyName name) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < name.getNumberOfElements(); i++) {
            text.append(i == 0 ? "" : ".").append(name.getElement(i, Form.UNIFORM));
        }
        return text.toString();
    }

    private static String uniform(String key) {
        return key.toLowerCase(Locale.ROOT).replace("-", "");
    }

    /** Levenshtein's: how many letters to insert, drop or exchange. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                row[j] = Math.min(Math.min(above, row[j - 1]) + 1,
                        diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1));
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
