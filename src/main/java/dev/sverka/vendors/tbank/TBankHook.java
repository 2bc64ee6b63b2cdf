package dev.sverka.vendors.tbank;

import dev.sverka.core.connector.Hook;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The bank's note that an operation happened (tbank.md section 7): proved by an unguessable path and, where one was
 * agreed, a bearer secret. A hint: it says which account to read from which day, nothing is posted from it.
 */
final class TBankHook implements Hook {

    private final Map<String, TBankProperties.Account> configured;
    private final JsonMapper json = JsonMapper.builder().build();

    TBankHook(Map<String, TBankProperties.Account> configured) {
        this.configured = configured;
    }

    @Override
    public String scheme() {
        return "tbank";
    }

    /** Whatever the event calls its status, it says which account to look at; foreign accounts mean nothing to us. */
    @Override
    public List<Pushed> receive(Request request) throws Refused {
        Map<String, TBankProperties.Account> genuine = genuine(request);
        JsonNode body;
        try {
            body = json.readTree(request.body());
        } catch (JacksonException broken) {
            throw new Refused(400, "the body is no JSON");
        }
        if (!body.isObject()) {
            throw new Refused(400, "the body is no JSON object");
        }
        String bankAccount = body.path("accountNumber").asString("");
        if (!bankAccount.matches("\\d{20}")) {
            return List.of();
        }
        LocalDate day = TBankOperations.dayOf(body.path("trxnPostDate")
                .asString(body.path("authorizationDate").asString("")));
        Map<String, Object> hint = new LinkedHashMap<>(Map.of("bankAccount", bankAccount));
        if (day != null) {
            hint.put("day", day);
        }
        return genuine.entrySet().stream().filter(one -> one.getValue().isOn()
                && (one.getValue().accounts().isEmpty() || one.getValue().accounts().contains(bankAccount)))
                .map(one -> new Pushed(one.getKey(), "operation", bankAccount, hint)).toList();
    }

    /** The accounts whose secrets the call knows; every one is compared, so that the time tells nothing. */
    private Map<String, TBankProperties.Account> genuine(Request request) throws Refused {
        Map<String, TBankProperties.Account> genuine = new LinkedHashMap<>();
        configured.forEach((name, account) -> {
            boolean path = same(account.webhookSecret(), request.path());
            String bearer = account.webhookBearer();
            boolean header = bearer == null || bearer.isBlank()
                    || same("Bearer " + bearer, request.headers().getOrDefault("authorization", ""));
            if (path && header) {
                genuine.put(name, account);
            }
        });
        if (genuine.isEmpty()) {
            throw new Refused(401, "wrong secret");
        }
        return genuine;
    }

    private static boolean same(@Nullable String expected, String given) {
        return expected != null && !expected.isBlank() && MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
