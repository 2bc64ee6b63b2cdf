package dev.sverka.desk.alerts;

import dev.sverka.core.journal.AccountState;
import dev.sverka.core.journal.Accounts;
import dev.sverka.core.journal.EntryView;
import dev.sverka.core.journal.Journal;
import dev.sverka.core.state.Refusals;
import dev.sverka.core.state.Settings;
import dev.sverka.flows.books.Proofs;
import dev.sverka.flows.forecast.Forecast;
import dev.sverka.flows.forecast.Forecasts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What needs a person at this moment, worked out from what the rooms publish. */
final class AlertSources {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.uuuu");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd.MM.uuuu HH:mm");
    /** A fault that passes by itself within this time is nobody's business. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int MOST_DEAD = 1000;
    private static final int NAMED = 5;
    private static final int DAYS_AHEAD = 90;

    private final Accounts accounts;
    private final Journal journal;
    private final Refusals refusals;
    private final Proofs proofs;
    private final Forecasts forecasts;
    private final SilenceSources silence;
    private final AlertWords words;
    private final Settings settings;
    private final Clock clock;

    AlertSources(Accounts accounts, Journal journal, Refusals refusals, Proofs proofs, Forecasts forecasts,
            SilenceSources silence, AlertWords words, Settings settings, Clock clock) {
        this.accounts = accounts;
        this.journal = journal;
        this.refusals = refusals;
        this.proofs = proofs;
        this.forecasts = forecasts;
        this.silence = silence;
        this.words = words;
        this.settings = settings;
        this.clock = clock;
    }

    List<Alert> now() {
        List<Alert> alerts = new ArrayList<>();
        accounts.all().forEach(account -> of(account, alerts));
        alerts.addAll(silence.now());
        dead(alerts);
        refusals.all().forEach(problem -> alerts.add(new Alert("refused " + problem.file(),
                say("alert.refused", problem.toString()))));
        proofs.differing().forEach(day -> alerts.add(new Alert("proof " + day.account() + " " + day.date(),
                say("alert.proof", day.account(), DAY.format(day.date()), String.join("; ", day.what())))));
        gaps(alerts);
        return alerts;
    }

    private void of(AccountState account, List<Alert> alerts) {
        Instant now = clock.instant();
        boolean isOld = account.since().isBefore(now.minus(PATIENCE));
        String why = Objects.requireNonNullElse(account.message(), "");
        if (account.state().equals("paused")) {
            alerts.add(new Alert("paused " + account.name(), say("alert.paused", account.name(),
                    time(account.since()), why)));
        } else if (account.state().equals("down") && isOld) {
            alerts.add(new Alert("down " + account.name(), say("alert.down", account.name(), time(account.since()),
                    why)));
        }
    }

    private void dead(List<Alert> alerts) {
        Map<String, List<EntryView>> byFlow = journal.list("dead", MOST_DEAD).stream()
                .collect(Collectors.groupingBy(EntryView::flow, TreeMap::new, Collectors.toList()));
        byFlow.forEach((flow, entries) -> alerts.add(new Alert("dead " + flow, say("alert.dead", flow, entries.size(),
                entries.stream().map(EntryView::message).filter(Objects::nonNull).distinct().limit(NAMED)
                        .collect(Collectors.joining("; "))))));
    }

    private void gaps(List<Alert> alerts) {
        for (Forecast.Line line : forecasts.ahead(DAYS_AHEAD).accounts()) {
            LocalDate gap = line.firstGap();
            if (gap != null) {
                alerts.add(new Alert("gap " + line.account() + " " + gap, say("alert.gap", line.account(),
                        DAY.format(gap))));
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
