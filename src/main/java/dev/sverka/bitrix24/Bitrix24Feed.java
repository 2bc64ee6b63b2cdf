package dev.sverka.bitrix24;

import dev.sverka.connector.Feed;
import dev.sverka.connector.Fingerprint;
import dev.sverka.portal.Portal;
import dev.sverka.state.Declared;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What changed among an entity's items, by {@code updatedTime} (bitrix24.md section 4.4): a fixed window by the
 * portal's clock, walked by id, so that rows that change meanwhile are neither skipped nor met for ever. The next window
 * overlaps. A company's requisites have dates of their own and are walked after the companies.
 */
final class Bitrix24Feed implements Feed {

    /** Late commits and ties within one second (section 4.4 asks for 2–5 minutes). */
    private static final Duration OVERLAP = Duration.ofMinutes(3);

    private final String entity;
    private final Duration every;
    private final Declared<Portal> portal;
    private final Function<String, Bitrix24Account> accounts;

    Bitrix24Feed(String entity, Duration every, Declared<Portal> portal, Function<String, Bitrix24Account> accounts) {
        this.entity = entity;
        this.every = every;
        this.portal = portal;
        this.accounts = accounts;
    }

    @Override
    public Duration every() {
        return every;
    }

    /** The position: {@code from} and {@code to} of the window at work, {@code after} the last id of its last page. */
    @Override
    public Pages open(String account, Map<String, String> position) {
        Bitrix24Account portalAccount = accounts.apply(account);
        return new Walk(portalAccount, instant(position, "from"), instant(position, "to"),
                position.getOrDefault("walk", "items"), Long.parseLong(position.getOrDefault("after", "0")));
    }

    private static @Nullable Instant instant(Map<String, String> position, String key) {
        String value = position.get(key);
        return value == null ? null : Instant.parse(value);
    }

    private final class Walk implements Pages {

        private final Bitrix24Account account;
        /** Null at the first time: everything there is. */
        private final @Nullable Instant from;
        /** The portal's time at the first page; null before it. */
        private @Nullable Instant to;
        private @Nullable String what;
        private long after;

        Walk(Bitrix24Account account, @Nullable Instant from, @Nullable Instant to, String what, long after) {
            this.account = account;
            this.from = from;
            this.to = to;
            this.what = what;
            this.after = after;
        }

        @Override
        public @Nullable Page next() {
            if (what == null) {
                return null;
            }
            List<JsonNode> rows = what.equals("items") ? items() : requisites();
            to = to == null ? account.client().portalTime() : to;
            List<News> news = new ArrayList<>();
            for (JsonNode row : rows) {
                news.add(what.equals("items") ? item(row) : requisite(row));
            }
            if (rows.size() == Bitrix24Client.PAGE) {
                JsonNode last = rows.get(rows.size() - 1);
                after = (last.has("id") ? last.path("id") : last.path("ID")).asLong();
                return new Page(news, position(what), false);
            }
            what = what.equals("items") && hasRequisites() && from != null ? "requisites" : null;
            after = 0;
            return new Page(news, position(what), what == null);
        }

        private Map<String, String> position(@Nullable String walk) {
            Instant end = Objects.requireNonNull(to);
            if (walk == null) {
                return Map.of("from", end.minus(OVERLAP).toString());
            }
            Map<String, String> halfway = new LinkedHashMap<>(Map.of("to", end.toString(), "walk", walk,
                    "after", Long.toString(after)));
            if (from != null) {
                halfway.put("from", from.toString());
            }
            return halfway;
        }

        private boolean hasRequisites() {
            return "company".equals(account.names().of(entity).entity().builtin());
        }

        private List<JsonNode> items() {
            Map<String, Object> filter = between("updatedTime");
            account.items().category(entity, portal.get()).ifPresent(id -> filter.put("categoryId", id));
            return account.client().items(account.names().of(entity).typeId(), account.items().select(entity), filter,
                    after);
        }

        private List<JsonNode> requisites() {
            Map<String, Object> filter = between("DATE_MODIFY");
            filter.put("ENTITY_TYPE_ID", 4);
            filter.put(">ID", after);
            return Bitrix24Client.rows(account.client().read("crm.requisite.list", Map.of("filter", filter,
                    "select", List.of("ID", "ENTITY_ID", "DATE_MODIFY"), "order", Map.of("ID", "ASC"), "start", -1)));
        }

        /** The second of the window's end belongs to it: what ties with it is read again by the overlap. */
        private Map<String, Object> between(String field) {
            Map<String, Object> filter = new LinkedHashMap<>();
            if (from != null) {
                filter.put(">=" + field, account.client().inPortalTime(from));
                if (to != null) {
                    filter.put("<=" + field, account.client().inPortalTime(to));
                }
            }
            return filter;
        }

        private News item(JsonNode row) {
            Map<String, Object> item = account.items().read(entity, row);
            return new News(String.valueOf(item.get("id")), item.get("updatedTime") + "#" + Fingerprint.of(item), item);
        }

        private News requisite(JsonNode row) {
            long company = row.path("ENTITY_ID").asLong();
            return new News(String.valueOf(company),
                    "requisite " + row.path("ID").asString("") + " " + row.path("DATE_MODIFY").asString(""),
                    Map.of("id", company, "entity", "company"));
        }
    }
}
