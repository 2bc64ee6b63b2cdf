package dev.sverka.vendors.tochka;

import dev.sverka.core.state.Problem;
import dev.sverka.vendors.tochka.TochkaClient.Consent;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whether a key's form, life, rights, company, accounts and subscription hold (tochka.md sections 2 and 7.5). */
final class TochkaCheck {

    /** So long before its end a key is spoken of. */
    private static final Duration NOTICE = Duration.ofDays(21);
    private static final List<String> NEEDED = List.of("ReadAccountsBasic", "ReadAccountsDetail", "ReadBalances",
            "ReadStatements", "ReadCustomerData");
    private static final Set<String> DEAD = Set.of("Rejected", "Revoked", "AwaitingAuthorisation");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Clock clock;

    TochkaCheck(Clock clock) {
        this.clock = clock;
    }

    List<Problem> check(String name, TochkaAccount account, TochkaProperties.Account configured,
            Optional<String> hookUrl) {
        String prefix = "sverka.tochka." + name;
        List<Problem> problems = new ArrayList<>();
        Map<String, String> listed = account.listed();
        account.wanted(listed).stream().filter(number -> !listed.containsKey(number))
                .map(number -> new Problem(prefix + ".accounts", 1, "the key does not see an open account " + number,
                        "mend the number, or issue a key that may read it")).forEach(problems::add);
        String code = configured.customerCode();
        if (code != null && !code.isBlank() && account.client().customers().stream()
                .noneMatch(one -> one.code().equals(code))) {
            problems.add(new Problem(prefix + ".customer-code", 1, "the key does not see the company " + code,
                    "mend the code, or issue a key with this company"));
        }
        problems.addAll(token(prefix, account.client(), String.valueOf(configured.token())));
        String clientId = configured.clientId();
        if (clientId != null && !clientId.isBlank()) {
            problems.addAll(subscription(prefix, account.client(), clientId, hookUrl));
        }
        return problems;
    }

    /** A key of the internet bank is a JWT, with or without an end; what OAuth gives lives a day. */
    private List<Problem> token(String prefix, TochkaClient client, String token) {
        Optional<JsonNode> claims = claims(token);
        if (claims.isEmpty()) {
            List<Problem> problems = new ArrayList<>();
            for (Consent consent : client.consents()) {
                List<String> lacking = NEEDED.stream().filter(right -> !consent.permissions().contains(right)).toList();
                if (DEAD.contains(consent.status()) || !lacking.isEmpty()) {
                    problems.add(new Problem(prefix + ".token", 1, "the consent " + consent.id() + " of "
                            + consent.customerCode() + " is " + consent.status()
                            + (lacking.isEmpty() ? "" : " and lacks " + lacking),
                            "let the company agree anew, or use a key of the internet bank"));
                }
            }
            return problems;
        }
        long end = claims.get().path("exp").asLong(0);
        Instant warned = clock.instant().plus(NOTICE);
        return end == 0 || Instant.ofEpochSecond(end).isAfter(warned) ? List.of()
                : List.of(new Problem(prefix + ".token", 1, "the key ends on " + Instant.ofEpochSecond(end),
                "make a new one in the internet bank; client-id changes with it, and events are subscribed anew"));
    }

    private static Optional<JsonNode> claims(String token) {
        String[] parts = token.split("\\.");
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readTree(new String(Base64.getUrlDecoder().decode(parts[1]),
                    StandardCharsets.UTF_8))).filter(JsonNode::isObject);
        } catch (IllegalArgumentException | JacksonException opaque) {
            return Optional.empty();
        }
    }

    private static List<Problem> subscription(String prefix, TochkaClient client, String clientId,
            Optional<String> hookUrl) {
        Optional<TochkaClient.Subscription> told = client.subscription(clientId);
        if (told.isEmpty()) {
            return List.of(new Problem(prefix + ".client-id", 1, "the bank tells nobody of payments",
                    "subscribe with tochka:webhook/upsert; without it statements are read all the same, later"));
        }
        List<String> missing = TochkaWebhooks.USEFUL.stream().filter(type -> !told.get().types().contains(type)).toList();
        if (!missing.isEmpty() && hookUrl.filter(told.get().url()::equals).isPresent()) {
            return List.of(new Problem(prefix + ".client-id", 1, "the bank does not tell this daemon of "
                    + String.join(", ", missing), "provision --apply adds them; statements are read all the same, later"));
        }
        return hookUrl.filter(url -> !told.get().url().equals(url)).map(url -> new Problem(prefix + ".client-id", 1,
                "the bank tells " + told.get().url() + " of payments and not " + url,
                "take it over with tochka:webhook/upsert and replace: true, or give this daemon a key of its own"))
                .stream().toList();
    }
}
