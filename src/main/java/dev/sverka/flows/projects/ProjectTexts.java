package dev.sverka.flows.projects;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What people read of a project: lines of ours in a list's text, comments and to-dos on the portal. */
final class ProjectTexts {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.yyyy");
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("dd.MM.yyyy HH:mm:ss");
    /** Both languages, so that a changed sverka.locale leaves no old line behind. */
    private static final List<String> BEGIN = List.of("Начало: ", "Start: ");
    private static final List<String> STAGE = List.of("Этап: ", "Stage: ");
    private static final List<String> DEAL = List.of("Сделка: ", "Deal: ");

    private final int language;

    ProjectTexts(Locale locale) {
        this.language = locale.getLanguage().equals("en") ? 1 : 0;
    }

    /** Our lines in a list's text. */
    List<String> lines(@Nullable LocalDate begin, @Nullable String stage, @Nullable String deal) {
        List<String> lines = new ArrayList<>();
        if (begin != null) {
            lines.add(BEGIN.get(language) + DAY.format(begin));
        }
        if (stage != null) {
            lines.add(STAGE.get(language) + stage);
        }
        if (deal != null) {
            lines.add(DEAL.get(language) + deal);
        }
        return lines;
    }

    /** A list's text with our lines anew and all of people's own: theirs first, the marker stays at the end. */
    static String content(@Nullable String present, List<String> lines) {
        List<String> all = new ArrayList<>();
        List<String> markers = new ArrayList<>();
        if (present != null && !present.isBlank()) {
            present.lines().filter(line -> !isOurs(line)).forEach(line ->
                    (line.startsWith("sverka:") ? markers : all).add(line));
        }
        all.addAll(lines);
        all.addAll(markers);
        return all.stream().collect(Collectors.joining("\n")).strip();
    }

    /** A line that leads to a page of the portal, or tells the beginning as we write it. */
    private static boolean isOurs(String line) {
        return BEGIN.stream().anyMatch(word -> line.startsWith(word) && line.substring(word.length()).strip()
                .matches("\\d\\d\\.\\d\\d\\.\\d{4}"))
                || STAGE.stream().anyMatch(word -> line.startsWith(word + "http"))
                || DEAL.stream().anyMatch(word -> line.startsWith(word + "http"));
    }

    private String said(String russian, String english) {
        return language == 0 ? russian : english;
    }

    /** What was compared to find the later of two changes; in double quotes nowhere, since it goes into JSON. */
    String compared(Merge.Side<?> portal, Merge.Side<?> clickup, ZoneId zone) {
        String there = moment(portal.at(), zone);
        if (clickup.at() != null && clickup.at().equals(clickup.from())) {
            return said("Битрикс24: изменено " + there + "; ClickUp: изменено " + moment(clickup.at(), zone)
                    + " (по времени обеих систем)", "Bitrix24: changed " + there + "; ClickUp: changed "
                            + moment(clickup.at(), zone) + " (each by its vendor's time)");
        }
        String here = moment(clickup.from(), zone) + " – " + moment(clickup.at(), zone);
        String unclear = !Merge.isUnclear(clickup, portal) ? "" : said(
                "; что позже, установить нельзя, поэтому осталось значение Битрикс24",
                "; which is the later cannot be told, so Bitrix24's value holds");
        return said("Битрикс24: изменено " + there + "; ClickUp времени изменения списка не сообщает: изменено между двумя"
                + " чтениями, " + here, "Bitrix24: changed " + there + "; ClickUp tells no time of a list's change: changed"
                        + " between two readings, " + here) + unclear;
    }

    private static String moment(@Nullable Instant at, ZoneId zone) {
        return at == null ? "?" : MOMENT.format(at.atZone(zone));
    }

    String listGone() {
        return said("Список этого этапа удалён в ClickUp. Новый не создаётся: восстановите список из корзины ClickUp,"
                + " если он нужен.", "This stage's list was deleted in ClickUp. No other is made: restore it from"
                + " ClickUp's trash if it is needed.");
    }

    String folderGone() {
        return said("Папка этой сделки удалена в ClickUp. Новая не создаётся: восстановите папку из корзины ClickUp,"
                + " если она нужна.", "This deal's folder was deleted in ClickUp. No other is made: restore it from"
                + " ClickUp's trash if it is needed.");
    }

    String allClosed(int tasks) {
        return said("Все задачи списка в ClickUp закрыты (" + tasks + "): этап переведён на приёмку.",
                "All tasks of the list in ClickUp are closed (" + tasks + "): the stage was moved to acceptance.");
    }

    String toAccept() {
        return said("Все задачи закрыты: принять этап", "All tasks are closed: accept the stage");
    }
}
