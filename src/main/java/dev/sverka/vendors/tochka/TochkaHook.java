package dev.sverka.vendors.tochka;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.util.Base64URL;
import dev.sverka.core.connector.Hook;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The bank's note that a payment went through (tochka.md section 7): a text signed by the bank. A hint: it says which
 * account to read from which day, nothing is posted from it. Test events, foreign companies and events of other kinds
 * are answered alike and mean nothing.
 */
final class TochkaHook implements Hook {

    /** Three parts in the alphabet of JWS, without padding; anything else was not written by the bank. */
    private static final String COMPACT = "[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*";

    private final Map<String, TochkaProperties.Account> configured;
    private final Function<String, TochkaKeys> keys;
    private final JsonMapper json = JsonMapper.builder().build();

    /** @param keys of the bank, by account */
    TochkaHook(Map<String, TochkaProperties.Account> configured, Function<String, TochkaKeys> keys) {
        this.configured = configured;
        this.keys = keys;
    }

    @Override
    public String scheme() {
        return "tochka";
    }

    @Override
    public List<Pushed> receive(Request request) throws Refused {
        String text = new String(request.body(), StandardCharsets.US_ASCII).strip();
        if (!text.matches(COMPACT)) {
            throw new Refused(400, "the body is no signed text");
        }
        List<String> genuine = genuine(text);
        JsonNode event;
        try {
            event = json.readTree(payload(text));
        } catch (JacksonException broken) {
            throw new Refused(400, "what was signed is no JSON");
        }
        return genuine.stream().flatMap(account -> hints(account, event).stream()).toList();
    }

    /** The accounts whose bank signed it. */
    private List<String> genuine(String text) throws Refused {
        JWSObject signed = signed(text);
        List<String> genuine = new ArrayList<>();
        boolean keyless = false;
        for (Map.Entry<String, TochkaProperties.Account> one : configured.entrySet()) {
            if (one.getValue().isOn()) {
                TochkaKeys known = keys.apply(one.getKey());
                if (known.signed(signed)) {
                    genuine.add(one.getKey());
                }
                keyless |= known.isEmpty();
            }
        }
        if (genuine.isEmpty()) {
            throw keyless ? new Refused(503, "the bank's key could not be fetched yet")
                    : new Refused(401, "the signature is not the bank's");
        }
        return genuine;
    }

    /** {@code RS256} and nothing else: what the text says of itself decides nothing. */
    private static JWSObject signed(String text) throws Refused {
        try {
            JWSObject signed = JWSObject.parse(text);
            if (JWSAlgorithm.RS256.equals(signed.getHeader().getAlgorithm())) {
                return signed;
            }
            throw new Refused(401, "it is signed another way than the bank signs");
        } catch (ParseException unsigned) {
            throw new Refused(401, "the header names no signature: " + unsigned.getMessage());
        }
    }

    private static String payload(String text) {
        return new Base64URL(text.split("\\.")[1]).decodeToString();
    }

    private List<Pushed> hints(String account, JsonNode event) {
        String side = switch (event.path("webhookType").asString("")) {
            case "incomingPayment" -> "SideRecipient";
            case "outgoingPayment" -> "SidePayer";
            default -> "";
        };
        JsonNode own = event.path(side);
        String bankAccount = own.path("account").asString("");
        if (!bankAccount.matches("\\d{20}") || bankAccount.matches("0+")
                || own.path("inn").asString("").matches("0+") || !isOurs(account, event, bankAccount)) {
            return List.of();
        }
        Map<String, Object> hint = new LinkedHashMap<>(Map.of("bankAccount", bankAccount));
        LocalDate day = TochkaOperations.day(event.path("date").asString("")).orElse(null);
        if (day != null) {
            hint.put("day", day);
        }
        return List.of(new Pushed(account, "operation", bankAccount, hint));
    }

    private boolean isOurs(String name, JsonNode event, String bankAccount) {
        TochkaProperties.Account account = configured.get(name);
        String code = account.customerCode();
        return (code == null || code.isBlank() || code.equals(event.path("customerCode").asString("")))
                && (account.accounts().isEmpty() || account.numbers().contains(bankAccount));
    }
}
