package dev.sverka.vendors.bitrix24;

import dev.sverka.core.connector.Daily;
import dev.sverka.core.connector.Feed;
import dev.sverka.core.connector.Fingerprint;
import dev.sverka.core.connector.MassDeletions;
import dev.sverka.core.http.VendorException;
import dev.sverka.core.portal.Portal;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Links;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What changed among an entity's items, by {@code updatedTime} (bitrix24.md section 4.4): a fixed window by the
 * portal's clock, walked by id, so that rows that change meanwhile are neither skipped nor met for ever. The next
 * window overlaps, and now and then reaches back an hour. A company's requisites and bank details have dates of their own
 * and are walked after the companies. Once a day everything is read: what was imported with an older time, what became
 * visible with a right given later, requisites that are gone; the journal drops what was told already. What that list
 * lacks was perhaps deleted.
 */
final class Bitrix24Feed implements Feed {

    /** Late commits and ties within one second (section 4.4 asks for 2–5 minutes). */
    private static final Duration OVERLAP = Duration.ofMinutes(3);
    /** What a reread reaches back. */
    private static final Duration REACH = Duration.ofHours(1);

    private final String entity;
    private final Bitrix24Properties properties;
    private final Declared<Portal> portal;
    private final Function<String, Bitrix24Account> accounts;
    private final Links links;
    private final MassDeletions doubts;
    private final Clock clock;
    private final ZoneId zone;
    private final Daily sweeps;

    /** @param zone in which {@code sverka.sweep.bitrix24} is meant */
    Bitrix24Feed(String entity, Bitrix24Properties properties, Declared<Portal> portal,
            Function<String, Bitrix24Account> accounts, Links links, MassDeletions doubts, Clock clock,
            ZoneId zone) {
        this.entity = entity;
        this.properties = properties;
        this.portal = portal;
        this.accounts = accounts;
        this.links = links;
        this.doubts = doubts;
        this.clock = clock;
        this.zone = zone;
        this.sweeps = new Daily(properties.sweep().bitrix24(), zone);
    }

    @Override
    public Duration every() {
        return properties.poll().bitrix24();
    }

    /** Requisites and bank details are walks of their own. */
    @Override
    public double requests(String account) {
        boolean isCompany = portal.get().entity(entity).map(one -> "company".equals(one.builtin())).orElse(false);
        return isCompany ? 3 : 1;
    }

    /**
     * The position: {@code from} and {@code to} of the window at work, {@code walk} and {@code after} the last id of
     * its last page; {@code reread} when the window reached back last; {@code swept} when everything was read last.
     */
    @Override
    public Pages open(String account, Map<String, String> position) {
        return new Walk(accounts.apply(account), position);
    }

    private static @Nullable Instant instant(Map<String, String> position, String key) {
        String value = position.get(key);
        return value == null ? null : Instant.parse(value);
    }

    private final class Walk implements Pages {

        private static final String ITEMS = "items";
        private static final String SWEEP = "sweep";
        private static final String DELETIONS = "deletions";

        private final Bitrix24Account account;
        private final Bitrix24Client client;
        private final Bitrix24Deletions deletions;
        private final Deque<String> left;
        /** Null at the first time: everything there is. */
        private final @Nullable Instant from;
        /** The portal's time at the first page; null before it. */
        private @Nullable Instant to;
        private @Nullable Instant reread;
        private @Nullable Instant swept;
        private long after;
        private @Nullable Bitrix24Pages pages;
        private final Deque<List<JsonNode>> read = new ArrayDeque<>();
        private final SortedSet<Long> there = new TreeSet<>();
        private Map<Long, List<Map<String, Object>>> requisites = Map.of();
        /** The page handed out last is the last one of a sweep. */
        private boolean isSwept;
        /** Deletions on the page handed out last; null where it is another's. */
        private @Nullable List<Long> gone;

        Walk(Bitrix24Account account, Map<String, String> position) {
            this.account = account;
            this.to = instant(position, "to");
            this.reread = instant(position, "reread");
            this.from = begin(instant(position, "from"));
            this.swept = instant(position, "swept");
            this.after = Long.parseLong(position.getOrDefault("after", "0"));
            this.client = from == null ? account.client().inBackground() : account.client();
            this.deletions = new Bitrix24Deletions(links, doubts, clock, account.client().account(), entity);
            this.left = steps(position.getOrDefault("walk", ITEMS));
        }

        private @Nullable Instant begin(@Nullable Instant saved) {
            Instant now = clock.instant();
            if (saved == null) {
                reread = now;
                return null;
            }
            if (to != null || reread != null && now.isBefore(reread.plus(properties.reread().bitrix24()))) {
                return saved;
            }
            reread = now;
            return saved.minus(REACH);
        }

        /** What this walk has yet to do, from the step the position names. */
        private Deque<String> steps(String first) {
            List<String> steps = new ArrayList<>(List.of(ITEMS));
            if (from != null && "company".equals(account.names().of(entity).entity().builtin())) {
                steps.addAll(List.of(Bitrix24Companies.REQUISITES, Bitrix24Companies.BANK_DETAILS));
            }
            int begun = Math.max(0, steps.indexOf(first));
            steps = new ArrayList<>(steps.subList(begun, steps.size()));
            if (from != null && !isUser() && (swept == null || swept.isBefore(sweeps.lastDue(clock.instant())))) {
                steps.add(SWEEP);
            }
            if (from != null && !isUser() && deletions.isDue()) {
                steps.add(DELETIONS);
            }
            return new ArrayDeque<>(steps);
        }

        private boolean isUser() {
            return "user".equals(account.names().of(entity).entity().builtin());
        }

        @Override
        public @Nullable Page next() {
            String step = left.peek();
            if (step == null) {
                return null;
            }
            return switch (step) {
                case SWEEP -> sweep();
                case DELETIONS -> deletions();
                default -> changes(step);
            };
        }

        private Page changes(String step) {
            if (read.isEmpty()) {
                pages = pages == null ? walk(listing(step)) : pages;
                read.addAll(rows(step, pages));
                to = to == null ? client.time().heard() : to;
                if (step.equals(ITEMS) && !isUser()) {
                    equip(read.stream().flatMap(List::stream).map(row -> id(step, row)).toList());
                }
            }
            List<JsonNode> rows = read.remove();
            if (!rows.isEmpty()) {
                after = id(step, rows.get(rows.size() - 1));
            }
            List<News> news = step.equals(ITEMS) ? rows.stream().map(this::item).toList()
                    : account.companies().touched(step, rows).stream().map(this::requisite).toList();
            if (!read.isEmpty() || !Objects.requireNonNull(pages).isDone()) {
                return new Page(news, position(step), false);
            }
            left.remove();
            pages = null;
            after = 0;
            boolean present = left.isEmpty() || left.peek().equals(SWEEP) || left.peek().equals(DELETIONS);
            if (step.equals(ITEMS) && !isUser() && !rows.isEmpty()) {
                account.dates().learn(client, account.names().of(entity).typeId(), rows.get(0));
            }
            if (present && from == null) {
                // what was there at the beginning is known; from now on something can be missing
                swept = clock.instant();
            }
            return new Page(news, position(present ? null : left.peek()), present);
        }

        /** News since the last poll are few among all that is there; everything is not. */
        private Bitrix24Pages walk(Bitrix24Listing listing) {
            return from == null ? new Bitrix24Pages(client, listing, after)
                    : Bitrix24Pages.counted(client, listing, after);
        }

        private void equip(List<Long> ids) {
            if (!ids.isEmpty()) {
                deletions.seen(ids);
                Bitrix24Names.Names known = account.names().of(entity);
                requisites = known.hasRequisites() ? account.companies().of(known.typeId(), ids) : Map.of();
            }
        }

        private List<List<JsonNode>> rows(String step, Bitrix24Pages pages) {
            try {
                return pages.next();
            } catch (VendorException.Refused refused) {
                if (step.equals(Bitrix24Companies.BANK_DETAILS) && refused.code().equals("ERROR_METHOD_NOT_FOUND")) {
                    return pages.end();
                }
                throw refused;
            }
        }

        /** Everything; the position does not move, so a walk that was broken off begins anew. */
        private Page sweep() {
            if (pages == null) {
                pages = new Bitrix24Pages(account.client().inBackground(),
                        account.items().listing(entity, portal.get(), Map.of()), 0);
            }
            List<JsonNode> rows = pages.next().stream().flatMap(List::stream).toList();
            List<Long> ids = rows.stream().map(row -> row.path("id").asLong()).toList();
            there.addAll(ids);
            equip(ids);
            if (pages.isDone()) {
                left.remove();
                pages = null;
                swept = clock.instant();
                isSwept = true;
            }
            return new Page(rows.stream().map(this::item).toList(), position(null), false);
        }

        private Page deletions() {
            List<Long> proven = deletions.believed(account.client().inBackground(), account.names().of(entity).typeId());
            gone = proven;
            left.remove();
            return new Page(proven.stream().map(this::gone).toList(), position(null), false);
        }

        /** Forgotten together with the news of it, or a crash in between would hide it for ever. */
        @Override
        public void stored(Page page) {
            if (gone != null) {
                deletions.forget(gone);
                gone = null;
            }
            if (isSwept) {
                deletions.listed(there);
                isSwept = false;
            }
        }

        private News gone(long id) {
            return new News(String.valueOf(id), "deleted " + swept, Map.of("id", id, "entity",
                    account.names().of(entity).entity().key(), "deleted", true));
        }

        private Map<String, String> position(@Nullable String walk) {
            Instant end = Objects.requireNonNullElse(to, Instant.EPOCH);
            Map<String, String> position = new LinkedHashMap<>();
            if (walk == null) {
                position.put("from", end.minus(OVERLAP).toString());
            } else {
                position.putAll(Map.of("to", end.toString(), "walk", walk, "after", Long.toString(after)));
                if (from != null) {
                    position.put("from", from.toString());
                }
            }
            if (reread != null) {
                position.put("reread", reread.toString());
            }
            if (swept != null) {
                position.put("swept", swept.toString());
            }
            return position;
        }

        private Bitrix24Listing listing(String step) {
            if ((from != null || properties.history().bitrix24() != null) && !isUser()) {
                account.dates().learn(client, account.names().of(entity).typeId());
            }
            if (step.equals(ITEMS)) {
                return account.items().listing(entity, portal.get(), between("updatedTime"));
            }
            return account.companies().listing(step, between("DATE_MODIFY"));
        }

        /** The second of the window's end belongs to it: what ties with it is read again by the overlap. */
        private Map<String, Object> between(String field) {
            Map<String, Object> filter = new LinkedHashMap<>();
            Period history = properties.history().bitrix24();
            if (isUser()) {
                return filter;
            }
            if (from == null && history != null) {
                Instant begun = Objects.requireNonNullElse(to, clock.instant());
                filter.put(">=" + field, client.time().filter(begun.atZone(zone).minus(history).toInstant()));
            }
            if (from != null) {
                filter.put(">=" + field, client.time().filter(from));
                if (to != null) {
                    filter.put("<=" + field, client.time().filter(to));
                }
            }
            return filter;
        }

        private long id(String step, JsonNode row) {
            return (step.equals(ITEMS) && row.has("id") ? row.path("id") : row.path("ID")).asLong();
        }

        private News item(JsonNode row) {
            Map<String, Object> item = account.items().read(entity, row);
            List<Map<String, Object>> own = requisites.get(row.path("id").asLong());
            if (own != null) {
                item.put(Bitrix24Companies.REQUISITES, own);
            }
            return new News(String.valueOf(item.get("id")), item.get("updatedTime") + "#" + Fingerprint.of(item), item);
        }

        private News requisite(Bitrix24Companies.Touched touched) {
            return new News(String.valueOf(touched.company()), touched.version(),
                    Map.of("id", touched.company(), "entity", "company"));
        }
    }
}
