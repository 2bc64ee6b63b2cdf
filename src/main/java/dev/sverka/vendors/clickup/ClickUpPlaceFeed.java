package dev.sverka.vendors.clickup;

import dev.sverka.core.connector.Feed;
import dev.sverka.core.http.VendorException;
import dev.sverka.core.state.Links;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What changed among folders or lists, which keep no times of change: all of them are read and compared with what was
 * told, as seldom as feeds are read again; the webhook is quicker. Each that is missing is asked for by its id: the
 * trash answers and says so (clickup.md sections 7 and 15).
 */
final class ClickUpPlaceFeed implements Feed {

    /** Read by its id and there, though no listing shows it: archived inside a folder that is not. */
    private static final String ASIDE = "aside#";
    private static final String UNREACHABLE = "unreachable";

    private final String entity;
    private final Function<String, ClickUpAccount> accounts;
    private final ClickUpRhythm rhythm;
    private final Links links;
    private final Clock clock;

    /** @param entity folder or list */
    ClickUpPlaceFeed(String entity, Function<String, ClickUpAccount> accounts, ClickUpRhythm rhythm, Links links,
            Clock clock) {
        this.entity = entity;
        this.accounts = accounts;
        this.rhythm = rhythm;
        this.links = links;
        this.clock = clock;
    }

    @Override
    public Duration every() {
        return rhythm.reread();
    }

    /** The position: when all was {@code swept}, those aside too. */
    @Override
    public Pages open(String account, Map<String, String> position) {
        return new Whole(accounts.apply(account), position);
    }

    private final class Whole implements Pages {

        private final ClickUpAccount account;
        private final ClickUpKnown known;
        private final ClickUpReadings readings;
        private final Instant readAt;
        private final Instant now = clock.instant();
        private final Map<String, String> position;
        private final boolean sweeping;
        private final Map<String, String> told = new LinkedHashMap<>();
        private final Map<String, String> dates = new LinkedHashMap<>();
        private boolean read;

        Whole(ClickUpAccount account, Map<String, String> before) {
            this.account = account;
            this.known = new ClickUpKnown(links, account.name(), entity);
            this.readings = new ClickUpReadings(links, account.name());
            this.readAt = account.serverTime();
            this.position = new LinkedHashMap<>(before);
            this.sweeping = rhythm.isSweepDue(ClickUpRhythm.instant(before, "swept"), now);
            if (sweeping) {
                position.put("swept", now.toString());
            }
        }

        @Override
        public @Nullable Page next() {
            if (read) {
                return null;
            }
            read = true;
            List<News> news = new ArrayList<>();
            Set<String> missing = known.ids();
            for (Map<String, Object> place : all()) {
                missing.remove(String.valueOf(place.get("id")));
                changed(place, "", news);
            }
            missing.removeIf(id -> UNREACHABLE.equals(known.version(id))
                    || !sweeping && String.valueOf(known.version(id)).startsWith(ASIDE));
            if (known.isBelieved(missing, now)) {
                missing.stream().sorted().forEach(id -> missing(id, news));
            }
            return new Page(news, position, true);
        }

        private List<Map<String, Object>> all() {
            List<Map<String, Object>> all = new ArrayList<>();
            for (Map<String, Object> space : account.workspace().spaces(false)) {
                String id = String.valueOf(space.get("id"));
                for (boolean archived : new boolean[] {false, true}) {
                    List<Map<String, Object>> folders = account.workspace().folders(id, archived);
                    if (entity.equals(ClickUpPlaces.FOLDER)) {
                        all.addAll(folders);
                    } else {
                        folders.forEach(folder -> all.addAll(lists(folder)));
                        all.addAll(account.workspace().lists("space", id, archived));
                    }
                }
            }
            return all;
        }

        /** Listed folders should hold their lists; a recorded one held none though it had some. */
        private List<Map<String, Object>> lists(Map<String, Object> folder) {
            String id = String.valueOf(folder.get("id"));
            List<Map<String, Object>> lists = new ArrayList<>();
            if (folder.get("lists") instanceof Collection<?> inside) {
                inside.forEach(one -> lists.add(ClickUpWorkspace.map(one)));
            }
            return lists.isEmpty() ? account.workspace().lists(ClickUpPlaces.FOLDER, id, false) : lists;
        }

        private void changed(Map<String, Object> raw, String prefix, List<News> news) {
            String id = String.valueOf(raw.get("id"));
            Map<String, Object> place = account.read(raw);
            dates.put(id, ClickUpReadings.due(place));
            String version = prefix + ClickUpBodies.fingerprint(place);
            if (!version.equals(known.version(id))) {
                told.put(id, version);
                news.add(new News(id, version, place));
            }
        }

        private void missing(String id, List<News> news) {
            try {
                Map<String, Object> place = account.workspace().place(entity, id);
                if (!ClickUpBodies.isDeleted(place)) {
                    changed(place, ASIDE, news);
                    return;
                }
            } catch (VendorException.Refused refused) {
                if (!Objects.equals(refused.code(), ClickUpErrors.GONE)) {
                    told.put(id, UNREACHABLE);
                    news.add(new News(id, UNREACHABLE, new LinkedHashMap<>(Map.of("id", id, UNREACHABLE, true))));
                    return;
                }
            }
            told.put(id, "");
            news.add(new News(id, "deleted " + now, ClickUpBodies.deleted(id)));
        }

        /** Remembered together with the news, or a crash in between would hide a change for ever. */
        @Override
        public void stored(Page page) {
            if (entity.equals(ClickUpPlaces.LIST)) {
                readings.store(dates, readAt);
            }
            known.store(told);
        }
    }
}
