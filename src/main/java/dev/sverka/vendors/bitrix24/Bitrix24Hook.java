package dev.sverka.vendors.bitrix24;

import dev.sverka.core.connector.Fingerprint;
import dev.sverka.core.connector.Hook;
import dev.sverka.core.state.Links;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events of the portal's outgoing webhook (bitrix24.md section 8). There is no signature: the application token is
 * compared in constant time, and the portal's {@code member_id} is pinned at its first event. A body tells an id and
 * nothing more.
 */
final class Bitrix24Hook implements Hook {

    /** Short account name → {@code member_id}. */
    static final String PINNED = "bitrix24-member";
    /** Short account name → fingerprint of the token under which that portal was heard first. */
    private static final String UNDER = "bitrix24-member-token";
    private static final Logger LOG = LoggerFactory.getLogger(Bitrix24Hook.class);
    /** Before a smart process' id, while its name is not known. */
    private static final String TYPE = "type-";
    /** What an outgoing webhook can tell of each kind; moves to another funnel go to applications alone (section 8.2). */
    static final List<String> TOLD = List.of("ADD", "UPDATE", "DELETE");
    private static final Set<String> ITEM_EVENTS = Set.of("ADD", "UPDATE", "DELETE", "MOVETOCATEGORY");

    private final Map<String, Bitrix24Properties.Account> configured;
    private final Function<String, Bitrix24Account> accounts;
    private final Links links;
    /** Of which foreign portals the log has told. */
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    Bitrix24Hook(Map<String, Bitrix24Properties.Account> configured, Function<String, Bitrix24Account> accounts,
            Links links) {
        this.configured = configured;
        this.accounts = accounts;
        this.links = links;
    }

    @Override
    public String scheme() {
        return "bitrix24";
    }

    @Override
    public List<Pushed> receive(Request request) throws Refused {
        Map<String, String> form = form(request.body());
        String account = genuine(form);
        String event = form.getOrDefault("event", "").toUpperCase(Locale.ROOT);
        String id = form.get("data[FIELDS][ID]");
        if (event.isEmpty()) {
            throw new Refused(400, "no event in the body");
        }
        Optional<String> entity = entity(event, form.get("data[FIELDS][ENTITY_TYPE_ID]"));
        if (entity.isEmpty()) {
            return List.of();
        }
        if (id == null || !id.matches("\\d{1,18}")) {
            throw new Refused(400, "the event's id is no number");
        }
        return List.of(new Pushed(account, entity.get(), id,
                Map.of("id", Long.parseLong(id), "entity", entity.get())));
    }

    /** Which process an event of a smart process means, the portal alone knows. */
    @Override
    public Optional<Pushed> resolve(Pushed told) {
        if (!told.entity().startsWith(TYPE)) {
            return Optional.of(told);
        }
        return accounts.apply(told.account()).names().entityOf(Integer.parseInt(told.entity().substring(TYPE.length())))
                .map(entity -> new Pushed(told.account(), entity, told.id(),
                        Map.of("id", Long.parseLong(told.id()), "entity", entity)));
    }

    private String genuine(Map<String, String> form) throws Refused {
        byte[] token = form.getOrDefault("auth[application_token]", "").getBytes(StandardCharsets.UTF_8);
        String member = form.getOrDefault("auth[member_id]", "");
        String account = null;
        for (Map.Entry<String, Bitrix24Properties.Account> one : configured.entrySet()) {
            String expected = one.getValue().applicationToken();
            if (expected != null && !expected.isBlank()
                    && MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), token)) {
                account = one.getKey();
            }
        }
        if (account == null || member.isEmpty()) {
            throw new Refused(401, "wrong application token");
        }
        pin(account, member, token);
        Bitrix24Address.proven(links, scheme() + "." + account, form.getOrDefault("auth[domain]", ""));
        return account;
    }

    /** A portal is accepted with the first event under a token; whoever means to exchange it sets a new token. */
    private void pin(String account, String member, byte[] token) throws Refused {
        String print = Fingerprint.of(Map.of("token", new String(token, StandardCharsets.UTF_8)));
        Optional<String> pinned = links.right(PINNED, account);
        boolean isSame = pinned.isPresent() && MessageDigest.isEqual(pinned.get().getBytes(StandardCharsets.UTF_8),
                member.getBytes(StandardCharsets.UTF_8));
        Optional<String> under = links.right(UNDER, account);
        if (!isSame && pinned.isPresent() && under.filter(print::equals).isPresent()) {
            if (told.add(account + member)) {
                LOG.error("bitrix24.{}: an event came from another portal than the one this token was first heard from, "
                        + "and is refused; was the portal exchanged, make a new outgoing webhook there and put its token "
                        + "into sverka.bitrix24.{}.application-token: the first event under a new token is believed",
                        account, account);
            }
            throw new Refused(401, "an event of another portal");
        }
        if (!isSame) {
            links.link(PINNED, account, member);
        }
        if (under.filter(print::equals).isEmpty()) {
            links.link(UNDER, account, print);
        }
    }

    /** Names come in any letter case and may carry the type as a suffix (sections 8.2 and 13, row 24). */
    private static Optional<String> entity(String event, @Nullable String typeId) {
        for (String builtin : List.of("deal", "lead", "contact", "company")) {
            String prefix = "ONCRM" + builtin.toUpperCase(Locale.ROOT);
            if (event.startsWith(prefix) && ITEM_EVENTS.contains(event.substring(prefix.length()))) {
                return Optional.of(builtin);
            }
        }
        if (event.startsWith("ONCRMDYNAMICITEM")) {
            String type = typeId != null ? typeId : event.replaceFirst(".*_", "");
            return type.matches("\\d{1,9}") ? Optional.of(TYPE + type) : Optional.empty();
        }
        return Optional.empty();
    }

    /** Brackets come raw or percent-encoded (section 8.3). */
    private static Map<String, String> form(byte[] body) throws Refused {
        Map<String, String> form = new HashMap<>();
        try {
            for (String pair : new String(body, StandardCharsets.UTF_8).split("&")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    form.put(URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
                }
            }
        } catch (IllegalArgumentException broken) {
            throw new Refused(400, "the body is no form");
        }
        return form;
    }
}
