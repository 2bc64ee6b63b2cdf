package dev.sverka.desk.alerts;

import dev.sverka.core.connector.Polls;
import dev.sverka.core.connector.Pushes;
import dev.sverka.core.connector.Schedules;
import dev.sverka.core.journal.AccountState;
import dev.sverka.core.journal.Accounts;
import dev.sverka.core.journal.NewsTally;
import dev.sverka.core.state.Cursors;
import dev.sverka.core.state.Declared;
import dev.sverka.core.state.Links;
import dev.sverka.core.state.Settings;
import dev.sverka.flows.forecast.WorkingDays;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Feeds, webhooks, tokens and schedules that have fallen silent. Rhythms are learned from the journal and kept in memory;
 * a look reads only what came since the last. Used by one thread.
 */
final class SilenceSources {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd.MM.uuuu HH:mm");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.uuuu");
    /** As long a webhook that ClickUp had suspended is told of after it was activated again. */
    private static final Duration MENDED_TOLD = Duration.ofHours(1);

    private final Accounts accounts;
    private final Polls polls;
    private final Cursors cursors;
    private final NewsTally news;
    private final Schedules schedules;
    private final Links links;
    private final Declared<WorkingDays> days;
    private final AlertWords words;
    private final Settings settings;
    private final Clock clock;
    /** What was silent while this program did not run is no feed's fault. */
    private final Instant begun;
    private final Map<String, NewsRhythm> rhythms = new HashMap<>();
    private final Map<String, HookWatch> hooks = new HashMap<>();
    private long readTo;
    /** Whether all news there is has been heard. */
    private boolean isPresent;

    SilenceSources(Accounts accounts, Polls polls, Cursors cursors, NewsTally news, Schedules schedules, Links links,
            Declared<WorkingDays> days, AlertWords words, Settings settings, Clock clock) {
        this.accounts = accounts;
        this.polls = polls;
        this.cursors = cursors;
        this.news = news;
        this.schedules = schedules;
        this.links = links;
        this.days = days;
        this.words = words;
        this.settings = settings;
        this.clock = clock;
        this.begun = clock.instant();
    }

    List<Alert> now() {
        Instant now = clock.instant();
        hear();
        List<Alert> alerts = new ArrayList<>();
        Map<String, Instant> present = cursors.presentAt();
        accounts.all().stream().filter(account -> !account.state().equals("off")).forEach(account -> {
            if (account.state().equals("up") || account.state().equals("throttled")) { // else it is told itself
                polls.lengths(account.name()).forEach((entity, every) -> feed(account.name(), entity, every,
                        present.get(account.name() + "/" + entity), now, alerts));
            }
            token(account, now, alerts);
            mended(account.name(), now, alerts);
        });
        schedules.standing().stream().filter(one -> Silence.hasStopped(later(one.due()), one.failures(), now))
                .forEach(one -> alerts.add(new Alert("schedule " + one.name(), say("alert.schedule", one.name(),
                        time(one.due()), one.failures()))));
        return alerts;
    }

    private Instant later(@Nullable Instant at) {
        return at == null || at.isBefore(begun) ? begun : at;
    }

    private void hear() {
        NewsTally.Look look = news.after(readTo, Pushes.FLOW);
        readTo = look.upTo();
        for (NewsTally.Heard one : look.news()) {
            HookWatch hook = hooks.computeIfAbsent(one.feed(), feed -> new HookWatch());
            if (one.pushed()) {
                hook.told(one.at(), one.count());
            } else {
                hook.found(one.at(), one.count());
                rhythms.computeIfAbsent(one.feed(), feed -> new NewsRhythm(settings.zone(),
                        () -> WorkingDays.of(days), begun)).heard(one.at(), one.count());
            }
        }
        if (!isPresent) {
            hooks.values().forEach(HookWatch::begin); // within an hour it is not known what came first
        }
        isPresent |= look.all();
    }

    /** While a store of before is being counted, news that is missing has just not been read. */
    private @Nullable NewsRhythm rhythm(String feed) {
        return isPresent ? rhythms.get(feed) : null;
    }

    /** One trouble of a feed at a time: what is not read brings no news. */
    private void feed(String account, String entity, Duration every, @Nullable Instant last, Instant now,
            List<Alert> alerts) {
        String feed = account + "/" + entity;
        NewsRhythm rhythm = rhythm(feed);
        HookWatch hook = hooks.get(feed);
        if (Silence.isStale(every, later(last), now)) {
            alerts.add(new Alert("silent " + feed, say("alert.silent", account, entity,
                    last == null ? words.say("alert.never") : time(last), Math.max(1, every.toMinutes()))));
        } else if (hook != null && hook.isDead(now)) {
            alerts.add(new Alert("hook " + feed, say("alert.hook", account, entity,
                    hook.last() == null ? words.say("alert.never") : time(hook.last()))));
        } else if (rhythm != null && rhythm.isSilent(now)) {
            alerts.add(new Alert("quiet " + feed, say("alert.quiet", account, entity,
                    time(Objects.requireNonNull(rhythm.last())))));
        }
    }

    private void token(AccountState account, Instant now, List<Alert> alerts) {
        if (account.name().startsWith("tbank.") && account.lastSuccess() != null
                && Silence.isTokenEnding(account.lastSuccess(), now)) {
            alerts.add(new Alert("token " + account.name(), say("alert.token", account.name(),
                    time(account.lastSuccess()), DAY.format(Silence.tokenEnds(account.lastSuccess())
                            .atZone(settings.zone())))));
        }
    }

    /** The room of ClickUp keeps when it found its webhook suspended or gone, and set it right. */
    private void mended(String account, Instant now, List<Alert> alerts) {
        if (account.startsWith("clickup.")) {
            Map<String, Object> kept = links.agreed(account, "clickup-webhook", "watch");
            if (kept.get("at") != null && Instant.parse(kept.get("at").toString()).plus(MENDED_TOLD).isAfter(now)) {
                alerts.add(new Alert("suspended " + account, say("alert.suspended", account,
                        time(Instant.parse(kept.get("since").toString())), time(Instant.parse(kept.get("at").toString())))));
            }
        }
    }

    private String time(Instant instant) {
        return TIME.format(instant.atZone(settings.zone()));
    }

    private String say(String code, Object... arguments) {
        return words.say(code, arguments);
    }
}
