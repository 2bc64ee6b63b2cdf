package dev.sverka.vendors.tbank;

import dev.sverka.core.connector.Operation;
import dev.sverka.core.connector.Operation.Effect;
import dev.sverka.core.connector.Operation.Request;
import dev.sverka.core.http.VendorException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The subscription to events of a company's accounts (tbank.md section 7.1). How the bank lists subscriptions is not
 * documented: one is taken for there where its address stands in what comes, in whatever shape; where nothing can be
 * read, none is made, because a second one could not be told from the first.
 */
final class TBankWebhooks {

    private final TBankProperties properties;
    private final Function<String, TBankAccount> accounts;
    private final @Nullable String publicUrl;

    TBankWebhooks(TBankProperties properties, Function<String, TBankAccount> accounts, @Nullable String publicUrl) {
        this.properties = properties;
        this.accounts = accounts;
        this.publicUrl = publicUrl;
    }

    Map<String, Operation> operations() {
        return Map.of("upsert", new Operation("upsert", "Subscribes this daemon to events of the accounts, once",
                (Operation.Write) this::upsert));
    }

    private Optional<Effect> upsert(Request request) {
        TBankClient client = accounts.apply(request.account()).client();
        TBankProperties.Account configured = properties.tbank().get(request.account());
        String base = required(client, publicUrl, "sverka.public-url");
        String secret = required(client, configured.webhookSecret(), "sverka." + client.account() + ".webhook-secret");
        String email = required(client, configured.webhookEmail(), "sverka." + client.account() + ".webhook-email");
        String url = base + "/hooks/tbank/" + secret;
        if (isThere(client, url)) {
            return Optional.empty();
        }
        Map<String, Object> body = new LinkedHashMap<>(Map.of("hasSignature", false, "email", email, "url", url));
        String bearer = configured.webhookBearer();
        if (bearer != null && !bearer.isBlank()) {
            body.put("authType", "Bearer");
            body.put("authSecret", bearer);
        }
        // the last part of the address is a secret: it stands in no plan, no intent and no log
        Map<String, Object> shown = Map.of("url", base + "/hooks/tbank/***");
        return Optional.of(new Effect("webhook", null, shown, () -> isThere(client, url) ? Optional.of(shown)
                : Optional.empty(), () -> {
            client.subscribe(body);
            return shown;
        }));
    }

    private static boolean isThere(TBankClient client, String url) {
        try {
            return client.subscriptions().contains(url);
        } catch (VendorException.Refused unreadable) {
            throw new VendorException.Refused(client.account(), unreadable.status(), "webhooks", client.account()
                    + ": the bank does not tell which subscriptions there are (" + unreadable.getMessage() + "), so none is"
                    + " made: it might be a second one; ask openapi@tbank.ru to subscribe this daemon");
        }
    }

    private static String required(TBankClient client, @Nullable String value, String key) {
        if (value == null || value.isBlank()) {
            throw new VendorException.Refused(client.account(), 0, "config", key
                    + " is not set: the bank cannot be told where this daemon is; statements are read all the same");
        }
        return value;
    }
}
