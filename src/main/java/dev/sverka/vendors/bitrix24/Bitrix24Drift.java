package dev.sverka.vendors.bitrix24;

import dev.sverka.core.portal.Portal;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Links;
import dev.sverka.vendors.bitrix24.Bitrix24Names.Names;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what people renamed, retyped or deleted on the portal, once, and when it is mended. Codes under which things
 * were found are kept, for they tell a renamed one from a deleted one.
 */
final class Bitrix24Drift {

    private static final Logger LOG = LoggerFactory.getLogger(Bitrix24Drift.class);
    /** The kind under which the codes are kept. */
    private static final String CODES = "portal-codes";
    private static final String NEVER = "is not on the portal; run provision, or point at an existing one with use:";

    private final String account;
    private final Declared<Portal> portal;
    private final Links links;
    /** By what has drifted, as it was said. */
    private final Map<String, String> said = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Object>> codes = new ConcurrentHashMap<>();

    Bitrix24Drift(String account, Declared<Portal> portal, Links links) {
        this.account = account;
        this.portal = portal;
        this.links = links;
    }

    /** What has drifted now, in words, by the declared thing. */
    Map<String, String> now() {
        return new TreeMap<>(said);
    }

    void looked(Names names) {
        String entity = names.entity().key();
        if (names.typeId() == 0) {
            return;
        }
        Map<String, Object> known = codes(entity);
        Map<String, Object> found = new LinkedHashMap<>(known);
        found.put(entity, String.valueOf(names.typeId()));
        names.fields().forEach((key, field) -> found.put(entity + ".field." + key, field.upperName()));
        names.stages().forEach((key, code) -> found.put(entity + "." + key.replace("/", ".stage."), code));
        List<String> never = names.missing().stream().filter(what -> !known.containsKey(what))
                .filter(what -> said.put(what, NEVER) == null).toList();
        if (!never.isEmpty()) {
            LOG.warn("{}: not on the portal: {}. Run provision, or point at what is there with use: in {}", account,
                    String.join(", ", never), portal.file());
        }
        names.missing().stream().filter(known::containsKey)
                .forEach(what -> say(what, missing(known.get(what).toString(), names)));
        said.keySet().stream().filter(what -> what.equals(entity) || what.startsWith(entity + "."))
                .filter(what -> !names.missing().contains(what)).toList().forEach(this::mended);
        if (!found.equals(known)) {
            codes.put(entity, found);
            links.agree(account, CODES, entity, found);
        }
    }

    /** @param types smart processes by their ids */
    void absent(String entity, Map<Integer, String> types) {
        Object known = codes(entity).get(entity);
        String title = known == null ? null : types.get(Integer.valueOf(known.toString()));
        say(entity, title != null ? "is called «" + title + "» now (" + known + "); rename it back, or write use: "
                + known : known != null ? "was deleted; run provision, or point at another one with use:"
                        : NEVER);
    }

    private static String missing(String code, Names names) {
        String now = names.seen().get(code);
        return now != null ? "is " + now + " now (" + code + "); change it back, or write use: "
                + code.substring(code.indexOf(':') + 1) + " where only its name changed"
                : "was deleted; run provision, or point at another one with use:";
    }

    private void say(String what, String text) {
        boolean news = !text.equals(said.put(what, text));
        if (news && text.equals(NEVER)) {
            LOG.warn("{}: {} {}", account, what, text);
        } else if (news) {
            LOG.error("{}: drift: {} {}. Writes that need it stop as dead entries; everything else goes on. Mend it on"
                    + " the portal or in {}, then replay them", account, what, text, portal.file());
        }
    }

    private void mended(String what) {
        said.remove(what);
        LOG.info("{}: {} is on the portal again", account, what);
    }

    private Map<String, Object> codes(String entity) {
        return codes.computeIfAbsent(entity, key -> links.agreed(account, CODES, key));
    }
}
