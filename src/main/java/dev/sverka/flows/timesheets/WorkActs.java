package dev.sverka.flows.timesheets;

import dev.sverka.core.state.Links;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The acts that agreed work reports have yielded. While one stands, the minutes of its report are on it: a report that is
 * rejected or deleted then gives none back. Joins the running transaction.
 */
final class WorkActs {

    private static final String ACCOUNT = "timesheets";
    private static final String ACT = "work-act";
    private static final String MARKER = WorkReports.MARKER + "a";
    private static final String DUE = "due";
    private static final String FAILED = "failed";
    private static final String RELEASED = "released";
    private static final List<String> TAKEN_OVER = List.of("title", "deal", "stageItem", "amount", "hours", "from", "to",
            "assignee", "company", "ourCompany");

    private final Links links;
    private final boolean english;

    WorkActs(Links links, Locale locale) {
        this.links = links;
        this.english = locale.getLanguage().equals("en");
    }

    private Map<String, Object> kept(long report) {
        return new LinkedHashMap<>(links.agreed(ACCOUNT, ACT, Long.toString(report)));
    }

    private void keep(long report, String key, boolean value) {
        Map<String, Object> kept = kept(report);
        if (value != Boolean.TRUE.equals(kept.get(key))) {
            kept.put(key, value);
            links.agree(ACCOUNT, ACT, Long.toString(report), kept);
        }
    }

    /** The report whose act an item is; empty for any other item. */
    Optional<Long> reportOf(Map<String, Object> item) {
        String marker = Objects.toString(item.get("xmlId"), "");
        return marker.matches(MARKER + "\\d{1,18}") ? Optional.of(Long.valueOf(marker.substring(MARKER.length())))
                : links.left(ACT, item.get("id").toString()).map(Long::valueOf);
    }

    /** Marker and fields of a report's act. @param item the report as the portal holds it */
    Map<String, Object> act(long report, Map<String, Object> item) {
        Map<String, Object> fields = new LinkedHashMap<>();
        TAKEN_OVER.stream().filter(key -> item.get(key) != null).forEach(key -> fields.put(key, item.get(key)));
        return Map.of("marker", MARKER + report, "fields", fields);
    }

    /** It is about to be made. */
    void due(long report) {
        keep(report, DUE, true);
    }

    void made(long report, long act) {
        links.link(ACT, Long.toString(report), Long.toString(act));
    }

    /** Whether the minutes of a report are on an act that holds. */
    boolean stands(long report) {
        Map<String, Object> kept = kept(report);
        return Boolean.TRUE.equals(kept.get(DUE)) && !Boolean.TRUE.equals(kept.get(FAILED));
    }

    /** @param released whether the report was rejected or deleted, so that its minutes wait for the end of the act */
    void released(long report, boolean released) {
        keep(report, RELEASED, released);
    }

    /** Takes over an act as the portal holds it. @return whether the minutes of its report are free now */
    boolean take(long report, Map<String, Object> item) {
        boolean deleted = Boolean.TRUE.equals(item.get("deleted"));
        if (!deleted) {
            made(report, Long.parseLong(item.get("id").toString()));
        }
        keep(report, DUE, true);
        keep(report, FAILED, deleted || "failure".equals(item.get("semantics")));
        Map<String, Object> kept = kept(report);
        return Boolean.TRUE.equals(kept.get(FAILED)) && Boolean.TRUE.equals(kept.get(RELEASED));
    }

    /** What people read at a rejected report that they have taken up again. @param item the portal's */
    Map<String, Object> gone(long report, long item) {
        String marker = MARKER + report + ".gone";
        return Map.of("id", item, "marker", marker, "text", (english
                ? "This report was rejected, so its hours are in the stage's next draft by now. No act is made from it."
                : "Этот отчёт был отклонён, его часы уже перешли в следующий черновик этапа. Акт по нему не создаётся.")
                + "\n" + marker);
    }

    /** What people read at the act whose report was rejected; empty where nobody knows the act's item. */
    Optional<Map<String, Object>> comment(long report) {
        String marker = MARKER + report + ".rej";
        return links.right(ACT, Long.toString(report)).map(act -> Map.of("id", Long.valueOf(act), "marker", marker, "text",
                (english ? "The work report of this act was rejected or deleted. Its hours stay on the act; decline or"
                        + " delete the act, and they go to the next draft."
                        : "Отчёт по работам, по которому создан этот акт, отклонён или удалён. Его часы остаются на акте:"
                        + " отклоните или удалите акт, и они перейдут в следующий черновик отчёта.") + "\n" + marker));
    }
}
