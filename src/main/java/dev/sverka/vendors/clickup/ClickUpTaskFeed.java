package dev.sverka.vendors.clickup;

import dev.sverka.core.connector.Feed;
import dev.sverka.core.http.VendorException;
import dev.sverka.core.state.Links;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What changed among tasks, by {@code date_updated} with an overlap: closed ones and subtasks too, and archived ones by
 * a walk of their own, since ClickUp leaves all three out (clickup.md section 10). Once a day every task is read: what
 * does not move {@code date_updated} is found by comparing, and what is missing is asked for by its id.
 */
final class ClickUpTaskFeed implements Feed {

    /** Section 10.2 asks for 2 to 5 minutes. */
    private static final Duration OVERLAP = Duration.ofMinutes(5);
    private static final Duration LATELY = Duration.ofDays(1);
    private static final String ACTIVE = "active";
    private static final String ARCHIVED = "archived";
    private static final String SWEEP_ACTIVE = "sweep active";
    private static final String SWEEP_ARCHIVED = "sweep archived";
    private static final String DELETIONS = "deletions";
    /** Missing tasks asked for by id in one sweep. */
    private static final int MOST_ASKED = 50;
    private static final String UNREACHABLE = "unreachable";

    private final Function<String, ClickUpAccount> accounts;
    private final ClickUpRhythm rhythm;
    private final ClickUpWatch watch;
    private final Links links;
    private final Clock clock;

    ClickUpTaskFeed(Function<String, ClickUpAccount> accounts, ClickUpRhythm rhythm, ClickUpWatch watch, Links links,
            Clock clock) {
        this.accounts = accounts;
        this.rhythm = rhythm;
        this.watch = watch;
        this.links = links;
        this.clock = clock;
    }

    @Override
    public Duration every() {
        return rhythm.poll();
    }

    /** Archived tasks are a walk of their own. */
    @Override
    public double requests(String account) {
        return 2;
    }

    /**
     * The position: {@code from} what moment on the next walk reads; of one that is under way {@code walk},
     * {@code bound} and {@code to}; {@code began} the first of all, {@code reread}, {@code swept} and {@code mended}.
     */
    @Override
    public Pages open(String account, Map<String, String> position) {
        return new Walk(account, position);
    }

    private final class Walk implements Pages {

        private final ClickUpAccount account;
        private final ClickUpKnown known;
        private final Instant now = clock.instant();
        private final Map<String, String> position;
        private final Deque<String> left = new ArrayDeque<>();
        private final Set<String> seen = new HashSet<>();
        private final Map<String, String> told = new LinkedHashMap<>();
        private final long start;
        private @Nullable ClickUpTaskWalk walk;
        private boolean sweepWanted;

        Walk(String name, Map<String, String> before) {
            this.account = accounts.apply(name);
            this.known = new ClickUpKnown(links, account.name(), "task");
            this.position = new LinkedHashMap<>(before);
            ClickUpWatch.Mended mended = watch.look(name).filter(one -> {
                Instant last = ClickUpRhythm.instant(before, "mended");
                return last == null || one.at().isAfter(last);
            }).orElse(null);
            this.start = start(mended);
            List<String> steps = new ArrayList<>(List.of(ACTIVE, ARCHIVED));
            steps.subList(0, Math.max(0, steps.indexOf(before.getOrDefault("walk", ACTIVE)))).clear();
            if (before.containsKey("from") && (sweepWanted
                    || rhythm.isSweepDue(ClickUpRhythm.instant(before, "swept"), now))) {
                steps.addAll(List.of(SWEEP_ACTIVE, SWEEP_ARCHIVED, DELETIONS));
            }
            left.addAll(steps);
        }

        private long start(ClickUpWatch.@Nullable Mended mended) {
            Instant from = ClickUpRhythm.instant(position, "from");
            position.putIfAbsent("began", rhythm.beginning(now).toString());
            Instant start = from == null ? Instant.parse(position.get("began")) : from.minus(OVERLAP);
            if (from != null && rhythm.isRereadDue(ClickUpRhythm.instant(position, "reread"), now)) {
                start = from.minus(LATELY);
            }
            if (mended != null) {
                sweepWanted = from != null;
                Instant silent = mended.since().minus(OVERLAP);
                start = silent.isBefore(start) ? silent : start;
                position.put("mended", mended.at().toString());
            }
            return start.toEpochMilli();
        }

        @Override
        public @Nullable Page next() {
            String step = left.peek();
            told.clear();
            return step == null ? null : switch (step) {
                case SWEEP_ACTIVE, SWEEP_ARCHIVED -> sweep(step);
                case DELETIONS -> deletions();
                default -> changes(step);
            };
        }

        private Page changes(String step) {
            if (walk == null) {
                position.putIfAbsent("to", account.serverTime().toString());
                walk = new ClickUpTaskWalk(account.workspace(), "updated", step.equals(ARCHIVED),
                        Long.parseLong(position.getOrDefault("bound", Long.toString(start))));
            }
            List<News> news = walk.next().stream().map(task -> news(task, true)).filter(Objects::nonNull).toList();
            if (!walk.isDone()) {
                position.put("walk", step);
                position.put("bound", Long.toString(walk.bound()));
                return page(news, false);
            }
            left.remove();
            walk = null;
            position.remove("bound");
            boolean present = step.equals(ARCHIVED);
            if (present) {
                arrived();
            } else {
                position.put("walk", ARCHIVED);
            }
            return page(news, present);
        }

        private void arrived() {
            boolean first = !position.containsKey("from");
            Instant from = ClickUpRhythm.instant(position, "from");
            if (from == null || rhythm.isRereadDue(ClickUpRhythm.instant(position, "reread"), now)) {
                position.put("reread", now.toString());
            }
            position.put("from", Objects.requireNonNull(position.remove("to")));
            position.remove("walk");
            if (first) {
                // what there is at the beginning is known; from now on something can be missing
                position.put("swept", now.toString());
            }
        }

        private Page page(List<News> news, boolean present) {
            return new Page(news, new LinkedHashMap<>(position), present);
        }

        /** Every task; the position does not move, so a sweep that was broken off begins anew. */
        private Page sweep(String step) {
            if (walk == null) {
                walk = new ClickUpTaskWalk(account.workspace(), "created", step.equals(SWEEP_ARCHIVED), 0);
            }
            List<News> news = walk.next().stream().map(task -> {
                seen.add(String.valueOf(task.get("id")));
                return news(task, false);
            }).filter(Objects::nonNull).toList();
            if (walk.isDone()) {
                left.remove();
                walk = null;
            }
            return page(news, false);
        }

        /** @param changed whether it was read because of its change: a sweep meets old ones that were never news */
        private @Nullable News news(Map<String, Object> raw, boolean changed) {
            String id = String.valueOf(raw.get("id"));
            Map<String, Object> task = account.read(raw);
            String version = raw.get("date_updated") + "#" + ClickUpBodies.fingerprint(task);
            String before = told.getOrDefault(id, known.version(id));
            if (version.equals(before)) {
                return null;
            }
            told.put(id, version);
            Instant updated = ClickUpDates.moment(raw.get("date_updated"));
            boolean old = updated != null && updated.isBefore(Instant.parse(position.get("began")));
            return !changed && before == null && old ? null : new News(id, version, task);
        }

        private Page deletions() {
            Set<String> missing = known.ids();
            missing.removeAll(seen);
            missing.removeIf(id -> UNREACHABLE.equals(known.version(id)));
            List<News> news = new ArrayList<>();
            if (known.isBelieved(missing, now)) {
                missing.stream().sorted().limit(MOST_ASKED).forEach(id -> missing(id, news));
            }
            left.remove();
            position.put("swept", now.toString());
            return page(news, false);
        }

        /** Two signals are needed: it is missing from the lists, and the trash holds it, or its list (section 15). */
        private void missing(String id, List<News> news) {
            Map<String, Object> task;
            try {
                task = account.workspace().task(id).orElse(null);
            } catch (VendorException.Refused refused) {
                // gone, or only out of this user's sight: nobody may take that for a deletion
                told.put(id, UNREACHABLE);
                news.add(new News(id, UNREACHABLE, new LinkedHashMap<>(Map.of("id", id, UNREACHABLE, true))));
                return;
            }
            if (task == null || isListDeleted(ClickUpBodies.id(task.get("list")))) {
                told.put(id, "");
                news.add(new News(id, "deleted " + now, ClickUpBodies.deleted(id)));
            }
        }

        /** A task may be shared without its list: one that is out of sight is not deleted, and holds up no other. */
        private boolean isListDeleted(@Nullable String list) {
            try {
                return list != null && ClickUpBodies.isDeleted(account.workspace().place("list", list));
            } catch (VendorException.Refused outOfSight) {
                return outOfSight.code().equals(ClickUpErrors.GONE);
            }
        }

        /** Remembered together with the news, or a crash in between would hide a change for ever. */
        @Override
        public void stored(Page page) {
            known.store(told);
        }
    }
}
