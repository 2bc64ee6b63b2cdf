package dev.sverka.vendors.clickup;

import dev.sverka.core.http.Answer;
import dev.sverka.core.http.VendorException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Verdicts on this vendor's errors (clickup.md section 4): by HTTP status and {@code ECODE}, never by the text. */
final class ClickUpErrors {

    /** The object is in the trash, or never was. */
    static final String GONE = "gone";
    /** The token works, and this object is not to be reached with it: unknown, foreign, or without the right. */
    static final String UNREACHABLE = "unreachable";
    static final String FOLDER_NAME_TAKEN = "CAT_014";
    static final String LIST_NAME_TAKEN = "SUBCAT_016";
    static final String WEBHOOK_EXISTS = "OAUTH_171";
    /** The address is not public, or its name is not known everywhere yet. */
    static final String URL_NOT_ALLOWED = "OAUTH_194";
    static final String UNKNOWN_LIST = "INPUT_003";
    static final String STATUS_UNKNOWN = "CRTSK_001";

    private static final Set<String> GONE_CODES = Set.of("ITEM_013", "ITEM_015", "PROJ_006");
    private static final String RATE = "APP_002";
    /** How the codes begin of which a repetition is in vain. */
    private static final Set<String> LASTING = Set.of("OAUTH_", "CAT_", "SUBCAT_", "CRTSK_", "FIELD_", "INPUT_", "GBUSED_",
            "ATTCH_", "TAGS_", "TIMESPENT_", "TIS_", "STATUS_", "PUBAPITASK_", "TEAM_", "ITEM_013", "ITEM_015", "ITEM_155",
            "PROJ_006", "APP_001");
    /** Answers 500 and means the question. */
    private static final Set<String> OUR_QUERY = Set.of("ITEMV2_003");
    private static final Map<String, String> CURES = Map.ofEntries(
            Map.entry("FIELD_033", "the plan's uses of custom fields are spent: every further value is refused until"
                    + " the Workspace gets a larger plan"),
            Map.entry("FIELD_605", "switch custom fields on in the space"),
            Map.entry(STATUS_UNKNOWN, "the list has no such status: name one it has"),
            Map.entry("ACCESS_100", "the list is in the trash: restore it in ClickUp, or let the work go to another"),
            Map.entry("ACCESS_064", "give the token's user the right to create tasks there"),
            Map.entry("ACCESS_081", "give the token's user the right to it"),
            Map.entry(URL_NOT_ALLOWED, "sverka.public-url must be https and reachable from outside"),
            Map.entry("GBUSED_005", "the Workspace's storage is full"),
            Map.entry("TEAM_110", "the Workspace's plan does not have this call"));
    private static final int WORDS = 300;

    private final String account;
    private final Function<Answer, Instant> rest;

    /** @param rest until when nobody calls after a 429 */
    ClickUpErrors(String account, Function<Answer, Instant> rest) {
        this.account = account;
        this.rest = rest;
    }

    /** One client has seen errors with status 200 (section 1). */
    static boolean isGood(Answer answer, @Nullable Map<String, Object> body) {
        return answer.status() / 100 == 2 && body != null && !body.containsKey("err");
    }

    /**
     * @param what the call's name
     * @param write whether it changes something, so that a fault leaves its outcome unknown
     * @param body null where it is no JSON
     * @param probe asks {@code GET /user} with the same token: its status, 0 for no answer (section 4.2)
     */
    VendorException verdict(String what, boolean write, Answer answer, @Nullable Map<String, Object> body,
            Supplier<Integer> probe) {
        String code = body == null ? "" : Objects.toString(body.get("ECODE"), "");
        int status = status(answer, body, code);
        String words = words(answer, body);
        String message = account + " " + what + ": HTTP " + answer.status() + (code.isEmpty() ? "" : " " + code)
                + (words.isEmpty() ? "" : " «" + words + "»");
        if (status == 401 || code.equals("OAUTH_017")) {
            return unauthorized(status, code, message, probe);
        }
        if (status == 429) {
            // refused before it was carried out (section 3): a write too may simply be sent again
            return new VendorException.Transient(account, status, code, message, rest.apply(answer), null);
        }
        if (body != null && (status / 100 == 4 && status != 408 || OUR_QUERY.contains(code))) {
            boolean gone = GONE_CODES.contains(code);
            return new VendorException.Refused(account, status, gone ? GONE : code, cured(message, code));
        }
        if (status == 404 || status == 405) {
            return new VendorException.Refused(account, status, code, message + "; look at sverka." + account
                    + ".url: it ends with /api");
        }
        if (status == 403 || status / 100 == 3) {
            return new VendorException.AuthLost(account, status, code, message + "; look at sverka." + account
                    + ".url and at what stands between this machine and ClickUp");
        }
        return write ? new VendorException.Unclear(account, status, code, message, null)
                : new VendorException.Transient(account, status, code, message, null, null);
    }

    /** What the code means; with status 200 only one that is known (section 4.3) says that a repetition is in vain. */
    private static int status(Answer answer, @Nullable Map<String, Object> body, String code) {
        if (answer.status() / 100 != 2 || body == null) {
            return answer.status();
        }
        if (code.equals(RATE)) {
            return 429;
        }
        if (code.startsWith("ACCESS_") || code.startsWith("OAUTH_") && !code.equals(WEBHOOK_EXISTS)
                && !code.equals(URL_NOT_ALLOWED)) {
            return 401;
        }
        return LASTING.stream().anyMatch(code::startsWith) ? 400 : 500;
    }

    /** The trap of section 4.2: ClickUp says 401 of unknown objects and missing rights too. */
    private VendorException unauthorized(int status, String code, String message, Supplier<Integer> probe) {
        int answered = probe.get();
        if (answered == 200) {
            return new VendorException.Refused(account, status, UNREACHABLE, cured(message, code)
                    + "; the token works, so this object does not exist, or its user may not reach it: look at it in"
                    + " ClickUp");
        }
        if (answered == 401 || answered == 400) {
            return new VendorException.AuthLost(account, status, code, message
                    + "; issue a new token in ClickUp and set sverka." + account + ".token");
        }
        return new VendorException.Transient(account, status, code, message
                + "; whether the token still works could not be asked", null, null);
    }

    private static String cured(String message, String code) {
        String cure = CURES.get(code);
        return cure == null ? message : message + "; " + cure;
    }

    /** {@code err}, of templates {@code error}, of v3 {@code message}, else the beginning of what came. */
    private static String words(Answer answer, @Nullable Map<String, Object> body) {
        String words = "";
        if (body != null) {
            for (String key : new String[] {"err", "error", "message"}) {
                words = words.isEmpty() ? Objects.toString(body.get(key), "") : words;
            }
        } else if (answer.status() / 100 != 2) {
            byte[] raw = answer.body();
            words = new String(raw, 0, Math.min(raw.length, WORDS), StandardCharsets.UTF_8);
        }
        String text = words.replaceAll("<[^>]{0,200}>", " ").replaceAll("\\s+", " ").strip();
        return text.length() > WORDS ? text.substring(0, WORDS) + "…" : text;
    }
}
